# The ways back in.

replace-over = Mot de passe temporaire
replace-title = { $register ->
    [tu] Choisis ton mot de passe
   *[vous] Choisissez votre mot de passe
}
replace-lead = { $register ->
    [tu] Le mot de passe temporaire ne servira plus. Choisis le tien pour continuer.
   *[vous] Le mot de passe temporaire ne servira plus. Choisissez le vôtre pour continuer.
}
replace-button = Enregistrer et continuer
refusal-temporary-over = { $register ->
    [tu] Ce mot de passe temporaire a déjà servi ou n’est plus valable. Demandes-en un autre.
   *[vous] Ce mot de passe temporaire a déjà servi ou n’est plus valable. Demandez-en un autre.
}
refusal-same-as-temporary = Pas le mot de passe temporaire : il en faut un autre.

mail-replaced-subject = Le mot de passe est changé
mail-replaced-what = { $register ->
    [tu] Ton mot de passe a été changé le { $moment }, depuis { $device }. Tes autres connexions sont fermées.
   *[vous] Votre mot de passe a été changé le { $moment }, depuis { $device }. Vos autres connexions sont fermées.
}
mail-replaced-not-you = { $register ->
    [tu] Ce n’était pas toi ? Préviens tout de suite un adulte de ton { $school }.
   *[vous] Ce n’était pas vous ? Prévenez tout de suite l’{ $school }.
}
mail-device-unknown = un appareil non reconnu

# Forgotten identifier, forgotten password by a link.

sign-in-forgotten-password = Mot de passe oublié ?
sign-in-forgotten-identifier = Identifiant oublié ?
sign-in-forgotten-both = Récupérer son identifiant et son mot de passe

forgotten-identifier-title = Identifiant oublié
forgotten-identifier-lead = { $register ->
    [tu] Écris ton adresse { $country ->
        [CA] courriel
       *[FR] mail
    } : ton identifiant y sera envoyé.
   *[vous] Écrivez votre adresse { $country ->
        [CA] courriel
       *[FR] mail
    } : votre identifiant y sera envoyé.
}
forgotten-email = { $country ->
    [CA] Mon adresse courriel
   *[FR] Mon adresse mail
}
forgotten-email-hint = Celle du compte, ou celle que l’{ $school } connaît.
forgotten-identifier-button = Recevoir mon identifiant
forgotten-password-title = Mot de passe oublié
forgotten-password-lead = { $register ->
    [tu] Écris ton identifiant : un message va partir à l’adresse de ton compte, avec un lien pour choisir un autre mot de passe.
   *[vous] Écrivez votre identifiant : un message partira à l’adresse de votre compte, avec un lien pour choisir un autre mot de passe.
}
forgotten-own-identifier = Mon identifiant
forgotten-identifier-hint = Il est écrit sur le courrier de l’{ $school }. Une adresse mail convient aussi.
forgotten-password-button = Recevoir le lien
forgotten-children = { $register ->
    [tu] Un de tes parents a un compte ici ? Dans ce compte, à « Enfants », il peut te donner un mot de passe temporaire, selon ta classe.
   *[vous] C’est le mot de passe de votre enfant ? Dans votre compte, à « Enfants », vous pouvez lui en donner un temporaire, selon sa classe.
}
forgotten-to-password = Mot de passe oublié ?
forgotten-to-identifier = Identifiant oublié ?
forgotten-school-title = L’{ $school } peut aider
forgotten-school-lead = { $register ->
    [tu] Ton identifiant ne s’envoie pas d’ici : demande-le à un adulte de ton { $school }.
   *[vous] L’identifiant ne s’envoie pas d’ici : demandez-le à l’{ $school }.
}
forgotten-school-also = Il est aussi écrit sur le courrier remis au début.

recovery-sent-title = Un message va peut-être arriver
recovery-sent-lead = Si ces informations correspondent à un compte, un message part à l’adresse enregistrée.
recovery-sent-typed = { $register ->
    [tu] Ce que tu as écrit
   *[vous] Ce que vous avez écrit
}
recovery-sent-nothing = Rien reçu ?
recovery-sent-look = { $register ->
    [tu] Attends quelques minutes, puis regarde dans les indésirables. L’expéditeur est { $sender }.
   *[vous] Attendez quelques minutes, puis regardez dans les indésirables. L’expéditeur est { $sender }.
}
recovery-sent-school = { $register ->
    [tu] Pas de message ? Demande de l’aide à un adulte de ton { $school }.
   *[vous] Pas de message ? Contactez l’{ $school }.
}
recovery-sent-wait = Un nouvel envoi sera possible à { $time }.
recovery-sent-again = Renvoyer
recovery-sent-refresh = Actualiser la page

