//! The walls of the house: no room names another that it may not know (docs: the rooms and who may import which).
#![expect(clippy::unwrap_used, clippy::panic, reason = "a wall that can't be read has fallen")]

use std::{fs, path::Path};

/// Everything up to `app.rs`.
const BELOW_APP: &[&str] = &[
    "app",
    "config",
    "crypto",
    "domain",
    "ephemeral",
    "outbound",
    "policy",
    "power_cut",
    "print",
    "store",
    "upstream",
    "words",
];

/// Each room, and the rooms that it may name.
fn may_know(room: &str) -> Option<Vec<&'static str>> {
    let above = |further: &[&'static str]| [BELOW_APP, further].concat();
    Some(match room {
        "domain" => vec![],
        "policy" | "crypto" | "store" | "ephemeral" | "power_cut" => vec!["domain"],
        "config" | "words" => vec!["domain", "policy"],
        "print" => vec!["domain", "policy", "words"],
        "outbound" => vec!["config", "domain"],
        "upstream" => vec!["domain", "outbound", "policy"],
        "app" | "mail" | "letters" => above(&[]),
        "signin" | "admin" | "roster" => above(&["mail"]),
        // An act on one's own account begins with a proof, and the session that acts goes on.
        // Who registers gets an account to activate, as a letter's reader does.
        "journeys" => above(&["mail", "signin", "letters"]),
        "web" => above(&["signin"]),
        "oidc" | "cas" => above(&["web", "signin"]),
        "pages" => above(&["web", "signin", "mail", "journeys"]),
        "console" | "scim" => above(&["web", "signin", "mail", "admin", "roster", "letters"]),
        // They put everything together.
        "server" | "cli" | "demo" | "main" | "lib" => return None,
        _ => panic!("src/{room} is a room that no wall knows: say in tests/walls.rs whom it may name"),
    })
}

/// Every file below a directory, with its text.
fn files(dir: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push((path.to_string_lossy().into_owned(), fs::read_to_string(&path).unwrap()));
        }
    }
}

/// The rooms of the house that a text names after `crate::`, groups in braces included; tests may name what they like.
fn named(text: &str) -> Vec<String> {
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    let text: String = lines.flat_map(|line| [line, "\n"]).collect();
    let mut rooms = Vec::new();
    for after in text.split("crate::").skip(1) {
        match after.strip_prefix('{') {
            Some(group) => rooms.extend(top_level(group)),
            None => rooms.extend(first_word(after)),
        }
    }
    rooms
}

fn first_word(text: &str) -> Option<String> {
    let word: String = text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    (!word.is_empty()).then_some(word)
}

/// The first words of a group's members, at its own depth.
fn top_level(group: &str) -> Vec<String> {
    let (mut depth, mut member, mut words) = (1, String::new(), Vec::new());
    for sign in group.chars() {
        match sign {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => {
                words.extend(first_word(&member));
                member.clear();
            }
            _ => member.push(sign),
        }
        if depth == 0 {
            break;
        }
    }
    words.extend(first_word(&member));
    words
}

/// Every file of the house but those of tests: its room, its path, its text.
fn rooms() -> Vec<(String, String, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    files(&src, &mut found);
    let room_of = |path: &str| {
        let below = path.strip_prefix(src.to_str().unwrap()).unwrap().trim_start_matches('/');
        below.split(['/', '.']).next().unwrap().to_owned()
    };
    let of_tests: Vec<String> = found
        .iter()
        .flat_map(|(_, text)| text.split("#[cfg(test)]\nmod ").skip(1).filter_map(|rest| rest.split_once(';')))
        .filter(|(name, _)| name.chars().all(|c| c.is_alphanumeric() || c == '_'))
        .map(|(name, _)| format!("/{name}.rs"))
        .collect();
    let is_of_tests = |path: &str| of_tests.iter().any(|name| path.ends_with(name));
    found.retain(|(path, _)| !is_of_tests(path));
    found.into_iter().map(|(path, text)| (room_of(&path), path, text)).collect()
}

#[test]
fn no_room_names_one_that_it_may_not_know() {
    let all = rooms();
    assert!(all.len() > 80, "the rooms were read");
    let mut wrong = Vec::new();
    for (room, path, text) in &all {
        let Some(allowed) = may_know(room) else { continue };
        for name in named(text) {
            let is_room = all.iter().any(|(other, _, _)| *other == name);
            if is_room && name != *room && !allowed.contains(&name.as_str()) {
                wrong.push(format!("{path}: `{room}` must not know `{name}`"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_few_may_know_few_name() {
    let owners: [(&str, &[&str]); 11] = [
        ("totp_rs::", &["crypto"]),
        ("webauthn_rs::", &["crypto"]),
        ("argon2::", &["crypto"]),
        ("josekit::", &["crypto"]),
        ("redis::", &["ephemeral"]),
        ("krilla::", &["print"]),
        ("lettre::", &["mail", "demo"]),
        ("std::env::var", &["config"]),
        ("sqlx::query", &["store"]),
        // The applications of the demo stand for programs of other people.
        ("reqwest::", &["outbound", "upstream", "demo"]),
        ("openidconnect::", &["upstream", "demo"]),
    ];
    for (room, path, text) in rooms() {
        let text = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
        for (name, may) in owners {
            let is_test = path.ends_with("tests.rs") || path.contains("/tests/");
            assert!(
                is_test || may.contains(&room.as_str()) || !text.contains(name),
                "{path}: `{room}` must not know `{name}`"
            );
        }
    }
}

#[test]
fn files_stay_short() {
    let long: Vec<_> =
        rooms().into_iter().filter(|(_, _, text)| text.lines().count() > 420).map(|(_, path, _)| path).collect();
    assert!(long.is_empty(), "split what has grown over 400 lines: {long:?}");
}

#[test]
fn the_wall_sees_groups_and_paths() {
    let text = "use crate::{\n    app::App,\n    domain::{Fault, Instant},\n    store,\n};\nfn f() -> crate::words::Locale { crate::say!(\"x\") }";
    assert_eq!(named(text), ["app", "domain", "store", "words", "say"]);
}
