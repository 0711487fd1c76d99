# The door: choosing a profile, signing in, waiting, signing out.

chooser-greeting = Hello!
chooser-question = Who are you?
chooser-lead = Choose your profile to sign in.
chooser-profiles = Profiles

sign-in-title = Sign in
sign-in-for = To open { $service }
sign-in-identifier = User name
sign-in-identifier-or-email = User name or e-mail address
sign-in-identifier-hint = It is on the letter from your { $school }.
sign-in-password = Password
sign-in-remember = Stay signed in on this device
sign-in-remember-hint = Leave this unticked on a shared computer.
sign-in-shared = Not your computer? Remember to sign out before you leave.
sign-in-button = Sign in
sign-in-retype = Type your password again

chosen-title = Your profile
chosen-profile = Profile:
chosen-change = Change

who-title = Who are you?
who-lead = Two accounts share this address.
who-legend = I am
sign-in-email-hint = The address that the { $school } knows, or the user name on your letter.
