//! The first administrator, made by an operator: nobody is there yet who could print a letter.

use serde_json::Map;

use crate::{
    crypto::{Class, Hasher, Rng},
    domain::{
        Account, AccountChange, AccountId, Actor, Affiliation, Credential, Email, Establishment, EstablishmentId,
        EstablishmentKind, Fault, Function, Identifier, Password, Person, PersonId, Presence, Profile,
    },
    policy::{About, PasswordPreset, Portal},
    store::{Db, accounts, roster},
};

/// No letter that is taken for another, no vowel to make a word of: 4.7 bits each.
const ALPHABET: &str = "23456789bcdfghjkmnpqrstvwxz";
const GROUPS: usize = 4;
const GROUP: usize = 5;

/// Who is to be made.
#[derive(Clone, Debug)]
pub struct NewAdministrator {
    /// The login name.
    pub identifier: Identifier,
    /// Given name; may be empty.
    pub given_name: String,
    /// Family name.
    pub family_name: String,
    /// Where mails go.
    pub email: Option<Email>,
    /// The password, which is theirs at once.
    pub password: Password,
}

/// What making one takes.
#[derive(Clone, Copy)]
pub struct Tools<'a> {
    /// The store.
    pub db: &'a Db,
    /// The hashing pool.
    pub hasher: &'a Hasher,
    /// Chance.
    pub rng: &'a Rng,
    /// The portal whose network they look after.
    pub portal: &'a Portal,
}

/// A password that an administrator may be given: 20 signs in groups of five, 94 bits.
///
/// # Errors
/// None that happens: what is made is no password at all.
pub fn made_up_password(rng: &Rng) -> Result<Password, Fault> {
    let groups: Vec<String> = (0..GROUPS).map(|_| rng.code(ALPHABET, GROUP)).collect();
    Password::typed(&groups.join("-")).map_err(|_| Fault::new("no password could be made"))
}

/// Makes a person and an account that works at once, as staff of the network itself (`Establishment` of kind `Authority`).
///
/// # Errors
/// The identifier is taken or empty, the password is too weak for staff, or the store did not answer.
pub async fn create(tools: Tools<'_>, by: &Actor, new: NewAdministrator) -> Result<AccountId, Fault> {
    let taken =
        || Fault::new(format!("there is an account {} already", new.identifier)).remedy("choose another identifier");
    if new.identifier.folded().is_empty() {
        return Err(Fault::new("the identifier is empty").remedy("write preau admin create prenom.nom"));
    }
    refuse_weak(&new)?;
    if accounts::find_by_identifier(tools.db, &new.identifier).await?.is_some() {
        return Err(taken());
    }
    let full = |_| Fault::new("the hashing queue is full").remedy("raise `hashing.queue`, or try again");
    let hash = tools.hasher.hash(Class::Bulk, &new.password).map_err(full)?.await?;
    let (person, network) = (person(&tools, &new), network(tools.portal));
    let place = Affiliation {
        person_id: person.id.clone(),
        profile: Profile::LocalAuthorityStaff,
        establishment_id: network.id.clone(),
        function: Some(Function::LocalAuthority),
    };
    let account = Account {
        id: AccountId::new(tools.rng.id()),
        person_id: person.id.clone(),
        identifier: new.identifier.clone(),
        email: new.email.clone(),
        credential: Credential::Own { password: hash },
        suspension: None,
        presence: Presence::OnRoster,
        language: "fr".into(),
        valid_since: by.now,
    };
    let id = account.id.clone();
    let mut tx = tools.db.begin().await?;
    roster::put_establishment(&mut tx, &network).await?;
    roster::put_person(&mut tx, &person, &Map::new(), by.now).await?;
    roster::put_affiliation(&mut tx, &place).await?;
    accounts::apply(&mut tx, by, AccountChange::Created { account: Box::new(account) }).await?;
    tx.commit().await?;
    Ok(id)
}

/// Whoever looks after everybody's accounts has a password for staff, whatever a portal asks of others.
fn refuse_weak(new: &NewAdministrator) -> Result<(), Fault> {
    let names = [new.given_name.as_str(), new.family_name.as_str()];
    let about = About { names: &names, identifier: new.identifier.as_str(), ..About::default() };
    if PasswordPreset::Cnil80.broken_by(&new.password, &about).is_empty() {
        return Ok(());
    }
    Err(Fault::new("the password is too weak for an administrator").remedy(
        "80 bits at least (14 characters with a capital and a digit, or 18 small letters), without the names and the \
         identifier, and none that is guessed first; or leave it out, and one is made",
    ))
}

fn person(tools: &Tools<'_>, new: &NewAdministrator) -> Person {
    Person {
        id: PersonId::new(tools.rng.id()),
        family_name: new.family_name.clone(),
        given_name: new.given_name.clone(),
        birth_date: None,
        email: new.email.clone(),
        phone: None,
        civic_number: None,
        join_key: None,
        pupil_number: None,
    }
}

/// The network as the place where its administrators work; always the same row.
fn network(portal: &Portal) -> Establishment {
    let look = &portal.look;
    let name = if look.network.is_empty() { &look.title } else { &look.network };
    Establishment {
        id: EstablishmentId::new("network"),
        code: "NETWORK".into(),
        name: name.clone(),
        kind: EstablishmentKind::Authority,
        town: String::new(),
        authority: name.clone(),
        country: portal.country.clone(),
        time_zone: portal.time_zone.clone(),
        email: None,
        phone: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_that_is_made_up_is_strong_enough_for_staff() {
        let rng = Rng::seeded(3);
        for _ in 0..200 {
            let password = made_up_password(&rng).expect("a password");
            assert_eq!(password.reveal().len(), 23);
            assert_eq!(PasswordPreset::Cnil80.broken_by(&password, &About::default()), []);
        }
    }
}