reset-over = Mot de passe oublié
reset-title = { $register ->
    [tu] Choisis un autre mot de passe
   *[vous] Choisissez un autre mot de passe
}
reset-lead = { $register ->
    [tu] L’ancien ne servira plus, et tes autres connexions seront fermées.
   *[vous] L’ancien ne servira plus, et vos autres connexions seront fermées.
}
reset-button = Enregistrer
reset-again = Recevoir un autre lien
reset-done-title = { $register ->
    [tu] Ton mot de passe est changé
   *[vous] Votre mot de passe est changé
}
reset-done-lead = { $register ->
    [tu] Connecte-toi avec le nouveau. Tes autres connexions sont fermées.
   *[vous] Connectez-vous avec le nouveau. Vos autres connexions sont fermées.
}
reset-done-also = { $register ->
    [tu] Un message te le confirme.
   *[vous] Un message vous le confirme.
}
reset-used-title = Ce lien a déjà servi
reset-used-lead = { $register ->
    [tu] Un mot de passe a été choisi avec lui : connecte-toi avec ce mot de passe.
   *[vous] Un mot de passe a été choisi avec lui : connectez-vous avec ce mot de passe.
}
reset-used-also = { $register ->
    [tu] Tu l’as oublié, ou ce n’était pas toi ? Demande un autre lien.
   *[vous] Vous l’avez oublié, ou ce n’était pas vous ? Demandez un autre lien.
}
reset-superseded-title = Ce lien ne sert plus
reset-superseded-lead = Un lien plus récent l’a remplacé, ou quelqu’un s’est connecté au compte depuis.
reset-superseded-also = { $register ->
    [tu] Ouvre le message le plus récent, ou demande un autre lien.
   *[vous] Ouvrez le message le plus récent, ou demandez un autre lien.
}
reset-expired-title = Ce lien est trop ancien
reset-expired-lead = Il était valable { $minutes ->
    [one] une minute
   *[other] { $minutes } minutes
}. Le mot de passe n’a pas changé.
reset-expired-also = { $register ->
    [tu] Demandes-en un autre : il arrive en quelques minutes.
   *[vous] Demandez-en un autre : il arrive en quelques minutes.
}
reset-unknown-title = Ce lien ne mène nulle part
reset-unknown-lead = Il est incomplet, ou trop ancien pour être encore connu.
reset-unknown-also = { $register ->
    [tu] Copie l’adresse entière du message, ou demande un autre lien.
   *[vous] Copiez l’adresse entière du message, ou demandez un autre lien.
}

mail-recovery-hello = Bonjour,
mail-recovery-who = { $name }, { $role }, { $school_name }
mail-recovery-sign-in = Page de connexion
mail-why-recovery = { $register ->
    [tu] Tu le reçois parce que cette adresse est celle du compte, ou celle que ton { $school } connaît.
   *[vous] Vous le recevez parce que cette adresse est celle du compte, ou celle que l’{ $school } connaît.
}
mail-identifiers-subject = L’identifiant demandé
mail-identifiers-what = L’identifiant qui va avec cette adresse a été demandé le { $moment }, depuis { $device }.
mail-identifiers-not-activated = Ce compte n’est pas encore activé : il faut pour cela le courrier de l’{ $school }, qui peut en remettre un autre.
mail-identifiers-not-you = { $register ->
    [tu] Tu n’as rien demandé ? Ne fais rien : rien n’a changé. Si cela recommence, préviens un adulte de ton { $school }.
   *[vous] Vous n’avez rien demandé ? Ne faites rien : rien n’a changé. Si cela recommence, prévenez l’{ $school }.
}
mail-reset-subject = Choisir un autre mot de passe
mail-reset-what = Un autre mot de passe a été demandé le { $moment }, depuis { $device }.
mail-reset-link = Lien pour choisir un mot de passe
mail-reset-activate = Lien pour activer le compte et choisir un mot de passe
mail-reset-until = Il est valable jusqu’au { $until }, et sert une fois.
mail-reset-not-you = { $register ->
    [tu] Tu n’as rien demandé ? Ne fais rien : ton mot de passe n’a pas changé. Si cela recommence, préviens un adulte de ton { $school }.
   *[vous] Vous n’avez rien demandé ? Ne faites rien : votre mot de passe n’a pas changé. Si cela recommence, prévenez l’{ $school }.
}
mail-code-subject = { $code } : le code de sécurité
mail-code-what = L’identifiant et un code de sécurité ont été demandés le { $moment }, depuis { $device }.
mail-code-code = Code de sécurité
mail-code-until = À recopier dans la fenêtre restée ouverte. Il est valable jusqu’au { $until }, et sert une fois.
mail-code-not-you = { $register ->
    [tu] Tu n’as rien demandé ? Ne donne ce code à personne : sans lui, rien ne change. Si cela recommence, préviens un adulte de ton { $school }.
   *[vous] Vous n’avez rien demandé ? Ne donnez ce code à personne : sans lui, rien ne change. Si cela recommence, prévenez l’{ $school }.
}

# Three steps in one window.

