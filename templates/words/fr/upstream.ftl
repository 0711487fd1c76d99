# External providers: the pupils' reset, and what a provider's answer may come to.

sign-in-through = Se connecter avec { $label }
sign-in-forgotten = Nom d’utilisateur ou mot de passe oublié ?

way-try-again = Réessayer
way-back-reset = Revenir au début
way-back-sign-in = Revenir à la connexion

pupil-forgotten-title = Nom d’utilisateur ou mot de passe oublié
pupil-forgotten-lead = { $register ->
    [tu] Ton compte de messagerie { $label } peut te redonner un mot de passe.
   *[vous] Votre compte de messagerie { $label } peut vous redonner un mot de passe.
}
pupil-forgotten-needed = { $register ->
    [tu] Il te faut :
   *[vous] Il vous faut :
}
pupil-forgotten-number = { $register ->
    [tu] ton numéro d’élève, à { $digits } chiffres ;
   *[vous] votre numéro d’élève, à { $digits } chiffres ;
}
pupil-forgotten-any-number = { $register ->
    [tu] ton numéro d’élève ;
   *[vous] votre numéro d’élève ;
}
pupil-forgotten-username = { $register ->
    [tu] ton nom d’utilisateur sur le portail, par exemple abc123456.
   *[vous] votre nom d’utilisateur sur le portail, par exemple abc123456.
}
pupil-forgotten-button = { $register ->
    [tu] Réinitialise ton mot de passe par l’intermédiaire { $of }
   *[vous] Réinitialisez votre mot de passe par l’intermédiaire { $of }
}
pupil-forgotten-missing = { $register ->
    [tu] Il te manque quelque chose ?
   *[vous] Il vous manque quelque chose ?
}
pupil-forgotten-only = { $register ->
    [tu] Ici, tu ne peux réinitialiser que ton mot de passe. Si tu as oublié ton nom d’utilisateur, ou s’il te manque une information, demande de l’aide à ton { $school }.
   *[vous] Ici, vous ne pouvez réinitialiser que votre mot de passe. Si vous avez oublié votre nom d’utilisateur, ou s’il vous manque une information, demandez de l’aide à l’{ $school }.
}
pupil-forgotten-no-account = { $register ->
    [tu] Tu n’as pas encore de compte sur ce portail ? Ton { $school } te remet un courrier ou un coupon : il porte ton nom d’utilisateur et un premier mot de passe, avec lesquels tu te connectes.
   *[vous] Vous n’avez pas encore de compte sur ce portail ? L’{ $school } vous remet un courrier ou un coupon : il porte votre nom d’utilisateur et un premier mot de passe, avec lesquels vous vous connectez.
}

pupil-reset-title = Réinitialisation du mot de passe de l’élève pour le portail
pupil-reset-lead = { $register ->
    [tu] Un mot de passe temporaire va arriver dans ta boîte { $label }.
   *[vous] Un mot de passe temporaire va arriver dans votre boîte { $label }.
}
pupil-reset-who = { $register ->
    [tu] Tu es connecté avec
   *[vous] Vous êtes connecté avec
}
pupil-reset-other = { $register ->
    [tu] Ce n’est pas toi ?
   *[vous] Ce n’est pas vous ?
}
pupil-reset-number = { $register ->
    [tu] Ton numéro d’élève
   *[vous] Votre numéro d’élève
}
pupil-reset-number-hint = 10 chiffres, par exemple 3100111222.
pupil-reset-number-digits = { $digits } chiffres.
pupil-reset-number-where = Il est écrit sur le bulletin ou la carte d’élève.
pupil-reset-identifier = { $register ->
    [tu] Ton nom d’utilisateur sur le portail
   *[vous] Votre nom d’utilisateur sur le portail
}
pupil-reset-identifier-hint = Par exemple abc123456.
pupil-reset-button = Réinitialiser le mot de passe
pupil-reset-retype = { $register ->
    [tu] Vérifie ton numéro et ton nom d’utilisateur
   *[vous] Vérifiez votre numéro et votre nom d’utilisateur
}

refusal-number-digits = { $register ->
    [tu] Écris un numéro d’élève de { $digits } chiffres.
   *[vous] Écrivez un numéro d’élève de { $digits } chiffres.
}
refusal-number-unfit = { $register ->
    [tu] Ce n’est pas un numéro d’élève : vérifie chaque signe.
   *[vous] Ce n’est pas un numéro d’élève : vérifiez chaque signe.
}
refusal-missing-number = { $register ->
    [tu] Écris ton numéro d’élève.
   *[vous] Écrivez votre numéro d’élève.
}
refusal-not-same-pupil = { $register ->
    [tu] Ces informations ne vont pas ensemble. Vérifie qu’il s’agit bien de ton numéro, de ton nom d’utilisateur et de ton compte de messagerie.
   *[vous] Ces informations ne vont pas ensemble. Vérifiez qu’il s’agit bien de votre numéro, de votre nom d’utilisateur et de votre compte de messagerie.
}

