//! A reduced text as HTML. Everything that is written is escaped; the tags are ours.

use std::fmt::Write as _;

use crate::domain::{Block, Markdown, Span};

/// The text as HTML; its headings stand `deeper` than they say, and never above `h2`.
pub(super) fn html(text: &Markdown, deeper: u8) -> String {
    let mut html = String::new();
    blocks(&text.blocks, deeper, &mut html);
    html
}

fn blocks(all: &[Block], deeper: u8, html: &mut String) {
    for block in all {
        match block {
            Block::Heading(level, inside) => {
                let level = (level.max(&2) + deeper).min(6);
                around(html, &format!("h{level}"), |html| spans(inside, html));
                html.push('\n');
            }
            Block::Paragraph(inside) => {
                around(html, "p", |html| spans(inside, html));
                html.push('\n');
            }
            Block::List(start, items) => list(*start, items, deeper, html),
            Block::Quote(inside) => around(html, "blockquote", |html| blocks(inside, deeper, html)),
            Block::Rule => html.push_str("<hr>\n"),
        }
    }
}

fn list(start: Option<u64>, items: &[Vec<Block>], deeper: u8, html: &mut String) {
    let tag = if start.is_some() { "ol" } else { "ul" };
    let from = start.filter(|start| *start != 1).map(|start| format!(" start=\"{start}\"")).unwrap_or_default();
    let _infallible = write!(html, "<{tag}{from}>");
    for item in items {
        around(html, "li", |html| match item.as_slice() {
            // A line alone is no paragraph of its own.
            [Block::Paragraph(inside)] => spans(inside, html),
            others => blocks(others, deeper, html),
        });
    }
    let _infallible = writeln!(html, "</{tag}>");
}

fn spans(all: &[Span], html: &mut String) {
    for span in all {
        match span {
            Span::Text(text) => escape(text, html),
            Span::Emphasis(inside) => around(html, "em", |html| spans(inside, html)),
            Span::Strong(inside) => around(html, "strong", |html| spans(inside, html)),
            Span::Break => html.push_str("<br>"),
            Span::Link(to, inside) => {
                html.push_str("<a rel=\"noopener noreferrer\" href=\"");
                escape(to, html);
                html.push_str("\">");
                spans(inside, html);
                html.push_str("</a>");
            }
        }
    }
}

fn around(html: &mut String, tag: &str, inside: impl FnOnce(&mut String)) {
    let _infallible = write!(html, "<{tag}>");
    inside(html);
    let _infallible = write!(html, "</{tag}>");
}

fn escape(text: &str, html: &mut String) {
    for sign in text.chars() {
        match sign {
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '&' => html.push_str("&amp;"),
            '"' => html.push_str("&quot;"),
            other => html.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_text_becomes_tags_of_ours_alone() {
        let text = "# Titre\n\n## Les *règles* & <b>\n\n1. un\n2. [deux](https://a.example/?x=\"1\"&y)\n\n> <script>\n";
        assert_eq!(
            html(&Markdown::read(text).0, 1),
            "<h3>Titre</h3>\n<h3>Les <em>règles</em> &amp; &lt;b&gt;</h3>\n<ol><li>un</li><li><a rel=\"noopener noreferrer\" \
             href=\"https://a.example/?x=&quot;1&quot;&amp;y\">deux</a></li></ol>\n<blockquote><p>&lt;script&gt;\n</p>\n</blockquote>"
        );
    }

    proptest! {
        #[test]
        fn no_text_makes_another_tag(text in "\\PC{0,200}|([\\[\\]()<>!*_#`'\"a-z:/.\n -]{0,300})") {
            const OURS: [&str; 13] =
                ["h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "li", "em", "strong", "a", "blockquote"];
            let drawn = html(&Markdown::read(&text).0, 0);
            let page = scraper::Html::parse_fragment(&drawn);
            for element in page.root_element().descendent_elements().skip(1) {
                let name = element.value().name();
                prop_assert!(OURS.contains(&name) || ["br", "hr"].contains(&name), "{name} in {drawn}");
                for (attribute, value) in element.value().attrs() {
                    let fine = match attribute {
                        "href" => value.to_lowercase().starts_with("https:") || value.to_lowercase().starts_with("mailto:"),
                        "rel" | "start" => true,
                        _ => false,
                    };
                    prop_assert!(fine, "{attribute} in {drawn}");
                }
            }
        }
    }
}
