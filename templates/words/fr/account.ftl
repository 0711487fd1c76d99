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
refusal-no-change = Rien n’a été changé : il faut un nouveau mot de passe ou une nouvelle adresse.
refusal-missing-current-password = { $register ->
    [tu] Écris ton mot de passe actuel.
   *[vous] Écrivez votre mot de passe actuel.
}

account-change-email = { $register ->
    [tu] Changer ton adresse mail
   *[vous] Changer votre adresse mail
}
account-new-email = Nouvelle adresse mail
account-new-email-hint = { $register ->
    [tu] Un message y partira. Ton adresse actuelle reste valable jusqu’à ce que son lien soit ouvert.
   *[vous] Un message y partira. Votre adresse actuelle reste valable jusqu’à ce que son lien soit ouvert.
}
account-email-sure = Cette adresse est la bonne
account-email-asked = Un message est parti vers la nouvelle adresse : son lien la confirme. L’adresse actuelle est prévenue.
account-email-cancelled = { $register ->
    [tu] Le changement d’adresse est annulé. Rien n’a changé.
   *[vous] Le changement d’adresse est annulé. Rien n’a changé.
}
account-waiting = Nouvelle adresse en attente de confirmation : { $address }. L’ancienne reste valable.
account-waiting-until = Le lien est valable jusqu’au { $until }.
account-waiting-expired = Son lien est trop ancien : un autre peut partir.
account-waiting-cancel = Annuler le changement

refusal-email-mistyped = { $register ->
    [tu] Voulais-tu dire { $domain } ? Sinon, coche la case.
   *[vous] Vouliez-vous dire { $domain } ? Sinon, cochez la case.
}
refusal-email-in-doubt = { $register ->
    [tu] Cette adresse semble être celle d’une autre personne. Si elle est à toi, coche la case.
   *[vous] Cette adresse semble être celle de votre enfant ou de l’{ $school }. Si elle est à vous, cochez la case.
}

email-link-title = { $register ->
    [tu] Confirme ta nouvelle adresse
   *[vous] Confirmez votre nouvelle adresse
}
email-link-lead = { $register ->
    [tu] Encore un appui, et elle remplace l’ancienne.
   *[vous] Encore un appui, et elle remplace l’ancienne.
}
email-link-button = Confirmer cette adresse
email-link-expired-lead = { $register ->
    [tu] Ton adresse n’a pas changé. Un nouveau lien peut partir vers la nouvelle.
   *[vous] Votre adresse n’a pas changé. Un nouveau lien peut partir vers la nouvelle.
}
email-changed-title = L’adresse est changée
email-changed-lead = { $register ->
    [tu] Les messages de ton compte arrivent maintenant à { $address }.
   *[vous] Les messages de votre compte arrivent maintenant à { $address }.
}
email-changed-also = { $register ->
    [tu] Ton identifiant et ton mot de passe restent les mêmes.
   *[vous] Votre identifiant et votre mot de passe restent les mêmes.
}
email-superseded-lead = Le changement d’adresse a été annulé, ou un autre a pris sa place.
email-superseded-also = { $register ->
    [tu] Ouvre le message le plus récent, ou recommence depuis ton compte.
   *[vous] Ouvrez le message le plus récent, ou recommencez depuis votre compte.
}
email-undo-title = { $register ->
    [tu] Ce n’était pas toi ?
   *[vous] Ce n’était pas vous ?
}
email-undo-lead = { $register ->
    [tu] Ton adresse redevient celle-ci, toutes les connexions sont fermées et le mot de passe ne sert plus : tu en choisis un autre tout de suite. Ton { $school } est prévenu.
   *[vous] Votre adresse redevient celle-ci, toutes les connexions sont fermées et le mot de passe ne sert plus : vous en choisissez un autre tout de suite. L’{ $school } est prévenu de l’incident.
}
email-undo-button = Annuler le changement et fermer tout
email-undo-choose = { $register ->
    [tu] Le changement est annulé, ton adresse est de nouveau { $address }. Choisis un mot de passe que personne d’autre ne connaît.
   *[vous] Le changement est annulé, votre adresse est de nouveau { $address }. Choisissez un mot de passe que personne d’autre ne connaît.
}
email-undone-title = { $register ->
    [tu] Ton compte est de nouveau à toi
   *[vous] Votre compte est de nouveau à vous
}
email-undone-lead = { $register ->
    [tu] Le changement d’adresse est annulé et ton mot de passe est remplacé.
   *[vous] Le changement d’adresse est annulé et votre mot de passe est remplacé.
}
email-undone-also = { $register ->
    [tu] Connecte-toi avec le mot de passe que tu as choisi.
   *[vous] Connectez-vous avec le mot de passe que vous avez choisi.
}
email-undo-over-title = Ce lien ne sert plus
email-undo-over-lead = Il a déjà servi, ou le délai pour annuler le changement d’adresse est passé.
email-undo-over-also = { $register ->
    [tu] Si quelque chose ne va pas, préviens un adulte de ton { $school }.
   *[vous] Si quelque chose ne va pas, prévenez l’{ $school }.
}

