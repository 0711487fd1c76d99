//! What a translator or a programmer may forget, found by walking catalogues, templates and code (house, habit 12).

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use fluent_syntax::{
    ast::{Entry, Expression, InlineExpression, Message, Pattern, PatternElement},
    parser,
};

use super::{
    Locale,
    catalogue::{FACES, text},
};

/// Handed to every sentence, so no call names them.
const ALWAYS: [&str; 3] = ["register", "country", "school"];
/// Sentences that are rightly the same in both languages.
const SAME: [&str; 6] = ["charter-over", "charters-row", "title", "profile-parent", "minutes", "mail-subject"];
/// French sentences that only adults, or people who have not said who they are, can meet.
const VOUS_ALONE: [&str; 3] = ["chooser-question", "chooser-lead", "sign-in-remember-hint"];
/// The face that speaks to parents alone, and to the school.
const FOR_ADULTS: &str = "help";

/// A message, taken apart.
#[derive(Default)]
struct Sentence {
    /// Each run of text; a placeable stands as U+FFFC. With the register whose variant it lies in.
    runs: Vec<(Option<String>, String)>,
    args: BTreeSet<String>,
    references: BTreeSet<String>,
}

fn sentences(locale: Locale) -> BTreeMap<String, Sentence> {
    let mut all = BTreeMap::new();
    for face in FACES {
        let resource = parser::parse(text(face, locale)).unwrap_or_else(|(_, errors)| {
            panic!("{}/{}.ftl: {errors:?}", locale.tag(), face.0);
        });
        for entry in resource.body {
            let Entry::Message(Message { id, value: Some(value), .. }) = entry else { continue };
            let mut sentence = Sentence::default();
            take_apart(&value, None, &mut sentence);
            assert!(all.insert(id.name.to_owned(), sentence).is_none(), "{} is there twice", id.name);
        }
    }
    all
}

fn take_apart(pattern: &Pattern<&str>, register: Option<&str>, into: &mut Sentence) {
    let mut run = String::new();
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => run.push_str(value),
            PatternElement::Placeable { expression: Expression::Inline(inline) } => {
                run.push('\u{fffc}');
                inline_parts(inline, into);
            }
            PatternElement::Placeable { expression: Expression::Select { selector, variants } } => {
                run.push('\u{fffc}');
                inline_parts(selector, into);
                let on_register =
                    matches!(selector, InlineExpression::VariableReference { id } if id.name == "register");
                for variant in variants {
                    let key = match &variant.key {
                        fluent_syntax::ast::VariantKey::Identifier { name }
                        | fluent_syntax::ast::VariantKey::NumberLiteral { value: name } => *name,
                    };
                    take_apart(&variant.value, if on_register { Some(key) } else { register }, into);
                }
            }
        }
    }
    into.runs.push((register.map(str::to_owned), run));
}

fn inline_parts(inline: &InlineExpression<&str>, into: &mut Sentence) {
    match inline {
        InlineExpression::VariableReference { id } => {
            into.args.insert(id.name.to_owned());
        }
        InlineExpression::MessageReference { id, .. } => {
            into.references.insert(id.name.to_owned());
        }
        InlineExpression::Placeable { expression } => {
            if let Expression::Inline(inner) = expression.as_ref() {
                inline_parts(inner, into);
            }
        }
        _ => {}
    }
}

/// The arguments that a call has to bring.
fn own_args(sentence: &Sentence) -> BTreeSet<&str> {
    sentence.args.iter().map(String::as_str).filter(|arg| !ALWAYS.contains(arg)).collect()
}

/// Code and templates, comments taken out; the tests of this room left out.
fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for (folder, ending) in [("src", "rs"), ("templates", "html"), ("templates", "txt")] {
        walk(&root.join(folder), ending, &mut found);
    }
    // What operators read at the command line is English and stands in the code.
    found.retain(|(path, _)| !path.ends_with("words/audit.rs") && !path.contains("/src/cli/"));
    found
}

fn walk(folder: &Path, ending: &str, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            walk(&path, ending, found);
        } else if path.extension().is_some_and(|extension| extension == ending) {
            let text = fs::read_to_string(&path).expect("a text");
            let code: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
            found.push((path.display().to_string(), code.join("\n")));
        }
    }
}

/// Every call of `name("key"…)`: the key and what stands between it and the closing bracket.
fn calls<'a>(source: &'a str, name: &str) -> Vec<(&'a str, &'a str)> {
    source
        .split(name)
        .skip(1)
        .filter_map(|rest| {
            let rest = rest.strip_prefix('(')?.trim_start().strip_prefix('"')?;
            let (key, rest) = rest.split_once('"')?;
            let mut depth = 1;
            let end = rest.find(|c| {
                depth += i32::from(c == '(') - i32::from(c == ')');
                depth == 0
            })?;
            Some((key, rest.get(..end)?))
        })
        .collect()
}

#[test]
fn both_languages_know_the_same_sentences_with_the_same_arguments() {
    let (french, english) = (sentences(Locale::Fr), sentences(Locale::En));
    let keys = |of: &BTreeMap<String, Sentence>| of.keys().cloned().collect::<BTreeSet<_>>();
    let lacking: Vec<_> = keys(&french).symmetric_difference(&keys(&english)).cloned().collect();
    assert!(lacking.is_empty(), "in one language alone: {lacking:?}");
    for (key, sentence) in &french {
        assert_eq!(own_args(sentence), own_args(&english[key]), "the arguments of {key} differ");
    }
}

