//! Files as operators write them, right and wrong.

use rstest::rstest;

use super::*;
use crate::{
    config::{Config, Mode, Settings},
    domain::{CasUser, Claim, Instant, Match, ServiceUrl},
    store::Opening,
};

/// A fresh store, and what an operator has at hand.
struct Desk {
    db: Db,
    rng: Rng,
    portals: Portals,
    actor: Actor,
    _dir: tempfile::TempDir,
}

impl Desk {
    async fn new() -> Self {
        let dir = tempfile::tempdir().expect("a directory");
        let url = format!("sqlite:{}", dir.path().join("preau.db").display());
        let config = Config::check(Settings::default(), Mode::Demo).expect("settings");
        Self {
            db: Db::open(&url, Opening::Migrate).await.expect("a database"),
            rng: Rng::seeded(3),
            portals: config.policy.portals,
            actor: Actor::command(Instant::from_seconds(1_800_000_000)),
            _dir: dir,
        }
    }

    async fn try_files(&self, texts: &[&str]) -> Result<Vec<Applied>, Vec<FileFault>> {
        let files: Vec<_> =
            texts.iter().enumerate().map(|(nth, text)| (format!("{nth}.json"), (*text).to_owned())).collect();
        apply(&self.db, &self.rng, &self.actor, &self.portals, &files).await.expect("the store answers")
    }

    async fn applies(&self, text: &str) -> Applied {
        self.try_files(&[text]).await.expect("a fine file").pop().expect("one")
    }

    async fn party(&self, id: &str) -> RelyingParty {
        show(&self.db, &RelyingPartyId::new(id)).await.expect("the store answers").expect("registered")
    }

    async fn audit_lines(&self) -> Vec<(String, String)> {
        const LINES: &str = "SELECT event, data FROM audit ORDER BY event, id";
        let Db::Sqlite { readers, .. } = &self.db else { panic!("SQLite") };
        sqlx::query_as(LINES).fetch_all(readers).await.expect("lines")
    }
}

const AGENDA: &str = r#"{
    "client_id": "agenda", "client_name": "Agenda", "client_name#en": "Diary", "client_secret": "douze-lunes-vertes",
    "redirect_uris": ["http://127.0.0.2:8081/cb"], "post_logout_redirect_uris": ["http://127.0.0.2:8081/"],
    "token_endpoint_auth_method": "client_secret_post", "scope": "openid profile email",
    "first_party": true, "claims": ["name", "email", "children.identifiers"], "contacts": ["ops@example.org"],
    "response_types": ["code"], "grant_types": ["authorization_code", "refresh_token"]
}"#;

const VIE_SCOLAIRE: &str = r#"[{
    "client_id": "vie-scolaire", "client_name": "Vie scolaire",
    "cas": { "service": "http://127.0.0.3:8082/cas", "match": "prefix", "proxy": false, "user": "subject",
             "logout_url": "http://127.0.0.3:8082/slo",
             "release": { "ENTPersonProfils": "profiles.national", "ENTPersonLogin": "identifier" } }
}]"#;

#[tokio::test]
async fn what_a_file_says_is_registered() {
    let desk = Desk::new().await;
    let applied = desk.try_files(&[AGENDA, VIE_SCOLAIRE]).await.expect("fine files");
    assert!(applied.iter().all(|one| one.changed && one.client_secret.is_none()));
    let agenda = desk.party("agenda").await;
    assert_eq!((agenda.name.as_str(), agenda.sector.as_str(), agenda.portal.as_str()), ("Agenda", "public", "default"));
    let client = agenda.oidc.expect("a client");
    let digest = Secret::new("douze-lunes-vertes").digest();
    assert_eq!(client.auth, AuthMethod::ClientSecretPost(ClientSecret { digest }));
    assert!(client.release.0.contains(&Claim::Subject) && client.release.0.contains(&Claim::ChildrenIdentifiers));
    assert_eq!(client.id_token_signed_response_alg, "RS256");
    let vie = desk.party("vie-scolaire").await;
    assert_eq!(vie.sector, "127.0.0.3");
    let cas = vie.cas.expect("a service");
    assert_eq!((cas.matching, cas.user), (Match::Prefix, CasUser::Subject));
    assert!(cas.matches(&ServiceUrl::parse("http://127.0.0.3:8082/cas/login?x=1").expect("an address")));
    let lines = desk.audit_lines().await;
    assert_eq!(lines.len(), 2);
    assert!(lines.iter().all(|(event, _)| event == "service_applied"), "{lines:?}");
    let everything = format!("{:?}{lines:?}", list(&desk.db).await.expect("a list"));
    assert!(!everything.contains("douze-lunes-vertes"), "a secret was kept");
}

