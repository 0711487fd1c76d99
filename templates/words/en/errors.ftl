# What is said when something is refused.

refusal-wrong-credentials = Wrong user name or password.
refusal-too-many-tries = Too many tries. Try again in { $minutes ->
    [one] one minute
   *[other] { $minutes } minutes
}.
refusal-suspended = Your account is blocked.
refusal-form-expired = This page had been open too long; we restarted it.
refusal-missing-identifier = Type your user name.
refusal-missing-password = Type your password.
refusal-missing = An answer is missing.
refusal-broken-rules = This password is not good enough yet.
problems-one = One answer is missing.

# Error pages: what has happened, then what to do.

error-reference = Reference to give to your { $school } if needed:
error-when = { $moment }.

not-found-title = This page does not exist
not-found-what = The address is incomplete, or the page has moved.
not-found-do = Start again from the sign-in page, or from the portal of your { $school }.
method-title = This address does not open that way
method-what = It takes a form, and none was sent.
method-do = Start again from the sign-in page.
fault-title = Something went wrong on our side
fault-what = It is not your fault, and nothing was changed.
fault-do = Try again in a few minutes. If it happens again, give the reference below to your { $school }.
unknown-service-title = This service is not known here
unknown-service-what = The address you followed leads to no registered service. Nothing was sent.
unknown-service-do = Open the service from the portal of your { $school }.
request-refused-title = The service’s request could not be followed
request-refused-what = The service asked for something that we cannot give it. Nothing was sent.
request-refused-do = Go back to the service and start again. If it happens again, give the reference below to your { $school }.
interaction-gone-title = This sign-in is no longer under way
interaction-gone-what = It has ended, or it began in another browser.
interaction-gone-do = Sign in here, then open the service again.
form-foreign-title = This form could not be checked
form-foreign-what = It does not come from one of our pages, or the browser refuses cookies.
form-foreign-do = Allow cookies for this site, then start again.
too-large-title = This is too large to be received
too-large-what = What was sent is more than we accept. Nothing was kept.
too-large-do = Start again with less text.
busy-title = Many people are arriving at the same time
busy-what = The queue is full for the moment.
busy-do = Try again in a minute: there is nothing else to do.
