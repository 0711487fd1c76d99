# One's own account.

account-title = { $register ->
    [tu] Ton compte
   *[vous] Votre compte
}
account-of = Compte de { $name }
account-tab-profile = Profil
account-facts = Informations du compte
account-identifier = Mon identifiant
account-email = Mon adresse mail actuelle
account-no-email = Aucune
account-profile = Profil
account-change = { $register ->
    [tu] Modifier tes informations
   *[vous] Modification de vos informations
}
account-current = Mot de passe actuel
account-current-hint = Obligatoire pour toute modification.
account-change-password = { $register ->
    [tu] Changer ton mot de passe
   *[vous] Changer votre mot de passe
}
account-save = Enregistrer
account-password-changed = { $register ->
    [tu] Ton mot de passe est changé. Tes autres connexions sont fermées, celle-ci reste ouverte.
   *[vous] Votre mot de passe est changé. Vos autres connexions sont fermées, celle-ci reste ouverte.
}

refusal-not-current = Ce mot de passe ne convient pas.
refusal-recent-password = { $register ->
    [tu] Tu as déjà eu ce mot de passe il y a peu : il en faut un autre.
   *[vous] Vous avez déjà eu ce mot de passe il y a peu : il en faut un autre.
}
refusal-no-change = Rien n’a été changé : il faut un nouveau mot de passe.
refusal-missing-current-password = { $register ->
    [tu] Écris ton mot de passe actuel.
   *[vous] Écrivez votre mot de passe actuel.
}
