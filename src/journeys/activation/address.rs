//! The address that waits for its confirmation: whether it may be, its correction, its mail.

use crate::{
    app::App,
    domain::{
        AccountChange, ActivationProof, Digest, Email, EmailDoubt, Fault, Instant, InteractionId, Link, LinkPurpose,
        Mail, MailKind, Outcome, PortalName, Profile, Recipient, Refusal, Secret,
    },
    mail,
    policy::{Portal, is_plain, mistyped},
    power_cut,
    store::{Tx, accounts, links, people},
};

use super::{
    super::{portal_address, portal_of},
    Caller, Going, Holder, Stage, look,
};

/// What the person wants of the mail.
#[derive(Clone, Copy, Debug)]
pub enum Wish<'a> {
    /// The same again.
    Again,
    /// The address in doubt is theirs.
    Mine,
    /// The well-known domain was meant.
    Meant,
    /// Another address.
    Correct(&'a str),
}

/// Sends the mail again, or to another address. What is over the limits sends nothing and says nothing (design §4).
///
/// # Errors
/// The store did not answer.
pub async fn write_to(app: &App, caller: Caller<'_>, id: &str, wish: Wish<'_>) -> Outcome<()> {
    let Some(Going { proof, holder, stage }) = look(app, caller, id).await? else { return Ok(Ok(())) };
    let portal = portal_of(app, &proof.portal);
    let (before, doubt) = match stage {
        Stage::Mail { email, .. } => (email, None),
        Stage::Doubt(email, doubt) => (email, Some(doubt)),
        Stage::Choose | Stage::Done | Stage::Elsewhere(_) => return Ok(Ok(())),
    };
    let wanted = match (wish, &doubt) {
        (Wish::Correct(typed), _) => match read(app, portal, &holder, typed).await? {
            Ok(email) => email,
            Err(refusal) => return Ok(Err(refusal)),
        },
        (Wish::Meant, Some(EmailDoubt::Mistyped { domain })) => with_domain(&before, domain),
        (Wish::Again, Some(_)) => return Ok(Ok(())),
        _ => before.clone(),
    };
    let is_new = wanted != before;
    if !is_new && matches!(wish, Wish::Correct(_)) && doubt.is_some() {
        return Ok(Ok(()));
    }
    let asks_first = is_new && self::doubt(app, portal, &holder, &wanted).await?.is_some();
    let mut tx = app.db.begin().await?;
    if is_new {
        let change = AccountChange::AddressCorrected { id: holder.account.id.clone(), email: wanted.clone() };
        if !accounts::apply(&mut tx, caller.actor, change).await? {
            return Ok(Ok(()));
        }
    }
    if !asks_first {
        let asked = Asked::by(&proof, &holder.account.language);
        send(app, &mut tx, &holder, (&wanted, &asked), caller.actor.now).await?;
    }
    tx.commit().await?;
    power_cut::at("address-corrected");
    Ok(Ok(()))
}

fn with_domain(email: &Email, domain: &str) -> Email {
    let local = email.as_str().rsplit_once('@').map_or(email.as_str(), |(local, _)| local);
    Email::parse(&format!("{local}@{domain}")).unwrap_or_else(|| email.clone())
}

/// An address that this person may give at this portal.
pub(in crate::journeys) async fn read(app: &App, portal: &Portal, holder: &Holder, typed: &str) -> Outcome<Email> {
    if typed.trim().is_empty() {
        return Ok(Err(Refusal::Missing { field: "email" }));
    }
    let Some(email) = Email::parse(typed).filter(is_plain) else { return Ok(Err(Refusal::EmailUnfit)) };
    if portal.activation.bars_doubtful_email
        && let Some(doubt) = another_s(app, portal, holder, &email).await?
    {
        return Ok(Err(Refusal::EmailBarred(doubt)));
    }
    Ok(Ok(email))
}

