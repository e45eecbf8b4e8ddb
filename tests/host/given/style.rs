//! How a document is written, apart from what it says.

use proptest::prelude::*;

/// A stream of choices, repeated for ever. All zeros, or none, is the plainest way.
#[derive(Debug, Clone)]
pub struct Style {
    choices: Vec<u8>,
    next: usize,
}

impl Style {
    pub fn plain() -> Self {
        Self { choices: Vec::new(), next: 0 }
    }

    /// A number below `of`.
    pub fn pick(&mut self, of: u8) -> u8 {
        let Some(choice) = self.choices.get(self.next % self.choices.len().max(1)) else { return 0 };
        self.next += 1;
        choice % of
    }

    /// True once in `of` times.
    pub fn once_in(&mut self, of: u8) -> bool {
        self.pick(of) == of - 1
    }

    /// One of `items`; the first is the plain one.
    pub fn one_of<T: Copy>(&mut self, items: &[T]) -> T {
        items[usize::from(self.pick(items.len() as u8))]
    }
}

pub fn style() -> impl Strategy<Value = Style> {
    prop::collection::vec(any::<u8>(), 0..80).prop_map(|choices| Style { choices, next: 0 })
}
