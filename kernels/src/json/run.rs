//! The plain part of a string literal, found many bytes at a time.

/// The bytes of a literal up to the first that needs attention: a quote, a backslash or a control character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Run {
    /// How many bytes that is.
    pub(crate) length: usize,
    /// Whether all of them are ASCII.
    pub(crate) ascii: bool,
}

/// The run at the start of `bytes`.
#[inline]
pub(crate) fn plain_run(bytes: &[u8]) -> Run {
    let (mut length, mut ascii) = (0, true);
    // Base64 is megabytes without a special byte.
    for blocks in bytes.as_chunks().0 {
        if !block::are_plain_ascii(blocks) {
            break;
        }
        length += blocks.len();
    }
    for block in bytes[length..].as_chunks().0 {
        let found = block::look(block);
        ascii &= found.ascii;
        length += found.length;
        if found.length < block::SIZE {
            break;
        }
    }
    // The bytes after the last whole block, or after the first special byte, are looked at one by one.
    for byte in &bytes[length..] {
        if matches!(byte, b'"' | b'\\' | 0..0x20) {
            break;
        }
        ascii &= byte.is_ascii();
        length += 1;
    }
    Run { length, ascii }
}

/// Eight bytes in a register: a byte is special exactly if a subtraction borrows into its high bit.
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
mod block {
    use super::Run;

    pub(super) const SIZE: usize = 8;

    #[inline(always)]
    pub(super) fn are_plain_ascii(blocks: &[u8; 4 * SIZE]) -> bool {
        blocks.as_chunks().0.iter().map(look).all(|run| run == Run { length: SIZE, ascii: true })
    }
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;

    #[inline(always)]
    pub(super) fn look(block: &[u8; SIZE]) -> Run {
        let word = u64::from_le_bytes(*block);
        let quote = word ^ (ONES * u64::from(b'"'));
        let slash = word ^ (ONES * u64::from(b'\\'));
        let control = word.wrapping_sub(ONES * 0x20) & !word;
        let special = (quote.wrapping_sub(ONES) & !quote) | (slash.wrapping_sub(ONES) & !slash) | control;
        let length = ((special & HIGH).trailing_zeros() / 8) as usize;
        let inside = if length < SIZE { (1 << (8 * length)) - 1 } else { u64::MAX };
        Run { length, ascii: word & HIGH & inside == 0 }
    }
}

/// Sixteen bytes in a vector.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod block {
    use super::Run;
    use std::arch::wasm32::{
        u8x16_bitmask, u8x16_eq, u8x16_lt, u8x16_splat, u64x2, v128, v128_and, v128_any_true, v128_or,
    };

    pub(super) const SIZE: usize = 16;

    #[inline(always)]
    pub(super) fn are_plain_ascii(blocks: &[u8; 4 * SIZE]) -> bool {
        let mut found = u64x2(0, 0);
        for bytes in blocks.as_chunks().0.iter().map(load) {
            found = v128_or(found, v128_or(special(bytes), v128_and(bytes, u8x16_splat(0x80))));
        }
        !v128_any_true(found)
    }

    #[inline(always)]
    fn load(block: &[u8; SIZE]) -> v128 {
        let word = u128::from_le_bytes(*block);
        u64x2(word as u64, (word >> 64) as u64)
    }

    /// All bits of each lane whose byte needs attention.
    #[inline(always)]
    fn special(bytes: v128) -> v128 {
        let quoted = v128_or(u8x16_eq(bytes, u8x16_splat(b'"')), u8x16_eq(bytes, u8x16_splat(b'\\')));
        v128_or(quoted, u8x16_lt(bytes, u8x16_splat(0x20)))
    }

    #[inline(always)]
    pub(super) fn look(block: &[u8; SIZE]) -> Run {
        let bytes = load(block);
        let special = u8x16_bitmask(special(bytes));
        let length = special.trailing_zeros().min(SIZE as u32) as usize;
        let inside = (1_u32 << length) - 1;
        Run { length, ascii: u32::from(u8x16_bitmask(bytes)) & inside == 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_end_at_what_needs_attention() {
        for special in ["\"", "\\", "\n", "\u{0}", "\u{1f}"] {
            for before in 0..200 {
                let text = "!~\u{7f}é".chars().cycle().take(before).collect::<String>();
                let expected = Run { length: text.len(), ascii: text.is_ascii() };
                let whole = format!("{text}{special}yyyyyyyyyyyéyyyyyyyyyyy");
                assert_eq!(plain_run(whole.as_bytes()), expected, "{whole}");
            }
        }
        let text = "日本語 😀 no special";
        assert_eq!(plain_run(text.as_bytes()), Run { length: text.len(), ascii: false });
        assert_eq!(plain_run(b""), Run { length: 0, ascii: true });
    }
}
