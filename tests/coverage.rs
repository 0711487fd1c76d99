//! `docs/coverage.md` maps the rows of the checklist to the tests that carry their ids in their names. This keeps it true:
//! it fails when the page and the tests disagree, when a promised row has no test, or when a test carries too many rows.
//!
//! `PREAU_WRITE_COVERAGE=1 cargo test --test coverage` writes the page anew.

#![expect(clippy::expect_used, reason = "a test that can't read the sources has failed")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

/// The rows that are promised so far: id, weight, and what they are about.
const ROWS: &[(&str, u8, &str)] = &[
    ("LOG-01", 1, "five families of profiles, in order"),
    ("LOG-02", 1, "sub-choices open in place"),
    ("LOG-03", 1, "the chosen profile's form, the request kept"),
    ("LOG-08", 1, "identifiers compare without case, accents, blanks"),
    ("LOG-09", 1, "wrong identifier and wrong password look alike"),
    ("LOG-10", 1, "a letter's password as it is pasted"),
    ("LOG-11", 2, "Caps Lock is said"),
    ("LOG-12", 1, "the password can be shown"),
    ("LOG-13", 1, "five failures, then a pause, for the unknown too"),
    ("LOG-14", 1, "a school behind one address is not slowed"),
    ("LOG-15", 1, "a page left open restarts by itself"),
    ("LOG-16", 1, "two tabs, two services"),
    ("LOG-17", 2, "going back finds a form"),
    ("LOG-18", 1, "https, HSTS, safe cookies"),
    ("LOG-19", 1, "sign-in without scripts"),
    ("LOG-20", 2, "the letter opens the activation from any profile"),
    ("LOG-21", 2, "a letter that is out of date"),
    ("LOG-22", 1, "a wrongly chosen profile"),
    ("LOG-23", 2, "site and telephones in the footer"),
    ("ACT-01", 1, "a letter is printed for who is to activate"),
    ("ACT-02", 1, "the letter opens the activation and no session"),
    ("ACT-03", 1, "a link by mail, the address masked"),
    ("ACT-04", 1, "confirmed, operational"),
    ("ACT-05", 1, "the letter after its use"),
    ("ACT-06", 1, "only once"),
    ("ACT-07", 1, "a mail scanner uses nothing up"),
    ("ACT-08", 1, "a used link is friendly"),
    ("ACT-09", 1, "a link that is too old leads to a fresh one"),
    ("ACT-10", 1, "a mistyped address is corrected"),
    ("ACT-11", 1, "no code, no ticket before the address is confirmed"),
    ("ACT-12", 1, "a pupil without an address"),
    ("ACT-13", 1, "each unmet rule at its field"),
    ("ACT-14", 1, "the confirmation differs"),
    ("ACT-15", 1, "an address that two parents share"),
    ("ACT-16", 1, "a child's or the school's address"),
    ("ACT-17", 2, "a mistyped domain"),
    ("ACT-18", 1, "interrupted and gone on with"),
    ("ACT-19", 1, "two browsers at once"),
    ("ACT-20", 1, "wrong letters are paused"),
    ("REG-01", 1, "the address that the school knows"),
    ("REG-02", 1, "who one is and whose parent"),
    ("REG-03", 1, "a birth date in three lists"),
    ("REG-04", 1, "the network's schools, sorted"),
    ("REG-05", 1, "a mail with the next step"),
    ("REG-06", 1, "password and secret question by the link"),
    ("REG-07", 1, "the account is operational"),
    ("REG-08", 1, "all the children in one account"),
    ("REG-09", 1, "an address that is not on file"),
    ("REG-10", 1, "probing is slowed and told"),
    ("REG-11", 1, "one text for whatever does not agree"),
    ("REG-12", 1, "nothing before the mailbox is proven"),
    ("REG-13", 1, "names as people write them"),
    ("REG-14", 1, "civic numbers as people write them"),
    ("REG-15", 1, "of twins either"),
    ("REG-16", 1, "the youngest is asked for"),
    ("REG-17", 1, "separated parents"),
    ("REG-18", 1, "two parents, one mailbox"),
    ("REG-19", 1, "a contact without authority"),
    ("REG-27", 1, "a prepared account is taken over"),
    ("REG-20", 1, "an account that is there already"),
    ("REG-21", 1, "five mismatches pause an address"),
    ("REG-22", 1, "impossible dates"),
    ("REG-23", 1, "empty fields"),
    ("REG-24", 2, "a link that is too old"),
    ("REG-25", 1, "children come and go"),
    ("REG-26", 2, "no window"),
    ("QST-01", 1, "the username, then the question"),
    ("QST-02", 1, "the question, the answer and the ways back"),
    ("QST-03", 1, "a right answer mails a temporary password"),
    ("QST-04", 1, "the mail in the reference's order"),
    ("QST-06", 1, "a question for everybody, and no answer that succeeds"),
    ("QST-07", 1, "answers compare without case, accents, blanks"),
    ("QST-08", 1, "three wrong answers pause the question"),
    ("QST-12", 1, "the mailbox is always the second proof"),
    ("QST-15", 1, "a double click is one mail"),
    ("QST-13", 2, "a list of questions, and answers that can't be read elsewhere"),
    ("QST-14", 2, "question and answer changed with the current password"),
    ("QST-05", 1, "a temporary password is replaced first"),
    ("QST-09", 1, "the old password is good until the temporary one is used"),
    ("QST-10", 1, "a temporary password is over after a day or its use"),
    ("QST-11", 1, "temporary passwords: strong, plain, dictated"),
    ("ACT-21", 2, "a child that is not the reader's"),
    ("ACT-22", 2, "a second letter becomes part of the account"),
    ("ACC-01", 1, "the account page, its header and menu"),
    ("ACC-02", 1, "the identifier and the address are shown"),
    ("ACC-03", 1, "nothing changes without the current password"),
    ("ACC-04", 1, "a new password ends the other sessions"),
    ("ACC-05", 1, "a new address is confirmed, the old one is warned"),
    ("ACC-06", 1, "password and address at once"),
    ("ACC-07", 1, "a wrong current password counts"),
    ("ACC-08", 2, "the children, and what is wrong with the list"),
    ("ACC-09", 1, "back to the portal of origin, registered addresses alone"),
    ("ACC-10", 1, "the account page signs out"),
    ("ACC-11", 2, "the secret question and the address in one's account"),
    ("ACC-12", 1, "services know the person as before"),
    ("ACC-13", 2, "a change that waits: again, or given up"),
    ("ACC-17", 2, "one's data, as a page and as a file"),
    ("ACC-14", 2, "the old address takes the change back"),
    ("ACC-15", 2, "a parent's temporary password for a child"),
    ("ACC-16", 2, "sessions are listed and ended"),
    ("ADM-20", 1, "administrators give a second factor"),
    ("FPW-14", 1, "where there is a second factor, the password alone is not enough"),
    ("ACT-23", 2, "the square on the letter"),
    ("CHA-01", 1, "the charter before any code or ticket"),
    ("CHA-02", 1, "read, printed, with version and date"),
    ("CHA-03", 1, "acceptance kept, then the page first asked for"),
    ("CHA-04", 1, "refused: no session, and what follows"),
    ("CHA-05", 1, "not asked twice"),
    ("CHA-06", 1, "a new version for its own people"),
    ("CHA-07", 1, "a pupil's charter and the guardian's signature"),
    ("CHA-08", 2, "an address for notifications, asked for once"),
    ("CHA-09", 2, "two schools, two charters, two ticks"),
    ("CHA-10", 1, "in the reader's language, or French that says so"),
    ("CHA-11", 2, "the proof of acceptances"),
    ("CHA-12", 1, "nobody is asked who may not be"),
    ("POL-02", 1, "presets of password rules"),
    ("POL-03", 1, "common passwords are refused"),
    ("POL-05", 1, "unlike name and identifier"),
    ("POL-08", 1, "no periodic change"),
    ("POL-09", 2, "none of the last three passwords"),
    ("POL-10", 1, "a huge password is refused quickly"),
    ("FID-01", 1, "one field, one button"),
    ("FID-02", 1, "the identifier by mail, and nothing that opens"),
    ("FID-03", 1, "the same answer and work for unknown addresses"),
    ("FID-04", 1, "one mail for all who share an address"),
    ("FID-05", 1, "pupils who ask the school"),
    ("FID-06", 1, "capitals and blanks in an address"),
    ("FID-07", 1, "the fourth request in an hour"),
    ("FID-08", 2, "an account that is not activated"),
    ("FID-09", 2, "an account that is leaving or gone"),
    ("FPW-01", 1, "one field, the identifier"),
    ("FPW-02", 1, "the address stays unsaid"),
    ("FPW-03", 1, "the link's form"),
    ("FPW-04", 1, "the password changed, everything else ended, told by mail"),
    ("FPW-05", 1, "a scanner uses nothing up"),
    ("FPW-06", 1, "a link that was used"),
    ("FPW-07", 1, "a newer link"),
    ("FPW-08", 1, "a link that is too old"),
    ("FPW-09", 1, "a sign-in meanwhile"),
    ("FPW-10", 1, "an address in place of the identifier"),
    ("FPW-11", 1, "unknown, without mail, blocked: the same answer"),
    ("FPW-12", 1, "a reset does not unblock"),
    ("FPW-13", 1, "the roster's mailbox activates"),
    ("FPW-14", 1, "a second factor at the reset"),
    ("FPW-15", 2, "sent again after two minutes"),
    ("FPW-16", 1, "another device than the one that asked"),
    ("FPW-17", 1, "links name our own address"),
    ("FPW-18", 1, "back to the sign-in that began it"),
    ("COD-01", 1, "a title, three steps announced"),
    ("COD-02", 1, "all steps in view, one open"),
    ("COD-03", 1, "the address given to the school"),
    ("COD-04", 1, "identifier and code by mail"),
    ("COD-05", 1, "the right code opens step 3"),
    ("COD-06", 1, "password, confirmation, the four rules"),
    ("COD-07", 1, "done, and whom to turn to"),
    ("COD-08", 1, "given up, the code void"),
    ("COD-09", 2, "the policy beside the flow"),
    ("COD-10", 2, "the secretariat where it fails"),
    ("COD-11", 1, "unknown addresses look and cost the same"),
    ("COD-12", 1, "who of those who share the address"),
    ("COD-13", 1, "the code however it is typed"),
    ("COD-14", 1, "five wrong tries"),
    ("COD-15", 1, "an old code, sent anew"),
    ("COD-16", 1, "the window closed, on this device"),
    ("COD-17", 1, "the window closed, on another"),
    ("COD-18", 1, "only the last code"),
    ("COD-19", 1, "a refused password keeps the proof"),
    ("COD-20", 1, "8 and 32 characters, 7 and 33"),
    ("COD-21", 1, "each fault with its reason"),
    ("COD-22", 1, "accents, blanks, emoji"),
    ("COD-23", 1, "no third step without the second"),
    ("COD-24", 1, "heard, in order, with the focus"),
    ("COD-25", 2, "a child’s password is the parents’ affair"),
    ("POL-01", 1, "exactly the four rules"),
    ("POL-04", 1, "rules ticked while typing"),
    ("POL-06", 1, "paste, and what password managers need"),
    ("POL-07", 2, "the policy page"),
    ("MEL-01", 1, "every mail in two parts and two languages"),
    ("MEL-04", 1, "the mail server is away for a while"),
    ("MEL-05", 1, "mail that comes back"),
    ("MEL-07", 1, "what is typed stands on its own line"),
    ("MEL-02", 1, "do not reply, and whom to write to"),
    ("MEL-03", 1, "who asked nothing does nothing; when and on what"),
    ("MEL-09", 2, "the code in the subject"),
    ("LOG-06", 1, "the parents' form, and a sign-in by address"),
    ("LOG-07", 1, "each profile's own ways back"),
    ("HLP-01", 1, "the help form is there without an account"),
    ("HLP-02", 1, "the fields of the help form"),
    ("HLP-03", 1, "every field is needed, nothing typed is lost"),
    ("HLP-04", 1, "the chosen school gets it, the parent a number"),
    ("HLP-05", 1, "an answer to the mail reaches the parent"),
    ("HLP-06", 1, "the parent gets a receipt"),
    ("HLP-07", 1, "a school without an address"),
    ("HLP-08", 1, "what is written stays text"),
    ("HLP-09", 1, "robots and repeated forms"),
    ("HLP-10", 2, "filled in from the journey that failed"),
    ("HLP-12", 2, "four questions answered"),
    ("HLP-13", 1, "telephone numbers of two countries"),
    ("HLP-14", 1, "what is kept, and for how long"),
    ("MEL-06", 1, "headers of mails"),
    ("MEL-10", 1, "no secret in logs and audit"),
    ("SSO-01", 1, "all gates passed, in the page first asked for"),
    ("SSO-02", 1, "CAS attributes of the service's release"),
    ("SSO-03", 1, "the same facts as claims"),
    ("SSO-04", 1, "the children that the roster grants"),
    ("SSO-09", 1, "subjects outlive changes and merges"),
    ("SSO-05", 1, "both services are told of the end of a session"),
    ("SSO-06", 1, "what a session gave ends with it"),
    ("SSO-07", 1, "shared computers: idle limits, nothing remembered"),
    ("SSO-08", 1, "unregistered addresses are refused"),
    ("XCT-01", 1, "no failure of WCAG 2.2 A and AA"),
    ("XCT-02", 1, "errors are named, suggested, focused"),
    ("XCT-03", 1, "autocomplete on identity fields"),
    ("XCT-04", 1, "paste, no puzzle, nothing twice"),
    ("XCT-05", 1, "help in the same place"),
    ("XCT-06", 1, "French and English, kept"),
    ("XCT-07", 2, "words of the country"),
    ("XCT-08", 1, "local times, 24 hours"),
    ("XCT-09", 1, "no form runs out of time"),
    ("XCT-13", 1, "what becomes of people's data, for adults and for pupils"),
    ("XCT-12", 1, "no third-party request"),
    ("XCT-14", 2, "on paper"),
    ("PRV-02", 1, "pupil numbers per country"),
    ("PRV-04", 1, "an identifier by the rule, and a letter"),
    ("PRV-08", 1, "any name makes a valid identifier"),
    ("RGN-08", 1, "what stands on a letter, French or both"),
    ("RGN-09", 1, "printed by class, then name, as French sorts"),
    ("RGN-10", 1, "one letter for each parent"),
    ("RGN-17", 1, "the style of provisional passwords"),
    ("XCT-15", 1, "names of every kind in print"),
    ("LOG-05", 1, "a profile that signs in at an external provider"),
    ("SEP-01", 1, "what is needed for a pupil's reset"),
    ("SEP-02", 1, "a forgotten username goes through the school"),
    ("SEP-03", 1, "one main button"),
    ("SEP-04", 1, "to SEPNE with PKCE, state and nonce, and back"),
    ("SEP-05", 1, "a session there needs no sign-in page"),
    ("SEP-06", 1, "the title, two fields, one button"),
    ("SEP-07", 1, "the success text with its ten minutes"),
    ("SEP-08", 1, "the mail goes to the mailbox there"),
    ("SEP-09", 1, "a temporary password, once, then replaced"),
    ("SEP-10", 1, "another pupil's number is refused"),
    ("SEP-11", 1, "one text for both, five tries, a pause"),
    ("SEP-12", 1, "a number as people type it"),
    ("SEP-13", 1, "who is signed in there, and somebody else"),
    ("SEP-14", 1, "no page without a fresh proof"),
    ("SEP-15", 1, "the provider is down or wrong"),
    ("SEP-16", 1, "a pupil who stops there"),
    ("SEP-17", 1, "teachers and parents are refused"),
    ("SEP-18", 1, "not activated, blocked or departing"),
    ("SEP-19", 1, "one mail in ten minutes, then a new one"),
    ("SEP-20", 2, "new keys there"),
    ("SEP-21", 1, "sessions end, guardians are told"),
    ("SEP-22", 1, "tu for pupils"),
    ("SEP-23", 2, "another provider's name"),
    ("SEP-24", 2, "a pupil without an account"),
];

