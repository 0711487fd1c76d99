# The states of an account.

state-archived = Archived
state-departing = About to be deleted
state-suspended = Blocked
state-to-activate = To activate
state-confirming = Awaiting confirmation
state-operational = Active
