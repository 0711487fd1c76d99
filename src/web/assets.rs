//! Styles, scripts and logos: compiled in, named with the digest of their content, kept by browsers for a year.
//!
//! One stylesheet per portal is written from its configured look. Nothing here is a person's, so nothing is private.

use std::sync::{Arc, LazyLock};

use axum::{
    Router,
    extract::{Path, RawQuery},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};

use crate::{
    domain::{Digest, PortalName},
    policy::{Portal, Portals},
};

const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const SVG: &str = "image/svg+xml";

/// An asset that is the same everywhere.
struct Asset {
    name: &'static str,
    kind: &'static str,
    text: &'static str,
    digest: String,
}

static ASSETS: LazyLock<Vec<Asset>> = LazyLock::new(|| {
    let asset = |(name, kind, text): (&'static str, &'static str, &'static str)| Asset {
        name,
        kind,
        text,
        digest: short_digest(text),
    };
    [
        ("look.css", CSS, include_str!("../../templates/assets/look.css")),
        ("night.css", CSS, include_str!("../../templates/assets/night.css")),
        ("look.js", SCRIPT, include_str!("../../templates/assets/look.js")),
        ("passkeys.js", SCRIPT, include_str!("../../templates/assets/passkeys.js")),
        ("form-post.js", SCRIPT, include_str!("../../templates/assets/form-post.js")),
        ("icon.svg", SVG, include_str!("../../templates/assets/logos/icon.svg")),
        ("preau.svg", SVG, HOUSE_LOGO),
    ]
    .into_iter()
    .map(asset)
    .collect()
});

/// The logo of a portal that brings none.
const HOUSE_LOGO: &str = include_str!("../../templates/assets/logos/preau.svg");

/// The address of an asset, with its digest: it changes when the asset does.
#[must_use]
pub fn address(name: &str) -> String {
    let digest = ASSETS.iter().find(|asset| asset.name == name).map_or("", |asset| &asset.digest);
    format!("/assets/{name}?v={digest}")
}

/// The address of a portal's stylesheet.
#[must_use]
pub fn portal_sheet_address(portal: &Portal) -> String {
    format!("/assets/portals/{}.css?v={}", portal.name, short_digest(&portal_sheet(portal)))
}

/// The paths under `/assets/`.
pub fn routes<S: Clone + Send + Sync + 'static>(portals: &Portals) -> Router<S> {
    let portals = Arc::new(portals.clone());
    let sheets = portals.clone();
    Router::new()
        .route("/assets/{name}", get(|name: Path<String>, query: RawQuery| async move { fixed(&name, &query) }))
        .route(
            "/assets/portals/{name}",
            get(|name: Path<String>, query: RawQuery| async move {
                of_portal(&sheets, &name, ".css", &query, |portal| (CSS, portal_sheet(portal)))
            }),
        )
        .route(
            "/assets/logos/{name}",
            get(|name: Path<String>, query: RawQuery| async move {
                of_portal(&portals, &name, ".svg", &query, |portal| (SVG, logo(portal).to_owned()))
            }),
        )
}

fn fixed(name: &str, query: &RawQuery) -> Response {
    ASSETS.iter().find(|asset| asset.name == name).map_or_else(
        || StatusCode::NOT_FOUND.into_response(),
        |asset| answer(asset.kind, asset.text.to_owned(), is_current(query, &asset.digest)),
    )
}

fn of_portal(
    portals: &Portals,
    file: &str,
    ending: &str,
    query: &RawQuery,
    made: impl Fn(&Portal) -> (&'static str, String),
) -> Response {
    let named = file.strip_suffix(ending).and_then(|name| portals.find(&PortalName::new(name)));
    let Some(portal) = named else { return StatusCode::NOT_FOUND.into_response() };
    let (kind, text) = made(portal);
    let current = is_current(query, &short_digest(&text));
    answer(kind, text, current)
}

/// Kept for a year under its own digest; asked for again under any other, as while two versions run side by side.
fn answer(kind: &'static str, text: String, is_current: bool) -> Response {
    let keep = if is_current { "public, max-age=31536000, immutable" } else { "no-cache" };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CACHE_CONTROL, HeaderValue::from_static(keep)),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        // A logo is a file that an operator brought: opened by itself it may run nothing.
        (
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; sandbox"),
        ),
    ];
    (headers, text).into_response()
}

fn is_current(RawQuery(query): &RawQuery, digest: &str) -> bool {
    query.as_deref().and_then(|query| query.strip_prefix("v=")) == Some(digest)
}

/// What a portal may vary, and nothing else: two colours and its logo.
fn portal_sheet(portal: &Portal) -> String {
    let logo = format!("/assets/logos/{}.svg?v={}", portal.name, short_digest(logo(portal)));
    let (name, look) = (&portal.name, &portal.look);
    format!(
        "[data-portal=\"{name}\"] {{ --day: {}; --night: {}; --logo: url(\"{logo}\"); }}\n",
        colour(&look.day, "#1f5d4c"),
        colour(&look.night, "#8fd0b6")
    )
}

/// The colour where it is one; the configuration has checked it, a stylesheet takes no chance.
fn colour<'a>(text: &'a str, house: &'a str) -> &'a str {
    let is_colour =
        text.strip_prefix('#').is_some_and(|hex| hex.len() == 6 && hex.bytes().all(|b| b.is_ascii_hexdigit()));
    if is_colour { text } else { house }
}

fn logo(portal: &Portal) -> &str {
    portal.look.logo.as_deref().unwrap_or(HOUSE_LOGO)
}

fn short_digest(text: &str) -> String {
    Digest::of(text.as_bytes()).as_str().chars().take(12).collect()
}

