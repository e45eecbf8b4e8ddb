//! Repeatable randomness: numbers in a range, and smooth noise along a line.

use fastrand::Rng;

/// The next number between two bounds.
pub fn between(random: &mut Rng, low: f32, high: f32) -> f32 {
    low + (high - low) * random.f32()
}

/// Value noise along a line, −1 … 1: random at whole numbers, smooth in between.
pub fn noise(seed: u64, at: f32) -> f32 {
    let cell = at.floor();
    let part = at - cell;
    let eased = part * part * (3.0 - 2.0 * part);
    let (left, right) = (value(seed, cell as i64), value(seed, cell as i64 + 1));
    left + (right - left) * eased
}

fn value(seed: u64, cell: i64) -> f32 {
    // Neighbours differ in few bits; a product with the golden ratio's bits spreads the difference.
    let cell = (cell as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    Rng::with_seed(seed ^ cell).f32() * 2.0 - 1.0
}
