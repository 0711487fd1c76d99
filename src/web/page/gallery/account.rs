//! The tabs of one's own account.

use super::{super::*, NOW, draw, place};
use crate::{
    domain::{AccountMail, AccountNews, Email, EmailDoubt, Instant, MailKind, Refusal, Rule, SchoolMail, SchoolNews},
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
    let rules = [Rule::Bits { least: 50 }, Rule::UnlikeIdentity];
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
    };
    let bare = Profile { waiting: None, outcomes: Outcomes::default(), ..shown };
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
    all
}

/// What the links in mails show.
fn links(place: &Place, pupil: &Place, email: &Email) -> Vec<(&'static str, String)> {
    let to = Answering { action: "/compte/adresse/lien/abc", form_token: "token", proof: None };
    let who = ("Delphine Moreau", "d.moreau2");
    let undo = UndoPassword {
        identifier: "d.moreau2",
        email,
        rules: &[Rule::Bits { least: 50 }],
        refusals: &[Refusal::RecentPassword],
    };
    vec![
        ("email-link", draw(&AskPage::new_address(place, to, who, email))),
        ("email-link-expired", draw(&AskPage::new_address_expired(pupil, to, email))),
        ("email-changed", draw(&MessagePage::address_changed(place, email, "/compte"))),
        ("email-link-superseded", draw(&MessagePage::new_address_superseded(place, "/compte"))),
        ("email-undo", draw(&AskPage::undo(place, to, who, email))),
        ("email-undo-password", draw(&UndoPage::new(place, to, &undo))),
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
    ];
    let to_school = MailKind::School(SchoolMail {
        school: "Collège Les Tilleuls".into(),
        full_name: "Delphine Moreau".into(),
        identifier: "d.moreau2".into(),
        news: SchoolNews::AddressContested { at: NOW },
    });
    let mine = all.into_iter().map(|news| {
        MailKind::Account(AccountMail { given_name: "Delphine".into(), identifier: "d.moreau2".into(), news })
    });
    mine.chain([to_school])
}
