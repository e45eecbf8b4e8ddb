//! Base64 that arrives in pieces, decoded into pieces of a fixed size. Depends on nothing here.
//!
//! Rules: RFC 4648 section 4, the standard alphabet only, with or without padding. White space, the URL alphabet,
//! wrong padding and left-over bits are refused, so that a damaged file never looks whole.

use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use base64::{DecodeSliceError, Engine, alphabet};

const ENGINE: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::RequireNone),
);

/// Size of the decoded pieces in bytes; only the last one may be shorter.
pub const PIECE: usize = 256 * 1024;

/// How much is decoded at once: whole quartets that make a whole number of bytes of [`PIECE`].
const BLOCK: usize = 4096;

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
    decoded: u64,
    /// Decoded bytes that do not make a piece yet.
    piece: Vec<u8>,
}

impl Base64Decoder {
    /// Decodes some more characters; `out` gets each piece that became full.
    ///
    /// # Errors
    /// The characters are refused, or `out` fails.
    pub fn feed<E: From<Base64Error>>(
        &mut self,
        characters: &[u8],
        out: &mut impl FnMut(&[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        let body = memchr::memchr(b'=', characters).unwrap_or(characters.len());
        let (body, padding) = characters.split_at(if self.padding > 0 { 0 } else { body });
        let mut rest = self.fill_carry(body, out)?;
        while rest.len() >= 4 {
            let block = rest.len().min(BLOCK) & !3;
            self.decode(&rest[..block], out)?;
            rest = &rest[block..];
        }
        self.carry[..rest.len()].copy_from_slice(rest);
        self.carried += rest.len();
        self.taken += rest.len() as u64;
        self.pad(padding)?;
        Ok(())
    }

    /// Decodes what is left and gives the last piece out; returns the number of decoded bytes.
    ///
    /// # Errors
    /// The characters end in the middle of a byte or with wrong padding, or `out` fails.
    pub fn finish<E: From<Base64Error>>(
        mut self,
        out: &mut impl FnMut(&[u8]) -> Result<(), E>,
    ) -> Result<u64, E> {
        if self.carried == 1 {
            return Err(self.refuse(self.taken, "it ends in the middle of a byte"));
        }
        if self.padding > 0 && self.carried as u64 + self.padding != 4 {
            return Err(self.refuse(self.taken, "the padding at its end is wrong"));
        }
        let (carry, carried) = (self.carry, std::mem::take(&mut self.carried));
        self.taken -= carried as u64 + self.padding;
        self.decode(&carry[..carried], out)?;
        if !self.piece.is_empty() {
            out(&self.piece)?;
        }
        Ok(self.decoded)
    }

    /// Completes a quartet begun in an earlier piece, and returns the characters behind it.
    fn fill_carry<'c, E: From<Base64Error>>(
        &mut self,
        characters: &'c [u8],
        out: &mut impl FnMut(&[u8]) -> Result<(), E>,
    ) -> Result<&'c [u8], E> {
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

    fn decode<E: From<Base64Error>>(
        &mut self,
        characters: &[u8],
        out: &mut impl FnMut(&[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut bytes = [0; BLOCK / 4 * 3];
        let count = ENGINE.decode_slice(characters, &mut bytes).map_err(|error| self.explain(error))?;
        self.taken += characters.len() as u64;
        self.decoded += count as u64;
        let mut bytes = &bytes[..count];
        while !bytes.is_empty() {
            let room = PIECE - self.piece.len();
            let (head, rest) = bytes.split_at(bytes.len().min(room));
            self.piece.extend_from_slice(head);
            bytes = rest;
            if self.piece.len() == PIECE {
                out(&self.piece)?;
                self.piece.clear();
            }
        }
        Ok(())
    }

    fn pad<E: From<Base64Error>>(&mut self, padding: &[u8]) -> Result<(), E> {
        for &character in padding {
            self.padding += 1;
            if character != b'=' || self.padding > 2 {
                return Err(self.refuse(self.taken, "there is more behind the padding that ends it"));
            }
            self.taken += 1;
        }
        Ok(())
    }

    fn explain<E: From<Base64Error>>(&self, error: DecodeSliceError) -> E {
        let DecodeSliceError::DecodeError(error) = error else {
            return self.refuse(self.taken, "it cannot be decoded");
        };
        match error {
            base64::DecodeError::InvalidByte(at, b'-' | b'_') => self.refuse(
                self.taken + at as u64,
                "it uses the URL alphabet (- and _), the protocol the standard one",
            ),
            base64::DecodeError::InvalidByte(at, _) => {
                self.refuse(self.taken + at as u64, "this character is not base64")
            }
            base64::DecodeError::InvalidLastSymbol { .. } => {
                self.refuse(self.taken, "bits are left over behind its last byte")
            }
            _ => self.refuse(self.taken, "its length or padding is wrong"),
        }
    }

    fn refuse<E: From<Base64Error>>(&self, offset: u64, what: &'static str) -> E {
        E::from(Base64Error { offset, what })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::prelude::{BASE64_STANDARD, BASE64_STANDARD_NO_PAD};

    fn decode(pieces: &[&[u8]]) -> Result<Vec<u8>, Base64Error> {
        let mut decoder = Base64Decoder::default();
        let mut bytes = Vec::new();
        let mut out = |piece: &[u8]| {
            bytes.extend_from_slice(piece);
            Ok(())
        };
        for piece in pieces {
            decoder.feed::<Base64Error>(piece, &mut out)?;
        }
        let count = decoder.finish::<Base64Error>(&mut out)?;
        assert_eq!(count, bytes.len() as u64);
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
    fn pieces_have_a_fixed_size() {
        let bytes = sample(PIECE * 2 + 5);
        let text = BASE64_STANDARD.encode(&bytes);
        let mut sizes = Vec::new();
        let mut decoder = Base64Decoder::default();
        let mut out = |piece: &[u8]| {
            sizes.push(piece.len());
            Ok::<(), Base64Error>(())
        };
        let fed = text.as_bytes().chunks(9973).try_for_each(|chunk| decoder.feed(chunk, &mut out));
        assert_eq!(fed.and_then(|()| decoder.finish(&mut out)), Ok(bytes.len() as u64));
        assert_eq!(sizes, [PIECE, PIECE, 5]);
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