/// Rows that rest on later work, and on what.
const LATER: &[(&str, &str)] = &[
    ("HLP-05", "the console, for its link to the matching accounts"),
    ("HLP-11", "the console"),
    ("LOG-04", "the console"),
];

#[test]
fn the_page_of_coverage_is_true() {
    let tests = tests_by_row();
    for (id, weight, about) in ROWS {
        assert!(*weight > 1 || tests.contains_key(*id), "{id} ({about}) has no test that carries its id");
    }
    let page = page(&tests);
    let path = root().join("docs/coverage.md");
    if std::env::var_os("PREAU_WRITE_COVERAGE").is_some() {
        fs::write(&path, &page).expect("the page written");
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(written == page, "docs/coverage.md is out of date: PREAU_WRITE_COVERAGE=1 cargo test --test coverage");
}

fn page(tests: &BTreeMap<String, BTreeSet<String>>) -> String {
    let mut page = String::from(
        "# Coverage\n\nWhich test shows which row of the checklist. A test's name carries the ids of its rows, three at the \
         most; `tests/coverage.rs` keeps this page true.\n\n| row | weight | about | tests |\n| --- | --- | --- | --- |\n",
    );
    let listed = |id: &str| {
        let tests = tests.get(id).into_iter().flatten();
        tests.map(|test| format!("`{test}`")).collect::<Vec<_>>().join("<br>")
    };
    for (id, weight, about) in ROWS {
        let shown = Some(listed(id)).filter(|shown| !shown.is_empty()).unwrap_or_else(|| "none yet".into());
        let _ = writeln!(page, "| {id} | {weight} | {about} | {shown} |");
    }
    let promised: BTreeSet<&str> = ROWS.iter().map(|(id, ..)| *id).collect();
    page.push_str("\n## Tests of further rows\n\n| row | tests |\n| --- | --- |\n");
    for id in tests.keys().filter(|id| !promised.contains(id.as_str())) {
        let _ = writeln!(page, "| {id} | {} |", listed(id));
    }
    page.push_str("\n## Rows that rest on later work\n\n| row | on |\n| --- | --- |\n");
    for (id, on) in LATER.iter().filter(|(id, _)| !tests.contains_key(*id)) {
        let _ = writeln!(page, "| {id} | {on} |");
    }
    page
}

/// Row → `file: test`, from the names of the tests.
fn tests_by_row() -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut files = Vec::new();
    for folder in ["src", "tests"] {
        walk(&root().join(folder), &mut files);
    }
    for file in files {
        let text = fs::read_to_string(&file).expect("a source");
        let shown = file.strip_prefix(root()).expect("below the root").display().to_string();
        for name in text.lines().filter_map(test_name) {
            let ids = ids(name);
            assert!(ids.len() <= 3, "{name} carries {} rows: three at the most", ids.len());
            for id in ids {
                found.entry(id).or_default().insert(format!("{shown}: {name}"));
            }
        }
    }
    found
}

fn test_name(line: &str) -> Option<&str> {
    let rest = line.trim_start().trim_start_matches("pub ").trim_start_matches("async ").strip_prefix("fn ")?;
    rest.split(['(', '<']).next()
}

/// The ids that a name begins with: `log_13_xct_02_…`.
fn ids(name: &str) -> Vec<String> {
    const SECTIONS: [&str; 18] = [
        "log", "act", "cha", "fid", "fpw", "cod", "reg", "qst", "sep", "acc", "hlp", "adm", "rgn", "pol", "mel", "sso",
        "xct", "prv",
    ];
    let words: Vec<&str> = name.split('_').collect();
    let pairs = words.chunks(2).map_while(|pair| match pair {
        [section, number] if SECTIONS.contains(section) && number.len() == 2 && number.parse::<u8>().is_ok() => {
            Some(format!("{}-{number}", section.to_uppercase()))
        }
        _ => None,
    });
    pairs.collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() && !path.ends_with("node_modules") {
            walk(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
}