mail-new-address-subject = { $register ->
    [tu] Confirme ta nouvelle adresse
   *[vous] Confirmez votre nouvelle adresse
}
mail-new-address-what = { $register ->
    [tu] Tu veux recevoir ici les messages de ton compte. Ouvre ce lien et appuie sur « Confirmer cette adresse ».
   *[vous] Vous voulez recevoir ici les messages de votre compte. Ouvrez ce lien et appuyez sur « Confirmer cette adresse ».
}
mail-new-address-link = Lien pour confirmer l’adresse
mail-new-address-until = Il est valable jusqu’au { $until }.
mail-new-address-not-you = { $register ->
    [tu] Ce n’était pas toi ? Ne fais rien : sans ce lien, l’adresse ne sera pas utilisée.
   *[vous] Ce n’était pas vous ? Ne faites rien : sans ce lien, l’adresse ne sera pas utilisée.
}
mail-why-new-address = { $register ->
    [tu] Tu le reçois parce que cette adresse a été écrite sur la page d’un compte.
   *[vous] Vous le recevez parce que cette adresse a été écrite sur la page d’un compte.
}
mail-changing-subject = Une autre adresse est demandée
mail-changing-what = { $register ->
    [tu] Quelqu’un qui connaît ton mot de passe a demandé que les messages de ton compte arrivent à une autre adresse.
   *[vous] Quelqu’un qui connaît votre mot de passe a demandé que les messages de votre compte arrivent à une autre adresse.
}
mail-changing-to = Adresse demandée
mail-changing-you = { $register ->
    [tu] C’était toi ? Il n’y a rien à faire ici : le lien est dans l’autre boîte.
   *[vous] C’était vous ? Il n’y a rien à faire ici : le lien est dans l’autre boîte.
}
mail-changing-not-you = { $register ->
    [tu] Ce n’était pas toi ? Ouvre ce lien : il annule le changement, ferme toutes les connexions et te laisse choisir un autre mot de passe.
   *[vous] Ce n’était pas vous ? Ouvrez ce lien : il annule le changement, ferme toutes les connexions et vous laisse choisir un autre mot de passe.
}
mail-undo-link = Lien « ce n’était pas moi »
mail-undo-until = Il est valable jusqu’au { $until }.
mail-changed-subject = L’adresse du compte a été changée
mail-changed-what = { $register ->
    [tu] Les messages de ton compte arrivent maintenant à une autre adresse.
   *[vous] Les messages de votre compte arrivent maintenant à une autre adresse.
}
mail-changed-not-you = { $register ->
    [tu] Ce n’était pas toi ? Ouvre ce lien : il remet ton adresse, ferme toutes les connexions et te laisse choisir un autre mot de passe.
   *[vous] Ce n’était pas vous ? Ouvrez ce lien : il remet votre adresse, ferme toutes les connexions et vous laisse choisir un autre mot de passe.
}
mail-why-former-address = { $register ->
    [tu] Tu le reçois parce que cette adresse était celle de ton compte.
   *[vous] Vous le recevez parce que cette adresse était celle de votre compte.
}
mail-undone-subject = Le changement d’adresse est annulé
mail-undone-what = { $register ->
    [tu] Cette adresse est de nouveau celle de ton compte. Toutes les connexions sont fermées et l’ancien mot de passe ne sert plus : choisis-en un autre.
   *[vous] Cette adresse est de nouveau celle de votre compte. Toutes les connexions sont fermées et l’ancien mot de passe ne sert plus : choisissez-en un autre.
}
mail-undone-link = Lien pour choisir un mot de passe
mail-undone-until = { $register ->
    [tu] Il est valable jusqu’au { $until }. Après cela, passe par « mot de passe oublié » ou par ton { $school }.
   *[vous] Il est valable jusqu’au { $until }. Après cela, passez par « mot de passe oublié » ou par l’{ $school }.
}

