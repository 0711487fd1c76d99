privacy-link = Personal data
privacy-title = Your personal data
privacy-for-pupils = The same page for pupils
privacy-for-adults = The same page for adults
privacy-who = Who answers for them?
privacy-who-answer = { $register ->
    [tu] { $controller }. If you have a question about your data, talk to an adult of your { $school }.
   *[vous] { $controller }. For any question: the { $school }.
}
privacy-who-contact = { $register ->
    [tu] { $controller }. If you have a question about your data, talk to an adult of your { $school }, or write to { $contact } with your parents.
   *[vous] { $controller }. For any question: { $contact }, or the { $school }.
}
privacy-why = Why this account?
privacy-why-answer = { $register ->
    [tu] So that you enter the services of your { $school } with one password, and nobody enters in your place. Nothing is sold, and no advertisement uses it.
   *[vous] To open the services of the { $school } to pupils, their guardians and staff, and to protect these accounts. This is a public task: consent is asked for optional services alone.
}
privacy-what = Which data?
privacy-what-answer = { $register ->
    [tu] Your name, your birth date, your class and your guardians, which the { $school } knows already; your user name, your address if you give one, and the dates of your sign-ins. Your password is written down nowhere.
   *[vous] Those that the { $school } holds already (name, birth date, class, ties between pupils and guardians, address, telephone), the account’s user name and e-mail address, the charters accepted, the dates, devices and networks of sign-ins. Passwords are kept in an unreadable form alone.
}
privacy-whom = Who receives them?
privacy-whom-answer = { $register ->
    [tu] The services that you open, and only what they need. In your account, the tab “Services” tells you which.
   *[vous] The services that you open, each with what it needs: the tab “Services” of your account lists them. These pages call no third party, and no cookie follows you.
}
privacy-until = For how long?
privacy-until-answer = { $register ->
    [tu] As long as you are a pupil here. The list of your sign-ins is erased after a year.
   *[vous] The account lives as long as the { $school } counts you among its own. The journal of sign-ins and changes is erased after twelve months, and so are requests for help; codes and links once they are over.
}
privacy-rights = What may you ask for?
privacy-rights-answer = { $register ->
    [tu] In your account, the tab “Data” shows you everything that is kept, and you may take it along. If something is wrong, say so: an adult will correct it. Your parents can help you.
   *[vous] To see and take along what is kept (tab “Data” of your account), to have corrected what is wrong, to object or ask for erasure with whoever answers for the data. As a last resort, { $country ->
        [CA] the privacy commissioner receives complaints.
       *[other] the data protection authority (CNIL) receives complaints.
    }
}
