# Charters and the address for notifications.

charter-over = { $school } · version { $version }, { $date }
charter-title-several = { $register ->
    [tu] Tes chartes d’utilisation
   *[vous] Vos chartes d’utilisation
}
charter-lead = { $register ->
    [tu] Lis la charte, puis accepte-la pour continuer.
   *[vous] Lisez puis acceptez la charte pour continuer.
}
charter-lead-several = { $register ->
    [tu] Lis les chartes, puis accepte chacune pour continuer.
   *[vous] Lisez les chartes, puis acceptez chacune pour continuer.
}
charter-lead-child = L’accord d’un responsable est demandé pour { $name }.
charter-to-accept = Aller à l’acceptation
charter-print = Imprimer
charter-pdf = Télécharger (PDF)
charter-tick = J’ai lu « { $title } » et je l’accepte.
charter-tick-child = J’ai lu « { $title } » et je l’accepte pour { $name }.
charter-accept = Accepter et continuer
charter-accept-child = Accepter pour { $name }
charter-refuse = Je n’accepte pas pour l’instant
charter-not-now = Plus tard
charter-kept = { $register ->
    [tu] Ton accord est enregistré avec la date et la version. Une nouvelle version te sera présentée.
   *[vous] Votre accord est enregistré avec la date et la version. Une nouvelle version vous sera présentée.
}
charter-guardian-too = { $register ->
    [tu] Ton accord est enregistré. Un de tes parents devra aussi accepter la charte, dans son compte.
   *[vous] Votre accord est enregistré. Un responsable devra aussi accepter la charte, dans son compte.
}
charter-not-ticked = { $register ->
    [tu] Coche chaque case pour accepter.
   *[vous] Cochez chaque case pour accepter.
}

charter-refused-title = La charte n’est pas acceptée
charter-refused-lead = { $register ->
    [tu] Ta session est fermée : sans ton accord, aucun service ne s’ouvre. Ton compte reste comme il est.
   *[vous] La session est fermée : sans votre accord, aucun service ne s’ouvre. Votre compte reste comme il est.
}
charter-refused-also = { $register ->
    [tu] Une question sur la charte ? Parles-en à un adulte de ton { $school }. Tu pourras l’accepter à ta prochaine connexion.
   *[vous] Une question sur la charte ? Adressez-vous au secrétariat de l’{ $school }. Vous pourrez l’accepter à la prochaine connexion.
}
charter-refused-again = Relire la charte

charter-waits-title = L’accord d’un parent est attendu
charter-waits-lead = { $register ->
    [tu] Tu as accepté la charte. Un de tes parents doit l’accepter aussi : dans son compte, sous « Enfants ».
   *[vous] La charte est acceptée. Un responsable doit l’accepter aussi : dans son compte, sous « Enfants ».
}
charter-waits-also = { $register ->
    [tu] Il peut aussi la signer sur papier : demande à ton { $school }. Les services s’ouvriront ensuite.
   *[vous] Il peut aussi la signer sur papier auprès de l’{ $school }. Les services s’ouvriront ensuite.
}
charter-waits-again = Réessayer

charters-title = Chartes
charters-none = Aucune charte n’est demandée pour le moment.
charters-row = { $title }, version { $version }
charters-child-row = { $name } : { $title }, version { $version }
charters-accepted = Acceptée le { $date }
charters-signed = Signée par un responsable le { $date }
charters-waits = En attente du responsable
charters-told = Nouvelle version, rien à faire
charters-to-accept = À accepter
charters-read-what = Lire « { $title } », version { $version }
charters-sign = Lire et accepter pour { $name }
charters-children = { $register ->
    [tu] Pour les enfants
   *[vous] Pour vos enfants
}
charters-home = Retour
charter-back = { $register ->
    [tu] Toutes tes chartes
   *[vous] Toutes vos chartes
}

charter-news = « { $title } » a une nouvelle version ({ $version }), en vigueur depuis le { $date }. Il n’y a rien à accepter.
charter-news-read = La lire
charter-news-away = J’ai compris

notification-title = { $register ->
    [tu] Où veux-tu être prévenu ?
   *[vous] Où souhaitez-vous être prévenu ?
}
notification-lead = { $register ->
    [tu] Les services peuvent t’écrire quand un message t’attend. À quelle adresse ?
   *[vous] Les services peuvent vous écrire quand un message vous attend. À quelle adresse ?
}
notification-hint = Une autre adresse que celle du compte devra être confirmée par un lien.
notification-give = Utiliser cette adresse
notification-decline = Non merci
notification-kept = { $register ->
    [tu] La question ne te sera plus posée. Tu pourras changer d’avis dans ton compte.
   *[vous] La question ne vous sera plus posée. Vous pourrez changer d’avis dans votre compte.
}
notification-sent-title = Une adresse à confirmer
notification-sent-lead = Un message est parti vers { $address }.
notification-sent-also = { $register ->
    [tu] Ouvre son lien quand tu veux : d’ici là, rien ne sera envoyé à cette adresse.
   *[vous] Ouvrez son lien quand vous voulez : d’ici là, rien ne sera envoyé à cette adresse.
}
notification-link-title = { $register ->
    [tu] Confirme ton adresse
   *[vous] Confirmez votre adresse
}
notification-link-lead = Encore un appui, et les notifications arriveront à cette adresse.
notification-link-button = Confirmer cette adresse
notification-confirmed-title = L’adresse est confirmée
notification-confirmed-lead = Les notifications y arriveront désormais.
notification-confirmed-also = Cette page peut être fermée.
notification-over-title = Ce lien ne sert plus
notification-over-lead = Il est trop ancien, ou une autre réponse a pris sa place.
notification-over-also = { $register ->
    [tu] Tu peux changer l’adresse des notifications dans ton compte.
   *[vous] Vous pouvez changer l’adresse des notifications dans votre compte.
}
