//! Base64 that arrives in pieces, decoded as it comes. Depends on nothing here.
//!
//! Rules: RFC 4648 section 4, the standard alphabet only, with or without padding. White space, the URL alphabet,
//! wrong padding and left-over bits are refused, so that a damaged file never looks whole.

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod simd;

use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use base64::{DecodeError, Engine, alphabet};

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

/// Decodes base64 from pieces split anywhere.
#[derive(Debug, Default)]
pub struct Base64Decoder {
    /// Characters of a quartet that is not whole yet.
    carry: [u8; 4],
    carried: usize,
    padding: u64,
    /// Characters taken, padding included.
    taken: u64,
}

impl Base64Decoder {
    /// Decodes some more characters and appends the bytes to `out`.
    ///
    /// # Errors
    /// The characters are refused; the decoder must not be used after that.
    pub fn feed(&mut self, characters: &[u8], out: &mut Vec<u8>) -> Result<(), Base64Error> {
        let body = match self.padding {
            0 => memchr::memchr(b'=', characters).unwrap_or(characters.len()),
            _ => 0,
        };
        let (body, padding) = characters.split_at(body);
        let rest = self.fill_carry(body, out)?;
        let (quartets, tail) = rest.split_at(rest.len() & !3);
        self.decode(quartets, out)?;
        self.carry[self.carried..self.carried + tail.len()].copy_from_slice(tail);
        self.carried += tail.len();
        self.taken += tail.len() as u64;
        self.pad(padding)
    }

    /// Decodes what is left; returns how many characters there were.
    ///
    /// # Errors
    /// The characters end in the middle of a byte or with wrong padding.
    pub fn finish(mut self, out: &mut Vec<u8>) -> Result<u64, Base64Error> {
        let characters = self.taken;
        if self.carried == 1 {
            return Err(refused(characters, "it ends in the middle of a byte"));
        }
        if self.padding > 0 && self.carried as u64 + self.padding != 4 {
            return Err(refused(characters, "the padding at its end is wrong"));
        }
        self.taken -= self.carried as u64 + self.padding;
        self.decode(&{ self.carry }[..self.carried], out)?;
        Ok(characters)
    }

    /// Completes a quartet begun in an earlier piece, and returns the characters behind it.
    fn fill_carry<'c>(&mut self, characters: &'c [u8], out: &mut Vec<u8>) -> Result<&'c [u8], Base64Error> {
        if self.carried == 0 || characters.is_empty() {
            return Ok(characters);
        }
        let missing = (4 - self.carried).min(characters.len());
        let (head, rest) = characters.split_at(missing);
        self.carry[self.carried..self.carried + missing].copy_from_slice(head);
        self.carried += missing;
        self.taken += missing as u64;
        if self.carried == 4 {
            self.carried = 0;
            self.taken -= 4;
            self.decode(&{ self.carry }, out)?;
        }
        Ok(rest)
    }

    fn decode(&mut self, characters: &[u8], out: &mut Vec<u8>) -> Result<(), Base64Error> {
        let done = fast(characters, out);
        self.taken += done as u64;
        let rest = &characters[done..];
        ENGINE.decode_vec(rest, out).map_err(|error| self.explain(error))?;
        self.taken += rest.len() as u64;
        Ok(())
    }

    fn pad(&mut self, padding: &[u8]) -> Result<(), Base64Error> {
        for &character in padding {
            self.padding += 1;
            if character != b'=' || self.padding > 2 {
                return Err(refused(self.taken, "there is more behind the padding that ends it"));
            }
            self.taken += 1;
        }
        Ok(())
    }

    fn explain(&self, error: DecodeError) -> Base64Error {
        match error {
            DecodeError::InvalidByte(at, b'-' | b'_') => refused(
                self.taken + at as u64,
                "it uses the URL alphabet (- and _), the protocol the standard one",
            ),
            DecodeError::InvalidByte(at, _) => {
                refused(self.taken + at as u64, "this character is not base64")
            }
            DecodeError::InvalidLastSymbol { .. } => {
                refused(self.taken, "bits are left over behind its last byte")
            }
            _ => refused(self.taken, "its length or padding is wrong"),
        }
    }
}

/// Decodes from the front as much as goes quickly, and says how many characters that was; what it leaves, a
/// character that is not base64 among it, is for the engine.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
fn fast(characters: &[u8], out: &mut Vec<u8>) -> usize {
    simd::decode(characters, out)
}

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
fn fast(_: &[u8], _: &mut Vec<u8>) -> usize {
    0
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
        for piece in pieces {
            decoder.feed(piece, &mut bytes)?;
        }
        let count = decoder.finish(&mut bytes)?;
        assert_eq!(count, pieces.iter().map(|piece| piece.len() as u64).sum::<u64>());
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
            ("A===", 3),
            ("AA===", 4),
            ("AAA==", 5),
            ("AAAA=", 5),
            ("====", 2),
            ("AB==", 0),
            ("é", 0),
        ] {
            for chunk in [1, 3, 100] {
                let pieces: Vec<_> = text.as_bytes().chunks(chunk).collect();
                assert_eq!(decode(&pieces).map_err(|e| e.offset), Err(offset), "{text} by {chunk}");
            }
        }
    }
}
