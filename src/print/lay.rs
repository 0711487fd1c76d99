//! Lays blocks out on sheets: where each line stands, and what it belongs to. Lengths are points, `y` grows downwards.

mod blocks;

use super::{
    Letterhead, Paper, Part, Run, Style,
    face::{Faces, Set},
    lines::{Line, Type, broken},
};
use crate::words::Locale;

/// A millimetre.
const MM: f32 = 72.0 / 25.4;
/// A4.
pub(super) const SHEET: (f32, f32) = (210.0 * MM, 297.0 * MM);
/// White at the left, at the right and above.
const MARGIN: f32 = 20.0 * MM;
/// White below, which holds the foot.
const BELOW: f32 = 22.0 * MM;
/// The size of text, and from one line to the next in sizes.
const SIZE: f32 = 10.5;
const LEADING: f32 = 1.38;
/// How much smaller a part may be set that is to stay on one page.
const SCALES: [f32; 6] = [1.0, 0.95, 0.9, 0.85, 0.8, 0.75];
/// The window of a DL envelope, as far as it shows the same part of the sheet however that lies in it: left, top, width.
const WINDOW: (f32, f32, f32) = (100.0 * MM, 55.0 * MM, 88.0 * MM);
/// Where a letter goes on below the window.
const BELOW_WINDOW: f32 = 92.0 * MM;

/// What is printed on a sheet in one go.
pub(super) struct Ink {
    /// No part of what is said: ornament, foot.
    pub(super) is_artifact: bool,
    pub(super) what: What,
    pub(super) grey: bool,
}

pub(super) enum What {
    /// From the left end of its base line; which style and whether a heading's say the face.
    Text { at: (f32, f32), set: Set, size: f32, style: Style, is_strong: bool },
    /// Filled: left, top, width, height.
    Boxes(Vec<(f32, f32, f32, f32)>),
}

/// What leads somewhere: left, top, width, height; the address; what it says.
pub(super) struct Lead {
    pub(super) area: (f32, f32, f32, f32),
    pub(super) address: String,
    pub(super) text: String,
}

#[derive(Default)]
pub(super) struct Sheet {
    pub(super) inks: Vec<Ink>,
    pub(super) leads: Vec<Lead>,
}

/// What the pieces mean (ISO 32000-1 §14.8.4).
pub(super) enum Role {
    Article(Locale),
    Column(Locale),
    Heading(u16, String),
    Paragraph,
    List { is_numbered: bool },
    Pairs,
    Item,
    Label,
    Body,
    Quote,
    Strong,
    Emphasis,
    Code,
    Link,
    Figure(String),
}

pub(super) struct Element {
    pub(super) role: Role,
    pub(super) children: Vec<Child>,
}

pub(super) enum Child {
    Element(Element),
    /// Of a sheet, an ink.
    Ink(usize, usize),
    /// Of a sheet, what leads somewhere.
    Lead(usize, usize),
}

/// Everything laid out.
#[derive(Default)]
pub(super) struct Laid {
    pub(super) sheets: Vec<Sheet>,
    pub(super) articles: Vec<Element>,
    /// What the bookmarks say, and of which sheet.
    pub(super) bookmarks: Vec<(String, usize)>,
}

pub(super) fn out(paper: &Paper, faces: &Faces) -> Laid {
    let mut laid = Laid::default();
    for part in &paper.parts {
        let mut tries = SCALES.iter().map(|scale| of_part(part, faces, *scale, laid.sheets.len()));
        let Some(mut best) = tries.next() else { continue };
        if part.one_page {
            while best.0.len() > 1
                && let Some(smaller) = tries.next()
            {
                best = smaller;
            }
        }
        laid.bookmarks.push((part.bookmark.clone(), laid.sheets.len()));
        laid.sheets.extend(best.0);
        laid.articles.push(best.1);
    }
    laid
}

fn of_part(part: &Part, faces: &Faces, scale: f32, first: usize) -> (Vec<Sheet>, Element) {
    let mut layout = Layout { faces, scale, first, sheets: vec![Sheet::default()], sheet: 0, y: MARGIN };
    let mut children = Vec::new();
    if let Some(head) = &part.letterhead {
        layout.letterhead(head, &mut children);
    }
    let frame = Frame { left: MARGIN, width: 2.0f32.mul_add(-MARGIN, SHEET.0), is_strong: false, grey: false };
    layout.blocks(&part.blocks, frame, &mut children);
    layout.feet(&part.foot);
    (layout.sheets, Element { role: Role::Article(part.language), children })
}

/// Where lines go, and how they look.
#[derive(Clone, Copy)]
struct Frame {
    left: f32,
    width: f32,
    is_strong: bool,
    grey: bool,
}

struct Layout<'a> {
    faces: &'a Faces,
    scale: f32,
    /// Sheets before this part's.
    first: usize,
    sheets: Vec<Sheet>,
    sheet: usize,
    y: f32,
}

