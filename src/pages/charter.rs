//! Charters: the step that is owed before anything opens, the list of one's own, a version to be read again, and the
//! signature for a child.

pub(super) mod paper;

use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use crate::{
    app::App,
    domain::{
        Account, AccountId, Asked as Goal, CharterId, Demands, Fault, Interaction, InteractionId, Markdown, Profile,
    },
    journeys::charter::{self, By, Known, Published},
    policy::{Concern, Signed},
    signin::{Request, door},
    store::sessions::Standing,
    web::{
        Answered, Guarded, Visit,
        page::{
            Accepting, CharterNews, CharterPage, CharterRow, CharterShown, CharterTextPage, ChartersPage, MessagePage,
            Page, Trouble, Way, register_of,
        },
        see_other,
    },
};

use super::{
    home::base,
    sign_in::{pending, visit_of},
};

/// What an address of the charters may carry.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    /// The pending sign-in.
    i: Option<InteractionId>,
    /// Set where a tick was missing.
    #[serde(rename = "refus")]
    refused: Option<String>,
    /// Set where a pupil is addressed whose session is over.
    tu: Option<String>,
}

/// Its fields: `i`, `answer`, and a tick for each version.
pub(super) type Ticks = Vec<(String, String)>;

/// What is owed; else one's charters.
pub(super) async fn show(State(app): State<App>, visit: Visit, Query(asked): Query<Asked>) -> Answered {
    let interaction = pending(&app, &visit.visitor, asked.i.as_ref()).await?;
    let Some(standing) = door::standing(&app, &visit.visitor).await? else {
        return match &interaction {
            Some(interaction) => Ok(see_other(&onwards(&visit, Some(interaction)))),
            None => sign_in_first(&app, &visit, "/charte").await,
        };
    };
    let visit = interaction.as_ref().map_or_else(|| visit.clone(), |it| visit_of(&app, &visit, it));
    if let Some(page) = step(&app, &visit, interaction.as_ref(), &standing, asked.refused.is_some()).await? {
        return Ok(page);
    }
    match &interaction {
        Some(interaction) => Ok(see_other(&onwards(&visit, Some(interaction)))),
        None => list(&app, &addressing(&visit, &standing), &standing).await,
    }
}

/// The page of what is owed: to read and accept, or to wait for a guardian. None where nothing is.
pub(super) async fn step(
    app: &App,
    visit: &Visit,
    interaction: Option<&Interaction>,
    standing: &Standing,
    is_refused: bool,
) -> Result<Option<Response>, Fault> {
    let visit = &addressing(visit, standing);
    let concerns = charter::concerns(app, &standing.account.id, visit.now).await?;
    let (waiting, owed): (Vec<&Concern>, Vec<&Concern>) =
        concerns.iter().filter(|it| it.bars()).partition(|it| it.awaits_guardian());
    if owed.is_empty() {
        let page = || MessagePage::charter_waits(&visit.place, &onwards(visit, interaction), &sign_out(visit));
        return Ok((!waiting.is_empty()).then(|| Page::of(&page()).into_response()));
    }
    let mut read = Vec::new();
    for concern in &owed {
        read.push(Read::of(app, visit, &concern.charter.id).await?);
    }
    let texts: Vec<CharterShown<'_>> = read.iter().map(Read::shown).collect();
    let page = CharterPage::new(
        &visit.place,
        &Accepting {
            action: &format!("{}/charte", base(visit)),
            form_token: visit.form_token.as_str(),
            interaction: interaction.map(|interaction| interaction.id.as_str()),
            texts: &texts,
            is_refused,
            needs_guardian: owed.iter().any(|concern| concern.needs_guardian),
            child: None,
        },
    );
    Ok(Some(Page::of(&page).into_response()))
}

