//! The stand-in for SEPNE beside a world, and the people who have an account at both.

use preau::{
    config::{PortalSettings, Settings, UpstreamSettings},
    crypto::Rng,
    demo::sepne::{Sepne, SepneAccount, SepneClient},
    domain::{Establishment, Profile},
    policy::{Preset, RosterAttribute, SchoolWord},
    store::{people, roster},
};
use tokio::task::JoinHandle;

use crate::{
    browser::Browser,
    engine::Engine,
    people::{Someone, Who},
    world::{World, copy_keys},
};

/// The password of every account there.
pub const THERE: &str = "marée haute 12";

/// The stand-in, until the story ends.
pub struct Provider {
    /// The stand-in itself.
    pub sepne: Sepne,
    serving: JoinHandle<()>,
}

impl Drop for Provider {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// The pupils of these stories, with their numbers; each has a mailbox there.
pub const PUPILS: [(&str, &str, &str); 2] =
    [("Paul Leblanc", "abc123456", "3100111222"), ("Rosalie Leblanc", "abc123457", "3100111230")];

/// Somebody's address there.
pub fn at_sepne(name: &str) -> String {
    format!("{}@sepne.example", preau::domain::fold_name(name).replace(' ', "."))
}

/// What the provider knows of us as a client: signs that `client_secret_basic` encodes (RFC 6749 §2.3.1, appendix A.2).
pub const SECRET: &str = "un secret, et : & + % encore";

/// The portal `portail-eleves`, and a provider `sepne` at that address.
pub fn pupils_portal(settings: &mut Settings, issuer: &str) {
    settings.outbound.allow = vec!["127.0.0.0/8".into()];
    settings.outbound.seconds = 5;
    let sepne = UpstreamSettings {
        label: "SEPNE".into(),
        label_of: "du SEPNE".into(),
        issuer: issuer.to_owned(),
        client_id: "preau".into(),
        client_secret: SECRET.into(),
        claim: "student_number".into(),
        matches: RosterAttribute::PupilNumber,
        ..UpstreamSettings::default()
    };
    settings.upstreams.insert("sepne".into(), sepne);
    let portal = PortalSettings {
        preset: Preset::PortailEleves,
        title: "Portail des élèves".into(),
        country: "CA".into(),
        school_word: SchoolWord::School,
        time_zone: "America/Halifax".into(),
        ..PortalSettings::default()
    };
    settings.portals.insert("portail-eleves".into(), portal);
}

/// A world with the portal `portail-eleves` and the stand-in beside it.
pub async fn with_sepne(engine: Engine, change: impl FnOnce(&mut Settings)) -> (World, Provider) {
    beside_sepne(async |settings| World::with(engine, settings).await, change).await
}

/// The same while no other story runs in this process.
pub async fn alone_with_sepne(engine: Engine, change: impl FnOnce(&mut Settings)) -> (World, Provider) {
    beside_sepne(async |settings| World::alone(engine, settings).await, change).await
}

/// What is set for a world.
type Change<'a> = Box<dyn FnOnce(&mut Settings) + 'a>;

async fn beside_sepne<'a>(
    world: impl AsyncFnOnce(Change<'a>) -> World,
    change: impl FnOnce(&mut Settings) + 'a,
) -> (World, Provider) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let issuer = format!("http://{}", listener.local_addr().expect("an address"));
    let its_issuer = issuer.clone();
    let settings: Change<'a> = Box::new(move |settings| {
        pupils_portal(settings, &its_issuer);
        change(settings);
    });
    let world = world(settings).await;
    let client = SepneClient {
        id: "preau".into(),
        secret: SECRET.into(),
        redirect_uri: world.origin().join("/connexion/retour/sepne").unwrap().into(),
    };
    let account = |name: &str, number: Option<&str>| SepneAccount {
        address: at_sepne(name),
        password: THERE.into(),
        name: name.into(),
        student_number: number.map(str::to_owned),
    };
    let mut accounts: Vec<SepneAccount> = PUPILS.iter().map(|(name, _, number)| account(name, Some(number))).collect();
    accounts.push(account("Mélanie Boudreau", None));
    accounts.push(account("Inconnue Personne", Some("9999999999")));
    let keys = world.dir().join("sepne-keys");
    copy_keys(&keys);
    let sepne = Sepne::new(issuer, keys, client, accounts, (world.clock.clone(), Rng::from_os().expect("chance")));
    let routes = sepne.routes();
    let serving = tokio::spawn(async move { axum::serve(listener, routes).await.expect("a server") });
    (world, Provider { sepne, serving })
}

impl World {
    /// One of the pupils, on the roster with a number and an account that works.
    pub async fn pupil_with_number(&self, nth: usize) -> Someone {
        let (name, identifier, number) = PUPILS[nth];
        let who = Who { identifier: Some(identifier), ..Who::named(name, &[(Profile::Pupil, None)]) };
        let pupil = self.enrols(who).await;
        self.changes_school(|school: &mut Establishment| school.country = "CA".into()).await;
        self.has_number(&pupil, number).await;
        pupil
    }

    /// Somebody's pupil number on the roster.
    pub async fn has_number(&self, someone: &Someone, number: &str) {
        let mut person = people::find(self.db(), &someone.person_id).await.unwrap().expect("a person");
        person.pupil_number = Some(number.to_owned());
        let mut tx = self.db().begin().await.unwrap();
        roster::put_person(&mut tx, &person, &serde_json::Map::new(), self.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
    }
}

impl Browser {
    /// Goes on at the address that we sent it to: the provider's.
    pub async fn goes_on(&mut self) -> &mut Self {
        let place = self.place().clone();
        self.opens(place).await
    }

    /// Signs in on the provider's page, and comes back.
    pub async fn signs_in_there(&mut self, name: &str) -> &mut Self {
        if !self.shows("sepne-sign-in") {
            self.goes_on().await;
        }
        let address = at_sepne(name);
        self.submits([("address", address.as_str()), ("password", THERE)]).await
    }

    /// From the pupils' sign-in to the reset's page, by way of the provider.
    pub async fn proves(&mut self, name: &str) -> &mut Self {
        self.opens("/p/portail-eleves/connexion").await;
        self.follows("Nom d’utilisateur ou mot de passe oublié ?").await;
        self.follows("Réinitialise ton mot de passe par l’intermédiaire du SEPNE").await;
        self.signs_in_there(name).await
    }

    /// Fills in the reset's two fields.
    pub async fn asks_with(&mut self, number: &str, identifier: &str) -> &mut Self {
        self.submits([("number", number), ("identifier", identifier)]).await
    }
}
