//! For every value of the recorded pairs: the file with another value converts to the prompt with that value, and every
//! other byte of it is the same.
//!
//! Edits of one file are tried together where no two of them have one new value for inputs of one name: so each other value
//! that changes can be told to be that of one edit. What is refused is tried alone.

use super::causes::Cause;
use super::edits::{Edit, edits};
use super::spans::only_values_differ;
use crate::convert::BUNDLED;
use crate::definitions::shared;
use crate::files::fixtures;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use viewcomfy_wasm::convert::{Options, apply_params, to_api_format};
use viewcomfy_wasm::definitions::Definitions;
use viewcomfy_wasm::json::Value;
use viewcomfy_wasm::json::same::same_value;
use viewcomfy_wasm::workflow::{Workflow, apply::apply, flatten};
use viewcomfy_wasm::{Error, ErrorKind};

/// What came of the edits.
#[derive(Default)]
struct Outcome {
    files: usize,
    /// Choices that have other inputs with each other choice: they are refused.
    choices: usize,
    /// All others.
    edits: usize,
    /// The file converts to the prompt with the value.
    right: usize,
    /// So it does, and other inputs that have the same value of the file have it, too.
    along: usize,
    explained: BTreeMap<Cause, usize>,
    told: Vec<String>,
    unexplained: Vec<String>,
}

/// A file that edits are tried on.
struct File<'d> {
    name: String,
    saved: String,
    converted: String,
    definitions: &'d Definitions,
}

/// What came of some edits at once.
enum Tried {
    /// The keys that differ from the prompt with the edits, and their values.
    Changed(Vec<(String, String)>),
    Refused(Error),
}

impl Outcome {
    /// Tries all files of a directory that have an export beside them, in two threads.
    fn of(directory: &Path, definitions: &Definitions) -> Self {
        let mut paths: Vec<PathBuf> =
            fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.retain(|path| path.to_str().is_some_and(|path| path.ends_with(".ui.json")));
        // What the page refuses has no values.
        paths.retain(|path| Path::new(&path.to_str().unwrap().replace(".ui.json", ".api.json")).exists());
        paths.sort();
        let half = |first: usize| {
            let mut outcome = Self::default();
            paths.iter().skip(first).step_by(2).for_each(|path| outcome.file(&File::read(path, definitions)));
            outcome
        };
        let mut outcome = Self::default();
        thread::scope(|scope| {
            let halves = [0, 1].map(|first| scope.spawn(move || half(first)));
            halves.into_iter().for_each(|half| outcome.add(half.join().unwrap()));
        });
        let Self { files, choices, edits, right, along, explained, .. } = &outcome;
        println!(
            "{}: {files} files, {edits} edits: {right} right, {along} with others along, {explained:?}; {choices} choices refused",
            directory.display()
        );
        outcome.told.iter().for_each(|told| println!("  {told}"));
        let unexplained = &outcome.unexplained;
        assert!(unexplained.is_empty(), "{} without a cause: {unexplained:#?}", unexplained.len());
        outcome
    }

    fn add(&mut self, other: Self) {
        self.files += other.files;
        self.choices += other.choices;
        self.edits += other.edits;
        self.right += other.right;
        self.along += other.along;
        other
            .explained
            .into_iter()
            .for_each(|(cause, count)| *self.explained.entry(cause).or_default() += count);
        self.told.extend(other.told);
        self.unexplained.extend(other.unexplained);
    }

    fn file(&mut self, file: &File<'_>) {
        self.files += 1;
        let (choices, edits): (Vec<_>, Vec<_>) =
            edits(&file.converted, file.definitions).into_iter().partition(|edit| edit.brings_inputs);
        for edit in &choices {
            match file.tried(&[edit]) {
                Tried::Refused(error) if Cause::of_refusal(&error).is_some() => self.choices += 1,
                _ => self.unexplained.push(file.told(edit, "it should be refused")),
            }
        }
        self.edits += edits.len();
        without_equals(&edits).into_iter().for_each(|together| self.together(file, together));
    }

    /// Tries edits of which no two have one new value.
    fn together(&mut self, file: &File<'_>, mut edits: Vec<&Edit>) {
        while !edits.is_empty() {
            match file.tried(&edits) {
                Tried::Changed(differing) => return self.changed(file, &edits, &differing),
                Tried::Refused(error) => {
                    let ErrorKind::InvalidParam { key, .. } = error.kind() else {
                        panic!("{}: {error}", file.name)
                    };
                    let at = edits.iter().position(|edit| edit.key == *key).unwrap();
                    let edit = edits.remove(at);
                    match file.tried(&[edit]) {
                        Tried::Changed(differing) => self.changed(file, &[edit], &differing),
                        Tried::Refused(error) => {
                            self.explain(file, edit, Cause::of_refusal(&error), &error.to_string())
                        }
                    }
                }
            }
        }
    }

