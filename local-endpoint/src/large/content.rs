//! The content of large outputs: cheap to generate, without repeated blocks, and predictable for anyone who knows the formula.
//! `tests/support/large-content.js` has the same formula.
//!
//! Content is made of blocks of 768 KiB, the last one cut to size. A block is the fixed one, with its first 24 bytes
//! replaced by the output's index and the block's (u64, little-endian) and eight zeros. The fixed block is the sequence
//! of a xorshift32 as little-endian words. Since 24 and the block are multiples of 3, so are base64's quartets: only
//! the head is encoded again, everything else is shared.

use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;

/// Decoded bytes of a block; 1 MiB of base64.
const BLOCK: usize = 768 * 1024;
/// Bytes at the beginning of a block that differ between blocks.
const HEAD: usize = 24;
const SEED: u32 = 0x9E37_79B9;

struct Fixed {
    decoded: Vec<u8>,
    base64: Bytes,
}

static FIXED: LazyLock<Fixed> = LazyLock::new(|| {
    let mut word = SEED;
    let mut decoded = Vec::with_capacity(BLOCK);
    while decoded.len() < BLOCK {
        word ^= word << 13;
        word ^= word >> 17;
        word ^= word << 5;
        decoded.extend_from_slice(&word.to_le_bytes());
    }
    let base64 = STANDARD.encode(&decoded).into();
    Fixed { decoded, base64 }
});

/// The base64 of an output of this many bytes, in chunks that are never empty.
pub fn base64(output: u64, size: u64) -> impl Iterator<Item = Bytes> + Send {
    let blocks = size.div_ceil(BLOCK as u64);
    (0..blocks).flat_map(move |block| {
        let rest = size - block * BLOCK as u64;
        let length = usize::try_from(rest).unwrap_or(BLOCK).min(BLOCK);
        block_base64(output, block, length).into_iter().filter(|piece| !piece.is_empty())
    })
}

/// The head, whole quartets of the fixed block, and the rest at the end of a block that was cut.
fn block_base64(output: u64, block: u64, length: usize) -> [Bytes; 3] {
    let head = head(output, block);
    let head_length = HEAD.min(length);
    let even = (length - length % 3).max(head_length);
    let shared = FIXED.base64.slice(head_length.div_ceil(3) * 4..even.div_ceil(3) * 4);
    let tail = FIXED.decoded.get(even..length).unwrap_or_default();
    [STANDARD.encode(&head[..head_length]).into(), shared, STANDARD.encode(tail).into()]
}

fn head(output: u64, block: u64) -> [u8; HEAD] {
    let mut head = [0; HEAD];
    head[..8].copy_from_slice(&output.to_le_bytes());
    head[8..16].copy_from_slice(&block.to_le_bytes());
    head
}

/// The content before encoding.
pub fn decoded(output: u64, size: usize) -> Vec<u8> {
    let mut all = Vec::new();
    for block in 0.. {
        if all.len() >= size {
            break;
        }
        all.extend_from_slice(&output.to_le_bytes());
        all.extend_from_slice(&u64::to_le_bytes(block));
        all.extend_from_slice(&[0; 8]);
        all.extend_from_slice(&FIXED.decoded[HEAD..]);
    }
    all.truncate(size);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(output: u64, size: usize) -> Vec<u8> {
        let mut all = Vec::new();
        for piece in base64(output, size as u64) {
            assert!(!piece.is_empty());
            all.extend_from_slice(&piece);
        }
        all
    }

    #[test]
    fn encodes_every_size_as_one_base64() {
        let sizes = (0..80).chain([BLOCK - 1, BLOCK, BLOCK + 1, BLOCK + 23, BLOCK + 25, 3 * BLOCK + 1000]);
        for size in sizes {
            let expected = STANDARD.encode(decoded(7, size));
            assert!(joined(7, size) == expected.as_bytes(), "size {size}");
        }
    }

    #[test]
    fn the_sequence_is_the_known_one() {
        assert_eq!(FIXED.decoded.len(), BLOCK);
        // Computed by another program.
        assert_eq!(FIXED.decoded[..8], [0x19, 0x46, 0x0c, 0x51, 0x3e, 0x55, 0x2e, 0xe0]);
        assert_eq!(FIXED.decoded[BLOCK - 4..], [0x49, 0xab, 0x19, 0x81]);
    }

    #[test]
    fn blocks_and_outputs_differ() {
        let two = decoded(1, 2 * BLOCK);
        assert_ne!(two[..HEAD], two[BLOCK..BLOCK + HEAD]);
        assert_ne!(decoded(1, HEAD), decoded(2, HEAD));
    }
}
