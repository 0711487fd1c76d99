//! One argon2id hash (RFC 9106) and its PHC string. No thread and no queue: that is the hasher's.

use argon2::{
    ARGON2ID_IDENT, Algorithm, Argon2, Block, Params, Version,
    password_hash::phc::{self, Output, ParamsString, Salt},
};
use subtle::ConstantTimeEq;

use super::Rng;
use crate::domain::{Fault, HashParameters, PasswordHash};

/// Bytes of salt and of hash (RFC 9106 §3.1 and §4).
const SALT_BYTES: usize = 16;
const HASH_BYTES: usize = 32;
/// The most memory that a stored hash may ask for: 1 GiB. Above it, it counts as unreadable.
const MOST_KIB: u32 = 1 << 20;

/// How new passwords are hashed today.
pub(super) struct Recipe(Params);

impl Recipe {
    /// Checks the parameters.
    pub fn new(parameters: HashParameters) -> Result<Self, Fault> {
        let HashParameters { memory_kib, passes, lanes } = parameters;
        let refused = |why: &str| {
            Fault::new(format!(
                "argon2id can't use memory_kib = {memory_kib}, passes = {passes}, lanes = {lanes}: {why}"
            ))
            .remedy("set hashing.memory_kib, hashing.passes and hashing.lanes; 19456, 2 and 1 are the usual values")
        };
        if memory_kib > MOST_KIB {
            return Err(refused("each worker would hold more than 1 GiB"));
        }
        Params::new(memory_kib, passes, lanes, Some(HASH_BYTES)).map(Self).map_err(|error| refused(&error.to_string()))
    }

    /// Hashes a password.
    pub fn hash(
        &self,
        password: &[u8],
        salt: &[u8; SALT_BYTES],
        memory: &mut Vec<Block>,
    ) -> Result<PasswordHash, Fault> {
        let salt = Salt::new(salt)?;
        let hash = self.with(salt, Output::new(&[0; HASH_BYTES])?).compute(password, memory)?;
        let phc = phc::PasswordHash {
            algorithm: ARGON2ID_IDENT,
            version: Some(Version::V0x13.into()),
            params: ParamsString::try_from(&self.0).map_err(|error| Fault::new(format!("argon2id: {error}")))?,
            salt: Some(salt),
            hash: Some(Output::new(&hash)?),
        };
        Ok(PasswordHash::new(phc.to_string()))
    }

    /// A hash of nothing: tried like a real one, at the same cost, and matched by no password.
    pub fn decoy(&self, rng: &Rng) -> Result<Expected, Fault> {
        Ok(self.with(Salt::new(&rng.bytes::<SALT_BYTES>())?, Output::new(&rng.bytes::<HASH_BYTES>())?))
    }

    /// Whether a stored hash was made this way.
    pub fn made(&self, hash: &Expected) -> bool {
        let Expected { params, version, salt, hash } = hash;
        let costs = |params: &Params| (params.m_cost(), params.t_cost(), params.p_cost());
        costs(params) == costs(&self.0)
            && *version == Version::V0x13
            && salt.len() == SALT_BYTES
            && hash.len() == HASH_BYTES
    }

    fn with(&self, salt: Salt, hash: Output) -> Expected {
        Expected { params: self.0.clone(), version: Version::V0x13, salt, hash }
    }
}

/// A stored hash, taken apart: what a typed password must come to.
#[derive(Clone)]
pub(super) struct Expected {
    params: Params,
    version: Version,
    salt: Salt,
    hash: Output,
}

impl Expected {
    /// Reads a PHC string; none unless it is a whole argon2id hash of a bearable size.
    pub fn parse(phc: &str) -> Option<Self> {
        let phc = phc::PasswordHash::new(phc).ok()?;
        let params = Params::try_from(&phc).ok()?;
        if phc.algorithm != ARGON2ID_IDENT || params.m_cost() > MOST_KIB {
            return None;
        }
        // Without its field the version is 1.0: that is how it was written before there were two.
        let version = phc.version.map_or(Ok(Version::V0x10), Version::try_from).ok()?;
        Some(Self { params, version, salt: phc.salt?, hash: phc.hash? })
    }

    /// Hashes the password as the stored one was and compares, in a time that does not tell where they differ.
    pub fn matches(&self, password: &[u8], memory: &mut Vec<Block>) -> Result<bool, Fault> {
        let hash = self.compute(password, memory)?;
        Ok(hash.ct_eq(self.hash.as_bytes()).into())
    }

    fn compute(&self, password: &[u8], memory: &mut Vec<Block>) -> Result<Vec<u8>, Fault> {
        let blocks = self.params.block_count();
        if memory.len() != blocks {
            // Exactly what is needed: an odd, larger hash must not hold its memory for ever.
            *memory = vec![Block::new(); blocks];
        }
        let mut hash = vec![0; self.hash.len()];
        Argon2::new(Algorithm::Argon2id, self.version, self.params.clone())
            .hash_password_into_with_memory(password, &self.salt, &mut hash, memory)?;
        Ok(hash)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: HashParameters = HashParameters { memory_kib: 64, passes: 1, lanes: 1 };

    #[test]
    fn a_hash_opens_for_its_password_alone() {
        let recipe = Recipe::new(TODAY).expect("parameters");
        let mut memory = Vec::new();
        let hash = recipe.hash("étoile".as_bytes(), &[7; 16], &mut memory).expect("a hash");
        assert!(hash.as_str().starts_with("$argon2id$v=19$m=64,t=1,p=1$"), "{}", hash.as_str());
        let expected = Expected::parse(hash.as_str()).expect("its own hash");
        assert!(expected.matches("étoile".as_bytes(), &mut memory).expect("a verdict"));
        assert!(!expected.matches("etoile".as_bytes(), &mut memory).expect("a verdict"));
        assert!(recipe.made(&expected));
    }

    #[test]
    fn hashes_of_other_parameters_are_read_and_known_as_such() {
        let recipe = Recipe::new(TODAY).expect("parameters");
        let other = Recipe::new(HashParameters { memory_kib: 128, passes: 2, lanes: 2 }).expect("parameters");
        let mut memory = Vec::new();
        let hash = other.hash(b"lune", &[1; 16], &mut memory).expect("a hash");
        let expected = Expected::parse(hash.as_str()).expect("a hash");
        assert!(expected.matches(b"lune", &mut memory).expect("a verdict") && !recipe.made(&expected));
    }

    /// From the test of the reference implementation (phc-winner-argon2, `src/test.c`).
    #[test]
    fn a_hash_of_the_reference_implementation_opens() {
        let phc = "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";
        let expected = Expected::parse(phc).expect("a hash");
        assert!(expected.matches(b"password", &mut Vec::new()).expect("a verdict"));
    }

    #[test]
    fn what_is_no_argon2id_hash_is_not_read() {
        for text in [
            "",
            "plain",
            "$2b$12$abcdefghijklmnopqrstuv",
            "$argon2i$v=19$m=64,t=1,p=1$c29tZXNhbHQ$q83vASNFZ4mrze8BI0VniQ",
            "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ",
            "$argon2id$v=19$m=4294967295,t=1,p=1$c29tZXNhbHQ$q83vASNFZ4mrze8BI0VniQ",
        ] {
            assert!(Expected::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn impossible_parameters_are_a_fault_with_a_remedy() {
        for (memory_kib, passes, lanes) in [(1, 1, 1), (64, 0, 1), (64, 1, 0), (u32::MAX, 1, 1)] {
            let fault = Recipe::new(HashParameters { memory_kib, passes, lanes }).err().expect("a fault");
            assert!(fault.remedy.is_some());
        }
    }
}
