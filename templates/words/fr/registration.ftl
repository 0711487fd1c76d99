registration-title = Création d’un compte de portail
registration-lead = { $register ->
    [tu] Indique l’adresse inscrite à ton dossier.
   *[vous] Indiquez l’adresse inscrite au dossier de votre enfant : c’est elle que l’{ $school } connaît.
}
registration-email = { $country ->
    [CA] Courriel
   *[FR] Adresse mail
}
registration-email-hint = { $register ->
    [tu] La même que celle que ton { $school } connaît.
   *[vous] La même que celle que l’{ $school } connaît pour votre enfant.
}
registration-validate = { $country ->
    [CA] Valider le courriel
   *[FR] Valider l’adresse
}
registration-who-lead = { $register ->
    [tu] Encore quelques questions, comparées à ce que l’{ $school } sait.
   *[vous] Encore quelques questions, comparées à ce que l’{ $school } sait. Tous les champs sont nécessaires.
}
registration-parent = Information du parent
registration-child = { $register ->
    [tu] Information sur l’enfant le plus jeune
   *[vous] Information sur votre enfant le plus jeune
}
registration-any-child = { $register ->
    [tu] Information sur un des enfants
   *[vous] Information sur un de vos enfants
}
registration-day = Date de naissance : jour
registration-month = Mois
registration-year = Année
registration-school = École
registration-civic-number-hint = { $country ->
    [CA] Le numéro de la porte seulement, par exemple 2445.
   *[FR] Le numéro dans la rue seulement, par exemple 12 bis.
}
registration-confirm = Confirmer
registration-password-lead = { $register ->
    [tu] Il ne manque qu’un mot de passe.
   *[vous] Il ne manque qu’un mot de passe, que vous seul connaîtrez.
}
registration-sent-title = Demande vérifiée
registration-sent-lead = { $register ->
    [tu] Suis les indications du message que nous venons d’envoyer.
   *[vous] Suivez les indications du message que nous venons d’envoyer.
}
registration-sent-also = { $register ->
    [tu] Rien reçu ? Regarde dans les indésirables.
   *[vous] Rien reçu ? Regardez dans les indésirables, ou écrivez à l’{ $school }.
}
registration-done-title = Le compte est prêt
registration-done-lead = { $register ->
    [tu] Tu peux te connecter avec ton adresse et ton mot de passe.
   *[vous] Vous pouvez vous connecter avec votre adresse et votre mot de passe. Tous vos enfants du réseau y sont rattachés.
}
registration-done-also = { $register ->
    [tu] Il manque un enfant ? Dis-le dans ton compte, sous « Enfants ».
   *[vous] Il manque un enfant ? Dites-le dans votre compte, sous « Enfants ».
}
registration-unknown-title = Ce lien ne mène nulle part
registration-unknown-lead = Il a peut-être été coupé en deux par la messagerie.
registration-unknown-also = { $register ->
    [tu] Tu peux recommencer.
   *[vous] Vous pouvez recommencer la création du compte.
}
registration-over-title = Ce lien n’est plus valable
registration-over-lead = Il a expiré, ou un plus récent l’a remplacé.
registration-over-button = Recevoir un nouveau lien
refusal-not-on-file = { $register ->
    [tu] Cette adresse n’existe pas dans nos contacts. Vois avec ton { $school }.
   *[vous] Cette adresse n’existe pas dans nos contacts. Vérifiez auprès de l’{ $school } celle qui est inscrite au dossier de votre enfant.
}
refusal-not-on-roster = { $register ->
    [tu] Ces informations ne correspondent pas à celles de l’{ $school }. Vois avec elle l’adresse, le téléphone et le courriel.
   *[vous] Ces informations ne correspondent pas à celles de l’{ $school }. Vérifiez avec elle votre adresse, votre téléphone et votre courriel, et que la date est celle de votre enfant le plus jeune.
}
refusal-registration-paused = { $register ->
    [tu] Trop d’essais pour cette adresse. Réessaie demain, ou vois avec ton { $school }.
   *[vous] Trop d’essais pour cette adresse. Réessayez demain, ou voyez avec l’{ $school }.
}
refusal-no-such-date = Cette date n’existe pas, ou elle est à venir.
refusal-missing-birth-date = { $register ->
    [tu] Choisis le jour, le mois et l’année.
   *[vous] Choisissez le jour, le mois et l’année de naissance.
}
refusal-missing-civic-number = { $register ->
    [tu] Écris le numéro du domicile.
   *[vous] Écrivez le numéro de votre domicile.
}
event-registration = Création du compte demandée
mail-why-roster = { $register ->
    [tu] Tu le reçois parce que cette adresse est celle que l’{ $school } connaît.
   *[vous] Vous le recevez parce que cette adresse est celle que l’{ $school } connaît.
}
mail-registration-subject = { $register ->
    [tu] Termine la création de ton compte
   *[vous] Terminez la création de votre compte
}
mail-registration-what = { $register ->
    [tu] Les informations données correspondent à celles de l’{ $school }. Il reste à choisir un mot de passe.
   *[vous] Les informations données correspondent à celles de l’{ $school }. Ouvrez le lien pour choisir votre mot de passe.
}
mail-registration-link = Choisir le mot de passe
mail-registration-until = Ce lien sert une fois, jusqu’au { $until }.
mail-registration-not-you = { $register ->
    [tu] Tu n’as rien demandé ? Ne fais rien, et préviens ton { $school }.
   *[vous] Vous n’avez rien demandé ? Ne faites rien, et prévenez l’{ $school }.
}
mail-registered-subject = Ce compte existe déjà
mail-registered-what = { $register ->
    [tu] Une création de compte vient d’être demandée à ton nom, mais tu as déjà un compte.
   *[vous] Une création de compte vient d’être demandée à votre nom, mais vous avez déjà un compte.
}
mail-registered-sign-in = Se connecter
mail-registered-forgotten = Mot de passe oublié
mail-without-authority-subject = Une création de compte a été refusée
mail-without-authority-what = Une personne que l’annuaire ne reconnaît pas comme responsable légal d’un élève a tenté de créer un compte de parent. Rien ne lui a été dit.
mail-without-authority-do = Si ses droits ont changé, ils se corrigent dans l’annuaire ; sinon, il n’y a rien à faire.