#[test]
fn every_catalogue_file_is_compiled_in() {
    for locale in Locale::ALL {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/words").join(locale.tag());
        let mut files = Vec::new();
        walk(&folder, "ftl", &mut files);
        assert_eq!(files.len(), FACES.len(), "{}: name each catalogue in `faces!`", folder.display());
    }
}

#[test]
fn every_sentence_is_said_somewhere_and_every_key_has_a_sentence() {
    let french = sentences(Locale::Fr);
    let sources = sources();
    let referred: BTreeSet<&String> = french.values().flat_map(|sentence| &sentence.references).collect();
    for key in french.keys() {
        let literal = format!("\"{key}\"");
        let is_said = sources.iter().any(|(_, text)| text.contains(&literal)) || referred.contains(key);
        assert!(is_said, "nobody says {key}");
    }
    let door_keys = crate::policy::Doors::ALL
        .iter()
        .flat_map(|door| std::iter::once(door.key).chain(door.choices.iter().map(|(key, _)| *key)));
    for key in door_keys {
        assert!(french.contains_key(key), "the door {key} has no sentence");
    }
    for (path, text) in &sources {
        for name in ["say", "say_with", "say!"] {
            for (key, _) in calls(text, name) {
                assert!(french.contains_key(key), "{path} says {key}, which no catalogue has");
            }
        }
    }
}

#[test]
fn every_call_brings_the_arguments_of_its_sentence() {
    let french = sentences(Locale::Fr);
    for (path, text) in &sources() {
        for (key, _) in calls(text, "say") {
            assert!(own_args(&french[key]).is_empty(), "{path}: {key} wants {:?}", own_args(&french[key]));
        }
        for (key, rest) in calls(text, "say_with") {
            // Arguments that are made elsewhere can't be read here; the look-up logs what is missing.
            if rest.contains("(\"") {
                let brought: BTreeSet<&str> =
                    rest.split("(\"").skip(1).filter_map(|r| r.split('"').next()).filter(|n| is_name(n)).collect();
                assert_eq!(brought, own_args(&french[key]), "{path}: {key}");
            }
        }
        for (key, rest) in calls(text, "say!") {
            let names = rest.split(" = ").filter_map(|part| part.rsplit([',', ' ', '\n']).next());
            let brought: BTreeSet<&str> = names.take(rest.matches(" = ").count()).collect();
            assert_eq!(brought, own_args(&french[key]), "{path}: {key}");
        }
    }
}

fn is_name(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_lowercase() || c == '-' || c == '_')
}

#[test]
fn an_english_sentence_differs_from_the_french_one() {
    let english = sentences(Locale::En);
    for (key, sentence) in sentences(Locale::Fr) {
        let is_same = sentence.runs == english[&key].runs && !SAME.contains(&key.as_str());
        assert!(!is_same, "{key} is the same in both languages; if it should be, name it in SAME");
    }
}

#[test]
fn french_is_set_as_french() {
    for (key, sentence) in sentences(Locale::Fr) {
        for (_, run) in &sentence.runs {
            let faults = typographic_faults(run);
            assert!(faults.is_empty(), "{key}: {faults:?} in {run:?}");
        }
    }
}

#[test]
fn tu_and_vous_are_never_mixed() {
    for (key, sentence) in sentences(Locale::Fr) {
        for (register, run) in &sentence.runs {
            let lower = run.to_lowercase();
            let words: Vec<&str> = lower.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
            let vous =
                words.iter().any(|w| ["vous", "votre", "vos"].contains(w) || (w.ends_with("ez") && *w != "chez"));
            let tu = words.iter().any(|w| ["tu", "ton", "tes", "toi", "te"].contains(w));
            let register = register.as_deref().unwrap_or("none");
            assert!(!(vous && register == "tu"), "{key} says vous to a pupil: {run}");
            assert!(!(tu && register != "tu"), "{key} says tu to everybody: {run}");
            assert!(
                !vous || register == "vous" || VOUS_ALONE.contains(&key.as_str()) || is_for_adults(&key),
                "{key} says vous to everybody: {run}"
            );
        }
    }
}

fn is_for_adults(key: &str) -> bool {
    FACES
        .iter()
        .filter(|face| face.0 == FOR_ADULTS)
        .any(|face| text(face, Locale::Fr).lines().any(|line| line.starts_with(&format!("{key} ="))))
}

#[test]
fn no_sentence_holds_an_invisible_sign_of_direction() {
    for locale in Locale::ALL {
        for face in FACES {
            assert!(!text(face, locale).contains(|c| ('\u{2066}'..='\u{2069}').contains(&c)), "{}", face.0);
        }
    }
}

/// A colon wants U+00A0 before it, `;!?` U+202F, guillemets U+00A0 inside, an apostrophe is ’ (the look, "Voice").
fn typographic_faults(run: &str) -> Vec<String> {
    let signs: Vec<char> = run.chars().collect();
    let at = |place: Option<usize>| place.and_then(|place| signs.get(place)).copied().unwrap_or(' ');
    let mut faults = Vec::new();
    for (place, sign) in signs.iter().enumerate() {
        let (before, after) = (at(place.checked_sub(1)), at(Some(place + 1)));
        let is_right = match sign {
            ':' => before == '\u{a0}' || after == '/' || (before.is_ascii_digit() && after.is_ascii_digit()),
            ';' | '!' | '?' => before == '\u{202f}',
            '»' => before == '\u{a0}',
            '«' => after == '\u{a0}',
            '\'' | '"' => false,
            '.' => !(before == '.' && after == '.'),
            ' ' => before != ' ',
            _ => true,
        };
        if !is_right {
            faults.push(format!("{before}{sign}{after}"));
        }
    }
    faults
}
