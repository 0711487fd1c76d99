//! Chance, hashing, sealing and signing: what keeps a secret a secret.
//!
//! The only room that knows `argon2`, `josekit`, `totp_rs` and `webauthn_rs`. It is given values and gives values back: it must not know accounts,
//! portals, the store or HTTP, and must not decide who may do what. Nothing here logs, and no key, password or plain text
//! has a `Debug`. Two sources of chance: [`Rng`], an argument like the clock, for everything that a test may want to
//! repeat; and OpenSSL's own for keys and nonces, which must never repeat, whatever seed a program was started with.

mod argon;
mod hasher;
mod jwk;
mod keydir;
mod keys;
mod otp;
pub mod passkeys;
mod queue;
mod rng;
mod seal;

pub use hasher::{Hasher, Turn, Verdict, Waiting};
pub use keydir::exposed_keys;
pub use keys::{KeyLine, KeyRing, KeyState};
pub use otp::Seed;
pub use passkeys::Passkeys;
pub use queue::{Class, QueueFull};
pub use rng::Rng;
pub use seal::Sealer;
