//! Base64 by sixteen characters at a time, with WebAssembly's 128-bit vectors. Depends on nothing here.

use std::arch::wasm32::{
    u8x16, u8x16_add, u8x16_eq, u8x16_shr, u8x16_splat, u8x16_swizzle, u16x8_shl, u16x8_shr, u16x8_splat,
    u32x4_shl, u32x4_shr, u32x4_splat, u64x2, u64x2_extract_lane, v128, v128_and, v128_any_true, v128_or,
};

/// Characters and bytes of one step.
const CHARACTERS: usize = 16;
const BYTES: usize = 12;

/// Writes what the characters decode to and says how many were taken: whole steps, up to the first one with a
/// character that is not base64, and as long as `out` has room for a whole vector.
pub(super) fn decode(characters: &[u8], out: &mut [u8]) -> usize {
    let mut steps = 0;
    for from in characters.as_chunks::<CHARACTERS>().0 {
        let Some(room) = out.get_mut(steps * BYTES..).and_then(|rest| rest.first_chunk_mut()) else { break };
        let Some(values) = values(load(from)) else { break };
        // Four bytes too many, which the next step writes over.
        *room = store(join(values));
        steps += 1;
    }
    steps * CHARACTERS
}

#[inline(always)]
fn load(bytes: &[u8; CHARACTERS]) -> v128 {
    let word = u128::from_le_bytes(*bytes);
    u64x2(word as u64, (word >> 64) as u64)
}

#[inline(always)]
fn store(vector: v128) -> [u8; 16] {
    let halves = (u64x2_extract_lane::<0>(vector), u64x2_extract_lane::<1>(vector));
    (u128::from(halves.0) | u128::from(halves.1) << 64).to_le_bytes()
}

/// The six bits that each character stands for; none when one of them stands for nothing.
///
/// The alphabet's ranges can be told apart by the high half of a character, `/` excepted. Per high half there is a
/// bit, and per low half the set of bits with which it is no base64; and per high half what to add to get the value.
#[inline(always)]
fn values(characters: v128) -> Option<v128> {
    let low = v128_and(characters, u8x16_splat(0x0f));
    let high = u8x16_shr(characters, 4);
    // 0x01: never; 0x02: high half 2; 0x04: 3; 0x08: 4 and 6; 0x10: 5 and 7.
    let highs = u8x16(1, 1, 2, 4, 8, 16, 8, 16, 1, 1, 1, 1, 1, 1, 1, 1);
    let refused =
        u8x16(0x0b, 0x03, 0x03, 0x03, 0x03, 0x03, 0x03, 0x03, 0x03, 0x03, 0x07, 0x15, 0x17, 0x17, 0x17, 0x15);
    if v128_any_true(v128_and(u8x16_swizzle(highs, high), u8x16_swizzle(refused, low))) {
        return None;
    }
    let minus = |from: u8, value: u8| value.wrapping_sub(from);
    let shifts = u8x16(
        0,
        minus(b'/', 63),
        minus(b'+', 62),
        minus(b'0', 52),
        minus(b'A', 0),
        minus(b'A', 0),
        minus(b'a', 26),
        minus(b'a', 26),
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
    );
    // A slash has a row of its own, the one before that of the plus sign.
    let row = u8x16_add(high, u8x16_eq(characters, u8x16_splat(b'/')));
    Some(u8x16_add(characters, u8x16_swizzle(shifts, row)))
}

/// Joins four times six bits to three bytes; the twelve bytes come first.
#[inline(always)]
fn join(values: v128) -> v128 {
    let pairs = v128_or(v128_and(u16x8_shl(values, 6), u16x8_splat(0x0fc0)), u16x8_shr(values, 8));
    let quartets = v128_or(v128_and(u32x4_shl(pairs, 12), u32x4_splat(0x00ff_f000)), u32x4_shr(pairs, 16));
    u8x16_swizzle(quartets, u8x16(2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, 255, 255, 255, 255))
}
