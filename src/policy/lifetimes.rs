//! How long things live (design §4, the one table).

use std::time::Duration;

use crate::domain::Profile;

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// How long things live.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lifetimes {
    /// `sessions.pupil`.
    pub pupil: SessionLifetime,
    /// `sessions.family`.
    pub family: SessionLifetime,
    /// `sessions.staff`.
    pub staff: SessionLifetime,
    /// A family's session where the person asked to be remembered.
    pub remembered: Duration,
    /// A pending sign-in: the page may stay open this long before it starts over.
    pub interaction: Duration,
    /// An authorization code (`oidc.code_ttl`; RFC 6749 §4.1.2).
    pub code: Duration,
    /// An ID token (`oidc.id_token_ttl`).
    pub id_token: Duration,
    /// An access token (`oidc.access_token_ttl`).
    pub access_token: Duration,
    /// A service ticket (`cas.ticket_ttl`; CAS 3.0 §3.1.1).
    pub ticket: Duration,
    /// The cookie by which an account knows a browser.
    pub known_browser: Duration,
    /// A letter's provisional password (`letters.ttl`); its date is printed.
    pub letter: Duration,
    /// The link of an activation (`letters.link_ttl`): it opens nothing by itself.
    pub activation_link: Duration,
    /// A temporary password, for its one sign-in (`recovery.temporary_ttl`).
    pub temporary: Duration,
    /// How long one stays the only one, whoever asks (`recovery.temporary_again_after`).
    pub temporary_again: Duration,
    /// The link that lets another password be chosen (`recovery.link_ttl`): it opens nothing by itself.
    pub reset_link: Duration,
    /// The right to go on with an activation in one browser (`letters.proof_ttl`).
    pub activation_proof: Duration,
}

/// The two ends of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionLifetime {
    /// Without use.
    pub idle: Duration,
    /// Whatever happens.
    pub absolute: Duration,
}

impl Default for Lifetimes {
    fn default() -> Self {
        let lifetime = |idle, absolute| SessionLifetime {
            idle: Duration::from_secs(idle),
            absolute: Duration::from_secs(absolute),
        };
        Self {
            pupil: lifetime(HOUR, 10 * HOUR),
            family: lifetime(12 * HOUR, 24 * HOUR),
            staff: lifetime(2 * HOUR, 12 * HOUR),
            remembered: Duration::from_secs(30 * DAY),
            interaction: Duration::from_secs(HOUR),
            code: Duration::from_secs(MINUTE),
            id_token: Duration::from_secs(10 * MINUTE),
            access_token: Duration::from_secs(10 * MINUTE),
            ticket: Duration::from_secs(10),
            known_browser: Duration::from_secs(180 * DAY),
            letter: Duration::from_secs(90 * DAY),
            activation_link: Duration::from_secs(7 * DAY),
            temporary: Duration::from_secs(DAY),
            temporary_again: Duration::from_mins(10),
            reset_link: Duration::from_secs(HOUR),
            activation_proof: Duration::from_secs(30 * MINUTE),
        }
    }
}

impl Lifetimes {
    /// A session's two ends for a person of these profiles: the strictest that one of them asks for. Pupils and staff
    /// are never remembered (row SSO-07).
    #[must_use]
    pub fn session(&self, profiles: &[Profile], asked_to_be_remembered: bool) -> SessionLifetime {
        if profiles.contains(&Profile::Pupil) {
            self.pupil
        } else if profiles.iter().any(|profile| profile.is_staff()) {
            self.staff
        } else if asked_to_be_remembered {
            SessionLifetime { idle: self.remembered, absolute: self.remembered }
        } else {
            self.family
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sso_07_a_pupil_is_never_remembered_and_a_teacher_who_is_a_parent_counts_as_staff() {
        let lifetimes = Lifetimes::default();
        assert_eq!(lifetimes.session(&[Profile::Pupil], true), lifetimes.pupil);
        assert_eq!(lifetimes.session(&[Profile::Parent, Profile::NationalStaff], true), lifetimes.staff);
        assert_eq!(lifetimes.session(&[Profile::Parent], true).absolute, lifetimes.remembered);
        assert_eq!(lifetimes.session(&[Profile::Parent], false), lifetimes.family);
    }
}
