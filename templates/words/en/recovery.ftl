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

# Forgotten identifier, forgotten password by a link.

sign-in-forgotten-password = Forgot your password?
sign-in-forgotten-identifier = Forgot your user name?
sign-in-forgotten-both = Recover your user name and password

forgotten-identifier-title = Forgotten user name
forgotten-identifier-lead = Write your e-mail address: your user name will be sent there.
forgotten-email = My e-mail address
forgotten-email-hint = The one of the account, or the one that the school holds.
forgotten-identifier-button = Send my user name
forgotten-password-title = Forgotten password
forgotten-password-lead = Write your user name: a message will go to the address of your account, with a link to choose another password.
forgotten-own-identifier = My user name
forgotten-identifier-hint = It is on the letter from the school. An e-mail address will do, too.
forgotten-password-button = Send the link
forgotten-children = { $register ->
    [tu] Does one of your parents have an account here? There, under “Children”, they can give you a temporary password, depending on your class.
   *[vous] Is it your child’s password? In your account, under “Children”, you can give them a temporary one, depending on their class.
}
forgotten-to-password = Forgot your password?
forgotten-to-identifier = Forgot your user name?
forgotten-school-title = The school can help
forgotten-school-lead = User names are not sent from here: ask the school for yours.
forgotten-school-also = It is also on the letter that was handed out first.

recovery-sent-title = A message may be on its way
recovery-sent-lead = If this matches an account, a message goes to the address on record.
recovery-sent-typed = What you wrote
recovery-sent-nothing = Nothing yet?
recovery-sent-look = Wait a few minutes, then look into the spam folder. The sender is { $sender }.
recovery-sent-school = No message? Contact the school.
recovery-sent-wait = You can have it sent again from { $time } on.
recovery-sent-again = Send again
recovery-sent-refresh = Refresh the page

reset-over = Forgotten password
reset-title = Choose another password
reset-lead = The old one will stop working, and your other sessions will be closed.
reset-button = Save
reset-again = Get another link
reset-done-title = Your password was changed
reset-done-lead = Sign in with the new one. Your other sessions are closed.
reset-done-also = A message confirms it.
reset-used-title = This link was used
reset-used-lead = A password was chosen with it: sign in with that password.
reset-used-also = You forgot it, or it was not you? Ask for another link.
reset-superseded-title = This link no longer works
reset-superseded-lead = A newer link took its place, or somebody has signed in to the account since.
reset-superseded-also = Open the latest message, or ask for another link.
reset-expired-title = This link is too old
reset-expired-lead = It was valid for { $minutes ->
    [one] a minute
   *[other] { $minutes } minutes
}. The password has not changed.
reset-expired-also = Ask for another one: it arrives within minutes.
reset-unknown-title = This link leads nowhere
reset-unknown-lead = It is incomplete, or too old to be known.
reset-unknown-also = Copy the whole address from the message, or ask for another link.

mail-recovery-hello = Hello,
mail-recovery-who = { $name } – { $role }, { $school_name }
mail-recovery-sign-in = Sign-in page
mail-why-recovery = You receive it because this is the address of the account, or the one that the school holds.
mail-identifiers-subject = The user name you asked for
mail-identifiers-what = The user name that goes with this address was asked for on { $moment }, from { $device }.
mail-identifiers-not-activated = This account is not activated yet: that takes the letter from the school, which can hand out another one.
mail-identifiers-not-you = You asked for nothing? Do nothing: nothing has changed. If it happens again, tell the school.
mail-reset-subject = Choose another password
mail-reset-what = Another password was asked for on { $moment }, from { $device }.
mail-reset-link = Link to choose a password
mail-reset-activate = Link to activate the account and choose a password
mail-reset-until = It works until { $until }, once.
mail-reset-not-you = You asked for nothing? Do nothing: your password has not changed. If it happens again, tell the school.
mail-code-subject = { $code } is the security code
mail-code-what = The user name and a security code were asked for on { $moment }, from { $device }.
mail-code-code = Security code
mail-code-until = Copy it into the window that is still open. It works until { $until }, once.
mail-code-not-you = You asked for nothing? Give this code to nobody: without it nothing changes. If it happens again, tell the school.

# Three steps in one window.

steps-title = Recover your user name / password
steps-lead = Three steps, on this page. Keep it open until the last one.
steps-one = Step 1 of 3: your e-mail address
steps-two = Step 2 of 3: your security code
steps-three = Step 3 of 3: your new password
steps-three-later = New password (available after step 2)
steps-email = E-mail
steps-email-hint = The one that you gave to the school.
steps-validate = Confirm the address
steps-sent = If the school knows this address, a message has just left. It holds your user name and a security code, valid until { $time }.
steps-resumed = A message was asked for. If it has arrived, copy the code here: it is valid until { $time }.
steps-over = The code is no longer valid. Another one can be sent to the same address.
steps-code = Security code from the mail
steps-code-hint = { $signs } characters, valid for { $minutes } minutes. Spaces and dashes do not count.
steps-validate-code = Confirm the code
steps-again = Send another code
steps-who = The code is right. Several accounts use this address.
steps-who-legend = Which one is yours?
steps-continue = Continue
steps-proven = The code is right: now choose your password.
steps-password = New password
steps-confirmation = The same again
steps-policy = Read our password policy (new tab)
steps-validate-password = Confirm
steps-cancel = Cancel
steps-cancel-hint = Nothing will be changed.
steps-done-also = Your user name is in the message that you received. If anything is difficult, turn to the school’s office.
steps-restart = Go on
steps-not-proven-title = The code is still missing
steps-not-proven-lead = The password was not changed: the security code was not confirmed in this window, or is no longer valid.
steps-not-proven-also = Go on at the step where you were.
refusal-wrong-security-code = That code does not match. { $left ->
    [one] One try
   *[other] { $left } tries
} left.
refusal-security-code-void = Too many tries: this code no longer works. Begin with your address again.
refusal-security-code-old = That code has expired. Another one can be sent.

policy-title = About passwords
policy-lead = This is what the school asks of a password, and some advice.
policy-advice = Some advice
policy-advice-words = Several words that do not belong together, with a digit, are easy to remember and hard to guess.
policy-advice-alone = A password is for one account: one from another site has no place here.
policy-advice-manager = A password manager, like the browser’s, can remember it and fill it in.
policy-advice-never = Nobody ever asks for it, neither by message nor on the telephone, not even the office.
policy-kept = How it is kept
policy-kept-how = It is written down nowhere: only a digest is kept, from which it can’t be found. After several wrong tries one has to wait. It never has to be changed without a reason.
steps-other-address = Correct the address
