# What is said when something is refused.

refusal-wrong-credentials = Identifiant ou mot de passe incorrect.
refusal-too-many-tries = { $register ->
    [tu] Trop d’essais. Réessaie dans { $minutes ->
        [one] une minute
       *[other] { $minutes } minutes
    }.
   *[vous] Trop d’essais. Réessayez dans { $minutes ->
        [one] une minute
       *[other] { $minutes } minutes
    }.
}
refusal-suspended = { $register ->
    [tu] Ton compte est bloqué.
   *[vous] Votre compte est bloqué.
}
refusal-form-expired = { $register ->
    [tu] La page était restée ouverte trop longtemps ; on repart d’ici.
   *[vous] La page était restée ouverte trop longtemps ; nous l’avons relancée.
}
refusal-missing-identifier = { $register ->
    [tu] Écris ton identifiant.
   *[vous] Écrivez votre identifiant.
}
refusal-missing-password = { $register ->
    [tu] Écris ton mot de passe.
   *[vous] Écrivez votre mot de passe.
}
refusal-missing = Une réponse manque.
refusal-broken-rules = Ce mot de passe ne convient pas encore.
problems-one = Une réponse est à compléter.
