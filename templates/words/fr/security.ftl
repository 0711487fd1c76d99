# The second factor, and the page of security of an account.

refusal-wrong-code = Ce code ne convient pas.
refusal-missing-code = { $register ->
    [tu] Écris le code.
   *[vous] Écrivez le code.
}
refusal-passkey-unfit = Cette clé d’accès n’a pas pu servir.
refusal-last-factor = Pour ce compte, une deuxième étape est obligatoire : il faut en ajouter une autre avant de retirer celle-ci.

factor-over = Vérification en deux étapes
factor-title = Confirmer que c’est bien { $register ->
    [tu] toi
   *[vous] vous
}
factor-lead = { $register ->
    [tu] Ton mot de passe est le bon. Ce compte demande aussi un code ou une clé d’accès.
   *[vous] Le mot de passe est le bon. Ce compte demande aussi un code ou une clé d’accès.
}
factor-code = Code de vérification
factor-code-hint = { $register ->
    [tu] Les six chiffres de ton application, ou un code de secours.
   *[vous] Les six chiffres de votre application, ou un code de secours.
}
factor-recovery-hint = Un code de secours, par exemple bcdfg-23456.
factor-button = Vérifier
factor-key-button = Utiliser une clé d’accès
factor-lost-title = { $register ->
    [tu] Tu n’as plus rien de tout cela ?
   *[vous] Vous n’avez plus rien de tout cela ?
}
factor-lost = { $register ->
    [tu] Demande à un adulte de ton { $school }, qui saura à qui s’adresser.
   *[vous] Adressez-vous à l’{ $school } : après avoir vérifié qui vous êtes, on pourra retirer la vérification de votre compte.
}
factor-other-account = Prendre un autre compte

enrol-title = Ajouter une deuxième étape
enrol-lead = { $register ->
    [tu] Pour ton compte, le mot de passe ne suffit pas. Ajoute une application ou une clé d’accès.
   *[vous] Pour votre compte, le mot de passe ne suffit pas. Ajoutez une application ou une clé d’accès.
}
enrol-key-button = Ajouter une clé d’accès
enrol-app-button = Ajouter une application
enrol-scripts = Les clés d’accès demandent un navigateur récent, avec JavaScript. L’application, non.

key-title = Clé d’accès
key-lead-use = { $register ->
    [tu] Suis ce que dit ton navigateur : empreinte, visage, code de l’appareil ou clé de sécurité.
   *[vous] Suivez ce que dit votre navigateur : empreinte, visage, code de l’appareil ou clé de sécurité.
}
key-lead-make = { $register ->
    [tu] Ton navigateur va créer une clé d’accès et la garder, dans cet appareil ou dans ton trousseau.
   *[vous] Votre navigateur va créer une clé d’accès et la garder, dans cet appareil ou dans votre trousseau.
}
key-go = Continuer
key-back = Revenir en arrière
key-failed = { $register ->
    [tu] Rien n’a été envoyé. Tu peux réessayer ou revenir en arrière.
   *[vous] Rien n’a été envoyé. Vous pouvez réessayer ou revenir en arrière.
}
key-scripts = Ce navigateur n’utilise pas de clé d’accès ici : il lui faut JavaScript et une connexion sûre.
sign-in-with-key = Se connecter avec une clé d’accès

app-title = Ajouter une application
app-lead = { $register ->
    [tu] Ouvre une application de codes à usage unique sur ton téléphone, et photographie ce carré.
   *[vous] Ouvrez une application de codes à usage unique sur votre téléphone, et photographiez ce carré.
}
app-picture = Code QR pour l’application
app-by-hand = Sans appareil photo, recopier cette clé :
app-code = Code affiché par l’application
app-code-hint = Six chiffres, qui changent toutes les trente secondes.
app-button = Confirmer

codes-title = Codes de secours
codes-lead = { $register ->
    [tu] Garde ces codes en lieu sûr. Chacun remplace une fois l’application ou la clé d’accès, par exemple si tu perds ton téléphone. Ils ne seront plus montrés.
   *[vous] Gardez ces codes en lieu sûr. Chacun remplace une fois l’application ou la clé d’accès, par exemple si vous perdez votre téléphone. Ils ne seront plus montrés.
}
codes-copy = Copier
codes-copied = Codes copiés.
codes-print = Imprimer
codes-on = C’est noté, continuer