/// Accepted or refused.
pub(super) async fn post(State(app): State<App>, Guarded(visit, form): Guarded<Ticks>) -> Answered {
    let id = value(&form, "i").map(InteractionId::new);
    let interaction = pending(&app, &visit.visitor, id.as_ref()).await?;
    let to = onwards(&visit, interaction.as_ref());
    let standing = door::standing(&app, &visit.visitor).await?;
    let (Some(standing), Some(session)) = (standing, &visit.visitor.session) else { return Ok(see_other(&to)) };
    let by = By { actor: &visit.visitor.actor, session, account_id: &standing.account.id };
    let carried = interaction.as_ref().map(|it| format!("i={}&", it.id)).unwrap_or_default();
    if value(&form, "answer") == Some("refuse") {
        if !charter::refuse(&app, by).await? {
            return Ok(see_other(&to));
        }
        visit.forget_session();
        let tu = if standing.profiles.contains(&Profile::Pupil) { "tu=1" } else { "" };
        return Ok(see_other(&format!("{}/charte/refus?{carried}{tu}", base(&visit))));
    }
    if charter::accept(&app, by, &ticked(&form)).await? {
        return Ok(see_other(&to));
    }
    Ok(see_other(&format!("{}/charte?{carried}refus=1", base(&visit))))
}

/// What follows from a refusal, and whom to turn to. The session is over.
pub(super) async fn refused(State(app): State<App>, visit: Visit, Query(asked): Query<Asked>) -> Answered {
    let interaction = pending(&app, &visit.visitor, asked.i.as_ref()).await?;
    let visit = interaction.as_ref().map_or_else(|| visit.clone(), |it| visit_of(&app, &visit, it));
    let visit = visit.addressing(register_of(asked.tu.map(|_| Profile::Pupil)));
    let sign_in = match &interaction {
        Some(interaction) => onwards(&visit, Some(interaction)),
        None => format!("{}/connexion", base(&visit)),
    };
    Ok(Page::of(&MessagePage::charter_refused(&visit.place, &sign_in)).into_response())
}

/// The notice of a minor version is put away.
pub(super) async fn put_away(State(app): State<App>, Guarded(visit, form): Guarded<Ticks>) -> Answered {
    if let (Some(standing), Some(id)) = (door::standing(&app, &visit.visitor).await?, value(&form, "charter")) {
        charter::put_away(&app, &standing.account.id, &CharterId::new(id), visit.now).await?;
    }
    Ok(see_other(&onwards(&visit, None)))
}

/// A version to be read again: one's own or one's child's, in exactly the text that was accepted.
pub(super) async fn read(State(app): State<App>, visit: Visit, Path(path): Path<Vec<(String, String)>>) -> Answered {
    let id = CharterId::new(part(&path, "id"));
    let Some(standing) = door::standing(&app, &visit.visitor).await? else {
        return sign_in_first(&app, &visit, &format!("/charte/{}", Slug(id.as_str()))).await;
    };
    if !charter::may_read(&app, &standing.account, &id, visit.now).await? {
        return Ok(not_found(&visit));
    }
    let visit = addressing(&visit, &standing);
    let known = charter::list(&app, &standing.account.id, visit.now).await?;
    let signed = known.iter().find(|known| known.charter.id == id).and_then(|known| signed(&visit, known));
    let read = Read::of(&app, &visit, &id).await?;
    let page = CharterTextPage::new(&visit.place, &read.shown(), signed, &format!("{}/charte", base(&visit)));
    Ok(Page::of(&page).into_response())
}

/// The version in force for a child, with the guardian's tick.
pub(super) async fn child(
    State(app): State<App>,
    visit: Visit,
    Path(path): Path<Vec<(String, String)>>,
    Query(asked): Query<Asked>,
) -> Answered {
    let (child, id) = (AccountId::new(part(&path, "account")), CharterId::new(part(&path, "id")));
    let Some(standing) = door::standing(&app, &visit.visitor).await? else {
        return sign_in_first(&app, &visit, "/charte").await;
    };
    let all = charter::of_children(&app, &standing.account, visit.now).await?;
    let Some(found) = all.into_iter().find(|it| it.ward.id == child && it.concern.charter.id == id) else {
        return Ok(see_other(&format!("{}/charte", base(&visit))));
    };
    let visit = addressing(&visit, &standing);
    let read = Read::of(&app, &visit, &id).await?;
    let back = format!("{}/charte", base(&visit));
    let page = CharterPage::new(
        &visit.place,
        &Accepting {
            action: &format!("{back}/enfant/{}/{}", Slug(child.as_str()), Slug(id.as_str())),
            form_token: visit.form_token.as_str(),
            interaction: None,
            texts: &[read.shown()],
            is_refused: asked.refused.is_some(),
            needs_guardian: false,
            child: Some((&found.ward.given_name, &back)),
        },
    );
    Ok(Page::of(&page).into_response())
}

