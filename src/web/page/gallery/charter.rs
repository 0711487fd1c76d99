//! The pages of the charters and of the address for notifications.

use super::{NOW, draw, place};
use crate::{
    domain::{CharterId, Email, Instant, MailKind, Markdown, Refusal},
    web::page::{
        Accepting, Answering, AskPage, CharterNews, CharterPage, CharterRow, CharterShown, CharterTextPage,
        ChartersPage, HomePage, MessagePage, Notification, NotificationPage, Way,
    },
    words::{Locale, Register},
};

/// Every page, by the name of its picture.
pub(super) fn pages(locale: Locale) -> Vec<(&'static str, String)> {
    let mut all = charters(locale);
    all.extend(notifications(locale));
    all
}

/// The mails.
pub(super) fn mails() -> impl Iterator<Item = MailKind> {
    std::iter::once(MailKind::ConfirmNotification {
        given_name: "Nadia".into(),
        full_name: "Nadia Roux".into(),
        link: "https://id.example/p/ent/notifications/lien/4r1p6fdp0k9zq2n8m3x7c5wvta".into(),
        until: Instant::from_seconds(NOW.seconds() + 604_800),
    })
}

/// A charter's text as a school might write it.
const CHARTER: &str = "## L’essentiel\n\n- Votre compte est **personnel** : ne le prêtez à personne.\n- L’école n’y met que ce \
    qui sert à la scolarité.\n\n## 1. À quoi sert l’ENT\n\nL’espace numérique de travail réunit le cahier de textes, les \
    notes et la messagerie du collège.\n\n1. Chacun garde son mot de passe *secret*.\n2. Chacun écrit avec courtoisie.\n\n\
    > Un mot de passe oublié n’est jamais une faute.\n\n## 2. Les données\n\nÉcrivez à \
    [donnees@val-orne.example](mailto:donnees@val-orne.example).\n";

fn charters(locale: Locale) -> Vec<(&'static str, String)> {
    let place = &place("ent", locale);
    let pupil = &place.addressing(Register::Tu);
    let (text, _) = Markdown::read(CHARTER);
    let [network, school] = ["val-orne-3", "tilleuls-1"].map(CharterId::new);
    let shown = CharterShown {
        id: &school,
        school: "Collège Les Tilleuls",
        version: "3",
        effective_at: Instant::from_seconds(1_788_213_600),
        zone: "Europe/Paris",
        title: "Charte d’utilisation de l’ENT",
        language: "fr",
        text: &text,
        pdf: "/charte/tilleuls-1/pdf",
    };
    let both =
        [shown, CharterShown { id: &network, school: "Réseau du Val d’Orne", title: "Charte du réseau", ..shown }];
    let form = Accepting {
        action: "/charte",
        form_token: "token",
        interaction: Some("abc"),
        texts: &both[..1],
        is_refused: false,
        needs_guardian: false,
        child: None,
    };
    let row = |state: &str, is_good| CharterRow {
        title: "Charte d’utilisation de l’ENT, version 3".into(),
        foreign: (locale == Locale::En).then_some("fr"),
        state: state.into(),
        is_good,
        way: Way::new("Lire", "/charte/tilleuls-1"),
    };
    let accept = |place, form: &Accepting<'_>| draw(&CharterPage::new(place, form));
    let child = Accepting { child: Some(("Ilyès", "/charte")), interaction: None, ..form };
    let (own, children) = (vec![row("Acceptée", true)], vec![row("En attente", false)]);
    let news = CharterNews::new(place, ("Charte", "3.1", NOW, "Europe/Paris"), &school, ("", "token"));
    vec![
        ("charter", accept(place, &form)),
        ("charter-pupil", accept(pupil, &Accepting { needs_guardian: true, ..form })),
        ("charter-refused-tick", accept(place, &Accepting { is_refused: true, texts: &both, ..form })),
        ("charter-several", accept(place, &Accepting { texts: &both, ..form })),
        ("charter-child", accept(place, &child)),
        ("charter-text", draw(&CharterTextPage::new(place, &shown, Some("Acceptée.".into()), "/charte"))),
        ("charters", draw(&ChartersPage::new(place, own, children, "/"))),
        ("charters-none", draw(&ChartersPage::new(pupil, vec![], vec![], "/"))),
        ("charter-refused", draw(&MessagePage::charter_refused(place, "/connexion?i=abc"))),
        ("charter-waits", draw(&MessagePage::charter_waits(pupil, "/connexion?i=abc", "/deconnexion"))),
        ("home-news", draw(&HomePage::new(place, "Nadia Roux", "n.roux", "/compte").telling(vec![news]))),
    ]
}

fn notifications(locale: Locale) -> Vec<(&'static str, String)> {
    let place = &place("ent", locale);
    let pupil = &place.addressing(Register::Tu);
    let email = &Email::parse("delphine.moreau@courriel.example").expect("an address");
    let shown = Notification {
        action: "/notifications",
        form_token: "token",
        interaction: Some("abc"),
        email: email.as_str(),
        refusal: None,
    };
    let refused = Notification { email: "delphine", refusal: Some(&Refusal::EmailUnfit), ..shown };
    let to = Answering { action: "/notifications/lien/abc", form_token: "token", proof: None };
    vec![
        ("notification-email", draw(&NotificationPage::new(place, &shown))),
        ("notification-email-refused", draw(&NotificationPage::new(pupil, &refused))),
        ("notification-sent", draw(&MessagePage::notification_sent(place, email, "/connexion?i=abc"))),
        ("notification-link", draw(&AskPage::notification_link(place, to, "Delphine Moreau", email))),
        ("notification-confirmed", draw(&MessagePage::notification_confirmed(place, "/"))),
        ("notification-over", draw(&MessagePage::notification_over(pupil, "/"))),
    ]
}