#[tokio::test]
async fn the_same_file_twice_changes_nothing() {
    let desk = Desk::new().await;
    desk.try_files(&[AGENDA, VIE_SCOLAIRE]).await.expect("fine files");
    let revision = relying_parties::revision(&desk.db).await.expect("a revision");
    let again = desk.try_files(&[AGENDA, VIE_SCOLAIRE]).await.expect("fine files");
    assert!(again.iter().all(|one| !one.changed));
    assert_eq!(relying_parties::revision(&desk.db).await.expect("a revision"), revision);
    assert_eq!(desk.audit_lines().await.len(), 2);
    for party in list(&desk.db).await.expect("a list") {
        let shown = document(&party).to_string();
        assert!(!desk.applies(&shown).await.changed, "what is shown can be applied: {shown}");
        assert!(!shown.contains("digest"));
    }
}

#[tokio::test]
async fn a_secret_and_an_id_are_made_once_and_told_once() {
    let desk = Desk::new().await;
    let file = r#"{ "client_name": "Cantine", "redirect_uris": ["https://cantine.example/cb"] }"#;
    let first = desk.applies(file).await;
    let secret = first.client_secret.clone().expect("made");
    assert!(first.to_string().contains(secret.reveal()) && first.json()["client_secret"] == secret.reveal());
    let again = desk.applies(file).await;
    assert_eq!((again.id.clone(), again.changed), (first.id, false));
    assert!(again.client_secret.is_none() && again.json().get("client_secret").is_none());
    let client = desk.party(again.id.as_str()).await.oidc.expect("a client");
    assert_eq!(client.auth, AuthMethod::ClientSecretBasic(ClientSecret { digest: secret.digest() }));
    assert_eq!(client.release.0.into_iter().collect::<Vec<_>>(), [Claim::Subject], "least by default");
}

