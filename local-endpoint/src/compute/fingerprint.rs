//! A hash of everything that went into a node, used as a seed: the same input always gives the same picture.

use sha2::{Digest, Sha256};

/// Hashes what went into a node.
pub struct Fingerprint(Sha256);

impl Fingerprint {
    /// Nothing yet.
    pub fn new() -> Self {
        Self(Sha256::new())
    }

    /// Adds bytes, kept apart from what was added before.
    pub fn add(self, bytes: &[u8]) -> Self {
        Self(self.0.chain_update((bytes.len() as u64).to_le_bytes()).chain_update(bytes))
    }

    /// The seed for everything that is drawn.
    pub fn seed(self) -> u64 {
        let digest = self.0.finalize();
        digest.iter().take(8).fold(0, |seed, byte| seed << 8 | u64::from(*byte))
    }
}

#[cfg(test)]
mod tests {
    use super::Fingerprint;

    #[test]
    fn parts_are_kept_apart() {
        let seed = |parts: &[&str]| {
            parts.iter().fold(Fingerprint::new(), |all, part| all.add(part.as_bytes())).seed()
        };
        assert_eq!(seed(&["ab", "c"]), seed(&["ab", "c"]));
        assert_ne!(seed(&["ab", "c"]), seed(&["a", "bc"]));
        assert_ne!(seed(&["ab", "c"]), seed(&["abc"]));
    }
}
