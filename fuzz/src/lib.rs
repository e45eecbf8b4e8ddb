//! What the fuzz targets share: splitting the input, and the tests' helpers that drive the crate's readers.

#[path = "../../tests/host/read.rs"]
#[allow(missing_docs, reason = "shared with the tests, which do not document its fields")]
pub mod read;

#[path = "../../tests/host/find/source.rs"]
#[allow(missing_docs, reason = "shared with the tests, which do not document its fields")]
pub mod source;

#[path = "../../tests/host/apply/spans.rs"]
#[allow(missing_docs, clippy::unwrap_used, reason = "shared with the tests")]
pub mod spans;

use std::sync::LazyLock;
use viewcomfy_wasm::definitions::Definitions;

/// Separates the parts of an input that has several; this byte never occurs in UTF-8.
const SEPARATOR: u8 = 0xff;

/// The bytes before the first separator and those after it; none if there is no separator.
pub fn two(data: &[u8]) -> (&[u8], &[u8]) {
    match data.iter().position(|byte| *byte == SEPARATOR) {
        Some(at) => (&data[..at], &data[at + 1..]),
        None => (data, &[]),
    }
}

/// The bytes in chunks, some of them empty, whose lengths depend on the bytes alone, so that a case is reproducible.
pub fn pieces(data: &[u8]) -> Vec<&[u8]> {
    let mut state = data.iter().fold(0xcbf2_9ce4_8422_2325_u64, |state, byte| {
        (state ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let longest = 1 + (state >> 8) % 40;
    let (mut pieces, mut rest) = (Vec::new(), data);
    while !rest.is_empty() {
        state = state.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(1);
        let (piece, behind) = rest.split_at(((state >> 33) % (longest + 1)) as usize % (rest.len() + 1));
        pieces.push(piece);
        rest = behind;
    }
    pieces
}

/// The bytes in chunks of one byte.
pub fn bytes(data: &[u8]) -> Vec<&[u8]> {
    data.chunks(1).collect()
}

/// The definitions that come with the package.
pub fn bundled() -> &'static Definitions {
    static BUNDLED: LazyLock<Definitions> = LazyLock::new(|| {
        let text = include_bytes!("../../pkg/definitions.json");
        Definitions::parse_bundled(text).unwrap_or_else(|error| panic!("{error}"))
    });
    &BUNDLED
}

/// Panics unless JavaScript's `JSON.parse` would accept the text.
pub fn assert_strict_json(json: &str) {
    // serde_json reads 127 levels, fewer than our output can have around a file's own.
    let parsed = serde_json::from_str::<serde::de::IgnoredAny>(json);
    assert!(
        parsed.as_ref().err().is_none_or(|error| error.to_string().starts_with("recursion limit")),
        "{parsed:?}: {json}"
    );
}
