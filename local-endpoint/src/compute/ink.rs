//! Repeatable randomness from what a node was given.

/// A 64-bit FNV-1a hash of everything that went into a node.
#[derive(Clone, Copy)]
pub struct Ink(u64);

impl Ink {
    /// Nothing yet.
    pub fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    /// Adds bytes, kept apart from what was added before.
    pub fn add(mut self, bytes: &[u8]) -> Self {
        for byte in bytes.iter().chain(&[0xff]) {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        self
    }

    /// The hash, its bits well mixed.
    pub fn dry(self) -> u64 {
        mix(self.0)
    }
}

/// The finishing steps of splitmix64.
fn mix(mut value: u64) -> u64 {
    value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

/// A sequence of numbers.
pub struct Random(u64);

impl Random {
    /// The sequence that a seed begins.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number of 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.0)
    }

    /// The next number between two bounds.
    pub fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * (self.bits() >> 40) as f32 / (1u64 << 24) as f32
    }
}

/// Smooth noise along a line, −1 … 1.
pub fn noise(seed: u64, at: f32) -> f32 {
    let cell = at.floor();
    let part = at - cell;
    let eased = part * part * (3.0 - 2.0 * part);
    let value = |index: i64| (mix(seed ^ mix(index as u64)) >> 40) as f32 / (1u64 << 23) as f32 - 1.0;
    let (left, right) = (value(cell as i64), value(cell as i64 + 1));
    left + (right - left) * eased
}