#[tokio::test]
async fn sso_09_a_sector_outlives_a_change_of_addresses() {
    let desk = Desk::new().await;
    let file = |uris: &str, more: &str| format!(r#"{{ "client_id": "a", "redirect_uris": [{uris}] {more} }}"#);
    desk.applies(&file(r#""https://one.example/cb""#, "")).await;
    assert_eq!(desk.party("a").await.sector, "one.example");
    desk.applies(&file(r#""https://two.example/cb", "https://one.example/cb""#, r#", "subject_type": "pairwise""#))
        .await;
    assert_eq!(desk.party("a").await.sector, "one.example");
    desk.applies(&file(r#""https://two.example/cb""#, r#", "first_party": true"#)).await;
    assert_eq!(desk.party("a").await.sector, "one.example");
    desk.applies(&file(r#""https://two.example/cb""#, r#", "subject_type": "public""#)).await;
    assert_eq!(desk.party("a").await.sector, "public");
}

#[tokio::test]
async fn removing_leaves_a_line_and_is_done_once() {
    let desk = Desk::new().await;
    desk.applies(AGENDA).await;
    let id = RelyingPartyId::new("agenda");
    assert!(remove(&desk.db, &desk.actor, &id).await.expect("the store answers"));
    assert!(!remove(&desk.db, &desk.actor, &id).await.expect("the store answers"));
    assert!(show(&desk.db, &id).await.expect("the store answers").is_none());
    let events: Vec<String> = desk.audit_lines().await.into_iter().map(|(event, _)| event).collect();
    assert_eq!(events, ["service_applied", "service_removed"]);
}

#[tokio::test]
async fn one_fault_refuses_every_file_and_all_faults_are_named() {
    let desk = Desk::new().await;
    let wrong = r#"{ "client_id": "b", "redirect_uris": ["http://b.example/cb", "https://b.example/cb#x"],
        "portal": "lune", "claims": ["shoe_size"], "colour": "red", "subject_type": "odd" }"#;
    let faults = desk.try_files(&[AGENDA, wrong, "{"]).await.expect_err("refused");
    let members: Vec<&str> = faults.iter().filter_map(|fault| fault.member.as_deref()).collect();
    for member in ["redirect_uris[0]", "redirect_uris[1]", "portal", "claims", "colour", "subject_type"] {
        assert!(members.contains(&member), "{member} in {faults:?}");
    }
    assert!(faults.iter().any(|fault| fault.file == "2.json" && fault.fault.contains("not JSON")));
    assert!(list(&desk.db).await.expect("a list").is_empty() && desk.audit_lines().await.is_empty());
}

#[rstest]
#[case::neither_side("cas", r#"{ "client_id": "x" }"#)]
#[case::not_an_object("neither an object", r"[1]")]
#[case::no_redirect("redirect_uris", r#"{ "client_id": "x", "scope": "openid" }"#)]
#[case::empty_redirects("redirect_uris", r#"{ "client_id": "x", "redirect_uris": [] }"#)]
#[case::wrong_type("list of texts", r#"{ "client_id": "x", "redirect_uris": "https://x.example/cb" }"#)]
#[case::relative("not an absolute address", r#"{ "client_id": "x", "redirect_uris": ["/cb"] }"#)]
#[case::pattern("no patterns", r#"{ "client_id": "x", "redirect_uris": ["https://*.x.example/cb"] }"#)]
#[case::user_part("user part", r#"{ "client_id": "x", "redirect_uris": ["https://a@x.example/cb"] }"#)]
#[case::own_scheme("native", r#"{ "client_id": "x", "redirect_uris": ["org.x.app:/cb"] }"#)]
#[case::script(
    "org.example.app",
    r#"{ "client_id": "x", "application_type": "native", "redirect_uris": ["javascript:x"] }"#
)]
#[case::http("this machine", r#"{ "client_id": "x", "redirect_uris": ["http://127.0.0.1.x.example/cb"] }"#)]
#[case::implicit(
    "`id_token` is not supported",
    r#"{ "client_id": "x", "redirect_uris": ["https://x.example/"], "response_types": ["id_token"] }"#
)]
#[case::password_grant("`password` is not supported", r#"{ "client_id": "x", "redirect_uris": ["https://x.example/"], "grant_types": ["authorization_code", "password"] }"#)]
#[case::no_code_grant(
    "lacks `authorization_code`",
    r#"{ "client_id": "x", "redirect_uris": ["https://x.example/"], "grant_types": ["refresh_token"] }"#
)]
#[case::method(
    "private_key_jwt",
    r#"{ "client_id": "x", "redirect_uris": ["https://x.example/"], "token_endpoint_auth_method": "private_key_jwt" }"#
)]
#[case::public_with_secret("does not go with", r#"{ "client_id": "x", "redirect_uris": ["https://x.example/"], "token_endpoint_auth_method": "none", "client_secret": "abc" }"#)]
#[case::alg(
    "HS256",
    r#"{ "client_id": "x", "redirect_uris": ["https://x.example/"], "id_token_signed_response_alg": "HS256" }"#
)]
#[case::blank_id("visible ASCII", r#"{ "client_id": "x y", "redirect_uris": ["https://x.example/"] }"#)]
#[case::two_ids("differs from", r#"{ "client_id": "x", "name": "y", "redirect_uris": ["https://x.example/"] }"#)]
#[case::twice("twice", r#"[{ "client_id": "x", "redirect_uris": ["https://x.example/"] }, { "client_id": "x", "redirect_uris": ["https://x.example/"] }]"#)]
#[case::same_service("belongs to", r#"[{ "client_id": "x", "cas": { "service": "https://x.example/a" } }, { "client_id": "y", "cas": { "service": "https://X.example:443/%61" } }]"#)]
#[case::no_service("cas.service", r#"{ "client_id": "x", "cas": {} }"#)]
#[case::service_scheme("https", r#"{ "client_id": "x", "cas": { "service": "http://x.example/" } }"#)]
#[case::service_dots("dot segments", r#"{ "client_id": "x", "cas": { "service": "https://x.example/a/../b" } }"#)]
#[case::prefix_query(
    "query",
    r#"{ "client_id": "x", "cas": { "service": "https://x.example/?a", "match": "prefix" } }"#
)]
#[case::matching(
    "exact or prefix",
    r#"{ "client_id": "x", "cas": { "service": "https://x.example/", "match": "regex" } }"#
)]
#[case::attribute_name(
    "XML element",
    r#"{ "client_id": "x", "cas": { "service": "https://x.example/", "release": { "a b": "email" } } }"#
)]
#[case::attribute_source(
    "not a source",
    r#"{ "client_id": "x", "cas": { "service": "https://x.example/", "release": { "mail": "mail" } } }"#
)]
#[case::own_attribute(
    "of itself",
    r#"{ "client_id": "x", "cas": { "service": "https://x.example/", "release": { "isFromNewLogin": "email" } } }"#
)]
#[case::logout_url(
    "logout_url",
    r#"{ "client_id": "x", "cas": { "service": "https://x.example/", "logout_url": "http://y.example/" } }"#
)]
#[case::inner_member("cas.regex", r#"{ "client_id": "x", "cas": { "service": "https://x.example/", "regex": true } }"#)]
#[case::claims_of_cas(
    "cas.release",
    r#"{ "client_id": "x", "claims": ["email"], "cas": { "service": "https://x.example/" } }"#
)]
#[tokio::test]
async fn a_faulty_file_says_what_is_wrong(#[case] told: &str, #[case] text: &str) {
    let desk = Desk::new().await;
    let faults = desk.try_files(&[text]).await.expect_err("refused");
    assert!(faults.iter().any(|fault| fault.to_string().contains(told)), "{told}: {faults:?}");
    assert!(list(&desk.db).await.expect("a list").is_empty());
}

