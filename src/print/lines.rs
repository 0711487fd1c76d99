//! Breaks runs of text into lines (UAX #14).

use unicode_linebreak::{BreakOpportunity, linebreaks};

use super::{
    Run, Style,
    face::{Faces, Set},
};

/// Type: its size in points, and whether it is a heading's.
#[derive(Clone, Copy)]
pub(super) struct Type {
    pub(super) size: f32,
    pub(super) is_strong: bool,
}

impl Type {
    /// The size of a style within it.
    pub(super) fn size_of(self, style: Style) -> f32 {
        if style == Style::Key { self.size * 1.3 } else { self.size }
    }
}

/// A part of a line: one run's.
#[derive(Debug)]
pub(super) struct Piece {
    /// Which run.
    pub(super) run: usize,
    pub(super) set: Set,
    /// In points.
    pub(super) size: f32,
}

/// A line.
#[derive(Debug, Default)]
pub(super) struct Line {
    pub(super) pieces: Vec<Piece>,
    /// In points, blanks at its end included.
    width: f32,
}

/// What is not broken: one word, with the blanks behind it, in pieces where the style changes within.
struct Word {
    pieces: Vec<Piece>,
    ends_line: bool,
}

/// Breaks runs into lines of at most `width` points. A word that is wider is broken anywhere.
pub(super) fn broken(runs: &[Run], faces: &Faces, type_: Type, width: f32) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut line = Line::default();
    for word in words(runs, faces, type_, width) {
        let (whole, ink) = measure(&word.pieces);
        if !line.pieces.is_empty() && line.width + ink > width {
            lines.push(std::mem::take(&mut line));
        }
        if ink > width {
            for piece in word.pieces {
                line.squeeze(piece, width, &mut lines);
            }
        } else {
            line.width += whole;
            for piece in word.pieces {
                line.push(piece);
            }
        }
        if word.ends_line {
            lines.push(std::mem::take(&mut line));
        }
    }
    if !line.pieces.is_empty() {
        lines.push(line);
    }
    lines
}

impl Line {
    /// Adds a piece, to the one before where both are of one run.
    fn push(&mut self, piece: Piece) {
        match self.pieces.last_mut() {
            Some(last) if last.run == piece.run => last.set.append(piece.set),
            _ => self.pieces.push(piece),
        }
    }

    /// Adds a piece sign by sign, beginning a line wherever it is full.
    fn squeeze(&mut self, piece: Piece, width: f32, lines: &mut Vec<Self>) {
        let (run, size) = (piece.run, piece.size);
        for set in piece.set.signs() {
            let advance = set.width() * size;
            if !self.pieces.is_empty() && self.width + advance > width && !set.text.trim().is_empty() {
                lines.push(std::mem::take(self));
            }
            self.width += advance;
            self.push(Piece { run, set, size });
        }
    }
}

/// The width of a word, with and without the blanks at its end.
fn measure(pieces: &[Piece]) -> (f32, f32) {
    let whole: f32 = pieces.iter().map(|piece| piece.set.width() * piece.size).sum();
    let blanks = pieces.last().map_or(0.0, |last| (last.set.width() - last.set.ink_width()) * last.size);
    (whole, whole - blanks)
}

fn words(runs: &[Run], faces: &Faces, type_: Type, width: f32) -> Vec<Word> {
    let mut text = String::new();
    let mut ranges = Vec::new();
    for run in runs {
        let start = text.len();
        text.push_str(&faces.of(run.style, type_.is_strong).clean(&run.text));
        ranges.push(start..text.len());
    }
    let set = |run: &Run, part: &str| faces.of(run.style, type_.is_strong).set(part.trim_end_matches('\n'));
    let is_whole = |at: usize| {
        runs.iter().zip(&ranges).any(|(run, range)| {
            let is_exact = matches!(run.style, Style::Exact | Style::Key) && range.start < at && at < range.end;
            let part = text.get(range.clone()).unwrap_or_default();
            is_exact && !part.contains('\n') && set(run, part).width() * type_.size_of(run.style) <= width
        })
    };
    let mut words = Vec::new();
    let mut from = 0;
    for (to, opportunity) in linebreaks(&text) {
        if opportunity == BreakOpportunity::Allowed && is_whole(to) {
            continue;
        }
        let mut pieces = Vec::new();
        for (nth, (run, range)) in runs.iter().zip(&ranges).enumerate() {
            let part = text.get(range.start.max(from)..range.end.min(to)).unwrap_or_default();
            if !part.is_empty() {
                pieces.push(Piece { run: nth, set: set(run, part), size: type_.size_of(run.style) });
            }
        }
        words.push(Word { pieces, ends_line: opportunity == BreakOpportunity::Mandatory && to < text.len() });
        from = to;
    }
    words
}
