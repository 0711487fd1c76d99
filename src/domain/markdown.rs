//! A text in Markdown (`CommonMark`), reduced to what a charter needs: headings, paragraphs, lists, quotes, emphasis, links.
//!
//! Raw HTML, images, code and tables have no counterpart here, so that whatever is written, no tag, script or picture can
//! come out. Links lead to `https:` and `mailto:` alone. Rooms that draw it (pages, print) walk the blocks.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// A text, reduced.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Markdown {
    /// Its blocks, in order.
    pub blocks: Vec<Block>,
}

/// A block of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading of level 1 to 6.
    Heading(u8, Vec<Span>),
    /// A paragraph.
    Paragraph(Vec<Span>),
    /// A list; ordered ones begin with this number.
    List(Option<u64>, Vec<Vec<Self>>),
    /// A quotation.
    Quote(Vec<Self>),
    /// A line across.
    Rule,
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Span {
    /// Plain.
    Text(String),
    /// Emphasised.
    Emphasis(Vec<Self>),
    /// Strong.
    Strong(Vec<Self>),
    /// A link to `https:` or `mailto:`.
    Link(String, Vec<Self>),
    /// A line ends here.
    Break,
}

/// What a text holds that a charter may not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MarkdownFault {
    /// Raw HTML, in this line of the text.
    Html(usize),
    /// An image.
    Image(usize),
    /// A link elsewhere than to `https:` or `mailto:`.
    Link(usize, String),
    /// Code, a table or what else has no counterpart.
    Unknown(usize),
}

impl Markdown {
    /// Reads a text. Whatever it holds, what comes out is safe; the faults say what was left out or shown as plain text.
    #[must_use]
    pub fn read(text: &str) -> (Self, Vec<MarkdownFault>) {
        let mut reading = Reading::default();
        for (event, range) in Parser::new_ext(text, Options::empty()).into_offset_iter() {
            let line = text.get(..range.start).map_or(1, |before| before.matches('\n').count() + 1);
            reading.take(event, line);
        }
        (Self { blocks: reading.blocks }, reading.faults)
    }

    /// The headings and paragraphs as plain text, one a line.
    #[must_use]
    pub fn plain(&self) -> String {
        let mut text = String::new();
        plain_blocks(&self.blocks, &mut text);
        text
    }
}

fn plain_blocks(blocks: &[Block], text: &mut String) {
    for block in blocks {
        match block {
            Block::Heading(_, spans) | Block::Paragraph(spans) => {
                plain_spans(spans, text);
                text.push('\n');
            }
            Block::List(_, items) => items.iter().for_each(|item| plain_blocks(item, text)),
            Block::Quote(blocks) => plain_blocks(blocks, text),
            Block::Rule => {}
        }
    }
}

fn plain_spans(spans: &[Span], text: &mut String) {
    for span in spans {
        match span {
            Span::Text(own) => text.push_str(own),
            Span::Emphasis(inner) | Span::Strong(inner) | Span::Link(_, inner) => plain_spans(inner, text),
            Span::Break => text.push(' '),
        }
    }
}

/// What is open while a text is read.
enum Open {
    Heading(u8),
    Paragraph,
    List(Option<u64>, Vec<Vec<Block>>),
    Item,
    Quote,
    Emphasis,
    Strong,
    Link(Option<String>),
    /// Its content goes up as it is.
    Through,
}

#[derive(Default)]
struct Reading {
    blocks: Vec<Block>,
    spans: Vec<Span>,
    /// What is open, each with the blocks and spans that were read before it.
    open: Vec<(Open, Vec<Block>, Vec<Span>)>,
    faults: Vec<MarkdownFault>,
}

