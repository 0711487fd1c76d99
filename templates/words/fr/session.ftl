# A session: waiting for it, being in it, ending it.

wait-over = Connexion en cours
wait-title = Un instant, beaucoup de monde arrive
wait-lead = { $register ->
    [tu] Tout le monde se connecte en même temps. { $ahead ->
        [0] C’est bientôt à toi.
        [one] Il y a une personne avant toi, ton tour vient tout seul.
       *[other] Il y a { $ahead } personnes avant toi, ton tour vient tout seul.
    }
   *[vous] Tout le monde se connecte en même temps. { $ahead ->
        [0] C’est bientôt à vous.
        [one] Il y a une personne avant vous, votre tour vient tout seul.
       *[other] Il y a { $ahead } personnes avant vous, votre tour vient tout seul.
    }
}
wait-seconds = Environ { $seconds } secondes
wait-keep = { $register ->
    [tu] Garde cette page ouverte. Ce que tu as tapé est conservé, il n’y a rien à refaire.
   *[vous] Gardez cette page ouverte. Ce que vous avez saisi est conservé, il n’y a rien à refaire.
}
wait-button = Réessayer maintenant

home-title = Session ouverte
home-name = Nom
home-identifier = Identifiant
home-what = { $register ->
    [tu] Tu peux ouvrir les services de ton { $school } : on ne te redemandera pas ton mot de passe.
   *[vous] Vous pouvez ouvrir les services de l’{ $school } : le mot de passe ne sera pas redemandé.
}
home-sign-out = Se déconnecter

sign-out-title = Se déconnecter ?
sign-out-who = La session de { $name } est ouverte dans ce navigateur.
sign-out-what = { $register ->
    [tu] Si tu te déconnectes, il faudra retaper ton mot de passe pour ouvrir un service.
   *[vous] Après la déconnexion, le mot de passe sera redemandé pour ouvrir un service.
}
sign-out-yes = Se déconnecter
sign-out-no = Rester connecté

signed-out-title = La session est fermée
signed-out-lead = { $register ->
    [tu] C’est fait : personne ne peut continuer à ta place.
   *[vous] C’est fait : personne ne peut continuer à votre place.
}
signed-out-also = { $register ->
    [tu] Sur un ordinateur partagé, ferme aussi le navigateur : un service peut être resté ouvert dans un autre onglet.
   *[vous] Sur un ordinateur partagé, fermez aussi le navigateur : un service peut être resté ouvert dans un autre onglet.
}

not-welcome-title = Ce portail n’est pas ouvert à ce compte
not-welcome-lead = { $register ->
    [tu] Ton mot de passe est le bon, mais ce portail reçoit d’autres profils que le tien.
   *[vous] Le mot de passe est le bon, mais ce portail reçoit d’autres profils que le vôtre.
}
not-welcome-also = { $register ->
    [tu] Passe par le portail de ton { $school }, ou déconnecte-toi pour prendre un autre compte.
   *[vous] Passez par le portail de votre { $school }, ou déconnectez-vous pour prendre un autre compte.
}

suspended-title = Ce compte est bloqué
suspended-lead = { $register ->
    [tu] Ton { $school } a bloqué ce compte. Ton mot de passe est le bon, il n’y a rien à retaper.
   *[vous] L’{ $school } a bloqué ce compte. Le mot de passe est le bon, il n’y a rien à ressaisir.
}
suspended-also = { $register ->
    [tu] Demande pourquoi à un adulte de ton { $school } : lui seul peut faire débloquer le compte.
   *[vous] Demandez-en la raison au secrétariat de l’{ $school } : lui seul peut débloquer le compte.
}

way-sign-in = Se connecter
way-sign-in-again = Se connecter de nouveau
way-sign-out = Se déconnecter
way-other-account = Prendre un autre compte
way-back = Retourner à « { $service } »
