# Charters and the address for notifications.

charter-over = { $school } · version { $version }, { $date }
charter-title-several = Your charters of use
charter-lead = Read the charter, then accept it to go on.
charter-lead-several = Read the charters, then accept each of them to go on.
charter-lead-child = A guardian is asked to agree for { $name }.
charter-to-accept = Go to the acceptance
charter-print = Print
charter-pdf = Download (PDF)
charter-tick = I have read “{ $title }” and I accept it.
charter-tick-child = I have read “{ $title }” and I accept it for { $name }.
charter-accept = Accept and go on
charter-accept-child = Accept for { $name }
charter-refuse = I do not accept for now
charter-not-now = Later
charter-kept = Your agreement is kept with its date and version. A new version will be shown to you.
charter-guardian-too = Your agreement is kept. A guardian has to accept the charter too, in their own account.
charter-not-ticked = Tick each box to accept.

charter-refused-title = The charter is not accepted
charter-refused-lead = Your session is closed: without your agreement no service opens. Your account stays as it is.
charter-refused-also = A question about the charter? Ask your { $school }. You can accept it at your next sign-in.
charter-refused-again = Read the charter again

charter-waits-title = A guardian’s agreement is awaited
charter-waits-lead = The charter is accepted. A guardian has to accept it too: in their account, under “Children”.
charter-waits-also = They can sign it on paper as well: ask your { $school }. Services will open afterwards.
charter-waits-again = Try again

charters-title = Charters
charters-none = No charter is asked of you for now.
charters-row = { $title }, version { $version }
charters-child-row = { $name }: { $title }, version { $version }
charters-accepted = Accepted on { $date }
charters-signed = Signed by a guardian on { $date }
charters-waits = Waiting for the guardian
charters-told = New version, nothing to do
charters-to-accept = To be accepted
charters-read-what = Read “{ $title }”, version { $version }
charters-sign = Read and accept for { $name }
charters-children = For your children
charters-home = Back
charter-back = All your charters

charter-news = “{ $title }” has a new version ({ $version }), in force since { $date }. There is nothing to accept.
charter-news-read = Read it
charter-news-away = I have understood

notification-title = Where would you like to be told?
notification-lead = Services can write to you when a message is waiting. To which address?
notification-hint = Another address than the account’s has to be confirmed by a link.
notification-give = Use this address
notification-decline = No, thank you
notification-kept = You will not be asked again. You can change your mind in your account.
notification-sent-title = An address to confirm
notification-sent-lead = A message is on its way to { $address }.
notification-sent-also = Open its link whenever you like: until then nothing is sent to this address.
notification-link-title = Confirm your address
notification-link-lead = One more press, and notifications will arrive at this address.
notification-link-button = Confirm this address
notification-confirmed-title = The address is confirmed
notification-confirmed-lead = Notifications will arrive there from now on.
notification-confirmed-also = This page can be closed.
notification-over-title = This link is of no use any more
notification-over-lead = It is too old, or another answer took its place.
notification-over-also = You can change the address for notifications in your account.
