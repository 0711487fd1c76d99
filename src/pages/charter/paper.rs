//! A charter on paper: its text as a tagged PDF, the same bytes each time.

use axum::{
    extract::{Path, State},
    http::header,
    response::IntoResponse,
};

use crate::{
    app::App,
    domain::{Block as Written, CharterId, Markdown, Span},
    journeys::charter,
    print::{Block, Paper, Part, Run, Style},
    signin::door,
    web::{Answered, Visit},
    words::Locale,
};

use super::{Read, Slug, not_found, part, sign_in_first};

/// A version as PDF, for whoever may read it.
pub(in crate::pages) async fn show(
    State(app): State<App>,
    visit: Visit,
    Path(path): Path<Vec<(String, String)>>,
) -> Answered {
    let id = CharterId::new(part(&path, "id"));
    let Some(standing) = door::standing(&app, &visit.visitor).await? else {
        return sign_in_first(&app, &visit, &format!("/charte/{}", Slug(id.as_str()))).await;
    };
    if !charter::may_read(&app, &standing.account, &id, visit.now).await? {
        return Ok(not_found(&visit));
    }
    let paper = paper(&visit, &Read::of(&app, &visit, &id).await?);
    let pdf = tokio::task::spawn_blocking(move || paper.pdf()).await??;
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, format!("inline; filename=\"{}.pdf\"", Slug(id.as_str()))),
    ];
    Ok((headers, pdf).into_response())
}

fn paper(visit: &Visit, read: &Read) -> Paper {
    let language = Locale::from_tag(read.language).unwrap_or_default();
    let speaker = crate::words::Speaker { locale: language, ..visit.place.speaker };
    let charter = &read.published.charter;
    let title = charter.title.read_in(read.language).0.to_owned();
    let date = speaker.date(charter.effective_at, &read.zone);
    let args = [("school", read.school.as_str()), ("version", charter.version.as_str()), ("date", date.as_str())];
    let over = speaker.say_with("charter-over", &args);
    let mut blocks =
        vec![Block::Heading(1, vec![Run::plain(title.clone())]), Block::Note(vec![Run::plain(over.clone())])];
    blocks.extend(written(&read.text));
    let part = Part { foot: over, ..Part::new(title.clone(), language, blocks) };
    Paper { title, language, made_at: read.published.published_at, parts: vec![part] }
}

fn written(text: &Markdown) -> Vec<Block> {
    text.blocks.iter().map(block).collect()
}

fn block(written: &Written) -> Block {
    match written {
        Written::Heading(level, spans) => Block::Heading(u16::from(*level.max(&2)), runs(spans)),
        Written::Paragraph(spans) => Block::Paragraph(runs(spans)),
        Written::List(first, items) => {
            let items = items.iter().map(|item| item.iter().map(block).collect()).collect();
            Block::List { first: *first, items }
        }
        Written::Quote(blocks) => Block::Quote(blocks.iter().map(block).collect()),
        Written::Rule => Block::Rule,
    }
}

fn runs(spans: &[Span]) -> Vec<Run> {
    let mut all = Vec::new();
    collect(spans, &Run::default(), &mut all);
    all
}

/// The runs of a line; what stands inside something strong or a link is so too.
fn collect(spans: &[Span], around: &Run, all: &mut Vec<Run>) {
    for span in spans {
        match span {
            Span::Text(text) => all.push(Run { text: text.clone(), ..around.clone() }),
            Span::Break => all.push(Run { text: "\n".into(), ..around.clone() }),
            Span::Strong(inside) => collect(inside, &Run { style: Style::Bold, ..around.clone() }, all),
            Span::Emphasis(inside) if around.style == Style::Plain => {
                collect(inside, &Run { style: Style::Italic, ..around.clone() }, all);
            }
            Span::Emphasis(inside) => collect(inside, around, all),
            Span::Link(to, inside) => collect(inside, &Run { link: Some(to.clone()), ..around.clone() }, all),
        }
    }
}
