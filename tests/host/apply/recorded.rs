//! For every value of the recorded pairs: the file with another value converts to the prompt with that value, and every
//! other byte of it is the same.
//!
//! Edits of one file are tried together where no two of them have one new value, so that values which the file shares
//! show. Those that do not come out so are halved until each stands alone.

use super::causes::Cause;
use super::edits::{Edit, edits};
use super::spans::only_values_differ;
use crate::convert::BUNDLED;
use crate::definitions::shared;
use crate::files::fixtures;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use viewcomfy_wasm::convert::{Options, apply_params, to_api_format};
use viewcomfy_wasm::definitions::Definitions;
use viewcomfy_wasm::json::Value;
use viewcomfy_wasm::json::same::same_value;
use viewcomfy_wasm::workflow::{Workflow, apply::apply, flatten};

/// What came of the edits.
#[derive(Default)]
struct Outcome {
    files: usize,
    edits: usize,
    right: usize,
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
    Right,
    Wrong(Option<Cause>, String),
}

impl Outcome {
    fn of(directory: &Path, definitions: &Definitions) -> Self {
        let mut outcome = Self::default();
        let mut paths: Vec<PathBuf> =
            fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        for path in paths {
            let name = path.file_name().unwrap().to_str().unwrap();
            let Some(name) = name.strip_suffix(".ui.json") else { continue };
            // What the page refuses has no values.
            if !directory.join(format!("{name}.api.json")).exists() {
                continue;
            }
            let saved = fs::read_to_string(&path).unwrap();
            let converted = to_api_format(saved.as_bytes(), definitions, &Options::default()).unwrap().json;
            outcome.file(&File { name: name.to_owned(), saved, converted, definitions });
        }
        let Self { files, edits, right, explained, .. } = &outcome;
        println!("{}: {right} of {edits} edits of {files} files; others: {explained:?}", directory.display());
        outcome.told.iter().for_each(|told| println!("  {told}"));
        assert!(
            outcome.unexplained.is_empty(),
            "{} without a cause: {:#?}",
            outcome.unexplained.len(),
            outcome.unexplained
        );
        outcome
    }

    fn file(&mut self, file: &File<'_>) {
        self.files += 1;
        let all = edits(&file.converted, file.definitions);
        self.edits += all.len();
        for together in without_equals(&all) {
            self.halve(file, &together);
        }
    }

    fn halve(&mut self, file: &File<'_>, edits: &[Edit]) {
        match file.tried(edits) {
            Tried::Right => self.right += edits.len(),
            Tried::Wrong(cause, told) if edits.len() == 1 => {
                let told =
                    format!("{}: {} ({} → {}): {told}", file.name, edits[0].key, edits[0].old, edits[0].new);
                match cause {
                    Some(cause) => {
                        *self.explained.entry(cause).or_default() += 1;
                        self.told.push(format!("{cause:?} {told}"));
                    }
                    None => self.unexplained.push(told),
                }
            }
            Tried::Wrong(..) => {
                let (first, second) = edits.split_at(edits.len() / 2);
                self.halve(file, first);
                self.halve(file, second);
            }
        }
    }
}

/// The edits in as few lists as needed, none of which has one new value twice.
fn without_equals(edits: &[Edit]) -> Vec<Vec<Edit>> {
    let mut lists: Vec<(BTreeSet<&str>, Vec<Edit>)> = Vec::new();
    for edit in edits {
        match lists.iter_mut().find(|(values, _)| !values.contains(&*edit.new)) {
            Some((values, list)) => {
                values.insert(&edit.new);
                list.push(edit.clone());
            }
            None => lists.push((BTreeSet::from([&*edit.new]), vec![edit.clone()])),
        }
    }
    lists.into_iter().map(|(_, list)| list).collect()
}

impl File<'_> {
    fn tried(&self, edits: &[Edit]) -> Tried {
        let params: Vec<_> =
            edits.iter().map(|edit| (&*edit.key, Value::parse(&edit.new).unwrap())).collect();
        let changed =
            match apply_params(self.saved.as_bytes(), self.definitions, &Options::default(), &params) {
                Ok(changed) => changed,
                Err(error) => return Tried::Wrong(Cause::of_refusal(&error), error.to_string()),
            };
        if !only_values_differ(&self.saved, &changed) {
            return Tried::Wrong(None, "other bytes have changed".to_owned());
        }
        let expected = apply(&Workflow::parse(self.converted.as_bytes()).unwrap(), &params).unwrap();
        let converted =
            to_api_format(changed.as_bytes(), self.definitions, &Options::default()).unwrap().json;
        let differing = differing(&expected, &converted);
        if differing.is_empty() {
            return Tried::Right;
        }
        Tried::Wrong(Cause::of_difference(&edits[0], &differing), format!("{differing:?}"))
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
    for directory in ["convert/handmade", "convert/templates"] {
        let outcome = Outcome::of(&fixtures(directory), &BUNDLED);
        println!("{directory}: {} of {}", outcome.right, outcome.edits);
    }
}

#[test]
fn edited_real_files_convert_to_the_edited_prompt() {
    let Some(object_info) = shared() else {
        return println!("skipped: ../shared/comfyui is not here");
    };
    let definitions = Definitions::parse(object_info).unwrap();
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/comfyui/convert");
    for name in ["handmade", "templates", "embedded"] {
        Outcome::of(&directory.join(name), &definitions);
    }
}
