use proptest::prelude::*;

use super::{Block, Letterhead, Paper, Part, Qr, Run, face::Faces, lay};
use crate::{domain::Instant, words::Locale};

fn paper(parts: Vec<Part>) -> Paper {
    let made_at = Instant::from_seconds(1_795_284_300);
    Paper { title: "Essai".to_owned(), language: Locale::Fr, made_at, parts }
}

fn paragraph(text: &str) -> Block {
    Block::Paragraph(vec![Run::plain(text)])
}

/// Every block there is.
fn everything(name: &str) -> Part {
    let list =
        |first| Block::List { first, items: vec![vec![paragraph("un")], vec![paragraph("deux"), paragraph("trois")]] };
    let qr =
        Qr { content: "https://ent.example/connexion?identifiant=a.b".into(), alt: "Code à photographier".into() };
    let blocks = vec![
        Block::Heading(1, vec![Run::plain("Titre "), Run::italic("penché")]),
        Block::Paragraph(vec![Run::plain(name), Run::bold(" gras"), Run::plain(" et lien").to("https://example.org/")]),
        Block::Note(vec![Run::plain("petit")]),
        list(None),
        list(Some(3)),
        Block::Quote(vec![paragraph("cité")]),
        Block::Rule,
        Block::Keys { pairs: vec![("Identifiant".into(), vec![Run::key("a.b")])], qr: Some(qr) },
        Block::Columns(vec![(Locale::Fr, vec![paragraph("gauche")]), (Locale::En, vec![paragraph("right")])]),
        Block::Space(3.0),
        Block::PageBreak,
        paragraph("fin"),
    ];
    let head = Letterhead { sender: vec!["Collège".into(), "Argentan".into()], addressee: vec![name.into()] };
    Part { letterhead: Some(head), foot: "Pied".into(), ..Part::new(name, Locale::Fr, blocks) }
}

/// Whether a PDF's dictionaries say so, blanks aside.
fn has(pdf: &[u8], text: &str) -> bool {
    let bare = |text: &[u8]| text.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect::<Vec<u8>>();
    let (pdf, text) = (bare(pdf), bare(text.as_bytes()));
    pdf.windows(text.len()).any(|window| window == text)
}

#[test]
fn every_block_makes_an_accessible_document() {
    let pdf = paper(vec![everything("Nadia"), everything("Ilyès")]).pdf().expect("PDF/UA-1");
    for tag in ["H1", "P", "L", "LI", "Lbl", "LBody", "Figure", "Link", "BlockQuote", "Sect", "Art"] {
        assert!(has(&pdf, &format!("/S/{tag}/")), "{tag}");
    }
    for part in ["/Marked true", "/Outlines", "/Lang", "/DisplayDocTitle true", "pdfuaid:part", "/StructTreeRoot"] {
        assert!(has(&pdf, part), "{part}");
    }
    assert!(pdf.len() < 120_000, "only the signs that are used: {} bytes", pdf.len());
}

#[test]
fn the_same_paper_gives_the_same_bytes() {
    let made = || paper(vec![everything("Zoé")]).pdf().expect("a document");
    assert_eq!(made(), made());
}

#[test]
fn a_document_without_a_part_is_refused() {
    assert!(paper(Vec::new()).pdf().is_err());
}

fn sheets(part: Part) -> usize {
    lay::out(&paper(vec![part]), &Faces::load().expect("faces")).sheets.len()
}

#[test]
fn what_is_to_stay_on_one_page_is_set_smaller_and_the_rest_goes_on() {
    let lines = |count: usize| vec![paragraph("Une ligne de texte."); count];
    let part = |count, one_page| Part { one_page, ..Part::new("Texte", Locale::Fr, lines(count)) };
    assert_eq!((sheets(part(30, false)), sheets(part(45, false)), sheets(part(45, true))), (1, 2, 1));
    assert_eq!(sheets(part(200, false)), 6);
    assert!(sheets(part(200, true)) > 1, "never too small to read");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn xct_15_whatever_the_name_the_document_stays_accessible(name in "\\PC{0,80}", raw in any::<String>()) {
        let odd = Run { text: raw.clone(), link: Some("https://example.org/".into()), ..Run::key("") };
        let part = Part { blocks: vec![Block::Paragraph(vec![odd])], ..everything(&name) };
        prop_assert!(paper(vec![everything(&name), part]).pdf().is_ok(), "{name:?} {raw:?}");
    }
}
