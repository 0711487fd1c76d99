# The second factor, and the page of security of an account.

refusal-wrong-code = This code is not the right one.
refusal-missing-code = Write the code.
refusal-passkey-unfit = This passkey could not be used.
refusal-last-factor = This account needs a second step: another one has to be added before this one is removed.

factor-over = Two-step verification
factor-title = Confirm that it is you
factor-lead = Your password is right. This account also asks for a code or a passkey.
factor-code = Verification code
factor-code-hint = The six digits of your application, or a recovery code.
factor-recovery-hint = A recovery code, bcdfg-23456 for example.
factor-button = Verify
factor-key-button = Use a passkey
factor-lost-title = Have you lost all of these?
factor-lost = Turn to your { $school }: once they have made sure who you are, the verification can be taken off your account.
factor-other-account = Use another account

enrol-title = Add a second step
enrol-lead = For your account the password is not enough. Add an application or a passkey.
enrol-key-button = Add a passkey
enrol-app-button = Add an application
enrol-scripts = Passkeys need a recent browser, with JavaScript. An application does not.

key-title = Passkey
key-lead-use = Follow your browser: fingerprint, face, the code of your device, or a security key.
key-lead-make = Your browser is going to make a passkey and keep it, in this device or with your other ones.
key-go = Continue
key-back = Go back
key-failed = Nothing was sent. You can try again or go back.
key-scripts = This browser does not use passkeys here: it needs JavaScript and a secure connection.
sign-in-with-key = Sign in with a passkey

app-title = Add an application
app-lead = Open an application for one-time codes on your phone, and point its camera at this square.
app-picture = QR code for the application
app-by-hand = Without a camera, type this key:
app-code = Code that the application shows
app-code-hint = Six digits, which change every thirty seconds.
app-button = Confirm

codes-title = Recovery codes
codes-lead = Keep these codes in a safe place. Each stands in once for the application or the passkey, if you lose your phone for example. They will not be shown again.
codes-copy = Copy
codes-copied = The codes are copied.
codes-print = Print
codes-on = I have noted them, go on

mail-factor-added-subject = The two-step verification has changed
mail-factor-removed-subject = The two-step verification was reduced
mail-factor-codes-subject = New recovery codes were made
mail-factor-used-subject = A recovery code was used
mail-factor-paused-subject = Somebody may know the password
mail-factor-app-added = An application for one-time codes was added to your account.
mail-factor-app-removed = The application for one-time codes was removed from your account.
mail-factor-key-added = The passkey “{ $name }” was added to your account.
mail-factor-key-removed = The passkey “{ $name }” was removed from your account.
mail-factor-codes-made = New recovery codes replace the old ones on your account.
mail-factor-code-used = A recovery code was used to open your account. { $left ->
    [0] None is left: make new ones.
    [one] One is left.
   *[other] { $left } are left.
}
mail-factor-paused = The password of your account was given, then several wrong codes. Nobody got in, and one has to wait a few minutes between two tries.
mail-factor-reset = The two-step verification was taken off your account by the people who run the portal.
mail-factor-when = It was on { $moment }.
mail-factor-you = Was it you? There is nothing to do.
mail-factor-not-you = Was it not you? Change your password and tell your { $school } at once.
mail-factor-guessed = Was it not you? Somebody knows your password: change it without delay.

security-title = Security
security-sessions = Where I am signed in
security-here = this device
security-device-unknown = Device not recognised
security-used = Last used on { $moment }
security-used-from = Last used on { $moment }, signed in from network { $network }
security-since = Opened on { $moment }
security-added-on = Added on { $moment }
security-end = Sign out
security-end-which = of { $device }
security-end-others = Sign out everywhere else
security-ended = It is signed out.
security-factors = Beside your password, a code or a passkey proves that it is you.
security-app = Application for codes
security-key = Passkey “{ $name }”
security-key-name = Name of the passkey
security-key-name-hint = To recognise it later, “phone” for example.
security-remove = Remove
security-removed = It is removed.
security-added = It is added.
security-codes-left = { $left ->
    [0] No recovery code is left.
    [one] One recovery code is left.
   *[other] { $left } recovery codes are left.
}
security-make-codes = Make new recovery codes
security-history = Latest events
security-history-hint = They are kept for twelve months.
security-newer = Newer
security-older = Older

event-on = { $event } ({ $device })
event-from = { $moment }, network { $network }
event-signed-in = Signed in
event-signed-out = Signed out
event-paused = Password attempts paused
event-password-accepted = Password given, second step asked for
event-factor-given = Second step confirmed
event-factor-refused = Wrong code or refused passkey
event-factor-paused = Code attempts paused
event-factor-added = Second step added
event-factor-removed = Second step removed
event-factor-reset = Second step removed by the portal
event-codes-made = New recovery codes
event-code-used = Recovery code used
event-session-ended = Signed out from afar
event-sessions-ended = Signed out everywhere else
event-created = Account made
event-activated = Account activated
event-password = Password changed
event-email = Address confirmed
event-suspended = Account blocked
event-resumed = Account unblocked
event-merged = Account joined with another
event-took-in = Second letter added to the account
event-letter = Letter made
event-letter-old = Out-of-date letter tried
event-rehashed = Password protection strengthened
event-password-voided = Password made void
event-temporary = Temporary password made
event-temporary-used = Temporary password used
event-temporary-voided = Temporary password made void
event-temporary-over = Out-of-date temporary password tried
event-recovery = Forgotten user name or password, request received
event-delegated = New password asked for, identity proven by another service
event-delegated-refused = New password refused, the answers did not match
event-email-asked = Another address given, to be confirmed
event-email-cancelled = Change of address given up
event-email-undone = Change of address taken back at the old address
event-notification = Address for notifications changed
event-disputed = Link to a pupil reported as wrong
event-school-asked = Request sent to the school
event-consent = Agreement given to a service
event-consent-withdrawn = Agreement with a service taken back
event-code-replayed = Access of a service withdrawn, its code had been used twice
event-charter = Charter accepted
event-charter-signed = Charter accepted by a guardian
event-charter-refused = Charter refused
event-other = Change of the account
