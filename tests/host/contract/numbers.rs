//! `pkg/src/contract.js` has the numbers that JavaScript reads, made from the layouts in Rust.

use super::source::read;
use std::fs;
use std::path::Path;
use viewcomfy_wasm::inspect::layout::{self, Flag};
use viewcomfy_wasm::protocol::event_batch::{EventKind, FIGURES};

const FILE: &str = "pkg/src/contract.js";

const HEAD: &str = "\
// Numbers that Rust and JavaScript agree on. Made from Rust, which is their one home:
// `cargo test --test host contract::numbers::write -- --ignored` writes this file, and the tests compare it.
";

fn module() -> String {
    let mut module = HEAD.to_owned();
    let mut section = |about: &str, prefix: &str, names: &[&str], number: &dyn Fn(usize) -> usize| {
        module.push_str(&format!("\n// {about}\n"));
        for (index, name) in names.iter().enumerate() {
            module.push_str(&format!("export const {prefix}_{} = {};\n", constant(name), number(index)));
        }
    };
    let index = |index| index;
    let bit = |index: usize| 1 << index;
    let events: Vec<_> = EventKind::ALL.iter().map(|kind| kind.as_str()).collect();
    let flags: Vec<_> = Flag::ALL.iter().map(|flag| flag.as_str()).collect();
    section("The kind of an event in a batch: src/protocol/event_batch.rs.", "EVENT", &events, &index);
    section("The figures of progress, and how many there are.", "FIGURE", &FIGURES, &index);
    section("", "FIGURE", &["count"], &|_| FIGURES.len());
    section(
        "What stands where in the rows of an inspection: src/inspect/layout.rs.",
        "NODE",
        &layout::NODE,
        &index,
    );
    section("", "OUTPUT", &layout::OUTPUT, &index);
    section("", "OUTPUT", &["count"], &|_| layout::OUTPUT.len());
    section("", "INPUT", &layout::INPUT, &index);
    section("", "INPUT", &["count"], &|_| layout::INPUT.len());
    section("The output of a link that is written with its type.", "TYPED", &layout::OUTPUT_OF_TYPE, &index);
    section("", "SPEC", &layout::SPEC, &index);
    section("", "GROUP", &layout::GROUP, &index);
    section("", "RECT", &layout::RECT, &index);
    section("", "MODEL", &layout::MODEL, &index);
    section("", "PROBLEM", &layout::PROBLEM, &index);
    section("", "OF_NODE", &layout::PACK_OF_NODE, &index);
    section("", "PACK", &layout::PACK, &index);
    section("", "NOTE", &layout::NOTE, &index);
    section("", "FACT", &layout::FACT, &index);
    section("", "LORA", &layout::LORA, &index);
    section("", "STAGE", &layout::STAGE, &index);
    section("", "RECIPE", &layout::RECIPE, &index);
    section(
        "Which of a spec's values are written as texts, by one bit each.",
        "EXACT",
        &layout::SPEC_VALUES,
        &bit,
    );
    section("What is said about an input, by one bit each.", "FLAG", &flags, &bit);
    module.replace("\n// \n", "")
}

/// `classType` as `CLASS_TYPE`.
fn constant(name: &str) -> String {
    let mut constant = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() {
            constant.push('_');
        }
        constant.push(c.to_ascii_uppercase());
    }
    constant
}

#[test]
fn the_numbers_in_javascript_are_those_in_rust() {
    let (told, known) = (read(FILE), module());
    let differing = told.lines().zip(known.lines()).find(|(told, known)| told != known);
    assert!(
        told == known,
        "{FILE} is not what Rust says, first where JavaScript and Rust have {differing:?}; see its head for how it is made anew"
    );
}

#[test]
fn flags_are_the_bits_of_their_order() {
    for (index, flag) in Flag::ALL.iter().enumerate() {
        assert_eq!(flag.bit(), 1 << index, "{flag}");
    }
}

#[test]
#[ignore = "writes the file that the test above compares"]
fn write() {
    fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE), module()).unwrap();
}
