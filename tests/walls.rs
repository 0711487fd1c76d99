//! The walls between the rooms: a room names only those that it may know (docs/house.md).

use std::{fs, path::Path};

const BELOW: &[&str] = &["domain", "policy", "words", "config", "crypto", "store", "ephemeral"];

/// Room, and what it may name beside itself. `app` is the services' bundle; everything below it is open to whoever has it.
const MAY: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("policy", &["domain"]),
    ("words", &["domain", "policy", "say"]),
    ("config", &["domain", "policy"]),
    ("crypto", &["domain"]),
    ("store", &["domain"]),
    ("ephemeral", &["domain"]),
    ("mail", &["app", "words", "say"]),
    ("signin", &["app", "mail"]),
    ("journeys", &["app", "mail", "signin"]),
    ("admin", &["app"]),
    ("roster", &["app"]),
    ("web", &["app", "signin", "words", "say"]),
    ("oidc", &["app", "signin", "web", "words", "say"]),
    ("cas", &["app", "signin", "web", "words", "say"]),
    ("pages", &["app", "signin", "journeys", "web", "words", "say"]),
    ("server", &["app", "mail", "web", "oidc", "cas", "pages"]),
];

#[test]
fn a_room_names_only_those_that_it_may_know() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for (room, allowed) in MAY {
        let mut files = Vec::new();
        walk(&source.join(room), &mut files);
        let single = source.join(format!("{room}.rs"));
        if single.exists() {
            files.push(single);
        }
        for file in files {
            let text = fs::read_to_string(&file).expect("a source");
            // Tests may build what they need.
            let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
            for used in named(text) {
                let is_below = allowed.contains(&"app") && BELOW.contains(&used);
                let fine = used == *room || is_below || allowed.contains(&used);
                assert!(fine || is_test_file(&file), "{}: `{room}` must not know `{used}`", file.display());
            }
        }
    }
}

/// `crate::room` and every `room` of `crate::{room, …}`.
fn named(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for rest in text.split("crate::").skip(1) {
        match rest.strip_prefix('{') {
            None => found.extend(first_word(rest)),
            Some(list) => {
                let (mut depth, mut start) = (1, true);
                for (at, c) in list.char_indices() {
                    match c {
                        '{' => depth += 1,
                        '}' => depth -= 1,
                        ',' if depth == 1 => start = true,
                        c if start && c.is_alphabetic() => {
                            found.extend(first_word(&list[at..]));
                            start = false;
                        }
                        _ => {}
                    }
                    if depth == 0 {
                        break;
                    }
                }
            }
        }
    }
    found
}

fn first_word(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    text.get(..end).filter(|word| !word.is_empty() && word.chars().all(|c| c.is_lowercase() || c == '_'))
}

fn is_test_file(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == "tests.rs" || name == "gallery.rs" || name == "audit.rs")
        || path.components().any(|part| part.as_os_str() == "tests")
}

fn walk(folder: &Path, files: &mut Vec<std::path::PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            walk(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
}
