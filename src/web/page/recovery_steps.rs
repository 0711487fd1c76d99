//! Identifier and password in three steps in one window: all three in view, the later ones shut (rows COD-01 to COD-24).

use askama::Template;

use crate::{
    domain::{Instant, Profile, Refusal},
    policy::RuleList,
};

use super::{
    Field, Frame, Hidden, MessagePage, Place, Problems, Rules, Turn, Way, Width,
    activation::{lines, problems},
    recovery::of_children,
};

/// Which step it is.
#[derive(Clone, Copy, Debug)]
pub enum StepShown<'a> {
    /// The address.
    Address {
        /// What was typed.
        typed: &'a str,
    },
    /// The code.
    Code {
        /// The address.
        email: &'a str,
        /// Until when it works.
        until: Instant,
        /// Whether that is over.
        is_over: bool,
        /// What was typed.
        typed: &'a str,
    },
    /// Who of those who share the address.
    Who {
        /// The address.
        email: &'a str,
        /// The account's id; who.
        people: &'a [(String, String)],
    },
    /// The new password.
    Password {
        /// The address.
        email: &'a str,
        /// Whose.
        identifier: &'a str,
        /// Whether a second factor has to be shown with it.
        asks_code: bool,
    },
}

impl<'a> StepShown<'a> {
    /// What was typed as the address and as the code.
    const fn typed(self) -> (&'a str, &'a str) {
        match self {
            StepShown::Address { typed } => (typed, ""),
            StepShown::Code { typed, .. } => ("", typed),
            _ => ("", ""),
        }
    }

    /// The identifier, once it is known, and whether a second factor has to be shown.
    const fn whose(self) -> (Option<&'a str>, bool) {
        match self {
            StepShown::Password { identifier, asks_code, .. } => (Some(identifier), asks_code),
            _ => (None, false),
        }
    }
}

/// What the page shows, as plain values.
#[derive(Clone, Copy, Debug)]
pub struct RecoverySteps<'a> {
    /// Where its forms are posted.
    pub action: &'a str,
    /// The token that binds the form to the browser.
    pub form_token: &'a str,
    /// The pending sign-in.
    pub interaction: Option<&'a str>,
    /// Which step it is.
    pub step: StepShown<'a>,
    /// The rules of the new password.
    pub rules: &'a RuleList,
    /// How many signs a code has, and for how many minutes it works.
    pub code: (usize, u64),
    /// What was refused.
    pub refusals: &'a [Refusal],
    /// Whether a mail was just asked for.
    pub is_sent: bool,
    /// The password policy.
    pub policy: &'a str,
}

/// The page (`data-page="recovery"`).
#[derive(Clone, Debug, Template)]
#[template(path = "recovery.html")]
pub struct RecoveryStepsPage {
    frame: Frame,
    action: String,
    hidden: Vec<Hidden>,
    /// 1, 2 or 3.
    step: usize,
    headings: [String; 3],
    known_email: Option<String>,
    identifier: Option<String>,
    /// Said as soon as a step opens.
    notice: Option<String>,
    email: Field,
    code: Field,
    is_over: bool,
    people: Vec<(String, String)>,
    password: Field,
    confirmation: Field,
    second_factor: Option<Field>,
    rules: Rules,
    policy: String,
    problems: Option<Problems>,
    of_children: Option<String>,
}

impl RecoveryStepsPage {
    /// The page: done steps are marked, the one that is open has the focus.
    #[must_use]
    pub fn new(place: &Place, shown: &RecoverySteps<'_>) -> Self {
        let speaker = place.speaker;
        let (step, known_email) = match shown.step {
            StepShown::Address { .. } => (1, None),
            StepShown::Code { email, .. } | StepShown::Who { email, .. } => (2, Some(email.to_owned())),
            StepShown::Password { email, .. } => (3, Some(email.to_owned())),
        };
        let is_who = matches!(shown.step, StepShown::Who { .. });
        let said = problems_of(place, shown, step);
        let told = |field: Field, turn: usize| {
            let about = shown.refusals.iter().filter(|refusal| turn == step && field_of(refusal, step) == field.name);
            let lines: Vec<String> = about.flat_map(|refusal| lines(place, refusal)).collect();
            field.telling(&lines).in_turn(if turn == step { Turn::Usual } else { Turn::Later })
        };
        let text = |name, key: &str, fill| Field::text(name, speaker.say(key), fill);
        let (typed_email, typed_code) = shown.step.typed();
        let (identifier, asks_code) = shown.step.whose();
        let first = |field: Field, turn: usize| {
            let begins = said.is_none() && turn == step && (turn != 2 || !is_who);
            if begins { field.in_turn(Turn::First) } else { field }
        };
        let hint = speaker
            .say_with("steps-code-hint", &[("signs", shown.code.0.to_string()), ("minutes", shown.code.1.to_string())]);
        let password = Field::password("new_password", speaker.say("steps-password"), "new-password");
        Self {
            frame: Frame::new(place, "recovery", speaker.say("steps-title")).width(Width::Usual).wrong(said.is_some()),
            action: shown.action.to_owned(),
            hidden: Hidden::of_form(shown.form_token, shown.interaction),
            step,
            headings: ["steps-one", "steps-two", "steps-three"].map(|key| speaker.say(key)),
            known_email,
            identifier: identifier.map(str::to_owned),
            notice: notice(place, shown),
            email: first(
                told(text("email", "steps-email", "email").email(), 1)
                    .hint(speaker.say("steps-email-hint"))
                    .holding(typed_email),
                1,
            ),
            code: first(told(text("code", "steps-code", "one-time-code").code().hint(hint), 2).holding(typed_code), 2),
            is_over: matches!(shown.step, StepShown::Code { is_over: true, .. }),
            people: match shown.step {
                StepShown::Who { people, .. } => people.to_vec(),
                _ => Vec::new(),
            },
            password: first(told(password.described("password-rules"), 3), 3),
            confirmation: told(Field::password("confirmation", speaker.say("steps-confirmation"), "new-password"), 3),
            second_factor: asks_code.then(|| {
                let field = text("code", "factor-code", "one-time-code").hint(speaker.say("factor-code-hint"));
                told(field, 3)
            }),
            rules: Rules::new(place, shown.rules),
            policy: shown.policy.to_owned(),
            problems: said,
            of_children: of_children(place),
        }
    }
}

