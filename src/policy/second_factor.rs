//! Who is asked for a second factor (checklist ADM-20).

use std::collections::BTreeMap;

use crate::domain::Profile;

/// What a portal makes of second factors. A factor that somebody has is always asked for, whatever the portal says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SecondFactorRule {
    /// None is offered.
    Off,
    /// Whoever wants one adds it.
    #[default]
    Offered,
    /// Whoever has none adds one before anything opens.
    Required,
}

/// The rule for each profile, and for administrators of the network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecondFactors {
    by_profile: BTreeMap<Profile, SecondFactorRule>,
    administrator: SecondFactorRule,
}

impl Default for SecondFactors {
    fn default() -> Self {
        Self::new([], None)
    }
}

impl SecondFactors {
    /// With what an operator chose; the rest as by default: required of administrators, offered to adults, off for
    /// pupils, who share computers and need not own a telephone.
    #[must_use]
    pub fn new(
        chosen: impl IntoIterator<Item = (Profile, SecondFactorRule)>,
        administrator: Option<SecondFactorRule>,
    ) -> Self {
        Self {
            by_profile: chosen.into_iter().collect(),
            administrator: administrator.unwrap_or(SecondFactorRule::Required),
        }
    }

    /// The rule for a person of these profiles: the strictest that one of their hats asks for.
    #[must_use]
    pub fn rule(&self, profiles: &[Profile], is_administrator: bool) -> SecondFactorRule {
        let of = |profile: &Profile| {
            let usual = if *profile == Profile::Pupil { SecondFactorRule::Off } else { SecondFactorRule::Offered };
            self.by_profile.get(profile).copied().unwrap_or(usual)
        };
        let strictest = profiles.iter().map(of).max().unwrap_or(SecondFactorRule::Off);
        if is_administrator { strictest.max(self.administrator) } else { strictest }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adm_20_the_strictest_hat_decides_and_administrators_must_by_default() {
        let by_default = SecondFactors::default();
        assert_eq!(by_default.rule(&[Profile::Pupil], false), SecondFactorRule::Off);
        assert_eq!(by_default.rule(&[Profile::Parent], false), SecondFactorRule::Offered);
        assert_eq!(by_default.rule(&[Profile::LocalAuthorityStaff], true), SecondFactorRule::Required);
        let staff =
            SecondFactors::new([(Profile::NationalStaff, SecondFactorRule::Required)], Some(SecondFactorRule::Offered));
        assert_eq!(staff.rule(&[Profile::Parent, Profile::NationalStaff], false), SecondFactorRule::Required);
        assert_eq!(staff.rule(&[Profile::LocalAuthorityStaff], true), SecondFactorRule::Offered);
        assert_eq!(staff.rule(&[], false), SecondFactorRule::Off);
    }
}