mail-school-hello = À l’attention du secrétariat : { $name }
mail-school-account = Personne
mail-school-identifier = Identifiant
mail-why-school = Ce message est envoyé à l’adresse de l’{ $school } dans l’annuaire.
mail-contested-subject = Changement d’adresse contesté
mail-contested-what = Le { $at }, une personne a signalé ne pas avoir demandé le changement d’adresse mail de son compte. Le changement a été annulé et le mot de passe remplacé.
mail-contested-do = Il n’y a rien à faire dans l’immédiat. Si la personne appelle, son identité est à vérifier avant de lui remettre de nouveaux accès.

account-tab-children = Enfants
account-tab-services = Services
account-tab-data = Données

children-title = { $register ->
    [tu] Tes enfants
   *[vous] Vos enfants
}
children-lead = { $register ->
    [tu] Un seul compte pour tous tes enfants du réseau.
   *[vous] Un seul compte pour tous vos enfants du réseau.
}
children-none = Aucun enfant n’est rattaché à ce compte.
children-error = Signaler une erreur
children-not-mine = Je ne suis pas le responsable de cet élève
children-not-mine-means = { $register ->
    [tu] Le lien avec { $name } est suspendu tout de suite et ton { $school } reçoit la demande. Lui seul peut le rétablir.
   *[vous] Le lien avec { $name } est suspendu tout de suite et l’{ $school } reçoit la demande. Lui seul peut le rétablir.
}
children-disputed = Lien suspendu, demande transmise
children-disputed-done = Le lien est suspendu et la demande est transmise.
children-add = Un second courrier ?
children-add-how = { $register ->
    [tu] Recopie son identifiant et son mot de passe provisoire : il n’y aura qu’un seul compte pour tout.
   *[vous] Recopiez son identifiant et son mot de passe provisoire : il n’y aura qu’un seul compte pour tout.
}
children-identifier = Identifiant du second courrier
children-password = Mot de passe provisoire du second courrier
children-add-button = Ajouter ce courrier
children-added = { $register ->
    [tu] Le second courrier fait maintenant partie de ton compte. Son identifiant mène aussi ici.
   *[vous] Le second courrier fait maintenant partie de votre compte. Son identifiant mène aussi ici.
}
children-missing = Un enfant manque ?
children-missing-label = { $register ->
    [tu] Écris à ton { $school } : nom, prénom et classe de l’enfant
   *[vous] Écrivez à l’{ $school } : nom, prénom et classe de l’enfant
}
word-hint = 500 caractères au plus. Pas de mot de passe ici.
word-button = Envoyer au secrétariat
word-sent = Le message est parti au secrétariat, qui répondra directement.
word-empty = Il n’y avait rien à envoyer.
word-too-often = Plusieurs messages viennent de partir : le secrétariat les a reçus. Le suivant sera possible dans une heure.
word-nobody = Aucune adresse de secrétariat n’est connue ici : le plus simple est d’appeler.

services-title = Services
services-lead = { $register ->
    [tu] Ce que chaque service apprend de toi quand tu y entres.
   *[vous] Ce que chaque service apprend de vous quand vous y entrez.
}
services-none = Aucun service n’a encore été ouvert avec ce compte.
services-last = Dernière ouverture : { $at }
services-receives = Il reçoit :
services-agreed = { $register ->
    [tu] Avec ton accord du { $date }.
   *[vous] Avec votre accord du { $date }.
}
services-withdraw = Retirer mon accord
services-withdrawn = { $register ->
    [tu] Ton accord est retiré. Le service te le redemandera à la prochaine ouverture.
   *[vous] Votre accord est retiré. Le service vous le redemandera à la prochaine ouverture.
}

data-title = { $register ->
    [tu] Tes données
   *[vous] Vos données
}
data-take = Les emporter
data-take-what = { $register ->
    [tu] Un fichier avec tout ce qui est gardé sur toi ici : identité, rattachements, connexions, services.
   *[vous] Un fichier avec tout ce qui est gardé sur vous ici : identité, rattachements, connexions, services.
}
data-take-button = Télécharger mes données
data-known = Ce qui est connu
data-given-name = Prénom
data-family-name = Nom
data-birth-date = Date de naissance
data-roster-email = Adresse mail de l’annuaire
data-phone = Téléphone
data-civic-number = { $country ->
    [CA] Numéro civique
   *[FR] Numéro de voie
}
data-pupil-number = Numéro d’élève
data-places = Rattachements
data-classes = Classes et groupes
data-children = Enfants
data-sessions = Connexions ouvertes
data-services = Services ouverts
data-correct = Les faire corriger
data-correct-what = Le nom, la classe et le lien de parenté viennent du secrétariat, qui les corrige.
data-correct-label = Ce qui est à corriger

