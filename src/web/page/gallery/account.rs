//! The tabs of one's own account.

use super::{super::*, NOW, draw, place};
use crate::{
    domain::{
        AccountMail, AccountNews, Claim, Email, EmailDoubt, Identifier, Instant, MailKind, NotificationAddress,
        Question, Refusal, SchoolMail, SchoolNews, TemporaryPassword,
    },
    policy::{PasswordPreset, RuleList},
    words::{Locale, Register},
};

pub(super) fn shell(here: AccountTab) -> AccountShell {
    AccountShell {
        given_name: "Delphine".into(),
        tabs: AccountTab::ALL.map(|tab| (tab, format!("/compte{}", tab.path()))).into(),
        here,
        back: Some(Way::new("Retourner à « Espace numérique »", "https://service.example/")),
        sign_out: "/deconnexion".into(),
        form_token: "token".into(),
    }
}

/// Every tab, by the name of its picture.
pub fn pages(locale: Locale) -> Vec<(&'static str, String)> {
    let place = &place("ent", locale);
    let pupil = &place.addressing(Register::Tu);
    let email = Email::parse("delphine.moreau@courriel.example").expect("an address");
    let other = Email::parse("d.moreau@maison.example").expect("an address");
    let rules = RuleList::new(PasswordPreset::Cnil50, &["Delphine", "Moreau"], "d.moreau2");
    let kept = NotificationAddress { email: Some(other.clone()), awaiting: None };
    let shown = Profile {
        action: "/compte",
        identifier: "d.moreau2",
        email: Some(&email),
        profiles: "Parent",
        rules: &rules,
        refusals: &[],
        typed: "",
        waiting: Some(Waiting { email: &other, until: Instant::from_seconds(NOW.seconds() + 86_400) }),
        outcomes: Outcomes { password_changed: true, email_asked: true, ..Outcomes::default() },
        notifications: Some((Some(&kept), "/compte/notifications")),
        question: Some((Some(Question::Hero), "/compte/question")),
    };
    let bare = Profile { waiting: None, outcomes: Outcomes::default(), notifications: None, question: None, ..shown };
    let again_at = Instant::from_seconds(NOW.seconds() + 61);
    let doubt = EmailDoubt::Mistyped { domain: "gmail.com".into() };
    let wrong =
        [Refusal::EmailInDoubt(doubt), Refusal::NotCurrent, Refusal::NotSame, Refusal::TooManyTries { again_at }];
    let profile = |place, shown: &Profile<'_>| draw(&ProfilePage::new(place, shell(AccountTab::Profile), shown));
    let mut all = vec![
        ("account", profile(place, &shown)),
        ("account-pupil", profile(pupil, &Profile { email: None, ..bare })),
        ("account-refused", profile(place, &Profile { refusals: &wrong, typed: "delphine@gmial.com", ..bare })),
    ];
    all.extend(links(place, pupil, &other));
    all.extend(tabs(place, pupil));
    all.extend(settings(place, pupil));
    all
}

/// What has a page of its own.
fn settings(place: &Place, pupil: &Place) -> Vec<(&'static str, String)> {
    let other = Email::parse("d.moreau@maison.example").expect("an address");
    let email = Email::parse("delphine.moreau@courriel.example").expect("an address");
    let kept = NotificationAddress { email: None, awaiting: Some(other) };
    let wrong = [Refusal::NotCurrent, Refusal::Missing { field: "question" }, Refusal::AnswerUnfit];
    let shown = Setting { action: "/compte/question", back: "/compte", refusals: &wrong, done: None };
    let done = Setting { refusals: &[], done: Some("notifications-sent"), ..shown };
    let shell = || shell(AccountTab::Profile);
    let bad = BadAddress {
        action: "/adresse",
        form_token: "token",
        interaction: None,
        email: &email,
        typed: "",
        refusals: &[],
    };
    vec![
        ("bad-address", draw(&BadAddressPage::new(place, &bad))),
        ("account-question", draw(&SettingPage::question(place, shell(), (Some(Question::Hero), ""), &shown))),
        (
            "account-question-pupil",
            draw(&SettingPage::question(pupil, shell(), (None, "toy"), &Setting { refusals: &[], ..shown })),
        ),
        ("account-notifications", draw(&SettingPage::notifications(place, shell(), (Some(&kept), ""), &done))),
    ]
}

/// The other tabs.
fn waiting_charter(place: &Place) -> CharterRow {
    CharterRow {
        title: "Charte d’utilisation de l’ENT, version 3, pour Inès".into(),
        foreign: None,
        state: place.speaker.say("charters-waits"),
        is_good: false,
        way: Way::new("Lire et accepter", "/charte/enfant/abc/familles-3"),
    }
}

fn child_password(place: &Place) -> String {
    let (identifier, password) = (Identifier::new("i.moreau-diallo"), TemporaryPassword::new("kh7m-3rdn-w4tp"));
    let until = Instant::from_seconds(NOW.seconds() + 86_400);
    let shown = ChildPassword {
        action: "/compte/enfants/a/mot-de-passe",
        back: "/compte/enfants",
        given_name: "Inès",
        refusals: &[],
        given: Some((&identifier, &password, until)),
    };
    draw(&ChildPasswordPage::new(place, shell(AccountTab::Children), &shown))
}

