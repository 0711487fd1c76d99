//! From the letter's password to the operational account: a password of one's own, an address, its confirmation.
//!
//! Where somebody stands is read from the account, never from what the browser says it did: so that one can stop at any
//! step, go on elsewhere, and do nothing twice.

pub(super) mod address;
mod link;
mod password;

use crate::{
    app::App,
    domain::{ActivationProof, Credential, Digest, Email, EmailDoubt, Fault, Instant, LinkPurpose, Refusal},
    store::{activations, links},
};

pub use address::{Wish, write_to};
pub use link::{Found, ask_again, confirm, look_at_link};
pub use password::{Choice, Chosen, choose};

use super::{Caller, Holder, portal_of};

/// An activation that a browser may go on with.
#[derive(Clone, Debug)]
pub struct Going {
    /// The right to.
    pub proof: ActivationProof,
    /// Whose it is.
    pub holder: Holder,
    /// Where it stands.
    pub stage: Stage,
}

/// Where an activation stands.
#[derive(Clone, Debug)]
pub enum Stage {
    /// A password is to be chosen, and an address given.
    Choose,
    /// The address looks as if it were another's or mistyped: nothing is sent before the person says.
    Doubt(Email, EmailDoubt),
    /// The mail is on its way.
    Mail {
        /// Where to.
        email: Email,
        /// Until when its link confirms; none where none was sent.
        until: Option<Instant>,
    },
    /// It is done.
    Done,
    /// Another browser was first (row ACT-19).
    Elsewhere(Refusal),
}

/// The activation of that proof, if this browser may go on with it.
///
/// # Errors
/// The store did not answer.
pub async fn look(app: &App, caller: Caller<'_>, id: &str) -> Result<Option<Going>, Fault> {
    let Some(proof) = activations::find(&app.db, id, caller.browser, caller.actor.now).await? else { return Ok(None) };
    let Some(holder) = Holder::find(app, &proof.account_id).await? else { return Ok(None) };
    let stage = match (&holder.account.credential, &proof.letter) {
        (Credential::Letter { provisional, .. }, Some(proven))
            if proven.letter == Digest::of(provisional.as_str().as_bytes()) =>
        {
            Stage::Choose
        }
        // Nothing was begun, or a newer letter was made since.
        (Credential::None | Credential::Letter { .. }, _) => return Ok(None),
        (Credential::Confirming { email, .. }, None) => waiting(app, &proof, &holder, email.clone()).await?,
        (Credential::Confirming { .. }, Some(_)) => Stage::Elsewhere(Refusal::LetterBegun),
        (Credential::Own { .. }, None) => Stage::Done,
        (Credential::Own { .. }, Some(_)) => Stage::Elsewhere(Refusal::LetterUsed),
    };
    Ok(Some(Going { proof, holder, stage }))
}

/// Gives somebody who waits for a mail more time in this browser.
///
/// # Errors
/// The store did not answer.
pub async fn stay(app: &App, going: &Going, now: Instant) -> Result<(), Fault> {
    let until = now + app.config.policy.lifetimes.activation_proof;
    Ok(activations::renew(&app.db, &going.proof.id, until).await?)
}

async fn waiting(app: &App, proof: &ActivationProof, holder: &Holder, email: Email) -> Result<Stage, Fault> {
    let link = links::find_last(&app.db, LinkPurpose::Activation, &holder.account.id)
        .await?
        .filter(|link| link.email == email);
    if let Some(link) = link {
        return Ok(Stage::Mail { email, until: Some(link.expires_at) });
    }
    let portal = portal_of(app, &proof.portal);
    Ok(match address::doubt(app, portal, holder, &email).await? {
        Some(doubt) => Stage::Doubt(email, doubt),
        None => Stage::Mail { email, until: None },
    })
}
