# Letters on paper, before the first sign-in.

letter-document = Lettres – { $by }
letter-date = { $town }, le { $date }
letter-date-alone = Le { $date }
letter-title = { $register ->
    [tu] Ton compte est prêt
   *[vous] { $profile ->
        [parent] Votre compte de parent est prêt
       *[other] Votre compte est prêt
    }
}
letter-greeting = { $register ->
    [tu] Bonjour { $name },
   *[vous] { $name },
}
letter-intro = { $register ->
    [tu] { $by } t’ouvre un compte sur { $portal }. Il est à toi : garde ton mot de passe pour toi.
   *[vous] { $by } vous ouvre un compte sur { $portal }. Il est à vous : gardez votre mot de passe pour vous.
}
letter-children = Ce compte vaut pour :
letter-address = Adresse
letter-identifier = Identifiant
letter-password = Mot de passe provisoire
letter-qr = Code à photographier pour ouvrir la page avec l’identifiant déjà rempli
letter-until = À utiliser avant le { $date }.
letter-steps = Une seule fois, en cinq minutes
letter-step-open = { $register ->
    [tu] Ouvre l’adresse ci-dessus, ou photographie le code.
   *[vous] Ouvrez l’adresse ci-dessus, ou photographiez le code.
}
letter-step-profile = { $register ->
    [tu] Choisis le profil « { $profile } ».
   *[vous] Choisissez le profil « { $profile } ».
}
letter-step-type = { $register ->
    [tu] Tape l’identifiant et le mot de passe provisoire.
   *[vous] Saisissez l’identifiant et le mot de passe provisoire.
}
letter-step-choose = { $register ->
    [tu] { $email ->
        [absent] Choisis ton mot de passe.
        [optional] Choisis ton mot de passe ; donne une adresse mail si tu en as une.
       *[required] Choisis ton mot de passe et donne ton adresse mail.
    }
   *[vous] Choisissez votre mot de passe et donnez votre adresse mail.
}
letter-step-confirm = { $register ->
    [tu] { $email ->
        [optional] Si tu as donné une adresse, ouvre le message reçu et appuie sur « { $button } ».
       *[required] Ouvre le message reçu et appuie sur « { $button } ».
    }
   *[vous] Ouvrez le message reçu et appuyez sur « { $button } ».
}
letter-help = { $register ->
    [tu] Une difficulté ? Demande de l’aide : { $contact }.
   *[vous] { $about ->
        [child] Une difficulté, une erreur sur votre enfant ? Nous vous répondons : { $contact }.
       *[self] Une difficulté, une erreur ? Nous vous répondons : { $contact }.
    }
}
letter-or = {" "}ou{" "}
letter-foot = { $register ->
    [tu] Cette lettre remplace les précédentes. Elle est personnelle : garde-la jusqu’à l’activation, puis détruis-la.
   *[vous] Cette lettre remplace les précédentes. Elle est personnelle : gardez-la jusqu’à l’activation, puis détruisez-la.
}

# Slips, which the school hands to somebody who has forgotten their password.

slip-document = Coupons – { $by }
slip-title = { $register ->
    [tu] pour retrouver ton compte
   *[vous] pour retrouver votre compte
}
slip-password = Mot de passe temporaire
slip-until = { $register ->
    [tu] Il ouvre une session, une seule fois, jusqu’au { $until } ; tu y choisis ton nouveau mot de passe. D’ici là, celui d’avant marche encore.
   *[vous] Il ouvre une session, une seule fois, jusqu’au { $until } ; vous y choisissez votre nouveau mot de passe. D’ici là, celui d’avant marche encore.
}
slip-foot = { $register ->
    [tu] Ce coupon est à toi seul : détruis-le ensuite.
   *[vous] Ce coupon est personnel : détruisez-le ensuite.
}
