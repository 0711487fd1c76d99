//! One check per parameter, each in its own file, in the specification's words. They are pure: a check is given what it
//! compares with, says what it read, and never where an error goes.

pub(super) mod acr;
pub(super) mod claims;
pub(super) mod client_id;
pub(super) mod code_challenge;
pub(super) mod hints;
pub(super) mod id_token_hint;
pub(super) mod max_age;
pub(super) mod prompt;
pub(super) mod redirect_uri;
pub(super) mod request_object;
pub(super) mod response_mode;
pub(super) mod response_type;
pub(super) mod scope;
