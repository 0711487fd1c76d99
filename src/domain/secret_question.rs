//! Secret questions: one of a list, and an answer that has no voice (rows QST-07, QST-13).

use std::fmt;

use super::{Instant, Password, PasswordHash, fold_name};

/// A question of the list. None asks for what a register, a photograph or a schoolmate tells: no birthplace, no maiden name,
/// no pet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Question {
    /// The favourite fictional character: the one that the reference shows.
    Hero,
    /// The name of a first soft toy.
    Toy,
    /// The book that was read again and again.
    Book,
    /// The dish that was refused as a child.
    Dish,
    /// What one wanted to become.
    Trade,
    /// The first record or concert.
    Song,
    /// The place one dreams of.
    Journey,
    /// A teacher's nickname.
    Teacher,
}

impl Question {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 8] =
        [Self::Hero, Self::Toy, Self::Book, Self::Dish, Self::Trade, Self::Song, Self::Journey, Self::Teacher];

    /// Its name, in forms and in the store.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hero => "hero",
            Self::Toy => "toy",
            Self::Book => "book",
            Self::Dish => "dish",
            Self::Trade => "trade",
            Self::Song => "song",
            Self::Journey => "journey",
            Self::Teacher => "teacher",
        }
    }

    /// The question of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|question| question.name() == name)
    }
}

/// What was typed as an answer, as it is compared: without case, accents, punctuation and blanks (row QST-07).
#[derive(Clone, PartialEq, Eq)]
pub struct Answer(String);

impl Answer {
    /// The most characters that are looked at.
    const LONGEST: usize = 200;

    /// Reads what was typed; none where no letter or digit is in it, or more than anybody answers.
    #[must_use]
    pub fn read(typed: &str) -> Option<Self> {
        if typed.len() > 4 * Self::LONGEST {
            return None;
        }
        let folded = fold_name(typed);
        (!folded.is_empty() && folded.chars().count() <= Self::LONGEST).then_some(Self(folded))
    }

    /// How many letters and digits it has.
    #[must_use]
    pub fn length(&self) -> usize {
        self.0.chars().count()
    }

    /// Whether it is what stands in a text: "héros préféré" in the question, say.
    #[must_use]
    pub fn stands_in(&self, text: &str) -> bool {
        fold_name(text).contains(&self.0)
    }

    /// What is hashed and compared.
    #[must_use]
    pub fn plain(&self) -> Option<Password> {
        Password::typed(&self.0).ok()
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Answer(…)")
    }
}

/// What is kept of somebody's question.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct SecretQuestion {
    /// Which one.
    pub question: Question,
    /// The answer's hash.
    pub answer_hash: PasswordHash,
    /// Since when.
    pub set_at: Instant,
}

#[cfg(test)]
mod tests {
    use super::{Answer, Question};

    #[test]
    fn qst_07_case_accents_blanks_punctuation_and_ligatures_do_not_count() {
        let kept = Answer::read("L’Œil du Cœur, été 1982 !").expect("an answer");
        for typed in [
            "l'oeil du coeur ete 1982",
            "  L’ŒIL   DU CŒUR — ÉTÉ 1982",
            "loeilducoeurete1982",
            "l'œil du cœur, e\u{301}te\u{301} 1982",
        ] {
            assert_eq!(Answer::read(typed), Some(kept.clone()), "{typed}");
        }
        assert_ne!(Answer::read("l'oeil du coeur ete 1983"), Some(kept.clone()));
        assert_eq!(Answer::read(" …!? "), None);
        assert_eq!(Answer::read(&"a".repeat(201)), None);
        assert_eq!(format!("{kept:?}"), "Answer(…)", "it has no voice");
    }

    #[test]
    fn every_question_is_found_by_its_name() {
        for question in Question::ALL {
            assert_eq!(Question::named(question.name()), Some(question));
        }
        assert_eq!(Question::named("birthplace"), None);
    }
}
