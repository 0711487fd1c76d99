//! A CAS service's address as a stranger sends it: whatever it is, a match stays on the registered host.
#![no_main]

use std::collections::BTreeMap;

use libfuzzer_sys::fuzz_target;
use preau::domain::{CasService, CasUser, Match, ServiceUrl};

fuzz_target!(|text: &str| {
    let Some(address) = ServiceUrl::parse(text) else { return };
    let service = CasService {
        service: "https://vie.example/scolaire/".into(),
        matching: Match::Prefix,
        release: BTreeMap::new(),
        proxy: false,
        logout_url: None,
        user: CasUser::Identifier,
    };
    if service.matches(&address) {
        assert_eq!(address.url().host_str(), Some("vie.example"));
        assert!(address.url().path().starts_with("/scolaire/") && !address.url().path().contains(".."));
    }
});
