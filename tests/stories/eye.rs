//! An eye for pages: it examines each one as everybody must be able to use it, or draws it to be looked at.

use std::path::PathBuf;

use fantoccini::key::Key;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    chromium::{Screen, Window},
    stranger,
};

/// A screen, and what axe is asked there: by night only colours are other, and the magnified window is as wide as the
/// narrow one.
enum Asked {
    Everything,
    Colours,
    Nothing,
}

/// The screens that every page is examined on.
const SCREENS: [(Screen, Asked); 5] = [
    (Screen::narrow(), Asked::Everything),
    (Screen::narrow().at_night(), Asked::Colours),
    (Screen::desk(), Asked::Everything),
    (Screen::desk().at_night(), Asked::Nothing),
    (Screen::magnified(), Asked::Nothing),
];

/// WCAG 2.2, levels A and AA.
const STANDARD: [&str; 5] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/// A window, and what is done at each page.
pub struct Eye {
    /// The window.
    pub window: Window,
    does: Does,
}

enum Does {
    /// axe, measures and a walk by keyboard; where the help link stood on the pages before.
    Examine { axe: String, help: Option<String> },
    /// Pictures into this folder, with this language before their names.
    Draw { folder: PathBuf, language: &'static str },
}

#[derive(Debug, Deserialize)]
struct Looks {
    complaints: Vec<String>,
    help: Option<String>,
}

impl Eye {
    /// An eye that examines.
    pub async fn that_examines() -> Self {
        let file = stranger::folder().join("node_modules/axe-core/axe.min.js");
        let axe = std::fs::read_to_string(&file)
            .unwrap_or_else(|error| panic!("{}: {error}. `scripts/clients` installs it", file.display()));
        Self { window: Window::opens(Screen::phone()).await, does: Does::Examine { axe, help: None } }
    }

    /// An eye that draws, into `target/pictures`.
    pub async fn that_draws(language: &'static str) -> Self {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/pictures");
        std::fs::create_dir_all(&folder).unwrap();
        Self { window: Window::opens(Screen::phone().reading(language)).await, does: Does::Draw { folder, language } }
    }

    /// Waits for a page and examines or draws it under a name of its own.
    pub async fn looks_at(&mut self, page: &str, name: &str) {
        self.window.is_on(page).await;
        match &self.does {
            Does::Examine { .. } => self.examines(name).await,
            Does::Draw { folder, language } => {
                let screens =
                    [("360", Screen::phone()), ("1280", Screen::desk()), ("360-night", Screen::phone().at_night())];
                for (width, screen) in screens {
                    self.window.shows(screen).await;
                    let file = folder.join(format!("{name}-{language}-{width}.png"));
                    std::fs::write(file, self.window.picture().await).unwrap();
                }
            }
        }
        self.window.shows(Screen::phone()).await;
    }

    async fn examines(&mut self, name: &str) {
        let Does::Examine { axe, help } = &mut self.does else { return };
        self.window.evaluates::<()>(axe, vec![]).await;
        for (screen, asked) in SCREENS {
            self.window.shows(screen).await;
            let looks: Looks = self.window.evaluates(include_str!("chromium/looks.js"), vec![]).await;
            assert!(looks.complaints.is_empty(), "{name} on {screen:?}: {:#?}", looks.complaints);
            let here = looks.help.unwrap_or_else(|| panic!("no help link on {name}"));
            let before = help.get_or_insert_with(|| here.clone());
            assert_eq!(*before, here, "the help link stands elsewhere on {name} (XCT-05)");
            let rules = match asked {
                Asked::Everything => json!({ "type": "tag", "values": STANDARD }),
                Asked::Colours => json!({ "type": "rule", "values": ["color-contrast"] }),
                Asked::Nothing => continue,
            };
            let found = violations(&self.window, rules).await;
            assert!(found.is_empty(), "{name} on {screen:?}: {found:#?}");
        }
        walk(&self.window, name).await;
    }
}

async fn violations(window: &Window, rules: Value) -> Vec<String> {
    let run = "const [rules, done] = arguments; axe.run(document, { runOnly: rules, resultTypes: ['violations'], \
               rules: rules.type === 'tag' ? { 'target-size': { enabled: true } } : {} }).then(({ violations }) => done(violations.flatMap(({ id, nodes }) => \
               nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)}: ${failureSummary}`))))";
    window.awaits(run, vec![rules]).await
}

/// Every stop of the keyboard is seen, even at 400 %, and there is a way out of each.
async fn walk(window: &Window, name: &str) {
    let mut stops = Vec::new();
    for _ in 0..60 {
        window.presses(Key::Tab).await;
        let Some(focus) = window.focus().await else { break };
        assert!(focus.shows, "the focus on {focus:?} cannot be seen on {name}");
        stops.push(focus.label);
    }
    assert!(stops.len() > 3 && stops.len() < 60, "the keyboard is caught on {name}: {stops:?}");
}
