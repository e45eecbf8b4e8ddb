//! What Rust and JavaScript both know has one home in Rust; here everything else that says it is compared with that.
//!
//! A failure names the file, what is missing in it and what is too much. The numbers that JavaScript reads are written
//! into `pkg/src/contract.js` by `cargo test --test host contract::numbers::write -- --ignored`.

mod errors;
mod numbers;
mod rows;
mod shapes;
mod source;
mod tables;
mod unions;

use std::collections::BTreeSet;

/// Fails unless both lists have the same names, each once, in any order.
#[track_caller]
fn assert_same(place: &str, told: &[String], known: &[&str]) {
    let twice: Vec<_> = told.iter().enumerate().filter(|(at, name)| told[..*at].contains(name)).collect();
    assert!(twice.is_empty(), "{place} has {twice:?} twice");
    let told: BTreeSet<&str> = told.iter().map(String::as_str).collect();
    let known: BTreeSet<&str> = known.iter().copied().collect();
    assert!(!known.is_empty(), "{place} is compared with nothing");
    let missing: Vec<_> = known.difference(&told).collect();
    let surplus: Vec<_> = told.difference(&known).collect();
    assert!(
        missing.is_empty() && surplus.is_empty(),
        "{place} differs from the list in Rust: {missing:?} is missing, {surplus:?} is not known to Rust"
    );
}

/// The names of a list that `names!` made.
macro_rules! names_of {
    ($list:ty) => {
        <$list>::ALL.iter().map(|item| item.as_str()).collect::<Vec<_>>()
    };
}
use names_of;
