//! Writes what was laid out as PDF 1.7, tagged, to the rules of PDF/UA-1 (ISO 14289-1), which `krilla` checks.

use std::num::NonZeroU16;

use jiff::tz::TimeZone;
use krilla::{
    Document, SerializeSettings,
    action::{Action, LinkAction},
    annotation::{Annotation, LinkAnnotation, Target},
    color::luma,
    configure::{Accessibility, ConfigurationBuilder},
    destination::XyzDestination,
    geom::{Path, PathBuilder, Point, Rect},
    metadata::{DateTime, Metadata},
    outline::{Outline, OutlineNode},
    page::{Page, PageSettings},
    paint::Fill,
    surface::Surface,
    tagging::{
        Artifact, ArtifactType, ContentTag, Identifier, ListNumbering, Node, SpanTag, Tag, TagGroup, TagKind, TagTree,
    },
};

use super::{
    Paper,
    face::Faces,
    lay::{Child, Element, Ink, Laid, Lead, Role, SHEET, Sheet, What},
};
use crate::domain::{Fault, Instant};

/// The names by which the tags find what stands on a sheet.
struct Marks {
    inks: Vec<Identifier>,
    leads: Vec<Identifier>,
}

pub(super) fn pdf(paper: &Paper, faces: &Faces, laid: &Laid) -> Result<Vec<u8>, Fault> {
    if laid.sheets.is_empty() {
        return Err(Fault::new("a document without a part can't be printed"));
    }
    let configuration = ConfigurationBuilder::new()
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|error| Fault::new(format!("the PDF can't be written: {error:?}")))?;
    let mut document = Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    let mut marks = Vec::new();
    for sheet in &laid.sheets {
        let settings = PageSettings::from_wh(SHEET.0, SHEET.1).ok_or_else(|| Fault::new("A4 is no size"))?;
        let mut page = document.start_page_with(settings);
        let inks = draw(&mut page, sheet, faces);
        let leads = sheet.leads.iter().filter_map(|lead| annotate(&mut page, lead)).collect();
        page.finish();
        marks.push(Marks { inks, leads });
    }
    let mut outline = Outline::new();
    for (text, sheet) in &laid.bookmarks {
        outline.push_child(OutlineNode::new(text.clone(), XyzDestination::new(*sheet, Point::from_xy(0.0, 0.0))));
    }
    document.set_outline(outline);
    let mut tree = TagTree::new().with_lang(Some(paper.language.tag().to_owned()));
    for article in &laid.articles {
        tree.push(group(article, &marks));
    }
    document.set_tag_tree(tree);
    document.set_metadata(metadata(paper));
    document.finish().map_err(|error| Fault::new(format!("the PDF can't be written: {error:?}")))
}

fn metadata(paper: &Paper) -> Metadata {
    Metadata::new()
        .title(paper.title.clone())
        .language(paper.language.tag().to_owned())
        .creator("Préau".to_owned())
        .creation_date(date(paper.made_at))
}

fn date(at: Instant) -> DateTime {
    let at = at.timestamp().to_zoned(TimeZone::UTC);
    let small = |number: i8| u8::try_from(number).unwrap_or_default();
    DateTime::new(u16::try_from(at.year()).unwrap_or_default())
        .month(small(at.month()))
        .day(small(at.day()))
        .hour(small(at.hour()))
        .minute(small(at.minute()))
        .second(small(at.second()))
        .utc_offset_hour(0)
        .utc_offset_minute(0)
}

fn draw(page: &mut Page<'_>, sheet: &Sheet, faces: &Faces) -> Vec<Identifier> {
    let mut surface = page.surface();
    let mut marks = Vec::new();
    for ink in &sheet.inks {
        let tag = match &ink.what {
            _ if ink.is_artifact => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)),
            What::Text { .. } => ContentTag::Span(SpanTag::empty()),
            What::Boxes(_) => ContentTag::Other,
        };
        marks.push(surface.start_tagged(tag));
        put(&mut surface, ink, faces);
        surface.end_tagged();
    }
    surface.finish();
    marks
}

fn put(surface: &mut Surface<'_>, ink: &Ink, faces: &Faces) {
    let shade = luma::Color::new(if ink.grey { 0x4a } else { 0 });
    surface.set_fill(Some(Fill { paint: shade.into(), ..Fill::default() }));
    match &ink.what {
        What::Text { at, set, size, style, is_strong } => {
            let font = faces.of(*style, *is_strong).font.clone();
            surface.draw_glyphs(Point::from_xy(at.0, at.1), &set.glyphs, font, &set.text, *size, false);
        }
        What::Boxes(boxes) => {
            if let Some(path) = path(boxes) {
                surface.draw_path(&path);
            }
        }
    }
}

fn path(boxes: &[(f32, f32, f32, f32)]) -> Option<Path> {
    let mut path = PathBuilder::new();
    for area in boxes {
        if let Some(rect) = rect(*area) {
            path.push_rect(rect);
        }
    }
    path.finish()
}

fn rect((left, top, width, height): (f32, f32, f32, f32)) -> Option<Rect> {
    Rect::from_xywh(left, top, width, height)
}

fn annotate(page: &mut Page<'_>, lead: &Lead) -> Option<Identifier> {
    let target = Target::Action(Action::Link(LinkAction::new(lead.address.clone())));
    let alt = if lead.text.is_empty() { lead.address.clone() } else { lead.text.clone() };
    let link = LinkAnnotation::new(rect(lead.area)?, target);
    Some(page.add_tagged_annotation(Annotation::new_link(link, Some(alt))))
}

fn group(element: &Element, marks: &[Marks]) -> TagGroup {
    let children = element.children.iter().filter_map(|child| {
        Some(match child {
            Child::Element(element) => Node::Group(group(element, marks)),
            Child::Ink(sheet, nth) => Node::Leaf(*marks.get(*sheet)?.inks.get(*nth)?),
            Child::Lead(sheet, nth) => Node::Leaf(*marks.get(*sheet)?.leads.get(*nth)?),
        })
    });
    TagGroup::with_children(kind(&element.role), children.collect())
}

fn kind(role: &Role) -> TagKind {
    match role {
        Role::Article(locale) => Tag::Article.with_lang(Some(locale.tag().to_owned())).into(),
        Role::Column(locale) => Tag::Section.with_lang(Some(locale.tag().to_owned())).into(),
        Role::Heading(level, title) => {
            Tag::Hn(NonZeroU16::new(*level).unwrap_or(NonZeroU16::MIN), Some(title.clone())).into()
        }
        Role::Paragraph => Tag::P.into(),
        Role::List { is_numbered: true } => Tag::L(ListNumbering::Decimal).into(),
        Role::List { is_numbered: false } => Tag::L(ListNumbering::Disc).into(),
        Role::Pairs => Tag::L(ListNumbering::None).into(),
        Role::Item => Tag::LI.into(),
        Role::Label => Tag::Lbl.into(),
        Role::Body => Tag::LBody.into(),
        Role::Quote => Tag::BlockQuote.into(),
        Role::Strong => Tag::Strong.into(),
        Role::Emphasis => Tag::Em.into(),
        Role::Code => Tag::Code.into(),
        Role::Link => Tag::Link.into(),
        Role::Figure(alt) => Tag::Figure(Some(alt.clone())).into(),
    }
}
