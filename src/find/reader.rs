//! The parts of a file that were read so far.

use super::bytes::{Fields, be, le};
use super::{Find, MAX_TEXT, Stop, damaged};
use std::cell::Cell;

/// How many fields are looked at in one file: a fraction of a second, and more than a film of hours without an index has.
const MAX_STEPS: u32 = 5_000_000;

/// How many parts are kept at once. A walk goes back to few of them; what it still misses is read again.
const MAX_PIECES: usize = 16;

/// What was read of a file. A parser that asks for more is stopped, and started again when that has come.
#[derive(Debug, Default)]
pub(super) struct Reader {
    size: u64,
    pieces: Vec<Piece>,
    marked: Cell<u64>,
    steps: Cell<u32>,
    /// The compressed text inflated last, by its place, or why there is none.
    inflated: Option<(u64, Result<Vec<u8>, &'static str>)>,
}

#[derive(Debug)]
struct Piece {
    at: u64,
    bytes: Vec<u8>,
}

impl Piece {
    fn end(&self) -> u64 {
        self.at + self.bytes.len() as u64
    }

    fn part(&self, at: u64, length: usize) -> Option<&[u8]> {
        let from = usize::try_from(at.checked_sub(self.at)?).ok()?;
        self.bytes.get(from..from.checked_add(length)?)
    }
}

impl Reader {
    /// A file of which nothing was read.
    pub(super) fn new(size: u64) -> Self {
        Self { size, ..Self::default() }
    }

    /// A file that is all there.
    pub(super) fn whole(bytes: Vec<u8>) -> Self {
        let size = bytes.len() as u64;
        Self { size, pieces: vec![Piece { at: 0, bytes }], ..Self::default() }
    }

    pub(super) fn size(&self) -> u64 {
        self.size
    }

    /// The file turned out to be shorter.
    pub(super) fn ends_at(&mut self, size: u64) {
        self.size = size;
    }

    /// Exactly the bytes asked for; a file that ends before them is damaged.
    pub(super) fn bytes(&self, at: u64, length: u64) -> Find<&[u8]> {
        if at > self.size || length > self.size - at {
            return damaged(at, "the file ends too early");
        }
        if length == 0 {
            return Ok(&[]);
        }
        let Some(length) = usize::try_from(length).ok().filter(|length| *length <= MAX_TEXT) else {
            return damaged(at, "a part of it is larger than 64 MB, more than any workflow");
        };
        let steps = self.steps.get() + 1;
        if steps > MAX_STEPS {
            return damaged(at, "it has too many parts to search");
        }
        self.steps.set(steps);
        let piece = self.pieces.iter().rev().find_map(|piece| piece.part(at, length));
        piece.ok_or(Stop::Read { at, length })
    }

    /// As many bytes as asked for, fewer only where the file ends.
    pub(super) fn up_to(&self, at: u64, length: u64) -> Find<&[u8]> {
        self.bytes(at, length.min(self.size.saturating_sub(at)))
    }

    /// A number in big-endian order, of at most eight bytes.
    pub(super) fn be(&self, at: u64, length: u64) -> Find<u64> {
        Ok(be(self.bytes(at, length)?))
    }

    /// A number in little-endian order, of at most eight bytes.
    pub(super) fn le(&self, at: u64, length: u64) -> Find<u64> {
        Ok(le(self.bytes(at, length)?))
    }

    /// Four characters.
    pub(super) fn name(&self, at: u64) -> Find<[u8; 4]> {
        Ok((self.be(at, 4)? as u32).to_be_bytes())
    }

    /// Where a walk from `first` goes on: at the place marked last.
    pub(super) fn start(&self, first: u64) -> u64 {
        self.marked.get().max(first)
    }

    /// Everything before `at` has been looked at.
    pub(super) fn mark(&self, at: u64) {
        self.marked.set(at);
    }

    /// What is compressed in some bytes that were read.
    pub(super) fn inflated(&self, zlib: Fields<'_>) -> Find<&[u8]> {
        let at = zlib.at;
        match &self.inflated {
            Some((known, Ok(text))) if *known == at => Ok(text),
            Some((known, Err(what))) if *known == at => damaged(at, what),
            _ => Err(Stop::Inflate { at, length: zlib.rest.len() }),
        }
    }

    /// Takes a part of the file, and lets go of those that are behind the mark, all but the first: what a file begins
    /// with is looked at again.
    pub(super) fn add(&mut self, at: u64, bytes: Vec<u8>) {
        let marked = self.marked.get();
        self.pieces.retain(|piece| piece.at == 0 || piece.end() > marked);
        if self.pieces.len() == MAX_PIECES {
            self.pieces.remove(1);
        }
        self.pieces.push(Piece { at, bytes });
    }

    /// Takes the text that was compressed at `at`, or why there is none.
    pub(super) fn add_inflated(&mut self, at: u64, text: Result<Vec<u8>, &'static str>) {
        self.inflated = Some((at, text));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_asked_for_and_what_is_past_the_end_is_damage() {
        let mut reader = Reader::new(10);
        assert!(matches!(reader.bytes(2, 4), Err(Stop::Read { at: 2, length: 4 })));
        assert!(matches!(reader.bytes(8, 3), Err(Stop::Damaged { at: 8, .. })));
        assert!(matches!(reader.bytes(u64::MAX, u64::MAX), Err(Stop::Damaged { .. })));
        reader.add(2, vec![1, 2, 3, 4]);
        assert!(matches!(reader.be(3, 2), Ok(0x0203)));
        assert!(matches!(reader.le(3, 2), Ok(0x0302)));
        assert!(matches!(reader.bytes(3, 4), Err(Stop::Read { at: 3, length: 4 })));
        assert!(matches!(reader.up_to(10, 4), Ok([])));
    }

    #[test]
    fn parts_behind_the_mark_are_let_go() {
        let mut reader = Reader::new(100);
        reader.add(0, vec![0; 10]);
        reader.mark(10);
        reader.add(10, vec![0; 10]);
        reader.mark(20);
        reader.add(30, vec![0; 10]);
        assert_eq!(reader.pieces.iter().map(|piece| piece.at).collect::<Vec<_>>(), [0, 30]);
        assert_eq!((reader.start(8), reader.start(24)), (20, 24));
    }
}
