//! "Vie scolaire": a portal that signs in over CAS 3, with nothing but an HTTP client and an XML reader.
//!
//! CAS has no `state`, so the service address has one: a path of its own for each sign-in, below the registered prefix.
//! A ticket that comes to an address which this browser did not ask for is left alone, and the sign-in begins anew.

use std::collections::BTreeMap;

use axum::{
    Form, Router,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode},
    middleware,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use axum_extra::extract::CookieJar;
use quick_xml::{Reader, events::Event};
use url::Url;

use super::{About, DOORS, Door, Kit, page};
use crate::{demo::look, domain::Fault};

const TITLE: &str = "Vie scolaire";

/// The application at one of its doors.
#[derive(Clone)]
pub struct SchoolLife {
    kit: Kit,
    door: Door,
}

impl SchoolLife {
    /// The pages of all its doors.
    pub fn routes(kit: &Kit) -> Router {
        let mut router = look::routes();
        for door in DOORS {
            let at = |path: &str| format!("{}{path}", door.prefix);
            router = router.merge(
                Router::new()
                    .route(&at("/"), get(home))
                    .route(&at("/connexion"), get(begin))
                    .route(&at("/retour"), get(unasked))
                    .route(&at("/retour/{state}"), get(comes_back).post(is_over))
                    .route(&at("/deconnexion"), post(leave))
                    .with_state(Self { kit: kit.clone(), door: door.clone() }),
            );
        }
        router
            .route("/ent", get(async || Redirect::to("/ent/")))
            .layer(middleware::from_fn(|request, next| look::headers(page::CSP, request, next)))
    }

    /// The address that tickets are sent to: the registered one, and for each sign-in one below it.
    fn service(&self, state: Option<&str>) -> String {
        let state = state.map_or_else(String::new, |state| format!("/{state}"));
        self.kit.address(&self.door, &format!("/retour{state}"))
    }

    fn cas(&self, path: &str, parameters: &[(&str, &str)]) -> Result<Url, Fault> {
        Ok(Url::parse_with_params(&format!("{}/cas/{path}", self.kit.issuer), parameters)?)
    }

    /// Has the ticket validated (CAS 3.0 §2.8).
    async fn learn(&self, service: &str, ticket: &str) -> Result<About, Fault> {
        let url = self.cas("p3/serviceValidate", &[("service", service), ("ticket", ticket)])?;
        let answer = self.kit.http.get(url).send().await?.error_for_status()?.text().await?;
        let validated = Validated::parse(&answer)?;
        Ok(About::of_attributes(&validated.user, &validated.attributes, ticket))
    }

    fn home(&self, who: Option<About>, signed_out: bool) -> Response {
        let link = |href: String, text: &str| page::Link { href, text: text.to_owned() };
        let other = DOORS.into_iter().find(|door| *door != self.door);
        let back = format!("{}{}/connexion", self.kit.neighbour, self.door.prefix);
        let mut links = vec![link(back, "Ouvrir l’Espace numérique")];
        links.extend(other.map(|door| link(format!("{}/", door.prefix), &format!("Entrer par le {}", door.name))));
        look::page(&page::Home {
            app: "vie-scolaire",
            title: TITLE,
            lead: "Les absences, les retards et les mots aux familles.",
            door: self.door.clone(),
            who,
            signed_out,
            links,
        })
    }

    fn onwards(&self, to: &str) -> Response {
        Redirect::to(&format!("{}{to}", self.door.prefix)).into_response()
    }

    fn problem(&self, cause: &Fault) -> Response {
        tracing::warn!(%cause, "Vie scolaire: a sign-in failed");
        page::problem(TITLE, &self.door, "La connexion n’a pas pu être vérifiée. Recommencez depuis le début.")
    }
}

async fn home(State(app): State<SchoolLife>, jar: CookieJar) -> Response {
    app.home(app.kit.visits.who(&jar, &app.door), false)
}