#[rstest]
#[case::loopback_name(r#"{ "client_id": "x", "redirect_uris": ["http://vie.localhost:1/cb"] }"#)]
#[case::loopback_v6(r#"{ "client_id": "x", "redirect_uris": ["http://[::1]:1/cb"] }"#)]
#[case::native(r#"{ "client_id": "x", "application_type": "native", "token_endpoint_auth_method": "none", "redirect_uris": ["org.x.app:/cb", "http://127.0.0.1/cb"] }"#)]
#[case::both_sides(
    r#"{ "name": "x", "redirect_uris": ["https://x.example/"], "cas": { "service": "https://x.example/cas?site=1" } }"#
)]
#[case::tagged_name(r#"{ "client_id": "x", "client_name#fr": "Été", "client_name#en": "Summer", "redirect_uris": ["https://x.example/"] }"#)]
#[case::cas_without_a_name(r#"{ "cas": { "service": "https://x.example/" } }"#)]
#[tokio::test]
async fn a_fine_file_is_taken(#[case] text: &str) {
    let desk = Desk::new().await;
    desk.applies(text).await;
    assert!(!desk.applies(text).await.changed);
    let party = list(&desk.db).await.expect("a list").pop().expect("one");
    assert!(party.name == "Été" || !text.contains('#'));
}
