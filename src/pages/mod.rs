//! The face that people see: sign-in, its waiting page, agreement, sign-out, home.
//!
//! Handlers take a visit, call one function of `signin`, match what it says and answer with a page. No rule and no SQL
//! here, and no page decides where the person goes next: `sign_in::show` asks `signin::door` after every step.

mod account;
mod activation;
mod bad_address;
mod charter;
mod components;
mod consent;
mod help;
mod home;
mod notification;
mod pupil_reset;
mod question;
mod recovery;
mod recovery_steps;
mod refused;
mod registration;
mod replace;
mod reset_link;
mod second_factor;
mod security;
mod sign_in;
mod sign_out;
mod through;
mod wait;
mod who;
mod why;

use axum::{
    Router,
    routing::{get, post},
};

use crate::app::App;

/// The paths of this face, at the default portal and under `/p/{portal}`.
pub fn routes() -> Router<App> {
    // A nested "/" is the path without a slash: the portal's home is also the one with it.
    Router::new()
        .merge(doors())
        .nest("/p/{portal}", doors())
        .route("/p/{portal}/", get(home::show))
        .route("/.well-known/change-password", get(account::change_password))
}

fn doors() -> Router<App> {
    Router::new()
        .route("/", get(home::show))
        .route("/connexion", get(sign_in::show).post(sign_in::post))
        .route(who::PATH, get(who::show).post(who::post))
        .route("/connexion/attente", get(wait::show).post(wait::post))
        .route("/connexion/accord", get(sign_in::show).post(consent::post))
        .route("/connexion/nouveau-mot-de-passe", get(sign_in::show).post(replace::post))
        .route("/connexion/cle", get(sign_in::show).post(second_factor::ask_any_key))
        .route("/connexion/cle/reponse", get(sign_in::show).post(second_factor::sign_in_with_key))
        .merge(second_factors())
        .merge(own_security())
        .merge(ways_back())
        .merge(own_account())
        .merge(charters())
        .route("/connexion/vers/{upstream}", get(through::go))
        .route("/connexion/retour/{upstream}", get(through::back))
        .route("/activation", get(activation::show).post(activation::post))
        .route("/activation/courriel", get(activation::show).post(activation::mail))
        .route("/activation/lien/{token}", get(activation::link).post(activation::press))
        .route("/contacter-l-ecole", get(help::show).post(help::post))
        .route("/contacter-l-ecole/envoi", get(help::sent))
        .route("/aide", get(help::faq))
        .route("/donnees-personnelles", get(help::privacy))
        .route("/composants", get(components::show))
        .route("/deconnexion", get(sign_out::show).post(sign_out::post))
}

/// For who has forgotten something, and for who has no account yet.
fn ways_back() -> Router<App> {
    Router::new()
        .route("/eleve/mot-de-passe-oublie", get(pupil_reset::forgotten))
        .route("/eleve/reinitialisation", get(pupil_reset::show).post(pupil_reset::post))
        .route("/eleve/reinitialisation/preuve", get(pupil_reset::go))
        .route("/eleve/reinitialisation/envoyee", get(pupil_reset::sent))
        .route("/identifiant-oublie", get(recovery::identifier).post(recovery::ask_identifier))
        .route("/identifiant-oublie/envoi", get(recovery::identifier_sent).post(recovery::ask_identifier))
        .route("/creer-mon-compte", get(registration::show).post(registration::post))
        .route("/creer-mon-compte/lien/{token}", get(registration::link).post(registration::press))
        .route(question::PATH, get(question::show).post(question::post))
        .route("/mot-de-passe-oublie", get(recovery::password).post(recovery::ask_link))
        .route("/mot-de-passe-oublie/envoi", get(recovery::link_sent).post(recovery::ask_link))
        .route("/mot-de-passe-oublie/lien/{token}", get(reset_link::show).post(reset_link::post))
        .route("/recuperation", get(recovery_steps::show).post(recovery_steps::post))
        .route("/recuperation/termine", get(recovery_steps::done))
        .route("/mots-de-passe", get(recovery_steps::policy))
}

/// One’s own account; its security stands apart.
fn own_account() -> Router<App> {
    Router::new()
        .route("/compte", get(account::profile::show).post(account::profile::post))
        .route("/compte/enfants", get(account::children::show).post(account::children::post))
        .route("/compte/notifications", get(account::setting::notifications).post(account::setting::post_notifications))
        .route("/compte/question", get(account::setting::question).post(account::setting::post_question))
        .route(
            "/compte/enfants/{child}/mot-de-passe",
            get(account::child_password::show).post(account::child_password::post),
        )
        .route("/compte/services", get(account::services::show).post(account::services::post))
        .route("/compte/donnees", get(account::data::show).post(account::data::post))
        .route("/compte/donnees/fichier", get(account::data::file))
        .route("/compte/adresse", get(account::profile::show).post(account::email::waiting))
        .route("/compte/adresse/lien/{token}", get(account::email::link).post(account::email::press))
        .route("/compte/annulation/lien/{token}", get(account::email::undo).post(account::email::press_undo))
        .route(bad_address::PATH, get(bad_address::show).post(bad_address::post))
}

/// Charters, and the address for notifications that follows them.
fn charters() -> Router<App> {
    Router::new()
        .route("/charte", get(charter::show).post(charter::post))
        .route("/charte/refus", get(charter::refused))
        .route("/charte/vue", post(charter::put_away))
        .route("/charte/enfant/{account}/{id}", get(charter::child).post(charter::sign))
        .route("/charte/{id}", get(charter::read))
        .route("/charte/{id}/pdf", get(charter::paper::show))
        .route("/notifications", get(notification::show).post(notification::post))
        .route("/notifications/lien/{token}", get(notification::link).post(notification::press))
}

/// The second step of a sign-in; forms that were left open too long come back to the dispatcher.
fn second_factors() -> Router<App> {
    Router::new()
        .route("/connexion/deux-etapes", get(sign_in::show).post(second_factor::post))
        .route("/connexion/deux-etapes/cle", get(sign_in::show).post(second_factor::ask_key))
        .route("/connexion/deux-etapes/cle/reponse", get(sign_in::show).post(second_factor::give_key))
        .route(
            "/connexion/deux-etapes/application",
            get(second_factor::show_application).post(second_factor::add_application),
        )
        .route("/connexion/deux-etapes/application/code", get(sign_in::show).post(second_factor::confirm_application))
        .route("/connexion/deux-etapes/nouvelle-cle", get(sign_in::show).post(second_factor::ask_new_key))
        .route("/connexion/deux-etapes/nouvelle-cle/reponse", get(sign_in::show).post(second_factor::add_key))
}

/// "Sécurité" of one's own account.
fn own_security() -> Router<App> {
    Router::new()
        .route("/compte/securite", get(security::show))
        .route("/compte/securite/session", get(security::show).post(security::end_session))
        .route("/compte/securite/autres-sessions", get(security::show).post(security::end_others))
        .route("/compte/securite/application", get(security::show_application).post(security::add_application))
        .route("/compte/securite/application/code", get(security::show).post(security::confirm_application))
        .route("/compte/securite/nouvelle-cle", get(security::show).post(security::ask_new_key))
        .route("/compte/securite/nouvelle-cle/reponse", get(security::show).post(security::add_key))
        .route("/compte/securite/retrait", get(security::show).post(security::remove))
        .route("/compte/securite/codes", get(security::show).post(security::make_codes))
}
