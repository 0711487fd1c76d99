//! Against small servers on loopback: each refusal, and that a refusal sends nothing.

use std::{
    net::Ipv4Addr,
    sync::atomic::{AtomicUsize, Ordering},
};

use reqwest::{Method, Url};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

use super::*;

/// A server that answers every request with the same bytes, and how many asked.
async fn server(answer: impl Into<Vec<u8>>) -> (SocketAddr, Arc<AtomicUsize>) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port");
    let (address, asked, answer) =
        (listener.local_addr().expect("an address"), Arc::new(AtomicUsize::new(0)), answer.into());
    let count = asked.clone();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            count.fetch_add(1, Ordering::Relaxed);
            let answer = answer.clone();
            tokio::spawn(async move {
                let mut head = [0; 2048];
                drop(stream.read(&mut head).await);
                drop(stream.write_all(&answer).await);
                if answer.is_empty() {
                    // Says nothing and holds the line.
                    drop(stream.read(&mut head).await);
                }
            });
        }
    });
    (address, asked)
}

fn outbound(allow: &[&str]) -> Outbound {
    let allow = allow.iter().map(|network| (*network).to_owned()).collect();
    Outbound::open(&OutboundSettings { allow, connect_seconds: 1, seconds: 1, ..OutboundSettings::default() })
        .expect("a sender")
}

async fn get(outbound: &Outbound, address: impl AsRef<str>) -> Result<Reply, Unreached> {
    outbound.send(Request::new(Method::GET, Url::parse(address.as_ref()).expect("an address"))).await
}

const FINE: &str = "HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nlune";

#[tokio::test]
async fn a_private_address_is_reached_where_the_settings_say_so_and_nowhere_else() {
    let (address, asked) = server(FINE).await;
    let (open, shut) = (outbound(&["127.0.0.0/8"]), outbound(&["10.0.0.0/8"]));
    let by_name = format!("http://localhost:{}/", address.port());
    for place in [format!("http://{address}/"), by_name] {
        assert_eq!(get(&open, &place).await.expect("an answer").body, b"lune", "{place}");
        let before = asked.load(Ordering::Relaxed);
        assert!(matches!(get(&shut, &place).await, Err(Unreached::Barred { .. })), "{place}");
        let safe = place.replace("http:", "https:");
        assert!(matches!(get(&shut, &safe).await, Err(Unreached::Barred { .. })), "{safe}");
        assert_eq!(asked.load(Ordering::Relaxed), before, "{place}: nothing was sent");
    }
    for spelt in ["http://[::ffff:127.0.0.1]:1/", "http://2130706433:1/", "http://0x7f.1:1/", "https://[::1]:1/"] {
        assert!(matches!(get(&shut, spelt).await, Err(Unreached::Barred { .. })), "{spelt}");
    }
}

#[tokio::test]
async fn a_public_address_is_not_reached_over_http() {
    let open = outbound(&["127.0.0.0/8"]);
    assert!(matches!(get(&open, "http://1.1.1.1/").await, Err(Unreached::Barred { .. })));
    for scheme in ["ftp://localhost/", "file:///etc/passwd"] {
        assert_eq!(get(&open, scheme).await.err(), Some(Unreached::NoAddress), "{scheme}");
    }
}

#[tokio::test]
async fn no_redirect_is_followed() {
    let (goal, reached) = server(FINE).await;
    let (address, _) =
        server(format!("HTTP/1.1 302 Found\r\nlocation: http://{goal}/\r\ncontent-length: 0\r\n\r\n")).await;
    let reply = get(&outbound(&["127.0.0.0/8"]), format!("http://{address}/")).await.expect("an answer");
    assert_eq!((reply.status, reached.load(Ordering::Relaxed)), (StatusCode::FOUND, 0));
}

#[tokio::test]
async fn an_answer_has_a_size_and_a_time() {
    let open = outbound(&["127.0.0.0/8"]);
    let long = format!("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{}", "x".repeat(MOST_BYTES + 1));
    let (address, _) = server(long).await;
    assert_eq!(get(&open, format!("http://{address}/")).await.err(), Some(Unreached::TooLarge));
    let (address, _) = server(Vec::new()).await;
    assert_eq!(get(&open, format!("http://{address}/")).await.err(), Some(Unreached::TimedOut));
    let half = "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nlune";
    let (address, _) = server(half).await;
    assert!(
        matches!(get(&open, format!("http://{address}/?code=s3cret")).await, Err(Unreached::Failed(why)) if !why.contains("s3cret"))
    );
}

#[tokio::test]
async fn a_name_is_connected_to_an_address_that_was_looked_at() {
    let resolver = |allow: &str| Resolver { guard: Guard { allow: vec![allow.to_owned()].into() }, public: false };
    let name = || "localhost".parse::<Name>().expect("a name");
    let found: Vec<SocketAddr> = resolver("127.0.0.1").resolve(name()).await.expect("addresses").collect();
    assert!(!found.is_empty() && found.iter().all(|found| found.ip() == IpAddr::V4(Ipv4Addr::LOCALHOST)), "{found:?}");
    assert!(resolver("10.0.0.0/8").resolve(name()).await.is_err());
}
