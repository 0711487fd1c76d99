# The ways back in.

replace-over = Temporary password
replace-title = Choose your password
replace-lead = The temporary password will stop working. Choose your own to go on.
replace-button = Save and continue
refusal-temporary-over = This temporary password was used already or has expired. Ask for another one.
refusal-same-as-temporary = Not the temporary password: choose another.

mail-replaced-subject = Your password was changed
mail-replaced-what = Your password was changed on { $moment }, from { $device }. Your other sessions are closed.
mail-replaced-not-you = { $register ->
    [tu] Was it not you? Tell an adult at your { $school } at once.
   *[vous] Was it not you? Tell the { $school } at once.
}
mail-device-unknown = a device that was not recognised
