//! Who speaks: the language, the register and the words of a page or a mail.

use fluent_bundle::{FluentArgs, FluentValue};

use crate::{
    domain::{Instant, Profile},
    policy::{Portal, SchoolWord},
};

use super::{Locale, catalogue};

/// A value inside a sentence: a text or a number.
pub type Value = FluentValue<'static>;

/// Pupils are addressed with tu, adults with vous, never mixed on one page (design §4).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Register {
    /// Adults, and whoever has not said who they are.
    #[default]
    Vous,
    /// Pupils.
    Tu,
}

impl Register {
    /// Its name in catalogues and in `Mail.register`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Vous => "vous",
            Self::Tu => "tu",
        }
    }

    /// The register of that name; vous where there is none.
    #[must_use]
    pub fn named(name: &str) -> Self {
        if name == Self::Tu.name() { Self::Tu } else { Self::Vous }
    }
}

/// Whose words are used: courriel or e-mail, numéro civique or numéro de voie (row XCT-07).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Country {
    /// France.
    #[default]
    France,
    /// Canada.
    Canada,
}

impl Country {
    /// The country of an ISO 3166-1 alpha-2 code; France where it is another.
    #[must_use]
    pub fn of_code(code: &str) -> Self {
        if code.eq_ignore_ascii_case("CA") { Self::Canada } else { Self::France }
    }

    /// Its code in catalogues.
    const fn code(self) -> &'static str {
        match self {
            Self::France => "FR",
            Self::Canada => "CA",
        }
    }
}

/// What is said of something: the key of its sentence and the sentence's arguments. Made by `say!`.
#[derive(Clone, Debug, PartialEq)]
pub struct Saying {
    /// The key.
    pub key: &'static str,
    /// The arguments, by name.
    pub args: Vec<(&'static str, Value)>,
}

/// What can be told to a person. Each match is exhaustive: one more without its sentence does not compile.
pub trait Speaks {
    /// The sentence, at this moment ("in 3 minutes").
    fn saying(&self, now: Instant) -> Saying;
}

/// Says sentences. Every one may use `$register` (`vous`, `tu`), `$country` (`FR`, `CA`) and `$school` (the word).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Speaker {
    /// The language.
    pub locale: Locale,
    /// Vous or tu.
    pub register: Register,
    /// Whose words.
    pub country: Country,
    /// École or établissement.
    pub school_word: SchoolWord,
}

impl Speaker {
    /// Who speaks at a portal: with vous, until a pupil is known; with tu where nobody else is welcome.
    #[must_use]
    pub fn at(portal: &Portal, locale: Locale) -> Self {
        Self {
            locale,
            register: if portal.is_for_pupils() { Register::Tu } else { Register::Vous },
            country: Country::of_code(&portal.country),
            school_word: portal.school_word,
        }
    }

    /// The same in that register.
    #[must_use]
    pub const fn addressing(self, register: Register) -> Self {
        Self { register, ..self }
    }

    /// A sentence without arguments of its own.
    #[must_use]
    pub fn say(self, key: &str) -> String {
        catalogue::look_up(self.locale, key, &self.always())
    }

    /// What a profile is called.
    #[must_use]
    pub fn profile(self, profile: Profile) -> String {
        self.say(match profile {
            Profile::Pupil => "profile-pupil",
            Profile::Parent => "profile-parent",
            Profile::NationalStaff => "door-national",
            Profile::AgriculturalStaff => "door-agricultural",
            Profile::LocalAuthorityStaff => "door-local-authority",
            Profile::Guest => "door-guest",
        })
    }

    /// A sentence with its arguments: `say_with("queue-place", &[("place", 3)])`.
    #[must_use]
    pub fn say_with<'a, V: Clone + Into<FluentValue<'a>>>(self, key: &str, args: &[(&str, V)]) -> String {
        let mut all = self.always();
        for (name, value) in args {
            all.set((*name).to_owned(), value.clone().into());
        }
        catalogue::look_up(self.locale, key, &all)
    }

    /// What is said of something.
    #[must_use]
    pub fn tell(self, spoken: &impl Speaks, now: Instant) -> String {
        self.utter(&spoken.saying(now))
    }

    /// A saying's sentence.
    #[must_use]
    pub fn utter(self, saying: &Saying) -> String {
        self.say_with(saying.key, &saying.args)
    }

    fn always<'a>(self) -> FluentArgs<'a> {
        let school = match self.school_word {
            SchoolWord::School => "word-school",
            SchoolWord::Establishment => "word-establishment",
        };
        let mut args = FluentArgs::with_capacity(6);
        args.set("register", self.register.name());
        args.set("country", self.country.code());
        args.set("school", catalogue::look_up(self.locale, school, &FluentArgs::new()));
        args
    }
}
