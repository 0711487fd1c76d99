# From the letter to the operational account.

steps = Steps
step-done = Done:
step-letter = Letter
step-password = Password and address
step-confirmation = To confirm

activation-over = Activating the account
activation-title = Choose your password
activation-lead = Hello { $name }. The password on the letter will stop working: choose your own.
activation-password = New password
activation-confirmation = The same once more
activation-rules = What it needs:
activation-email = E-mail address
activation-email-hint = We will send a message there to complete the activation.
activation-email-optional = You may leave this empty. If you give one, we will send a message there to complete the activation.
activation-button = Continue
email-meant = Did you mean {"{address}"}?

check-mail-title = Look into your mailbox
check-mail-lead = We have written to { $address }. Open that message and follow its link to activate your account.
check-mail-until = The link works until { $until }. You may close this page and open the link on another device.
check-mail-nothing = Nothing there?
check-mail-wait = Wait a few minutes, then look into the spam folder. The sender is { $sender }.
check-mail-look = Check the address above.
check-mail-again = Send the message again
check-mail-again-done = A message is on its way. There have to be two minutes between two messages.
check-mail-correct = Correct the address
check-mail-correct-button = Send to this address

doubt-title = Is this your address?
doubt-mistyped = Did you mean { $address }?
doubt-child = This is your child’s address. With your own, your account stays yours.
doubt-school = This is an address of the { $school }. We need your own, which nobody else can read.
doubt-why = Your password is kept, and nothing has been sent yet.
doubt-written = Address as written
doubt-meant = Yes, { $address }
doubt-mine = { $address } is right
doubt-other = Another address

link-title = Activate your account
link-lead = Press once more, and your account is ready.
link-button = Activate my account
link-expired-title = This link is too old
link-expired-lead = Your password is kept, there is nothing to type again.
link-expired-also = A new link can be sent to { $address }.
link-expired-button = Get a new link
link-sent-title = A new link is on its way
link-sent-lead = Look at your messages at { $address } in a few minutes.
link-sent-also = You may close this page.
link-superseded-title = This link was replaced
link-superseded-lead = Another address or a new letter took its place. Open the most recent message.
link-superseded-also = Can’t find it? Sign in to get another one.
link-unknown-title = This link leads nowhere
link-unknown-lead = It is incomplete, or too old to be known.
link-unknown-also = Copy the whole address from the message, or sign in to get another one.

activated-title = Your account is active
activated-lead = Sign in with the password that you chose.
activated-also = You no longer need the letter: its password was replaced.

letter-used-title = This account is already active
letter-used-lead = The password on the letter no longer works. Sign in with the one you chose.
letter-used-also = Was it not you who activated it? Tell the { $school }.
letter-begun-title = The activation has already begun
letter-begun-lead = A password was chosen. Sign in with it to confirm your address.
letter-begun-also = You forgot it, or it was not you? Ask the { $school } for a new letter.
letter-old-title = This letter is out of date
letter-old-lead = The password is right, but the date printed on the letter has passed.
letter-old-also = Ask the { $school } for a new letter.

activation-start-title = Activate an account
activation-start-lead = Sign in with the user name and the provisional password on your letter.
activation-start-also = You have already chosen your password? Sign in with it: you go on where you stopped.

refusal-not-same = The two passwords differ.
refusal-same-as-letter = Not the one on the letter: choose another.
refusal-password-unfit = At most 128 characters, of those that a keyboard writes.
refusal-email-unfit = This address is incomplete, or has an accent or a space. Example: first.last@example.org
refusal-missing-email = Type your e-mail address.
refusal-missing-new-password = Choose a password.
refusal-missing-confirmation = Type the password a second time.
problems-some = Something needs to be corrected.
