//! "Sécurité": where one is signed in, second factors, what happened to the account.

use askama::Template;

use crate::domain::{Entry, Instant, Passkey, Refusal, SessionLine};

use super::{AccountShell, Field, Frame, Hidden, Place, Problems};

/// What the page shows, as plain values.
#[derive(Clone, Copy, Debug)]
pub struct Security<'a> {
    /// What every form's path begins with.
    pub base: &'a str,
    /// The token that binds a form to the browser.
    pub form_token: &'a str,
    /// The living sessions.
    pub sessions: &'a [SessionLine],
    /// The `sid` of this one.
    pub own: &'a str,
    /// When an application was added, and when it was last used.
    pub application: Option<(Instant, Option<Instant>)>,
    /// The passkeys.
    pub keys: &'a [Passkey],
    /// How many recovery codes are left.
    pub codes_left: i64,
    /// Whether the portal offers second factors.
    pub offers: bool,
    /// Whether the server takes passkeys.
    pub takes_keys: bool,
    /// What happened, newest first.
    pub history: &'a [Entry],
    /// Which page of it.
    pub page: u32,
    /// Whether there is another.
    pub has_more: bool,
    /// The key of what was done just now.
    pub done: Option<&'static str>,
    /// Why something was not done.
    pub refusal: Option<&'a Refusal>,
}

/// The page (`data-page="security"`).
#[derive(Clone, Debug, Template)]
#[template(path = "security.html")]
pub struct SecurityPage {
    frame: Frame,
    shell: AccountShell,
    base: String,
    hidden: Vec<Hidden>,
    sessions: Vec<SessionShown>,
    offers: bool,
    takes_keys: bool,
    application: Option<String>,
    keys: Vec<KeyShown>,
    name: Field,
    codes: String,
    history: Vec<(String, String)>,
    newer: Option<String>,
    older: Option<String>,
    done: Option<String>,
    problems: Option<Problems>,
}

/// A session of the list.
#[derive(Clone, Debug)]
struct SessionShown {
    sid: String,
    device: String,
    is_own: bool,
    since: String,
    used: String,
}

/// A passkey of the list.
#[derive(Clone, Debug)]
struct KeyShown {
    id: String,
    name: String,
    used: String,
}

impl SecurityPage {
    /// The page.
    #[must_use]
    pub fn new(place: &Place, shell: AccountShell, shown: &Security<'_>) -> Self {
        let speaker = place.speaker;
        let frame = shell.frame(place, shown.refusal.is_some());
        let at = |page: u32| format!("{}?page={page}#history", shown.base);
        Self {
            base: shown.base.to_owned(),
            hidden: Hidden::of_form(shown.form_token, None),
            sessions: shown.sessions.iter().map(|line| session(place, line, shown.own)).collect(),
            offers: shown.offers,
            takes_keys: shown.takes_keys,
            application: shown.application.map(|(added, used)| used_or_added(place, used, added)),
            keys: shown.keys.iter().map(|key| self::key(place, key)).collect(),
            name: Field::text("name", speaker.say("security-key-name"), "off")
                .optional()
                .hint(speaker.say("security-key-name-hint")),
            codes: speaker.say_with("security-codes-left", &[("left", shown.codes_left)]),
            history: shown.history.iter().map(|entry| event(place, entry)).collect(),
            newer: shown.page.checked_sub(1).map(at),
            older: shown.has_more.then(|| at(shown.page.saturating_add(1))),
            done: shown.done.map(|key| speaker.say(key)),
            problems: shown
                .refusal
                .map(|refusal| Problems { heading: speaker.tell(refusal, place.now), links: Vec::new() }),
            frame,
            shell,
        }
    }
}

impl SecurityPage {
    fn has_others(&self) -> bool {
        self.sessions.iter().any(|session| !session.is_own)
    }

    const fn has_any(&self) -> bool {
        self.application.is_some() || !self.keys.is_empty()
    }
}

fn moment(place: &Place, at: Instant) -> String {
    place.speaker.moment(at, &place.zone)
}

fn session(place: &Place, line: &SessionLine, own: &str) -> SessionShown {
    let speaker = place.speaker;
    let device = if line.device.is_empty() { speaker.say("security-device-unknown") } else { line.device.clone() };
    let used = moment(place, line.seen_at);
    let used = if line.network.is_empty() {
        speaker.say_with("security-used", &[("moment", used)])
    } else {
        speaker.say_with("security-used-from", &[("moment", used), ("network", network(&line.network))])
    };
    SessionShown {
        sid: line.sid.clone(),
        device,
        is_own: line.sid == own,
        since: speaker.say_with("security-since", &[("moment", moment(place, line.created_at))]),
        used,
    }
}

/// A network without the mark by which a configured one is kept.
fn network(text: &str) -> String {
    text.strip_prefix("school ").unwrap_or(text).to_owned()
}

fn key(place: &Place, key: &Passkey) -> KeyShown {
    KeyShown { id: key.id.clone(), name: key.name.clone(), used: used_or_added(place, key.used_at, key.added_at) }
}