/// The guardian's signature.
pub(super) async fn sign(
    State(app): State<App>,
    Path(path): Path<Vec<(String, String)>>,
    Guarded(visit, form): Guarded<Ticks>,
) -> Answered {
    let (child, id) = (AccountId::new(part(&path, "account")), CharterId::new(part(&path, "id")));
    let list = format!("{}/charte", base(&visit));
    let Some(standing) = door::standing(&app, &visit.visitor).await? else { return Ok(see_other(&list)) };
    let Some((_, language)) = ticked(&form).into_iter().find(|(ticked, _)| *ticked == id) else {
        return Ok(see_other(&format!("{list}/enfant/{}/{}?refus=1", Slug(child.as_str()), Slug(id.as_str()))));
    };
    charter::sign_for_child(&app, (&visit.visitor.actor, &standing.account), &child, (&id, &language)).await?;
    Ok(see_other(&list))
}

/// The charters of whoever is signed in, and those of their children that wait.
async fn list(app: &App, visit: &Visit, standing: &Standing) -> Answered {
    let speaker = visit.place.speaker;
    let concerns = charter::concerns(app, &standing.account.id, visit.now).await?;
    let row = |known: &Known| {
        let concern = concerns.iter().find(|concern| concern.charter.id == known.charter.id);
        let (title, language) = known.charter.title.read_in(speaker.locale.tag());
        let args = [("title", title), ("version", known.charter.version.as_str())];
        let state = match concern.map(|concern| concern.state) {
            Some(Signed::WithoutGuardian) => speaker.say("charters-waits"),
            Some(Signed::Not) => speaker.say("charters-to-accept"),
            _ => signed(visit, known).unwrap_or_else(|| speaker.say("charters-told")),
        };
        CharterRow {
            title: speaker.say_with("charters-row", &args),
            foreign: (language != speaker.locale.tag()).then_some(language),
            state,
            is_good: concern.is_none_or(|concern| concern.state == Signed::Fully),
            way: Way::new(
                speaker.say_with("charters-read-what", &args),
                format!("{}/charte/{}", base(visit), known.charter.id),
            ),
        }
    };
    let own: Vec<CharterRow> = charter::list(app, &standing.account.id, visit.now).await?.iter().map(row).collect();
    let children = rows_for_children(app, visit, &standing.account).await?;
    let page = ChartersPage::new(&visit.place, own, children, &onwards(visit, None));
    Ok(Page::of(&page).into_response())
}

/// What waits for an adult's signature, a row each.
pub(super) async fn rows_for_children(app: &App, visit: &Visit, guardian: &Account) -> Result<Vec<CharterRow>, Fault> {
    let speaker = visit.place.speaker;
    let all = charter::of_children(app, guardian, visit.now).await?;
    let row = |it: &charter::ForChild| {
        let (title, language) = it.concern.charter.title.read_in(speaker.locale.tag());
        let (name, version) = (it.ward.given_name.as_str(), it.concern.charter.version.as_str());
        CharterRow {
            title: speaker.say_with("charters-child-row", &[("name", name), ("title", title), ("version", version)]),
            foreign: (language != speaker.locale.tag()).then_some(language),
            state: speaker.say("charters-waits"),
            is_good: false,
            way: Way::new(
                speaker.say_with("charters-sign", &[("name", name)]),
                format!("{}/charte/enfant/{}/{}", base(visit), it.ward.id, it.concern.charter.id),
            ),
        }
    };
    Ok(all.iter().map(row).collect())
}

/// The minor versions that somebody is told of.
pub(super) async fn news(app: &App, visit: &Visit, standing: &Standing) -> Result<Vec<CharterNews>, Fault> {
    let concerns = charter::concerns(app, &standing.account.id, visit.now).await?;
    let told = |concern: &Concern| {
        let charter = &concern.charter;
        let title = charter.title.read_in(visit.locale().tag()).0;
        let shown = (title, charter.version.as_str(), charter.effective_at, visit.place.zone.as_str());
        CharterNews::new(&visit.place, shown, &charter.id, (&base(visit), visit.form_token.as_str()))
    };
    Ok(concerns.iter().filter(|concern| concern.is_news).map(told).collect())
}

