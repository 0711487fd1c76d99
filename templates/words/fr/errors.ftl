# What is said when something is refused.

refusal-wrong-credentials = Identifiant ou mot de passe incorrect.
refusal-too-many-tries = { $register ->
    [tu] Trop d’essais. Réessaie dans { $minutes ->
        [one] une minute
       *[other] { $minutes } minutes
    }.
   *[vous] Trop d’essais. Réessayez dans { $minutes ->
        [one] une minute
       *[other] { $minutes } minutes
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

# Error pages: what has happened, then what to do.

error-reference = Repère à donner à l’{ $school } si besoin :
error-when = le { $moment }.

not-found-title = Cette page n’existe pas
not-found-what = L’adresse est incomplète, ou la page a changé de place.
not-found-do = { $register ->
    [tu] Repars de la page de connexion, ou du portail de ton { $school }.
   *[vous] Repartez de la page de connexion, ou du portail de l’{ $school }.
}
method-title = Cette adresse ne s’ouvre pas ainsi
method-what = Elle sert à recevoir un formulaire, et rien n’a été envoyé.
method-do = { $register ->
    [tu] Repars de la page de connexion.
   *[vous] Repartez de la page de connexion.
}
fault-title = Quelque chose n’a pas marché chez nous
fault-what = { $register ->
    [tu] Ce n’est pas ta faute, et rien n’a été modifié.
   *[vous] Vous n’y êtes pour rien, et rien n’a été modifié.
}
fault-do = { $register ->
    [tu] Réessaie dans quelques minutes. Si cela recommence, donne le repère ci-dessous à ton { $school }.
   *[vous] Réessayez dans quelques minutes. Si cela recommence, donnez le repère ci-dessous à l’{ $school }.
}
unknown-service-title = Ce service n’est pas connu ici
unknown-service-what = L’adresse suivie ne mène à aucun service enregistré. Rien n’a été transmis.
unknown-service-do = { $register ->
    [tu] Ouvre le service depuis le portail de ton { $school }.
   *[vous] Ouvrez le service depuis le portail de l’{ $school }.
}
request-refused-title = La demande du service n’a pas pu être suivie
request-refused-what = Le service a demandé quelque chose que nous ne pouvons pas lui donner. Rien n’a été transmis.
request-refused-do = { $register ->
    [tu] Retourne au service et recommence. Si cela se répète, donne le repère ci-dessous à ton { $school }.
   *[vous] Retournez au service et recommencez. Si cela se répète, donnez le repère ci-dessous à l’{ $school }.
}
interaction-gone-title = Cette connexion n’est plus en cours
interaction-gone-what = Elle est terminée, ou elle a commencé dans un autre navigateur.
interaction-gone-do = { $register ->
    [tu] Connecte-toi ici, puis rouvre le service que tu voulais.
   *[vous] Connectez-vous ici, puis rouvrez le service que vous vouliez.
}
form-foreign-title = Ce formulaire n’a pas pu être vérifié
form-foreign-what = Il ne vient pas d’une de nos pages, ou le navigateur refuse les cookies.
form-foreign-do = { $register ->
    [tu] Autorise les cookies pour ce site, puis recommence.
   *[vous] Autorisez les cookies pour ce site, puis recommencez.
}
too-large-title = C’est trop grand pour être reçu
too-large-what = Ce qui a été envoyé dépasse ce que nous acceptons. Rien n’a été enregistré.
too-large-do = { $register ->
    [tu] Recommence avec moins de texte.
   *[vous] Recommencez avec moins de texte.
}
busy-title = Beaucoup de monde arrive en même temps
busy-what = La file d’attente est pleine pour le moment.
busy-do = { $register ->
    [tu] Réessaie dans une minute : il n’y a rien d’autre à faire.
   *[vous] Réessayez dans une minute : il n’y a rien d’autre à faire.
}
