//! The faces, and how text is set in them. Their files and licence: `docs/third-party.md`.

use krilla::{
    Data,
    text::{Font, GlyphId, KrillaGlyph},
};
use rustybuzz::{Direction, Face as Shaper, UnicodeBuffer};

use super::{Style, clean::clean};
use crate::domain::Fault;

const REGULAR: &[u8] = include_bytes!("fonts/NotoSans-Regular.ttf");
const BOLD: &[u8] = include_bytes!("fonts/NotoSans-Bold.ttf");
const ITALIC: &[u8] = include_bytes!("fonts/NotoSans-Italic.ttf");
const FIXED: &[u8] = include_bytes!("fonts/NotoSansMono-Regular.ttf");

/// A face, to be measured and to be embedded.
pub(super) struct Face {
    pub(super) font: Font,
    shaper: Shaper<'static>,
}

/// All faces.
pub(super) struct Faces {
    regular: Face,
    bold: Face,
    italic: Face,
    fixed: Face,
}

/// A text in one face; lengths are in ems.
#[derive(Clone, Debug, Default)]
pub(super) struct Set {
    pub(super) text: String,
    pub(super) glyphs: Vec<KrillaGlyph>,
}

impl Set {
    pub(super) fn width(&self) -> f32 {
        self.glyphs.iter().map(|glyph| glyph.x_advance).sum()
    }

    /// Its width without the blanks at its end.
    pub(super) fn ink_width(&self) -> f32 {
        let end = self.text.trim_end().len();
        self.glyphs.iter().filter(|glyph| glyph.text_range.start < end).map(|glyph| glyph.x_advance).sum()
    }

    /// Its signs, each for itself; a letter and the marks over it are one.
    pub(super) fn signs(self) -> Vec<Self> {
        let mut signs: Vec<Self> = Vec::new();
        let mut last = None;
        for mut glyph in self.glyphs {
            let range = glyph.text_range.clone();
            let text = self.text.get(range.clone()).unwrap_or_default();
            glyph.text_range = 0..text.len();
            match signs.last_mut() {
                Some(sign) if last == Some(range.start) => sign.glyphs.push(glyph),
                _ => signs.push(Self { text: text.to_owned(), glyphs: vec![glyph] }),
            }
            last = Some(range.start);
        }
        signs
    }

    /// Sets another one behind it.
    pub(super) fn append(&mut self, other: Self) {
        let offset = self.text.len();
        self.text.push_str(&other.text);
        self.glyphs.extend(other.glyphs.into_iter().map(|mut glyph| {
            glyph.text_range = glyph.text_range.start + offset..glyph.text_range.end + offset;
            glyph
        }));
    }
}

impl Face {
    fn load(data: &'static [u8]) -> Result<Self, Fault> {
        let font = Font::new(Data::from(data), 0);
        let shaper = Shaper::from_slice(data, 0);
        let (font, shaper) = font.zip(shaper).ok_or_else(|| Fault::new("a face of the program can't be read"))?;
        Ok(Self { font, shaper })
    }

    /// The text as this face can print it.
    pub(super) fn clean(&self, text: &str) -> String {
        clean(text, |c| self.shaper.glyph_index(c).is_some())
    }

    /// Sets a cleaned text without line ends.
    pub(super) fn set(&self, text: &str) -> Set {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        buffer.set_direction(Direction::LeftToRight);
        let shaped = rustybuzz::shape(&self.shaper, &[], buffer);
        let ems = |units: i32| as_f32(units) / as_f32(self.shaper.units_per_em());
        let starts: Vec<usize> = shaped.glyph_infos().iter().map(|info| info.cluster as usize).collect();
        let glyphs = shaped.glyph_infos().iter().zip(shaped.glyph_positions()).map(|(info, place)| {
            let start = info.cluster as usize;
            let end = starts.iter().copied().filter(|other| *other > start).min().unwrap_or(text.len());
            KrillaGlyph::new(
                GlyphId::new(info.glyph_id),
                ems(place.x_advance),
                ems(place.x_offset),
                ems(place.y_offset),
                ems(place.y_advance),
                start..end,
                None,
            )
        });
        Set { text: text.to_owned(), glyphs: glyphs.collect() }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a face's units are far below 2^24")]
const fn as_f32(units: i32) -> f32 {
    units as f32
}

impl Faces {
    pub(super) fn load() -> Result<Self, Fault> {
        Ok(Self {
            regular: Face::load(REGULAR)?,
            bold: Face::load(BOLD)?,
            italic: Face::load(ITALIC)?,
            fixed: Face::load(FIXED)?,
        })
    }

    /// The face of a style; `is_strong` in headings.
    pub(super) const fn of(&self, style: Style, is_strong: bool) -> &Face {
        match style {
            Style::Exact | Style::Key => &self.fixed,
            Style::Bold => &self.bold,
            _ if is_strong => &self.bold,
            Style::Italic => &self.italic,
            Style::Plain => &self.regular,
        }
    }
}