    fn changed(&mut self, file: &File<'_>, edits: &[&Edit], differing: &[(String, String)]) {
        let mut others = BTreeSet::new();
        for (key, value) in differing {
            match edits.iter().find(|edit| edit.key == *key) {
                Some(edit) => {
                    others.insert(&edit.key);
                    self.explain(file, edit, Cause::of_difference(edit, value), value);
                }
                None => match edits.iter().find(|edit| edit.new == *value) {
                    Some(edit) => self.along += usize::from(others.insert(&edit.key)),
                    None => self.unexplained.push(format!("{}: {key} is {value}", file.name)),
                },
            }
        }
        self.right += edits.len() - others.len();
    }

    fn explain(&mut self, file: &File<'_>, edit: &Edit, cause: Option<Cause>, why: &str) {
        match cause {
            Some(cause) => {
                *self.explained.entry(cause).or_default() += 1;
                self.told.push(format!("{cause:?}: {}", file.told(edit, why)));
            }
            None => self.unexplained.push(file.told(edit, why)),
        }
    }
}

/// The edits in as few lists as needed, none of which has one new value twice for inputs of one name, nor a number twice.
fn without_equals(edits: &[Edit]) -> Vec<Vec<&Edit>> {
    let mut lists: Vec<Vec<&Edit>> = Vec::new();
    let mut known: Vec<BTreeSet<(&str, &str)>> = Vec::new();
    for edit in edits {
        let is_number = edit.new.starts_with(|first: char| first == '-' || first.is_ascii_digit());
        let name = if is_number { "" } else { edit.key.rsplit_once("-inputs-").unwrap().1 };
        let at = known.iter().position(|values| !values.contains(&(name, &*edit.new)));
        let at = at.unwrap_or(lists.len());
        if at == lists.len() {
            lists.push(Vec::new());
            known.push(BTreeSet::new());
        }
        lists[at].push(edit);
        known[at].insert((name, &edit.new));
    }
    lists
}

impl<'d> File<'d> {
    fn read(path: &Path, definitions: &'d Definitions) -> Self {
        let saved = fs::read_to_string(path).unwrap();
        let converted = to_api_format(saved.as_bytes(), definitions, &Options::default()).unwrap().json;
        Self { name: path.file_name().unwrap().to_string_lossy().into_owned(), saved, converted, definitions }
    }

    fn tried(&self, edits: &[&Edit]) -> Tried {
        let params: Vec<_> =
            edits.iter().map(|edit| (&*edit.key, Value::parse(&edit.new).unwrap())).collect();
        let changed =
            match apply_params(self.saved.as_bytes(), self.definitions, &Options::default(), &params) {
                Ok(changed) => changed,
                Err(error) => return Tried::Refused(error),
            };
        assert!(only_values_differ(&self.saved, &changed), "{}: other bytes have changed", self.name);
        let expected = apply(&Workflow::parse(self.converted.as_bytes()).unwrap(), &params).unwrap();
        let converted =
            to_api_format(changed.as_bytes(), self.definitions, &Options::default()).unwrap().json;
        Tried::Changed(differing(&expected, &converted))
    }

    fn told(&self, edit: &Edit, why: &str) -> String {
        format!("{}: {} ({} → {}): {why}", self.name, edit.key, edit.old, edit.new)
    }
}

/// The keys that differ between two prompts, with their values in the second.
fn differing(expected: &str, converted: &str) -> Vec<(String, String)> {
    let (expected, converted) =
        (Workflow::parse(expected.as_bytes()).unwrap(), Workflow::parse(converted.as_bytes()).unwrap());
    let [expected, converted] = [&expected, &converted].map(|workflow| flatten::entries(workflow));
    let mut differing = Vec::new();
    if expected.len() != converted.len() {
        differing.push(("the number of keys".to_owned(), converted.len().to_string()));
    }
    for (expected, converted) in expected.iter().zip(&converted) {
        if expected.key() != converted.key() || !same_value(expected.value, converted.value) {
            differing.push((converted.key(), converted.value.raw().to_owned()));
        }
    }
    differing
}

#[test]
fn edited_fixtures_convert_to_the_edited_prompt() {
    let outcomes = ["convert/handmade", "convert/templates"]
        .map(|directory| Outcome::of(&fixtures(directory), &BUNDLED));
    let counts = outcomes.map(|outcome| (outcome.edits, outcome.right, outcome.along, outcome.choices));
    assert_eq!(counts, [(330, 310, 4, 6), (1030, 1015, 8, 57)]);
}

#[test]
fn edited_real_files_convert_to_the_edited_prompt() {
    let Some(object_info) = shared() else {
        return println!("skipped: ../shared/comfyui is not here");
    };
    let definitions = Definitions::parse(object_info).unwrap();
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/comfyui/convert");
    let mut all = Outcome::default();
    ["handmade", "templates", "embedded"]
        .iter()
        .for_each(|name| all.add(Outcome::of(&directory.join(name), &definitions)));
    let Outcome { files, edits, right, along, .. } = all;
    println!("{files} files: {} of {edits} edits", right + along);
    assert!(files == 372 && 100 * (right + along) >= 99 * edits, "{right} and {along} of {edits}");
}
