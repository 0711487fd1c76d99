//! The pupils' reset, and what a provider's answer may come to, for the gallery.

use super::{NOW, draw, place};
use crate::{
    domain::{MailKind, Refusal, UpstreamName},
    policy::{RosterAttribute, Upstream},
    web::page::{
        MessagePage, PupilForgottenPage, PupilReset, PupilResetPage, PupilResetSentPage, SignIn, SignInPage, Way,
    },
    words::{Locale, Register},
};

fn sepne() -> Upstream {
    Upstream {
        name: UpstreamName::new("sepne"),
        label: "SEPNE".into(),
        label_of: "du SEPNE".into(),
        issuer: "https://sepne.example".into(),
        client_id: "preau".into(),
        client_secret: None,
        scopes: Vec::new(),
        claim: "sub".into(),
        matches: RosterAttribute::JoinKey,
        mailbox: "email".into(),
        verified_mailbox: true,
    }
}

pub(super) fn pages(locale: Locale) -> Vec<(&'static str, String)> {
    let adult = &place("default", locale);
    let (place, sepne) = (&adult.addressing(Register::Tu), &sepne());
    let form = PupilReset {
        action: "/eleve/reinitialisation",
        form_token: "token",
        proof: "abc",
        upstream: sepne,
        signed_in_as: "p.leblanc@sepne.example",
        other_href: "/eleve/reinitialisation/preuve?autre=1",
        digits: Some(10),
        number: "",
        identifier: "",
        refusals: &[],
    };
    let wrong = [Refusal::NumberUnfit { digits: Some(10) }, Refusal::Missing { field: "identifier" }];
    let (number, identifier) = ("310 011 122", "abc123456");
    let ways = vec![Way::new(place.speaker.say("sign-in-forgotten"), "/eleve/mot-de-passe-oublie")];
    let sign_in = SignIn { action: "/connexion", form_token: "token", ways: &ways, ..SignIn::default() };
    let mut all = vec![
        ("sign-in-pupils", draw(&SignInPage::new(place, &sign_in))),
        ("pupil-forgotten", draw(&PupilForgottenPage::new(place, sepne, Some(10), ("/preuve", "/connexion")))),
        ("pupil-forgotten-any", draw(&PupilForgottenPage::new(adult, sepne, None, ("/preuve", "/connexion")))),
        ("pupil-reset", draw(&PupilResetPage::new(place, &form))),
        ("pupil-reset-wrong", draw(&PupilResetPage::new(place, &PupilReset { number, refusals: &wrong, ..form }))),
        (
            "pupil-reset-refused",
            draw(&PupilResetPage::new(
                place,
                &PupilReset { number, identifier, digits: None, refusals: &[Refusal::NotSamePupil], ..form },
            )),
        ),
        ("pupil-reset-sent", draw(&PupilResetSentPage::new(place, sepne, "/connexion"))),
        (
            "upstream-lost",
            draw(&MessagePage::upstream_lost(
                place,
                vec![Way::new(place.speaker.say("way-back-sign-in"), "/connexion")],
            )),
        ),
    ];
    for page in MessagePage::of_upstream() {
        let ways = ["way-try-again", "way-back-reset"].map(|key| Way::new(place.speaker.say(key), "/connexion"));
        all.push((page, draw(&MessagePage::upstream(place, page, sepne, ways.into()))));
    }
    all
}

pub(super) fn mails() -> Vec<MailKind> {
    let temporary = MailKind::TemporaryByUpstream {
        given_name: "Paul".into(),
        identifier: "abc123456".into(),
        password: "k7mp-4rwx-9tch".into(),
        until: NOW,
        address: "https://id.example/p/portail-eleves/connexion".into(),
        upstream: "SEPNE".into(),
    };
    let told = MailKind::PupilResetTold {
        given_name: "Nadia".into(),
        pupil: "Paul Leblanc".into(),
        at: NOW,
        upstream: "SEPNE".into(),
    };
    vec![temporary, told]
}
