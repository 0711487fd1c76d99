# From the letter to the operational account.

steps = Les étapes
step-done = Fait :
step-letter = Courrier
step-password = Mot de passe et adresse
step-confirmation = Confirmation

activation-over = Activation du compte
activation-title = { $register ->
    [tu] Choisis ton mot de passe
   *[vous] Choisissez votre mot de passe
}
activation-lead = { $register ->
    [tu] Bonjour { $name }. Le mot de passe du courrier ne servira plus : choisis le tien.
   *[vous] Bonjour { $name }. Le mot de passe du courrier ne servira plus : choisissez le vôtre.
}
activation-password = Nouveau mot de passe
activation-confirmation = Le même, encore une fois
activation-rules = Ce qu’il faut :
activation-email = { $country ->
    [CA] Adresse courriel
   *[FR] Adresse mail
}
activation-email-hint = { $register ->
    [tu] Nous y enverrons un message pour terminer l’activation.
   *[vous] Nous y enverrons un message pour terminer l’activation.
}
activation-email-optional = { $register ->
    [tu] Tu peux laisser vide si tu n’en as pas. Sinon, nous y enverrons un message pour terminer.
   *[vous] Facultative. Si vous en donnez une, nous y enverrons un message pour terminer.
}
activation-button = Continuer
email-meant = { $register ->
    [tu] Voulais-tu dire {"{address}"} ?
   *[vous] Vouliez-vous dire {"{address}"} ?
}

check-mail-title = { $register ->
    [tu] Ouvre ta boîte aux lettres
   *[vous] Vérifiez vos courriels
}
check-mail-lead = { $register ->
    [tu] Nous avons écrit à { $address }. Ouvre ce message et suis son lien pour activer ton compte.
   *[vous] Nous avons écrit à { $address }. Ouvrez ce message et suivez son lien pour activer votre compte.
}
check-mail-until = { $register ->
    [tu] Le lien est valable jusqu’au { $until }. Tu peux fermer cette page et l’ouvrir sur un autre appareil.
   *[vous] Le lien est valable jusqu’au { $until }. Vous pouvez fermer cette page et l’ouvrir sur un autre appareil.
}
check-mail-nothing = Rien reçu ?
check-mail-wait = { $register ->
    [tu] Attends quelques minutes, puis regarde dans les indésirables. L’expéditeur est { $sender }.
   *[vous] Attendez quelques minutes, puis regardez dans les indésirables. L’expéditeur est { $sender }.
}
check-mail-look = { $register ->
    [tu] Vérifie l’adresse ci-dessus.
   *[vous] Vérifiez l’adresse ci-dessus.
}
check-mail-again = Renvoyer le message
check-mail-again-done = Un message est en route. Entre deux envois, il faut attendre deux minutes.
check-mail-correct = Corriger l’adresse
check-mail-correct-button = Envoyer à cette adresse

doubt-title = { $register ->
    [tu] Est-ce bien ton adresse ?
   *[vous] Est-ce bien votre adresse ?
}
doubt-mistyped = { $register ->
    [tu] Voulais-tu dire { $address } ?
   *[vous] Vouliez-vous dire { $address } ?
}
doubt-child = { $register ->
    [tu] Cette adresse est celle d’un enfant.
   *[vous] Cette adresse est celle de votre enfant. La vôtre permet de garder votre compte pour vous.
}
doubt-school = { $register ->
    [tu] Cette adresse est celle de l’{ $school }.
   *[vous] Cette adresse est celle de l’{ $school }. Il faut la vôtre, que vous seul pouvez lire.
}
doubt-why = Le mot de passe est enregistré, rien n’est encore envoyé.
doubt-written = Adresse écrite
doubt-meant = Oui, { $address }
doubt-mine = { $address } est la bonne
doubt-other = Une autre adresse

