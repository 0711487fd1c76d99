//! Mail that comes back: the address is marked, and the next sign-in asks about it.

use std::process::Stdio;

use preau::store::bounces;
use rstest::rstest;
use tokio::{io::AsyncWriteExt, process::Command};

use crate::{
    engine::{Engine, Postgres, Sqlite},
    people::Someone,
    post::Post,
    world::World,
};

/// What a mail server pipes to `preau mail bounce`.
fn report(address: &str, action: &str, status: &str) -> String {
    format!(
        "From: mailer-daemon@mx.example\r\nTo: retours@id.example\r\nSubject: Undelivered Mail\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n--b\r\n\
         Content-Type: text/plain\r\n\r\nSorry.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n\
         Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; {address}\r\nAction: {action}\r\n\
         Status: {status}\r\n\r\n--b--\r\n"
    )
}

impl World {
    /// The program, beside the server, reads a report.
    async fn pipes(&self, report: &str) -> String {
        let settings = &self.settings;
        let mut program = Command::new(env!("CARGO_BIN_EXE_preau"))
            .args(["mail", "bounce"])
            .current_dir(self.dir())
            .env("PREAU_DEMO", "true")
            .env("PREAU_PUBLIC_URL", &settings.public_url)
            .env("PREAU_KEYS", &settings.keys)
            .env("PREAU_DATABASE__URL", &settings.database.url)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program");
        program.stdin.take().unwrap().write_all(report.as_bytes()).await.unwrap();
        let output = program.wait_with_output().await.unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }
}

async fn marked(world: &World, nadia: &Someone) {
    let told = world.pipes(&report(&nadia.email.to_uppercase(), "failed", "5.1.1")).await;
    assert!(told.contains("marked (5.1.1)"), "{told}");
    assert!(world.audit(nadia).await.contains(&"address_bounced".to_owned()));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn mel_05_a_report_marks_the_address_and_the_next_sign_in_asks_to_correct_it(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let post = Post::opens().await;
    let url = post.url.clone();
    let world = World::with(engine, |settings| settings.mail.smtp = url).await;
    let nadia = world.parent("Nadia Roux").await;
    for (action, status) in [("delayed", "4.4.1"), ("failed", "4.2.2"), ("delivered", "2.0.0")] {
        let told = world.pipes(&report(&nadia.email, action, status)).await;
        assert!(told.contains("no address failed for good"), "{action} {status}: {told}");
    }
    assert_eq!(bounces::count(world.db()).await.unwrap(), 0);
    marked(&world, &nadia).await;
    let agenda = world.service("agenda").await;
    let mut phone = world.phone();
    phone.opens(agenda.sign_in(&[])).await.signs_in(&nadia).await;
    assert_eq!(phone.page().data_page(), "bad-address", "{}", phone.page().text());
    assert!(phone.page().text().contains(&nadia.email), "{}", phone.page().text());
    phone.answers("change", &[("email", "nadia@"), ("current_password", "")]).await;
    assert!(phone.page().has("#email[aria-invalid]") && phone.page().has("#current_password[aria-invalid]"));
    assert_eq!(phone.page().field("email"), "nadia@");
    let typed = [("email", "nadia@maison.example"), ("current_password", nadia.password.as_str())];
    phone.answers("change", &typed).await;
    assert!(phone.told("code").is_some(), "the sign-in goes on: {}", phone.page().text());
    let mails = post.awaits(2).await;
    let link = mails.iter().find(|mail| mail.to.concat() == "nadia@maison.example").expect("a mail").link();
    world.phone().opens(link).await.presses("Confirmer cette adresse").await;
    let mut desk = world.desk();
    desk.signs_in(&nadia).await;
    assert_eq!(desk.page().data_page(), "home", "it is not asked about again");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn mel_05_who_says_that_it_is_right_is_not_asked_again_and_no_silent_request_is_held_up(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let agenda = world.service("agenda").await;
    let mut phone = world.signed_in(&nadia, &agenda).await;
    marked(&world, &nadia).await;
    phone.opens(agenda.sign_in(&[("prompt", "none")])).await;
    assert!(phone.told("code").is_some(), "{}", phone.place());
    phone.opens(world.origin().join("/").unwrap()).await;
    assert_eq!(phone.page().data_page(), "bad-address", "{}", phone.page().text());
    phone.presses("Cette adresse est bonne").await;
    assert_eq!(phone.page().data_page(), "home", "{}", phone.page().text());
    assert!(world.audit(&nadia).await.contains(&"address_kept".to_owned()));
    assert_eq!(bounces::count(world.db()).await.unwrap(), 0);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn mel_05_an_address_that_the_mail_server_refuses_is_marked_at_once(#[values(Sqlite, Postgres)] engine: Engine) {
    let post = Post::opens().await;
    let url = post.url.clone();
    let world = World::with(engine, |settings| settings.mail.smtp = url).await;
    let nadia = world.parent("Nadia Roux").await;
    post.answers_rcpt(Some("550 5.1.1 no such user, nadia"));
    world.phone().opens("/identifiant-oublie").await.submits([("email", nadia.email.as_str())]).await;
    for _ in 0..200 {
        if bounces::count(world.db()).await.unwrap() == 1 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert_eq!(bounces::count(world.db()).await.unwrap(), 1);
    let mut phone = world.phone();
    phone.signs_in(&nadia).await;
    phone.opens("/").await;
    assert_eq!(phone.page().data_page(), "bad-address", "{}", phone.page().text());
}
