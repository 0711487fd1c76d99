//! Whose journey it is: an account with its person.

use crate::{
    app::App,
    domain::{Account, AccountId, Fault, Person, Profile},
    policy::{Portal, PupilEmail},
    store::{accounts, people},
};

/// Whose journey it is.
#[derive(Clone, Debug)]
pub struct Holder {
    /// The account.
    pub account: Account,
    /// Its person.
    pub person: Person,
    /// What the person is.
    pub profiles: Vec<Profile>,
}

impl Holder {
    /// The holder of an account; none where it is gone or archived.
    ///
    /// # Errors
    /// The store did not answer.
    pub async fn find(app: &App, id: &AccountId) -> Result<Option<Self>, Fault> {
        let account = accounts::find(&app.db, id).await?.filter(|account| !account.is_archived());
        let Some(account) = account else { return Ok(None) };
        let Some(person) = people::find(&app.db, &account.person_id).await? else { return Ok(None) };
        let profiles = people::list_profiles(&app.db, &person.id).await?;
        Ok(Some(Self { account, person, profiles }))
    }

    /// Whether they are addressed as pupils.
    #[must_use]
    pub fn is_pupil(&self) -> bool {
        self.profiles.contains(&Profile::Pupil)
    }

    /// Whether they give an address at this portal (row ACT-12).
    #[must_use]
    pub fn email_asked(&self, portal: &Portal) -> PupilEmail {
        if self.is_pupil() { portal.activation.pupil_email } else { PupilEmail::Required }
    }
}