/// What somebody signed of a version, in a sentence.
fn signed(visit: &Visit, known: &Known) -> Option<String> {
    let signature = known.signature.as_ref()?;
    let dated = |key: &str, at| {
        let date = visit.place.speaker.date(at, &visit.place.zone);
        visit.place.speaker.say_with(key, &[("date", date)])
    };
    let own = signature.accepted_at.map(|at| dated("charters-accepted", at));
    own.or_else(|| signature.guardian_at.map(|at| dated("charters-signed", at)))
}

/// A version as it is read at a portal in a language.
struct Read {
    published: Published,
    text: Markdown,
    language: &'static str,
    school: String,
    zone: String,
    /// Where it is as PDF.
    pdf: String,
}

impl Read {
    async fn of(app: &App, visit: &Visit, id: &CharterId) -> Result<Self, Fault> {
        let published = charter::find(app, id).await?;
        let published = published.ok_or_else(|| Fault::new(format!("the charter {id} is gone")))?;
        let (text, language) = charter::text(&published, visit.locale().tag());
        let look = &visit.place.portal.look;
        let of_network = if look.network.is_empty() { &look.title } else { &look.network };
        let school = published.school.clone().unwrap_or_else(|| of_network.clone());
        let zone = published.time_zone.clone().unwrap_or_else(|| visit.place.zone.clone());
        let pdf = format!("{}/charte/{id}/pdf", base(visit));
        Ok(Self { published, text, language, school, zone, pdf })
    }

    fn shown(&self) -> CharterShown<'_> {
        let charter = &self.published.charter;
        CharterShown {
            id: &charter.id,
            school: &self.school,
            version: &charter.version,
            effective_at: charter.effective_at,
            zone: &self.zone,
            title: charter.title.read_in(self.language).0,
            language: self.language,
            text: &self.text,
            pdf: &self.pdf,
        }
    }
}

/// The visit, addressing whoever is signed in.
pub(super) fn addressing(visit: &Visit, standing: &Standing) -> Visit {
    let pupil = standing.profiles.contains(&Profile::Pupil).then_some(Profile::Pupil);
    visit.addressing(register_of(pupil))
}

/// Where one goes on: the pending sign-in, or the portal's home.
pub(super) fn onwards(visit: &Visit, interaction: Option<&Interaction>) -> String {
    interaction.map_or_else(|| format!("{}/", base(visit)), |interaction| format!("/connexion?i={}", interaction.id))
}

/// The sign-in, after which a page of our own is shown.
pub(super) async fn sign_in_first(app: &App, visit: &Visit, path: &str) -> Answered {
    let request = Request {
        relying_party: None,
        portal: visit.place.portal.clone(),
        asked: Goal::Page(format!("{}{path}", base(visit))),
        demands: Demands::default(),
    };
    // Too many were begun from there: without one the sign-in ends on the portal's home.
    let id = door::begin(app, &visit.visitor, request).await?;
    Ok(see_other(&id.map_or_else(|| format!("{}/connexion", base(visit)), |id| format!("/connexion?i={id}"))))
}

fn sign_out(visit: &Visit) -> String {
    format!("{}/deconnexion", base(visit))
}

fn not_found(visit: &Visit) -> Response {
    let page = MessagePage::error(&visit.place, Trouble::NotFound, Vec::new());
    Page::of(&page).status(Trouble::NotFound.status()).into_response()
}

/// The versions that were ticked, each with the language that it was read in.
fn ticked(form: &Ticks) -> Vec<(CharterId, String)> {
    let tick = |(name, value): &(String, String)| Some((CharterId::new(name.strip_prefix("accept-")?), value.clone()));
    form.iter().filter_map(tick).collect()
}

fn value<'a>(form: &'a Ticks, name: &str) -> Option<&'a str> {
    form.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
}

fn part(path: &[(String, String)], name: &str) -> String {
    path.iter().find(|(part, _)| part == name).map(|(_, value)| value.clone()).unwrap_or_default()
}

/// What may stand in an address of ours: whatever else came is left out.
struct Slug<'a>(&'a str);

impl std::fmt::Display for Slug<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let fine = |sign: &char| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '.' | '_');
        self.0.chars().filter(fine).take(64).try_for_each(|sign| write!(f, "{sign}"))
    }
}
