//! Which language a person reads.

/// A language that Préau speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Locale {
    /// French: the first, and the one of whoever reads neither (row XCT-06).
    #[default]
    Fr,
    /// English.
    En,
}

impl Locale {
    /// Both, French first.
    pub const ALL: [Self; 2] = [Self::Fr, Self::En];

    /// The language of a tag (BCP 47): its first subtag decides, so `fr-CA` is French; none for other languages.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        let language = tag.trim().split(['-', '_']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|locale| locale.tag().eq_ignore_ascii_case(language))
    }

    /// Its tag: `fr` or `en`, as in `<html lang>` and in `Account.language`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::En => "en",
        }
    }

    /// Its own name, which is the same in every language.
    #[must_use]
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::Fr => "Français",
            Self::En => "English",
        }
    }
}

/// The language of a page (row XCT-06): the person's choice, then the service's `ui_locales` (OpenID Connect Core
/// §3.1.2.1), then the browser's `Accept-Language` (RFC 9110 §12.5.4), then French.
#[must_use]
pub fn negotiate(choice: Option<Locale>, ui_locales: &[String], accept_language: Option<&str>) -> Locale {
    choice
        .or_else(|| ui_locales.iter().find_map(|tag| Locale::from_tag(tag)))
        .or_else(|| accept_language.and_then(preferred))
        .unwrap_or_default()
}

/// The language with the greatest weight among those that are spoken here; the first of equals.
fn preferred(accept_language: &str) -> Option<Locale> {
    let mut best: Option<(u32, Locale)> = None;
    for range in accept_language.split(',').take(32) {
        let mut parts = range.split(';');
        let Some(locale) = parts.next().and_then(Locale::from_tag) else { continue };
        let weight = parts.find_map(|part| part.trim().strip_prefix("q=")).map_or(1000, thousandths);
        if weight > 0 && best.is_none_or(|(greatest, _)| weight > greatest) {
            best = Some((weight, locale));
        }
    }
    best.map(|(_, locale)| locale)
}

/// A weight in thousandths; 0 where it is no weight.
fn thousandths(weight: &str) -> u32 {
    let (whole, part) = weight.trim().split_once('.').unwrap_or((weight.trim(), ""));
    match whole {
        "1" => 1000,
        "0" => format!("{part:0<3}").get(..3).and_then(|digits| digits.parse().ok()).unwrap_or(0),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn xct_06_french_for_french_and_for_unknown_english_for_english() {
        let by_browser = |header| negotiate(None, &[], header);
        for (header, locale) in [
            (Some("fr"), Locale::Fr),
            (Some("fr-CA,fr;q=0.9,en;q=0.8"), Locale::Fr),
            (Some("en"), Locale::En),
            (Some("en-GB,en;q=0.9,fr;q=0.1"), Locale::En),
            (Some("de"), Locale::Fr),
            (Some("de,en;q=0.8"), Locale::En),
            (Some("fr;q=0.3, en;q=0.7"), Locale::En),
            (Some("en;q=0"), Locale::Fr),
            (Some("*"), Locale::Fr),
            (Some(";;q=,,%%"), Locale::Fr),
            (None, Locale::Fr),
        ] {
            assert_eq!(by_browser(header), locale, "{header:?}");
        }
    }

    #[test]
    fn xct_06_the_persons_choice_comes_before_the_service_and_the_browser() {
        let service = ["es".to_owned(), "en-GB".to_owned(), "fr".to_owned()];
        assert_eq!(negotiate(Some(Locale::Fr), &service, Some("en")), Locale::Fr);
        assert_eq!(negotiate(None, &service, Some("fr")), Locale::En);
        assert_eq!(negotiate(None, &["es".to_owned()], Some("en")), Locale::En);
    }
}
