privacy-link = Données personnelles
privacy-title = { $register ->
    [tu] Tes données
   *[vous] Vos données personnelles
}
privacy-for-pupils = La même page pour les élèves
privacy-for-adults = La même page pour les adultes
privacy-who = Qui en est responsable ?
privacy-who-answer = { $register ->
    [tu] { $controller }. Si tu as une question sur tes données, parles-en à un adulte de ton { $school }.
   *[vous] { $controller }. Pour toute question : l’{ $school }.
}
privacy-who-contact = { $register ->
    [tu] { $controller }. Si tu as une question sur tes données, parles-en à un adulte de ton { $school }, ou écris avec tes parents à { $contact }.
   *[vous] { $controller }. Pour toute question : { $contact }, ou l’{ $school }.
}
privacy-why = Pourquoi ce compte ?
privacy-why-answer = { $register ->
    [tu] Pour que tu entres dans les services de ton { $school } avec un seul mot de passe, et que personne d’autre n’entre à ta place. Rien n’est vendu, et aucune publicité ne s’en sert.
   *[vous] Pour ouvrir les services de l’{ $school } aux élèves, à leurs responsables et aux personnels, et pour protéger ces comptes. C’est une mission de service public : le consentement n’est demandé que pour les services facultatifs.
}
privacy-what = Quelles données ?
privacy-what-answer = { $register ->
    [tu] Ton nom, ta date de naissance, ta classe et tes responsables, que l’{ $school } connaît déjà ; ton identifiant, ton adresse si tu en donnes une, et les dates de tes connexions. Ton mot de passe, lui, n’est écrit nulle part.
   *[vous] Celles que l’{ $school } tient déjà (nom, date de naissance, classe, liens entre élèves et responsables, adresse, téléphone), l’identifiant et l’adresse de courrier électronique du compte, les chartes acceptées, les dates, appareils et réseaux des connexions. Les mots de passe ne sont gardés que sous une forme illisible.
}
privacy-whom = Qui les reçoit ?
privacy-whom-answer = { $register ->
    [tu] Les services que tu ouvres, et seulement ce qu’il leur faut. Dans ton compte, l’onglet « Services » te dit lesquels.
   *[vous] Les services que vous ouvrez, chacun avec ce qui lui est nécessaire : l’onglet « Services » de votre compte en donne la liste. Aucun tiers n’est appelé par ces pages, et aucun témoin ne sert à vous suivre.
}
privacy-until = Combien de temps ?
privacy-until-answer = { $register ->
    [tu] Tant que tu es élève ici. La liste de tes connexions s’efface au bout d’un an.
   *[vous] Le compte vit tant que l’{ $school } vous compte parmi les siens. Le journal des connexions et des modifications s’efface au bout de douze mois, les demandes d’aide aussi ; les codes et les liens, une fois passés.
}
privacy-rights = { $register ->
    [tu] Que peux-tu demander ?
   *[vous] Que pouvez-vous demander ?
}
privacy-rights-answer = { $register ->
    [tu] Dans ton compte, l’onglet « Données » te montre tout ce qui est gardé, et tu peux l’emporter. Si quelque chose est faux, dis-le : un adulte le corrigera. Tes parents peuvent t’aider.
   *[vous] Consulter et emporter ce qui est gardé (onglet « Données » de votre compte), faire corriger ce qui est faux, vous opposer ou demander l’effacement auprès du responsable. En dernier recours, { $country ->
        [CA] le commissaire à la protection de la vie privée reçoit les plaintes.
       *[other] la CNIL reçoit les réclamations.
    }
}
