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
