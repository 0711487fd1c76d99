//! What a chosen password must fulfil: presets of rules, per portal and profile, and whether a password keeps them.
//!
//! The rules are data (`domain::Rule`): `words` says them, this file holds them. Nothing here makes a password expire: one
//! is replaced for a reason only (row POL-08).

use crate::domain::{Password, Profile, Rule, fold, fold_name};

use super::common::{WORD, is_common};

/// The presets (design §4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize, serde::Serialize)]
pub enum PasswordPreset {
    /// 8 to 32 characters, a digit, a letter, unlike the name and the identifier: below the CNIL's 50 bits.
    #[serde(rename = "compat-8-32")]
    Compat8To32,
    /// 50 bits, with pauses after wrong tries (délibération CNIL 2022-100, case 2).
    #[serde(rename = "cnil-50")]
    Cnil50,
    /// 80 bits, without a second factor (case 1).
    #[serde(rename = "cnil-80")]
    Cnil80,
}

impl PasswordPreset {
    /// The bits that the CNIL asks of a password that is guarded by pauses.
    pub const LEAST_BITS: u32 = 50;

    /// Its name in settings.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Compat8To32 => "compat-8-32",
            Self::Cnil50 => "cnil-50",
            Self::Cnil80 => "cnil-80",
        }
    }

    /// The rules that are shown before one types, in their order. Every one of them is enforced.
    #[must_use]
    pub fn rules(self) -> Vec<Rule> {
        match self {
            Self::Compat8To32 => {
                vec![Rule::Length { least: 8, most: 32 }, Rule::Digit, Rule::Letter, Rule::UnlikeIdentity]
            }
            Self::Cnil50 => vec![Rule::Bits { least: 50 }, Rule::UnlikeIdentity, Rule::Uncommon],
            Self::Cnil80 => vec![Rule::Bits { least: 80 }, Rule::UnlikeIdentity, Rule::Uncommon],
        }
    }

    /// The rules that this password breaks, in the order in which they are said; none: it may be chosen. What is shown
    /// comes first; the deny-list holds under every preset (row POL-03), and so does the most that a password may have.
    #[must_use]
    pub fn broken_by(self, password: &Password, about: &About<'_>) -> Vec<Rule> {
        let mut rules = self.rules();
        let longest = Rule::Length { least: 8, most: Password::MOST_CHARACTERS };
        let has_length = rules.iter().any(|rule| matches!(rule, Rule::Length { .. }));
        rules.extend((!has_length).then_some(longest));
        rules.extend((!rules.contains(&Rule::Uncommon)).then_some(Rule::Uncommon));
        rules.retain(|rule| !holds(rule, password, about));
        rules
    }

    /// Whether it asks less than the CNIL does: the administrator is told (row POL-02).
    #[must_use]
    pub const fn is_below_the_cnil(self) -> bool {
        matches!(self, Self::Compat8To32)
    }
}

/// Which preset holds for whom at a portal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PasswordPresets(Vec<(Profile, PasswordPreset)>);

impl PasswordPresets {
    /// As the portal's settings have it.
    #[must_use]
    pub fn new(chosen: impl IntoIterator<Item = (Profile, PasswordPreset)>) -> Self {
        Self(chosen.into_iter().collect())
    }

    /// For one profile: as chosen, else 80 bits for staff, who have no second factor yet, and 50 for everybody else.
    #[must_use]
    pub fn of(&self, profile: Profile) -> PasswordPreset {
        let chosen = self.0.iter().find_map(|(known, preset)| (*known == profile).then_some(*preset));
        chosen.unwrap_or(if profile.is_staff() { PasswordPreset::Cnil80 } else { PasswordPreset::Cnil50 })
    }

    /// For a person of these profiles: the strictest.
    #[must_use]
    pub fn strictest(&self, profiles: &[Profile]) -> PasswordPreset {
        profiles.iter().map(|profile| self.of(*profile)).max().unwrap_or(PasswordPreset::Cnil50)
    }
}

/// What others know of a person, which a password must not rest on.
#[derive(Clone, Copy, Debug, Default)]
pub struct About<'a> {
    /// Given names and family names.
    pub names: &'a [&'a str],
    /// The identifier.
    pub identifier: &'a str,
    /// The names of their schools and of the network.
    pub schools: &'a [&'a str],
    /// The towns of their schools.
    pub towns: &'a [&'a str],
}