/// What is said when a step has opened; heard at once (row COD-24).
fn notice(place: &Place, shown: &RecoverySteps<'_>) -> Option<String> {
    let speaker = place.speaker;
    match shown.step {
        _ if !shown.refusals.is_empty() => None,
        StepShown::Address { .. } => None,
        StepShown::Code { is_over: true, .. } => Some(speaker.say("steps-over")),
        StepShown::Code { until, .. } => {
            let key = if shown.is_sent { "steps-sent" } else { "steps-resumed" };
            Some(speaker.say_with(key, &[("time", speaker.time(until, &place.zone))]))
        }
        StepShown::Who { .. } => Some(speaker.say("steps-who")),
        StepShown::Password { .. } => Some(speaker.say("steps-proven")),
    }
}

/// The field that a refusal is about, at a step.
fn field_of(refusal: &Refusal, step: usize) -> &'static str {
    if step < 3 {
        return if step == 1 { "email" } else { "code" };
    }
    match refusal {
        Refusal::WrongCode | Refusal::TooManyTries { .. } | Refusal::Missing { field: "code" } => "code",
        Refusal::NotSame | Refusal::Missing { field: "confirmation" } => "confirmation",
        _ => "new_password",
    }
}

fn problems_of(place: &Place, shown: &RecoverySteps<'_>, step: usize) -> Option<Problems> {
    let said = problems(place, shown.refusals)?;
    // Too many tries and a code that is void are no field's fault: the sentence stands alone.
    let alone =
        matches!(shown.refusals, [Refusal::TooManyTries { .. } | Refusal::SecurityCodeVoid | Refusal::SecurityCodeOld]);
    let each = shown.refusals.iter().flat_map(|refusal| {
        let href = format!("#{}", field_of(refusal, step));
        lines(place, refusal).into_iter().map(move |line| (href.clone(), line))
    });
    let mut links: Vec<(String, String)> = each.collect();
    if alone && let Some((_, heading)) = links.pop() {
        return Some(Problems { heading, links });
    }
    Some(Problems { links, ..said })
}

impl MessagePage {
    /// A password without a proven code (`data-page="recovery-not-proven"`, row COD-23).
    #[must_use]
    pub fn recovery_not_proven(place: &Place, again: &str) -> Self {
        let ways = vec![Way::new(place.speaker.say("steps-restart"), again)];
        let keys = ["steps-not-proven-title", "steps-not-proven-lead", "steps-not-proven-also"];
        Self::plain(place, "recovery-not-proven", keys, ways)
    }

    /// The password is another one (`data-page="recovery-done"`, rows COD-07, COD-10).
    #[must_use]
    pub fn recovery_done(place: &Place, sign_in: &str, help: Vec<Way>) -> Self {
        let ways = [Way::new(place.speaker.say("way-sign-in"), sign_in)].into_iter().chain(help).collect();
        let keys = ["reset-done-title", "reset-done-lead", "steps-done-also"];
        Self::plain(place, "recovery-done", keys, ways)
    }
}

/// The rules of passwords and some advice (`data-page="password-policy"`, row POL-07): said by the code that judges.
#[derive(Clone, Debug, Template)]
#[template(path = "password-policy.html")]
pub struct PasswordPolicyPage {
    frame: Frame,
    /// For whom, and the rules.
    parts: Vec<(String, Vec<String>)>,
    back: Way,
}

impl PasswordPolicyPage {
    /// The page; each part is for profiles that share rules.
    #[must_use]
    pub fn new(place: &Place, parts: &[(Vec<Profile>, RuleList)], back: &str) -> Self {
        let speaker = place.speaker;
        let part = |(profiles, list): &(Vec<Profile>, RuleList)| {
            let names: Vec<String> = profiles.iter().map(|profile| speaker.profile(*profile)).collect();
            let rules = list.rules.iter().map(|rule| speaker.tell(rule, place.now)).collect();
            (names.join(", "), rules)
        };
        Self {
            frame: Frame::new(place, "password-policy", speaker.say("policy-title")).width(Width::Usual),
            parts: parts.iter().map(part).collect(),
            back: Way::new(speaker.say("way-back-sign-in"), back),
        }
    }
}
