# A session: waiting for it, being in it, ending it.

wait-over = Signing in
wait-title = One moment, many people are arriving
wait-lead = Everybody is signing in at the same time. { $ahead ->
    [0] It is nearly your turn.
    [one] There is one person before you; your turn comes by itself.
   *[other] There are { $ahead } people before you; your turn comes by itself.
}
wait-seconds = About { $seconds } seconds
wait-keep = Keep this page open. What you typed is kept, there is nothing to do again.
wait-button = Try again now

home-title = You are signed in
home-name = Name
home-identifier = User name
home-what = You can open the services of your { $school } without typing your password again.
home-sign-out = Sign out

sign-out-title = Sign out?
sign-out-who = { $name } is signed in with this browser.
sign-out-what = Once signed out, you will need your password to open a service.
sign-out-yes = Sign out
sign-out-no = Stay signed in

signed-out-title = You are signed out
signed-out-lead = Done: nobody can carry on in your name.
signed-out-also = On a shared computer close the browser as well: a service may still be open in another tab.

not-welcome-title = This portal is not open to this account
not-welcome-lead = The password is right, but this portal welcomes other profiles than yours.
not-welcome-also = Use the portal of your { $school }, or sign out to use another account.

suspended-title = This account is blocked
suspended-lead = Your { $school } has blocked this account. The password is right, there is nothing to type again.
suspended-also = { $register ->
    [tu] Ask an adult at your { $school } why: only they can have it opened again.
   *[vous] Ask the { $school } office why: only they can open it again.
}

way-sign-in = Sign in
way-sign-in-again = Sign in again
way-sign-out = Sign out
way-other-account = Use another account
way-back = Back to “{ $service }”