impl Layout<'_> {
    /// A size of type, or a length that goes with it.
    fn scaled(&self, size: f32) -> f32 {
        size * self.scale
    }

    /// Makes room for so much, on the next sheet if need be.
    fn need(&mut self, height: f32) {
        if self.y + height > SHEET.1 - BELOW && self.y > MARGIN {
            self.turn();
        }
    }

    /// Goes to the next sheet, a new one unless another column was there before.
    fn turn(&mut self) {
        self.sheet += 1;
        self.y = MARGIN;
        if self.sheets.len() <= self.sheet {
            self.sheets.push(Sheet::default());
        }
    }

    fn ink(&mut self, ink: Ink) -> Option<Child> {
        let sheet = self.sheets.get_mut(self.sheet)?;
        sheet.inks.push(ink);
        Some(Child::Ink(self.first + self.sheet, sheet.inks.len() - 1))
    }

    /// What is no part of the text.
    fn ornament(&mut self, boxes: Vec<(f32, f32, f32, f32)>, grey: bool) {
        self.ink(Ink { is_artifact: true, what: What::Boxes(boxes), grey });
    }

    /// Lines of runs; the elements that they make, in order.
    fn text(&mut self, runs: &[Run], size: f32, frame: Frame) -> Vec<Child> {
        let mut children = Vec::new();
        let type_ = Type { size: self.scaled(size), is_strong: frame.is_strong };
        for line in broken(runs, self.faces, type_, frame.width) {
            let tallest = line.pieces.iter().map(|piece| piece.size).fold(type_.size, f32::max);
            self.need(tallest * LEADING);
            self.line(line, runs, tallest, frame, &mut children);
            self.y += tallest * LEADING;
        }
        children
    }

    fn line(&mut self, line: Line, runs: &[Run], tallest: f32, frame: Frame, children: &mut Vec<Child>) {
        let mut x = frame.left;
        let base = tallest.mul_add(1.07, self.y);
        for piece in line.pieces {
            let Some(run) = runs.get(piece.run) else { continue };
            let (width, ink_width) = (piece.set.width() * piece.size, piece.set.ink_width() * piece.size);
            let text = piece.set.text.trim().to_owned();
            let what = What::Text {
                at: (x, base),
                set: piece.set,
                size: piece.size,
                style: run.style,
                is_strong: frame.is_strong,
            };
            let ink = self.ink(Ink { is_artifact: false, what, grey: frame.grey });
            let lead = run.link.as_ref().and_then(|address| {
                let area = (x, self.y, ink_width.max(1.0), tallest * LEADING);
                self.lead(Lead { area, address: address.clone(), text })
            });
            if lead.is_some() {
                self.ornament(vec![(x, tallest.mul_add(0.1, base), ink_width, 0.5)], true);
            }
            let inside: Vec<Child> = ink.into_iter().chain(lead).collect();
            children.extend(wrapped(run, inside, frame.is_strong));
            x += width;
        }
    }

    fn lead(&mut self, lead: Lead) -> Option<Child> {
        let sheet = self.sheets.get_mut(self.sheet)?;
        sheet.leads.push(lead);
        Some(Child::Lead(self.first + self.sheet, sheet.leads.len() - 1))
    }

    fn letterhead(&mut self, head: &Letterhead, children: &mut Vec<Child>) {
        let sender = Frame { left: MARGIN, width: WINDOW.0 - MARGIN - 6.0 * MM, is_strong: false, grey: false };
        self.lines(&head.sender, 10.0, sender, children);
        let window = Frame { left: WINDOW.0, width: WINDOW.2, ..sender };
        self.y = WINDOW.1;
        self.lines(&head.addressee, 11.0, window, children);
        self.y = self.y.max(BELOW_WINDOW);
    }

    /// Lines of which the first stands out: one paragraph.
    fn lines(&mut self, lines: &[String], size: f32, frame: Frame, children: &mut Vec<Child>) {
        let last = lines.len().saturating_sub(1);
        let runs: Vec<Run> = lines
            .iter()
            .enumerate()
            .map(|(nth, line)| {
                let line = if nth == last { line.clone() } else { format!("{line}\n") };
                if nth == 0 { Run::bold(line) } else { Run::plain(line) }
            })
            .collect();
        let inside = self.text(&runs, size, frame);
        children.push(Child::Element(Element { role: Role::Paragraph, children: inside }));
    }

    /// The foot of every sheet, and its number where there are several.
    fn feet(&mut self, foot: &str) {
        let total = self.sheets.len();
        for sheet in 0..total {
            (self.sheet, self.y) = (sheet, 13.0f32.mul_add(-MM, SHEET.1));
            let type_ = Type { size: 8.5, is_strong: false };
            let width = 2.0f32.mul_add(-MARGIN, SHEET.0);
            let number = if total > 1 { format!("{} / {total}", sheet + 1) } else { String::new() };
            for (text, is_right) in [(foot, false), (number.as_str(), true)] {
                let room = if is_right { width } else { width - 15.0 * MM };
                for (nth, line) in broken(&[Run::plain(text)], self.faces, type_, room).into_iter().enumerate() {
                    for piece in line.pieces {
                        let shift = if is_right { piece.set.ink_width().mul_add(-piece.size, width) } else { 0.0 };
                        let y = if nth == 0 { self.y } else { 8.5f32.mul_add(LEADING, self.y) };
                        let (at, size) = ((MARGIN + shift, y), piece.size);
                        let what = What::Text { at, set: piece.set, size, style: Style::Plain, is_strong: false };
                        self.ink(Ink { is_artifact: true, what, grey: true });
                    }
                }
            }
        }
    }
}

/// What a run's style and link mean, around what was printed of it.
fn wrapped(run: &Run, inside: Vec<Child>, is_strong: bool) -> Vec<Child> {
    let role = match run.style {
        Style::Bold if !is_strong => Some(Role::Strong),
        Style::Italic => Some(Role::Emphasis),
        Style::Exact | Style::Key => Some(Role::Code),
        _ => None,
    };
    let mut children = inside;
    if run.link.is_some() {
        children = vec![Child::Element(Element { role: Role::Link, children })];
    }
    match role {
        Some(role) => vec![Child::Element(Element { role, children })],
        None => children,
    }
}
