//! The help form: what a parent asks a school, without an account (rows HLP-01 to HLP-09).
//!
//! Whom the mail goes to is the school's own affair: the form names a school, never an address. What comes back to the
//! address that was typed carries none of the typed words unless the school knows that address: so nobody can be made to
//! write to a stranger.

use std::time::Duration;

use serde::Deserialize;

use crate::{
    app::App,
    domain::{
        Digest, Email, Establishment, EstablishmentId, EstablishmentKind, Event, Fault, HelpMail, HelpRequest, Instant,
        Mail, MailKind, Recipient, Refusal, fold_name, is_phone, shows_nothing, squeeze,
    },
    mail,
    policy::{Portal, levels},
    store::{Tx, audit, help_requests, roster, throttles},
};

use super::Caller;

/// What was typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    /// The parent's family name.
    pub family_name: String,
    /// The parent's given name.
    pub given_name: String,
    /// The parent's address.
    pub email: String,
    /// A telephone by day.
    pub phone: String,
    /// The child's family name.
    pub child_family_name: String,
    /// The child's given name.
    pub child_given_name: String,
    /// The child's year.
    pub level: String,
    /// The id of the school.
    pub school: String,
    /// The problem.
    pub problem: String,
    /// A field that people do not see and robots fill in (row HLP-09).
    pub website: String,
    /// The page from which the form was opened.
    #[serde(rename = "depuis")]
    pub page: String,
}

/// What is wrong with a field, by its name.
pub type Wrong = (&'static str, Refusal);

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// The school gets it, under this reference.
    Sent {
        /// What both sides call it.
        reference: String,
        /// The school's name.
        school: String,
    },
    /// Nobody reads mail for that school: one telephones.
    Nobody {
        /// The school's name.
        school: String,
        /// Its telephone.
        phone: Option<String>,
    },
    /// Fields to mend; nothing was sent.
    Refused(Vec<Wrong>),
    /// Too many came from here, or for this address.
    TooOften {
        /// When the next one is taken.
        again_at: Instant,
    },
}

/// The longest problem, in characters.
pub const LONGEST: usize = 2000;
/// The longest name, in characters.
const LONGEST_NAME: usize = 100;
/// A year that is on no list: a special class, a school abroad.
pub const OTHER_LEVEL: &str = "–";
/// No look-alikes: it is read out on the telephone.
const ALPHABET: &str = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
const HOUR: Duration = Duration::from_hours(1);

/// The schools that one can write to, by name as a French dictionary orders them.
///
/// # Errors
/// The store did not answer.
pub async fn list_schools(app: &App) -> Result<Vec<Establishment>, Fault> {
    let mut schools = roster::list_establishments(&app.db).await?;
    schools.retain(|school| school.kind != EstablishmentKind::Authority);
    schools.sort_by_cached_key(|school| (fold_name(&school.name), school.name.clone(), school.code.clone()));
    Ok(schools)
}

/// Passes a parent's question on to the school they chose, and tells them its reference.
///
/// # Errors
/// The store did not answer.
pub async fn ask(
    app: &App,
    caller: Caller<'_>,
    (portal, language): (&Portal, &str),
    typed: &Typed,
) -> Result<Asked, Fault> {
    let schools = list_schools(app).await?;
    let (request, school) = match read(portal, &schools, typed) {
        Ok(read) => read,
        Err(wrong) => return Ok(Asked::Refused(wrong)),
    };
    let Some(to) = address(portal, school) else {
        return Ok(Asked::Nobody { school: school.name.clone(), phone: school.phone.clone() });
    };
    let now = caller.actor.now;
    let tag = tag(app, &request, &school.id)?;
    let mut tx = app.db.begin().await?;
    let again_after = app.config.policy.limits.mail.again_after;
    if let Some(reference) = help_requests::find_same(&mut tx, &tag, now - again_after).await? {
        return Ok(Asked::Sent { reference, school: school.name.clone() });
    }
    if let Some(again_at) = count(app, &mut tx, caller, &request.email).await? {
        return Ok(Asked::TooOften { again_at });
    }
    let mail = HelpMail { reference: reference(app), school: school.name.clone(), at: now, request };
    let asked = help_requests::Asked {
        reference: &mail.reference,
        portal: &portal.name,
        establishment_id: &school.id,
        tag: &tag,
    };
    if !help_requests::add(&mut tx, asked, now, again_after).await? {
        // The other of two that came at once is kept by now, or will be in a moment.
        let same = help_requests::find_same(&mut tx, &tag, now - again_after).await?;
        return Ok(Asked::Sent { reference: same.unwrap_or(mail.reference), school: mail.school });
    }
    write(app, &mut tx, (portal, language), to, &mail).await?;
    let event = Event::HelpAsked { reference: mail.reference.clone(), establishment_id: school.id.clone() };
    audit::add(&mut tx, caller.actor, None, &event).await?;
    tx.commit().await?;
    if school.email.is_none() {
        tracing::warn!(establishment.code = %school.code, "a school without an address got a help request: the portal's own help address has it");
    }
    Ok(Asked::Sent { reference: mail.reference, school: mail.school })
}

