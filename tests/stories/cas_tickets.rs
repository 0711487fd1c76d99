//! CAS tickets over HTTP: each is good once, for programs that keep no cookies.

use rstest::rstest;

use crate::{
    engine::{Engine, Postgres, Sqlite},
    oidc::program,
    world::World,
};

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn fifty_validations_of_one_ticket_have_one_winner(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let canteen = world.cas_service("cantine").await;
    let mut phone = world.phone();
    phone.opens(canteen.sign_in()).await.signs_in(&nadia).await;
    let (program, base) = (program(), world.origin());
    for round in 0..20 {
        phone.opens(canteen.sign_in()).await;
        let ticket = phone.told("ticket").expect("a ticket");
        let mut url = base.join("/cas/serviceValidate").unwrap();
        url.query_pairs_mut().append_pair("service", &canteen.service).append_pair("ticket", &ticket);
        let takes: Vec<_> = (0..50)
            .map(|_| {
                let asked = program.get(url.clone()).send();
                tokio::spawn(async move {
                    let answer = asked.await.expect("an answer");
                    assert!(!answer.headers().contains_key("set-cookie"), "a program keeps no cookies");
                    answer.text().await.expect("XML")
                })
            })
            .collect();
        let mut winners = 0;
        for take in takes {
            let told = take.await.unwrap();
            let won = told.contains(&format!("<cas:user>{}</cas:user>", nadia.identifier));
            assert!(won || told.contains("INVALID_TICKET"), "round {round}: {told}");
            winners += usize::from(won);
        }
        assert_eq!(winners, 1, "round {round}");
    }
}
