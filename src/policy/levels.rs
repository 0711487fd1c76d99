//! The years of school, as families call them: names of a country, not sentences of ours.

use crate::domain::fold;

/// France: from nursery school to the baccalauréat.
const FRANCE: [&str; 15] = [
    "Petite section",
    "Moyenne section",
    "Grande section",
    "CP",
    "CE1",
    "CE2",
    "CM1",
    "CM2",
    "6e",
    "5e",
    "4e",
    "3e",
    "2de",
    "1re",
    "Terminale",
];

/// Canada's French-language boards.
const CANADA: [&str; 14] = [
    "Maternelle",
    "Jardin",
    "1re année",
    "2e année",
    "3e année",
    "4e année",
    "5e année",
    "6e année",
    "7e année",
    "8e année",
    "9e année",
    "10e année",
    "11e année",
    "12e année",
];

/// The years of a country (ISO 3166-1 alpha-2), the youngest first.
#[must_use]
pub fn levels(country: &str) -> &'static [&'static str] {
    if country == "CA" { &CANADA } else { &FRANCE }
}

/// A year of school, and all before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UpToLevel {
    years: &'static [&'static str],
}

impl UpToLevel {
    /// Up to that year of that country, as families write it; none where the country has no such year.
    #[must_use]
    pub fn named(country: &str, level: &str) -> Option<Self> {
        let years = levels(country);
        let last = years.iter().position(|year| is_same(year, level))?;
        Some(Self { years: years.get(..=last)? })
    }

    /// Whether a pupil of that year is among them; nobody of whom no year is known.
    #[must_use]
    pub fn admits(self, level: Option<&str>) -> bool {
        level.is_some_and(|level| self.years.iter().any(|year| is_same(year, level)))
    }
}

fn is_same(one: &str, other: &str) -> bool {
    fold(one) == fold(other)
}

#[cfg(test)]
mod tests {
    use super::UpToLevel;

    #[test]
    fn acc_15_a_year_and_all_before_it() {
        let up_to = UpToLevel::named("FR", "cm2").expect("a year");
        assert!(up_to.admits(Some("CP")) && up_to.admits(Some("CM2")));
        assert!(!up_to.admits(Some("6e")) && !up_to.admits(Some("ULIS")) && !up_to.admits(None));
        let canada = UpToLevel::named("CA", "6e annee").expect("a year");
        assert!(canada.admits(Some("6e année")) && !canada.admits(Some("7e année")));
        assert_eq!(UpToLevel::named("FR", "7e année"), None);
    }
}