steps-title = { $register ->
    [tu] Récupérer ton identifiant / mot de passe
   *[vous] Récupérer votre identifiant / mot de passe
}
steps-lead = { $register ->
    [tu] Trois étapes, sur cette page. Garde-la ouverte jusqu’à la dernière.
   *[vous] Trois étapes, sur cette page. Gardez-la ouverte jusqu’à la dernière.
}
steps-one = { $register ->
    [tu] Étape 1 sur 3 : ton adresse { $country ->
        [CA] courriel
       *[FR] e-mail
    }
   *[vous] Étape 1 sur 3 : votre adresse { $country ->
        [CA] courriel
       *[FR] e-mail
    }
}
steps-two = { $register ->
    [tu] Étape 2 sur 3 : ton code de sécurité
   *[vous] Étape 2 sur 3 : votre code de sécurité
}
steps-three = { $register ->
    [tu] Étape 3 sur 3 : ton nouveau mot de passe
   *[vous] Étape 3 sur 3 : votre nouveau mot de passe
}
steps-three-later = Nouveau mot de passe (disponible après l’étape 2)
steps-email = Adresse { $country ->
    [CA] courriel
   *[FR] e-mail
}
steps-email-hint = { $register ->
    [tu] Celle que ton { $school } connaît.
   *[vous] Celle que vous avez donnée à l’{ $school }.
}
steps-validate = Valider l’adresse
steps-sent = { $register ->
    [tu] Si ton { $school } connaît cette adresse, un message vient de partir. Il contient ton identifiant et un code de sécurité, valable jusqu’à { $time }.
   *[vous] Si cette adresse est connue de l’{ $school }, un message vient de partir. Il contient votre identifiant et un code de sécurité, valable jusqu’à { $time }.
}
steps-resumed = { $register ->
    [tu] Un message a été demandé. S’il est arrivé, recopie le code ici : il est valable jusqu’à { $time }.
   *[vous] Un message a été demandé. S’il est arrivé, recopiez le code ici : il est valable jusqu’à { $time }.
}
steps-over = { $register ->
    [tu] Le code n’est plus valable. On peut t’en envoyer un autre à la même adresse.
   *[vous] Le code n’est plus valable. Un nouveau peut vous être envoyé à la même adresse.
}
steps-code = Code de sécurité reçu par { $country ->
    [CA] courriel
   *[FR] e-mail
}
steps-code-hint = { $signs } signes, valables { $minutes } minutes. Les espaces et les tirets ne comptent pas.
steps-validate-code = Valider le code
steps-again = Renvoyer un code
steps-who = Le code est le bon. Cette adresse sert à plusieurs comptes.
steps-who-legend = { $register ->
    [tu] Lequel est le tien ?
   *[vous] Lequel est le vôtre ?
}
steps-continue = Continuer
steps-proven = { $register ->
    [tu] Le code est le bon : choisis maintenant ton mot de passe.
   *[vous] Le code est le bon : choisissez maintenant votre mot de passe.
}
steps-password = Mot de passe
steps-confirmation = Confirmation
steps-policy = Consulter notre politique de sécurité des mots de passe (nouvel onglet)
steps-validate-password = Valider
steps-cancel = Annuler
steps-cancel-hint = Rien ne sera changé.
steps-done-also = { $register ->
    [tu] Ton identifiant est dans le message reçu. En cas de difficulté, demande à un adulte de ton { $school }.
   *[vous] Votre identifiant est dans le message reçu. En cas de difficulté, adressez-vous au secrétariat de l’{ $school }.
}
steps-restart = Reprendre
steps-not-proven-title = Le code manque encore
steps-not-proven-lead = Le mot de passe n’a pas été changé : le code de sécurité n’a pas été validé dans cette fenêtre, ou il n’est plus valable.
steps-not-proven-also = { $register ->
    [tu] Reprends à l’étape où tu étais.
   *[vous] Reprenez à l’étape où vous étiez.
}
refusal-wrong-security-code = { $register ->
    [tu] Ce code ne convient pas. Il te reste { $left ->
        [one] un essai
       *[other] { $left } essais
    }.
   *[vous] Ce code ne convient pas. Il reste { $left ->
        [one] un essai
       *[other] { $left } essais
    }.
}
refusal-security-code-void = { $register ->
    [tu] Trop d’essais : ce code ne sert plus. Recommence par ton adresse.
   *[vous] Trop d’essais : ce code ne sert plus. Recommencez par votre adresse.
}
refusal-security-code-old = { $register ->
    [tu] Ce code n’est plus valable. On peut t’en envoyer un autre.
   *[vous] Ce code n’est plus valable. Un nouveau peut vous être envoyé.
}

policy-title = Les mots de passe
policy-lead = Voici ce que l’{ $school } demande d’un mot de passe, et quelques conseils.
policy-advice = Quelques conseils
policy-advice-words = Plusieurs mots qui ne vont pas ensemble, avec un chiffre, se retiennent bien et se devinent mal.
policy-advice-alone = Un mot de passe ne sert que pour un compte : celui d’un autre site n’a rien à faire ici.
policy-advice-manager = Un gestionnaire de mots de passe, comme celui du navigateur, peut le retenir et le remplir.
policy-advice-never = Personne ne le demande jamais, ni par message ni au téléphone, pas même le secrétariat.
policy-kept = Comment il est gardé
policy-kept-how = Il n’est écrit nulle part : il n’en reste qu’une empreinte, dont on ne peut pas le retrouver. Après plusieurs essais faux, il faut attendre. Il n’est jamais à changer sans raison.
steps-other-address = Corriger l’adresse
