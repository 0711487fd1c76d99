# What every page shows around its sheet.

word-school = school
word-establishment = school

title = { $page } – { $portal }
title-wrong = Error: { $page } – { $portal }
skip-to-content = Skip to content
tools = Tools
help = Help
house = Préau, the front door of your { $school }.
portal-site = The portal’s site
theme = Appearance:
theme-auto = automatic
theme-light = light
theme-dark = dark

help-trouble = Need help?
help-write = Write to { $address }
help-call = Call { $phone }
help-site = See the portal’s site
help-ask-school = { $register ->
    [tu] Ask an adult at your { $school }.
   *[vous] Ask the { $school } office.
}

# Fields.
error-mark = Error:
show = Show
hide = Hide
of-field = : { $field }
caps-lock = Caps Lock is on.

# Profiles and the doors of the chooser.
profile-pupil = Pupil
profile-parent = Parent
door-families = Pupil or parent
door-national = National education staff
door-agricultural = Agricultural education staff
door-local-authority = Local authority staff
door-guest = Other and guest
choice-teacher = Teacher
choice-school-staff = Management, school life, administration

# Dates and times.
calendar-date = { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
} { $year }
month-name = { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
}
clock-time = { $hour }:{ $minute }
date-and-time = { $date } at { $time }
minutes = { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
}