async fn begin(State(app): State<SchoolLife>, jar: CookieJar) -> Response {
    let state = app.kit.visits.secret();
    match app.cas("login", &[("service", &app.service(Some(&state)))]) {
        Ok(to) => (app.kit.visits.begin(jar, &state, "", ""), Redirect::to(to.as_str())).into_response(),
        Err(cause) => app.problem(&cause),
    }
}

#[derive(serde::Deserialize)]
struct Answer {
    ticket: Option<String>,
}

async fn comes_back(
    State(app): State<SchoolLife>,
    jar: CookieJar,
    Path(state): Path<String>,
    Query(Answer { ticket }): Query<Answer>,
) -> Response {
    let (Some(_begun), Some(ticket)) = (app.kit.visits.take(&jar, &state), ticket) else {
        // Going back or reloading: who is signed in stays so; anybody else may begin anew.
        let is_signed_in = app.kit.visits.who(&jar, &app.door).is_some();
        return if is_signed_in {
            app.onwards("/")
        } else {
            app.problem(&Fault::new("nobody began this sign-in in this browser"))
        };
    };
    match app.learn(&app.service(Some(&state)), &ticket).await {
        Ok(about) => (app.kit.visits.open(jar, &app.door, about), app.onwards("/")).into_response(),
        Err(cause) => app.problem(&cause),
    }
}

/// The registered address itself: after a sign-out, or with a ticket that nobody asked for here. The ticket is not used;
/// the browser asks for one of its own, which costs its holder no question.
async fn unasked(State(app): State<SchoolLife>, jar: CookieJar, Query(Answer { ticket }): Query<Answer>) -> Response {
    if ticket.is_some() {
        return app.onwards("/connexion");
    }
    app.home(app.kit.visits.who(&jar, &app.door), true)
}

/// Ends the session here first, then at the provider.
async fn leave(State(app): State<SchoolLife>, jar: CookieJar, headers: HeaderMap) -> Response {
    if !page::is_own_post(&headers, &app.kit.base) {
        return page::problem(TITLE, &app.door, "Cette demande vient d’ailleurs.");
    }
    let jar = app.kit.visits.close(jar, &app.door);
    match app.cas("logout", &[("service", &app.service(None))]) {
        Ok(to) => (jar, Redirect::to(to.as_str())).into_response(),
        Err(cause) => (jar, app.problem(&cause)).into_response(),
    }
}

#[derive(serde::Deserialize)]
struct Over {
    #[serde(rename = "logoutRequest")]
    request: String,
}

/// The provider tells that the session of a ticket is over, at the address that the ticket was for (CAS 3.0 §2.3.3). Who
/// knows a ticket was told it.
async fn is_over(State(app): State<SchoolLife>, Form(over): Form<Over>) -> StatusCode {
    match ticket_of(&over.request) {
        Ok(ticket) => {
            app.kit.visits.end(&ticket);
            StatusCode::OK
        }
        Err(cause) => {
            tracing::warn!(%cause, "Vie scolaire: a sign-out could not be read");
            StatusCode::BAD_REQUEST
        }
    }
}

/// The `samlp:SessionIndex` of a `samlp:LogoutRequest`.
fn ticket_of(xml: &str) -> Result<String, Fault> {
    let (mut reader, mut is_within) = (Reader::from_str(xml), false);
    loop {
        match reader.read_event()? {
            Event::Start(element) => is_within = element.local_name().as_ref() == "SessionIndex",
            Event::Text(text) if is_within => return Ok(text.to_string()),
            Event::DocType(_) => return Err(Fault::new("a document type has no place in a sign-out")),
            Event::Eof => return Err(Fault::new("a sign-out names no ticket")),
            _ => {}
        }
    }
}

/// `cas:authenticationSuccess`.
#[derive(Debug, Default, PartialEq, Eq)]
struct Validated {
    user: String,
    attributes: BTreeMap<String, Vec<String>>,
}

