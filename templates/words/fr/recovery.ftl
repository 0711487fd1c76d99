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
