//! Where each key stands, looked up by text. Depends on nothing here.
//!
//! The one hash map of the crate: every other use would be compiled anew, a kilobyte of wasm each.

use std::borrow::Cow;
use std::collections::HashMap;

/// A map from key to place.
#[derive(Debug, Default)]
pub struct Places<'a> {
    places: HashMap<Cow<'a, str>, usize>,
}

impl<'a> Places<'a> {
    /// Where an equal key stands already; otherwise remembers that this one will stand at `next`.
    pub fn claim(&mut self, key: Cow<'a, str>, next: usize) -> Option<usize> {
        let place = *self.places.entry(key).or_insert(next);
        (place != next).then_some(place)
    }

    /// Where `key` stands.
    pub fn get(&self, key: &str) -> Option<usize> {
        self.places.get(key).copied()
    }

    /// All keys, in no order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.places.keys().map(Cow::as_ref)
    }
}

/// Adds `item` behind the others, or, when an equal `key` stands already, in that one's place: as in a Python dict.
pub fn put<'a, T>(list: &mut Vec<T>, places: &mut Places<'a>, key: Cow<'a, str>, item: T) {
    match places.claim(key, list.len()).and_then(|place| list.get_mut(place)) {
        Some(earlier) => *earlier = item,
        None => list.push(item),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_of_equal_keys_stands_at_the_first_place() {
        let (mut list, mut places) = (Vec::new(), Places::default());
        for (key, item) in [("a", 1), ("b", 2), ("a", 3)] {
            put(&mut list, &mut places, key.into(), item);
        }
        assert_eq!((list, places.get("b"), places.get("c")), (vec![3, 2], Some(1), None));
    }
}
