//! Charters that a story publishes, and what people do with them.

use std::sync::Arc;

use preau::{
    admin::charters::{self, CharterFault},
    app::load_charters,
    domain::{Establishment, EstablishmentId},
    store::roster,
};

use crate::{
    browser::Browser,
    people::{Someone, school},
    world::World,
};

/// A charter's file: its id, its version, its profiles, and what else its particulars say.
pub fn charter(id: &str, version: &str, profiles: &str, more: &str) -> String {
    format!(
        "+++\nid = \"{id}\"\nversion = \"{version}\"\nprofiles = [{profiles}]\neffect = 2020-01-05\n{more}\n+++ fr\n\
         # Charte {id}\n\n## L’essentiel\n\nLe texte de {id}, **version {version}**.\n+++ en\n# Charter {id}\n\nThe text of {id}.\n"
    )
}

impl World {
    /// Publishes a file and lets every node see it, as it would by itself within a second.
    pub async fn publishes(&self, text: &str) {
        self.tries_to_publish(text).await.expect("a fine file");
    }

    /// The same, where it may be refused.
    pub async fn tries_to_publish(&self, text: &str) -> Result<Vec<charters::Applied>, Vec<CharterFault>> {
        let files = [("charte.md".to_owned(), text.to_owned())];
        let outcome = charters::publish(self.db(), &self.operator(), "Europe/Paris", &files).await.expect("the store");
        self.reload_charters().await;
        outcome
    }

    /// A second school, and somebody's place in it.
    pub async fn also_at(&self, someone: &Someone, id: &str, name: &str) {
        let other =
            Establishment { id: EstablishmentId::new(id), code: id.to_uppercase(), name: name.into(), ..school() };
        let places = preau::store::people::list_places(self.db(), &someone.person_id).await.unwrap();
        let mut tx = self.db().begin().await.unwrap();
        roster::put_establishment(&mut tx, &other).await.unwrap();
        for (place, _) in places {
            let place = preau::domain::Affiliation { establishment_id: other.id.clone(), ..place };
            roster::put_affiliation(&mut tx, &place).await.unwrap();
        }
        tx.commit().await.unwrap();
    }

    /// The lines of the audit trail that tell of charters and notifications, with their data.
    pub async fn charter_lines(&self, of: &Someone) -> Vec<(String, serde_json::Value, bool)> {
        let lines = preau::store::audit::list(self.db(), &of.account_id).await.expect("audit lines");
        let told =
            lines.into_iter().filter(|line| line.event.starts_with("charter") || line.event.starts_with("notif"));
        told.map(|line| (line.event, line.data, line.actor_id.is_some())).collect()
    }

    /// The whole address of a page of ours.
    pub fn at(&self, path: &str) -> String {
        self.origin().join(path).expect("an address").into()
    }

    async fn reload_charters(&self) {
        for app in self.apps() {
            app.charters.store(Arc::new(load_charters(&app.db).await.expect("charters")));
        }
    }
}

impl Browser {
    /// Ticks these charters and accepts.
    pub async fn accepts(&mut self, ids: &[&str]) -> &mut Self {
        let language = self.page().language();
        let ticks: Vec<(String, String)> = ids.iter().map(|id| (format!("accept-{id}"), language.clone())).collect();
        self.submits(ticks.iter().map(|(name, value)| (name.as_str(), value.as_str()))).await
    }
}
