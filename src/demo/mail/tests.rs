use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, MultiPart},
};
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tower::ServiceExt;

use super::*;
use crate::{app::Clock, crypto::Rng};

struct Office {
    letterbox: Letterbox,
    port: u16,
    folder: TempDir,
    stop: CancellationToken,
    tasks: TaskTracker,
}

impl Office {
    async fn opens() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let letterbox = Letterbox::open(folder.path(), Clock::default(), Rng::seeded(1)).expect("a letterbox");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let (stop, tasks) = (CancellationToken::new(), TaskTracker::new());
        tasks.spawn(serve(listener, letterbox.clone(), stop.clone()));
        Self { letterbox, port, folder, stop, tasks }
    }

    /// Says lines all at once, as a pipelining client may, and gives everything that is answered.
    async fn hears(&self, lines: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).await.expect("a connection");
        stream.write_all(lines.as_bytes()).await.expect("said");
        let mut answers = String::new();
        stream.read_to_string(&mut answers).await.expect("answers");
        answers
    }

    async fn page(&self, path: &str) -> (u16, String, String) {
        let request = axum::http::Request::get(path).body(axum::body::Body::empty()).expect("a request");
        let response = routes(self.letterbox.clone()).oneshot(request).await.expect("an answer");
        let (head, body) = response.into_parts();
        let policy = head.headers.get("content-security-policy").and_then(|it| it.to_str().ok()).unwrap_or_default();
        let body = axum::body::to_bytes(body, 1 << 20).await.expect("a body");
        (head.status.as_u16(), policy.to_owned(), String::from_utf8_lossy(&body).into_owned())
    }
}

fn codes(answers: &str) -> Vec<&str> {
    answers.lines().filter(|line| line.get(3..4) == Some(" ")).filter_map(|line| line.get(..3)).collect()
}

#[tokio::test]
async fn what_lettre_sends_can_be_read_and_outlives_a_restart() {
    let office = Office::opens().await;
    let sender = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous("127.0.0.1").port(office.port).build();
    let mail = Message::builder()
        .from("Préau <ne-pas-repondre@example.org>".parse::<Mailbox>().expect("an address"))
        .to("nadia@example.org".parse::<Mailbox>().expect("an address"))
        .subject("Votre identifiant : « nadia.roux »")
        .multipart(MultiPart::alternative_plain_html(
            "Bonjour,\r\n.\r\n..deux points\r\nà bientôt".to_owned(),
            "<html><head></head><body><p>Bonjour <a href=\"http://localhost/\">ici</a></p></body></html>".to_owned(),
        ))
        .expect("a mail");
    for _ in 0..3 {
        sender.send(mail.clone()).await.expect("taken");
    }
    let mails = office.letterbox.list(Some(" NADIA@example.org"));
    assert_eq!(mails.len(), 3);
    let newest = mails.first().expect("a mail");
    assert_eq!(newest.subject, "Votre identifiant : « nadia.roux »");
    assert_eq!(newest.text.replace("\r\n", "\n").trim_end(), "Bonjour,\n.\n..deux points\nà bientôt");
    assert!(newest.html.contains("<a href="), "{}", newest.html);
    assert_eq!(
        (newest.to.as_str(), newest.from.as_str()),
        ("nadia@example.org", "Préau <ne-pas-repondre@example.org>")
    );
    assert!(office.letterbox.list(Some("other@example.org")).is_empty());
    office.stop.cancel();
    office.tasks.close();
    office.tasks.wait().await;
    let again = Letterbox::open(office.folder.path(), Clock::default(), Rng::seeded(2)).expect("a letterbox");
    assert_eq!(again.list(None), mails);
}

#[tokio::test]
async fn a_client_may_say_everything_at_once_and_anything_wrong() {
    let office = Office::opens().await;
    let said = "EHLO me\r\nMAIL FROM:<> SIZE=12 BODY=8BITMIME\r\nRCPT TO:<a@example.org>\r\nRCPT TO:<b@example.org>\r\n\
        DATA\r\nSubject: x\r\n\r\nhello\r\n.\r\nNOOP\r\nQUIT\r\n";
    let answers = office.hears(said).await;
    assert_eq!(codes(&answers), ["220", "250", "250", "250", "250", "354", "250", "250", "221"]);
    assert!(answers.contains("250-8BITMIME") && answers.contains("250-SIZE "), "{answers}");
    assert_eq!(
        office.letterbox.list(Some("b@example.org")).first().expect("a mail").to,
        "a@example.org, b@example.org"
    );
    let said = "DATA\r\nRCPT TO:<a@example.org>\r\nMAIL a@example.org\r\nMAIL FROM:<a@example.org> SIZE=99999999999\r\n\
        MAIL FROM:<a@example.org>\r\nMAIL FROM:<b@example.org>\r\nRCPT TO:<>\r\nRSET\r\nRCPT TO:<a@example.org>\r\n\
        VRFY a\r\nEXPN a\r\nhelo me\r\nQUIT\r\n";
    let expected = ["220", "503", "503", "501", "552", "250", "503", "501", "250", "503", "252", "502", "250", "221"];
    assert_eq!(codes(&office.hears(said).await), expected);
    assert_eq!(office.letterbox.list(None).len(), 1);
}

#[tokio::test]
async fn a_mail_is_shown_as_it_looks_behind_a_policy_of_its_own() {
    let office = Office::opens().await;
    let data =
        b"From: <a@example.org>\r\nSubject: <script>1</script>\r\nContent-Type: text/html; charset=utf-8\r\n\r\n\
        <html><head><title>x</title></head><body>Bonjour<script>alert(1)</script></body></html>\r\n";
    let id = office.letterbox.put("a@example.org", &["b@example.org".into()], data).expect("kept");
    let (status, policy, list) = office.page("/").await;
    assert_eq!(status, 200);
    assert!(list.contains(&format!("/courriel/{id}")) && !list.contains("<script>1"), "{list}");
    assert!(!policy.contains("script-src") && policy.contains("default-src 'none'"));
    let (_, _, page) = office.page(&format!("/courriel/{id}")).await;
    assert!(page.contains("<iframe") && page.contains("sandbox="), "{page}");
    let (_, policy, html) = office.page(&format!("/courriel/{id}/html")).await;
    assert!(html.starts_with("<html><head><base target=\"_top\">"), "{html}");
    assert!(policy.contains("sandbox") && !policy.contains("allow-scripts"), "{policy}");
    let (_, _, api) = office.page("/api?to=B@EXAMPLE.ORG").await;
    let api: serde_json::Value = serde_json::from_str(&api).expect("JSON");
    let members: Vec<&String> = api[0].as_object().expect("an object").keys().collect();
    assert_eq!(members, ["id", "to", "subject", "text", "html", "received_at"]);
    assert_eq!(office.page("/courriel/none").await.0, 404);
}
