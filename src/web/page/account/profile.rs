//! The tab Profil.

use askama::Template;

use crate::{
    domain::{Email, Instant, NotificationAddress, Question, Refusal},
    policy::{KNOWN_DOMAINS, RuleList},
};

use super::{
    super::{
        Field, Frame, Hidden, Place, Problems, Rules,
        activation::{at_field, problems},
    },
    AccountShell, setting,
};

/// What the tab shows, as plain values.
#[derive(Clone, Copy, Debug)]
pub struct Profile<'a> {
    /// Where the form is posted.
    pub action: &'a str,
    /// The login name.
    pub identifier: &'a str,
    /// The confirmed address.
    pub email: Option<&'a Email>,
    /// What the holder is, in words.
    pub profiles: &'a str,
    /// The rules of a new password.
    pub rules: &'a RuleList,
    /// What was refused.
    pub refusals: &'a [Refusal],
    /// The other address, as it was typed.
    pub typed: &'a str,
    /// The address that waits for its confirmation.
    pub waiting: Option<Waiting<'a>>,
    /// What was just done.
    pub outcomes: Outcomes,
    /// The address for notifications, where the portal asks for one or one was given; its page.
    pub notifications: Option<(Option<&'a NotificationAddress>, &'a str)>,
    /// The secret question, where the portal uses one; its page.
    pub question: Option<(Option<Question>, &'a str)>,
}

/// An address that waits for its confirmation (row ACC-13).
#[derive(Clone, Copy, Debug)]
pub struct Waiting<'a> {
    /// The address.
    pub email: &'a Email,
    /// Until when its link confirms.
    pub until: Instant,
}

/// What was just done.
#[expect(clippy::struct_excessive_bools, reason = "each may have happened, none excludes another")]
#[derive(Clone, Copy, Debug, Default)]
pub struct Outcomes {
    /// The password is a new one.
    pub password_changed: bool,
    /// Another address waits for its confirmation.
    pub email_asked: bool,
    /// The change of address was given up.
    pub cancelled: bool,
    /// Its mail was asked for again.
    pub sent_again: bool,
}

impl Outcomes {
    /// What is said of them.
    fn lines(self, place: &Place) -> Vec<String> {
        let all = [
            (self.password_changed, "account-password-changed"),
            (self.email_asked, "account-email-asked"),
            (self.cancelled, "account-email-cancelled"),
            (self.sent_again, "check-mail-again-done"),
        ];
        all.into_iter().filter(|(happened, _)| *happened).map(|(_, key)| place.speaker.say(key)).collect()
    }
}

/// What is known of the account, and the one form that changes it (`data-page="account"`, rows ACC-01 to ACC-07).
#[derive(Clone, Debug, Template)]
#[template(path = "account/profile.html")]
pub struct ProfilePage {
    frame: Frame,
    shell: AccountShell,
    action: String,
    waiting_action: String,
    hidden: Vec<Hidden>,
    identifier: String,
    email: Option<String>,
    profiles: String,
    done: Vec<String>,
    current: Field,
    password: Field,
    confirmation: Field,
    other: Field,
    is_in_doubt: bool,
    waiting: Option<(String, Option<String>)>,
    rules: Rules,
    problems: Option<Problems>,
    /// What has a page of its own: its name, what is kept, its page.
    settings: Vec<(String, String, String)>,
}

impl ProfilePage {
    /// The page: a refused form empties every password.
    #[must_use]
    pub fn new(place: &Place, shell: AccountShell, shown: &Profile<'_>) -> Self {
        let speaker = place.speaker;
        let said = problems(place, shown.refusals);
        let told = |field: Field| at_field(place, shown.refusals, field);
        let current = Field::password("current_password", speaker.say("account-current"), "current-password");
        let password = Field::password("new_password", speaker.say("activation-password"), "new-password");
        let confirmation = Field::password("confirmation", speaker.say("activation-confirmation"), "new-password");
        let other = Field::text("email", speaker.say("account-new-email"), "email").email().optional();
        let other = other
            .hint(speaker.say("account-new-email-hint"))
            .holding(shown.typed)
            .suggesting(&KNOWN_DOMAINS, speaker.say("email-meant"));
        Self {
            action: shown.action.to_owned(),
            waiting_action: format!("{}/adresse", shown.action),
            hidden: Hidden::of_form(&shell.form_token, None),
            identifier: shown.identifier.to_owned(),
            email: shown.email.map(ToString::to_string),
            profiles: shown.profiles.to_owned(),
            done: shown.outcomes.lines(place),
            current: told(current.hint(speaker.say("account-current-hint"))),
            password: told(password.described("password-rules").optional()),
            confirmation: told(confirmation.optional()),
            other: told(other),
            is_in_doubt: shown.refusals.iter().any(|refusal| matches!(refusal, Refusal::EmailInDoubt(_))),
            waiting: shown.waiting.map(|waiting| {
                let until = (place.now < waiting.until).then(|| speaker.moment(waiting.until, &place.zone));
                (waiting.email.to_string(), until)
            }),
            rules: Rules::new(place, shown.rules),
            settings: settings(place, shown),
            frame: shell.frame(place, said.is_some()),
            problems: said,
            shell,
        }
    }
}

fn settings(place: &Place, shown: &Profile<'_>) -> Vec<(String, String, String)> {
    let notifications = shown.notifications.map(|(kept, page)| {
        (place.speaker.say("account-notifications"), setting::notified(place, kept), page.to_owned())
    });
    let question = shown
        .question
        .map(|(kept, page)| (place.speaker.say("account-question"), setting::asked(place, kept), page.to_owned()));
    notifications.into_iter().chain(question).collect()
}
