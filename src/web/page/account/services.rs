//! The tab Services.

use askama::Template;

use crate::domain::{Claim, Instant};

use super::{
    super::{Frame, Hidden, Place},
    AccountShell,
};

/// A service, as plain values.
#[derive(Clone, Copy, Debug)]
pub struct ServiceRow<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its name.
    pub name: &'a str,
    /// When somebody signed in there last.
    pub last_at: Option<Instant>,
    /// What it receives.
    pub claims: &'a [Claim],
    /// When the person agreed to it.
    pub agreed_at: Option<Instant>,
}

/// A service in words.
#[derive(Clone, Debug)]
struct Row {
    id: String,
    name: String,
    learns: Vec<String>,
    last: Option<String>,
    agreed: Option<String>,
}

/// Where one signed in, and what each learns (`data-page="account-services"`).
#[derive(Clone, Debug, Template)]
#[template(path = "account/services.html")]
pub struct ServicesPage {
    frame: Frame,
    shell: AccountShell,
    action: String,
    hidden: Vec<Hidden>,
    rows: Vec<Row>,
    withdrawn: bool,
}

impl ServicesPage {
    /// The page.
    #[must_use]
    pub fn new(place: &Place, shell: AccountShell, action: &str, rows: &[ServiceRow<'_>], withdrawn: bool) -> Self {
        let speaker = place.speaker;
        let learns = |claims: &[Claim]| {
            let mut lines: Vec<String> = Vec::new();
            for line in claims.iter().map(|claim| speaker.tell(claim, place.now)) {
                if !lines.contains(&line) {
                    lines.push(line);
                }
            }
            lines
        };
        let row = |service: &ServiceRow<'_>| Row {
            id: service.id.to_owned(),
            name: service.name.to_owned(),
            learns: learns(service.claims),
            last: service.last_at.map(|at| speaker.moment(at, &place.zone)),
            agreed: service.agreed_at.map(|at| speaker.date(at, &place.zone)),
        };
        Self {
            action: action.to_owned(),
            hidden: Hidden::of_form(&shell.form_token, None),
            rows: rows.iter().map(row).collect(),
            withdrawn,
            frame: shell.frame(place, false),
            shell,
        }
    }
}
