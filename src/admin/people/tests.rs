use std::time::Duration;

use tempfile::TempDir;

use super::*;
use crate::{
    domain::{
        Account, AccountState, Establishment, EstablishmentId, EstablishmentKind, Facts, Group, GroupId, GroupKind,
        HashParameters, Hashing, Instant, Password, Presence,
    },
    store::{Opening, accounts, audit, people, roster},
};

const FAMILY: &str = r#"[
  {"identifier": "nadia.roux", "password": "étoile 4 lune", "profile": "parent", "profiles": ["national_staff"],
   "function": "teacher", "given_name": "Nadia", "family_name": "Roux", "email": "nadia@example.org",
   "establishment": {"code": "0990009X", "name": "Collège d’essai"}, "children": ["ilyes.roux"],
   "claims": {"nickname": "Nad", "address": {"locality": "Mirebois"}, "phone_number": "+33639981234"}},
  {"identifier": "ilyes.roux", "profile": "pupil", "given_name": "Ilyès", "family_name": "Roux",
   "establishment": {"code": "0990009X", "name": "Collège d’essai"}, "classes": ["4e B"], "pupil_number": "123456789AB",
   "birth_date": "2013-04-21"}
]"#;

struct Trial {
    db: Db,
    hasher: Hasher,
    rng: Rng,
    _folder: TempDir,
}

impl Trial {
    async fn begins() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite:{}", folder.path().join("people.db").display());
        let rng = Rng::seeded(1);
        let parameters = HashParameters { memory_kib: 64, passes: 1, lanes: 1 };
        let hashing = Hashing { parameters, workers: 1, queue: 8, patience: Duration::from_secs(1) };
        let hasher = Hasher::start(hashing, rng.clone()).expect("a hasher");
        Self { db: Db::open(&url, Opening::Migrate).await.expect("a database"), hasher, rng, _folder: folder }
    }

    async fn apply_at(&self, seconds: i64, text: &str) -> Result<Vec<AppliedPerson>, Vec<PersonFault>> {
        let tools = Tools { db: &self.db, hasher: &self.hasher, rng: &self.rng, rule: IdentifierRule::GivenFamily };
        let by = Actor::command(Instant::from_seconds(1_790_000_000 + seconds));
        apply(tools, &by, ("people.json", text)).await.expect("no fault")
    }

    async fn account(&self, identifier: &str) -> Account {
        let found = accounts::find_by_identifier(&self.db, &Identifier::new(identifier)).await.expect("an answer");
        found.expect("an account")
    }

    async fn facts(&self, identifier: &str) -> Facts {
        let account = self.account(identifier).await;
        people::find_facts(&self.db, &account.id).await.expect("an answer").expect("facts")
    }

    async fn events(&self, identifier: &str) -> Vec<String> {
        let account = self.account(identifier).await;
        let lines = audit::list(&self.db, &account.id).await.expect("an answer");
        lines.into_iter().map(|line| line.event).collect()
    }
}

fn changed(applied: Result<Vec<AppliedPerson>, Vec<PersonFault>>) -> Vec<bool> {
    applied.expect("a fine file").iter().map(|one| one.changed).collect()
}

#[tokio::test]
async fn a_family_is_made_as_the_file_says_and_the_same_file_changes_nothing() {
    let trial = Trial::begins().await;
    assert_eq!(changed(trial.apply_at(0, FAMILY).await), [true, true]);
    let nadia = trial.facts("NADIA.Roux").await;
    assert_eq!(nadia.account.state(), AccountState::Operational);
    assert_eq!(nadia.details.get("nickname"), Some(&json!("Nad")));
    assert_eq!(nadia.person.phone.as_deref(), Some("+33639981234"));
    assert_eq!(nadia.affiliations.len(), 2);
    assert_eq!(nadia.children.first().and_then(|child| child.class.as_deref()), Some("4e B"));
    assert_eq!(trial.account("ilyes.roux").await.state(), AccountState::ToActivate);
    let hashes = trial.hasher.count();
    assert_eq!(changed(trial.apply_at(60, FAMILY).await), [false, false]);
    assert_eq!(trial.hasher.count(), hashes + 1, "the password is tried against the hash that is there");
    assert_eq!(trial.facts("nadia.roux").await.updated_at, nadia.updated_at);
    assert_eq!(trial.events("nadia.roux").await, ["account_created"]);
}

#[tokio::test]
async fn another_password_or_state_changes_the_account_and_leaves_its_line() {
    let trial = Trial::begins().await;
    trial.apply_at(0, FAMILY).await.expect("a fine file");
    let before = trial.account("nadia.roux").await;
    let other = FAMILY.replace("étoile 4 lune", "lune 4 étoile");
    assert_eq!(changed(trial.apply_at(60, &other).await), [true, false]);
    let after = trial.account("nadia.roux").await;
    assert!(after.valid_since > before.valid_since, "older sessions are void");
    let typed = Password::typed("lune 4 étoile").expect("a password");
    let network = Network::of([127, 0, 0, 1].into());
    let verdict = trial.hasher.verify(&network, after.credential.hash(), &typed).expect("a place").await;
    assert!(verdict.expect("a verdict").matches);
    let blocked = other.replace("\"function\"", "\"suspended\": \"Départ\", \"function\"");
    assert_eq!(changed(trial.apply_at(120, &blocked).await), [true, false]);
    assert_eq!(trial.account("nadia.roux").await.suspension.map(|it| it.reason), Some("Départ".into()));
    assert_eq!(changed(trial.apply_at(180, &other).await), [true, false]);
    let events = ["account_created", "account_overwritten", "account_suspended", "account_resumed"];
    assert_eq!(trial.events("nadia.roux").await, events);
}

