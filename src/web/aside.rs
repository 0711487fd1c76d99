//! What a refused form leaves for the page that tells of it. A form's answer is a redirect, refused or not: so going back
//! and reloading never meet the browser's "send the form again?" (row LOG-17).
//!
//! It travels in a cookie of a few minutes, sealed and bound to this browser and to what it is about; never a password.

use std::time::Duration;

use serde::{Serialize, de::DeserializeOwned};

use crate::{app::App, domain::Fault};

use super::{Visit, cookies::Name};

const KEPT: Duration = Duration::from_mins(10);

impl Visit {
    /// Puts a note aside for the page that follows.
    ///
    /// # Errors
    /// There is no chance to seal it with.
    pub fn put_aside(&self, app: &App, about: &str, note: &impl Serialize) -> Result<(), Fault> {
        let sealed = app.sealer.seal(&self.purpose(about), &serde_json::to_vec(note)?)?;
        self.jar.set(Name::Aside, &sealed, Some(KEPT));
        Ok(())
    }

    /// The note that was put aside about this; it stays, so that a reload shows the same.
    #[must_use]
    pub fn find_aside<T: DeserializeOwned>(&self, app: &App, about: &str) -> Option<T> {
        let sealed = self.jar.find(Name::Aside)?;
        serde_json::from_slice(&app.sealer.unseal(&self.purpose(about), sealed)?).ok()
    }

    /// Drops what was put aside.
    pub fn drop_aside(&self) {
        if self.jar.find(Name::Aside).is_some() {
            self.jar.clear(Name::Aside);
        }
    }

    fn purpose(&self, about: &str) -> String {
        format!("aside {} {about}", self.visitor.browser.as_str())
    }
}
