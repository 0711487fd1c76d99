//! A password that a person chooses, wherever they choose one: its rules, and everything that is wrong with it at once.

use crate::{
    app::App,
    crypto::{Class, QueueFull},
    domain::{AccountId, Fault, Network, Password, PasswordHash, PasswordRefused, Refusal, Rule},
    policy::{About, Portal, RuleList},
    store::{former_passwords, people},
};

use super::Holder;

/// The rules of a new password, for the list under its field.
#[must_use]
pub fn rules(portal: &Portal, holder: &Holder) -> RuleList {
    let names = [holder.person.given_name.as_str(), holder.person.family_name.as_str()];
    RuleList::new(portal.passwords.strictest(&holder.profiles), &names, holder.account.identifier.as_str())
}

/// The password, or everything that is wrong with it and its confirmation. The fields of a form that asks for one are
/// `new_password` and `confirmation`.
///
/// # Errors
/// The store did not answer.
pub async fn check(
    app: &App,
    portal: &Portal,
    holder: &Holder,
    typed: &str,
    confirmation: &str,
) -> Result<Result<Password, Vec<Refusal>>, Fault> {
    let password = match Password::typed(typed) {
        Ok(password) => password,
        Err(PasswordRefused::Empty) => return Ok(Err(vec![Refusal::Missing { field: "new_password" }])),
        Err(PasswordRefused::TooLong | PasswordRefused::Unfit) => return Ok(Err(vec![Refusal::PasswordUnfit])),
    };
    let mut refusals = Vec::new();
    let broken = broken(app, portal, holder, &password).await?;
    if !broken.is_empty() {
        refusals.push(Refusal::BrokenRules(broken));
    }
    if confirmation.is_empty() {
        refusals.push(Refusal::Missing { field: "confirmation" });
    } else if Password::typed(confirmation).as_ref() != Ok(&password) {
        refusals.push(Refusal::NotSame);
    }
    Ok(if refusals.is_empty() { Ok(password) } else { Err(refusals) })
}

/// Why a fit password is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotHashed {
    /// It is one of the last three.
    Former,
    /// Too many wait for a hash.
    Busy,
}

impl From<QueueFull> for NotHashed {
    fn from(QueueFull: QueueFull) -> Self {
        Self::Busy
    }
}

/// The hash of a chosen password, unless it is one of the two before the one in force (row POL-09). It comes last, for a
/// password that keeps every other rule: two hashes at the most go before its own.
///
/// # Errors
/// The store or the pool did not answer.
pub async fn hash(
    app: &App,
    network: &Network,
    account_id: &AccountId,
    password: &Password,
) -> Result<Result<PasswordHash, NotHashed>, Fault> {
    for former in former_passwords::list(&app.db, account_id).await? {
        let Ok(verdict) = app.hasher.verify(network, Some(&former), password) else { return Ok(Err(NotHashed::Busy)) };
        if verdict.await?.matches {
            return Ok(Err(NotHashed::Former));
        }
    }
    Ok(match app.hasher.hash(Class::Person(network.clone()), password) {
        Ok(hashing) => Ok(hashing.await?),
        Err(full) => Err(full.into()),
    })
}

/// The rules that a password breaks; the names of the person, of the schools and of the towns count.
async fn broken(app: &App, portal: &Portal, holder: &Holder, password: &Password) -> Result<Vec<Rule>, Fault> {
    let schools = people::list_schools(&app.db, &holder.person.id).await?;
    let names: Vec<&str> = schools.iter().map(|(name, _)| name.as_str()).collect();
    let towns: Vec<&str> = schools.iter().map(|(_, town)| town.as_str()).collect();
    let about = About {
        names: &[holder.person.given_name.as_str(), holder.person.family_name.as_str()],
        identifier: holder.account.identifier.as_str(),
        schools: &names,
        towns: &towns,
    };
    Ok(portal.passwords.strictest(&holder.profiles).broken_by(password, &about))
}