fn tabs(place: &Place, pupil: &Place) -> Vec<(&'static str, String)> {
    let child = |id, given_name, is_disputed| ChildRow {
        id,
        given_name,
        family_name: "Moreau-Diallo",
        school: Some("Collège Les Tilleuls"),
        class: Some("4e B"),
        is_disputed,
        may_hand: !is_disputed,
    };
    let rows = [child("a", "Inès", false), child("b", "Noé", true)];
    let shown = Children {
        action: "/compte/enfants",
        rows: &rows,
        identifier: "",
        refusals: &[],
        added: true,
        disputed: false,
        word: Some("word-sent"),
        charters: vec![waiting_charter(place)],
    };
    let wrong = [Refusal::AnotherPerson, Refusal::Missing { field: "current_password" }];
    let bare = Children {
        rows: &[],
        refusals: &wrong,
        identifier: "d.moreau3",
        added: false,
        word: None,
        charters: Vec::new(),
        ..shown.clone()
    };
    let service = |id, name, agreed_at| ServiceRow {
        id,
        name,
        last_at: Some(NOW),
        claims: &[Claim::Name, Claim::Classes, Claim::Email],
        agreed_at,
    };
    let services = [service("a", "Cahier de textes", None), service("b", "Cantine du Val d’Orne", Some(NOW))];
    let data = serde_json::json!({
        "person": { "given_name": "Delphine", "family_name": "Moreau" },
        "account": { "identifier": "d.moreau2" },
        "affiliations": [{ "school": "Collège Les Tilleuls", "code": "0610000A" }],
    });
    let of = |tab| shell(tab);
    let file = ("/compte/donnees", "/compte/donnees/fichier");
    let services_page = |place, rows: &[ServiceRow<'_>], done| {
        draw(&ServicesPage::new(place, of(AccountTab::Services), "/compte/services", rows, done))
    };
    vec![
        ("account-children", draw(&ChildrenPage::new(place, of(AccountTab::Children), &shown))),
        ("account-children-refused", draw(&ChildrenPage::new(place, of(AccountTab::Children), &bare))),
        ("account-child-password", child_password(place)),
        ("account-services", services_page(place, &services, true)),
        ("account-services-none", services_page(pupil, &[], false)),
        ("account-data", draw(&DataPage::new(place, of(AccountTab::Data), file, &data, Some("word-nobody")))),
        ("account-data-pupil", draw(&DataPage::new(pupil, of(AccountTab::Data), file, &data, None))),
    ]
}

/// What the links in mails show.
fn links(place: &Place, pupil: &Place, email: &Email) -> Vec<(&'static str, String)> {
    let to = Answering { action: "/compte/adresse/lien/abc", form_token: "token", proof: None };
    let who = ("Delphine Moreau", "d.moreau2");
    let undo = NewPassword {
        action: "/compte/annulation/lien/abc",
        form_token: "token",
        hidden: None,
        identifier: "d.moreau2",
        rules: &RuleList::new(PasswordPreset::Compat8To32, &[], "d.moreau2"),
        refusals: &[Refusal::RecentPassword],
        asks_code: true,
    };
    vec![
        ("email-link", draw(&AskPage::new_address(place, to, who, email))),
        ("email-link-expired", draw(&AskPage::new_address_expired(pupil, to, email))),
        ("email-changed", draw(&MessagePage::address_changed(place, email, "/compte"))),
        ("email-link-superseded", draw(&MessagePage::new_address_superseded(place, "/compte"))),
        ("email-undo", draw(&AskPage::undo(place, to, who, email))),
        ("email-undo-password", draw(&NewPasswordPage::undone(place, email, &undo))),
        ("email-undone", draw(&MessagePage::change_undone(pupil, "/connexion"))),
        ("email-undo-over", draw(&MessagePage::undo_over(place))),
    ]
}

/// What is told of an account by mail.
pub fn mails() -> impl Iterator<Item = MailKind> {
    let (to, until) = ("d.•••••@maison.example".to_owned(), NOW);
    let link = "https://id.example/compte/annulation/lien/4r1p6fdp0k9zq2n8m3x7c5wvta".to_owned();
    let all = [
        AccountNews::ConfirmNewAddress { link: link.clone(), until },
        AccountNews::AddressChanging { to: to.clone(), link: link.clone(), until },
        AccountNews::AddressChanged { to, link: link.clone(), until },
        AccountNews::ChangeUndone { link, until },
        AccountNews::QuestionChanged,
        AccountNews::NotificationsChanged,
        AccountNews::TemporaryByGuardian { guardian: "Delphine Moreau".into(), until },
        AccountNews::LetterAdded { identifier: "d.moreau3".into() },
    ];
    let to_school = [
        SchoolNews::AddressContested { at: NOW },
        SchoolNews::NotGuardian { pupil: "Noé Moreau-Diallo".into(), class: "CM2 A".into() },
        SchoolNews::ChildMissing { message: "Il manque Inès, en 4e B.".into() },
        SchoolNews::RegistrationWithoutAuthority,
        SchoolNews::Correction { message: "Mon nom s’écrit avec un tréma.".into() },
    ];
    let to_school = to_school.into_iter().map(|news| {
        MailKind::School(SchoolMail {
            school: "Collège Les Tilleuls".into(),
            full_name: "Delphine Moreau".into(),
            identifier: "d.moreau2".into(),
            news,
        })
    });
    let mine = all.into_iter().map(|news| {
        MailKind::Account(AccountMail { given_name: "Delphine".into(), identifier: "d.moreau2".into(), news })
    });
    mine.chain(to_school)
}
