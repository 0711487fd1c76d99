# Between us and a service: agreement, and an answer that the browser carries.

consent-over = Un service extérieur demande des renseignements
consent-title = Partager avec { $service } ?
consent-lead = { $register ->
    [tu] Si tu acceptes, { $service } saura ceci de toi :
   *[vous] Si vous acceptez, { $service } saura ceci de vous :
}
consent-refuse-means = { $register ->
    [tu] Si tu refuses, rien n’est transmis et le service peut rester fermé.
   *[vous] Si vous refusez, rien n’est transmis et le service peut rester fermé.
}
consent-accept = Accepter
consent-refuse = Refuser

claim-subject = un numéro pour reconnaître la même personne, sans son nom
claim-identifier = l’identifiant
claim-name = le nom et le prénom
claim-pages = la photo et les pages personnelles
claim-gender = la civilité
claim-birthdate = la date de naissance
claim-settings = la langue et le fuseau horaire
claim-email = { $country ->
    [CA] l’adresse courriel
   *[FR] l’adresse mail
}
claim-phone = le numéro de téléphone
claim-address = l’adresse postale
claim-profiles = le profil : élève, parent ou personnel
claim-functions = la fonction dans l’{ $school }
claim-establishments = l’{ $school }
claim-classes = la classe
claim-children = les enfants, avec leur { $school } et leur classe
claim-join-key = le numéro dans l’annuaire de l’{ $school }
claim-pupil-number = le numéro d’élève

form-post-title = Retour au service
form-post-lead = { $register ->
    [tu] C’est bon, le service s’ouvre. S’il ne s’ouvre pas tout seul, appuie sur le bouton.
   *[vous] La connexion est faite, le service s’ouvre. S’il ne s’ouvre pas tout seul, appuyez sur le bouton.
}
form-post-button = Continuer
