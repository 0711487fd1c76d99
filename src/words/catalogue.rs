//! The sentences, compiled in: one Fluent bundle per language.

use std::sync::LazyLock;

use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};

use super::Locale;

/// The catalogues, a file per face and language: `(face, French, English)`. A face that lacks a language does not compile.
macro_rules! faces {
    ($($face:literal),* $(,)?) => {
        /// Every catalogue: its face, its French text and its English text.
        pub(super) const FACES: &[(&str, &str, &str)] = &[$((
            $face,
            include_str!(concat!("../../templates/words/fr/", $face, ".ftl")),
            include_str!(concat!("../../templates/words/en/", $face, ".ftl")),
        )),*];
    };
}

faces![
    "frame",
    "sign-in",
    "activation",
    "privacy",
    "question",
    "recovery",
    "registration",
    "account",
    "letter",
    "charter",
    "session",
    "security",
    "handover",
    "errors",
    "rules",
    "states",
    "mails",
    "components",
    "upstream",
    "help",
];

struct Catalogues {
    fr: FluentBundle<FluentResource>,
    en: FluentBundle<FluentResource>,
}

static CATALOGUES: LazyLock<Catalogues> =
    LazyLock::new(|| Catalogues { fr: bundle(Locale::Fr), en: bundle(Locale::En) });

/// The text of a face in a language.
pub(super) const fn text(face: &(&'static str, &'static str, &'static str), locale: Locale) -> &'static str {
    match locale {
        Locale::Fr => face.1,
        Locale::En => face.2,
    }
}

/// A language's sentences. A faulty one is left out and logged; a test parses them all.
fn bundle(locale: Locale) -> FluentBundle<FluentResource> {
    let language = locale.tag().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    // By default each value is wrapped in invisible signs, fatal in a code or a link.
    bundle.set_use_isolating(false);
    for face in FACES {
        let resource = FluentResource::try_new(text(face, locale).to_owned()).unwrap_or_else(|(resource, errors)| {
            tracing::error!(face = face.0, ?errors, "a catalogue does not parse");
            resource
        });
        if let Err(errors) = bundle.add_resource(resource) {
            tracing::error!(face = face.0, ?errors, "a catalogue repeats a key");
        }
    }
    bundle
}

/// A sentence; where it is missing, its key, so that the page still stands.
pub(super) fn look_up(locale: Locale, key: &str, args: &FluentArgs<'_>) -> String {
    let catalogue = match locale {
        Locale::Fr => &CATALOGUES.fr,
        Locale::En => &CATALOGUES.en,
    };
    let pattern = catalogue.get_message(key).and_then(|message| message.value());
    assert!(pattern.is_some() || !cfg!(test), "no sentence for {key}");
    let Some(pattern) = pattern else {
        tracing::error!(key, language = locale.tag(), "a sentence is missing");
        return key.to_owned();
    };
    let mut errors = Vec::new();
    let sentence = catalogue.format_pattern(pattern, Some(args), &mut errors).into_owned();
    assert!(errors.is_empty() || !cfg!(test), "{key} lacks a value: {errors:?}");
    if !errors.is_empty() {
        tracing::error!(key, language = locale.tag(), ?errors, "a sentence lacks a value");
    }
    sentence
}
