//! Base64 that arrives in pieces, decoded as it comes.
//!
//! Rules: RFC 4648 section 4, the standard alphabet only, with or without padding. White space, the URL alphabet,
//! wrong padding and left-over bits are refused, so that a damaged file never looks whole.

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod simd;

use crate::FirstFailure;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use base64::{DecodeError, DecodeSliceError, Engine, alphabet};

const ENGINE: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::RequireNone),
);

/// Why base64 was refused: the offset of the character at fault, and what is wrong with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Base64Error {
    /// Offset in characters.
    pub offset: u64,
    /// What is wrong, as a clause.
    pub what: &'static str,
}

impl std::fmt::Display for Base64Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "at character {}: {}", self.offset, self.what)
    }
}

impl std::error::Error for Base64Error {}

/// Decodes base64 from pieces split anywhere.
#[derive(Debug, Default)]
pub struct Base64Decoder {
    failure: FirstFailure<Base64Error>,
    /// Characters of a quartet that is not whole yet.
    carry: [u8; 4],
    carried: usize,
    padding: u64,
    /// Characters taken, padding included.
    taken: u64,
}

impl Base64Decoder {
    /// Decodes some more characters into `out`, which must have [`room_for`] them, and returns the number of bytes.
    ///
    /// # Errors
    /// The characters are refused. Every later call fails with the same error.
    pub fn feed(&mut self, characters: &[u8], out: &mut [u8]) -> Result<usize, Base64Error> {
        self.failure.check()?;
        let decoded = self.read(characters, out);
        self.failure.keep(decoded)
    }

    fn read(&mut self, characters: &[u8], out: &mut [u8]) -> Result<usize, Base64Error> {
        let body = match self.padding {
            0 => memchr::memchr(b'=', characters).unwrap_or(characters.len()),
            _ => 0,
        };
        let (body, padding) = characters.split_at(body);
        let (rest, first) = self.fill_carry(body, out)?;
        let (quartets, tail) = rest.split_at(rest.len() & !3);
        let count = first + self.decode(quartets, &mut out[first..])?;
        self.carry[self.carried..self.carried + tail.len()].copy_from_slice(tail);
        self.carried += tail.len();
        self.taken += tail.len() as u64;
        self.pad(padding)?;
        Ok(count)
    }

    /// Decodes what is left, at most two bytes, and returns their number and that of all characters.
    ///
    /// # Errors
    /// The characters end in the middle of a byte or with wrong padding, or [`Base64Decoder::feed`] refused some.
    pub fn finish(mut self, out: &mut [u8]) -> Result<(usize, u64), Base64Error> {
        self.failure.check()?;
        let characters = self.taken;
        if self.carried == 1 {
            return Err(self.refused_behind_carry(characters, "it ends in the middle of a byte"));
        }
        if self.padding > 0 && self.carried as u64 + self.padding != 4 {
            return Err(self.refused_behind_carry(characters, "the padding at its end is wrong"));
        }
        self.taken -= self.carried as u64 + self.padding;
        let count = self.decode(&{ self.carry }[..self.carried], out)?;
        Ok((count, characters))
    }

