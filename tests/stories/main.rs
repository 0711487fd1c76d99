//! What people do and what they read, over HTTP against the real server, on both engines.
//!
//! A file per journey or face; `world` starts the server, `browser` and `page` are the person's side of it. Every story
//! runs on SQLite with what lives in the process, and on PostgreSQL with Redis:
//!
//! ```ignore
//! #[rstest]
//! #[tokio::test(flavor = "multi_thread")]
//! async fn a_parent_signs_in(#[values(Sqlite, Postgres)] engine: Engine) {
//!     let world = World::on(engine).await;
//!     let nadia = world.parent("Nadia Roux").await;
//!     let mut phone = world.phone();
//!     phone.opens("/connexion").await;
//!     phone.submits([("Identifiant", &nadia.identifier), ("Mot de passe", &nadia.password)]).await;
//!     assert_eq!(phone.page().data_page(), "home");
//! }
//! ```
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a story that can't go on has failed, and says where"
)]
#![expect(dead_code, reason = "the world is larger than its first stories; the last of them takes this line out")]

mod authenticator;
mod bounces;
mod browser;
mod charters;
mod child_password;
mod chromium;
mod engine;
mod equal_work;
mod eye;
mod letters;
mod oidc;
mod page;
mod people;
mod post;
mod secret_question;
mod sepne;
mod services;
mod single_logout;
mod site;
mod stranger;
mod tour;
mod world;

mod account;
mod account_email;
mod account_settings;
mod account_tabs;
mod activation;
mod activation_input;
mod audit;
mod browser_activation;
mod browser_door;
mod browser_looks;
mod browser_pictures;
mod browser_second_factor;
mod browser_sites;
mod browser_ways_back;
mod by_email;
mod cas_tickets;
mod charter;
mod charter_commands;
mod charter_guardian;
mod clients_oidc_provider;
mod clients_openid_client;
mod clients_openidconnect;
mod clients_python_cas;
mod commands;
mod help;
mod http;
mod interactions;
mod kills;
mod languages;
mod letters_print;
mod log;
mod mail;
mod notification;
mod oidc_requests;
mod oidc_sign_out;
mod oidc_tokens;
mod pupil_reset;
mod queue;
mod recovery;
mod recovery_steps;
mod registration;
mod registration_match;
mod rehash;
mod second_factor;
mod sessions;
mod sign_in;
mod slips;
mod store;
mod temporary;
mod throttle;
mod through;
mod tls;
