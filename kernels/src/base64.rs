//! Base64 that arrives in pieces, decoded as it arrives.
//!
//! Rules: RFC 4648 section 4, the standard alphabet only, with or without padding. White space, the URL alphabet,
//! wrong padding and left-over bits are refused, so that a damaged file never passes for a whole one.

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod simd;

use crate::FirstFailure;

/// The six bits of each character, or [`NONE`].
const VALUES: [u8; 256] = values();
const NONE: u8 = 0xff;
/// More than any six bits.
const BEYOND: u8 = 0xc0;

const fn values() -> [u8; 256] {
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut values = [NONE; 256];
    let mut value = 0;
    while value < alphabet.len() {
        values[alphabet[value] as usize] = value as u8;
        value += 1;
    }
    values
}

/// Why base64 was refused: the offset of the character at fault, and what is wrong with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Base64Error {
    /// Offset in characters.
    pub offset: u64,
    /// What is wrong, as a clause for a message.
    pub what: &'static str,
}

impl std::fmt::Display for Base64Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "at character {}: {}", self.offset, self.what)
    }
}

impl std::error::Error for Base64Error {}

/// Decodes base64 from pieces that may be split anywhere.
///
/// ```
/// # mod viewcomfy_wasm { pub use viewcomfy_kernels as protocol; }
/// use viewcomfy_wasm::protocol::base64::{Base64Decoder, room_for};
///
/// let mut decoder = Base64Decoder::default();
/// let mut out = [0; 16];
/// let mut length = decoder.feed(b"aGVs", &mut out)?;
/// assert!(out.len() - length >= room_for(4));
/// length += decoder.feed(b"bG8=", &mut out[length..])?;
/// let (rest, characters) = decoder.finish(&mut out[length..])?;
/// assert_eq!((&out[..length + rest], characters), (b"hello".as_slice(), 8));
/// # Ok::<(), viewcomfy_kernels::base64::Base64Error>(())
/// ```
#[derive(Debug, Default)]
pub struct Base64Decoder {
    failure: FirstFailure<Base64Error>,
    /// The characters of a quartet that is not complete yet.
    carry: [u8; 4],
    carried: usize,
    padding: u64,
    /// Characters taken, padding included.
    taken: u64,
}

impl Base64Decoder {
    /// Decodes the next characters into `out`, which must have [`room_for`] them, and returns the number of bytes
    /// written.
    ///
    /// # Errors
    /// [`Base64Error`] for characters that are refused. Every later call fails with the same error.
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

    /// Decodes what is left, at most two bytes, and returns the number of bytes written and of all characters read.
    ///
    /// # Errors
    /// [`Base64Error`] if the characters end in the middle of a byte or with wrong padding, or if
    /// [`Base64Decoder::feed`] refused some.
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

