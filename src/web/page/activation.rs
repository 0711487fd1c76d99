//! From the letter to the operational account: the pages of the activation.

use askama::Template;

use crate::{
    domain::{Email, Instant, Refusal},
    policy::{KNOWN_DOMAINS, PupilEmail, RuleList},
    say,
};

use super::{Field, Frame, Hidden, Place, Problems, Rules, Width};

/// Where one stands among the pages of the activation.
#[derive(Clone, Debug)]
pub struct Steps {
    /// The steps, in order, each with whether it is done.
    pub steps: Vec<(String, Standing)>,
}

/// Whether a step is done, is the one that one stands at, or comes later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Done.
    Done,
    /// Here.
    Here,
    /// Later.
    Later,
}

impl Steps {
    const KEYS: [&'static str; 3] = ["step-letter", "step-password", "step-confirmation"];

    /// At the step of that number, from 1.
    pub(super) fn at(place: &Place, here: usize) -> Self {
        let standing = |number: usize| match number.cmp(&here) {
            std::cmp::Ordering::Less => Standing::Done,
            std::cmp::Ordering::Equal => Standing::Here,
            std::cmp::Ordering::Greater => Standing::Later,
        };
        let steps = Self::KEYS.iter().zip(1..).map(|(key, number)| (place.speaker.say(key), standing(number)));
        Self { steps: steps.collect() }
    }
}

/// What the activation page shows, as plain values.
#[derive(Clone, Debug)]
pub struct Activation<'a> {
    /// Where the form is posted.
    pub action: &'a str,
    /// The token that binds the form to the browser.
    pub form_token: &'a str,
    /// The proof.
    pub proof: &'a str,
    /// The holder's first name.
    pub given_name: &'a str,
    /// The identifier, for the browser that keeps passwords.
    pub identifier: &'a str,
    /// The rules of the new password.
    pub rules: &'a RuleList,
    /// Whether an address is asked for.
    pub email_asked: PupilEmail,
    /// The address that was typed.
    pub email: &'a str,
    /// The pupils that the letter names: id, name, whether the box "not mine" is ticked (row ACT-21).
    pub children: &'a [(String, String, bool)],
    /// What was refused.
    pub refusals: &'a [Refusal],
}

/// A password of one's own, and an address (`data-page="activation"`, row ACT-02).
#[derive(Clone, Debug, Template)]
#[template(path = "activation.html")]
pub struct ActivationPage {
    frame: Frame,
    steps: Steps,
    action: String,
    hidden: Vec<Hidden>,
    given_name: String,
    identifier: String,
    rules: Rules,
    password: Field,
    confirmation: Field,
    email: Option<Field>,
    children: Vec<(String, String, bool)>,
    any_ticked: bool,
    problems: Option<Problems>,
}

impl ActivationPage {
    /// The page: a refused form keeps the address and empties both passwords (rows ACT-13, ACT-14).
    #[must_use]
    pub fn new(place: &Place, shown: &Activation<'_>) -> Self {
        let speaker = place.speaker;
        let said = problems(place, shown.refusals);
        let frame =
            Frame::new(place, "activation", speaker.say("activation-title")).width(Width::Usual).wrong(said.is_some());
        let told = |field: Field| at_field(place, shown.refusals, field);
        let optional = shown.email_asked == PupilEmail::Optional;
        let hint = if optional { "activation-email-optional" } else { "activation-email-hint" };
        let email = Field::text("email", speaker.say("activation-email"), "email").email().hint(speaker.say(hint));
        let email = email.holding(shown.email).suggesting(&KNOWN_DOMAINS, speaker.say("email-meant"));
        let email = if optional { email.optional() } else { email };
        Self {
            steps: Steps::at(place, 2),
            action: shown.action.to_owned(),
            hidden: of_form(shown.form_token, shown.proof),
            given_name: shown.given_name.to_owned(),
            identifier: shown.identifier.to_owned(),
            rules: Rules::new(place, shown.rules),
            password: told(
                Field::password("new_password", speaker.say("activation-password"), "new-password")
                    .described("password-rules"),
            ),
            confirmation: told(Field::password("confirmation", speaker.say("activation-confirmation"), "new-password")),
            email: (shown.email_asked != PupilEmail::Absent).then(|| told(email)),
            children: shown.children.to_vec(),
            any_ticked: shown.children.iter().any(|(_, _, is_ticked)| *is_ticked),
            problems: said,
            frame,
        }
    }
}