#[tokio::test]
async fn every_state_can_be_asked_for() {
    let trial = Trial::begins().await;
    for (state, expected) in [
        ("operational", AccountState::Operational),
        ("to_activate", AccountState::ToActivate),
        ("confirming", AccountState::Confirming),
        ("suspended", AccountState::Suspended),
        ("departing", AccountState::Departing),
        ("archived", AccountState::Archived),
    ] {
        let file = format!(
            r#"{{"identifier": "{state}", "password": "lune 4", "profile": "guest", "family_name": "Roy",
               "email": "roy@example.org", "state": "{state}"}}"#
        );
        assert_eq!(changed(trial.apply_at(0, &file).await), [true]);
        assert_eq!(trial.account(state).await.state(), expected);
        assert_eq!(changed(trial.apply_at(60, &file).await), [false], "{state}");
    }
    assert!(matches!(trial.account("departing").await.presence, Presence::Departing { .. }));
}

#[tokio::test]
async fn a_faulty_file_is_refused_whole_and_every_fault_is_named() {
    let trial = Trial::begins().await;
    let file = r#"[
      {"identifier": "lea", "profile": "pupil", "password": "lune 4", "pupil_number": "12"},
      {"identifier": "LÉA", "profile": "wizard", "email": "nobody", "birth_date": "21/04/2013", "pasword": "x"},
      {"profile": "parent", "state": "confirming", "claims": {"sub": "1", "address": "here"}}
    ]"#;
    let faults = trial.apply_at(0, file).await.expect_err("a faulty file");
    let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
    for word in
        ["twice", "wizard", "nobody", "birth_date", "pasword", "#3: `identifier`", "claims.sub", "claims.address"]
    {
        assert!(told.iter().any(|line| line.contains(word)), "{word}: {told:#?}");
    }
    assert!(!told.concat().contains("lune 4"), "a password is never told");
    let file = r#"[{"identifier": "lea", "profile": "pupil", "pupil_number": "12", "establishment": "0000000Z"},
      {"identifier": "jo", "profile": "parent", "children": ["nobody"], "pupil_number": "12"}]"#;
    let faults = trial.apply_at(0, file).await.expect_err("a faulty file");
    let members: Vec<_> = faults.iter().filter_map(|fault| fault.member.as_deref()).collect();
    assert_eq!(members, ["establishment", "pupil_number", "children"]);
    assert_eq!(accounts::count(&trial.db).await.expect("a count"), 0);
}

#[tokio::test]
async fn test_people_join_a_school_that_is_there() {
    let trial = Trial::begins().await;
    let school = Establishment {
        id: EstablishmentId::new("tilleuls"),
        code: "0990002K".into(),
        name: "Collège des Tilleuls".into(),
        kind: EstablishmentKind::LowerSecondary,
        town: "Mirebois".into(),
        authority: "Académie du Val d’Orne".into(),
        country: "FR".into(),
        time_zone: "Europe/Paris".into(),
        email: None,
        phone: None,
    };
    let class = Group {
        id: GroupId::new("4b"),
        establishment_id: school.id.clone(),
        kind: GroupKind::Class,
        name: "4e B".into(),
        level: "Quatrième".into(),
        year: 2026,
    };
    let mut tx = trial.db.begin().await.expect("a transaction");
    assert!(roster::put_establishment(&mut tx, &school).await.expect("written"));
    assert!(!roster::put_establishment(&mut tx, &school).await.expect("the same"));
    assert!(roster::put_group(&mut tx, &class).await.expect("written"));
    tx.commit().await.expect("committed");
    let file = format!(
        r#"{{"identifier": "essai", "profile": "pupil", "given_name": "Zoé", "establishment": "{}", "classes": ["4e B"]}}"#,
        school.code
    );
    assert_eq!(changed(trial.apply_at(0, &file).await), [true]);
    let facts = trial.facts("essai").await;
    assert_eq!(facts.affiliations[0].2.id, school.id);
    let file = r#"{"identifier": "parent", "profile": "parent", "establishment": {"code": "0990003R"},
        "further_establishments": ["0990002K"], "children": ["essai"]}"#;
    assert_eq!(changed(trial.apply_at(60, file).await), [true]);
    assert_eq!(trial.facts("parent").await.affiliations.len(), 2);
    assert_eq!(changed(trial.apply_at(120, file).await), [false]);
    assert_eq!((&facts.classes[0].name, &facts.classes[0].level), (&class.name, &class.level));
}

#[test]
fn test_people_are_refused_outside_the_demo_unless_forced() {
    assert!(may_apply(true, false).is_ok() && may_apply(false, true).is_ok());
    assert!(may_apply(false, false).is_err_and(|fault| fault.to_string().contains("--force")));
}
