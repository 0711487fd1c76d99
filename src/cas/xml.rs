//! The `cas:serviceResponse` document (CAS 3.0 appendix A). Everything written through it is escaped.

use std::io;

use quick_xml::{
    Writer,
    events::{BytesEnd, BytesStart, BytesText, Event},
};

/// The namespace of every CAS answer; clients look for it, and some for the prefix `cas:` to the letter.
const RESPONSE: &str = "cas:serviceResponse xmlns:cas='http://www.yale.edu/tp/cas'";
const RESPONSE_NAME: &str = "cas:serviceResponse";

/// An answer in the making.
pub(super) struct Document(Writer<Vec<u8>>);

impl Document {
    /// Writes an answer around what `inner` writes.
    pub(super) fn write(inner: impl FnOnce(&mut Self) -> io::Result<()>) -> io::Result<Vec<u8>> {
        let mut document = Self(Writer::new_with_indent(Vec::new(), b' ', 2));
        document.0.write_event(Event::Start(BytesStart::from_content(RESPONSE, RESPONSE_NAME.len())))?;
        inner(&mut document)?;
        document.0.write_event(Event::End(BytesEnd::new(RESPONSE_NAME)))?;
        Ok(document.0.into_inner())
    }

    /// An element around what `inner` writes.
    pub(super) fn within(&mut self, name: &str, inner: impl FnOnce(&mut Self) -> io::Result<()>) -> io::Result<()> {
        let name = format!("cas:{name}");
        self.0.write_event(Event::Start(BytesStart::new(name.as_str())))?;
        inner(self)?;
        self.0.write_event(Event::End(BytesEnd::new(name.as_str())))
    }

    /// An element with a text, and attributes of XML.
    pub(super) fn text(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) -> io::Result<()> {
        let element = self.0.create_element(format!("cas:{name}")).with_attributes(attributes.iter().copied());
        element.write_text_content(BytesText::new(&writable(text)))?;
        Ok(())
    }
}

/// Without the characters that no XML 1.0 document may hold, escaped or not (§2.2).
fn writable(text: &str) -> String {
    let fine = |c: &char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..);
    text.chars().filter(fine).collect()
}