/// Why an address is perhaps not the person's own.
pub(in crate::journeys) async fn doubt(
    app: &App,
    portal: &Portal,
    holder: &Holder,
    email: &Email,
) -> Result<Option<EmailDoubt>, Fault> {
    if let Some(doubt) = another_s(app, portal, holder, email).await? {
        return Ok(Some(doubt));
    }
    Ok(mistyped(email).map(|domain| EmailDoubt::Mistyped { domain: domain.to_owned() }))
}

/// Whether a parent gave a child's or the school's address (row ACT-16).
async fn another_s(app: &App, portal: &Portal, holder: &Holder, email: &Email) -> Result<Option<EmailDoubt>, Fault> {
    if !holder.profiles.contains(&Profile::Parent) {
        return Ok(None);
    }
    let (children, schools) = people::list_addresses_around(&app.db, &holder.person.id).await?;
    let is_it = |other: &Email| other.folded() == email.folded();
    let domain = email.as_str().rsplit_once('@').map_or("", |(_, domain)| domain);
    // A teacher who is a parent may well use the school's address.
    let works_there = holder.profiles.iter().any(|profile| profile.is_staff());
    let is_school_s = portal.activation.school_domains.iter().any(|known| known == domain) || schools.iter().any(is_it);
    Ok(if children.iter().any(is_it) {
        Some(EmailDoubt::Child)
    } else if is_school_s && !works_there {
        Some(EmailDoubt::School)
    } else {
        None
    })
}

/// Who asks for a link, from where.
pub(super) struct Asked<'a> {
    pub portal: &'a PortalName,
    pub browser: &'a Digest,
    pub interaction_id: Option<&'a InteractionId>,
    pub language: &'a str,
}

impl<'a> Asked<'a> {
    pub(super) const fn by(proof: &'a ActivationProof, language: &'a str) -> Self {
        Self { portal: &proof.portal, browser: &proof.browser, interaction_id: proof.interaction_id.as_ref(), language }
    }
}

/// Links of one account in an hour, whatever the addresses: nobody's mailbox is filled by somebody else's letter.
const HOURLY_OF_ACCOUNT: i64 = 10;

/// Owes the mail with a fresh link, unless the same was asked for just now or too often.
pub(super) async fn send(
    app: &App,
    tx: &mut Tx,
    holder: &Holder,
    (email, asked): (&Email, &Asked<'_>),
    now: Instant,
) -> Result<(), Fault> {
    let (limits, hour) = (&app.config.policy.limits.mail, std::time::Duration::from_hours(1));
    if links::was_sent(tx, LinkPurpose::Activation, (&holder.account.id, email), now - limits.again_after).await?
        || links::count_to(tx, LinkPurpose::Activation, email, now - hour).await? >= i64::from(limits.hourly)
        || links::count_of(tx, LinkPurpose::Activation, &holder.account.id, now - hour).await? >= HOURLY_OF_ACCOUNT
    {
        return Ok(());
    }
    // 128 bits are enough for a link of a few days, and leave it short.
    let secret = Secret::new(app.rng.id());
    let link = Link {
        digest: secret.digest(),
        purpose: LinkPurpose::Activation,
        account_id: holder.account.id.clone(),
        email: email.clone(),
        portal: asked.portal.clone(),
        browser: asked.browser.clone(),
        interaction_id: asked.interaction_id.cloned(),
        created_at: now,
        expires_at: now + app.config.policy.lifetimes.activation_link,
        used_at: None,
        superseded_at: None,
    };
    if !links::add(tx, &link, limits.again_after).await? {
        return Ok(());
    }
    let mail = Mail {
        to: Recipient::Address(email.clone()),
        portal: asked.portal.clone(),
        language: asked.language.to_owned(),
        register: if holder.is_pupil() { "tu" } else { "vous" }.to_owned(),
        account_id: Some(holder.account.id.clone()),
        kind: MailKind::ConfirmAddress {
            given_name: holder.person.given_name.clone(),
            full_name: holder.person.full_name(),
            identifier: holder.account.identifier.to_string(),
            link: format!("{}/activation/lien/{}", portal_address(app, asked.portal), secret.reveal()),
            until: link.expires_at,
        },
    };
    mail::owe(app, tx, &mail, now).await
}