/// Both mails: the school's in the portal's own language, the sender's in theirs.
async fn write(
    app: &App,
    tx: &mut Tx,
    (portal, language): (&Portal, &str),
    to: Email,
    help: &HelpMail,
) -> Result<(), Fault> {
    let sender = help.request.email.clone();
    let both = [
        (to, "fr", MailKind::HelpAsked(Box::new(help.clone()))),
        (sender, language, MailKind::HelpReceived { help: Box::new(help.clone()), is_known: false }),
    ];
    for (to, language, kind) in both {
        let mail = Mail {
            to: Recipient::Address(to),
            portal: portal.name.clone(),
            language: language.to_owned(),
            register: "vous".to_owned(),
            account_id: None,
            kind,
        };
        mail::owe(app, tx, &mail, help.at).await?;
    }
    Ok(())
}

/// The school's main address, else the one that the portal names for help (row HLP-07).
fn address(portal: &Portal, school: &Establishment) -> Option<Email> {
    let own = school.email.as_deref().and_then(Email::parse);
    own.or_else(|| portal.help.email.as_deref().and_then(Email::parse))
}

/// Counts one more, for the network and for the address; until when no more are taken, where that was too many.
async fn count(app: &App, tx: &mut Tx, caller: Caller<'_>, email: &Email) -> Result<Option<Instant>, Fault> {
    let (limits, now) = (&app.config.policy.limits, caller.actor.now);
    let to = app.sealer.tag("help", email.folded().as_bytes());
    let counted = [
        (format!("help:to:{}", to.as_str()), limits.mail.hourly),
        (format!("help:network:{}", caller.network.as_str()), limits.help.of(caller.network)),
    ];
    for (key, most) in counted {
        let count = throttles::fail(tx, &key, now, HOUR).await?;
        if count.failures > i64::from(most) {
            return Ok(Some(count.since + HOUR));
        }
    }
    Ok(None)
}

/// Everything that was typed, as a keyed tag.
fn tag(app: &App, request: &HelpRequest, school: &EstablishmentId) -> Result<Digest, Fault> {
    Ok(app.sealer.tag("help", &serde_json::to_vec(&(request, school))?))
}

fn reference(app: &App) -> String {
    format!("{}-{}", app.rng.code(ALPHABET, 4), app.rng.code(ALPHABET, 4))
}

/// What was typed as a request, or everything that is wrong with it. All fields are needed (row HLP-03).
fn read<'a>(
    portal: &Portal,
    schools: &'a [Establishment],
    typed: &Typed,
) -> Result<(HelpRequest, &'a Establishment), Vec<Wrong>> {
    let mut wrong = Vec::new();
    let mut line = |field: &'static str, text: &str| {
        let text = squeeze(&cleaned(text));
        if text.is_empty() {
            wrong.push((field, Refusal::Missing { field }));
        } else if text.chars().count() > LONGEST_NAME {
            wrong.push((field, Refusal::TooLong { most: LONGEST_NAME }));
        }
        text
    };
    let [family_name, given_name] = [line("family_name", &typed.family_name), line("given_name", &typed.given_name)];
    let [email, phone] = [line("email", &typed.email), line("phone", &typed.phone)];
    let [child_family_name, child_given_name] =
        [line("child_family_name", &typed.child_family_name), line("child_given_name", &typed.child_given_name)];
    let [level, school] = [line("level", &typed.level), line("school", &typed.school)];
    let problem = cleaned(&typed.problem).trim().to_owned();
    if problem.is_empty() {
        wrong.push(("problem", Refusal::Missing { field: "problem" }));
    } else if problem.chars().count() > LONGEST {
        wrong.push(("problem", Refusal::TooLong { most: LONGEST }));
    }
    let is_whole = |field: &str, wrong: &[Wrong]| wrong.iter().all(|(name, _)| *name != field);
    let address = Email::parse(&email);
    if address.is_none() && is_whole("email", &wrong) {
        wrong.push(("email", Refusal::EmailUnfit));
    }
    if !is_phone(&phone) && is_whole("phone", &wrong) {
        wrong.push(("phone", Refusal::PhoneUnfit));
    }
    let is_level = level == OTHER_LEVEL || levels(&portal.country).contains(&level.as_str());
    if !is_level && is_whole("level", &wrong) {
        wrong.push(("level", Refusal::NotListed));
    }
    let chosen = schools.iter().find(|known| known.id.as_str() == school);
    if chosen.is_none() && is_whole("school", &wrong) {
        wrong.push(("school", Refusal::NotListed));
    }
    if !typed.website.is_empty() {
        wrong.push(("website", Refusal::LeaveEmpty));
    }
    let page = typed.page.chars().filter(|c| c.is_ascii_lowercase() || *c == '-').take(40).collect();
    match (address, chosen) {
        (Some(email), Some(school)) if wrong.is_empty() => {
            let request = HelpRequest {
                family_name,
                given_name,
                email,
                phone,
                child_family_name,
                child_given_name,
                level,
                problem,
                page,
            };
            Ok((request, school))
        }
        _ => Err(wrong),
    }
}

/// Without signs that show nothing, which could break a header or turn a line around (row HLP-08); lines stay lines.
fn cleaned(text: &str) -> String {
    text.replace("\r\n", "\n").chars().filter(|c| *c == '\n' || *c == '\t' || !shows_nothing(*c)).collect()
}