/// Every asset with its path, for the tests that write pages down.
#[cfg(test)]
pub fn files(portals: &[Portal]) -> Vec<(String, String)> {
    let fixed = ASSETS.iter().map(|asset| (format!("/assets/{}", asset.name), asset.text.to_owned()));
    let sheets = portals.iter().map(|portal| (format!("/assets/portals/{}.css", portal.name), portal_sheet(portal)));
    let logos = portals.iter().map(|portal| (format!("/assets/logos/{}.svg", portal.name), logo(portal).to_owned()));
    fixed.chain(sheets).chain(logos).collect()
}

#[cfg(test)]
mod tests {
    use axum::{
        body::{Body, to_bytes},
        http::Request,
    };
    use tower::ServiceExt;

    use super::*;
    use crate::policy::{Look, contrast};

    fn portal(name: &str, logo: Option<&str>) -> Portal {
        let usual = Portal::of_tests(name);
        let night = "red; } body { display: none".into();
        Portal { look: Look { night, logo: logo.map(Arc::from), ..usual.look }, ..usual }
    }

    async fn get(path: &str) -> (StatusCode, String, String, String) {
        let portals =
            Portals::new(vec![portal("default", None), portal("ent", Some("<svg id='ent'/>"))]).expect("portals");
        let request = Request::get(path).body(Body::empty()).expect("a request");
        let response = routes::<()>(&portals).oneshot(request).await.expect("an answer");
        let header = |name| response.headers().get(name).map_or("", |value| value.to_str().expect("a text")).to_owned();
        let (status, kind, keep) = (response.status(), header(header::CONTENT_TYPE), header(header::CACHE_CONTROL));
        let nosniff = header(header::X_CONTENT_TYPE_OPTIONS);
        assert!(status != StatusCode::OK || nosniff == "nosniff", "{path}");
        let body = to_bytes(response.into_body(), 1 << 20).await.expect("a body");
        (status, kind, keep, String::from_utf8(body.into()).expect("a text"))
    }

    #[tokio::test]
    async fn an_asset_is_kept_under_its_own_digest_and_asked_again_under_another() {
        let (status, kind, keep, body) = get(&address("look.css")).await;
        assert_eq!((status, kind.as_str()), (StatusCode::OK, CSS));
        assert_eq!(keep, "public, max-age=31536000, immutable");
        assert!(body.contains(".sheet"));
        assert_eq!(get("/assets/look.css?v=older").await.2, "no-cache");
        assert_eq!(get("/assets/look.css").await.2, "no-cache");
        assert_eq!(get(&address("look.js")).await.1, SCRIPT);
        for unknown in
            ["/assets/none.css", "/assets/portals/none.css", "/assets/portals/ent", "/assets/logos/..%2Fent.svg"]
        {
            assert_eq!(get(unknown).await.0, StatusCode::NOT_FOUND, "{unknown}");
        }
    }

    #[tokio::test]
    async fn a_portal_brings_two_colours_and_a_logo_and_nothing_else() {
        let ent = portal("ent", Some("<svg id='ent'/>"));
        let (_, kind, keep, sheet) = get(&portal_sheet_address(&ent)).await;
        assert_eq!((kind.as_str(), keep.contains("immutable")), (CSS, true));
        assert!(sheet.starts_with("[data-portal=\"ent\"] { --day: #14578a; --night: #8fd0b6; --logo: url("), "{sheet}");
        let logo = sheet.split('"').nth(3).expect("an address");
        let (status, kind, keep, text) = get(logo).await;
        assert_eq!((status, kind.as_str(), text.as_str()), (StatusCode::OK, SVG, "<svg id='ent'/>"));
        assert!(keep.contains("immutable"));
        assert_eq!(get("/assets/logos/default.svg").await.3, HOUSE_LOGO);
    }

    #[test]
    fn xct_01_every_text_can_be_read_on_every_ground_by_day_and_by_night() {
        let text = |name| ASSETS.iter().find(|asset| asset.name == name).expect("an asset").text;
        for (sheet, accent) in [("look.css", "#1f5d4c"), ("night.css", "#8fd0b6")] {
            // The night says only what it changes.
            let token = |name: &str| {
                let find = |text: &str| text.split(&format!("--{name}: ")).nth(1)?.split(';').next().map(str::to_owned);
                let long = |hex: String| if hex == "#fff" { "#ffffff".to_owned() } else { hex };
                long(find(text(sheet)).or_else(|| find(text("look.css"))).expect("a token"))
            };
            let readable = |ink: &str, ground: &str, least: f64| {
                let ratio = contrast(ink, ground).expect("two colours");
                assert!(ratio >= least, "{sheet}: {ink} on {ground} is {ratio:.2}:1");
            };
            for ink in ["ink", "soft", "red", "green", "amber"] {
                readable(&token(ink), &token("paper"), 4.5);
            }
            for ink in ["ink", "soft"] {
                readable(&token(ink), &token("yard"), 4.5);
            }
            for tone in ["red", "green", "amber"] {
                readable(&token(tone), &token(&format!("{tone}-wash")), 4.5);
                readable(&token("ink"), &token(&format!("{tone}-wash")), 4.5);
            }
            for ink in ["chalk", "chalk-soft", "star"] {
                readable(&token(ink), &token("board"), 4.5);
            }
            readable(&token("edge"), &token("paper"), 3.0);
            readable(accent, &token("yard"), 4.5);
        }
    }

    #[test]
    fn no_style_and_no_script_asks_elsewhere() {
        for asset in ASSETS.iter().filter(|asset| asset.kind != SVG) {
            for foreign in ["http://", "https://", "url(", "@import", "eval(", "innerHTML"] {
                assert!(!asset.text.contains(foreign), "{} holds {foreign}", asset.name);
            }
        }
    }
}
