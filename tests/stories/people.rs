//! People on the roster, with accounts that work.

use preau::{
    crypto::Class,
    domain::{
        Account, AccountChange, AccountId, Affiliation, Credential, Email, Establishment, EstablishmentId,
        EstablishmentKind, Function, Guardianship, Identifier, Password, PasswordHash, Person, PersonId, Presence,
        Profile, Standing, fold_name,
    },
    store::{accounts, roster},
};

use crate::{browser::Browser, world::World};

/// Somebody with an account, as their friends know them.
#[derive(Clone, Debug)]
pub struct Someone {
    /// Given name and family name.
    pub name: String,
    /// The login name.
    pub identifier: String,
    /// The password.
    pub password: String,
    /// The confirmed address.
    pub email: String,
    /// The account.
    pub account_id: AccountId,
    /// The person.
    pub person_id: PersonId,
}

/// Who somebody is to be.
#[derive(Clone, Debug)]
pub struct Who<'a> {
    /// Given name, then family name.
    pub name: &'a str,
    /// As what, and with which function.
    pub places: &'a [(Profile, Option<Function>)],
    /// The login name; made of the name where there is none.
    pub identifier: Option<&'a str>,
    /// The hash to keep; of the password under the server's parameters where there is none.
    pub hash: Option<PasswordHash>,
    /// Whether the roster still knows them.
    pub presence: Presence,
}

impl<'a> Who<'a> {
    /// Somebody of that name and profile.
    pub const fn named(name: &'a str, places: &'a [(Profile, Option<Function>)]) -> Self {
        Self { name, places, identifier: None, hash: None, presence: Presence::OnRoster }
    }
}

impl World {
    /// A parent without children yet.
    pub async fn parent(&self, name: &str) -> Someone {
        self.enrols(Who::named(name, &[(Profile::Parent, None)])).await
    }

    /// A pupil.
    pub async fn pupil(&self, name: &str) -> Someone {
        self.enrols(Who::named(name, &[(Profile::Pupil, None)])).await
    }

    /// A teacher.
    pub async fn teacher(&self, name: &str) -> Someone {
        self.enrols(Who::named(name, &[(Profile::NationalStaff, Some(Function::Teacher))])).await
    }

    /// Somebody with an account of their own and a password: `lune de` and their name.
    pub async fn enrols(&self, who: Who<'_>) -> Someone {
        let (given_name, family_name) = who.name.split_once(' ').unwrap_or(("", who.name));
        let email = format!("{}@example.org", fold_name(who.name));
        let login = who
            .identifier
            .map_or_else(|| format!("{}.{}", fold_name(given_name), fold_name(family_name)), str::to_owned);
        let password = format!("lune de {}", who.name);
        let (person_id, account_id) = (PersonId::new(self.app().rng.id()), AccountId::new(self.app().rng.id()));
        let person = Person {
            id: person_id.clone(),
            family_name: family_name.into(),
            given_name: given_name.into(),
            birth_date: None,
            email: Email::parse(&email),
            phone: None,
            civic_number: None,
            join_key: None,
            pupil_number: None,
        };
        let hash = match who.hash {
            Some(hash) => hash,
            None => self.hash(&password).await,
        };
        let account = Account {
            id: account_id.clone(),
            person_id: person_id.clone(),
            identifier: Identifier::new(&login),
            email: Email::parse(&email),
            credential: Credential::Own { password: hash },
            suspension: None,
            presence: who.presence,
            language: "fr".into(),
            valid_since: self.clock.now(),
        };
        let school = school();
        let mut tx = self.db().begin().await.unwrap();
        roster::put_establishment(&mut tx, &school).await.unwrap();
        roster::put_person(&mut tx, &person, &serde_json::Map::new(), self.clock.now()).await.unwrap();
        for (profile, function) in who.places {
            let establishment_id = school.id.clone();
            let place =
                Affiliation { person_id: person_id.clone(), profile: *profile, establishment_id, function: *function };
            roster::put_affiliation(&mut tx, &place).await.unwrap();
        }
        let created = AccountChange::Created { account: Box::new(account) };
        accounts::apply(&mut tx, &self.operator(), created).await.unwrap();
        tx.commit().await.unwrap();
        Someone { name: who.name.into(), identifier: login, password, email, account_id, person_id }
    }

    /// Makes an adult the legal guardian of a pupil.
    pub async fn gives_child(&self, adult: &Someone, pupil: &Someone) {
        self.gives_child_as(adult, pupil, Standing::Legal).await;
    }

    /// The same with another standing before the law.
    pub async fn gives_child_as(&self, adult: &Someone, pupil: &Someone, standing: Standing) {
        let bond = Guardianship { guardian_id: adult.person_id.clone(), pupil_id: pupil.person_id.clone(), standing };
        let mut tx = self.db().begin().await.unwrap();
        roster::put_guardianship(&mut tx, &bond).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Changes an account as an operator would.
    pub async fn changes(&self, change: AccountChange) {
        let mut tx = self.db().begin().await.unwrap();
        assert!(accounts::apply(&mut tx, &self.operator(), change).await.unwrap(), "something changed");
        tx.commit().await.unwrap();
    }

    /// The school blocks an account.
    pub async fn suspends(&self, someone: &Someone) {
        self.changes(AccountChange::Suspended { id: someone.account_id.clone(), reason: "une raison".into() }).await;
    }

    /// Somebody is on the roster, leaves it, or has left.
    pub async fn makes(&self, someone: &Someone, presence: Presence) {
        self.rewrites(someone, |account| account.presence = presence).await;
    }

    /// Somebody's account is otherwise.
    pub async fn rewrites(&self, someone: &Someone, change: impl FnOnce(&mut Account)) {
        let mut account = accounts::find(self.db(), &someone.account_id).await.unwrap().expect("an account");
        change(&mut account);
        self.changes(AccountChange::Overwritten { account: Box::new(account) }).await;
    }

    /// A password under the server's parameters.
    pub async fn hash(&self, password: &str) -> PasswordHash {
        let password = Password::typed(password).expect("a password");
        self.app().hasher.hash(Class::Bulk, &password).expect("a place").await.expect("a hash")
    }
}

impl Browser {
    /// Signs in on the page on the screen, or on the portal's own where none is open.
    pub async fn signs_in(&mut self, as_whom: &Someone) -> &mut Self {
        self.tries(&as_whom.identifier, &as_whom.password).await
    }

    /// Tries an identifier and a password on the page on the screen, or on the portal's own.
    pub async fn tries(&mut self, identifier: &str, password: &str) -> &mut Self {
        if !self.shows("sign-in") {
            self.opens("/connexion").await;
        }
        self.submits([("identifier", identifier), ("password", password)]).await
    }
}

/// Everybody’s school.
pub fn school() -> Establishment {
    Establishment {
        id: EstablishmentId::new("college"),
        code: "0590001A".into(),
        name: "Collège Jean-Moulin".into(),
        kind: EstablishmentKind::LowerSecondary,
        town: "Villeneuve".into(),
        authority: "Académie de Lille".into(),
        country: "FR".into(),
        time_zone: "Europe/Paris".into(),
        email: None,
        phone: None,
    }
}