pupil-sent-title = Demande envoyée
pupil-sent-lead = { $register ->
    [tu] Ta demande de réinitialisation de ton mot de passe pour le portail des élèves a été envoyée.
   *[vous] Votre demande de réinitialisation de votre mot de passe pour le portail des élèves a été envoyée.
}
pupil-sent-mail = { $register ->
    [tu] Tu vas recevoir à ton compte { $label } un message de courriel, avec des instructions pour ouvrir une session et avec ton mot de passe temporaire.
   *[vous] Vous allez recevoir à votre compte { $label } un message de courriel, avec des instructions pour ouvrir une session et avec votre mot de passe temporaire.
}
pupil-sent-wait = { $register ->
    [tu] Il faut compter jusqu’à 10 minutes pour que ce message arrive dans ta boîte.
   *[vous] Il faut compter jusqu’à 10 minutes pour que ce message arrive dans votre boîte.
}
pupil-sent-also = { $register ->
    [tu] Rien après 10 minutes ? Regarde dans les indésirables, puis recommence.
   *[vous] Rien après 10 minutes ? Regardez dans les indésirables, puis recommencez.
}

pupil-school-title = { $register ->
    [tu] Demande de l’aide à ton { $school }
   *[vous] Demandez de l’aide à l’{ $school }
}
pupil-school-lead = { $register ->
    [tu] Le mot de passe de ton compte ne peut pas être réinitialisé ici pour le moment.
   *[vous] Le mot de passe de votre compte ne peut pas être réinitialisé ici pour le moment.
}
pupil-school-also = { $register ->
    [tu] Si tu n’as pas encore activé ton compte, connecte-toi avec le mot de passe de ton courrier. Sinon, ton { $school } sait quoi faire.
   *[vous] Si vous n’avez pas encore activé votre compte, connectez-vous avec le mot de passe de votre courrier. Sinon, l’{ $school } sait quoi faire.
}

upstream-unavailable-title = Le service { $label } est indisponible
upstream-unavailable-lead = { $register ->
    [tu] Nous n’avons pas pu vérifier qui tu es auprès { $of }. Rien n’a été modifié.
   *[vous] Nous n’avons pas pu vérifier qui vous êtes auprès { $of }. Rien n’a été modifié.
}
upstream-unavailable-also = { $register ->
    [tu] Réessaie dans quelques minutes. Si cela dure, demande de l’aide à ton { $school }.
   *[vous] Réessayez dans quelques minutes. Si cela dure, demandez de l’aide à l’{ $school }.
}
upstream-declined-title = Rien n’a été fait
upstream-declined-lead = { $register ->
    [tu] Tu as arrêté la connexion chez { $label } : ce n’est pas grave, rien n’a changé.
   *[vous] Vous avez arrêté la connexion chez { $label } : ce n’est pas grave, rien n’a changé.
}
upstream-declined-also = { $register ->
    [tu] Tu peux recommencer quand tu veux.
   *[vous] Vous pouvez recommencer quand vous voulez.
}
upstream-unknown-title = Ce compte { $label } n’est pas connu ici
upstream-unknown-lead = { $register ->
    [tu] Aucun compte de ce portail ne correspond au compte { $label } avec lequel tu t’es connecté.
   *[vous] Aucun compte de ce portail ne correspond au compte { $label } avec lequel vous vous êtes connecté.
}
upstream-unknown-also = { $register ->
    [tu] C’était peut-être le compte de quelqu’un d’autre. Sinon, demande de l’aide à ton { $school }.
   *[vous] C’était peut-être le compte de quelqu’un d’autre. Sinon, demandez de l’aide à l’{ $school }.
}
upstream-ambiguous-title = Ce compte { $label } désigne plusieurs personnes
upstream-ambiguous-lead = { $register ->
    [tu] Plusieurs comptes de ce portail correspondent à ton compte { $label } : nous ne pouvons pas savoir lequel est le tien.
   *[vous] Plusieurs comptes de ce portail correspondent à votre compte { $label } : nous ne pouvons pas savoir lequel est le vôtre.
}
upstream-ambiguous-also = { $register ->
    [tu] Demande à ton { $school } de mettre ta fiche à jour.
   *[vous] Demandez à l’{ $school } de mettre votre fiche à jour.
}
upstream-not-activated-title = { $register ->
    [tu] Ton compte n’est pas encore activé
   *[vous] Votre compte n’est pas encore activé
}
upstream-not-activated-lead = { $register ->
    [tu] Active-le d’abord avec l’identifiant et le mot de passe du courrier de ton { $school }.
   *[vous] Activez-le d’abord avec l’identifiant et le mot de passe du courrier de l’{ $school }.
}
upstream-not-activated-also = { $register ->
    [tu] Ensuite, tu pourras te connecter avec { $label }.
   *[vous] Ensuite, vous pourrez vous connecter avec { $label }.
}
upstream-not-pupil-title = Cette page est pour les élèves
upstream-not-pupil-lead = Le compte { $label } utilisé n’est pas celui d’un élève de ce portail.
upstream-not-pupil-also = { $register ->
    [tu] Si quelqu’un d’autre était connecté sur cet ordinateur, choisis ton propre compte.
   *[vous] Si quelqu’un d’autre était connecté sur cet ordinateur, choisissez votre propre compte.
}
upstream-no-mailbox-title = Nous ne savons pas où écrire
upstream-no-mailbox-lead = { $register ->
    [tu] Le service { $label } ne donne pas d’adresse vérifiée pour ton compte : le mot de passe temporaire ne peut pas être envoyé.
   *[vous] Le service { $label } ne donne pas d’adresse vérifiée pour votre compte : le mot de passe temporaire ne peut pas être envoyé.
}
upstream-no-mailbox-also = { $register ->
    [tu] Demande de l’aide à ton { $school }.
   *[vous] Demandez de l’aide à l’{ $school }.
}
upstream-lost-title = Cette connexion n’est plus en cours
upstream-lost-lead = Elle a commencé dans un autre navigateur, il y a trop longtemps, ou elle est déjà terminée.
upstream-lost-also = { $register ->
    [tu] Recommence : il n’y a rien d’autre à faire.
   *[vous] Recommencez : il n’y a rien d’autre à faire.
}

