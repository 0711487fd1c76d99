//! A parent without a letter gets an account from what the school knows (rows REG-01 to REG-27): address, then who one is and
//! whose parent, then the mailbox. Nothing of the roster is shown before the mailed link is used, and no answer says what did
//! not agree.

mod finish;

use std::time::Duration;

use crate::{
    app::App,
    domain::{
        AccountMail, AccountNews, Actor, Credential, Email, EstablishmentId, Event, Fault, Instant, InteractionId,
        Link, LinkPurpose, Mail, MailKind, PersonId, PortalName, Recipient, Refusal, SchoolMail, SchoolNews, Secret,
    },
    letters, mail,
    policy::{Found, Portal, Registrant, registrant},
    store::{Tx, audit, links, people, registrations, throttles},
};

use super::{Caller, Holder, portal_address};

pub use finish::{Finished, Finishing, Standing, ask_again, finish, look};

const HOUR: Duration = Duration::from_hours(1);
const DAY: Duration = Duration::from_hours(24);

/// From where somebody registers.
#[derive(Clone, Copy, Debug)]
pub struct From<'a> {
    /// Who, and from where.
    pub caller: Caller<'a>,
    /// At which portal.
    pub portal: &'a Portal,
    /// In which language.
    pub language: &'a str,
    /// The pending sign-in of the browser.
    pub interaction_id: Option<&'a InteractionId>,
}

/// What was typed on the second page, as it stands in the fields.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(default)]
pub struct Typed {
    /// The parent's family name.
    pub family_name: String,
    /// The parent's given name.
    pub given_name: String,
    /// The youngest child's birth date.
    pub birth_day: String,
    /// Its month, 1 to 12.
    pub birth_month: String,
    /// Its year.
    pub birth_year: String,
    /// The school's id.
    pub school: String,
    /// Numéro civique du domicile.
    pub civic_number: String,
}