    /// Completes a quartet begun in an earlier piece; returns the characters behind it and the bytes it made.
    fn fill_carry<'c>(
        &mut self,
        characters: &'c [u8],
        out: &mut [u8],
    ) -> Result<(&'c [u8], usize), Base64Error> {
        if self.carried == 0 || characters.is_empty() {
            return Ok((characters, 0));
        }
        let missing = (4 - self.carried).min(characters.len());
        let (head, rest) = characters.split_at(missing);
        self.carry[self.carried..self.carried + missing].copy_from_slice(head);
        self.carried += missing;
        self.taken += missing as u64;
        let mut count = 0;
        if self.carried == 4 {
            self.carried = 0;
            self.taken -= 4;
            count = self.decode(&{ self.carry }, out)?;
        }
        Ok((rest, count))
    }

    fn decode(&mut self, characters: &[u8], out: &mut [u8]) -> Result<usize, Base64Error> {
        let done = fast(characters, out);
        self.taken += done as u64;
        let (rest, made) = (&characters[done..], done / 4 * 3);
        let decoded = ENGINE.decode_slice(rest, &mut out[made..]);
        let count = decoded.map_err(|error| self.explain(error))?;
        self.taken += rest.len() as u64;
        Ok(made + count)
    }

    fn pad(&mut self, padding: &[u8]) -> Result<(), Base64Error> {
        for &character in padding {
            // It fills a quartet up behind two or three characters, and ends the text.
            let in_quartet = self.carried as u64 + self.padding;
            if character != b'=' || self.carried < 2 || in_quartet == 4 {
                let what = match self.padding {
                    0 => "padding does not belong here",
                    _ => "there is more behind the padding that ends it",
                };
                return Err(self.refused_behind_carry(self.taken, what));
            }
            self.padding += 1;
            self.taken += 1;
        }
        Ok(())
    }

    /// The error for `offset`, unless a character of the quartet before it, not looked at yet, is at fault already.
    fn refused_behind_carry(&self, offset: u64, what: &'static str) -> Base64Error {
        let mut quartet = [b'A'; 4];
        quartet[..self.carried].copy_from_slice(&self.carry[..self.carried]);
        let start = self.taken - self.carried as u64 - self.padding;
        match ENGINE.decode_slice(quartet, &mut [0; 3]) {
            Err(DecodeSliceError::DecodeError(DecodeError::InvalidByte(at, byte))) => {
                bad_character(start + at as u64, byte)
            }
            _ => refused(offset, what),
        }
    }

    fn explain(&self, error: DecodeSliceError) -> Base64Error {
        let DecodeSliceError::DecodeError(error) = error else {
            return refused(self.taken, "there is no room to decode it");
        };
        match error {
            DecodeError::InvalidByte(at, byte) => bad_character(self.taken + at as u64, byte),
            DecodeError::InvalidLastSymbol { offset, .. } => {
                refused(self.taken + offset as u64, "bits are left over behind its last byte")
            }
            _ => refused(self.taken, "its length or padding is wrong"),
        }
    }
}

/// Room in bytes that so many characters need, those kept from before among them.
pub const fn room_for(characters: usize) -> usize {
    characters.div_ceil(4) * 3 + 3
}

/// Decodes from the front as much as goes quickly, and says how many characters that was; what it leaves, a
/// character that is not base64 among it, is for the engine.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
fn fast(characters: &[u8], out: &mut [u8]) -> usize {
    simd::decode(characters, out)
}

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
fn fast(_: &[u8], _: &mut [u8]) -> usize {
    0
}

fn bad_character(offset: u64, byte: u8) -> Base64Error {
    refused(
        offset,
        match byte {
            b'-' | b'_' => "it uses the URL alphabet (- and _), the protocol the standard one",
            _ => "this character is not base64",
        },
    )
}

fn refused(offset: u64, what: &'static str) -> Base64Error {
    Base64Error { offset, what }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::prelude::{BASE64_STANDARD, BASE64_STANDARD_NO_PAD};

    fn decode(pieces: &[&[u8]]) -> Result<Vec<u8>, Base64Error> {
        let (mut decoder, mut bytes) = (Base64Decoder::default(), Vec::new());
        let mut room = vec![0; room_for(100)];
        for piece in pieces {
            let count = decoder.feed(piece, &mut room)?;
            bytes.extend_from_slice(&room[..count]);
        }
        let (count, characters) = decoder.finish(&mut room)?;
        bytes.extend_from_slice(&room[..count]);
        assert_eq!(characters, pieces.iter().map(|piece| piece.len() as u64).sum::<u64>());
        Ok(bytes)
    }

    fn sample(len: usize) -> Vec<u8> {
        (0..len).map(|i| (i * 7 % 256) as u8).collect()
    }

    #[test]
    fn every_length_and_split_decodes_with_and_without_padding() {
        for len in 0..20 {
            let bytes = sample(len);
            for text in [BASE64_STANDARD.encode(&bytes), BASE64_STANDARD_NO_PAD.encode(&bytes)] {
                for split in 0..=text.len() {
                    let (a, b) = text.as_bytes().split_at(split);
                    assert_eq!(decode(&[a, b]), Ok(bytes.clone()), "{text} at {split}");
                }
                assert_eq!(decode(&text.as_bytes().chunks(1).collect::<Vec<_>>()), Ok(bytes.clone()));
            }
        }
    }

    #[test]
    fn damage_is_refused_with_its_offset() {
        for (text, offset) in [
            ("AAAA\nAAAA", 4),
            ("AAAAAA-A", 6),
            ("AA=A", 3),
            ("AAAAA", 5),
            ("A===", 1),
            ("AA===", 4),
            ("AAA==", 4),
            ("AAAA=", 4),
            ("====", 0),
            ("AB==", 1),
            ("é", 0),
        ] {
            for chunk in [1, 3, 100] {
                let pieces: Vec<_> = text.as_bytes().chunks(chunk).collect();
                assert_eq!(decode(&pieces).map_err(|e| e.offset), Err(offset), "{text} by {chunk}");
            }
        }
    }
}
