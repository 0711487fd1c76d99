//! The members of one registration, taken one by one; every fault is noted and what nobody took is one.

use std::fmt;

use serde_json::{Map, Value};
use url::Url;

use crate::domain::is_loopback;

/// What is wrong with a file, and where. The values of secrets are never told.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct FileFault {
    /// The file's name.
    pub file: String,
    /// Which registration: its id, else its place in the file (`#2`).
    pub service: Option<String>,
    /// Which member: `redirect_uris[1]`, `cas.service`.
    pub member: Option<String>,
    /// What is wrong, and what to write instead.
    pub fault: String,
}

impl fmt::Display for FileFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.file)?;
        if let Some(service) = &self.service {
            write!(f, "{service}: ")?;
        }
        if let Some(member) = &self.member {
            write!(f, "`{member}` ")?;
        }
        f.write_str(&self.fault)
    }
}

/// The members that were not taken yet, and what was found wrong.
pub(in crate::admin) struct Members {
    left: Map<String, Value>,
    within: &'static str,
    faults: Vec<(Option<String>, String)>,
}

impl Members {
    pub(in crate::admin) const fn of(members: Map<String, Value>, within: &'static str) -> Self {
        Self { left: members, within, faults: Vec::new() }
    }

    /// Notes what is wrong with a member.
    pub(in crate::admin) fn fault(&mut self, member: &str, what: impl Into<String>) {
        self.faults.push((Some(format!("{}{member}", self.within)), what.into()));
    }

    pub(in crate::admin) fn has(&self, member: &str) -> bool {
        self.left.contains_key(member)
    }

    /// Ends the reading: what nobody took is a fault.
    pub(in crate::admin) fn finish(mut self) -> Vec<(Option<String>, String)> {
        let unknown: Vec<String> = self.left.keys().cloned().collect();
        for member in unknown {
            self.fault(&member, "is not a member that is known here");
        }
        self.faults
    }

    /// What another reader, of an object inside this one, found wrong.
    pub(in crate::admin) fn also(&mut self, faults: Vec<(Option<String>, String)>) {
        self.faults.extend(faults);
    }

    fn take<T>(&mut self, member: &str, want: &str, read: impl FnOnce(Value) -> Option<T>) -> Option<T> {
        let read = read(self.left.remove(member)?);
        if read.is_none() {
            self.fault(member, format!("must be {want}"));
        }
        read
    }

    /// A text that is not empty.
    pub(in crate::admin) fn text(&mut self, member: &str) -> Option<String> {
        let filled = |value: Value| value.as_str().filter(|text| !text.trim().is_empty()).map(str::to_owned);
        self.take(member, "a text that is not empty", filled)
    }

    pub(in crate::admin) fn truth(&mut self, member: &str) -> Option<bool> {
        self.take(member, "true or false", |value| value.as_bool())
    }

    pub(in crate::admin) fn object(&mut self, member: &str) -> Option<Map<String, Value>> {
        self.take(member, "an object", |value| if let Value::Object(object) = value { Some(object) } else { None })
    }

    /// Whether the member is there and is an object, for what may be said in two ways.
    pub(in crate::admin) fn is_object(&self, member: &str) -> bool {
        self.left.get(member).is_some_and(Value::is_object)
    }

    /// A reason: a text, or true for the usual one. False is as good as absent.
    pub(in crate::admin) fn reason(&mut self, member: &str, usual: &str) -> Option<String> {
        let reason = self.take(member, "true, false or a reason", |value| match value {
            Value::Bool(given) => Some(if given { usual.to_owned() } else { String::new() }),
            Value::String(reason) => Some(reason),
            _ => None,
        });
        reason.filter(|reason| !reason.is_empty())
    }

    /// A list of texts.
    pub(in crate::admin) fn texts(&mut self, member: &str) -> Option<Vec<String>> {
        self.take(member, "a list of texts", |value| {
            value.as_array()?.iter().map(|one| one.as_str().map(str::to_owned)).collect()
        })
    }

    /// One of a few words.
    pub(in crate::admin) fn choice<T: Copy>(&mut self, member: &str, choices: &[(&str, T)]) -> Option<T> {
        let text = self.text(member)?;
        let found = choices.iter().find(|(word, _)| *word == text).map(|(_, choice)| *choice);
        if found.is_none() {
            let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
            self.fault(member, format!("`{text}` is not known: write {}", words.join(" or ")));
        }
        found
    }

    /// An address that people or the server may go to: https, or http on this machine.
    pub(in crate::admin) fn address(&mut self, member: &str) -> Option<Url> {
        let text = self.text(member)?;
        match web_address(&text) {
            Ok(url) => Some(url),
            Err(what) => {
                self.fault(member, what);
                None
            }
        }
    }

    /// A member for people, with its language-tagged forms (`client_name#fr`, RFC 7591 §2.2); the plain one first, then
    /// French, then English, then the others.
    pub(in crate::admin) fn for_people<T>(
        &mut self,
        member: &str,
        mut read: impl FnMut(&mut Self, &str) -> Option<T>,
    ) -> Option<T> {
        let prefix = format!("{member}#");
        let is_tag =
            |tag: &str| !tag.is_empty() && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        let tagged = |name: &&String| name.strip_prefix(&prefix).is_some_and(is_tag);
        let mut names: Vec<String> = self.left.keys().filter(tagged).cloned().collect();
        names.sort_by_key(|name| (!name.ends_with("#fr"), !name.ends_with("#en")));
        names.insert(0, member.to_owned());
        let read: Vec<T> = names.iter().filter_map(|name| read(self, name)).collect();
        read.into_iter().next()
    }
}

/// Parses an absolute address: https, or http where it is one of this machine's, as an operator may register it.
///
/// # Errors
/// What is wrong with it.
pub(super) fn web_address(text: &str) -> Result<Url, String> {
    let url = absolute(text)?;
    match url.scheme() {
        "https" => Ok(url),
        "http" if is_loopback(&url) => Ok(url),
        "http" => Err(format!("{text} must be https: http is taken for addresses of this machine alone")),
        other => Err(format!("{text} must be https, not {other}")),
    }
}

/// Parses an absolute address that means the same to every parser.
///
/// # Errors
/// What is wrong with it.
pub(super) fn absolute(text: &str) -> Result<Url, String> {
    if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(format!("{text:?} has blanks or letters outside ASCII: write them percent-encoded"));
    }
    if text.contains(['\\', '*']) {
        return Err(format!(
            "{text} holds `\\` or `*`: addresses are compared to the character, there are no patterns"
        ));
    }
    let url = Url::parse(text).map_err(|error| format!("{text} is not an absolute address: {error}"))?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(format!("{text} has a user part"));
    }
    if text.contains('#') {
        return Err(format!("{text} has a fragment (RFC 6749 §3.1.2)"));
    }
    Ok(url)
}
