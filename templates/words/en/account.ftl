# One's own account.

account-title = Your account
account-of = { $name }’s account
account-tab-profile = Profile
account-facts = Account details
account-identifier = My identifier
account-email = My current e-mail address
account-no-email = None
account-profile = Role
account-change = Change your details
account-current = Current password
account-current-hint = Needed for any change.
account-change-password = Change your password
account-save = Save
account-password-changed = Your password is changed. Your other sessions are closed, this one stays open.

refusal-not-current = This password does not fit.
refusal-recent-password = You had this password not long ago: choose another one.
refusal-no-change = Nothing was changed: a new password or address is needed.
refusal-missing-current-password = Write your current password.

account-change-email = Change your e-mail address
account-new-email = New e-mail address
account-new-email-hint = A message will go there. Your current address stays valid until its link is opened.
account-email-sure = This address is right
account-email-asked = A message went to the new address: its link confirms it. The current address is told.
account-email-cancelled = The change of address is cancelled. Nothing has changed.
account-waiting = New address waiting for its confirmation: { $address }. The old one stays valid.
account-waiting-until = The link is valid until { $until }.
account-waiting-expired = Its link is too old: another one can be sent.
account-waiting-cancel = Cancel the change

refusal-email-mistyped = Did you mean { $domain }? If not, tick the box.
refusal-email-in-doubt = This address seems to be your child’s or the { $school }’s. If it is yours, tick the box.

email-link-title = Confirm your new address
email-link-lead = One more press, and it replaces the old one.
email-link-button = Confirm this address
email-link-expired-lead = Your address has not changed. A new link can go to the new one.
email-changed-title = The address is changed
email-changed-lead = Messages of your account now arrive at { $address }.
email-changed-also = Your identifier and your password stay the same.
email-superseded-lead = The change of address was cancelled, or another one took its place.
email-superseded-also = Open the most recent message, or begin again from your account.
email-undo-title = It was not you?
email-undo-lead = Your address becomes this one again, every session is closed and the password no longer works: you choose another one at once. The { $school } is told.
email-undo-button = Cancel the change and close everything
email-undo-choose = The change is cancelled, your address is { $address } again. Choose a password that nobody else knows.
email-undone-title = Your account is yours again
email-undone-lead = The change of address is cancelled and your password is replaced.
email-undone-also = Sign in with the password that you chose.
email-undo-over-title = This link is over
email-undo-over-lead = It was used already, or the time to cancel the change of address has passed.
email-undo-over-also = If something is wrong, tell the { $school }.

mail-new-address-subject = Confirm your new address
mail-new-address-what = You want the messages of your account to arrive here. Open this link and press “Confirm this address”.
mail-new-address-link = Link to confirm the address
mail-new-address-until = It is valid until { $until }.
mail-new-address-not-you = It was not you? Do nothing: without this link the address will not be used.
mail-why-new-address = You receive it because this address was written on the page of an account.
mail-changing-subject = Another address was asked for
mail-changing-what = Somebody who knows your password asked that the messages of your account arrive at another address.
mail-changing-to = Address asked for
mail-changing-you = It was you? There is nothing to do here: the link is in the other mailbox.
mail-changing-not-you = It was not you? Open this link: it cancels the change, closes every session and lets you choose another password.
mail-undo-link = Link “it was not me”
mail-undo-until = It is valid until { $until }.
mail-changed-subject = The address of the account was changed
mail-changed-what = Messages of your account now arrive at another address.
mail-changed-not-you = It was not you? Open this link: it restores your address, closes every session and lets you choose another password.
mail-why-former-address = You receive it because this address was the one of your account.
mail-undone-subject = The change of address is cancelled
mail-undone-what = This address is the one of your account again. Every session is closed and the old password no longer works: choose another one.
mail-undone-link = Link to choose a password
mail-undone-until = It is valid until { $until }. After that, use “forgotten password” or ask the { $school }.

mail-school-hello = To the secretariat: { $name }
mail-school-account = Person
mail-school-identifier = Identifier
mail-why-school = This message goes to the address of the { $school } in the directory.
mail-contested-subject = Contested change of address
mail-contested-what = On { $at } a person reported that they had not asked for the change of their account’s e-mail address. The change was cancelled and the password replaced.
mail-contested-do = There is nothing to do right now. If the person calls, check who they are before you give them new access.

account-tab-children = Children
account-tab-services = Your services
account-tab-data = Data

