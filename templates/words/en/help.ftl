# The help form, the questions that families ask, and their mails.

help-contact = Contact the school
help-faq = Frequent questions

help-form-title = Help form for parents
help-form-lead = Your request goes to the school’s office, which will answer you. All fields are required.
help-you = About you
help-child = About your child
help-family-name = Family name
help-given-name = Given name
help-email = E-mail address
help-email-hint = The answer will arrive at this address.
help-phone = Daytime telephone
help-level = { $country ->
    [CA] Grade
   *[FR] Year
}
help-level-other = Other
help-school = School
help-choose = Choose
help-problem = What the problem is
help-problem-hint = At most { $most } characters. Do not write a password here.
help-trap = Write nothing here
help-privacy = These answers are mailed to the school’s office and not kept here: only the number is, for a year.
help-send = Send the form
help-of-child = For the child: { $problem }
help-sent-title = Your request was sent
help-sent-lead = Request no. { $reference } sent to: { $school_name }.
help-sent-also = A confirmation is on its way to your address. Keep this number: you will be asked for it when you call.
help-nobody-title = Better to call
help-nobody-lead = { $school_name } has no address at which to receive your request. Nothing was sent.
help-nobody-also = Call the office: it can answer at once.

refusal-missing-family-name = Write the family name.
refusal-missing-given-name = Write the given name.
refusal-missing-phone = Write a telephone number.
refusal-missing-level = { $country ->
    [CA] Choose the grade.
   *[FR] Choose the year.
}
refusal-missing-school = Choose the school.
refusal-missing-problem = Say what the problem is.
refusal-phone-unfit = This number is not complete. Examples: +33 6 12 34 56 78 or 613 555‑0199.
refusal-not-listed = Choose an answer from the list.
refusal-too-long = That is too long: at most { $most } characters.
refusal-leave-empty = Leave this field empty: it is there to recognise robots.

faq-title = Frequent questions
faq-address-unknown = My e-mail address is not accepted, or no message arrives. Why?
faq-address-unknown-answer = It must be the one that the school holds for your child. Ask the office which address is on file and whether it is still the right one. Look into the spam folder, too.
faq-no-match = What I write does not match my child’s file. What can I do?
faq-no-match-answer = The school can check with you whether the home address, the telephone number and the e-mail address on file are up to date.
faq-password = I do not remember my password. What can I do?
faq-password-answer = On the sign-in page, follow the link for a forgotten password if there is one for you. Otherwise the school can give you a new letter.
faq-children = I do not see all my children. Do I need an account for each of them?
faq-children-answer = No: one account for each parent, with all their children in the network. If one is missing, tell the school by the form or by telephone.

mail-reply-reaches = An answer to this message reaches the person who wrote it.
mail-help-subject = Help request no. { $reference } from { $name }
mail-help-what = On { $moment }, a parent filled in the help form.
mail-help-reference = Number of the request
mail-help-parent = Name of the parent
mail-help-email = Address of the parent
mail-help-phone = Telephone by day
mail-help-child = Name of the child
mail-help-level = School year
mail-help-problem = What the person writes
mail-help-page = Page from which the form was opened: { $page }.
mail-help-answer = To answer, reply to this message. Who the person is was not verified: before handing out new credentials, call them back at the number on file.
mail-received-subject = Your request no. { $reference }
mail-received-hello = Hello,
mail-received-what = Your request of { $moment } was passed on to: { $school_name }.
mail-received-when = The office will answer as soon as it can, usually within two school days.
mail-received-not-you = You asked for nothing? Somebody wrote your address by mistake: there is nothing to do.
mail-why-received = You receive it because this address was written in the help form.
