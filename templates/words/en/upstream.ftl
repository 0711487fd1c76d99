# External providers: the pupils' reset, and what a provider's answer may come to.

sign-in-through = Sign in with { $label }
sign-in-forgotten = Forgot your username or password?

way-try-again = Try again
way-back-reset = Back to the start
way-back-sign-in = Back to the sign-in

pupil-forgotten-title = Forgotten username or password
pupil-forgotten-lead = Your { $label } e-mail account can give you a new password.
pupil-forgotten-needed = You need:
pupil-forgotten-number = your student number, which has { $digits } digits;
pupil-forgotten-any-number = your student number;
pupil-forgotten-username = your username on the portal, such as abc123456.
pupil-forgotten-button = Reset your password through { $of }
pupil-forgotten-missing = Is something missing?
pupil-forgotten-only = Only your password can be reset here. If you forgot your username, or if something is missing, ask your school for help.
pupil-forgotten-no-account = No account on this portal yet? Your school gives you a letter or a slip: it bears your username and a first password, with which you sign in.

pupil-reset-title = Resetting the student’s password for the portal
pupil-reset-lead = A temporary password will arrive in your { $label } mailbox.
pupil-reset-who = You are signed in as
pupil-reset-other = Not you?
pupil-reset-number = Your student number
pupil-reset-number-hint = 10 digits, such as 3100111222.
pupil-reset-number-digits = { $digits } digits.
pupil-reset-number-where = It stands on your report or your student card.
pupil-reset-identifier = Your username on the portal
pupil-reset-identifier-hint = Such as abc123456.
pupil-reset-button = Reset the password
pupil-reset-retype = Check your number and your username

refusal-number-digits = Type a student number of { $digits } digits.
refusal-number-unfit = This is not a student number: check each sign.
refusal-missing-number = Type your student number.
refusal-not-same-pupil = These do not go together. Check that they are your own number, your own username and your own e-mail account.

pupil-sent-title = Request sent
pupil-sent-lead = Your request to reset your password for the student portal has been sent.
pupil-sent-mail = You will get an e-mail at your { $label } account, with instructions to sign in and with your temporary password.
pupil-sent-wait = Allow up to 10 minutes for this message to arrive in your mailbox.
pupil-sent-also = Nothing after 10 minutes? Look among unwanted mail, then start again.

pupil-school-title = Ask your school for help
pupil-school-lead = The password of your account can’t be reset here at the moment.
pupil-school-also = If you have not activated your account yet, sign in with the password on your letter. If you have, your school knows what to do.

upstream-unavailable-title = { $label } is not available
upstream-unavailable-lead = We could not check with { $of } who you are. Nothing was changed.
upstream-unavailable-also = Try again in a few minutes. If it goes on, ask your school for help.
upstream-declined-title = Nothing was done
upstream-declined-lead = You stopped the sign-in at { $label }: never mind, nothing has changed.
upstream-declined-also = You can start again whenever you like.
upstream-unknown-title = This { $label } account is not known here
upstream-unknown-lead = No account of this portal goes with the { $label } account that you signed in with.
upstream-unknown-also = Perhaps it was somebody else’s account. If not, ask your school for help.
upstream-ambiguous-title = This { $label } account stands for several people
upstream-ambiguous-lead = Several accounts of this portal go with your { $label } account: we can’t know which one is yours.
upstream-ambiguous-also = Ask your school to correct your record.
upstream-not-activated-title = Your account is not activated yet
upstream-not-activated-lead = Activate it first with the username and the password on your school’s letter.
upstream-not-activated-also = After that, you can sign in with { $label }.
upstream-not-pupil-title = This page is for pupils
upstream-not-pupil-lead = The { $label } account that was used is not a pupil’s of this portal.
upstream-not-pupil-also = If somebody else was signed in on this computer, choose your own account.
upstream-no-mailbox-title = We do not know where to write
upstream-no-mailbox-lead = { $label } gives no verified address for your account: the temporary password can’t be sent.
upstream-no-mailbox-also = Ask your school for help.
upstream-lost-title = This sign-in is no longer under way
upstream-lost-lead = It began in another browser, too long ago, or it has ended already.
upstream-lost-also = Start again: there is nothing else to do.

mail-temporary-subject = Your temporary password
mail-temporary-what = Here is a temporary password to sign in to the portal. It works once.
mail-temporary-password = Temporary password
mail-temporary-open = Sign-in page
mail-temporary-how = Open this page, type your username and this password, then choose a new password.
mail-temporary-until = It is good until { $until }. Until you use it, your password from before still works.
mail-temporary-not-you = It wasn’t you? Somebody may be using your { $label } account: change its password and tell an adult of your school.
mail-why-upstream = You get it because a password was asked for from your { $label } account.

mail-pupil-reset-subject = { $pupil } asked for a password
mail-pupil-reset-what = { $pupil } asked for a temporary password for the portal, on { $moment }, by signing in to their { $label } account. It was sent to their { $label } mailbox.
mail-pupil-reset-do = There is nothing to do.
mail-pupil-reset-not-them = If this surprises you, talk to your child, then tell the school.
mail-why-guardian = You get it because you are a legal guardian of this pupil.
