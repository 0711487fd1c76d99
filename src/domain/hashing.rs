//! What hashing may cost.

use std::time::Duration;

/// The cost of one argon2id hash (RFC 9106).
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct HashParameters {
    /// Memory in KiB; at least 19,456 outside demo and tests.
    pub memory_kib: u32,
    /// Passes; at least 2.
    pub passes: u32,
    /// Lanes; at least 1.
    pub lanes: u32,
}

/// The pool that hashes and the queue before it (design §8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Hashing {
    /// The cost of each hash.
    pub parameters: HashParameters,
    /// How many hashes run at once; 0 stands for one less than the machine's cores, at least one.
    pub workers: usize,
    /// How many hashes may wait in all; one network may hold a quarter of it.
    pub queue: usize,
    /// How long a posted password waits before the waiting page is shown.
    pub patience: Duration,
}
