# What every page shows around its sheet.

word-school = école
word-establishment = établissement

title = { $page } – { $portal }
title-wrong = Erreur : { $page } – { $portal }
skip-to-content = Aller au contenu
tools = Outils
help = Aide
house = Préau, la porte d’entrée de l’{ $school }.
portal-site = Site du portail
theme = Apparence :
theme-auto = automatique
theme-light = claire
theme-dark = sombre

help-trouble = Une difficulté ?
help-write = Écrire à { $address }
help-call = Appeler le { $phone }
help-site = Voir le site du portail
help-ask-school = { $register ->
    [tu] Demande à un adulte de ton { $school }.
   *[vous] Adressez-vous au secrétariat de l’{ $school }.
}

# Fields.
error-mark = Erreur :
show = Afficher
hide = Masquer
of-field = : { $field }
caps-lock = Verr. Maj est activée.

# Profiles and the doors of the chooser.
profile-pupil = Élève
profile-parent = Parent
door-families = Élève ou parent
door-national = Personnel de l’Éducation nationale
door-agricultural = Personnel de l’enseignement agricole
door-local-authority = Personnel de collectivité
door-guest = Autre et invité
choice-teacher = Enseignant
choice-school-staff = Direction, vie scolaire, administration

# Dates and times.
calendar-date = { $day ->
    [1] 1er
   *[other] { $day }
} { $month ->
    [1] janvier
    [2] février
    [3] mars
    [4] avril
    [5] mai
    [6] juin
    [7] juillet
    [8] août
    [9] septembre
    [10] octobre
    [11] novembre
   *[12] décembre
} { $year }
month-name = { $month ->
    [1] janvier
    [2] février
    [3] mars
    [4] avril
    [5] mai
    [6] juin
    [7] juillet
    [8] août
    [9] septembre
    [10] octobre
    [11] novembre
   *[12] décembre
}
clock-time = { $hour } h { $minute }
date-and-time = { $date } à { $time }
minutes = { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
}