mail-temporary-subject = { $register ->
    [tu] Ton mot de passe temporaire
   *[vous] Votre mot de passe temporaire
}
mail-temporary-what = { $register ->
    [tu] Voici un mot de passe temporaire pour ouvrir une session sur le portail. Il sert une seule fois.
   *[vous] Voici un mot de passe temporaire pour ouvrir une session sur le portail. Il sert une seule fois.
}
mail-temporary-password = Mot de passe temporaire
mail-temporary-open = Page de connexion
mail-temporary-how = { $register ->
    [tu] Ouvre cette page, écris ton identifiant et ce mot de passe, puis choisis un nouveau mot de passe.
   *[vous] Ouvrez cette page, écrivez votre identifiant et ce mot de passe, puis choisissez un nouveau mot de passe.
}
mail-temporary-until = { $register ->
    [tu] Il est valable jusqu’au { $until }. D’ici là, ton mot de passe d’avant marche encore.
   *[vous] Il est valable jusqu’au { $until }. D’ici là, votre mot de passe d’avant marche encore.
}
mail-temporary-not-you = { $register ->
    [tu] Ce n’était pas toi ? Quelqu’un utilise peut-être ton compte { $label } : change son mot de passe et préviens un adulte de ton { $school }.
   *[vous] Ce n’était pas vous ? Quelqu’un utilise peut-être votre compte { $label } : changez son mot de passe et prévenez l’{ $school }.
}
mail-why-upstream = { $register ->
    [tu] Tu le reçois parce qu’un mot de passe a été demandé depuis ton compte { $label }.
   *[vous] Vous le recevez parce qu’un mot de passe a été demandé depuis votre compte { $label }.
}

mail-pupil-reset-subject = { $pupil } a demandé un mot de passe
mail-pupil-reset-what = { $pupil } a demandé un mot de passe temporaire pour le portail, le { $moment }, en se connectant à son compte { $label }. Il a été envoyé à sa boîte { $label }.
mail-pupil-reset-do = Il n’y a rien à faire.
mail-pupil-reset-not-them = { $register ->
    [tu] Si cela te surprend, préviens un adulte de ton { $school }.
   *[vous] Si cela vous surprend, parlez-en avec votre enfant, puis prévenez l’{ $school }.
}
mail-why-guardian = { $register ->
    [tu] Tu le reçois parce que tu es responsable légal de cet élève.
   *[vous] Vous le recevez parce que vous êtes responsable légal de cet élève.
}
