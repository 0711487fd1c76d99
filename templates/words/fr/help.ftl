# The help form, the questions that families ask, and their mails.

help-contact = Contacter l’{ $school }
help-faq = Questions fréquentes

help-form-title = Formulaire d’aide aux parents
help-form-lead = Votre demande part au secrétariat de l’{ $school }, qui vous répond. Tous les champs sont nécessaires.
help-you = Votre information
help-child = Information sur votre enfant
help-family-name = Nom de famille
help-given-name = Prénom
help-email = { $country ->
    [CA] Courriel
   *[FR] Adresse mail
}
help-email-hint = La réponse arrivera à cette adresse.
help-phone = Téléphone de jour
help-level = { $country ->
    [CA] Année d’étude
   *[FR] Niveau
}
help-level-other = Autre
help-school = { $country ->
    [CA] École
   *[FR] Établissement
}
help-choose = Choisir
help-problem = Description du problème
help-problem-hint = { $most } caractères au plus. N’écrivez pas de mot de passe ici.
help-trap = Ne rien écrire ici
help-privacy = Ces réponses partent par courrier électronique au secrétariat, et ne sont pas gardées ici : il n’en reste que le numéro, un an.
help-send = Envoyer le formulaire
help-of-child = Pour l’enfant : { $problem }
help-sent-title = Votre demande est envoyée
help-sent-lead = Demande n° { $reference } envoyée à : { $school_name }.
help-sent-also = Un message de confirmation est en route vers votre adresse. Gardez ce numéro : il vous sera demandé si vous téléphonez.
help-nobody-title = Mieux vaut téléphoner
help-nobody-lead = { $school_name } n’a pas d’adresse où recevoir votre demande. Rien n’a été envoyé.
help-nobody-also = Appelez le secrétariat : il pourra répondre tout de suite.

refusal-missing-family-name = Écrivez le nom de famille.
refusal-missing-given-name = Écrivez le prénom.
refusal-missing-phone = Écrivez un numéro de téléphone.
refusal-missing-level = { $country ->
    [CA] Choisissez l’année d’étude.
   *[FR] Choisissez le niveau.
}
refusal-missing-school = Choisissez l’{ $school }.
refusal-missing-problem = Décrivez le problème.
refusal-phone-unfit = Ce numéro n’est pas complet. Exemples : 06 12 34 56 78, +33 6 12 34 56 78 ou 613 555‑0199.
refusal-not-listed = Choisissez une réponse de la liste.
refusal-too-long = C’est trop long : { $most } caractères au plus.
refusal-leave-empty = Laissez ce champ vide : il sert à reconnaître les robots.

faq-title = Questions fréquentes
faq-address-unknown = Mon adresse { $country ->
    [CA] courriel
   *[FR] mail
} n’est pas acceptée, ou je ne reçois aucun message. Pourquoi ?
faq-address-unknown-answer = Elle doit être celle que l’{ $school } connaît pour votre enfant. Demandez au secrétariat quelle adresse figure au dossier, et si elle est encore la bonne. Regardez aussi dans les messages indésirables.
faq-no-match = Les informations que j’écris ne correspondent pas à celles du dossier de mon enfant. Que faire ?
faq-no-match-answer = L’{ $school } peut vérifier avec vous si l’adresse du domicile, le numéro de téléphone et l’adresse { $country ->
    [CA] courriel
   *[FR] mail
} sont à jour dans le dossier.
faq-password = Je ne me souviens plus de mon mot de passe. Que faire ?
faq-password-answer = Sur la page de connexion, suivez le lien du mot de passe oublié, s’il y en a un pour vous. Sinon, l’{ $school } peut vous remettre un nouveau courrier.
faq-children = Je ne vois pas tous mes enfants. Me faut-il un compte pour chacun ?
faq-children-answer = Non : un seul compte par parent, pour tous les enfants du réseau. S’il en manque un, signalez-le à l’{ $school } par le formulaire ou par téléphone.

mail-reply-reaches = Une réponse à ce message arrive à la personne qui l’a écrit.
mail-help-subject = Demande d’aide n° { $reference } de { $name }
mail-help-what = Le { $moment }, un parent a rempli le formulaire d’aide.
mail-help-reference = Numéro de la demande
mail-help-parent = Parent
mail-help-email = Adresse du parent
mail-help-phone = Téléphone de jour
mail-help-child = Enfant
mail-help-level = Niveau
mail-help-problem = Ce que la personne écrit
mail-help-page = Page d’où le formulaire a été ouvert : { $page }.
mail-help-answer = Pour répondre, il suffit de répondre à ce message. L’identité de la personne n’a pas été vérifiée : avant de remettre de nouveaux accès, rappelez-la au numéro du dossier.
mail-received-subject = Votre demande n° { $reference }
mail-received-hello = Bonjour,
mail-received-what = Votre demande du { $moment } a été transmise à : { $school_name }.
mail-received-when = Le secrétariat vous répondra dès que possible, en général dans les deux jours d’école.
mail-received-not-you = Vous n’avez rien demandé ? Quelqu’un a écrit votre adresse par erreur : il n’y a rien à faire.
mail-why-received = Vous le recevez parce que cette adresse a été écrite dans le formulaire d’aide.
