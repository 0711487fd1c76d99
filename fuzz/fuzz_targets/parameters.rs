//! Parameters of a protocol's request, from any bytes: each at most once, and never a stumble.
#![no_main]

use libfuzzer_sys::fuzz_target;
use preau::web::Params;

fuzz_target!(|bytes: &[u8]| {
    let params = Params::of(bytes);
    for name in ["service", "redirect_uri", "state", "prompt", "claims"] {
        let _ = params.once(name).is_ok();
        let _ = params.is_set(name).is_ok();
    }
    let _ = params.only(&["service", "renew"]);
});
