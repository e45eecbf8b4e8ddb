//! Where each key stands, looked up by text.
//!
//! The one hash map of these crates: each further type of map would be compiled anew, a kilobyte of wasm.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// A map from key to index. The few keys of a usual node are compared one by one, which is quicker than hashing.
#[derive(Debug, Default)]
pub struct KeyIndex<'a> {
    few: Vec<(Cow<'a, str>, usize)>,
    /// A bit for each key among the few: what has another bit is not there.
    bits: u64,
    many: HashMap<Cow<'a, str>, usize>,
}

const FEW: usize = 16;

impl<'a> KeyIndex<'a> {
    /// Forgets all keys.
    pub fn clear(&mut self) {
        self.few.clear();
        self.bits = 0;
        self.many.clear();
    }

    /// Where an equal key stands already; otherwise remembers that this one will stand at `next`.
    #[inline]
    pub fn claim(&mut self, key: Cow<'a, str>, next: usize) -> Option<usize> {
        if self.many.is_empty() {
            let bit = bit_of(&key);
            if self.bits & bit != 0
                && let Some((_, index)) = self.few.iter().find(|(known, _)| *known == key)
            {
                return Some(*index);
            }
            if self.few.len() < FEW {
                self.bits |= bit;
                self.few.push((key, next));
                return None;
            }
            self.many.extend(self.few.drain(..));
        }
        match self.many.entry(key) {
            Entry::Occupied(known) => Some(*known.get()),
            Entry::Vacant(free) => {
                free.insert(next);
                None
            }
        }
    }

    /// Remembers that `key` stands at `index`, wherever it stood.
    pub fn set(&mut self, key: Cow<'a, str>, index: usize) {
        match self.few.iter_mut().find(|(known, _)| *known == key) {
            Some((_, known)) => *known = index,
            None => {
                self.many.insert(key, index);
            }
        }
    }

    /// Where `key` stands.
    pub fn get(&self, key: &str) -> Option<usize> {
        let few = self.few.iter().find(|(known, _)| known == key).map(|(_, index)| *index);
        few.or_else(|| self.many.get(key).copied())
    }

    /// All keys, in no order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.few.iter().map(|(key, _)| key.as_ref()).chain(self.many.keys().map(Cow::as_ref))
    }
}

/// Equal keys have equal bits, and different ones mostly different bits.
fn bit_of(key: &str) -> u64 {
    let bytes = key.as_bytes();
    let ends = bytes.first().zip(bytes.last()).map_or(0, |(first, last)| first.wrapping_mul(7) ^ last);
    1 << (ends.wrapping_add(bytes.len() as u8) % 64)
}

/// Adds `item` behind the others, or, when an equal `key` stands already, in that one's place: as in a Python dict.
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
        // Also where it would stand at the same place again.
        assert_eq!((indices.claim("40".into(), 40), indices.claim("2".into(), 2)), (Some(40), Some(2)));
    }
}