impl Typed {
    /// Each field with its name in the form.
    #[must_use]
    pub fn by_name(&self) -> [(&'static str, &str); 7] {
        [
            ("family_name", &self.family_name),
            ("given_name", &self.given_name),
            ("birth_day", &self.birth_day),
            ("birth_month", &self.birth_month),
            ("birth_year", &self.birth_year),
            ("school", &self.school),
            ("civic_number", &self.civic_number),
        ]
    }
}

/// What came of the second page.
#[derive(Debug)]
pub enum Asked {
    /// It agrees: a mail is on its way, from now or from a moment ago; the same words whoever it is.
    Sent,
    /// What is wrong with the fields, each by its name; nothing was looked up.
    Refused(Vec<(&'static str, Refusal)>),
    /// It does not agree, or nothing is looked at for now.
    Not(Refusal),
}

/// Looks at an address (row REG-09): said at once where it is not on file and the portal says so, and slowed against probing
/// (row REG-10); else everybody gets the next page, and nothing is looked up.
///
/// # Errors
/// The store did not answer.
pub async fn check_address(app: &App, from: From<'_>, typed: &str) -> Result<Result<Email, Refusal>, Fault> {
    if typed.trim().is_empty() {
        return Ok(Err(Refusal::Missing { field: "email" }));
    }
    let Some(email) = Email::parse(typed) else { return Ok(Err(Refusal::EmailUnfit)) };
    let mut tx = app.db.begin().await?;
    let paused = count(app, &mut tx, from.caller).await?;
    tx.commit().await?;
    if let Some(again_at) = paused {
        return Ok(Err(Refusal::TooManyTries { again_at }));
    }
    let tells = from.portal.registration.is_some_and(|registration| registration.tells_unknown_address);
    if !tells || !registrations::list(&app.db, &email.folded()).await?.is_empty() {
        return Ok(Ok(email));
    }
    let mut tx = app.db.begin().await?;
    let all = throttles::fail(&mut tx, "registration:unknown", from.caller.actor.now, HOUR).await?;
    let most = i64::from(app.config.policy.limits.registration_unknown);
    if all.failures == most + 1 {
        audit::add(&mut tx, from.caller.actor, None, &Event::RegistrationProbed { networks: true }).await?;
    }
    tx.commit().await?;
    // Beyond the budget of all together nobody is told any more: the next page is the same for everybody.
    Ok(if all.failures > most { Ok(email) } else { Err(Refusal::NotOnFile) })
}

/// Counts one more request from a network; until when no more are taken, where that was too many.
async fn count(app: &App, tx: &mut Tx, caller: Caller<'_>) -> Result<Option<Instant>, Fault> {
    let most = app.config.policy.limits.registration.of(caller.network);
    let key = format!("registration:network:{}", caller.network.as_str());
    let count = throttles::fail(tx, &key, caller.actor.now, HOUR).await?;
    if count.failures == i64::from(most) + 1 {
        audit::add(tx, caller.actor, None, &Event::RegistrationProbed { networks: false }).await?;
    }
    Ok((count.failures > i64::from(most)).then(|| count.since + HOUR))
}

/// Looks at who somebody says they are. The fields first, then one look-up whoever is meant; of what does not agree the
/// address keeps count (row REG-21).
///
/// # Errors
/// The store did not answer.
pub async fn ask(app: &App, from: From<'_>, email: &Email, typed: &Typed) -> Result<Asked, Fault> {
    let told = match read(app, from, typed).await? {
        Ok(told) => told,
        Err(wrong) => return Ok(Asked::Refused(wrong)),
    };
    let (now, key) = (from.caller.actor.now, key(app, "registration", email));
    if throttles::find(&app.db, &key).await?.is_some_and(|count| count.paused_until > now) {
        return Ok(Asked::Not(Refusal::RegistrationPaused));
    }
    let claims = registrations::list(&app.db, &email.folded()).await?;
    let any_child = from.portal.registration.is_some_and(|registration| registration.any_child);
    match registrant(&claims, &told, any_child) {
        Found::Guardian(id) => {
            write(app, from, email, &id).await?;
            Ok(Asked::Sent)
        }
        Found::WithoutAuthority(id) => not(app, from, &key, Some((&id, &told.school))).await,
        Found::Nobody => not(app, from, &key, None).await,
    }
}

fn key(app: &App, of: &str, email: &Email) -> String {
    format!("{of}:{}", app.sealer.tag("registration", email.folded().as_bytes()).as_str())
}

/// What was typed, or everything that is wrong with it (rows REG-22, REG-23).
async fn read(
    app: &App,
    from: From<'_>,
    typed: &Typed,
) -> Result<Result<Registrant, Vec<(&'static str, Refusal)>>, Fault> {
    let mut wrong: Vec<(&'static str, Refusal)> = Vec::new();
    for (name, text) in typed.by_name() {
        if text.trim().is_empty() {
            wrong.push((name, Refusal::Missing { field: name }));
        } else if text.chars().count() > 100 {
            wrong.push((name, Refusal::TooLong { most: 100 }));
        }
    }
    let born = birth_date(typed);
    let is_past = born.is_some_and(|born| born <= from.caller.actor.now.utc_date());
    if wrong.iter().all(|(name, _)| !name.starts_with("birth")) && !is_past {
        wrong.push(("birth_day", Refusal::NoSuchDate));
    }
    let school = super::help::list_schools(app).await?.into_iter().find(|school| school.id.as_str() == typed.school);
    if school.is_none() && !typed.school.trim().is_empty() {
        wrong.push(("school", Refusal::NotListed));
    }
    Ok(match (born, school) {
        (Some(born), Some(school)) if wrong.is_empty() => Ok(Registrant {
            given_name: typed.given_name.clone(),
            family_name: typed.family_name.clone(),
            born: born.to_string(),
            school: school.id,
            civic_number: typed.civic_number.clone(),
        }),
        _ => Err(wrong),
    })
}

fn birth_date(typed: &Typed) -> Option<jiff::civil::Date> {
    let (day, month) = (typed.birth_day.trim().parse().ok()?, typed.birth_month.trim().parse().ok()?);
    jiff::civil::Date::new(typed.birth_year.trim().parse().ok()?, month, day).ok()
}

/// It does not agree: counted for the address and for the network, and where it is a contact without authority the school is
/// told, nobody else (row REG-19).
async fn not(
    app: &App,
    from: From<'_>,
    key: &str,
    without_authority: Option<(&PersonId, &EstablishmentId)>,
) -> Result<Asked, Fault> {
    let (by, now) = (from.caller.actor, from.caller.actor.now);
    let mut tx = app.db.begin().await?;
    if let Some(again_at) = count(app, &mut tx, from.caller).await? {
        // The count and its audit line stay, whatever is answered.
        tx.commit().await?;
        return Ok(Asked::Not(Refusal::TooManyTries { again_at }));
    }
    let count = throttles::fail(&mut tx, key, now, DAY).await?;
    if count.failures >= i64::from(app.config.policy.limits.registration_tries) {
        throttles::pause(&mut tx, key, now + DAY).await?;
    }
    if let Some((person_id, school_id)) = without_authority {
        audit::add(&mut tx, by, None, &Event::RegistrationRefused { person_id: person_id.clone() }).await?;
        warn(app, &mut tx, &from.portal.name, (person_id, school_id), now).await?;
    }
    tx.commit().await?;
    Ok(Asked::Not(Refusal::NotOnRoster))
}

async fn warn(
    app: &App,
    tx: &mut Tx,
    portal: &PortalName,
    (person_id, school_id): (&PersonId, &EstablishmentId),
    now: Instant,
) -> Result<(), Fault> {
    let schools = super::help::list_schools(app).await?;
    let school = schools.into_iter().find(|school| school.id == *school_id);
    let address = school.as_ref().and_then(|school| school.email.as_deref()).and_then(Email::parse);
    let (Some(school), Some(address), Some(person)) = (school, address, people::find(&app.db, person_id).await?) else {
        return Ok(());
    };
    let mail = Mail {
        to: Recipient::Address(address),
        portal: portal.clone(),
        language: "fr".to_owned(),
        register: "vous".to_owned(),
        account_id: None,
        kind: MailKind::School(SchoolMail {
            school: school.name,
            full_name: person.full_name(),
            identifier: String::new(),
            news: SchoolNews::RegistrationWithoutAuthority,
        }),
    };
    mail::owe(app, tx, &mail, now).await
}

/// The mail to the proven guardian: a link that finishes the registration, or that there is an account already (row REG-20).
/// The same request again is one mail.
async fn write(app: &App, from: From<'_>, email: &Email, id: &PersonId) -> Result<(), Fault> {
    let person = people::find(&app.db, id).await?.ok_or_else(|| Fault::new("a guardian left while registering"))?;
    let account_id = letters::prepare_one(app, from.caller.actor, &person, from.language).await?;
    let Some(holder) = Holder::find(app, &account_id).await? else { return Ok(()) };
    if holder.account.suspension.is_some() {
        return Ok(());
    }
    // To the address of the roster, not to what was typed: the two are compared without accents and case.
    owe_link(app, from, &holder, person.email.as_ref().unwrap_or(email)).await
}

async fn owe_link(app: &App, from: From<'_>, holder: &Holder, email: &Email) -> Result<(), Fault> {
    let (now, limits, id) = (from.caller.actor.now, app.config.policy.limits.mail, &holder.account.id);
    let key = format!("{}:{id}", key(app, "registration-mail", email));
    let just_before = throttles::find(&app.db, &key).await?.map(|count| count.last_at);
    if just_before.is_some_and(|at| now < at + limits.again_after) {
        return Ok(());
    }
    let mut tx = app.db.begin().await?;
    if throttles::fail(&mut tx, &key, now, HOUR).await?.failures > i64::from(limits.hourly) {
        return Ok(());
    }
    let base = portal_address(app, &from.portal.name);
    let news = if matches!(holder.account.credential, Credential::Own { .. }) {
        AccountNews::AlreadyRegistered {
            sign_in: format!("{base}/connexion"),
            forgotten: format!("{base}/mot-de-passe-oublie"),
        }
    } else {
        let (secret, until) = link(app, &mut tx, from, holder, email).await?;
        AccountNews::RegistrationLink { link: format!("{base}/creer-mon-compte/lien/{}", secret.reveal()), until }
    };
    let actor = Actor { account_id: None, ..from.caller.actor.clone() };
    audit::add(&mut tx, &actor, Some(id), &Event::RegistrationAsked).await?;
    owe(app, &mut tx, from, holder, email, news).await?;
    tx.commit().await?;
    Ok(())
}

async fn link(
    app: &App,
    tx: &mut Tx,
    from: From<'_>,
    holder: &Holder,
    email: &Email,
) -> Result<(Secret, Instant), Fault> {
    let (now, id) = (from.caller.actor.now, &holder.account.id);
    let secret = Secret::new(app.rng.id());
    let link = Link {
        digest: secret.digest(),
        purpose: LinkPurpose::Registration,
        account_id: id.clone(),
        email: email.clone(),
        portal: from.portal.name.clone(),
        browser: from.caller.browser.clone(),
        interaction_id: from.interaction_id.cloned(),
        created_at: now,
        expires_at: now + app.config.policy.lifetimes.activation_link,
        used_at: None,
        superseded_at: None,
    };
    links::supersede(tx, LinkPurpose::Registration, id, now).await?;
    links::add(tx, &link, app.config.policy.limits.mail.again_after).await?;
    Ok((secret, link.expires_at))
}

async fn owe(
    app: &App,
    tx: &mut Tx,
    from: From<'_>,
    holder: &Holder,
    to: &Email,
    news: AccountNews,
) -> Result<(), Fault> {
    let mail = Mail {
        to: Recipient::Address(to.clone()),
        portal: from.portal.name.clone(),
        language: from.language.to_owned(),
        register: "vous".to_owned(),
        account_id: Some(holder.account.id.clone()),
        kind: MailKind::Account(AccountMail {
            given_name: holder.person.given_name.clone(),
            identifier: holder.account.identifier.to_string(),
            news,
        }),
    };
    mail::owe(app, tx, &mail, from.caller.actor.now).await
}