    /// Completes a quartet that an earlier piece began; returns the characters after it and the number of bytes
    /// written.
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
        let count = exact(rest, &mut out[made..])
            .map_err(|Refused { at, what }| refused(self.taken + at as u64, what))?;
        self.taken += rest.len() as u64;
        Ok(made + count)
    }

    fn pad(&mut self, padding: &[u8]) -> Result<(), Base64Error> {
        for &character in padding {
            // It completes a quartet after two or three characters, and ends the text.
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

    /// The error for `offset`, unless a character of the quartet before it, which has not been looked at yet, is
    /// already wrong.
    fn refused_behind_carry(&self, offset: u64, what: &'static str) -> Base64Error {
        let start = self.taken - self.carried as u64 - self.padding;
        match first_bad(&self.carry[..self.carried]) {
            Some(Refused { at, what }) => refused(start + at as u64, what),
            None => refused(offset, what),
        }
    }
}

/// What is wrong, and at which character.
struct Refused {
    at: usize,
    what: &'static str,
}

/// Decodes quartets, of which the last may be short, and returns the number of bytes written.
fn exact(characters: &[u8], out: &mut [u8]) -> Result<usize, Refused> {
    let (quartets, last) = characters.as_chunks::<4>();
    let made = quartets.len() * 3;
    let count = made + (last.len() * 3) / 4;
    let Some(out) = out.get_mut(..count) else {
        return Err(Refused { at: 0, what: "there is no room to decode it" });
    };
    let (rooms, last_room) = out.as_chunks_mut::<3>();
    for (index, (quartet, room)) in quartets.iter().zip(rooms).enumerate() {
        let bits = bits_of(quartet).ok_or_else(|| bad_in(quartet, index * 4))?;
        *room = [(bits >> 16) as u8, (bits >> 8) as u8, bits as u8];
    }
    let mut quartet = [b'A'; 4];
    quartet[..last.len()].copy_from_slice(last);
    let at = characters.len() - last.len();
    let bits = bits_of(&quartet).ok_or_else(|| bad_in(last, at))?;
    let [_, bytes @ ..] = bits.to_be_bytes();
    let (whole, left_over) = bytes.split_at(last_room.len());
    last_room.copy_from_slice(whole);
    if left_over.iter().any(|bits| *bits != 0) {
        let what = "bits are left over behind its last byte";
        return Err(Refused { at: characters.len().saturating_sub(1), what });
    }
    Ok(count)
}

/// The bits of a quartet; `None` if one of its characters is not base64.
fn bits_of(quartet: &[u8; 4]) -> Option<u32> {
    let [a, b, c, d] = quartet.map(|character| VALUES[usize::from(character)]);
    let bits = u32::from(a) << 18 | u32::from(b) << 12 | u32::from(c) << 6 | u32::from(d);
    ((a | b | c | d) & BEYOND == 0).then_some(bits)
}

/// The first character that is not base64.
fn first_bad(characters: &[u8]) -> Option<Refused> {
    let at = characters.iter().position(|character| VALUES[usize::from(*character)] == NONE)?;
    let what = match characters[at] {
        b'-' | b'_' => "it uses the URL alphabet (- and _), the protocol the standard one",
        _ => "this character is not base64",
    };
    Some(Refused { at, what })
}

#[cold]
fn bad_in(characters: &[u8], from: usize) -> Refused {
    let what = "its length or padding is wrong";
    let Refused { at, what } = first_bad(characters).unwrap_or(Refused { at: 0, what });
    Refused { at: from + at, what }
}

/// How many bytes of room so many characters need, those kept from an earlier piece included.
pub const fn room_for(characters: usize) -> usize {
    characters.div_ceil(4) * 3 + 3
}

/// Decodes the front as far as the quick way goes, and returns the number of characters. [`exact`] takes the rest,
/// which may begin with a character that is not base64.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
fn fast(characters: &[u8], out: &mut [u8]) -> usize {
    simd::decode(characters, out)
}

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
fn fast(_: &[u8], _: &mut [u8]) -> usize {
    0
}

fn refused(offset: u64, what: &'static str) -> Base64Error {
    Base64Error { offset, what }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::prelude::{BASE64_STANDARD, BASE64_STANDARD_NO_PAD};
    use base64::{DecodeError, Engine};

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
    fn any_character_at_any_place_means_what_the_crate_base64_says() {
        for character in 0..=255 {
            for (length, at) in [(4, 0), (4, 3), (8, 4), (8, 6), (6, 5), (7, 6), (96, 80)] {
                let mut text = vec![b'A'; length];
                text[at] = character;
                let expected = BASE64_STANDARD_NO_PAD.decode(&text).map_err(|error| match error {
                    DecodeError::InvalidByte(offset, _) => offset as u64,
                    DecodeError::InvalidLastSymbol { offset, .. } => offset as u64,
                    _ => u64::MAX,
                });
                // Padding has its own rule.
                if character != b'=' {
                    assert_eq!(
                        decode(&[&text]).map_err(|error| error.offset),
                        expected,
                        "{character} at {at}"
                    );
                }
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
