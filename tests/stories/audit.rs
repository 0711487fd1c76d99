//! What is written down: who did what, and no secret anywhere.

use preau::store::audit;
use rstest::rstest;

use crate::{
    engine::{Engine, Postgres, Sqlite},
    log::Log,
    world::World,
};

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn the_trail_says_who_did_what_where_and_when(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::with(engine, |s| s.trusted_proxies = vec!["127.0.0.1".into()]).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone().with("x-forwarded-for", "192.0.2.77");
    phone.signs_in(&nadia).await;
    phone.opens("/deconnexion").await.presses("Se déconnecter").await;
    world.suspends(&nadia).await;
    let lines = audit::list(world.db(), &nadia.account_id).await.unwrap();
    let told: Vec<_> =
        lines.iter().map(|line| (line.event.as_str(), line.actor_id.as_ref(), line.data.to_string())).collect();
    assert_eq!(
        told[1],
        ("signed_in", Some(&nadia.account_id), r#"{"device":"Firefox, Android","amr":["pwd"]}"#.to_owned())
    );
    assert_eq!(told[2].0, "signed_out");
    assert_eq!(told[3], ("account_suspended", None, r#"{"reason":"une raison"}"#.to_owned()));
    assert!(lines.is_sorted_by_key(|line| line.at));
    let dump = world.dump().await;
    let signed_in = dump.lines().find(|line| line.starts_with("audit:") && line.contains("signed_in")).expect("a line");
    assert!(
        signed_in.contains("192.0.2.0/24") && !signed_in.contains("192.0.2.77"),
        "the network, not the address: {signed_in}"
    );
    assert!(signed_in.contains("browser") && signed_in.contains("default"), "{signed_in}");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn mel_10_neither_log_nor_store_holds_what_opens_anything(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::alone(engine, |s| s.log.requests = true).await;
    let log = Log::begins();
    let nadia = world.parent("Nadia Roux").await;
    let (agenda, canteen) = (world.service("agenda").await, world.cas_service("cantine").await);
    let mut phone = world.phone();
    let mut secrets = vec![nadia.password.clone(), agenda.client_secret.clone()];
    phone.opens(agenda.sign_in(&[])).await;
    secrets.push(phone.page().field("form_token"));
    let typed = ["un-mot-de-passe-faux", "identifiant-d-un-inconnu"];
    phone.tries(&nadia.identifier, typed[0]).await;
    phone.tries(typed[1], "encore-un-mot-de-passe").await;
    phone.signs_in(&nadia).await;
    let code = phone.place().query_pairs().find(|(name, _)| name == "code").expect("a code").1.into_owned();
    let tokens: serde_json::Value = agenda.redeems(&world, &code).await;
    for name in ["access_token", "id_token"] {
        secrets.push(tokens[name].as_str().unwrap_or_else(|| panic!("{name} in {tokens}")).to_owned());
    }
    phone.opens(canteen.sign_in()).await;
    let ticket = phone.place().query_pairs().find(|(name, _)| name == "ticket").expect("a ticket").1.into_owned();
    secrets.extend([code, ticket, typed[0].to_owned(), "encore-un-mot-de-passe".to_owned()]);
    for name in ["preau_session", "preau_browser", "preau_known"] {
        secrets.push(phone.cookie(name).expect("a cookie").to_owned());
    }
    // What the browser and the services of this story write is theirs.
    let written: String = log
        .taken()
        .lines()
        .filter(|line| !line.contains(r#""target":"reqwest"#) && !line.contains(r#""target":"hyper"#))
        .collect();
    assert!(written.contains(r#""path":"/connexion""#), "requests are logged: {written:.2000}");
    let dump = world.dump().await;
    assert!(dump.contains("signed_in"));
    for secret in &secrets {
        assert!(!written.contains(secret.as_str()), "in the log: {secret}");
        assert!(!dump.contains(secret.as_str()), "in the store: {secret}");
    }
    assert!(!written.contains(typed[1]) && !written.contains(&nadia.identifier), "no identifier that was typed");
    assert!(!dump.contains(typed[1]));
    assert!(!written.contains("client_id=") && !written.contains("?i="), "no address with its query");
}