fn holds(rule: &Rule, password: &Password, about: &About<'_>) -> bool {
    let text = password.reveal();
    match rule {
        Rule::Length { least, most } => (*least..=*most).contains(&text.chars().count()),
        Rule::Digit => text.chars().any(|c| c.is_ascii_digit()),
        Rule::Letter => text.chars().any(char::is_alphabetic),
        Rule::Bits { least } => bits(text) >= f64::from(*least),
        Rule::UnlikeIdentity => !resembles(text, about),
        Rule::Uncommon => !is_common(password, &[about.schools, about.towns].concat()),
    }
}

/// As the CNIL counts: length × log2 of the sum of the kinds used (26 small letters, 26 capitals, 10 digits, 37 others),
/// rounded, on the NFC text.
fn bits(text: &str) -> f64 {
    let has = |kind: fn(&char) -> bool, size: u32| if text.chars().any(|c| kind(&c)) { size } else { 0 };
    let kinds = has(char::is_ascii_lowercase, 26)
        + has(char::is_ascii_uppercase, 26)
        + has(char::is_ascii_digit, 10)
        + has(|c| !c.is_ascii_alphanumeric(), 37);
    let length = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    (f64::from(length) * f64::from(kinds).log2()).round()
}

/// Whether it is the name or the identifier, or contains four letters or more of one, whatever the case, the accents and
/// what stands between (row POL-05). Backwards is allowed.
fn resembles(text: &str, about: &About<'_>) -> bool {
    let (typed, own) = (fold_name(text), Own::of(about.names, about.identifier));
    own.wholes.contains(&typed) || own.parts.iter().any(|part| typed.contains(part))
}

/// What a password may not be, and what it may not hold, folded.
struct Own {
    wholes: Vec<String>,
    parts: Vec<String>,
}

impl Own {
    fn of(names: &[&str], identifier: &str) -> Self {
        let names = || names.iter().copied().chain([identifier]);
        let wholes: Vec<String> = names().map(fold_name).filter(|name| !name.is_empty()).collect();
        let is_long = |name: &String| name.chars().filter(|c| c.is_alphabetic()).count() >= WORD;
        let parts = wholes.iter().cloned().chain(names().flat_map(parts)).filter(is_long).collect();
        Self { wholes, parts }
    }
}

/// The rules as they stand under a field (row POL-04): with what the browser needs to tick them while one types, made by the
/// code that judges in the end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuleList {
    /// The rules, in the order in which they are said.
    pub rules: Vec<Rule>,
    /// What the password may not be, folded.
    pub wholes: Vec<String>,
    /// What it may not hold, folded.
    pub parts: Vec<String>,
}

impl RuleList {
    /// Of a preset, for a person of these names and this identifier.
    #[must_use]
    pub fn new(preset: PasswordPreset, names: &[&str], identifier: &str) -> Self {
        let own = Own::of(names, identifier);
        Self { rules: preset.rules(), wholes: own.wholes, parts: own.parts }
    }
}

