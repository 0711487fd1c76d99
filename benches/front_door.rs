//! What the door costs, side by side in one run: `cargo bench --profile dev` (or without `--profile` for a release build).
//!
//! The real server on loopback with SQLite and the least hashing that production allows. Each row is the middle and the
//! 95th percentile of so many requests one after another over a kept connection. What a wrong password costs, known or not:
//! `known_or_not`.

mod shared;

use std::time::{Duration, Instant};

use preau::{
    admin::{people, services},
    app::{App, Registry},
    domain::{Actor, Fault},
    server,
};
use reqwest::{Client, redirect::Policy};

const TIMES: usize = 300;

#[tokio::main]
async fn main() -> Result<(), Fault> {
    let (app, _folder) = shared::assemble(|_| {}).await?;
    furnish(&app).await?;
    let running = server::start(app.clone())?;
    let outcome = measure(&app).await;
    running.stop().await;
    outcome
}

async fn furnish(app: &App) -> Result<(), Fault> {
    let by = Actor::command(app.clock.now());
    let someone = r#"[{ "identifier": "nadia.roux", "password": "étoile 4 lune", "profile": "parent", "given_name": "Nadia",
        "family_name": "Roux", "email": "nadia@example.org" }]"#;
    let rule = app.config.policy.identifiers;
    let tools = people::Tools { db: &app.db, rng: &app.rng, hasher: &app.hasher, rule };
    people::apply(tools, &by, ("people", someone)).await?.map_err(|faults| Fault::new(format!("{faults:?}")))?;
    let parties = r#"[{ "client_id": "agenda", "client_secret": "a-secret-of-the-benchmark", "client_name": "Agenda",
        "redirect_uris": ["http://127.0.0.2:1/cb"], "first_party": true, "scope": "openid profile email" },
        { "name": "vie", "first_party": true, "cas": { "service": "http://127.0.0.3:1/", "match": "prefix" } }]"#;
    let portals = &app.config.policy.portals;
    let files = [("services".to_owned(), parties.to_owned())];
    services::apply(&app.db, &app.rng, &by, portals, &files)
        .await?
        .map_err(|faults| Fault::new(format!("{faults:?}")))?;
    app.services.store(std::sync::Arc::new(Registry::load(&app.db).await?));
    Ok(())
}

async fn measure(app: &App) -> Result<(), Fault> {
    let issuer = app.config.issuer().to_owned();
    let browser = Client::builder().cookie_store(true).redirect(Policy::none()).build()?;
    let authorize = format!(
        "{issuer}/oidc/authorize?client_id=agenda&redirect_uri=http://127.0.0.2:1/cb&response_type=code&scope=openid"
    );
    let cas = format!("{issuer}/cas/login?service=http://127.0.0.3:1/x");
    signs_in(&browser, &issuer, "nadia.roux", "étoile 4 lune").await?;
    let mut rows = Vec::new();
    rows.push((
        "discovery",
        timed(TIMES, async || get(&browser, &format!("{issuer}/.well-known/openid-configuration")).await).await?,
    ));
    rows.push(("SSO hop, OpenID Connect (a code)", timed(TIMES, async || get(&browser, &authorize).await).await?));
    rows.push(("SSO hop, CAS (a ticket)", timed(TIMES, async || get(&browser, &cas).await).await?));
    let mut codes = Vec::new();
    for _ in 0..TIMES {
        codes.push(parameter(&get(&browser, &authorize).await?, "code"));
    }
    let mut codes = codes.into_iter();
    rows.push((
        "code for tokens (RS256)",
        timed(TIMES, async || exchange(&browser, &issuer, codes.next()).await).await?,
    ));
    println!("{:<38} {:>10} {:>10}", "what", "middle", "95th");
    for (name, mut times) in rows {
        times.sort();
        let at = |part: usize| times.get(times.len() * part / 100).copied().unwrap_or_default();
        println!("{name:<38} {:>10.2?} {:>10.2?}", at(50), at(95));
    }
    Ok(())
}

async fn timed(times: usize, mut act: impl AsyncFnMut() -> Result<String, Fault>) -> Result<Vec<Duration>, Fault> {
    let mut taken = Vec::with_capacity(times);
    for _ in 0..times {
        let began = Instant::now();
        act().await?;
        taken.push(began.elapsed());
    }
    Ok(taken)
}

/// Where a request leads, else what it says.
async fn get(client: &Client, address: &str) -> Result<String, Fault> {
    let response = client.get(address).send().await?;
    match response.headers().get("location") {
        Some(location) => Ok(location.to_str()?.to_owned()),
        None => Ok(response.text().await?),
    }
}

async fn exchange(client: &Client, issuer: &str, code: Option<String>) -> Result<String, Fault> {
    let code = code.ok_or_else(|| Fault::new("no code is left"))?;
    let form = [("grant_type", "authorization_code"), ("code", &code), ("redirect_uri", "http://127.0.0.2:1/cb")];
    let request = client.post(format!("{issuer}/oidc/token")).basic_auth("agenda", Some("a-secret-of-the-benchmark"));
    Ok(request.form(&form).send().await?.error_for_status()?.text().await?)
}

async fn signs_in(client: &Client, issuer: &str, identifier: &str, password: &str) -> Result<(), Fault> {
    let page = client.get(format!("{issuer}/connexion")).send().await?.text().await?;
    let (_, rest) =
        page.split_once("name=\"form_token\" value=\"").ok_or_else(|| Fault::new("the page has no form"))?;
    let token = rest.split('"').next().unwrap_or_default();
    let form = [("form_token", token), ("identifier", identifier), ("password", password)];
    client.post(format!("{issuer}/connexion")).form(&form).send().await?.text().await?;
    Ok(())
}

fn parameter(address: &str, name: &str) -> String {
    let (_, query) = address.split_once('?').unwrap_or_default();
    let pairs: Vec<(String, String)> =
        query.split('&').filter_map(|pair| pair.split_once('=')).map(|(k, v)| (k.to_owned(), v.to_owned())).collect();
    pairs.into_iter().find(|(key, _)| key == name).map(|(_, value)| value).unwrap_or_default()
}
