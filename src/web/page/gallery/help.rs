//! The help form, the questions that families ask, and their mails, for the gallery.

use super::{NOW, draw, place};
use crate::{
    domain::{Email, Establishment, EstablishmentId, EstablishmentKind, HelpMail, HelpRequest, MailKind, Refusal},
    web::page::{HelpForm, HelpFormPage, MessagePage, ReadingPage, Way},
    words::{Locale, Register},
};

pub(super) fn school(name: &str) -> Establishment {
    Establishment {
        id: EstablishmentId::new(name),
        code: "0990001N".into(),
        name: name.into(),
        kind: EstablishmentKind::LowerSecondary,
        town: "Val-d’Orne".into(),
        authority: String::new(),
        country: "FR".into(),
        time_zone: "Europe/Paris".into(),
        email: None,
        phone: None,
    }
}

pub(super) fn pages(locale: Locale) -> Vec<(&'static str, String)> {
    let place = &place("ent", locale);
    let schools = [school("Collège Les Tilleuls"), school("École Hélène-Vauquelin")];
    let typed = [("given_name", "Delphine"), ("phone", "555"), ("website", "https://ailleurs.example")];
    let wrong = [
        ("family_name", Refusal::Missing { field: "family_name" }),
        ("phone", Refusal::PhoneUnfit),
        ("child_given_name", Refusal::Missing { field: "child_given_name" }),
        ("level", Refusal::NotListed),
        ("problem", Refusal::TooLong { most: 2000 }),
        ("website", Refusal::LeaveEmpty),
    ];
    let empty = HelpForm {
        action: "/contacter-l-ecole",
        form_token: "token",
        from: "sign-in",
        schools: &schools,
        other_level: "–",
        longest: 2000,
        typed: &[],
        wrong: &[],
        again_at: None,
        faq: "/aide",
    };
    let ways = vec![Way::new(place.speaker.say("help-contact"), "/contacter-l-ecole")];
    vec![
        ("help-form", draw(&HelpFormPage::new(place, &empty))),
        ("help-form-refused", draw(&HelpFormPage::new(place, &HelpForm { typed: &typed, wrong: &wrong, ..empty }))),
        (
            "help-form-paused",
            draw(&HelpFormPage::new(
                place,
                &HelpForm { again_at: Some(NOW + std::time::Duration::from_mins(40)), ..empty },
            )),
        ),
        ("help-sent", draw(&MessagePage::help_sent(place, "K7QF-3M2P", "Collège Les Tilleuls", "/connexion"))),
        ("help-nobody", draw(&MessagePage::help_nobody(place, "Collège Les Tilleuls", None, "/connexion"))),
        ("privacy", draw(&ReadingPage::privacy(place, None, ways.clone()))),
        ("privacy-pupil", draw(&ReadingPage::privacy(&place.addressing(Register::Tu), None, ways.clone()))),
        ("faq", draw(&ReadingPage::faq(place, None, ways))),
    ]
}

pub(super) fn mails() -> Vec<MailKind> {
    let help = HelpMail {
        reference: "K7QF-3M2P".into(),
        school: "Collège Les Tilleuls".into(),
        at: NOW,
        request: HelpRequest {
            family_name: "Moreau-Diallo".into(),
            given_name: "Delphine".into(),
            email: Email::parse("delphine.moreau@courriel.example").expect("an address"),
            phone: "06 12 34 56 78".into(),
            child_family_name: "Diallo".into(),
            child_given_name: "Inès".into(),
            level: "4e".into(),
            problem: "Le courrier est arrivé <b>déchiré</b>.\nLe mot de passe ne se lit plus.".into(),
            page: "sign-in".into(),
        },
    };
    vec![MailKind::HelpAsked(Box::new(help.clone())), MailKind::HelpReceived { help: Box::new(help), is_known: true }]
}
