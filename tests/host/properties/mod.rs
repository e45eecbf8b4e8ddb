//! Properties that hold for whatever can be generated.
//!
//! `PROPTEST_CASES=100000 cargo test --release --test host properties` runs longer; each property has its own
//! number of cases otherwise, so that all of them take a few seconds.

mod base64;
mod damage;
mod flatten;
mod json;
mod splits;

use proptest::test_runner::Config;

/// `cases` cases, unless the environment says otherwise. A failed case is printed whole, so none is kept in a file.
fn cases(cases: u32) -> Config {
    Config { cases, failure_persistence: None, ..Config::default() }
}
