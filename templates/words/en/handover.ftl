# Between us and a service: agreement, and an answer that the browser carries.

consent-over = An outside service asks for information
consent-title = Share with { $service }?
consent-lead = If you accept, { $service } will know this about you:
consent-refuse-means = If you refuse, nothing is sent and the service may stay closed.
consent-accept = Accept
consent-refuse = Refuse

claim-subject = a number to recognise the same person by, without a name
claim-identifier = user name
claim-name = first and last name
claim-pages = picture and personal pages
claim-gender = gender
claim-birthdate = date of birth
claim-settings = language and time zone
claim-email = e-mail address
claim-phone = telephone number
claim-address = postal address
claim-profiles = profile: pupil, parent or staff
claim-functions = what you do at your { $school }
claim-establishments = your { $school }
claim-classes = class
claim-children = your children, with their { $school } and class
claim-join-key = your number in the directory of your { $school }
claim-pupil-number = pupil number

form-post-title = Back to the service
form-post-lead = You are signed in and the service is opening. If it does not open by itself, press the button.
form-post-button = Continue
