//! A charter's file: what is read, and what is refused.

use proptest::prelude::*;

use super::{export::inert, file::read};

const FINE: &str = "+++\nid = \"ent-familles-3\"\nversion = \"3\"\nprofiles = [\"parent\", \"pupil\"]\neffect = 2026-09-01\n\
    blocking = true\nrequires_guardian = \"always\"\n+++ fr\n\n# Charte d’utilisation\n\n## À quoi sert l’ENT\n\nÀ tout.\n\
    +++ en\n# Charter of use\n\nFor everything.\n";

fn faults(text: &str) -> Vec<String> {
    let faults = read(text).err().unwrap_or_default();
    faults.into_iter().map(|fault| format!("{}: {}", fault.at, fault.fault)).collect()
}

#[test]
fn a_file_is_read_whole() {
    let draft = read(FINE).expect("a draft");
    let charter = draft.charter(None, "Europe/Paris");
    assert_eq!((charter.id.as_str(), charter.version.as_str(), charter.blocking), ("ent-familles-3", "3", true));
    assert_eq!(charter.title.read_in("en"), ("Charter of use", "en"));
    assert_eq!(charter.title.read_in("fr"), ("Charte d’utilisation", "fr"));
    // Midnight in Paris.
    assert_eq!(charter.effective_at.seconds(), 1_788_213_600);
    assert!(draft.body.fr.contains("## À quoi sert l’ENT") && !draft.body.fr.contains("# Charte"));
    let french = FINE.split("+++ en").next().unwrap_or_default();
    let charter = read(french).expect("French alone").charter(None, "Europe/Paris");
    assert_eq!(charter.title.read_in("en"), ("Charte d’utilisation", "fr"), "CHA-10: the French text, and it says so");
}

#[test]
fn every_fault_of_a_file_is_named_with_its_place() {
    let text = "+++\nid = \"Été\"\nversion = 3\nprofiles = [\"parents\"]\neffect = \"demain\"\nkind = \"small\"\ncolour = 1\n\
        +++ de\n# Hallo\n+++ fr\nCharte\n\nUn <b>mot</b> et [là](http://a.example).\n\n![](a.png)\n";
    let found = faults(text);
    for expected in [
        "id: must be small letters",
        "version: must be a text",
        "profiles: must be a list of some of pupil, parent",
        "effect: must be the day",
        "kind: must be one of major, minor",
        "colour: is not a member",
        "line 8: begins no part",
        "fr, line 11: must be the title",
        "fr, line 13: holds HTML",
        "fr, line 13: links to http://a.example",
        "fr, line 15: holds an image",
    ] {
        assert!(found.iter().any(|fault| fault.starts_with(expected)), "{expected} in {found:#?}");
    }
    assert!(faults("").iter().any(|fault| fault.contains("line 1")));
    assert!(faults("+++\nid = \n+++ fr\n# A\n\nb\n").iter().any(|fault| fault.starts_with("line 2: is no TOML")));
    assert!(
        faults(&FINE.replace("À tout.", "").replace("## À quoi sert l’ENT", ""))
            .iter()
            .any(|it| it.contains("no text"))
    );
    for taken in ["vue", "refus", "enfant", "../x", ".a", ""] {
        assert!(!faults(&FINE.replace("ent-familles-3", taken)).is_empty(), "{taken}");
    }
}

#[test]
fn cha_11_no_cell_of_the_proof_is_a_formula() {
    for cell in ["=1+1", "+33", "-2", "@SUM(A1)", "\t=1", "\r=1"] {
        assert_eq!(inert(cell), format!("'{cell}"));
    }
    assert_eq!(inert("Roux-Lefèvre"), "Roux-Lefèvre");
}

proptest! {
    #[test]
    fn no_file_is_read_that_says_nothing(text in "(\\+\\+\\+( fr| en)?\n|id = \"a\"\n|# T\n|[a-z<>\\[\\]\"= ]{0,9}\n|\\PC{0,20}\n){0,12}") {
        if let Ok(draft) = read(&text) {
            prop_assert!(!draft.body.fr.trim().is_empty() && !draft.id.as_str().is_empty());
        }
    }
}
