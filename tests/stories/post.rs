//! A mail server on loopback that keeps what it is given, and refuses what it is told to refuse.

use mail_parser::MessageParser;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinHandle,
};

/// A mail server; it ends with the story.
pub struct Post {
    /// Where it listens, as `mail.smtp` is written.
    pub url: String,
    state: watch::Sender<State>,
    listening: JoinHandle<()>,
}

#[derive(Default)]
struct State {
    arrived: Vec<Arrived>,
    answers_rcpt: Option<&'static str>,
    answers_data: Option<&'static str>,
}

/// A mail that arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrived {
    /// The envelope's sender.
    pub from: String,
    /// The envelope's readers.
    pub to: Vec<String>,
    /// Every byte between DATA and the lone dot.
    pub raw: String,
}

impl Arrived {
    /// A header's text, decoded where it is a subject.
    pub fn header(&self, name: &'static str) -> String {
        let read = MessageParser::default().parse(&self.raw).expect("a message");
        if name == "Subject" {
            return read.subject().unwrap_or_default().to_owned();
        }
        read.header_raw(name).unwrap_or_default().trim().to_owned()
    }

    /// The text part.
    pub fn text(&self) -> String {
        let read = MessageParser::default().parse(&self.raw).expect("a message");
        read.body_text(0).unwrap_or_default().into_owned()
    }
}

impl Arrived {
    /// The HTML part.
    pub fn html(&self) -> String {
        let read = MessageParser::default().parse(&self.raw).expect("a message");
        read.body_html(0).unwrap_or_default().into_owned()
    }

    /// The temporary password that it brings: the line after its label.
    pub fn temporary_password(&self) -> String {
        let text = self.text();
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let mut lines = lines.skip_while(|line| !line.starts_with("Mot de passe temporaire")).skip(1);
        lines.next().unwrap_or_else(|| panic!("no password in {text}")).to_owned()
    }

    /// The text part in one line, with plain blanks.
    pub fn words(&self) -> String {
        self.text().split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

impl Post {
    /// Opens.
    pub async fn opens() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("smtp://{}", listener.local_addr().expect("an address"));
        let state = watch::Sender::new(State::default());
        let its_state = state.clone();
        let listening = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(converse(stream, its_state.clone()));
            }
        });
        Self { url, state, listening }
    }

    /// What has arrived, the oldest first.
    pub fn arrived(&self) -> Vec<Arrived> {
        self.state.borrow().arrived.clone()
    }

    /// What has arrived once there are so many.
    pub async fn awaits(&self, many: usize) -> Vec<Arrived> {
        let mut seen = self.state.subscribe();
        let enough = seen.wait_for(|state| state.arrived.len() >= many);
        let patience = std::time::Duration::from_secs(10);
        drop(tokio::time::timeout(patience, enough).await.expect("the mail in ten seconds").expect("a post"));
        self.arrived()
    }

    /// Answers each reader like that from now on (`451 later`); as usual where none is given.
    pub fn answers_rcpt(&self, line: Option<&'static str>) {
        self.state.send_modify(|state| state.answers_rcpt = line);
    }

    /// Answers each mail like that, and keeps it all the same.
    pub fn answers_data(&self, line: Option<&'static str>) {
        self.state.send_modify(|state| state.answers_data = line);
    }
}

impl Drop for Post {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

async fn converse(stream: TcpStream, state: watch::Sender<State>) -> std::io::Result<()> {
    let (reading, mut writing) = stream.into_split();
    let mut lines = BufReader::new(reading).lines();
    let (mut from, mut to) = (String::new(), Vec::new());
    let address = |line: &str| line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
    writing.write_all(b"220 post\r\n").await?;
    while let Some(line) = lines.next_line().await? {
        let verb = line.get(..4).unwrap_or_default().to_ascii_uppercase();
        let answer = match verb.as_str() {
            "EHLO" | "HELO" => "250-post\r\n250 8BITMIME".to_owned(),
            "MAIL" => {
                (from, to) = (address(&line), Vec::new());
                "250 fine".to_owned()
            }
            "RCPT" => {
                to.push(address(&line));
                state.borrow().answers_rcpt.unwrap_or("250 fine").to_owned()
            }
            "DATA" => {
                writing.write_all(b"354 go on\r\n").await?;
                let mut raw = String::new();
                loop {
                    // What breaks off before the lone dot was never handed over.
                    let Some(line) = lines.next_line().await? else { return Ok(()) };
                    if line == "." {
                        break;
                    }
                    raw.push_str(line.strip_prefix('.').unwrap_or(&line));
                    raw.push_str("\r\n");
                }
                let mail = Arrived { from: from.clone(), to: to.clone(), raw };
                state.send_modify(|state| state.arrived.push(mail));
                state.borrow().answers_data.unwrap_or("250 kept").to_owned()
            }
            "QUIT" => "221 bye".to_owned(),
            _ => "250 fine".to_owned(),
        };
        writing.write_all(format!("{answer}\r\n").as_bytes()).await?;
    }
    Ok(())
}
