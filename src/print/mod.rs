//! Documents on paper: tagged PDF (PDF/UA-1) from blocks of text, without a browser.
//!
//! A caller says what stands on the paper, as [`Block`]s; this room breaks lines and pages, embeds the faces' subsets and
//! writes the tags, titles, languages and bookmarks by which a screen reader finds its way. It knows no letter and no
//! charter, reads no clock and touches no file.
//!
//! ```
//! use preau::{domain::Instant, print::{Block, Paper, Part, Run}, words::Locale};
//! let blocks = vec![
//!     Block::Heading(1, vec![Run::plain("Charte")]),
//!     Block::Paragraph(vec![Run::plain("Lisez "), Run::bold("tout"), Run::plain(".")]),
//!     Block::List { first: Some(1), items: vec![vec![Block::Paragraph(vec![Run::plain("D’abord.")])]] },
//! ];
//! let part = Part { foot: "Collège Les Tilleuls".into(), ..Part::new("Charte", Locale::Fr, blocks) };
//! let paper = Paper { title: "Charte".into(), language: Locale::Fr, made_at: Instant::from_seconds(0), parts: vec![part] };
//! assert!(paper.pdf()?.starts_with(b"%PDF-1.7"));
//! # Ok::<(), preau::domain::Fault>(())
//! ```
//!
//! What the faces lack (they have Latin, Greek and Cyrillic) is transliterated; signs that steer text and show nothing
//! are left out, so that no name turns its line around (row XCT-15).

mod clean;
mod face;
mod lay;
mod lines;
mod qr;
#[cfg(test)]
mod tests;
mod write;

use crate::{
    domain::{Fault, Instant},
    words::Locale,
};

/// A document: A4, one part after the other.
#[derive(Clone, Debug)]
pub struct Paper {
    /// Its title, which readers show in place of a file's name.
    pub title: String,
    /// The language of what does not say its own.
    pub language: Locale,
    /// When it was made.
    pub made_at: Instant,
    /// What stands on it; each begins a page. There must be one.
    pub parts: Vec<Part>,
}

/// A part of a document, which begins on a page of its own: a letter, a charter.
#[derive(Clone, Debug)]
pub struct Part {
    /// What the bookmark says.
    pub bookmark: String,
    /// Its language.
    pub language: Locale,
    /// The head of a letter.
    pub letterhead: Option<Letterhead>,
    /// What stands on it.
    pub blocks: Vec<Block>,
    /// Stands at the foot of each of its pages; a count of the pages beside it where they are several.
    pub foot: String,
    /// Set smaller, as far as that is legible, rather than going on to a second page.
    pub one_page: bool,
}

impl Part {
    /// A part with neither letterhead nor foot, as long as it needs.
    #[must_use]
    pub fn new(bookmark: impl Into<String>, language: Locale, blocks: Vec<Block>) -> Self {
        let (letterhead, foot, one_page) = (None, String::new(), false);
        Self { bookmark: bookmark.into(), language, letterhead, blocks, foot, one_page }
    }
}

/// The head of a letter. The addressee stands where the window of a DL envelope (110 × 220 mm, window of 35 × 100 mm, 20 mm
/// from the right and from the lower edge) shows it when the sheet is folded in three, and nothing else stands there.
#[derive(Clone, Debug)]
pub struct Letterhead {
    /// Who writes: the first line stands out.
    pub sender: Vec<String>,
    /// To whom: the first line stands out.
    pub addressee: Vec<String>,
}

/// What stands on paper, from top to bottom.
#[derive(Clone, Debug)]
pub enum Block {
    /// A heading of level 1 to 6; from 3 on they look alike. Levels should not be skipped.
    Heading(u16, Vec<Run>),
    /// A paragraph; `\n` in a run begins a line.
    Paragraph(Vec<Run>),
    /// A paragraph in small type.
    Note(Vec<Run>),
    /// A list, numbered from `first` or with bullets; an item is blocks of its own.
    List {
        /// The number of the first item; bullets where there is none.
        first: Option<u64>,
        /// The items.
        items: Vec<Vec<Block>>,
    },
    /// What somebody else said: set in from the left.
    Quote(Vec<Block>),
    /// A line across.
    Rule,
    /// A frame with labels and values (what must be typed exactly), and a square to photograph beside them.
    Keys {
        /// Label and value, in this order.
        pairs: Vec<(String, Vec<Run>)>,
        /// The square.
        qr: Option<Qr>,
    },
    /// Columns of equal width, each in its language, read one after the other.
    Columns(Vec<(Locale, Vec<Block>)>),
    /// White, in millimetres.
    Space(f32),
    /// What follows begins a page.
    PageBreak,
}

/// A square to photograph (ISO/IEC 18004, level M).
#[derive(Clone, Debug)]
pub struct Qr {
    /// What it says: an address.
    pub content: String,
    /// What it is, for who does not see it.
    pub alt: String,
}

/// Text in one style.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// The text.
    pub text: String,
    /// How it looks.
    pub style: Style,
    /// Where it leads.
    pub link: Option<String>,
}

/// How text looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// As the text around it.
    #[default]
    Plain,
    /// Important.
    Bold,
    /// Emphasised.
    Italic,
    /// In a fixed face: what must be typed exactly. Not broken where that can be helped.
    Exact,
    /// The same, larger.
    Key,
}

impl Run {
    /// Text as it is.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// Important text.
    #[must_use]
    pub fn bold(text: impl Into<String>) -> Self {
        Self { text: text.into(), style: Style::Bold, link: None }
    }

    /// Emphasised text.
    #[must_use]
    pub fn italic(text: impl Into<String>) -> Self {
        Self { text: text.into(), style: Style::Italic, link: None }
    }

    /// Text to be typed exactly.
    #[must_use]
    pub fn exact(text: impl Into<String>) -> Self {
        Self { text: text.into(), style: Style::Exact, link: None }
    }

    /// Text to be typed exactly, larger.
    #[must_use]
    pub fn key(text: impl Into<String>) -> Self {
        Self { text: text.into(), style: Style::Key, link: None }
    }

    /// The same, leading to an address.
    #[must_use]
    pub fn to(self, address: impl Into<String>) -> Self {
        Self { link: Some(address.into()), ..self }
    }
}

impl Paper {
    /// The PDF. The same paper gives the same bytes.
    ///
    /// # Errors
    /// It has no part, a link can't be written, or what was written would not be accessible.
    pub fn pdf(&self) -> Result<Vec<u8>, Fault> {
        let faces = face::Faces::load()?;
        write::pdf(self, &faces, &lay::out(self, &faces))
    }
}