refusal-another-person = { $register ->
    [tu] Ce courrier est au nom d’une autre personne, ou écrit autrement. Demande à ton { $school } de les réunir.
   *[vous] Ce courrier est au nom d’une autre personne, ou écrit autrement. Demandez à l’{ $school } de les réunir.
}

mail-letter-added-subject = Un second courrier a été ajouté
mail-letter-added-what = { $register ->
    [tu] Le compte d’un second courrier fait maintenant partie du tien.
   *[vous] Le compte d’un second courrier fait maintenant partie du vôtre.
}
mail-letter-added-identifier = Identifiant du second courrier
mail-letter-added-not-you = { $register ->
    [tu] Ce n’était pas toi ? Change ton mot de passe et préviens un adulte de ton { $school }.
   *[vous] Ce n’était pas vous ? Changez votre mot de passe et prévenez l’{ $school }.
}
mail-school-pupil = Élève
mail-school-class = Classe
mail-school-message = Message
mail-not-guardian-subject = Lien avec un élève à vérifier
mail-not-guardian-what = Cette personne dit ne pas être responsable de l’élève nommé ci-dessous. Le lien est suspendu ici dès maintenant.
mail-not-guardian-do = À vérifier dans le dossier : si le lien est faux, il est à retirer de l’annuaire ; s’il est juste, il est à rétablir.
mail-child-missing-subject = Un enfant manque sur un compte de parent
mail-child-missing-what = Cette personne écrit qu’un de ses enfants manque sur son compte.
mail-correction-subject = Données à corriger
mail-correction-what = Cette personne demande la correction de données qui viennent du secrétariat.

activation-children = Les élèves de ce courrier
activation-children-hint = Une erreur ? Le lien coché est suspendu et l’{ $school } reçoit la demande. L’activation continue pour les autres.
activation-not-mine = Je ne suis pas le responsable de cet élève : { $name }
email-undo-over = Changement d’adresse annulé
children-charters = Chartes à accepter avec eux

child-password-way = Mot de passe oublié
child-password-title = Un mot de passe pour { $name }
child-password-lead = { $register ->
    [tu] Tu peux créer un mot de passe temporaire pour { $name }. Son mot de passe actuel reste bon jusque-là.
   *[vous] Vous pouvez créer un mot de passe temporaire pour { $name }. Son mot de passe actuel reste bon jusque-là.
}
child-password-button = Créer un mot de passe temporaire
child-password-back = Retour aux enfants
child-password-done = { $name } peut se connecter une fois avec ce mot de passe, jusqu’au { $until }, et le remplace aussitôt.
child-password-temporary = Mot de passe temporaire
child-password-once = Il ne sera plus affiché. Les majuscules et les tirets ne comptent pas.
refusal-temporary-too-soon = Un mot de passe temporaire vient d’être créé. { $register ->
    [tu] Attends dix minutes avant d’en créer un autre.
   *[vous] Attendez dix minutes avant d’en créer un autre.
}
refusal-ask-school = { $register ->
    [tu] Pour ce compte, demande un mot de passe à ton { $school }.
   *[vous] Pour ce compte, demandez un mot de passe à l’{ $school }.
}
mail-by-guardian-subject = Un mot de passe temporaire a été créé
mail-by-guardian-what = { $register ->
    [tu] { $guardian } a créé un mot de passe temporaire pour ton compte, valable jusqu’au { $until }. Le tien reste bon tant qu’il n’a pas servi.
   *[vous] { $guardian } a créé un mot de passe temporaire pour votre compte, valable jusqu’au { $until }. Le vôtre reste bon tant qu’il n’a pas servi.
}
mail-by-guardian-not-you = { $register ->
    [tu] Ce n’était pas convenu ? Parles-en à un adulte de ton { $school }.
   *[vous] Ce n’était pas convenu ? Parlez-en à l’{ $school }.
}
account-manage = Gestion de mon compte
account-change-my-password = Changer mon mot de passe

bad-address-title = Cette adresse répond-elle encore ?
bad-address-lead = { $register ->
    [tu] Nos messages à cette adresse nous reviennent. Corrige-la, ou dis-nous qu’elle est bonne.
   *[vous] Nos messages à cette adresse nous reviennent. Corrigez-la, ou dites-nous qu’elle est bonne.
}
bad-address-keep = Cette adresse est bonne
event-bounced = Des messages sont revenus de l’adresse du compte
event-address-kept = Adresse du compte confirmée malgré des messages revenus
