//! People who hold a letter in their hand, and what they find in their mailbox.

use preau::{
    domain::{AccountChange, AccountState, Credential, Establishment, Function, PortalName, Profile},
    letters::{self, NotMade},
    store::{accounts, roster},
};

use crate::{
    browser::Browser,
    people::{Someone, Who, school},
    post::Arrived,
    world::World,
};

/// A password that every preset takes.
pub const CHOSEN: &str = "cerisier 41 Lanterne";

impl World {
    /// A parent who has not activated yet; the password is the letter's.
    pub async fn parent_with_letter(&self, name: &str) -> Someone {
        self.holds_letter(name, &[(Profile::Parent, None)]).await
    }

    /// Somebody who has not activated yet; the password is the letter's.
    pub async fn holds_letter(&self, name: &str, places: &[(Profile, Option<Function>)]) -> Someone {
        let someone = self.enrols(Who::named(name, places)).await;
        let mut account = accounts::find(self.db(), &someone.account_id).await.unwrap().expect("an account");
        (account.credential, account.email) = (Credential::None, None);
        self.changes(AccountChange::Overwritten { account: Box::new(account) }).await;
        let password = self.prints_letter(&someone, "default").await.expect("a letter");
        Someone { password, ..someone }
    }

    /// One more letter for somebody: its provisional password.
    pub async fn prints_letter(&self, someone: &Someone, portal: &str) -> Result<String, NotMade> {
        let portals = &self.app().config.policy.portals;
        let portal = portals.find(&PortalName::new(portal)).expect("a portal");
        let made = letters::make(self.app(), &self.operator(), portal, &someone.account_id).await.unwrap()?;
        assert_eq!(made.identifier.as_str(), someone.identifier);
        Ok(made.provisional.reveal().to_owned())
    }

    /// The state of somebody's account.
    pub async fn state(&self, someone: &Someone) -> AccountState {
        accounts::find(self.db(), &someone.account_id).await.unwrap().expect("an account").state()
    }

    /// Changes everybody's school.
    pub async fn changes_school(&self, change: impl FnOnce(&mut Establishment)) {
        let mut school = school();
        change(&mut school);
        let mut tx = self.db().begin().await.unwrap();
        roster::put_establishment(&mut tx, &school).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// What the audit trail says of somebody since their letter was made.
    pub async fn audit_since_letter(&self, someone: &Someone) -> Vec<String> {
        let all = self.audit(someone).await;
        let from = all.iter().rposition(|event| event == "letter_made").expect("a letter");
        all[from + 1..].to_vec()
    }
}

impl Browser {
    /// Comes with a letter to the activation page.
    pub async fn comes_with_letter(&mut self, someone: &Someone) -> &mut Self {
        self.signs_in(someone).await;
        assert_eq!(self.page().data_page(), "activation", "{}", self.page().text());
        self
    }

    /// Chooses a password and gives an address.
    pub async fn chooses(&mut self, password: &str, email: &str) -> &mut Self {
        self.submits([("new_password", password), ("confirmation", password), ("email", email)]).await
    }
}

impl Arrived {
    /// The link in it.
    pub fn link(&self) -> String {
        let text = self.text();
        let line = text.lines().find(|line| line.contains("/lien/"));
        line.unwrap_or_else(|| panic!("no link in {text}")).trim().to_owned()
    }
}
