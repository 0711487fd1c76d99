//! One's own account: what its holder changes alone. Every change of what opens it or where it writes to needs the current
//! password (row ACC-03), and is told by mail to the address that was there before.

mod bounce;
mod child_password;
pub(super) mod children;
mod data;
mod email;
mod notifications;
mod profile;
mod question;
mod school;
mod undo;

use crate::{
    app::App,
    domain::{AccountMail, AccountNews, Actor, Email, Fault, MailKind, Session},
    policy::Portal,
    signin::Visitor,
    store::Tx,
};

use super::{
    Holder,
    told::{replaced, tell},
};

pub use bounce::{forget_bounce, keep_address};
pub use child_password::{Handed, find_young, hand, may_hand};
pub(super) use children::dispute;
pub use children::{Added, SecondLetter, add_letter, list as children, not_mine, one_is_missing};
pub use data::{Service, ask_for_correction, export, services, withdraw};
pub use email::{NewAddress, ask_new_address_again, cancel, confirm_new_address, look_at_new_address, resend, waiting};
pub use notifications::{Notified, set_notifications};
pub use profile::{Done, Saved, Wanted, save};
pub use question::{
    Asked as QuestionAsked, QuestionSaved, asks_question, check_question, hash_answer, question, set_question,
};
pub use school::Asked;
pub use undo::{Undo, choose_after_undo, look_at_undo, undo};

/// Who is signed in and acts on their own account.
#[derive(Clone, Copy, Debug)]
pub struct Me<'a> {
    /// Who knocks.
    pub visitor: &'a Visitor,
    /// At which portal.
    pub portal: &'a Portal,
    /// Whose account.
    pub holder: &'a Holder,
    /// The session.
    pub session: &'a Session,
}

impl Me<'_> {
    /// For the audit trail: the holder acts.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor { account_id: Some(self.holder.account.id.clone()), ..self.visitor.actor.clone() }
    }

    /// Owes the holder a mail at an address.
    async fn tell(&self, app: &App, tx: &mut Tx, to: &Email, kind: MailKind) -> Result<(), Fault> {
        tell(app, tx, (self.holder, &self.portal.name), to, kind, self.visitor.actor.now).await
    }
}

/// What is told of an account.
fn news_of(holder: &Holder, news: AccountNews) -> MailKind {
    MailKind::Account(AccountMail {
        given_name: holder.person.given_name.clone(),
        identifier: holder.account.identifier.to_string(),
        news,
    })
}
