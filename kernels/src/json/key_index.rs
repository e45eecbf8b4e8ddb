//! Finds the position of each key in a list.
//!
//! The only map of these crates: the standard library's is compiled separately for each type, and is larger for this
//! one.

use std::borrow::Cow;
use std::hash::{BuildHasher, RandomState};

/// A map from key to index. The few keys of a usual node are compared one by one, which is quicker than hashing.
///
/// ```
/// # use viewcomfy_kernels as viewcomfy_wasm;
/// use viewcomfy_wasm::json::KeyIndex;
///
/// let mut index = KeyIndex::default();
/// assert_eq!(index.claim("seed".into(), 0), None);
/// assert_eq!(index.claim("seed".into(), 1), Some(0));
/// assert_eq!(index.get("seed"), Some(0));
/// ```
#[derive(Debug, Default)]
pub struct KeyIndex<'a> {
    entries: Vec<(Cow<'a, str>, usize)>,
    /// A bit for each key while they are few: a key with another bit is not in the map.
    bits: u64,
    /// Used once there are many keys: each entry is in the slot that its key's hash gives, or in the next free one
    /// after it. The length is a power of two, and at most three quarters are taken.
    slots: Vec<Slot>,
    /// Random where the platform has random numbers, so that nobody can choose keys that all get the same slot. In
    /// WebAssembly the standard library has none, and makes do with addresses in memory.
    hasher: RandomState,
}

#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    hash: u32,
    /// The number of the entry, from 1; 0 for a free slot.
    number: u32,
}

const FEW: usize = 16;

impl<'a> KeyIndex<'a> {
    /// Forgets all keys.
    pub fn clear(&mut self) {
        self.entries.clear();
        self.bits = 0;
        self.slots.clear();
    }

    /// The index of an equal key if there is one; otherwise remembers `next` for this key.
    pub fn claim(&mut self, key: Cow<'a, str>, next: usize) -> Option<usize> {
        let hash = self.hash(&key);
        match self.position(&key, hash).and_then(|at| self.entries.get(at)) {
            Some((_, index)) => Some(*index),
            None => {
                self.add(key, hash, next);
                None
            }
        }
    }

    /// Remembers `index` for `key`, replacing any earlier one.
    pub fn set(&mut self, key: Cow<'a, str>, index: usize) {
        let hash = self.hash(&key);
        match self.position(&key, hash).and_then(|at| self.entries.get_mut(at)) {
            Some((_, known)) => *known = index,
            None => self.add(key, hash, index),
        }
    }

    /// The index of `key`.
    pub fn get(&self, key: &str) -> Option<usize> {
        self.entries.get(self.position(key, self.hash(key))?).map(|(_, index)| *index)
    }

    /// All keys, in the order in which they were added.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|(key, _)| key.as_ref())
    }

    /// The position of a key among the entries.
    fn position(&self, key: &str, hash: u32) -> Option<usize> {
        if self.slots.is_empty() {
            let may_be_there = self.bits & bit_of(key) != 0;
            return self.entries.iter().position(|(known, _)| may_be_there && known == key);
        }
        let is_of_key = |at: usize| self.entries.get(at).is_some_and(|(known, _)| known == key);
        self.slots.get(self.slot(hash, is_of_key))?.entry()
    }

    /// Adds a key that is not in the map.
    fn add(&mut self, key: Cow<'a, str>, hash: u32, index: usize) {
        self.bits |= bit_of(&key);
        self.entries.push((key, index));
        let count = self.entries.len();
        if 4 * count > 3 * self.slots.len() && count > FEW {
            let known =
                std::mem::replace(&mut self.slots, vec![Slot::default(); 2 * count.next_power_of_two()]);
            if known.is_empty() {
                return (0..count).for_each(|at| self.take_first_slot(at));
            }
            // Their hashes are used again: the keys themselves are scattered in memory.
            known.into_iter().filter(|slot| slot.entry().is_some()).for_each(|slot| self.take_slot(slot));
        }
        if !self.slots.is_empty() {
            self.take_slot(Slot { hash, number: count as u32 });
        }
    }

    /// Gives a slot to the entry at `at`, one of the few that had none.
    fn take_first_slot(&mut self, at: usize) {
        let Some((key, _)) = self.entries.get(at) else { return };
        self.take_slot(Slot { hash: self.hash(key), number: at as u32 + 1 });
    }

    /// Puts an entry into the slot that its hash gives.
    fn take_slot(&mut self, slot: Slot) {
        let free = self.slot(slot.hash, |_| false);
        if let Some(free) = self.slots.get_mut(free) {
            *free = slot;
        }
    }

    /// The slot with this hash whose entry is the wanted one, or else the first free slot after it.
    fn slot(&self, hash: u32, is_wanted: impl Fn(usize) -> bool) -> usize {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = hash as usize & mask;
        while let Some(slot) = self.slots.get(at)
            && let Some(entry) = slot.entry()
        {
            if slot.hash == hash && is_wanted(entry) {
                break;
            }
            at = (at + 1) & mask;
        }
        at
    }

    /// While there are few keys, the hash is not used.
    fn hash(&self, key: &str) -> u32 {
        if self.slots.is_empty() { 0 } else { self.hasher.hash_one(key) as u32 }
    }
}

impl Slot {
    fn entry(&self) -> Option<usize> {
        (self.number as usize).checked_sub(1)
    }
}

/// Equal keys have equal bits; different keys mostly have different bits.
fn bit_of(key: &str) -> u64 {
    let bytes = key.as_bytes();
    let ends = bytes.first().zip(bytes.last()).map_or(0, |(first, last)| first.wrapping_mul(7) ^ last);
    1 << (ends.wrapping_add(bytes.len() as u8) % 64)
}

/// Appends `item`, or, if there is an equal `key` already, replaces that one's item, as in a Python dict.
pub fn put<'a, T>(list: &mut Vec<T>, indices: &mut KeyIndex<'a>, key: Cow<'a, str>, item: T) {
    match indices.claim(key, list.len()).and_then(|index| list.get_mut(index)) {
        Some(earlier) => *earlier = item,
        None => list.push(item),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_of_equal_keys_stands_at_the_first_place() {
        let (mut list, mut indices) = (Vec::new(), KeyIndex::default());
        for (key, item) in [("a", 1), ("b", 2), ("a", 3)] {
            put(&mut list, &mut indices, key.into(), item);
        }
        assert_eq!((list, indices.get("b"), indices.get("c")), (vec![3, 2], Some(1), None));
    }

    #[test]
    fn many_keys_are_kept_like_few() {
        let (mut list, mut indices) = (Vec::new(), KeyIndex::default());
        for round in 0..2 {
            for number in 0..3 * FEW {
                put(&mut list, &mut indices, number.to_string().into(), (number, round));
            }
        }
        assert_eq!(list, (0..3 * FEW).map(|number| (number, 1)).collect::<Vec<_>>());
        assert_eq!((indices.get("40"), indices.get("x"), indices.keys().count()), (Some(40), None, 3 * FEW));
        // Even if it would get the same index again.
        assert_eq!((indices.claim("40".into(), 40), indices.claim("2".into(), 2)), (Some(40), Some(2)));
    }
}
