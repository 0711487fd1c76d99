//! What passwords are made of that others hand over, on paper or by word of mouth (rows RGN-17, QST-11).

use crate::domain::{Affiliation, EstablishmentKind, LetterKind, Profile};

use super::Portal;

/// Letters and digits that are not taken for one another in any usual type, and that make no word: 4.4 bits each.
pub const HANDED_SIGNS: &str = "cdfghjkmnprtwx23456789";
/// Short words that a pupil of six can copy, without accents, one on a line.
pub const HANDED_WORDS: &str = include_str!("words.txt");

/// Words for pupils of primary schools where the portal says so, a code for everybody else.
#[must_use]
pub fn kind_for(portal: &Portal, places: &[(Affiliation, EstablishmentKind)]) -> LetterKind {
    let is_young = |(place, kind): &(Affiliation, EstablishmentKind)| {
        place.profile == Profile::Pupil && *kind == EstablishmentKind::PrimarySchool
    };
    let young = !places.is_empty() && places.iter().all(is_young);
    if young && portal.activation.words_for_young_pupils { LetterKind::Words } else { LetterKind::Code }
}
