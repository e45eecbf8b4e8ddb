//! The parts of a file that have been read so far.

use super::bytes::{Fields, be, le};
use super::{Find, MAX_TEXT, Stop, damaged};
use std::cell::Cell;

/// How many fields are read in one file: this takes a fraction of a second, and is more than a video of hours without
/// an index has.
const MAX_STEPS: u32 = 5_000_000;

/// The largest size of a file, in bytes: what file systems and programs count with.
const MAX_SIZE: u64 = i64::MAX as u64;

/// How many parts are kept at once. A walk goes back to few of them; a part that it still needs is read again.
const MAX_PIECES: usize = 16;

/// The parts of a file that have been read. A parser that asks for another one is stopped, and started again once it
/// is there.
#[derive(Debug, Default)]
pub(super) struct Reader {
    size: u64,
    pieces: Vec<Piece>,
    marked: Cell<u64>,
    steps: Cell<u32>,
    /// The compressed text that was decompressed last, by its position, or why that failed.
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
    /// A file of which nothing has been read. No file is so large that adding to a position in it overflows.
    pub(super) fn new(size: u64) -> Self {
        Self { size: size.min(MAX_SIZE), ..Self::default() }
    }

    /// A file that is completely in memory.
    pub(super) fn whole(bytes: Vec<u8>) -> Self {
        let size = bytes.len() as u64;
        Self { size, pieces: vec![Piece { at: 0, bytes }], ..Self::default() }
    }

    pub(super) fn size(&self) -> u64 {
        self.size
    }

    /// The file is shorter than expected.
    pub(super) fn ends_at(&mut self, size: u64) {
        self.size = size;
    }

    /// Exactly the bytes that are asked for; a file that ends before them is damaged.
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

    /// As many bytes as asked for; fewer only at the end of the file.
    pub(super) fn up_to(&self, at: u64, length: u64) -> Find<&[u8]> {
        self.bytes(at, length.min(self.size.saturating_sub(at)))
    }

    /// A number in big-endian order, at most eight bytes long.
    pub(super) fn be(&self, at: u64, length: u64) -> Find<u64> {
        Ok(be(self.bytes(at, length)?))
    }

    /// A number in little-endian order, at most eight bytes long.
    pub(super) fn le(&self, at: u64, length: u64) -> Find<u64> {
        Ok(le(self.bytes(at, length)?))
    }

    /// Four characters.
    pub(super) fn name(&self, at: u64) -> Find<[u8; 4]> {
        Ok((self.be(at, 4)? as u32).to_be_bytes())
    }

    /// Where a walk that begins at `first` continues: at the last mark.
    pub(super) fn start(&self, first: u64) -> u64 {
        self.marked.get().max(first)
    }

    /// Everything before `at` has been read.
    pub(super) fn mark(&self, at: u64) {
        self.marked.set(at);
    }

    /// The decompressed content of bytes that have been read.
    pub(super) fn inflated(&self, zlib: Fields<'_>) -> Find<&[u8]> {
        let at = zlib.at;
        match &self.inflated {
            Some((known, Ok(text))) if *known == at => Ok(text),
            Some((known, Err(what))) if *known == at => damaged(at, what),
            _ => Err(Stop::Inflate { at, length: zlib.rest.len() }),
        }
    }

    /// Takes a part of the file, and drops the parts before the mark, except the first: the start of a file is needed
    /// again.
    pub(super) fn add(&mut self, at: u64, bytes: Vec<u8>) {
        let marked = self.marked.get();
        self.pieces.retain(|piece| piece.at == 0 || piece.end() > marked);
        if self.pieces.len() == MAX_PIECES {
            self.pieces.remove(1);
        }
        self.pieces.push(Piece { at, bytes });
    }

    /// Takes the text that was compressed at `at`, or the reason why it cannot be read.
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
