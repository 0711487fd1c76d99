# The page that shows every piece, in demo mode.

components-title = Components
components-lead = The pieces that every page is made of.
components-link = A link
components-colours = Colours
components-texts = Texts
components-over = What stands before the title
components-text = Running text, with a link and an exact value.
components-hint = Useful information, nothing urgent.
components-fields = Fields
components-actions = Buttons and links
components-grave = Block the account
components-later = Not yet
components-quiet = Quiet action
components-fold = What may stay shut
components-notices = Notices
components-steps = Steps and progress
components-step-profile = Profile
components-step-agree = Agreement
components-states = States and facts
