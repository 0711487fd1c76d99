//! The years of school, as families call them: names of a country, not sentences of ours.

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
