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
refusal-no-change = Nothing was changed: a new password is needed.
refusal-missing-current-password = Write your current password.