impl Reading {
    fn take(&mut self, event: Event<'_>, line: usize) {
        match event {
            Event::Start(tag) => {
                let open = self.opened(tag, line);
                self.push(open);
            }
            Event::End(end) => self.close(end),
            Event::Text(text) => self.spans.push(Span::Text(text.into_string())),
            Event::SoftBreak => self.spans.push(Span::Text(" ".into())),
            Event::HardBreak => self.spans.push(Span::Break),
            Event::Rule => {
                self.settle();
                self.blocks.push(Block::Rule);
            }
            Event::Html(text) | Event::InlineHtml(text) => {
                self.faults.push(MarkdownFault::Html(line));
                self.spans.push(Span::Text(text.into_string()));
            }
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.faults.push(MarkdownFault::Unknown(line));
                self.spans.push(Span::Text(text.into_string()));
            }
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => self.faults.push(MarkdownFault::Unknown(line)),
        }
    }

    fn opened(&mut self, tag: Tag<'_>, line: usize) -> Open {
        match tag {
            // A block of HTML says so in its content.
            Tag::Paragraph | Tag::HtmlBlock => Open::Paragraph,
            Tag::Heading { level, .. } => Open::Heading(depth(level)),
            Tag::BlockQuote(_) => Open::Quote,
            Tag::List(start) => Open::List(start, Vec::new()),
            Tag::Item => Open::Item,
            Tag::Emphasis => Open::Emphasis,
            Tag::Strong => Open::Strong,
            Tag::Link { dest_url, .. } => {
                let fine = is_fine_link(&dest_url).then(|| dest_url.to_string());
                if fine.is_none() {
                    self.faults.push(MarkdownFault::Link(line, dest_url.into_string()));
                }
                Open::Link(fine)
            }
            Tag::Image { .. } => {
                self.faults.push(MarkdownFault::Image(line));
                Open::Through
            }
            _ => {
                self.faults.push(MarkdownFault::Unknown(line));
                Open::Paragraph
            }
        }
    }

    fn push(&mut self, open: Open) {
        // A tight list has no paragraphs: what stands before a list within an item is one.
        if matches!(open, Open::List(..) | Open::Quote | Open::Paragraph | Open::Heading(_) | Open::Item) {
            self.settle();
        }
        self.open.push((open, std::mem::take(&mut self.blocks), std::mem::take(&mut self.spans)));
    }

    /// Spans that stand without a paragraph become one.
    fn settle(&mut self) {
        if !self.spans.is_empty() {
            self.blocks.push(Block::Paragraph(std::mem::take(&mut self.spans)));
        }
    }

    fn close(&mut self, _end: TagEnd) {
        let Some((open, blocks_before, spans_before)) = self.open.pop() else { return };
        let is_inline = matches!(open, Open::Emphasis | Open::Strong | Open::Link(_) | Open::Through);
        if !is_inline && !matches!(open, Open::Paragraph | Open::Heading(_)) {
            self.settle();
        }
        let spans = std::mem::replace(&mut self.spans, spans_before);
        let blocks = std::mem::replace(&mut self.blocks, blocks_before);
        match open {
            Open::Paragraph if spans.is_empty() => {}
            Open::Paragraph => self.blocks.push(Block::Paragraph(spans)),
            Open::Heading(level) => self.blocks.push(Block::Heading(level, spans)),
            Open::Quote => self.blocks.push(Block::Quote(blocks)),
            Open::List(start, items) => self.blocks.push(Block::List(start, items)),
            Open::Item => {
                if let Some((Open::List(_, items), ..)) = self.open.last_mut() {
                    items.push(blocks);
                }
            }
            Open::Emphasis => self.spans.push(Span::Emphasis(spans)),
            Open::Strong => self.spans.push(Span::Strong(spans)),
            Open::Link(Some(to)) => self.spans.push(Span::Link(to, spans)),
            Open::Link(None) | Open::Through => self.spans.extend(spans),
        }
    }
}

const fn depth(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

fn is_fine_link(to: &str) -> bool {
    url::Url::parse(to).is_ok_and(|url| match url.scheme() {
        "https" => url.host_str().is_some(),
        "mailto" => url.path().contains('@'),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text(plain: &str) -> Vec<Span> {
        vec![Span::Text(plain.into())]
    }

    #[test]
    fn a_charter_s_text_becomes_blocks() {
        let (read, faults) = Markdown::read(
            "# Charte\n\nLire *bien* et **tout**.\n\n- un\n- deux\n\n3. trois\n\n> cité\n\n[nous](mailto:a@b.example)\n",
        );
        assert_eq!(faults, []);
        let Some(Block::Paragraph(spans)) = read.blocks.get(1) else { unreachable!("{read:?}") };
        assert_eq!(spans.get(1), Some(&Span::Emphasis(text("bien"))));
        assert_eq!(spans.get(3), Some(&Span::Strong(text("tout"))));
        assert_eq!(read.blocks.first(), Some(&Block::Heading(1, text("Charte"))));
        let items = |words: &[&str]| words.iter().map(|word| vec![Block::Paragraph(text(word))]).collect::<Vec<_>>();
        assert_eq!(read.blocks.get(2), Some(&Block::List(None, items(&["un", "deux"]))));
        assert_eq!(read.blocks.get(3), Some(&Block::List(Some(3), items(&["trois"]))));
        assert_eq!(read.blocks.get(4), Some(&Block::Quote(vec![Block::Paragraph(text("cité"))])));
        let link = Span::Link("mailto:a@b.example".into(), text("nous"));
        assert_eq!(read.blocks.get(5), Some(&Block::Paragraph(vec![link])));
    }

    #[test]
    fn what_a_charter_may_not_hold_is_named_with_its_line_and_comes_out_as_text() {
        let (read, faults) = Markdown::read(
            "<script>alert(1)</script>\n\nA <b>word</b>, ![dessin](https://x.example/a.png)\n\n[ici](javascript:alert(1)) \
             [là](http://x.example)\n\n```\ncode\n```\n",
        );
        let named = |fault: &MarkdownFault| faults.contains(fault);
        assert!(named(&MarkdownFault::Html(1)) && named(&MarkdownFault::Html(3)), "{faults:?}");
        assert!(named(&MarkdownFault::Image(3)) && named(&MarkdownFault::Unknown(7)), "{faults:?}");
        assert!(named(&MarkdownFault::Link(5, "javascript:alert(1)".into())), "{faults:?}");
        assert!(named(&MarkdownFault::Link(5, "http://x.example".into())), "{faults:?}");
        assert!(read.plain().contains("<script>alert(1)</script>") && read.plain().contains("dessin"), "{read:?}");
        assert!(!format!("{read:?}").contains("Link("), "{read:?}");
    }

    proptest! {
        #[test]
        fn no_text_makes_a_link_elsewhere(text in "\\PC{0,200}|([\\[\\]()<>!*_#`a-z:/.\n -]{0,200})") {
            let (read, _) = Markdown::read(&text);
            for part in format!("{read:?}").split("Link(\"").skip(1) {
                prop_assert!(part.starts_with("https:") || part.starts_with("mailto:") || part.starts_with("HTTPS:"), "{part}");
            }
        }
    }
}
