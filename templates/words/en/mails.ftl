# Mails. Each says what happened, what to do, who sent it and why.

mail-subject = { $subject } – { $portal }
mail-hello = Hello { $name },
mail-identifier = Your user name
mail-sender-alone = Sender: { $portal }.
mail-sender = Sender: { $portal } ({ $network }).
mail-address = Its address: { $url }
mail-no-reply = This is an automatic message, please do not reply.
mail-no-reply-contact = This is an automatic message, please do not reply. To reach somebody: { $contact }
mail-why-account = You receive it because this address belongs to your account.

mail-paused-subject = Sign-in attempts were paused
mail-paused-what = Several wrong passwords were tried on your account. To be safe, one now has to wait a few minutes between two tries.
mail-paused-you = Was it you? Wait a few minutes, then try again. The pause ends by itself.
mail-paused-not-you = { $register ->
    [tu] Was it not you? Nobody got in and your password has not changed. If it happens again, tell an adult at your { $school }.
   *[vous] Was it not you? Nobody got in and your password has not changed. If it happens again, tell the { $school }.
}

mail-trial-subject = Test of sending
mail-trial-what = This message is a test: if it arrived, sending mail works. There is nothing to do.
mail-why-trial = It was asked for by whoever runs this portal.

mail-confirm-subject = Activate your account
mail-confirm-what = You have chosen your password. Now confirm that this address is yours: open this link and press “Activate my account”.
mail-confirm-link = Link to activate the account
mail-confirm-until = It works until { $until }. After that, the same link lets you ask for another one.
mail-confirm-holder = Account
mail-confirm-not-you = Was it not you? Do nothing: without this link, the address will not be used.
mail-why-given = You get it because this address was typed to activate an account.

mail-notify-subject = Confirm your address for notifications
mail-notify-what = You asked to be told at this address. Open this link and press “Confirm this address”.
mail-notify-link = Link to confirm the address
mail-notify-until = It is valid until { $until }.
mail-notify-not-you = Was it not you? Do nothing: without this link nothing will be sent to this address.
mail-why-notify = You receive it because this address was written down to receive notifications.