link-title = { $register ->
    [tu] Active ton compte
   *[vous] Activez votre compte
}
link-lead = { $register ->
    [tu] Encore un appui, et ton compte est prêt.
   *[vous] Encore un appui, et votre compte est prêt.
}
link-button = Activer mon compte
link-expired-title = Ce lien est trop ancien
link-expired-lead = { $register ->
    [tu] Ton mot de passe est gardé, il n’y a rien à retaper.
   *[vous] Votre mot de passe est gardé, il n’y a rien à ressaisir.
}
link-expired-also = Un nouveau lien peut partir vers { $address }.
link-expired-button = Recevoir un nouveau lien
link-sent-title = Un nouveau lien est en route
link-sent-lead = { $register ->
    [tu] Regarde tes messages à { $address } dans quelques minutes.
   *[vous] Regardez vos messages à { $address } dans quelques minutes.
}
link-sent-also = Cette page peut être fermée.
link-superseded-title = Ce lien a été remplacé
link-superseded-lead = { $register ->
    [tu] Une autre adresse ou un nouveau courrier a pris sa place. Ouvre le message le plus récent.
   *[vous] Une autre adresse ou un nouveau courrier a pris sa place. Ouvrez le message le plus récent.
}
link-superseded-also = { $register ->
    [tu] Tu ne le trouves pas ? Connecte-toi pour en recevoir un autre.
   *[vous] Vous ne le trouvez pas ? Connectez-vous pour en recevoir un autre.
}
link-unknown-title = Ce lien ne mène nulle part
link-unknown-lead = Il est incomplet, ou trop ancien pour être encore connu.
link-unknown-also = { $register ->
    [tu] Copie l’adresse entière du message, ou connecte-toi pour en recevoir un autre.
   *[vous] Copiez l’adresse entière du message, ou connectez-vous pour en recevoir un autre.
}

activated-title = { $register ->
    [tu] Ton compte est activé
   *[vous] Votre compte est activé
}
activated-lead = { $register ->
    [tu] Connecte-toi avec le mot de passe que tu as choisi.
   *[vous] Connectez-vous avec le mot de passe que vous avez choisi.
}
activated-also = Le courrier ne sert plus : son mot de passe est remplacé.

letter-used-title = Ce compte est déjà activé
letter-used-lead = { $register ->
    [tu] Le mot de passe du courrier ne sert plus. Connecte-toi avec celui que tu as choisi.
   *[vous] Le mot de passe du courrier ne sert plus. Connectez-vous avec celui que vous avez choisi.
}
letter-used-also = { $register ->
    [tu] Ce n’est pas toi qui l’as activé ? Préviens un adulte de ton { $school }.
   *[vous] Ce n’est pas vous qui l’avez activé ? Prévenez l’{ $school }.
}
letter-begun-title = L’activation est déjà commencée
letter-begun-lead = { $register ->
    [tu] Un mot de passe a été choisi. Connecte-toi avec lui pour confirmer ton adresse.
   *[vous] Un mot de passe a été choisi. Connectez-vous avec lui pour confirmer votre adresse.
}
letter-begun-also = { $register ->
    [tu] Tu l’as oublié, ou ce n’était pas toi ? Demande un nouveau courrier à ton { $school }.
   *[vous] Vous l’avez oublié, ou ce n’était pas vous ? Demandez un nouveau courrier à l’{ $school }.
}
letter-old-title = Ce courrier n’est plus valable
letter-old-lead = { $register ->
    [tu] Le mot de passe est le bon, mais la date écrite sur le courrier est passée.
   *[vous] Le mot de passe est le bon, mais la date imprimée sur le courrier est passée.
}
letter-old-also = { $register ->
    [tu] Demande un nouveau courrier à ton { $school }.
   *[vous] Demandez un nouveau courrier à l’{ $school }.
}

activation-start-title = Activer un compte
activation-start-lead = { $register ->
    [tu] Connecte-toi avec l’identifiant et le mot de passe provisoire de ton courrier.
   *[vous] Connectez-vous avec l’identifiant et le mot de passe provisoire de votre courrier.
}
activation-start-also = { $register ->
    [tu] Tu as déjà choisi ton mot de passe ? Connecte-toi avec lui : on reprend là où tu en étais.
   *[vous] Vous avez déjà choisi votre mot de passe ? Connectez-vous avec lui : on reprend là où vous en étiez.
}

refusal-not-same = Les deux mots de passe sont différents.
refusal-same-as-letter = Pas celui du courrier : il en faut un autre.
refusal-password-unfit = 128 caractères au plus, de ceux qu’un clavier peut écrire.
refusal-email-unfit = Cette adresse n’est pas complète, ou elle a un accent ou un espace. Exemple : prenom.nom@example.org
refusal-missing-email = { $register ->
    [tu] Écris ton adresse { $country ->
        [CA] courriel
       *[FR] mail
    }.
   *[vous] Écrivez votre adresse { $country ->
        [CA] courriel
       *[FR] mail
    }.
}
refusal-missing-new-password = { $register ->
    [tu] Choisis un mot de passe.
   *[vous] Choisissez un mot de passe.
}
refusal-missing-confirmation = { $register ->
    [tu] Écris le mot de passe une deuxième fois.
   *[vous] Écrivez le mot de passe une deuxième fois.
}
problems-some = Il reste quelque chose à corriger.
