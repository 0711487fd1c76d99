//! Identifier and password.

use askama::Template;

use crate::{
    domain::{Profile, Refusal},
    say,
    words::Speaks,
};

use super::{
    Chooser, Field, Frame, Hidden, Place, Problems, Way, Width,
    chooser::{Destination, register_of},
};

/// What the sign-in page shows, as plain values.
#[derive(Clone, Debug, Default)]
pub struct SignIn<'a> {
    /// Where the form is posted: the page's own path.
    pub action: &'a str,
    /// The token that binds the form to the browser.
    pub form_token: &'a str,
    /// The pending sign-in.
    pub interaction: Option<&'a str>,
    /// The service that waits, by name.
    pub service: Option<&'a str>,
    /// What was typed, or a `login_hint`.
    pub identifier: &'a str,
    /// The profile chosen at the door.
    pub profile: Option<Profile>,
    /// Why the last try was refused.
    pub refusal: Option<&'a Refusal>,
    /// Whether "stay signed in" was ticked.
    pub remembered: bool,
    /// Where one signs in with a passkey; none where the server takes none.
    pub passkey: Option<&'a str>,
    /// Other ways in: through a provider, or where something was forgotten.
    pub ways: &'a [Way],
}

/// Identifier and password (`data-page="sign-in"`).
#[derive(Clone, Debug, Template)]
#[template(path = "sign-in.html")]
pub struct SignInPage {
    frame: Frame,
    action: String,
    hidden: Vec<Hidden>,
    service: Option<String>,
    identifier: Field,
    password: Field,
    problems: Option<Problems>,
    notice: Option<String>,
    chooser: Option<Chooser>,
    profile_name: Option<String>,
    change_href: String,
    remember: Option<bool>,
    passkey: Option<String>,
    ways: Vec<Way>,
}

impl SignInPage {
    /// The page: a refused try keeps the identifier and empties the password (row LOG-09).
    #[must_use]
    pub fn new(place: &Place, shown: &SignIn<'_>) -> Self {
        let place = match shown.profile {
            Some(profile) => place.addressing(register_of(Some(profile))),
            None => place.clone(),
        };
        let (speaker, portal) = (place.speaker, &place.portal);
        let to = Destination { action: shown.action, interaction: shown.interaction, chosen: shown.profile };
        let problems = shown.refusal.and_then(|refusal| problems(&place, refusal));
        let notice =
            matches!(shown.refusal, Some(Refusal::FormExpired)).then(|| speaker.tell(&Refusal::FormExpired, place.now));
        let frame = Frame::new(&place, "sign-in", speaker.say("sign-in-title"))
            .width(if portal.chooser { Width::Usual } else { Width::Door })
            .wrong(problems.is_some());
        let label = if portal.by_email { "sign-in-identifier-or-email" } else { "sign-in-identifier" };
        Self {
            action: shown.action.to_owned(),
            hidden: Hidden::of_form(shown.form_token, shown.interaction),
            service: shown.service.map(str::to_owned),
            identifier: Field::text("identifier", speaker.say(label), "username")
                .hint(speaker.say(if portal.by_email { "sign-in-email-hint" } else { "sign-in-identifier-hint" }))
                .holding(shown.identifier)
                .after(shown.refusal, &speaker, place.now),
            password: Field::password("password", speaker.say("sign-in-password"), "current-password").after(
                shown.refusal,
                &speaker,
                place.now,
            ),
            problems,
            notice,
            chooser: portal.chooser.then(|| Chooser::new(portal, &speaker, &to)),
            profile_name: shown.profile.map(|profile| speaker.profile(profile)),
            change_href: to.without_profile(),
            passkey: shown.passkey.map(str::to_owned),
            remember: (portal.remember && shown.profile != Some(Profile::Pupil) && !portal.is_for_pupils())
                .then_some(shown.remembered),
            ways: shown.ways.to_vec(),
            frame,
        }
    }
}

/// The summary of a refused try; none for what is a notice.
fn problems(place: &Place, refusal: &Refusal) -> Option<Problems> {
    let (speaker, now) = (&place.speaker, place.now);
    let at_password = |text: String| vec![("#password".to_owned(), text)];
    let links = match refusal {
        Refusal::FormExpired => return None,
        Refusal::WrongCredentials => at_password(speaker.say("sign-in-retype")),
        Refusal::Missing { field } => vec![(format!("#{field}"), speaker.tell(refusal, now))],
        Refusal::BrokenRules(rules) => rules.iter().flat_map(|rule| at_password(speaker.tell(rule, now))).collect(),
        _ => Vec::new(),
    };
    let heading = match refusal {
        Refusal::Missing { .. } => say!("problems-one"),
        other => other.saying(now),
    };
    Some(Problems { heading: speaker.utter(&heading), links })
}
