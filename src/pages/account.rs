//! "Votre compte": a tab a file. Each handler enters by `enter`, which lets in who is signed in and owes nothing, and leads
//! everybody else through the ordinary sign-in and back.

pub(super) mod child_password;
pub(super) mod children;
pub(super) mod data;
pub(super) mod email;
pub(super) mod profile;
pub(super) mod services;
pub(super) mod setting;

use axum::{extract::State, response::Response};
use serde::{Deserialize, Serialize};

use crate::{
    app::App,
    domain::{Asked, Demands, Fault, ServiceUrl, Session, Step},
    journeys::{
        Holder,
        account::{Asked as AskedSchool, Me},
    },
    signin::{Request, door},
    store::sessions,
    web::{
        Answered, Visit,
        page::{AccountShell, AccountTab, Way},
        see_other,
    },
};

use super::{activation::addressing, home::base, refused::queue_full};

/// What an address of the account page may carry.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct At {
    /// Where one came from: a registered address, or it is not looked at (row ACC-09).
    #[serde(rename = "retour")]
    pub back: Option<String>,
    /// Set where the page is shown anew because its form had no token.
    #[serde(rename = "relance")]
    pub again: Option<String>,
    /// Set where something was refused or done: the page tells what.
    #[serde(rename = "suite")]
    pub told: Option<String>,
}

/// Who is inside.
#[derive(Clone, Debug)]
pub(super) struct Inside {
    /// The visit, addressing its holder.
    pub visit: Visit,
    /// Whose account.
    pub holder: Holder,
    /// The session.
    pub session: Session,
    /// Where they came from: a name and a registered address.
    came_from: Option<(String, String)>,
}

impl Inside {
    /// For the journeys.
    pub(super) fn me(&self) -> Me<'_> {
        let Self { visit, holder, session, .. } = self;
        Me { visitor: &visit.visitor, portal: &visit.place.portal, holder, session }
    }

    /// The path of a tab.
    pub(super) fn path(&self, tab: AccountTab) -> String {
        path(&self.visit, tab)
    }

    /// What surrounds every tab.
    pub(super) async fn shell(&self, app: &App, tab: AccountTab) -> Result<AccountShell, Fault> {
        let tabs = AccountTab::ALL.into_iter().filter(|tab| tab.is_for(&self.holder.profiles));
        let name = &self.holder.person.given_name;
        Ok(AccountShell {
            given_name: if name.is_empty() { self.holder.person.full_name() } else { name.clone() },
            tabs: tabs.map(|tab| (tab, self.path(tab))).collect(),
            here: tab,
            back: self.back(app).await?,
            sign_out: format!("{}/deconnexion", base(&self.visit)),
            form_token: self.visit.form_token.as_str().to_owned(),
        })
    }

    /// Back to the portal of origin: where one said to come from, else the service that the session served last. Only
    /// registered addresses, looked up anew each time.
    async fn back(&self, app: &App) -> Result<Option<Way>, Fault> {
        let way = |(name, address): (String, String)| {
            Way::new(self.visit.place.speaker.say_with("way-back", &[("service", name)]), address)
        };
        if let Some(came_from) = &self.came_from {
            return Ok(Some(way(came_from.clone())));
        }
        let services = app.services.load();
        let served = sessions::list_served(&app.db, &self.session.id).await?;
        let last = served.iter().rev().find_map(|served| {
            let party = services.find(&served.relying_party_id)?;
            let home = party.home.as_ref().map(|home| (party.name.clone(), home.to_string()));
            home.or_else(|| registered(app, &served.service))
        });
        Ok(last.map(way))
    }
}

/// Lets in who is signed in and owes nothing; else the answer that leads there.
pub(super) async fn enter(
    app: &App,
    visit: &Visit,
    tab: AccountTab,
    at: &At,
) -> Result<Result<Inside, Response>, Fault> {
    let asked = at.back.as_deref().and_then(|address| registered(app, address));
    if let Some((_, address)) = &asked {
        visit.note_way_back(address);
    }
    let request = Request {
        relying_party: None,
        portal: visit.place.portal.clone(),
        asked: Asked::Page(path(visit, tab)),
        demands: Demands::default(),
    };
    let (step, standing) = door::look(app, &visit.visitor, &request).await?;
    if let (Step::Answer, Some(standing)) = (step, standing)
        && let Some(holder) = Holder::find(app, &standing.account.id).await?
    {
        let visit = addressing(visit, &holder);
        let came_from = asked.or_else(|| visit.way_back().and_then(|address| registered(app, &address)));
        return Ok(Ok(Inside { visit, holder, session: standing.session, came_from }));
    }
    Ok(Err(match door::begin(app, &visit.visitor, request).await? {
        Some(id) => see_other(&format!("/connexion?i={id}")),
        None => full(visit, &path(visit, tab)),
    }))
}

/// The name and the address of the service that an address is registered for: its home, where it gets its answers, or a
/// CAS service. An open redirect can't be written: what is not registered is nobody's (row SSO-08).
fn registered(app: &App, address: &str) -> Option<(String, String)> {
    if !address.starts_with("https://") && !address.starts_with("http://") {
        return None;
    }
    let services = app.services.load();
    let service = ServiceUrl::parse(address);
    let found = services.iter().find(|party| {
        party.home.as_ref().is_some_and(|home| home.as_str() == address)
            || party.oidc.as_ref().is_some_and(|oidc| oidc.return_to(address).is_some())
            || party.cas.as_ref().zip(service.as_ref()).is_some_and(|(cas, service)| cas.matches(service))
    })?;
    Some((found.name.clone(), address.to_owned()))
}

fn path(visit: &Visit, tab: AccountTab) -> String {
    format!("{}/compte{}", base(visit), tab.path())
}

/// The queue is full: nothing changed.
fn busy(inside: &Inside, tab: AccountTab) -> Response {
    full(&inside.visit, &inside.path(tab))
}

pub(super) fn full(visit: &Visit, to: &str) -> Response {
    queue_full(visit, "account-title", to)
}

/// Where password managers send people who want to change their password (W3C, A Well-Known URL for Changing Passwords).
pub(super) async fn change_password(State(_): State<App>, visit: Visit) -> Answered {
    Ok(see_other(&format!("{}#mot-de-passe", path(&visit, AccountTab::Profile))))
}

/// What came of a word to the school, put aside for the page that tells of it.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
enum Word {
    Sent,
    Empty,
    TooOften,
    Nobody,
}

impl Word {
    const fn of(asked: AskedSchool) -> Self {
        match asked {
            AskedSchool::Sent => Self::Sent,
            AskedSchool::Empty => Self::Empty,
            AskedSchool::TooOften => Self::TooOften,
            AskedSchool::Nobody => Self::Nobody,
        }
    }

    /// The key of what is said of it.
    const fn key(self) -> &'static str {
        match self {
            Self::Sent => "word-sent",
            Self::Empty => "word-empty",
            Self::TooOften => "word-too-often",
            Self::Nobody => "word-nobody",
        }
    }
}
