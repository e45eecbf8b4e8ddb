//! Bytes that print as a literal, places to cut them, and ways to damage them.

use proptest::prelude::*;
use proptest::sample::Index;
use std::fmt;

/// Bytes that a failed test prints as a byte string literal.
#[derive(Clone, PartialEq)]
pub struct Bytes(pub Vec<u8>);

impl fmt::Debug for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "b\"{}\"", self.0.escape_ascii())
    }
}

/// KeyIndex to cut a text, wherever it ends.
#[derive(Clone)]
pub struct Cuts(Vec<Index>);

/// In parts of the text's length.
impl fmt::Debug for Cuts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|cut| cut.index(1000) as f64 / 1000.0)).finish()
    }
}

impl Cuts {
    /// The chunks between the cuts; some may be empty.
    pub fn of<'b>(&self, bytes: &'b [u8]) -> Vec<&'b [u8]> {
        let mut ends: Vec<_> = self.0.iter().map(|cut| cut.index(bytes.len() + 1)).collect();
        ends.push(bytes.len());
        ends.sort_unstable();
        let mut start = 0;
        ends.iter().map(|&end| &bytes[std::mem::replace(&mut start, end)..end]).collect()
    }
}

pub fn cuts() -> impl Strategy<Value = Cuts> {
    prop::collection::vec(any::<Index>(), 1..10).prop_map(Cuts)
}

/// Something wrong at one place of a text.
#[derive(Debug, Clone)]
pub struct Damage {
    at: Index,
    kind: Kind,
}

#[derive(Debug, Clone)]
enum Kind {
    Replace(u8),
    Insert(u8),
    Delete,
    Truncate,
    /// A copy of the next bytes, as many as this.
    Repeat(Index),
}

impl Damage {
    pub fn apply(&self, bytes: &mut Vec<u8>) {
        if bytes.is_empty() {
            return;
        }
        let at = self.at.index(bytes.len());
        match &self.kind {
            // Never the byte that is there, which would be no damage.
            Kind::Replace(byte) if bytes[at] == *byte => bytes[at] ^= 1,
            Kind::Replace(byte) => bytes[at] = *byte,
            Kind::Insert(byte) => bytes.insert(at, *byte),
            Kind::Delete => drop(bytes.remove(at)),
            Kind::Truncate => bytes.truncate(at),
            Kind::Repeat(length) => {
                let copy = bytes[at..at + length.index(bytes.len() - at)].to_vec();
                bytes.splice(at..at, copy);
            }
        }
    }

    pub fn is_truncation(&self) -> bool {
        matches!(self.kind, Kind::Truncate)
    }
}

/// One byte replaced, put in or lost, or all behind it.
pub fn single_byte() -> impl Strategy<Value = Damage> {
    let kind = prop_oneof![
        4 => byte().prop_map(Kind::Replace),
        2 => byte().prop_map(Kind::Insert),
        2 => Just(Kind::Delete),
        1 => Just(Kind::Truncate),
    ];
    (any::<Index>(), kind).prop_map(|(at, kind)| Damage { at, kind })
}

/// As [`single_byte`], or a run of bytes doubled.
pub fn any_damage() -> impl Strategy<Value = Damage> {
    let repeat = (any::<Index>(), any::<Index>());
    prop_oneof![
        5 => single_byte(),
        1 => repeat.prop_map(|(at, length)| Damage { at, kind: Kind::Repeat(length) }),
    ]
}

/// Mostly bytes that mean something in one of the formats.
fn byte() -> impl Strategy<Value = u8> {
    prop_oneof![
        3 => prop::sample::select(b"\"\\{}[],:=\r\n \0-+./_0123456789eEtfnu\x1f\x7f\x80\xc3\xed\xef\xff".as_slice()),
        1 => any::<u8>(),
        1 => prop::sample::select(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".as_slice()),
    ]
}
