# Letters on paper, before the first sign-in.

letter-document = Letters – { $by }
letter-date = { $town }, { $date }
letter-date-alone = { $date }
letter-title = { $profile ->
    [parent] Your parent account is ready
   *[other] Your account is ready
}
letter-greeting = Dear { $name },
letter-intro = { $by } has opened an account for you on { $portal }. It is yours alone: keep your password to yourself.
letter-children = This account is for:
letter-address = Address
letter-identifier = User name
letter-password = Provisional password
letter-qr = Code to scan to open the page with the user name filled in
letter-until = To be used before { $date }.
letter-steps = Once only, in five minutes
letter-step-open = Open the address above, or scan the code.
letter-step-profile = Choose the profile “{ $profile }”.
letter-step-type = Type the user name and the provisional password.
letter-step-choose = { $email ->
    [absent] Choose your password.
    [optional] Choose your password; give an e-mail address if you have one.
   *[required] Choose your password and give your e-mail address.
}
letter-step-confirm = { $email ->
    [optional] If you gave an address, open the message we send and press “{ $button }”.
   *[required] Open the message we send and press “{ $button }”.
}
letter-help = { $about ->
    [child] A problem, or a mistake about your child? Ask us: { $contact }.
   *[self] A problem, or a mistake? Ask us: { $contact }.
}
letter-or = {" "}or{" "}
letter-foot = This letter replaces earlier ones. It is personal: keep it until you have activated the account, then destroy it.

# Slips, which the school hands to somebody who has forgotten their password.

slip-document = Slips – { $by }
slip-title = back into your account
slip-password = Temporary password
slip-until = It opens one session, once, until { $until }; there you choose your new password. Until then, the old one still works.
slip-foot = This slip is yours alone: destroy it afterwards.
