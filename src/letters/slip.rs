//! What stands on a slip: a temporary password, handed to somebody whom one knows, on a strip that is cut off.

use super::{Desk, Due};
use crate::{
    domain::{Identifier, Instant, Profile, TemporaryPassword},
    print::{Block, Paper, Part, Run},
    words::Locale,
};

/// Slips on a page.
const ON_A_PAGE: usize = 4;

/// A slip to print.
#[derive(Debug)]
pub struct Slip {
    /// To whom.
    pub due: Due,
    /// The login name.
    pub identifier: Identifier,
    /// What opens one session, in which it is replaced.
    pub password: TemporaryPassword,
    /// Until when.
    pub expires_at: Instant,
}

/// The slips as one document, four on a page with a line between to cut along.
#[must_use]
pub fn slips(desk: Desk<'_>, slips: &[Slip]) -> Paper {
    let locale = desk.languages.first();
    let parts = slips.chunks(ON_A_PAGE).map(|page| {
        let each = page.iter().map(|slip| desk.slip(slip)).collect::<Vec<_>>();
        let name = page.first().map(|slip| slip.due.person.full_name()).unwrap_or_default();
        Part { one_page: true, ..Part::new(name, locale, each.join(&Block::Rule)) }
    });
    let profile = slips.first().map_or(Profile::Pupil, |slip| slip.due.profile);
    let title = desk.speaker(locale, profile).say_with("slip-document", &[("by", desk.school.name.as_str())]);
    Paper { title, language: locale, made_at: desk.now, parts: parts.collect() }
}

impl Desk<'_> {
    fn slip(self, slip: &Slip) -> Vec<Block> {
        let (due, first) = (&slip.due, self.languages.first());
        let who = [Some(due.person.full_name()), due.class.clone()].into_iter().flatten().collect::<Vec<_>>();
        let title = format!("{} · {}", who.join(" – "), self.speaker(first, due.profile).say("slip-title"));
        let keys = self.keys(due.profile, &slip.identifier, ("slip-password", slip.password.reveal()));
        let how = |locale: Locale| {
            let speaker = self.speaker(locale, due.profile);
            let until = speaker.moment(slip.expires_at, &self.school.time_zone);
            let said = [speaker.say_with("slip-until", &[("until", until)]), speaker.say("slip-foot")];
            (locale, vec![Block::Note(vec![Run::plain(said.join(" "))])])
        };
        vec![
            Block::Heading(1, vec![Run::plain(title)]),
            keys,
            Block::Columns(self.languages.locales().iter().copied().map(how).collect()),
        ]
    }
}
