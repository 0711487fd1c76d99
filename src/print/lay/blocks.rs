//! Block by block.

use super::{Child, Element, Frame, Ink, LEADING, Layout, MM, Role, SIZE, Type, What};
use crate::{
    print::{Block, Qr, Run, qr},
    words::Locale,
};

/// The side of a square to photograph, its white border included.
const QR: f32 = 34.0 * MM;
/// Between a frame and what stands in it.
const PADDING: f32 = 10.0;

impl Layout<'_> {
    pub(super) fn blocks(&mut self, blocks: &[Block], frame: Frame, children: &mut Vec<Child>) {
        for block in blocks {
            match block {
                Block::Heading(level, runs) => self.heading(*level, runs, frame, children),
                Block::Paragraph(runs) => self.paragraph(runs, SIZE, frame, children),
                Block::Note(runs) => self.paragraph(runs, 8.5, Frame { grey: true, ..frame }, children),
                Block::List { first, items } => self.list(*first, items, frame, children),
                Block::Quote(inside) => self.quote(inside, frame, children),
                Block::Keys { pairs, qr } => self.keys(pairs, qr.as_ref(), frame, children),
                Block::Columns(columns) => self.columns(columns, frame, children),
                Block::Rule => self.rule(frame),
                Block::Space(millimetres) => self.y += self.scaled(millimetres * MM),
                Block::PageBreak => self.turn(),
            }
        }
    }

    fn heading(&mut self, level: u16, runs: &[Run], frame: Frame, children: &mut Vec<Child>) {
        let (size, above, below): (f32, f32, f32) = match level {
            0 | 1 => (16.0, 4.0, 6.0),
            2 => (12.5, 9.0, 4.0),
            _ => (11.0, 7.0, 3.0),
        };
        // It stays with two lines of what follows.
        self.need(self.scaled(size.mul_add(LEADING, 2.0 * SIZE * LEADING) + above + below));
        self.y += self.scaled(above);
        let inside = self.text(runs, size, Frame { is_strong: true, ..frame });
        self.y += self.scaled(below);
        let title: String = runs.iter().map(|run| run.text.as_str()).collect();
        children.push(Child::Element(Element { role: Role::Heading(level.clamp(1, 6), title), children: inside }));
    }

    fn paragraph(&mut self, runs: &[Run], size: f32, frame: Frame, children: &mut Vec<Child>) {
        let inside = self.text(runs, size, frame);
        self.y += self.scaled(size * 0.55);
        children.push(Child::Element(Element { role: Role::Paragraph, children: inside }));
    }

    fn list(&mut self, first: Option<u64>, items: &[Vec<Block>], frame: Frame, children: &mut Vec<Child>) {
        let indent = self.scaled(if first.is_some() { 18.0 } else { 13.0 });
        let inner = Frame { left: frame.left + indent, width: (frame.width - indent).max(indent), ..frame };
        let mut list = Vec::new();
        for (nth, item) in items.iter().enumerate() {
            self.need(self.scaled(SIZE * LEADING));
            let mark = match first {
                Some(first) => format!("{}.", first.saturating_add(nth as u64)),
                None => "•".to_owned(),
            };
            let (sheet, y) = (self.sheet, self.y);
            let label = self.text(&[Run::plain(mark)], SIZE, Frame { width: indent, ..frame });
            (self.sheet, self.y) = (sheet, y);
            let mut body = Vec::new();
            self.blocks(item, inner, &mut body);
            // Items stand closer to one another than paragraphs.
            self.y -= if item.len() == 1 { self.scaled(SIZE * 0.25) } else { 0.0 };
            list.push(item_of(label, body));
        }
        self.y += self.scaled(SIZE * 0.25);
        children.push(Child::Element(Element { role: Role::List { is_numbered: first.is_some() }, children: list }));
    }

    fn quote(&mut self, blocks: &[Block], frame: Frame, children: &mut Vec<Child>) {
        let indent = self.scaled(14.0);
        let inner = Frame { left: frame.left + indent, width: frame.width - indent, ..frame };
        let mut inside = Vec::new();
        self.blocks(blocks, inner, &mut inside);
        children.push(Child::Element(Element { role: Role::Quote, children: inside }));
    }

    fn rule(&mut self, frame: Frame) {
        self.need(self.scaled(12.0));
        self.ornament(vec![(frame.left, self.y + self.scaled(4.0), frame.width, 0.6)], true);
        self.y += self.scaled(12.0);
    }

    fn columns(&mut self, columns: &[(Locale, Vec<Block>)], frame: Frame, children: &mut Vec<Child>) {
        const GAP: f32 = 8.0 * MM;
        let Ok(count) = u16::try_from(columns.len().max(1)) else { return };
        let count = f32::from(count);
        let width = (count - 1.0).mul_add(-GAP, frame.width) / count;
        let (top, mut end, mut left) = ((self.sheet, self.y), (self.sheet, self.y), frame.left);
        for (locale, blocks) in columns {
            (self.sheet, self.y) = top;
            let mut inside = Vec::new();
            self.blocks(blocks, Frame { left, width, ..frame }, &mut inside);
            children.push(Child::Element(Element { role: Role::Column(*locale), children: inside }));
            left += width + GAP;
            if (self.sheet, self.y) > end {
                end = (self.sheet, self.y);
            }
        }
        (self.sheet, self.y) = end;
    }

    fn keys(&mut self, pairs: &[(String, Vec<Run>)], square: Option<&Qr>, frame: Frame, children: &mut Vec<Child>) {
        let beside = if square.is_some() { QR } else { 0.0 };
        let inner =
            Frame { left: frame.left + PADDING, width: 2.0f32.mul_add(-PADDING, frame.width) - beside, ..frame };
        self.need((2.0f32.mul_add(PADDING, self.scaled(SIZE * 3.6 * 3.0))).max(QR));
        let (sheet, top) = (self.sheet, self.y);
        self.y += PADDING;
        let mut list = Vec::new();
        for (label, value) in pairs {
            let label = self.text(&[Run::plain(label.as_str())], 9.0, Frame { grey: true, ..inner });
            let body = self.text(value, self.fitting(value, inner.width), inner);
            self.y += self.scaled(5.0);
            list.push(item_of(label, body));
        }
        children.push(Child::Element(Element { role: Role::Pairs, children: list }));
        let height = (self.y - top + PADDING - self.scaled(5.0)).max(if square.is_some() { QR } else { 0.0 });
        if self.sheet == sheet {
            if let Some(square) = square {
                let corner = (frame.left + frame.width - QR, (height - QR).mul_add(0.5, top));
                children.extend(self.square(square, corner));
            }
            self.ornament(outline((frame.left, top, frame.width, height)), false);
            self.y = top + height;
        }
        self.y += self.scaled(SIZE);
    }

    /// The size at which a value stays on one line, as far as it can still be read.
    fn fitting(&self, runs: &[Run], width: f32) -> f32 {
        let type_ = Type { size: self.scaled(SIZE), is_strong: false };
        let measured = runs.iter().map(|run| {
            let face = self.faces.of(run.style, false);
            face.set(&face.clean(&run.text).replace('\n', " ")).width() * type_.size_of(run.style)
        });
        SIZE * (0.995 * width / measured.sum::<f32>()).clamp(0.5, 1.0)
    }

    fn square(&mut self, square: &Qr, (left, top): (f32, f32)) -> Option<Child> {
        let qr::Square { dark, side } = qr::square(&square.content)?;
        // Four white modules all around (ISO/IEC 18004 §6.3.8).
        let module = QR / (f32::from(side) + 8.0);
        let boxes = dark.into_iter().map(|(x, y, length)| {
            let at = |offset: u8| (f32::from(offset) + 4.0) * module;
            (left + at(x), top + at(y), f32::from(length) * module, module)
        });
        let ink = self.ink(Ink { is_artifact: false, what: What::Boxes(boxes.collect()), grey: false })?;
        Some(Child::Element(Element { role: Role::Figure(square.alt.clone()), children: vec![ink] }))
    }
}

fn item_of(label: Vec<Child>, body: Vec<Child>) -> Child {
    let label = Child::Element(Element { role: Role::Label, children: label });
    let body = Child::Element(Element { role: Role::Body, children: body });
    Child::Element(Element { role: Role::Item, children: vec![label, body] })
}

/// Four thin boxes around one.
fn outline((left, top, width, height): (f32, f32, f32, f32)) -> Vec<(f32, f32, f32, f32)> {
    const PEN: f32 = 0.9;
    vec![
        (left, top, width, PEN),
        (left, top + height - PEN, width, PEN),
        (left, top, PEN, height),
        (left + width - PEN, top, PEN, height),
    ]
}
