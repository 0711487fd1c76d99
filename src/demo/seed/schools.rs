//! The four schools of a block: a primary school, a collège and an agricultural lycée in France, a French-language school
//! of a board in Nova Scotia; all of them invented.

use crate::domain::{Establishment, EstablishmentId, EstablishmentKind, Group, GroupId, GroupKind};

use super::draw::Draw;

/// The school year that the network lives in: 2026–2027.
pub(super) const YEAR: i64 = 2026;
/// Where the streams of blocks begin, apart from those of units.
const BLOCKS: u64 = 1 << 50;

const SAINTS: [&str; 8] = [
    "Val-d’Orne",
    "Brume-sur-Loue",
    "Les Tilleuls",
    "Pont-l’Évêché",
    "Aubrac-le-Haut",
    "Saint-Œuf",
    "L’Échelotte",
    "Mirebois",
];
const PATRONS: [&str; 8] = [
    "Hélène-Vauquelin",
    "Joséphine-Lanoë",
    "Rosalie-d’Aubigny",
    "Théodore-Lœwen",
    "Marguerite-Sœurs",
    "Anatole-Ferrière",
    "Gisèle-Hâlimi-Roux",
    "Léon-Pêcheur",
];
const BAYS: [&str; 8] = [
    "Baie-aux-Harles",
    "Pointe-à-l’Érable",
    "Anse-des-Belliveau-d’en-Haut",
    "Île-Verdelet",
    "Havre-Bœuf",
    "Cap-Églantine",
    "Ruisseau-à-Thérèse",
    "Pré-d’en-Haut",
];

/// Which country's formats somebody has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Country {
    France,
    Canada,
}

/// A school and its classes.
pub(super) struct School {
    pub establishment: Establishment,
    pub classes: Vec<Class>,
    pub country: Country,
    /// The domain of its staff's addresses.
    pub domain: &'static str,
}

/// A class, and how old one turns in the year in which the school year begins.
pub(super) struct Class {
    pub group: Group,
    pub age: i64,
}

/// Four schools that share their families.
pub(super) struct Block {
    pub schools: Vec<School>,
    number: u64,
}

/// The levels of a French primary school, with their ages.
const PRIMARY: [(&str, i64); 8] =
    [("PS", 3), ("MS", 4), ("GS", 5), ("CP", 6), ("CE1", 7), ("CE2", 8), ("CM1", 9), ("CM2", 10)];
const COLLEGE: [(&str, i64); 4] = [("6e", 11), ("5e", 12), ("4e", 13), ("3e", 14)];
const LYCEE: [(&str, i64); 3] = [("2de", 15), ("1re", 16), ("Tle", 17)];
const BOARD: [(&str, i64); 13] = [
    ("Maternelle", 5),
    ("1re année", 6),
    ("2e année", 7),
    ("3e année", 8),
    ("4e année", 9),
    ("5e année", 10),
    ("6e année", 11),
    ("7e année", 12),
    ("8e année", 13),
    ("9e année", 14),
    ("10e année", 15),
    ("11e année", 16),
    ("12e année", 17),
];