mail-factor-added-subject = La vérification en deux étapes a changé
mail-factor-removed-subject = La vérification en deux étapes a été allégée
mail-factor-codes-subject = De nouveaux codes de secours ont été faits
mail-factor-used-subject = Un code de secours a servi
mail-factor-paused-subject = Quelqu’un connaît peut-être le mot de passe
mail-factor-app-added = { $register ->
    [tu] Une application de codes à usage unique a été ajoutée à ton compte.
   *[vous] Une application de codes à usage unique a été ajoutée à votre compte.
}
mail-factor-app-removed = { $register ->
    [tu] L’application de codes à usage unique a été retirée de ton compte.
   *[vous] L’application de codes à usage unique a été retirée de votre compte.
}
mail-factor-key-added = { $register ->
    [tu] La clé d’accès « { $name } » a été ajoutée à ton compte.
   *[vous] La clé d’accès « { $name } » a été ajoutée à votre compte.
}
mail-factor-key-removed = { $register ->
    [tu] La clé d’accès « { $name } » a été retirée de ton compte.
   *[vous] La clé d’accès « { $name } » a été retirée de votre compte.
}
mail-factor-codes-made = { $register ->
    [tu] De nouveaux codes de secours remplacent les anciens sur ton compte.
   *[vous] De nouveaux codes de secours remplacent les anciens sur votre compte.
}
mail-factor-code-used = { $register ->
    [tu] Un code de secours a servi à ouvrir ton compte. { $left ->
        [0] Il n’en reste aucun : fais-en de nouveaux.
        [one] Il en reste un.
       *[other] Il en reste { $left }.
    }
   *[vous] Un code de secours a servi à ouvrir votre compte. { $left ->
        [0] Il n’en reste aucun : faites-en de nouveaux.
        [one] Il en reste un.
       *[other] Il en reste { $left }.
    }
}
mail-factor-paused = { $register ->
    [tu] Le mot de passe de ton compte a été donné, puis plusieurs codes faux. Personne n’est entré, et il faut attendre quelques minutes entre deux essais.
   *[vous] Le mot de passe de votre compte a été donné, puis plusieurs codes faux. Personne n’est entré, et il faut attendre quelques minutes entre deux essais.
}
mail-factor-reset = { $register ->
    [tu] La vérification en deux étapes a été retirée de ton compte par les personnes qui s’occupent du portail.
   *[vous] La vérification en deux étapes a été retirée de votre compte par les personnes qui exploitent le portail.
}
mail-factor-when = C’était le { $moment }.
mail-factor-you = { $register ->
    [tu] C’était toi ? Il n’y a rien à faire.
   *[vous] C’était vous ? Il n’y a rien à faire.
}
mail-factor-not-you = { $register ->
    [tu] Ce n’était pas toi ? Change ton mot de passe et préviens tout de suite un adulte de ton { $school }.
   *[vous] Ce n’était pas vous ? Changez votre mot de passe et prévenez tout de suite l’{ $school }.
}
mail-factor-guessed = { $register ->
    [tu] Ce n’était pas toi ? Quelqu’un connaît ton mot de passe : change-le sans attendre.
   *[vous] Ce n’était pas vous ? Quelqu’un connaît votre mot de passe : changez-le sans attendre.
}

security-title = Sécurité
security-sessions = Mes connexions
security-here = cet appareil
security-device-unknown = Appareil non reconnu
security-used = Dernière utilisation le { $moment }
security-used-from = Dernière utilisation le { $moment }, connexion depuis le réseau { $network }
security-since = Ouverte le { $moment }
security-added-on = Ajout le { $moment }
security-end = Fermer
security-end-which = la connexion { $device }
security-end-others = Fermer toutes les autres connexions
security-ended = C’est fermé.
security-factors = { $register ->
    [tu] En plus de ton mot de passe, un code ou une clé d’accès prouve que c’est bien toi.
   *[vous] En plus du mot de passe, un code ou une clé d’accès prouve que c’est bien vous.
}
security-app = Application de codes
security-key = Clé d’accès « { $name } »
security-key-name = Nom de la clé
security-key-name-hint = Pour la reconnaître plus tard, par exemple « téléphone ».
security-remove = Retirer
security-removed = C’est retiré.
security-added = C’est ajouté.
security-codes-left = { $left ->
    [0] Il ne reste aucun code de secours.
    [one] Il reste un code de secours.
   *[other] Il reste { $left } codes de secours.
}
security-make-codes = Faire de nouveaux codes de secours
security-history = Derniers événements
security-history-hint = Ils sont gardés douze mois.
security-newer = Plus récents
security-older = Plus anciens

event-on = { $event }, { $device }
event-from = { $moment }, réseau { $network }
event-signed-in = Connexion
event-signed-out = Déconnexion
event-paused = Essais de mot de passe mis en pause
event-password-accepted = Mot de passe donné, deuxième étape demandée
event-factor-given = Deuxième étape confirmée
event-factor-refused = Code faux ou clé d’accès refusée
event-factor-paused = Essais de codes mis en pause
event-factor-added = Deuxième étape ajoutée
event-factor-removed = Deuxième étape retirée
event-factor-reset = Deuxième étape retirée par le portail
event-codes-made = Nouveaux codes de secours
event-code-used = Code de secours utilisé
event-session-ended = Connexion fermée à distance
event-sessions-ended = Autres connexions fermées
event-created = Compte créé
event-activated = Compte activé
event-password = Mot de passe changé
event-email = Adresse confirmée
event-suspended = Compte bloqué
event-resumed = Compte débloqué
event-merged = Compte réuni à un autre
event-took-in = Second courrier ajouté au compte
event-letter = Courrier préparé
event-letter-old = Courrier périmé présenté
event-rehashed = Protection du mot de passe renforcée
event-password-voided = Mot de passe annulé
event-temporary = Mot de passe temporaire créé
event-temporary-used = Mot de passe temporaire utilisé
event-temporary-voided = Mot de passe temporaire annulé
event-temporary-over = Mot de passe temporaire périmé présenté
event-recovery = Identifiant ou mot de passe oublié, demande reçue
event-delegated = Nouveau mot de passe demandé, identité prouvée par un autre service
event-delegated-refused = Nouveau mot de passe refusé, les réponses ne concordaient pas
event-email-asked = Autre adresse donnée, à confirmer
event-email-cancelled = Changement d’adresse abandonné
event-email-undone = Changement d’adresse annulé depuis l’ancienne adresse
event-notification = Adresse des notifications modifiée
event-disputed = Lien avec un élève signalé comme faux
event-school-asked = Demande transmise à l’{ $school }
event-consent = Accord donné à un service
event-consent-withdrawn = Accord retiré à un service
event-code-replayed = Accès d’un service retiré, son code avait servi deux fois
event-charter = Charte acceptée
event-charter-signed = Charte acceptée par un responsable
event-charter-refused = Charte refusée
event-other = Modification du compte
