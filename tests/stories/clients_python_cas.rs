//! `python-cas` of `PyPI`, unmodified, in the three versions of the protocol.

use rstest::rstest;
use serde_json::{Value, json};

use crate::{
    engine::{Engine, Postgres, Sqlite},
    stranger::Stranger,
    world::World,
};

fn text<'a>(answer: &'a Value, member: &str) -> &'a str {
    answer[member].as_str().unwrap_or_else(|| panic!("no `{member}` in {answer}"))
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn sso_02_python_cas_signs_in_reads_attributes_signs_out_and_is_refused_a_replay(
    #[values(Sqlite, Postgres)] engine: Engine,
    #[values(1, 2, 3)] version: u8,
) {
    let world = World::on(engine).await;
    let (nadia, ilyes) = (world.parent("Nadia Roux").await, world.pupil("Ilyès Roux").await);
    world.gives_child(&nadia, &ilyes).await;
    let service = "http://127.0.0.3:9/vie-scolaire?retour=/agenda";
    let release = json!({ "ENTPersonProfils": "profiles.national", "nom": "family_name", "enfants": "children.names" });
    let cas = json!({ "service": service, "match": "exact", "user": "identifier", "release": release });
    world.registers(json!({ "client_id": "vie-scolaire", "first_party": true, "cas": cas })).await;
    let server = world.origin().join("/cas/").unwrap();
    let begin = json!({ "order": "begin", "version": version, "server": server, "service": service });

    let (mut client, mut phone) = (Stranger::python_cas(), world.phone());
    let begun = client.does(begin.clone()).await;
    phone.opens(text(&begun, "url")).await.signs_in(&nadia).await;
    let ticket = |phone: &crate::browser::Browser| {
        let place = phone.place();
        assert!(place.as_str().starts_with(service), "{place}");
        place.query_pairs().find(|(name, _)| name == "ticket").expect("a ticket").1.into_owned()
    };
    let first = ticket(&phone);
    assert!(first.starts_with("ST-"), "{first}");

    let finished = client.does(json!({ "order": "finish", "ticket": first })).await;
    assert_eq!(text(&finished, "user"), nadia.identifier, "{finished}");
    if version == 3 {
        let attributes = &finished["attributes"];
        assert_eq!(attributes["ENTPersonProfils"], "National_TUT", "{finished}");
        assert_eq!((&attributes["nom"], &attributes["enfants"]), (&json!("Roux"), &json!("Ilyès Roux")), "{finished}");
    }
    let replayed = client.does(json!({ "order": "finish", "ticket": first })).await;
    assert_eq!(replayed["user"], Value::Null, "{replayed}");

    phone.opens(text(&begun, "url")).await;
    let second = ticket(&phone);
    assert_ne!(first, second, "the session answers without a question");
    assert_eq!(client.does(json!({ "order": "finish", "ticket": second })).await["user"], nadia.identifier.as_str());

    let left = client.does(json!({ "order": "logout", "service": service })).await;
    phone.opens(text(&left, "url")).await;
    phone.opens(text(&begun, "url")).await;
    assert!(phone.shows("sign-in"), "the session is over");
}

/// `renew=true` asks for the password in spite of a session.
#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn python_cas_gets_a_fresh_proof_when_it_asks_for_one(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let service = world.cas_service("vie-scolaire").await;
    let (mut client, mut phone) = (Stranger::python_cas(), world.phone());
    phone.opens(service.sign_in()).await.signs_in(&nadia).await;
    let server = world.origin().join("/cas/").unwrap();
    let begin = json!({ "order": "begin", "version": 3, "server": server, "service": service.service, "renew": true });
    let begun = client.does(begin).await;
    phone.opens(text(&begun, "url")).await;
    assert!(phone.shows("sign-in"), "the session is not enough");
    phone.signs_in(&nadia).await;
    let ticket = phone.place().query_pairs().find(|(name, _)| name == "ticket").expect("a ticket").1.into_owned();
    let finished = client.does(json!({ "order": "finish", "ticket": ticket })).await;
    assert_eq!(text(&finished, "user"), nadia.identifier);
}
