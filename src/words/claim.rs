//! What a service learns, in the words of the page that asks for agreement.

use crate::{
    domain::{Claim, Instant},
    say,
};

use super::{Saying, Speaks};

impl Speaks for Claim {
    fn saying(&self, _now: Instant) -> Saying {
        match self {
            Self::Subject => say!("claim-subject"),
            Self::Identifier | Self::PreferredUsername => say!("claim-identifier"),
            Self::Name | Self::GivenName | Self::FamilyName | Self::MiddleName | Self::Nickname => say!("claim-name"),
            Self::ProfilePage | Self::Picture | Self::Website => say!("claim-pages"),
            Self::Gender => say!("claim-gender"),
            Self::Birthdate => say!("claim-birthdate"),
            Self::Zoneinfo | Self::Locale | Self::UpdatedAt => say!("claim-settings"),
            Self::Email | Self::EmailVerified => say!("claim-email"),
            Self::PhoneNumber | Self::PhoneNumberVerified => say!("claim-phone"),
            Self::Address => say!("claim-address"),
            Self::Profiles | Self::NationalProfiles | Self::NumericProfiles => say!("claim-profiles"),
            Self::Functions => say!("claim-functions"),
            Self::Establishments | Self::EstablishmentCodes => say!("claim-establishments"),
            Self::Classes | Self::ClassNames | Self::Levels => say!("claim-classes"),
            Self::Children | Self::ChildrenNames | Self::ChildrenIdentifiers => say!("claim-children"),
            Self::JoinKey => say!("claim-join-key"),
            Self::PupilNumber => say!("claim-pupil-number"),
        }
    }
}
