//! Hashes of values, equal for values that mean the same.
//!
//! Two different values may have the same hash, by chance or malice: nodes are then matched less well, but never
//! compared wrongly.

use crate::json::number::decimal;
use crate::json::value::Kind;
use crate::json::write::without_duplicates;
use crate::json::{Str, Value};

/// The hash of a value.
pub(super) fn of_value(value: Value<'_>) -> u64 {
    match value.kind() {
        Kind::Null => 3,
        Kind::Boolean => 4 + u64::from(value.raw() == "true"),
        // Coarser than the value on purpose: 1e-05 and 0.00001 must not differ because of how they were read.
        Kind::Number => u64::from((decimal(value.raw()).unwrap_or_default() as f32 + 0.0).to_bits()),
        Kind::String => value.as_str().map_or(6, of_text),
        Kind::Array => value.items().into_iter().fold(7, |number, item| mix(number, of_value(item))),
        Kind::Object => without_duplicates(value.entries())
            .into_iter()
            .fold(8, |sum: u64, (key, value)| sum.wrapping_add(mix(of_text(key), of_value(value)))),
    }
}

/// The hash of a text, by FNV-1a.
pub(super) fn of_text(text: Str<'_>) -> u64 {
    text.canonical()
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325, |number, byte| (number ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Mixes two numbers so that each bit of both counts, as SplitMix64 does.
pub(super) fn mix(a: u64, b: u64) -> u64 {
    let mut number = a.rotate_left(23) ^ b.wrapping_add(0x9e37_79b9_7f4a_7c15);
    number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}
