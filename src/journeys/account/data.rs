//! Services that somebody signs in to, and everything that is kept of them (row ACC-17).

use serde_json::{Value, json};

use crate::{
    app::App,
    domain::{CasService, Claim, Event, Facts, Fault, Instant, RelyingPartyId, SchoolNews},
    store::{audit, consents, grants, notifications, people, secret_questions, uses},
};

use super::{
    super::charter,
    Me,
    school::{self, Asked},
};

/// A service that an account is known to.
#[derive(Clone, Debug)]
pub struct Service {
    /// Its id.
    pub id: RelyingPartyId,
    /// Its name; its id where it is not registered any more.
    pub name: String,
    /// When somebody signed in there last, as far as that is known.
    pub last_at: Option<Instant>,
    /// What it receives.
    pub claims: Vec<Claim>,
    /// When the person agreed to it, where that was asked.
    pub agreed_at: Option<Instant>,
}

/// The services that the holder signed in to or agreed with, the last used first.
///
/// # Errors
/// The store did not answer.
pub async fn services(app: &App, me: Me<'_>) -> Result<Vec<Service>, Fault> {
    let id = &me.holder.account.id;
    let (used, agreed) = (uses::list(&app.db, id).await?, consents::list(&app.db, id).await?);
    let registered = app.services.load();
    let mut ids: Vec<RelyingPartyId> = used.iter().map(|(id, _)| id.clone()).collect();
    ids.extend(agreed.iter().map(|(id, ..)| id.clone()).filter(|id| used.iter().all(|(known, _)| known != id)));
    Ok(ids
        .into_iter()
        .map(|id| {
            let party = registered.find(&id);
            let agreement = agreed.iter().find(|(known, ..)| *known == id);
            let released = party.map(|party| {
                let oidc = party.oidc.iter().flat_map(|client| client.release.0.iter().copied());
                oidc.chain(party.cas.iter().flat_map(CasService::claims)).collect()
            });
            Service {
                name: party.map_or_else(|| id.to_string(), |party| party.name.clone()),
                last_at: used.iter().find(|(known, _)| *known == id).map(|(_, at)| *at),
                claims: match agreement {
                    Some((_, claims, _)) => claims.clone(),
                    None => released.unwrap_or_default(),
                },
                agreed_at: agreement.map(|(.., at)| *at),
                id,
            }
        })
        .collect())
}

/// Takes an agreement back: what the service was granted ends with it.
///
/// # Errors
/// The store did not answer.
pub async fn withdraw(app: &App, me: Me<'_>, service: &RelyingPartyId) -> Result<bool, Fault> {
    let (id, now) = (&me.holder.account.id, me.visitor.actor.now);
    let mut tx = app.db.begin().await?;
    if !consents::withdraw(&mut tx, id, service).await? {
        return Ok(false);
    }
    grants::revoke_at(&mut tx, id, service, now).await?;
    let event = Event::ConsentWithdrawn { relying_party_id: service.clone() };
    audit::add(&mut tx, &me.actor(), Some(id), &event).await?;
    tx.commit().await?;
    Ok(true)
}

/// A word to the schools about what is wrong in the roster.
///
/// # Errors
/// The store did not answer.
pub async fn ask_for_correction(app: &App, me: Me<'_>, message: &str) -> Result<Asked, Fault> {
    school::ask(app, me, "correction", message, |message| SchoolNews::Correction { message }).await
}

/// Everything that is kept of the holder, as one JSON document. No hash, digest or secret is in it.
///
/// # Errors
/// The store did not answer.
pub async fn export(app: &App, me: Me<'_>) -> Result<Value, Fault> {
    let account = &me.holder.account;
    let facts = people::find_facts(&app.db, &account.id).await?;
    let facts = facts.ok_or_else(|| Fault::new("an account lost its person while its data was read"))?;
    let sessions = uses::list_sessions(&app.db, &account.id).await?;
    let history = audit::list(&app.db, &account.id).await?;
    let services = services(app, me).await?;
    let notifications = notifications::find(&app.db, &account.id).await?;
    let question = secret_questions::find(&app.db, &account.id).await?;
    let charters = charter::list(app, &account.id, me.visitor.actor.now).await?;
    Ok(json!({
        "exported_at": me.visitor.actor.now.rfc_3339(),
        "issuer": app.config.issuer(),
        "account": {
            "identifier": account.identifier,
            "email": account.email,
            "state": account.state(),
            "notifications": notifications.map(|kept| kept.email),
            "secret_question": question.map(|kept| json!({ "question": kept.question, "set_at": kept.set_at.rfc_3339() })),
            "language": account.language,
            "valid_since": account.valid_since.rfc_3339(),
        },
        "person": person(&facts),
        "affiliations": facts.affiliations.iter().map(|(profile, function, school)| json!({
            "profile": profile.name(), "function": function, "school": school.name, "code": school.code,
        })).collect::<Vec<_>>(),
        "classes": facts.classes.iter().map(|class| json!({
            "name": class.name, "level": class.level, "role": class.role,
        })).collect::<Vec<_>>(),
        "children": facts.children.iter().map(|child| json!({
            "name": format!("{} {}", child.given_name, child.family_name).trim(),
            "class": child.class,
            "school": child.school,
        })).collect::<Vec<_>>(),
        "sessions": sessions.iter().map(|session| json!({
            "device": session.device,
            "opened_at": session.created_at.rfc_3339(),
            "seen_at": session.seen_at.rfc_3339(),
            "ends_at": session.expires_at.rfc_3339(),
        })).collect::<Vec<_>>(),
        "services": services.iter().map(|service| json!({
            "id": service.id,
            "name": service.name,
            "last_at": service.last_at.map(Instant::rfc_3339),
            "receives": service.claims.iter().map(|claim| claim.name()).collect::<Vec<_>>(),
            "agreed_at": service.agreed_at.map(Instant::rfc_3339),
        })).collect::<Vec<_>>(),
        "charters": charters.iter().filter_map(signed).collect::<Vec<_>>(),
        "history": history.iter().map(|line| json!({
            "at": line.at.rfc_3339(),
            "event": line.event,
            "data": line.data,
        })).collect::<Vec<_>>(),
    }))
}

/// What was signed of a charter; none where nothing was.
fn signed(known: &charter::Known) -> Option<Value> {
    let (charter, signature) = (&known.charter, known.signature.as_ref()?);
    Some(json!({
        "id": charter.id,
        "title": charter.title.read_in("fr").0,
        "version": charter.version,
        "accepted_at": signature.accepted_at.map(Instant::rfc_3339),
        "language": signature.language,
        "guardian_at": signature.guardian_at.map(Instant::rfc_3339),
    }))
}

/// What the roster says of the person.
fn person(facts: &Facts) -> Value {
    json!({
        "given_name": facts.person.given_name,
        "family_name": facts.person.family_name,
        "birth_date": facts.person.birth_date,
        "email": facts.person.email,
        "phone": facts.person.phone,
        "civic_number": facts.person.civic_number,
        "join_key": facts.person.join_key,
        "pupil_number": facts.person.pupil_number,
        "details": facts.details,
    })
}
