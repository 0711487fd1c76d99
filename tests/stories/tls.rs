//! TLS by the program itself, and https before a proxy: links, cookies and HSTS follow `public_url`.

use std::{net::SocketAddr, path::Path};

use openssl::{
    asn1::Asn1Time,
    hash::MessageDigest,
    nid::Nid,
    pkey::PKey,
    rsa::Rsa,
    x509::{X509, X509NameBuilder, extension::SubjectAlternativeName},
};
use rstest::rstest;

use crate::{
    engine::{Engine, Postgres, Sqlite},
    world::{World, free_address},
};

/// A certificate for `localhost` that vouches for itself, and its key, in files.
fn certificate(dir: &Path) {
    let key = PKey::from_rsa(Rsa::generate(2048).unwrap()).unwrap();
    let mut name = X509NameBuilder::new().unwrap();
    name.append_entry_by_nid(Nid::COMMONNAME, "localhost").unwrap();
    let name = name.build();
    let mut certificate = X509::builder().unwrap();
    certificate.set_version(2).unwrap();
    certificate.set_subject_name(&name).unwrap();
    certificate.set_issuer_name(&name).unwrap();
    certificate.set_pubkey(&key).unwrap();
    certificate.set_not_before(&Asn1Time::days_from_now(0).unwrap()).unwrap();
    certificate.set_not_after(&Asn1Time::days_from_now(2).unwrap()).unwrap();
    let host = SubjectAlternativeName::new().dns("localhost").build(&certificate.x509v3_context(None, None)).unwrap();
    certificate.append_extension(host).unwrap();
    certificate.sign(&key, MessageDigest::sha256()).unwrap();
    std::fs::write(dir.join("cert.pem"), certificate.build().to_pem().unwrap()).unwrap();
    std::fs::write(dir.join("key.pem"), key.private_key_to_pem_pkcs8().unwrap()).unwrap();
}

/// The answer to a plain request, as it comes.
async fn plainly(to: SocketAddr, path: &str) -> reqwest::Response {
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    client.get(format!("http://{to}{path}")).send().await.expect("an answer")
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn log_18_plain_http_leads_to_https_and_cookies_are_secure(#[values(Sqlite, Postgres)] engine: Engine) {
    let (files, plain) = (tempfile::tempdir().unwrap(), free_address());
    certificate(files.path());
    let world = World::with(engine, |s| {
        s.public_url = s.public_url.replace("http:", "https:");
        s.tls.cert = Some(files.path().join("cert.pem"));
        s.tls.key = Some(files.path().join("key.pem"));
        s.tls.redirect_listen = Some(plain);
    })
    .await;
    let nadia = world.parent("Nadia Roux").await;
    for path in ["/", "/connexion?i=abc&lang=fr", "//evil.example/%2f", "/oidc/authorize?client_id=a%20b"] {
        let answer = plainly(plain, path).await;
        assert_eq!(answer.status(), 308, "{path}");
        let to = answer.headers()["location"].to_str().unwrap().to_owned();
        assert_eq!(to, format!("{}{path}", world.app().config.issuer()), "{path}");
    }
    let mut phone = world.phone();
    phone.signs_in(&nadia).await;
    assert!(phone.shows("home"), "{}", phone.page().text());
    let hsts = phone.page().header("strict-transport-security");
    assert!(hsts.starts_with("max-age=") && hsts.len() > "max-age=1000000".len(), "{hsts}");
    let held = phone.cookies_held();
    assert_eq!(held, ["__Host-preau_browser", "__Host-preau_known", "__Host-preau_session"]);
    for name in held {
        let cookie = phone.kept(&name).expect("held").to_string();
        for part in ["Secure", "HttpOnly", "SameSite=Lax", "Path=/"] {
            assert!(cookie.contains(part), "{cookie}");
        }
        assert!(!cookie.contains("Domain"), "{cookie}");
    }
    phone.holds("preau_session", phone.cookie("__Host-preau_session").expect("held").to_owned().as_str());
    phone.forgets("__Host-preau_session");
    assert!(phone.opens("/").await.shows("sign-in"), "a session without its prefix could have been planted");
    world.ends().await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn log_18_behind_a_proxy_the_public_address_decides_and_no_header(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::with(engine, |s| {
        s.public_url = "https://id.example".into();
        s.trusted_proxies = vec!["127.0.0.1".into()];
    })
    .await;
    let listen = SocketAddr::from(([127, 0, 0, 1], world.port(0)));
    let answer = plainly(listen, "/connexion").await;
    assert_eq!(answer.status(), 200);
    assert!(answer.headers().contains_key("strict-transport-security"));
    let cookie = answer.headers()["set-cookie"].to_str().unwrap().to_owned();
    assert!(cookie.starts_with("__Host-preau_browser=") && cookie.contains("Secure"), "{cookie}");
    let client = reqwest::Client::new();
    for (name, value) in [
        ("host", "evil.example"),
        ("x-forwarded-host", "evil.example"),
        ("x-forwarded-proto", "http"),
        ("forwarded", "host=evil.example;proto=http"),
    ] {
        let answer = client.get(format!("http://{listen}/.well-known/openid-configuration")).header(name, value);
        let discovery: serde_json::Value = answer.send().await.unwrap().json().await.unwrap();
        assert_eq!(discovery["issuer"], "https://id.example", "{name}");
        assert!(!discovery.to_string().contains("evil") && !discovery.to_string().contains("http://"), "{name}");
    }
}