impl Block {
    pub(super) fn new(seed: u64, number: u64) -> Self {
        let draw = Draw::new(seed, BLOCKS + number);
        let nth = |list: &[&'static str; 8]| {
            let place = usize::try_from(number % 8).unwrap_or(0);
            list.get(place).copied().unwrap_or_default()
        };
        let (town, patron, bay) = (nth(&SAINTS), nth(&PATRONS), nth(&BAYS));
        let school = |name: String, code: String, kind| establishment(&draw, (name, code, kind), town);
        let primary = school(format!("École primaire {patron}"), uai(number, 1), EstablishmentKind::PrimarySchool);
        let college =
            school(format!("Collège des Tilleuls, {town}"), uai(number, 2), EstablishmentKind::LowerSecondary);
        let lycee =
            school(format!("Lycée agricole de Haute-Brume, {town}"), uai(number, 3), EstablishmentKind::UpperSecondary);
        let board = Establishment {
            authority: "Conseil scolaire acadien de la Côte-Verte".into(),
            country: "CA".into(),
            time_zone: "America/Halifax".into(),
            phone: Some(format!("+190255501{}", draw.digits(2))),
            email: Some(format!("secretariat{number}@conseil-cote-verte.example")),
            ..establishment(
                &draw,
                (
                    format!("École acadienne de la {bay}"),
                    format!("{}", 4_100 + number),
                    EstablishmentKind::UpperSecondary,
                ),
                bay,
            )
        };
        let france = "ac-valdorne.example";
        let schools = vec![
            School::new(&draw, primary, (&PRIMARY, &["A", "B", "C"]), france),
            School::new(&draw, college, (&COLLEGE, &["A", "B", "C"]), france),
            School::new(&draw, lycee, (&LYCEE, &["1", "2", "3"]), "agricole-valdorne.example"),
            School::new(&draw, board, (&BOARD, &["A", "B"]), "conseil-cote-verte.example"),
        ];
        Self { schools, number }
    }

    /// The school of a child who turns that old in the year, and the class that they are in.
    pub(super) fn class_for(&self, country: Country, age: i64, draw: &Draw) -> Option<(&School, &Class)> {
        let fits = |school: &&School| school.country == country && school.classes.iter().any(|class| class.age == age);
        let school = self.schools.iter().find(fits)?;
        let classes: Vec<&Class> = school.classes.iter().filter(|class| class.age == age).collect();
        Some((school, *classes.get(draw.below(classes.len()))?))
    }

    /// The school at that place, counted round.
    pub(super) fn school(&self, place: u64) -> Option<&School> {
        let number = u64::try_from(self.schools.len()).ok().filter(|count| *count > 0)?;
        self.schools.get(usize::try_from(place % number).ok()?)
    }

    /// Which block it is.
    pub(super) const fn number(&self) -> u64 {
        self.number
    }
}

impl School {
    fn new(
        draw: &Draw,
        establishment: Establishment,
        (levels, sections): (&[(&str, i64)], &[&str]),
        domain: &'static str,
    ) -> Self {
        let country = if establishment.country == "FR" { Country::France } else { Country::Canada };
        let class = |level: &str, age: i64, section: &str| Class {
            group: Group {
                id: GroupId::new(draw.id()),
                establishment_id: establishment.id.clone(),
                kind: GroupKind::Class,
                name: format!("{level} {section}"),
                level: level.to_owned(),
                year: YEAR,
            },
            age,
        };
        let in_level = |(level, age): &(&str, i64)| -> Vec<Class> {
            sections.iter().map(|section| class(level, *age, section)).collect()
        };
        let classes = levels.iter().flat_map(in_level).collect();
        Self { establishment, classes, country, domain }
    }
}

fn establishment(draw: &Draw, (name, code, kind): (String, String, EstablishmentKind), town: &str) -> Establishment {
    Establishment {
        id: EstablishmentId::new(draw.id()),
        email: Some(format!("secretariat.{}@ac-valdorne.example", code.to_lowercase())),
        phone: Some(format!("+3326191{}", draw.digits(4))),
        code,
        name,
        kind,
        town: town.to_owned(),
        authority: "Académie du Val d’Orne".into(),
        country: "FR".into(),
        time_zone: "Europe/Paris".into(),
    }
}

/// A number of the shape of a UAI: seven digits and their check letter. No department is numbered 099.
fn uai(block: u64, school: u64) -> String {
    let digits = 990_000 + block * 10 + school;
    let place = usize::try_from(digits % 23).unwrap_or(0);
    let letter = "ABCDEFGHJKLMNPRSTUVWXYZ".chars().nth(place).unwrap_or('A');
    format!("{digits:07}{letter}")
}
