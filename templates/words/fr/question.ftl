account-alter = Modifier
account-back-to-profile = Retour au profil
account-notifications = Adresse des notifications
account-question = Question secrète
notifications-title = Adresse des notifications
notifications-lead = { $register ->
    [tu] Le portail y envoie ses messages. Elle peut être une autre adresse que celle de ton compte.
   *[vous] Le portail y envoie ses messages. Elle peut être une autre adresse que celle de votre compte.
}
notifications-new = Nouvelle adresse
notifications-none = Ne plus recevoir de notifications
notifications-nowhere = aucune
notifications-awaiting = { $address } ({ $awaiting } attend d’être confirmée)
notifications-done = L’adresse des notifications est enregistrée.
notifications-sent = Un message est parti à la nouvelle adresse : son lien la confirme.
question-title = Question secrète
question-lead = { $register ->
    [tu] Si tu oublies ton mot de passe, cette question te sera posée, puis un mot de passe temporaire partira à ton adresse.
   *[vous] Si vous oubliez votre mot de passe, cette question vous sera posée, puis un mot de passe temporaire partira à votre adresse.
}
question-none = aucune
question-label = Question secrète
question-choose = Choisir
question-hint = { $register ->
    [tu] Cette question te sera posée si tu oublies ton mot de passe.
   *[vous] Cette question vous sera posée si vous oubliez votre mot de passe.
}
question-answer = { $register ->
    [tu] Ta réponse
   *[vous] Votre réponse
}
question-answer-hint = Trois lettres au moins. Les majuscules, les accents et les espaces ne comptent pas.
question-done = La question secrète est enregistrée.
question-hero = { $register ->
    [tu] Quel est le nom de ton personnage fictif préféré ?
   *[vous] Quel est le nom de votre personnage fictif préféré ?
}
question-toy = { $register ->
    [tu] Comment s’appelait ta première peluche ?
   *[vous] Comment s’appelait votre première peluche ?
}
question-book = { $register ->
    [tu] Quel livre as-tu relu le plus souvent, enfant ?
   *[vous] Quel livre avez-vous relu le plus souvent, enfant ?
}
question-dish = { $register ->
    [tu] Quel plat refusais-tu de manger, petit ?
   *[vous] Quel plat refusiez-vous de manger, enfant ?
}
question-trade = { $register ->
    [tu] Quel métier voulais-tu faire à dix ans ?
   *[vous] Quel métier vouliez-vous faire à dix ans ?
}
question-song = { $register ->
    [tu] Quelle est la première chanson que tu as sue par cœur ?
   *[vous] Quelle est la première chanson que vous avez sue par cœur ?
}
question-journey = { $register ->
    [tu] Dans quel pays imaginaire voudrais-tu vivre ?
   *[vous] Dans quel pays imaginaire voudriez-vous vivre ?
}
question-teacher = Quel surnom les élèves donnaient-ils au professeur le plus sévère ?
refusal-missing-question = { $register ->
    [tu] Choisis une question dans la liste.
   *[vous] Choisissez une question dans la liste.
}
refusal-missing-answer = { $register ->
    [tu] Écris ta réponse.
   *[vous] Écrivez votre réponse.
}
refusal-answer-unfit = Une réponse d’au moins trois lettres, qui ne se lit ni dans la question, ni dans le nom, l’identifiant ou l’adresse.
event-question = Question secrète choisie
event-question-paused = Question secrète en pause après de mauvaises réponses
mail-question-subject = La question secrète a été changée
mail-question-what = { $register ->
    [tu] Une nouvelle question secrète a été choisie pour ton compte.
   *[vous] Une nouvelle question secrète a été choisie pour votre compte.
}
mail-notifications-subject = L’adresse des notifications a été changée
mail-notifications-what = { $register ->
    [tu] L’adresse à laquelle le portail envoie ses notifications a été changée dans ton compte.
   *[vous] L’adresse à laquelle le portail envoie ses notifications a été changée dans votre compte.
}