/// The parts of a name or an identifier: `Lévesque-Roy`, `n.roux`.
fn parts(name: &str) -> Vec<String> {
    let folded = fold(name);
    folded.split(|c: char| !c.is_alphabetic()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NADIA: About<'static> = About {
        names: &["Nadia", "Lévesque-Roy d’Amours"],
        identifier: "n.levesque12",
        schools: &["Collège des Tilleuls"],
        towns: &["Baie-aux-Harles"],
    };

    fn broken(preset: PasswordPreset, text: &str) -> Vec<Rule> {
        preset.broken_by(&Password::typed(text).expect("a password"), &NADIA)
    }

    #[test]
    fn pol_02_each_preset_lists_and_checks_its_own_rules() {
        use PasswordPreset::{Cnil50, Cnil80, Compat8To32};
        let length = Rule::Length { least: 8, most: 32 };
        assert_eq!(Compat8To32.rules(), [length.clone(), Rule::Digit, Rule::Letter, Rule::UnlikeIdentity]);
        assert_eq!(broken(Compat8To32, "grenou1"), std::slice::from_ref(&length));
        assert_eq!(broken(Compat8To32, "grenouverte"), [Rule::Digit]);
        assert_eq!(broken(Compat8To32, "73918462"), [Rule::Letter]);
        assert_eq!(broken(Compat8To32, &"g7".repeat(17)), [length, Rule::Uncommon]);
        assert_eq!(broken(Compat8To32, "grenou7b"), []);
        assert_eq!(broken(Cnil50, "grenou7b"), [Rule::Bits { least: 50 }]);
        assert_eq!(broken(Cnil50, "grenouverti"), []);
        assert_eq!(broken(Cnil80, "grenouverti"), [Rule::Bits { least: 80 }]);
        assert!(Compat8To32.is_below_the_cnil() && !Cnil50.is_below_the_cnil() && !Cnil80.is_below_the_cnil());
        for preset in [Compat8To32, Cnil50, Cnil80] {
            assert_eq!(serde_json::to_value(preset).expect("a name"), preset.name());
        }
    }

    #[test]
    fn pol_02_bits_are_counted_as_the_cnil_does() {
        let enough = |least: f64, text: &str| bits(text) >= least;
        // What the list under the field says of 50 bits is enough, and one less of letters is not.
        assert!(enough(50.0, "Gk7hgfrdt") && !enough(50.0, "Gk7hgfrd"));
        assert!(enough(50.0, "gkbhgfrdtze") && !enough(50.0, "gkbhgfrdtz"));
        assert!(enough(50.0, "7391846205738194") && !enough(50.0, "73918462057381"));
        assert!(enough(80.0, "Gk7hgfrdtzeqpl") && !enough(80.0, "Gk7hgfrdtzeqp"));
        // Twelve of four kinds carry 79.55 bits, which the CNIL calls 80.
        assert!(enough(80.0, "Gk7!hgfrdtze") && !enough(80.0, "Gk7!hgfrdtz"));
        // An accent is a sign of its own kind, counted on the composed text.
        let (composed, apart) = (Password::typed("é").expect("one"), Password::typed("e\u{301}").expect("the same"));
        assert!((bits(composed.reveal()) - 5.0).abs() < 0.1 && (bits(apart.reveal()) - 5.0).abs() < 0.1);
        assert!(bits("").is_nan() && !enough(1.0, ""));
    }

    #[test]
    fn pol_05_the_name_and_the_identifier_are_refused_backwards_is_not() {
        for preset in [PasswordPreset::Compat8To32, PasswordPreset::Cnil50, PasswordPreset::Cnil80] {
            for resembling in [
                "Levesque2024",
                "LÉVESQUE",
                "grenouille-levesque-9",
                "xxNADIAxx7",
                "n.levesque12",
                "N LEVESQUE 12",
                "d'amours77x",
                "LevesqueRoyDAmours",
            ] {
                assert!(broken(preset, resembling).contains(&Rule::UnlikeIdentity), "{resembling}");
            }
            for fine in ["euqsevel7391", "grenouille royale 7", "aidan7391846"] {
                assert!(!broken(preset, fine).contains(&Rule::UnlikeIdentity), "{fine}");
            }
        }
        // Names of three letters count as a whole only: they stand in ordinary words.
        let li = About { names: &["Li", "Roy"], identifier: "li.roy", ..About::default() };
        let like = |text: &str| resembles(text, &li);
        assert!(like("Roy") && like("li") && like("xxLiRoy9") && !like("royaume 7391") && !like("liberte"));
    }

    #[test]
    fn pol_03_under_every_preset_a_common_password_is_refused_as_too_common() {
        for preset in [PasswordPreset::Compat8To32, PasswordPreset::Cnil50, PasswordPreset::Cnil80] {
            for guessed in ["motdepasse2024", "azertyuiop123", "Soleil2024!", "Tilleuls2026!", "BaieAuxHarles1"] {
                assert!(broken(preset, guessed).contains(&Rule::Uncommon), "{} {guessed}", preset.name());
            }
        }
    }

    #[test]
    fn a_password_may_have_128_characters_and_no_more() {
        let long = |many: usize| "étoile 4 lune, ".chars().cycle().take(many).collect::<String>();
        assert_eq!(broken(PasswordPreset::Cnil80, &long(128)), []);
        assert_eq!(broken(PasswordPreset::Cnil80, &long(129)), [Rule::Length { least: 8, most: 128 }]);
    }

    #[test]
    fn families_and_pupils_owe_50_bits_staff_80_and_a_portal_may_say_otherwise() {
        use Profile::{Guest, NationalStaff, Parent, Pupil};
        let usual = PasswordPresets::default();
        assert_eq!([Pupil, Parent, Guest].map(|profile| usual.of(profile)), [PasswordPreset::Cnil50; 3]);
        assert_eq!(usual.of(NationalStaff), PasswordPreset::Cnil80);
        assert_eq!(usual.strictest(&[Parent, NationalStaff]), PasswordPreset::Cnil80);
        assert_eq!(usual.strictest(&[]), PasswordPreset::Cnil50);
        let compat = PasswordPresets::new([(Parent, PasswordPreset::Compat8To32)]);
        assert_eq!(compat.of(Parent), PasswordPreset::Compat8To32);
        assert_eq!(compat.strictest(&[Parent, Pupil]), PasswordPreset::Cnil50);
    }
}