/// The field that a refusal is about.
pub(super) const fn field_of(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::Missing { field } => field,
        Refusal::NotSame => "confirmation",
        Refusal::AnswerUnfit => "answer",
        Refusal::WrongCredentials
        | Refusal::Suspended
        | Refusal::LetterUsed
        | Refusal::LetterBegun
        | Refusal::LetterTooOld
        | Refusal::AnotherPerson => "identifier",
        Refusal::NotCurrent | Refusal::TooManyTries { .. } | Refusal::TemporaryTooSoon | Refusal::AskSchool => {
            "current_password"
        }
        Refusal::EmailUnfit | Refusal::EmailBarred(_) | Refusal::EmailInDoubt(_) => "email",
        _ => "new_password",
    }
}

/// What is said of a refusal at its field: a line for each broken rule.
pub(super) fn lines(place: &Place, refusal: &Refusal) -> Vec<String> {
    match refusal {
        Refusal::BrokenRules(rules) => rules.iter().map(|rule| place.speaker.tell(rule, place.now)).collect(),
        other => vec![place.speaker.tell(other, place.now)],
    }
}

/// A field with what is said of the refusals that are about it.
pub(super) fn at_field(place: &Place, refusals: &[Refusal], field: Field) -> Field {
    let about = refusals.iter().filter(|refusal| field_of(refusal) == field.name);
    let said: Vec<String> = about.flat_map(|refusal| lines(place, refusal)).collect();
    field.telling(&said)
}

pub(super) fn problems(place: &Place, refusals: &[Refusal]) -> Option<Problems> {
    let (first, speaker) = (refusals.first()?, place.speaker);
    if *first == Refusal::FormExpired {
        return Some(Problems { heading: speaker.tell(first, place.now), links: Vec::new() });
    }
    let link = |refusal: &Refusal| {
        let href = format!("#{}", field_of(refusal));
        lines(place, refusal).into_iter().map(move |line| (href.clone(), line)).collect::<Vec<_>>()
    };
    let heading = speaker.utter(&say!("problems-some"));
    Some(Problems { heading, links: refusals.iter().flat_map(link).collect() })
}

fn of_form(form_token: &str, proof: &str) -> Vec<Hidden> {
    vec![Hidden::new("form_token", form_token), Hidden::new("a", proof)]
}

/// What the page that waits for the mail shows, as plain values.
#[derive(Clone, Copy, Debug)]
pub struct CheckMail<'a> {
    /// Where the forms are posted.
    pub action: &'a str,
    /// The token that binds the forms to the browser.
    pub form_token: &'a str,
    /// The proof.
    pub proof: &'a str,
    /// Where the mail goes.
    pub email: &'a Email,
    /// Until when its link confirms; none where no mail could be sent yet.
    pub until: Option<Instant>,
    /// The sender's address.
    pub sender: &'a str,
    /// Whether the mail was just asked for again.
    pub again: bool,
    /// What was typed as another address.
    pub typed: &'a str,
    /// Why that was refused.
    pub refusal: Option<&'a Refusal>,
}

/// Look into your mailbox (`data-page="check-mail"`, row ACT-03).
#[derive(Clone, Debug, Template)]
#[template(path = "check-mail.html")]
pub struct CheckMailPage {
    frame: Frame,
    steps: Steps,
    action: String,
    hidden: Vec<Hidden>,
    masked: String,
    until: Option<String>,
    sender: String,
    again: bool,
    email: Field,
    problems: Option<Problems>,
}

impl CheckMailPage {
    /// The page.
    #[must_use]
    pub fn new(place: &Place, shown: &CheckMail<'_>) -> Self {
        let speaker = place.speaker;
        let refusals: Vec<Refusal> = shown.refusal.cloned().into_iter().collect();
        let said = problems(place, &refusals);
        let lines: Vec<String> = refusals.iter().flat_map(|refusal| lines(place, refusal)).collect();
        let frame =
            Frame::new(place, "check-mail", speaker.say("check-mail-title")).width(Width::Usual).wrong(said.is_some());
        Self {
            steps: Steps::at(place, 3),
            action: shown.action.to_owned(),
            hidden: of_form(shown.form_token, shown.proof),
            masked: masked(shown.email),
            until: shown.until.map(|until| speaker.moment(until, &place.zone)),
            sender: shown.sender.to_owned(),
            again: shown.again,
            email: Field::text("email", speaker.say("activation-email"), "email")
                .email()
                .holding(shown.typed)
                .suggesting(&KNOWN_DOMAINS, speaker.say("email-meant"))
                .telling(&lines),
            problems: said,
            frame,
        }
    }
}

/// An address as its owner recognises it and a neighbour does not: two signs of its name and its domain.
#[must_use]
pub fn masked(email: &Email) -> String {
    email.masked()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn act_03_an_address_is_masked_but_for_two_signs_and_its_domain() {
        let of = |text: &str| masked(&Email::parse(text).expect("an address"));
        assert_eq!(of("delphine.moreau@courriel.example"), "de•••••@courriel.example");
        assert_eq!(of("al@example.org"), "a•••••@example.org");
    }
}
