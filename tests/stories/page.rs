//! A page as its reader has it.

use reqwest::{StatusCode, header::HeaderMap};
use scraper::{ElementRef, Html, Node, Selector};
use url::Url;

/// A page as its reader has it.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its address.
    pub url: Url,
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its text as it came.
    pub body: String,
}

/// A form, filled in as far as the page did.
#[derive(Debug)]
pub struct Form {
    /// Where it goes; relative to the page.
    pub action: String,
    /// Whether it is posted.
    pub is_post: bool,
    /// What it would send.
    pub fields: Vec<(String, String)>,
    /// Every control that has a name: its name and its label.
    pub controls: Vec<(String, String)>,
    /// Its buttons: label, name, value.
    pub buttons: Vec<(String, Option<String>, String)>,
    /// Buttons that send the form elsewhere (`formaction`): text and path.
    pub actions: Vec<(String, String)>,
}

impl Page {
    /// What the page says it is: `sign-in`, `chooser`, `error`, …
    pub fn data_page(&self) -> String {
        self.attribute("body", "data-page").unwrap_or_default()
    }

    /// The language of the page.
    pub fn language(&self) -> String {
        self.attribute("html", "lang").unwrap_or_default()
    }

    /// The title in the browser's tab.
    pub fn title(&self) -> String {
        self.texts("title").concat()
    }

    /// What one reads in the middle of the page.
    pub fn text(&self) -> String {
        self.texts("main").join(" ")
    }

    /// What a screen reader says at once: the summary of what is wrong; empty where nothing is.
    pub fn alert(&self) -> String {
        self.texts("[role=alert]").join(" ")
    }

    /// A polite word about what happened; empty where there is none.
    pub fn notice(&self) -> String {
        self.texts(".notice").join(" ")
    }

    /// What stands in a control.
    pub fn field(&self, name: &str) -> String {
        self.attribute(&format!("[name='{name}']"), "value").unwrap_or_default()
    }

    /// Whether something is on the page.
    pub fn has(&self, css: &str) -> bool {
        self.html().select(&selector(css)).next().is_some()
    }

    /// The texts of all that a selector finds.
    pub fn texts(&self, css: &str) -> Vec<String> {
        self.html().select(&selector(css)).map(text).collect()
    }

    /// An attribute of the first that a selector finds.
    pub fn attribute(&self, css: &str, name: &str) -> Option<String> {
        self.html().select(&selector(css)).next().and_then(|found| found.attr(name)).map(str::to_owned)
    }

    /// An attribute of all that a selector finds and that have it.
    pub fn attributes(&self, css: &str, name: &str) -> Vec<String> {
        self.html().select(&selector(css)).filter_map(|found| found.attr(name)).map(str::to_owned).collect()
    }

    /// The address behind a link's text.
    pub fn link(&self, label: &str) -> Option<String> {
        let html = self.html();
        let found = html.select(&selector("a[href]")).find(|link| text(*link) == label)?;
        found.attr("href").map(str::to_owned)
    }

    /// A header, empty where it is missing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// Its forms, in order.
    pub fn forms(&self) -> Vec<Form> {
        let html = self.html();
        html.select(&selector("form")).map(|form| read_form(&html, form)).collect()
    }

    fn html(&self) -> Html {
        Html::parse_document(&self.body)
    }
}

impl Form {
    /// The control of that name or label.
    pub fn control(&self, called: &str) -> Option<&str> {
        let by_name = self.controls.iter().find(|(name, _)| name == called);
        by_name.or_else(|| self.controls.iter().find(|(_, label)| label == called)).map(|(name, _)| name.as_str())
    }
}

fn read_form(html: &Html, form: ElementRef<'_>) -> Form {
    let mut read = Form {
        action: form.attr("action").unwrap_or_default().to_owned(),
        is_post: form.attr("method").is_some_and(|method| method.eq_ignore_ascii_case("post")),
        fields: Vec::new(),
        controls: Vec::new(),
        buttons: Vec::new(),
        actions: Vec::new(),
    };
    for control in form.select(&selector("input, select, textarea, button")) {
        let (name, value) = (control.attr("name"), control.attr("value").unwrap_or_default());
        if control.value().name() == "button" {
            let is_submit = control.attr("type").is_none_or(|kind| kind == "submit");
            if is_submit {
                if let Some(action) = control.attr("formaction") {
                    read.actions.push((text(control), action.to_owned()));
                }
                read.buttons.push((text(control), name.map(str::to_owned), value.to_owned()));
            }
            continue;
        }
        let Some(name) = name else { continue };
        let ticked = !matches!(control.attr("type"), Some("checkbox" | "radio")) || control.attr("checked").is_some();
        if ticked {
            read.fields.push((name.to_owned(), value.to_owned()));
        }
        read.controls.push((name.to_owned(), label(html, control)));
    }
    read
}

fn label(html: &Html, control: ElementRef<'_>) -> String {
    let by_id = control.attr("id").map(|id| selector(&format!("label[for='{id}']")));
    by_id.and_then(|css| html.select(&css).next().map(text)).unwrap_or_else(|| {
        let around = control.ancestors().filter_map(ElementRef::wrap).find(|one| one.value().name() == "label");
        around.map(text).unwrap_or_default()
    })
}

fn selector(css: &str) -> Selector {
    Selector::parse(css).unwrap_or_else(|error| panic!("{css}: {error}"))
}

/// What an element says, with single plain blanks: typography has tests of its own.
fn text(element: ElementRef<'_>) -> String {
    let mut said = String::new();
    for node in element.descendants() {
        match node.value() {
            Node::Text(text) => said.push_str(text),
            Node::Element(element) if !INLINE.contains(&element.name()) => said.push(' '),
            _ => {}
        }
    }
    said.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What does not begin a line of its own.
const INLINE: [&str; 7] = ["a", "b", "i", "em", "span", "strong", "code"];