impl Validated {
    fn parse(xml: &str) -> Result<Self, Fault> {
        let mut reader = Reader::from_str(xml);
        let (mut open, mut text, mut validated) = (Vec::<String>::new(), String::new(), Self::default());
        let mut is_success = false;
        loop {
            match reader.read_event()? {
                Event::Start(element) => {
                    open.push(element.local_name().as_ref().to_owned());
                    is_success |= open.last().is_some_and(|name| name == "authenticationSuccess");
                    text.clear();
                }
                Event::Text(part) => text.push_str(&part),
                Event::GeneralRef(entity) => text.push(resolved(&entity)?),
                Event::CData(part) => text.push_str(&part),
                Event::End(_) => {
                    let (name, within) = (open.pop().unwrap_or_default(), open.last().map(String::as_str));
                    match within {
                        Some("attributes") => {
                            validated.attributes.entry(name).or_default().push(std::mem::take(&mut text));
                        }
                        Some("authenticationSuccess") if name == "user" => validated.user = std::mem::take(&mut text),
                        _ => text.clear(),
                    }
                }
                Event::DocType(_) => return Err(Fault::new("a document type has no place in a CAS answer")),
                Event::Eof => break,
                _ => {}
            }
        }
        if is_success && !validated.user.is_empty() { Ok(validated) } else { Err(Fault::new("the ticket was refused")) }
    }
}

/// The character of a reference: the five of XML, or a number.
fn resolved(entity: &str) -> Result<char, Fault> {
    let number = entity.strip_prefix('#').map(|number| match number.strip_prefix('x') {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => number.parse(),
    });
    match (entity, number) {
        ("amp", _) => Ok('&'),
        ("lt", _) => Ok('<'),
        ("gt", _) => Ok('>'),
        ("quot", _) => Ok('"'),
        ("apos", _) => Ok('\''),
        (_, Some(Ok(number))) => char::from_u32(number).ok_or_else(|| Fault::new("a number that is no character")),
        _ => Err(Fault::new("an entity that XML does not know")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_with_every_value_of_an_attribute() {
        let xml = "<cas:serviceResponse xmlns:cas='http://www.yale.edu/tp/cas'>\n <cas:authenticationSuccess>\n\
            <cas:user>nadia.roux</cas:user><cas:attributes><cas:name>Nadia D&apos;Amours &amp; fils</cas:name>\
            <cas:children>Ilyès</cas:children><cas:children>Zo&#233;</cas:children></cas:attributes>\
            </cas:authenticationSuccess></cas:serviceResponse>";
        let validated = Validated::parse(xml).expect("a success");
        assert_eq!(validated.user, "nadia.roux");
        assert_eq!(validated.attributes["name"], ["Nadia D'Amours & fils"]);
        assert_eq!(validated.attributes["children"], ["Ilyès", "Zoé"]);
    }

    #[test]
    fn a_sign_out_names_its_ticket() {
        let xml = "<samlp:LogoutRequest xmlns:samlp='urn:x'><saml:NameID xmlns:saml='urn:y'>@NOT_USED@</saml:NameID>\
            <samlp:SessionIndex>ST-1-x</samlp:SessionIndex></samlp:LogoutRequest>";
        assert_eq!(ticket_of(xml).expect("a ticket"), "ST-1-x");
        assert!(ticket_of("<a/>").is_err() && ticket_of("<!DOCTYPE a><SessionIndex>x</SessionIndex>").is_err());
    }

    #[test]
    fn a_refusal_and_a_document_type_are_no_success() {
        let refused = "<r><authenticationFailure code='INVALID_TICKET'>no<user>x</user></authenticationFailure></r>";
        assert!(Validated::parse(refused).is_err());
        assert!(Validated::parse("<!DOCTYPE a [<!ENTITY x 'y'>]><a/>").is_err());
        assert!(Validated::parse("<a><b></a>").is_err());
    }
}
