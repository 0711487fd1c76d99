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

sign-in-register = Créer mon compte
sign-in-reset = Réinitialiser mon mot de passe
by-question-title = Renvoi d’un nouveau mot de passe via la question secrète
by-question-lead = { $register ->
    [tu] Écris ton nom d’utilisateur : ta question secrète te sera posée.
   *[vous] Écrivez votre nom d’utilisateur : votre question secrète vous sera posée.
}
by-question-identifier = Nom d’utilisateur (courriel)
by-question-hint = { $register ->
    [tu] Deux comptes à la même adresse ? Écris plutôt ton identifiant.
   *[vous] Deux comptes à la même adresse ? Écrivez plutôt votre identifiant.
}
by-question-find = Retrouver ma question secrète
by-question-answer-lead = { $register ->
    [tu] Si la réponse est la bonne, un mot de passe temporaire part à ton adresse.
   *[vous] Si la réponse est la bonne, un mot de passe temporaire part à votre adresse.
}
by-question-answer-hint = Les majuscules, les accents et les espaces ne comptent pas.
by-question-confirm = Confirmer
by-question-to-link = Recevoir plutôt un lien par courrier électronique
by-question-back = Retourner au portail
by-question-sent-title = Un message est parti
by-question-sent-lead = { $register ->
    [tu] Un mot de passe temporaire part vers ton adresse. Il faudra le changer en arrivant.
   *[vous] Un mot de passe temporaire part vers votre adresse. Il faudra le changer en arrivant.
}
by-question-sent-also = { $register ->
    [tu] Rien reçu ? Regarde dans les indésirables. L’ancien mot de passe reste bon tant que le nouveau n’a pas servi.
   *[vous] Rien reçu ? Regardez dans les indésirables. L’ancien mot de passe reste bon tant que le nouveau n’a pas servi.
}
refusal-wrong-answer = Cette réponse ne convient pas.
mail-by-question-subject = Nouveau mot de passe temporaire
mail-by-question-no-reply = Merci de ne pas répondre à ce message.
mail-by-question-why = { $register ->
    [tu] La réponse à ta question secrète a été donnée, pour réinitialiser le mot de passe de ton compte.
   *[vous] La réponse à votre question secrète a été donnée, pour réinitialiser le mot de passe de votre compte.
}
mail-by-question-exactly = { $register ->
    [tu] Recopie-le exactement tel qu’il apparaît ci-dessus.
   *[vous] Recopiez-le exactement tel qu’il apparaît ci-dessus.
}
mail-by-question-open = Se connecter au portail
mail-by-question-until = Il ouvre le portail une fois, jusqu’au { $until }, et se remplace aussitôt par un mot de passe choisi.
mail-by-question-later = Plus tard, le mot de passe se change dans « Gestion de mon compte », puis « Changer mon mot de passe ».
mail-by-question-not-you = { $register ->
    [tu] Tu n’as rien demandé ? Ne fais rien : ton mot de passe actuel reste bon.
   *[vous] Vous n’avez rien demandé ? Ne faites rien : votre mot de passe actuel reste bon.
}
mail-by-question-questions = { $register ->
    [tu] Une question ? Demande à ton { $school }.
   *[vous] Une question ? L’{ $school } de votre enfant y répondra.
}
mail-by-question-thanks = Merci et bonne navigation. L’équipe du portail
mail-question-paused-subject = De mauvaises réponses à la question secrète
mail-question-paused-what = Le { $moment }, sur { $device }, la question secrète de ce compte a reçu plusieurs mauvaises réponses. Elle est en pause pour une heure.
mail-question-paused-you = { $register ->
    [tu] C’était toi ? Demande plutôt un lien, sur la page du mot de passe oublié.
   *[vous] C’était vous ? Demandez plutôt un lien, sur la page du mot de passe oublié.
}
mail-question-paused-not-you = { $register ->
    [tu] Ce n’était pas toi ? Tu n’as rien à faire : rien n’a changé.
   *[vous] Ce n’était pas vous ? Vous n’avez rien à faire : rien n’a changé.
}
