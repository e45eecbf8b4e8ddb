//! Base64 is decoded, or refused at the first character at fault, as the definition has it.

use super::cases;
use crate::given::bytes::{Bytes, any_damage, cuts};
use crate::read;
use base64::prelude::{BASE64_STANDARD, BASE64_STANDARD_NO_PAD, Engine};
use proptest::prelude::*;
use viewcomfy_wasm::protocol::result::PIECE;

/// A strict decoder that has the whole text: with padding when there is any, without it otherwise.
fn strict(text: &[u8]) -> Option<Vec<u8>> {
    let decoded =
        if text.contains(&b'=') { BASE64_STANDARD.decode(text) } else { BASE64_STANDARD_NO_PAD.decode(text) };
    decoded.ok()
}

/// The first character at fault, from the definition; none when the text is base64.
///
/// A character is at fault where it cannot stand whatever follows. A text that lacks something is at fault at its end,
/// and left-over bits are the fault of the character that has them.
fn fault(text: &[u8]) -> Option<usize> {
    let sextet = |c: &u8| {
        b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".iter().position(|a| a == c)
    };
    let body = text.iter().position(|c| sextet(c).is_none()).unwrap_or(text.len());
    let padding = &text[body..];
    let in_quartet = body % 4;
    let needed = if in_quartet < 2 || padding.is_empty() { 0 } else { 4 - in_quartet };
    let padded = padding.iter().take(needed).take_while(|c| **c == b'=').count();
    if padded < needed || padding.len() > needed || (padding.is_empty() && in_quartet == 1) {
        return Some(body + padded);
    }
    let left_over = match in_quartet {
        2 => 0b1111,
        3 => 0b11,
        _ => return None,
    };
    sextet(&text[body - 1]).is_some_and(|bits| bits & left_over != 0).then_some(body - 1)
}

fn encoded(bytes: &[u8], padded: bool) -> Vec<u8> {
    if padded { BASE64_STANDARD.encode(bytes) } else { BASE64_STANDARD_NO_PAD.encode(bytes) }.into_bytes()
}

/// Short texts of what matters near the end of one.
fn endings() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(prop::sample::select(&b"AABQgw/+=="[..]), 0..10)
}

fn texts() -> impl Strategy<Value = Bytes> {
    let bytes = prop::collection::vec(any::<u8>(), 0..80);
    let damaged = (bytes, any::<bool>(), prop::collection::vec(any_damage(), 0..3)).prop_map(
        |(bytes, padded, damages)| {
            let mut text = encoded(&bytes, padded);
            damages.iter().for_each(|damage| damage.apply(&mut text));
            text
        },
    );
    let spoilt =
        (prop::collection::vec(any::<u8>(), 6_000..20_000), any_damage()).prop_map(|(bytes, damage)| {
            let mut text = encoded(&bytes, true);
            damage.apply(&mut text);
            text
        });
    prop_oneof![20 => damaged, 20 => endings(), 1 => spoilt].prop_map(Bytes)
}

proptest! {
    #![proptest_config(cases(1500))]

    #[test]
    fn decoded_or_refused_at_the_first_fault(text in texts(), cuts in cuts()) {
        let bytes = &text.0;
        prop_assert_eq!(fault(bytes).is_none(), strict(bytes).is_some(), "the model itself");
        for chunks in [vec![bytes.as_slice()], cuts.of(bytes), bytes.chunks(1).collect()] {
            let decoded = read::base64(&chunks);
            let refused_at = decoded.as_ref().err().map(|error| error.offset as usize);
            prop_assert_eq!(refused_at, fault(bytes), "{:?} in {} chunks", decoded, chunks.len());
            prop_assert_eq!(decoded.ok(), strict(bytes));
        }
    }
}

proptest! {
    #![proptest_config(cases(12))]

    #[test]
    fn content_of_several_pieces_is_whole(
        pieces in 1_usize..4,
        beside in -3_isize..4,
        padded in any::<bool>(),
        seed in any::<u8>(),
        cuts in cuts(),
    ) {
        let len = (pieces * PIECE).saturating_add_signed(beside);
        let bytes: Vec<u8> = (0..len).map(|at| (at % 251) as u8 ^ seed).collect();
        let text = encoded(&bytes, padded);
        prop_assert!(read::base64(&cuts.of(&text)).ok() == Some(bytes), "{} bytes in {:?}", len, cuts);
    }
}
