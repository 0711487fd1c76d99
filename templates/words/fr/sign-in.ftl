# The door: choosing a profile, signing in, waiting, signing out.

chooser-greeting = Bonjour !
chooser-question = Qui êtes-vous ?
chooser-lead = Choisissez votre profil pour vous connecter.
chooser-profiles = Profils

sign-in-title = Se connecter
sign-in-for = Pour ouvrir { $service }
sign-in-identifier = Identifiant
sign-in-identifier-or-email = { $country ->
    [CA] Identifiant ou adresse courriel
   *[FR] Identifiant ou adresse mail
}
sign-in-identifier-hint = { $register ->
    [tu] Il est écrit sur le courrier de ton { $school }.
   *[vous] Il est écrit sur le courrier de l’{ $school }.
}
sign-in-password = Mot de passe
sign-in-remember = Rester connecté sur cet appareil
sign-in-remember-hint = Ne cochez pas sur un ordinateur partagé.
sign-in-shared = { $register ->
    [tu] Cet ordinateur n’est pas à toi ? Pense à te déconnecter avant de partir.
   *[vous] Cet ordinateur n’est pas à vous ? Pensez à vous déconnecter avant de partir.
}
sign-in-button = Se connecter
sign-in-retype = { $register ->
    [tu] Retape ton mot de passe
   *[vous] Ressaisissez votre mot de passe
}

chosen-title = { $register ->
    [tu] Ton profil
   *[vous] Votre profil
}
chosen-profile = Profil :
chosen-change = Changer

who-title = { $register ->
    [tu] Qui es-tu ?
   *[vous] Qui êtes-vous ?
}
who-lead = Deux comptes partagent cette adresse.
who-legend = Je suis
sign-in-email-hint = { $register ->
    [tu] L’adresse que ton { $school } connaît, ou l’identifiant de ton courrier.
   *[vous] L’adresse que l’{ $school } connaît, ou l’identifiant de votre courrier.
}
