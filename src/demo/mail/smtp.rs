//! As much of RFC 5321 as a client may ask of a server that takes everything: `EHLO`, `MAIL`, `RCPT`, `DATA` with its dots,
//! `RSET`, `NOOP`, `VRFY`, `QUIT`; `SIZE` (RFC 1870), `8BITMIME` (RFC 6152) and `PIPELINING` (RFC 2920).
//!
//! It keeps no state between connections and answers no question about recipients: every address is taken.

use std::{io, sync::Arc, time::Duration};

use tokio::{
    io::{AsyncBufRead, AsyncBufReadExt, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    sync::Semaphore,
    time::timeout,
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::Letterbox;

/// Connections at once.
const CONNECTIONS: usize = 64;
/// The longest line of a command, in bytes (RFC 5321 §4.5.3.1.4 wants 512 at least).
const COMMAND: u64 = 4_096;
/// The largest mail, in bytes.
const SIZE: usize = 10 * 1024 * 1024;
/// Recipients of one mail (RFC 5321 §4.5.3.1.8 wants 100 at least).
const RECIPIENTS: usize = 1_000;
/// How long a client may be silent (RFC 5321 §4.5.3.2.7).
const SILENCE: Duration = Duration::from_mins(5);

/// Serves until told to stop.
pub async fn serve(listener: TcpListener, letterbox: Letterbox, stop: CancellationToken) {
    let (places, clients) = (Arc::new(Semaphore::new(CONNECTIONS)), TaskTracker::new());
    while let Some(accepted) = stop.run_until_cancelled(listener.accept()).await {
        let Ok((stream, _)) = accepted else { continue };
        let Ok(place) = Arc::clone(&places).try_acquire_owned() else { continue };
        let (letterbox, stop) = (letterbox.clone(), stop.clone());
        clients.spawn(async move {
            let _ended = stop.run_until_cancelled(converse(stream, letterbox)).await;
            drop(place);
        });
    }
    clients.close();
    clients.wait().await;
}

/// What was said of the next mail.
#[derive(Default)]
struct Envelope {
    from: Option<String>,
    to: Vec<String>,
}

/// What follows a command.
enum Next {
    Answer(&'static str),
    Greet,
    Data,
    Bye,
}

async fn converse(mut stream: TcpStream, letterbox: Letterbox) -> io::Result<()> {
    let (reader, mut writer) = stream.split();
    let mut reader = BufReader::new(reader);
    let mut envelope = Envelope::default();
    say(&mut writer, "220 localhost ESMTP, la boîte aux lettres de la démonstration").await?;
    loop {
        let Some(line) = heard(command(&mut reader)).await? else { return Ok(()) };
        match envelope.take(&line) {
            Next::Answer(answer) => say(&mut writer, answer).await?,
            Next::Greet => {
                say(&mut writer, &format!("250-localhost\r\n250-SIZE {SIZE}\r\n250-8BITMIME\r\n250 PIPELINING"))
                    .await?;
            }
            Next::Bye => return say(&mut writer, "221 2.0.0 au revoir").await,
            Next::Data => {
                say(&mut writer, "354 go on, a dot alone ends it").await?;
                let Some(data) = heard(data(&mut reader)).await? else { return Ok(()) };
                let answer = if data.len() > SIZE { TOO_LARGE } else { keep(&letterbox, &envelope, &data) };
                envelope = Envelope::default();
                say(&mut writer, answer).await?;
            }
        }
    }
}

const TOO_LARGE: &str = "552 5.3.4 larger than SIZE says";

fn keep(letterbox: &Letterbox, envelope: &Envelope, data: &[u8]) -> &'static str {
    match letterbox.put(envelope.from.as_deref().unwrap_or_default(), &envelope.to, data) {
        Ok(_) => "250 2.0.0 kept",
        Err(error) => {
            tracing::warn!(%error, "a mail of the demo can't be kept");
            "451 4.3.0 the mail can't be written"
        }
    }
}

impl Envelope {
    /// Takes a command in and says what follows.
    fn take(&mut self, line: &str) -> Next {
        let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
        match (verb.to_ascii_uppercase().as_str(), self.from.is_some()) {
            ("EHLO" | "HELO", _) => {
                *self = Self::default();
                if verb.eq_ignore_ascii_case("HELO") { Next::Answer("250 localhost") } else { Next::Greet }
            }
            ("MAIL", true) => Next::Answer("503 5.5.1 one mail at a time"),
            ("MAIL", false) => match path(rest, "FROM:") {
                Some((_, parameters)) if announced(parameters) > SIZE => Next::Answer(TOO_LARGE),
                Some((from, _)) => {
                    self.from = Some(from.to_owned());
                    Next::Answer("250 2.1.0 good")
                }
                None => Next::Answer("501 5.5.4 MAIL FROM:<address>"),
            },
            ("RCPT", false) => Next::Answer("503 5.5.1 MAIL first"),
            ("RCPT", true) => match path(rest, "TO:") {
                Some((to, _)) if !to.is_empty() && self.to.len() < RECIPIENTS => {
                    self.to.push(to.to_owned());
                    Next::Answer("250 2.1.5 good")
                }
                Some((to, _)) if !to.is_empty() => Next::Answer("452 4.5.3 too many recipients"),
                _ => Next::Answer("501 5.5.4 RCPT TO:<address>"),
            },
            ("DATA", true) if !self.to.is_empty() => Next::Data,
            ("DATA", _) => Next::Answer("503 5.5.1 MAIL and RCPT first"),
            ("RSET", _) => {
                *self = Self::default();
                Next::Answer("250 2.0.0 forgotten")
            }
            ("NOOP", _) => Next::Answer("250 2.0.0 here"),
            ("VRFY", _) => Next::Answer("252 2.0.0 every address is taken"),
            ("QUIT", _) => Next::Bye,
            _ => Next::Answer("502 5.5.1 not known here"),
        }
    }
}

/// `FROM:<address> PARAMETERS`: the address, which may be empty, and the parameters.
fn path<'a>(text: &'a str, keyword: &str) -> Option<(&'a str, &'a str)> {
    let (head, rest) = text.split_at_checked(keyword.len())?;
    let rest = rest.trim_start().strip_prefix('<').filter(|_| head.eq_ignore_ascii_case(keyword))?;
    let (address, parameters) = rest.split_once('>')?;
    (!address.contains(|c: char| c.is_control() || c == ' ')).then_some((address, parameters))
}

/// What `SIZE=` announces; nothing announced is nothing.
fn announced(parameters: &str) -> usize {
    let size = |word: &str| word.to_ascii_uppercase().strip_prefix("SIZE=")?.parse().ok();
    parameters.split(' ').find_map(size).unwrap_or(0)
}

/// The next command without its end; `None` when the client has gone, or says what is no line.
async fn command(reader: &mut (impl AsyncBufRead + Unpin)) -> io::Result<Option<String>> {
    let mut line = Vec::new();
    reader.take(COMMAND).read_until(b'\n', &mut line).await?;
    Ok(line.strip_suffix(b"\n").map(|line| String::from_utf8_lossy(line.trim_ascii_end()).into_owned()))
}

/// Everything up to the dot alone, with stuffed dots taken out (RFC 5321 §4.5.2); over `SIZE` it is read and not kept.
async fn data(reader: &mut (impl AsyncBufRead + Unpin)) -> io::Result<Option<Vec<u8>>> {
    let mut data = Vec::new();
    loop {
        let mut line = Vec::new();
        let most = u64::try_from(SIZE).unwrap_or(u64::MAX);
        if (&mut *reader).take(most).read_until(b'\n', &mut line).await? == 0 {
            return Ok(None);
        }
        if line == b".\r\n" || line == b".\n" {
            return Ok(Some(data));
        }
        let unstuffed = line.strip_prefix(b".").unwrap_or(&line);
        if data.len() <= SIZE {
            data.extend_from_slice(unstuffed);
        }
    }
}

async fn say(writer: &mut (impl AsyncWrite + Unpin), answer: &str) -> io::Result<()> {
    writer.write_all(format!("{answer}\r\n").as_bytes()).await?;
    writer.flush().await
}

/// What the client says, unless it is silent for too long.
async fn heard<T>(saying: impl Future<Output = io::Result<Option<T>>>) -> io::Result<Option<T>> {
    timeout(SILENCE, saying).await.unwrap_or(Ok(None))
}
