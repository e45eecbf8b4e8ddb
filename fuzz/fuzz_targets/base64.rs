//! Base64: the same result as the crate base64, however the characters are cut into chunks.
#![no_main]

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use libfuzzer_sys::fuzz_target;
use viewcomfy_fuzz::{bytes, pieces, read};

/// Padding may be left out, since our decoder allows that.
const ENGINE: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

fuzz_target!(|data: &[u8]| {
    let whole = read::base64(&[data]);
    assert_eq!(read::base64(&pieces(data)), whole);
    assert_eq!(read::base64(&bytes(data)), whole);
    // Incomplete padding is invalid for us, but the crate accepts it.
    let is_half = data.ends_with(b"=") && !data.len().is_multiple_of(4);
    assert_eq!(whole.ok(), ENGINE.decode(data).ok().filter(|_| !is_half));
    let encoded = ENGINE.encode(data);
    assert_eq!(read::base64(&pieces(encoded.as_bytes())).as_deref(), Ok(data));
});