children-title = Your children
children-lead = One account for all your children in the network.
children-none = No child is attached to this account.
children-error = Report an error
children-not-mine = I am not responsible for this pupil
children-not-mine-means = The link with { $name } is suspended at once and the { $school } gets the request. Only they can restore it.
children-disputed = Link suspended, request passed on
children-disputed-done = The link is suspended and the request is passed on.
children-add = A second letter?
children-add-how = Copy its identifier and its provisional password: there will be one account for everything.
children-identifier = Identifier of the second letter
children-password = Provisional password of the second letter
children-add-button = Add this letter
children-added = The second letter is now part of your account. Its identifier leads here as well.
children-missing = A child is missing?
children-missing-label = Write to the { $school }: name and class of the child
word-hint = At most 500 characters. No password here.
word-button = Send to the secretariat
word-sent = The message went to the secretariat, who will answer directly.
word-empty = There was nothing to send.
word-too-often = Several messages have just gone: the secretariat has them. The next one will be possible in an hour.
word-nobody = No address of a secretariat is known here: it is simplest to call.

services-title = Your services
services-lead = What each service learns about you when you enter.
services-none = No service has been opened with this account yet.
services-last = Last opened: { $at }
services-receives = It receives:
services-agreed = With your agreement of { $date }.
services-withdraw = Withdraw my agreement
services-withdrawn = Your agreement is withdrawn. The service will ask for it again when it is next opened.

data-title = Your data
data-take = Take it with you
data-take-what = A file with everything that is kept about you here: identity, places, sessions, services.
data-take-button = Download my data
data-known = What is known
data-given-name = Given name
data-family-name = Family name
data-birth-date = Date of birth
data-roster-email = E-mail address in the directory
data-phone = Telephone
data-civic-number = { $country ->
    [CA] Civic number
   *[FR] House number
}
data-pupil-number = Pupil number
data-places = Places
data-classes = Classes and groups
data-children = Children
data-sessions = Open sessions
data-services = Opened services
data-correct = Have it corrected
data-correct-what = Name, class and family ties come from the secretariat, who corrects them.
data-correct-label = What is to be corrected

refusal-another-person = This letter is in another person’s name, or written differently. Ask the { $school } to join them.

mail-letter-added-subject = A second letter was added
mail-letter-added-what = The account of a second letter is now part of yours.
mail-letter-added-identifier = Identifier of the second letter
mail-letter-added-not-you = It was not you? Change your password and tell the { $school }.
mail-school-pupil = Pupil
mail-school-class = Class
mail-school-message = In their words
mail-not-guardian-subject = A link with a pupil to be checked
mail-not-guardian-what = This person says that they are not responsible for the pupil named below. The link is suspended here from now on.
mail-not-guardian-do = To be checked in the files: a wrong link is to be taken out of the directory; a right one is to be restored.
mail-child-missing-subject = A child is missing in a parent’s account
mail-child-missing-what = This person writes that one of their children is missing in their account.
mail-correction-subject = Data to be corrected
mail-correction-what = This person asks for the correction of data that comes from the secretariat.

activation-children = The pupils of this letter
activation-children-hint = A mistake? A ticked link is suspended and the { $school } gets the request. The activation goes on for the others.
activation-not-mine = I am not responsible for this pupil: { $name }
email-undo-over = The change of address was undone
children-charters = Charters to accept with them

child-password-way = Forgotten password
child-password-title = A password for { $name }
child-password-lead = You can make a temporary password for { $name }. The present one stays good until then.
child-password-button = Make a temporary password
child-password-back = Back to the children
child-password-done = { $name } can sign in once with this password, until { $until }, and replaces it at once.
child-password-temporary = Temporary password
child-password-once = It will not be shown again. Capitals and hyphens don’t matter.
refusal-temporary-too-soon = A temporary password was made just now. Wait ten minutes before making another one.
refusal-ask-school = For this account, ask the { $school } for a password.
mail-by-guardian-subject = A temporary password was made
mail-by-guardian-what = { $guardian } made a temporary password for your account, valid until { $until }. Your own stays good until it is used.
mail-by-guardian-not-you = Was this not agreed? Talk to the { $school } about it.
account-manage = Manage my account
account-change-my-password = Change my password

bad-address-title = Does this address still work?
bad-address-lead = Our messages to this address come back. Correct it, or tell us that it is right.
bad-address-keep = This address is right
event-bounced = Messages came back from the account’s address
event-address-kept = The account’s address kept although messages came back
