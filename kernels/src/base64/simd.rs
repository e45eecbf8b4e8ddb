//! Base64, sixteen characters at a time, with WebAssembly's 128-bit vectors.

use std::arch::wasm32::{
    u8x16, u8x16_add, u8x16_eq, u8x16_shr, u8x16_splat, u8x16_swizzle, u16x8_shl, u16x8_shr, u16x8_splat,
    u32x4_shl, u32x4_shr, u32x4_splat, u64x2, u64x2_extract_lane, v128, v128_and, v128_any_true, v128_or,
};

/// Characters and bytes of one vector, and how many vectors one step takes.
const CHARACTERS: usize = 16;
const BYTES: usize = 12;
const VECTORS: usize = 4;

/// Writes what the characters decode to and returns how many were taken: whole steps, up to the first one with a
/// character that is not base64, as long as `out` has room.
pub(super) fn decode(characters: &[u8], out: &mut [u8]) -> usize {
    let mut steps = 0;
    for from in characters.as_chunks::<{ VECTORS * CHARACTERS }>().0 {
        let Some(to) = out.get_mut(steps * VECTORS * BYTES..) else { break };
        // Four bytes more than needed: the next step overwrites those of the last vector.
        let Some(to) = to.first_chunk_mut::<{ VECTORS * BYTES + 4 }>() else { break };
        if !step(from, to) {
            break;
        }
        steps += 1;
    }
    steps * VECTORS * CHARACTERS
}

/// False if a character is not base64.
#[inline(always)]
fn step(from: &[u8; VECTORS * CHARACTERS], to: &mut [u8; VECTORS * BYTES + 4]) -> bool {
    let mut refused = u64x2(0, 0);
    for (at, characters) in from.as_chunks().0.iter().enumerate() {
        let characters = load(characters);
        refused = v128_or(refused, refusals(characters));
        if let Some(room) = to[at * BYTES..].first_chunk_mut() {
            *room = store(join(values(characters)));
        }
    }
    !v128_any_true(refused)
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

/// Something other than zero in each lane whose character is not base64.
///
/// Each high half of a character has a bit, and each low half the set of bits with which it is not base64.
#[inline(always)]
fn refusals(characters: v128) -> v128 {
    // 0x01: never; 0x02: high half 2; 0x04: 3; 0x08: 4 and 6; 0x10: 5 and 7.
    let highs = u8x16(1, 1, 2, 4, 8, 16, 8, 16, 1, 1, 1, 1, 1, 1, 1, 1);
    let lows =
        u8x16(0x0b, 0x03, 0x03, 0x03, 0x03, 0x03, 0x03, 0x03, 0x03, 0x03, 0x07, 0x15, 0x17, 0x17, 0x17, 0x15);
    let low = v128_and(characters, u8x16_splat(0x0f));
    v128_and(u8x16_swizzle(highs, u8x16_shr(characters, 4)), u8x16_swizzle(lows, low))
}

/// The six bits of each character: the high half decides what to add.
#[inline(always)]
fn values(characters: v128) -> v128 {
    let to = |value: u8, from: u8| value.wrapping_sub(from);
    let (letters, small) = (to(0, b'A'), to(26, b'a'));
    let shifts = u8x16(
        0,
        to(63, b'/'),
        to(62, b'+'),
        to(52, b'0'),
        letters,
        letters,
        small,
        small,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
    );
    // A slash has its own row, the one before that of the plus sign.
    let row = u8x16_add(u8x16_shr(characters, 4), u8x16_eq(characters, u8x16_splat(b'/')));
    u8x16_add(characters, u8x16_swizzle(shifts, row))
}

/// Joins four times six bits into three bytes; the twelve bytes come first.
#[inline(always)]
fn join(values: v128) -> v128 {
    let pairs = v128_or(v128_and(u16x8_shl(values, 6), u16x8_splat(0x0fc0)), u16x8_shr(values, 8));
    let quartets = v128_or(v128_and(u32x4_shl(pairs, 12), u32x4_splat(0x00ff_f000)), u32x4_shr(pairs, 16));
    u8x16_swizzle(quartets, u8x16(2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, 255, 255, 255, 255))
}
