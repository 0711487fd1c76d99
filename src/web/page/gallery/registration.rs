//! Registration, secret question and "who are you?", and their mails, for the gallery: a portal in Canada.

use std::sync::Arc;

use super::{NOW, draw, help::school, place};
use crate::{
    domain::{AccountId, AccountMail, AccountNews, Email, MailKind, Question, Refusal},
    policy::{PasswordPreset, Portal, Preset, RuleList, SchoolWord},
    web::page::{
        Answering, AskPage, ByQuestion, ByQuestionPage, Hidden, MessagePage, Place, Registration, RegistrationPage,
        RegistrationPassword, RegistrationPasswordPage, Way, WhoIs, WhoPage,
    },
    words::{Locale, Speaker},
};

fn parents(locale: Locale) -> Place {
    let usual = place("default", locale);
    let portal = Arc::new(Portal {
        preset: Preset::PortailParents,
        country: "CA".into(),
        school_word: SchoolWord::School,
        by_email: true,
        ..usual.portal.as_ref().clone()
    });
    Place { speaker: Speaker::at(&portal, locale), portal, ..usual }
}

pub(super) fn pages(locale: Locale) -> Vec<(&'static str, String)> {
    let place = &parents(locale);
    let way = |key: &str| Way::new(place.speaker.say(key), "/connexion");
    let ways = [way("help-contact"), way("way-back-sign-in")];
    let shown = Registration { action: "/", form_token: "token", interaction: None, wrong: &[], ways: &ways };
    let not_on_file = [("email", Refusal::NotOnFile)];
    let not = [("", Refusal::NotOnRoster)];
    let fields = [("birth_day", Refusal::NoSuchDate), ("civic_number", Refusal::Missing { field: "civic_number" })];
    let schools = ["École de la Baie", "École des Pionniers"].map(school);
    let typed = [("family_name", "Testtest"), ("given_name", "Adzo"), ("birth_day", "31"), ("birth_month", "2")];
    let who = WhoIs {
        email: "adzo.test@courriel.example",
        typed: &typed,
        schools: &schools,
        years: (2004, 2024),
        any_child: false,
    };
    let page = |wrong| draw(&RegistrationPage::who(place, &who, &Registration { wrong, ..shown }));
    let to = Answering { action: "/", form_token: "token", proof: None };
    let mut all = vec![
        ("registration", draw(&RegistrationPage::address(place, "", &shown))),
        (
            "registration-not-on-file",
            draw(&RegistrationPage::address(
                place,
                "adzo@courriel.example",
                &Registration { wrong: &not_on_file, ..shown },
            )),
        ),
        ("registration-who", page(&[])),
        ("registration-who-refused", page(&fields)),
        ("registration-not-on-roster", page(&not)),
        ("registration-sent", draw(&MessagePage::registration_sent(place, ways.to_vec()))),
        ("registration-over", draw(&AskPage::registration_over(place, to))),
        ("registration-done", draw(&MessagePage::registration_done(place, "/connexion"))),
        ("registration-unknown", draw(&MessagePage::registration_unknown(place, "/creer-mon-compte"))),
    ];
    all.extend(finishing(place));
    all.extend(questions(place, &ways));
    all
}

fn finishing(place: &Place) -> Vec<(&'static str, String)> {
    let rules = RuleList::new(PasswordPreset::Cnil50, &["Adzo", "Testtest"], "adzo.testtest");
    let email = Email::parse("adzo.test@courriel.example").expect("an address");
    let wrong = [Refusal::NotSame, Refusal::AnswerUnfit];
    let shown = RegistrationPassword {
        action: "/",
        form_token: "token",
        email: &email,
        rules: &rules,
        question: Some(""),
        refusals: &[],
    };
    let refused = RegistrationPassword { question: Some("toy"), refusals: &wrong, ..shown };
    vec![
        ("registration-password", draw(&RegistrationPasswordPage::new(place, &shown))),
        ("registration-password-refused", draw(&RegistrationPasswordPage::new(place, &refused))),
    ]
}

fn questions(place: &Place, ways: &[Way]) -> Vec<(&'static str, String)> {
    let shown = ByQuestion {
        action: "/",
        form_token: "token",
        interaction: None,
        typed: "",
        question: None,
        refusal: None,
        ways,
    };
    let asked = ByQuestion { typed: "adzo.test@courriel.example", question: Some(Question::Hero), ..shown };
    let refused = ByQuestion { refusal: Some(&Refusal::WrongAnswer), ..asked };
    let person = |name: &str| (AccountId::new(name), name.to_owned());
    let people = [person("Adzo Testtest (Parent)"), person("Kodjo Testtest (Parent)")];
    vec![
        ("by-question", draw(&ByQuestionPage::new(place, &shown))),
        ("by-question-asked", draw(&ByQuestionPage::new(place, &asked))),
        ("by-question-refused", draw(&ByQuestionPage::new(place, &refused))),
        ("by-question-sent", draw(&MessagePage::by_question_sent(place, ways.to_vec()))),
        ("who", draw(&WhoPage::new(place, "/connexion/qui", ("token", Hidden::new("w", "abc")), &people))),
    ]
}

pub(super) fn mails() -> Vec<MailKind> {
    let account =
        |news| MailKind::Account(AccountMail { given_name: "Adzo".into(), identifier: "adzo.testtest".into(), news });
    let at = |path: &str| format!("https://id.example/p/parents/{path}");
    let until = NOW + std::time::Duration::from_hours(24);
    vec![
        account(AccountNews::RegistrationLink {
            link: at(&format!("creer-mon-compte/lien/{}", "k".repeat(26))),
            until,
        }),
        account(AccountNews::AlreadyRegistered { sign_in: at("connexion"), forgotten: at("mot-de-passe-oublie") }),
        MailKind::TemporaryByQuestion {
            given_name: "Adzo".into(),
            password: "kh7m-3rdn-w4tp".into(),
            until,
            address: at("connexion"),
        },
    ]
}
