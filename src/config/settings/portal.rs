//! What a portal may say of itself: its look, whom it welcomes, its journeys and their rules.

use std::{fmt, path::PathBuf};

use serde::{Deserialize, Serialize};

use super::{PortalUpstreamSettings, PupilResetSettings, Voiceless};
use crate::{
    domain::Profile,
    policy::{Help, PasswordPreset, Preset, PupilEmail, RecoveryWay, SchoolWord, SecondFactorRule},
};

settings! {
    /// `portals.NAME.*`
    PortalSettings {
        /// The reference system: `default`, `ent`, `espace-parents`, `portail-parents` or `portail-eleves`.
        preset: Preset = Preset::Default,
        /// Its name on pages, letters and mails.
        title: String = "Préau".into(),
        /// The network it belongs to.
        network: String = String::new(),
        /// Its colour by day, `#rrggbb`, 4.5:1 on white.
        day: String = "#1f5d4c".into(),
        /// Its colour by night, `#rrggbb`, 4.5:1 on #1b2621.
        night: String = "#8fd0b6".into(),
        /// Its white logo: an SVG file.
        logo: Option<PathBuf> = None,
        /// Whom one turns to.
        help: Help = Help::default(),
        /// Host names that lead to it.
        hosts: Vec<String> = Vec::new(),
        /// The profiles it welcomes; empty: all.
        profiles: Vec<Profile> = Vec::new(),
        /// Whether visitors say first who they are; by default as the preset does.
        chooser: Option<bool> = None,
        /// Whether an e-mail names an account at the sign-in as well; by default as the preset does.
        sign_in_by_email: Option<bool> = None,
        /// Whether parents without a letter register against the roster; by default as the preset does.
        registration: Option<bool> = None,
        /// Whether an address that is not on file is said so at once; by default as the preset does.
        registration_tells_unknown_address: Option<bool> = None,
        /// Whether any child's data are taken at a registration, not the youngest's alone.
        registration_any_child: bool = false,
        /// Whether people may ask to be remembered.
        remember: bool = true,
        /// Whether a wrongly chosen profile is put right in silence.
        corrects_profile: bool = true,
        /// `school` (école) or `establishment` (établissement).
        school_word: SchoolWord = SchoolWord::Establishment,
        /// `FR` or `CA`: words and formats.
        country: String = "FR".into(),
        /// IANA name of the zone in which times are shown.
        time_zone: String = "Europe/Paris".into(),
        /// Whether pupils give an e-mail when they activate: `absent`, `optional` or `required`.
        pupil_email: PupilEmail = PupilEmail::Optional,
        /// Whether a parent's address that is a child's or a school's is refused; else the parent is asked.
        bars_doubtful_email: bool = false,
        /// Domains whose addresses belong to the school.
        school_domains: Vec<String> = Vec::new(),
        /// Whether pupils of primary schools get three words on their letters instead of a code.
        words_for_young_pupils: bool = true,
        /// Whether an address for notifications is asked for once, after the charter; by default as the preset does.
        notification_email: Option<bool> = None,
        /// Whether families write to a school by the help form; by default where parents are welcome.
        contact_form: Option<bool> = None,
        /// Its own questions and answers, in French: a Markdown file in place of the house's.
        faq_fr: Option<PathBuf> = None,
        /// The same in English.
        faq_en: Option<PathBuf> = None,
        /// Who answers for people's data, in the privacy notice; by default the network, else the portal.
        controller: Option<String> = None,
        /// Whom to turn to about one's data; by default the portal's address for help, else the school.
        data_protection: Option<String> = None,
        /// Its own privacy notice, in French: a Markdown file in place of the house's.
        privacy_fr: Option<PathBuf> = None,
        /// The same in English.
        privacy_en: Option<PathBuf> = None,
        /// Up to which year of school ("CM2") parents may give their children temporary passwords; by default they can't.
        child_passwords_up_to: Option<String> = None,
        /// Which way back is offered, by profile.
        recovery: PortalRecoverySettings = PortalRecoverySettings::default(),
        /// The rules of a chosen password, by profile.
        password: PasswordSettings = PasswordSettings::default(),
        /// Who is asked for a second factor, by profile.
        second_factor: SecondFactorSettings = SecondFactorSettings::default(),
        /// Profiles that sign in through an external provider, by its name.
        upstream: PortalUpstreamSettings = PortalUpstreamSettings::default(),
        /// The pupils' reset through an external provider.
        pupil_reset: PupilResetSettings = PupilResetSettings::default(),
    }
    /// `portals.NAME.recovery.*`: `link`, `code`, `question` or `off`
    PortalRecoverySettings {
        /// Pupils; by default as the preset does.
        pupil: Option<RecoveryWay> = None,
        /// Parents; by default as the preset does.
        parent: Option<RecoveryWay> = None,
        /// Staff of the Éducation nationale; by default `link`.
        national_staff: Option<RecoveryWay> = None,
        /// Staff of agricultural schools; by default `link`.
        agricultural_staff: Option<RecoveryWay> = None,
        /// Staff of local authorities; by default `link`.
        local_authority_staff: Option<RecoveryWay> = None,
        /// Others; by default `link`.
        guest: Option<RecoveryWay> = None,
    }
    /// `portals.NAME.password.*`: `compat-8-32`, `cnil-50` or `cnil-80`
    PasswordSettings {
        /// Pupils; by default `cnil-50`.
        pupil: Option<PasswordPreset> = None,
        /// Parents; by default `cnil-50`.
        parent: Option<PasswordPreset> = None,
        /// Staff of the Éducation nationale; by default `cnil-80`.
        national_staff: Option<PasswordPreset> = None,
        /// Staff of agricultural schools; by default `cnil-80`.
        agricultural_staff: Option<PasswordPreset> = None,
        /// Staff of local authorities; by default `cnil-80`.
        local_authority_staff: Option<PasswordPreset> = None,
        /// Others; by default `cnil-50`.
        guest: Option<PasswordPreset> = None,
    }
    /// `portals.NAME.second_factor.*`: `off`, `offered` or `required`
    SecondFactorSettings {
        /// Pupils; by default `off`.
        pupil: Option<SecondFactorRule> = None,
        /// Parents; by default `offered`.
        parent: Option<SecondFactorRule> = None,
        /// Staff of the Éducation nationale; by default `offered`.
        national_staff: Option<SecondFactorRule> = None,
        /// Staff of agricultural schools; by default `offered`.
        agricultural_staff: Option<SecondFactorRule> = None,
        /// Staff of local authorities; by default `offered`.
        local_authority_staff: Option<SecondFactorRule> = None,
        /// Others; by default `offered`.
        guest: Option<SecondFactorRule> = None,
        /// Administrators of the network, whatever else they are; by default `required`.
        administrator: Option<SecondFactorRule> = None,
    }
}
