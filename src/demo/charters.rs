//! The demo's charters: invented ones, one for adults and one for pupils. Who has a password from the start has accepted
//! them; who comes with a letter reads them.

use std::sync::Arc;

use super::accounts::Trial;
use crate::{
    admin::charters,
    app::{App, load_charters},
    domain::{Actor, CharterId, Fault, Identifier},
    store::accounts,
};

/// Name and text of each.
const FILES: [(&str, &str); 2] = [
    ("the demo's charter of adults", include_str!("charters/adultes.md")),
    ("the demo's charter of pupils", include_str!("charters/eleves.md")),
];

/// Publishes them, and settles them for those who are printed and the ready ones.
pub(super) async fn settle(app: &App, by: &Actor, trials: &[Trial]) -> Result<(), Fault> {
    let files = FILES.map(|(name, text)| (name.to_owned(), text.to_owned()));
    let zone = &app.config.policy.portals.default_portal().time_zone;
    let published = charters::publish(&app.db, by, zone, &files).await?.map_err(|faults| {
        let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
        Fault::new(told.join("; ")).remedy("these charters are not the demo's: start with an empty --data")
    })?;
    // The running server would see them within a second; here they are to be there at once.
    app.charters.store(Arc::new(load_charters(&app.db).await?));
    let ids: Vec<CharterId> = published.into_iter().map(|one| one.charter.id).collect();
    let mut settled = Vec::new();
    for trial in trials {
        let account = accounts::find_by_identifier(&app.db, &Identifier::new(&trial.identifier)).await?;
        settled.extend(account.map(|account| account.id));
    }
    charters::settle_for(&app.db, by, &ids, &settled).await
}