fn used_or_added(place: &Place, used: Option<Instant>, added: Instant) -> String {
    match used {
        Some(at) => place.speaker.say_with("security-used", &[("moment", moment(place, at))]),
        None => place.speaker.say_with("security-added-on", &[("moment", moment(place, added))]),
    }
}

/// What happened, in words, and when and where from.
fn event(place: &Place, entry: &Entry) -> (String, String) {
    let speaker = place.speaker;
    let device = entry.data.get("device").and_then(serde_json::Value::as_str).filter(|device| !device.is_empty());
    let what = speaker.say(saying(&entry.event));
    let what = match device {
        Some(device) => speaker.say_with("event-on", &[("event", what.as_str()), ("device", device)]),
        None => what,
    };
    let at = moment(place, entry.at);
    let when = match &entry.network {
        Some(text) => speaker.say_with("event-from", &[("moment", at), ("network", network(text))]),
        None => at,
    };
    (what, when)
}

/// The sentence of an event. What only an operator of tests does is a change of the account.
fn saying(event: &str) -> &'static str {
    match event {
        "signed_in" => "event-signed-in",
        "signed_out" => "event-signed-out",
        "sign_in_paused" => "event-paused",
        "password_accepted" => "event-password-accepted",
        "second_factor_given" => "event-factor-given",
        "second_factor_refused" => "event-factor-refused",
        "second_factor_paused" => "event-factor-paused",
        "second_factor_added" => "event-factor-added",
        "second_factor_removed" => "event-factor-removed",
        "second_factor_reset" => "event-factor-reset",
        "recovery_codes_made" => "event-codes-made",
        "recovery_code_used" => "event-code-used",
        "session_ended" => "event-session-ended",
        "other_sessions_ended" => "event-sessions-ended",
        "account_created" => "event-created",
        "account_activated" => "event-activated",
        "account_suspended" => "event-suspended",
        "account_resumed" => "event-resumed",
        "account_merged" => "event-merged",
        "account_took_in" => "event-took-in",
        "letter_made" => "event-letter",
        "letter_too_old" => "event-letter-old",
        "password_chosen" | "password_replaced" => "event-password",
        "password_rehashed" => "event-rehashed",
        "password_voided" => "event-password-voided",
        "temporary_given" => "event-temporary",
        "temporary_used" => "event-temporary-used",
        "temporary_voided" => "event-temporary-voided",
        "temporary_over" => "event-temporary-over",
        "recovery_asked" => "event-recovery",
        "address_bounced" => "event-bounced",
        "address_kept" => "event-address-kept",
        "registration_asked" => "event-registration",
        "secret_question_set" => "event-question",
        "secret_question_paused" => "event-question-paused",
        "delegated_reset_requested" => "event-delegated",
        "delegated_reset_identity_mismatch" => "event-delegated-refused",
        "address_corrected" | "email_change_asked" => "event-email-asked",
        "email_confirmed" | "email_replaced" => "event-email",
        "email_change_cancelled" => "event-email-cancelled",
        "email_change_undone" => "event-email-undone",
        "notification_email_given" | "notification_email_confirmed" | "notification_email_declined" => {
            "event-notification"
        }
        "guardianship_disputed" => "event-disputed",
        "school_asked" => "event-school-asked",
        "consent_given" => "event-consent",
        "consent_withdrawn" => "event-consent-withdrawn",
        "code_replayed" => "event-code-replayed",
        "charter_accepted" => "event-charter",
        "charter_signed" => "event-charter-signed",
        "charter_refused" => "event-charter-refused",
        _ => "event-other",
    }
}

#[cfg(test)]
mod tests {
    use super::saying;

    /// Lines that are never about an account, and what an operator of tests does.
    const NOBODYS: [&str; 9] = [
        "account_overwritten",
        "registration_refused",
        "registration_probed",
        "security_code_voided",
        "help_asked",
        "service_applied",
        "service_removed",
        "charter_published",
        "keys_rotated",
    ];

    /// The names of all events, as the trail writes them, read from where they are declared.
    fn names() -> Vec<String> {
        let source = include_str!("../../domain/audit.rs");
        let (_, body) = source.split_once("pub enum Event {").expect("the enum");
        let (body, _) = body.split_once("\n}").expect("its end");
        let variants = body.lines().filter_map(|line| {
            let name = line.strip_prefix("    ")?.split([',', ' ']).next()?;
            name.starts_with(char::is_uppercase).then_some(name)
        });
        let snake = |name: &str| {
            let spread =
                name.chars().flat_map(|sign| sign.is_uppercase().then_some('_').into_iter().chain(sign.to_lowercase()));
            spread.collect::<String>().trim_start_matches('_').to_owned()
        };
        variants.map(snake).collect()
    }

    #[test]
    fn every_event_of_an_account_has_a_sentence_of_its_own() {
        let names = names();
        assert!(names.len() > 50 && names.contains(&"signed_in".to_owned()), "{names:?}");
        let mute: Vec<&String> = names.iter().filter(|name| saying(name) == "event-other").collect();
        assert_eq!(mute.len(), NOBODYS.len(), "{mute:?}");
        assert!(mute.iter().all(|name| NOBODYS.contains(&name.as_str())), "{mute:?}");
    }
}
