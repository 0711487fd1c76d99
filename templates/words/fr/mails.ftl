# Mails. Each says what happened, what to do, who sent it and why.

mail-subject = { $subject } – { $portal }
mail-hello = Bonjour { $name },
mail-identifier = { $register ->
    [tu] Ton identifiant
   *[vous] Votre identifiant
}
mail-sender-alone = Expéditeur : { $portal }.
mail-sender = Expéditeur : { $portal } ({ $network }).
mail-address = Son adresse : { $url }
mail-no-reply = Message automatique, merci de ne pas y répondre.
mail-no-reply-contact = Message automatique, merci de ne pas y répondre. Pour joindre quelqu’un : { $contact }
mail-why-account = { $register ->
    [tu] Tu le reçois parce que cette adresse est celle de ton compte.
   *[vous] Vous le recevez parce que cette adresse est celle de votre compte.
}

mail-paused-subject = Des essais de connexion ont été mis en pause
mail-paused-what = { $register ->
    [tu] Plusieurs mots de passe faux ont été essayés sur ton compte. Par précaution, il faut attendre quelques minutes entre deux essais.
   *[vous] Plusieurs mots de passe faux ont été essayés sur votre compte. Par précaution, il faut attendre quelques minutes entre deux essais.
}
mail-paused-you = { $register ->
    [tu] C’était toi ? Attends quelques minutes, puis réessaie. La pause se termine toute seule.
   *[vous] C’était vous ? Attendez quelques minutes, puis réessayez. La pause se termine toute seule.
}
mail-paused-not-you = { $register ->
    [tu] Ce n’était pas toi ? Personne n’est entré et ton mot de passe n’a pas changé. Si cela recommence, préviens un adulte de ton { $school }.
   *[vous] Ce n’était pas vous ? Personne n’est entré et votre mot de passe n’a pas changé. Si cela recommence, prévenez l’{ $school }.
}

mail-trial-subject = Essai d’envoi
mail-trial-what = Ce message est un essai : s’il est arrivé, l’envoi des { $country ->
    [CA] courriels
   *[FR] mails
} fonctionne. Il n’y a rien à faire.
mail-why-trial = Il a été demandé par la personne qui exploite ce portail.

mail-confirm-subject = { $register ->
    [tu] Active ton compte
   *[vous] Activez votre compte
}
mail-confirm-what = { $register ->
    [tu] Tu as choisi ton mot de passe. Il reste à confirmer que cette adresse est la tienne : ouvre ce lien et appuie sur « Activer mon compte ».
   *[vous] Vous avez choisi votre mot de passe. Il reste à confirmer que cette adresse est la vôtre : ouvrez ce lien et appuyez sur « Activer mon compte ».
}
mail-confirm-link = Lien pour activer le compte
mail-confirm-until = Il est valable jusqu’au { $until }. Passé ce délai, le même lien permettra d’en demander un autre.
mail-confirm-holder = Compte
mail-confirm-not-you = { $register ->
    [tu] Ce n’était pas toi ? Ne fais rien : sans ce lien, l’adresse ne sera pas utilisée.
   *[vous] Ce n’était pas vous ? Ne faites rien : sans ce lien, l’adresse ne sera pas utilisée.
}
mail-why-given = { $register ->
    [tu] Tu le reçois parce que cette adresse a été écrite pour activer un compte.
   *[vous] Vous le recevez parce que cette adresse a été écrite pour activer un compte.
}

mail-notify-subject = { $register ->
    [tu] Confirme ton adresse pour les notifications
   *[vous] Confirmez votre adresse pour les notifications
}
mail-notify-what = { $register ->
    [tu] Tu as demandé à être prévenu à cette adresse. Ouvre ce lien et appuie sur « Confirmer cette adresse ».
   *[vous] Vous avez demandé à être prévenu à cette adresse. Ouvrez ce lien et appuyez sur « Confirmer cette adresse ».
}
mail-notify-link = Lien pour confirmer l’adresse
mail-notify-until = Il est valable jusqu’au { $until }.
mail-notify-not-you = { $register ->
    [tu] Ce n’était pas toi ? Ne fais rien : sans ce lien, rien ne sera envoyé à cette adresse.
   *[vous] Ce n’était pas vous ? Ne faites rien : sans ce lien, rien ne sera envoyé à cette adresse.
}
mail-why-notify = { $register ->
    [tu] Tu le reçois parce que cette adresse a été écrite pour recevoir des notifications.
   *[vous] Vous le recevez parce que cette adresse a été écrite pour recevoir des notifications.
}
