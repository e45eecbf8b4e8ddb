//! The real workflows that CI puts beside the project: counts against a second opinion, and no false error.

use super::inspected;
use super::second_opinion::{self, Counts};
use crate::definitions;
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use viewcomfy_wasm::definitions::Definitions;
use viewcomfy_wasm::inspect::model::{Code, Inspection, Severity};

/// Workflows that their own server refuses, and why.
const REFUSED: [(&str, &str); 28] = [
    ("edit_models__sdxl_edit_model.png", "a bypassed group hands nothing on"),
    ("hidream__hidream_e1_example.png", "values stand at the wrong inputs"),
    ("stable_cascade__stable_cascade__inpaint_controlnet.png", "a mask is linked to nothing"),
    ("templates_rob_realistic_2k_images_quick_variations.app", "classes and a scheduler of another pack"),
    ("03_mute_middle", "a muted node hands nothing on"),
    ("04_bypass_source_without_inputs", "a bypassed node has nothing to hand on"),
    ("09_wrong_types", "no numbers"),
    ("10_object_values_known_class", "no values"),
    ("11_numbers", "too large"),
    ("13_reroute_unconnected_chain", "linked to nothing"),
    ("16_dynamic_prompt_and_comments", "no output"),
    ("17_text_null_number_escapes", "no output"),
    ("19_filename_replacement_sanitised", "linked to nothing"),
    ("20_missing_class_in_the_middle", "no class"),
    ("31_ksampler_values_old_and_new", "no output"),
    ("33_dynamic_combos", "linked to nothing"),
    ("45_bypassed_instance", "linked to nothing"),
    ("46_muted_instance", "linked to nothing"),
    ("48_mute_inside", "linked to nothing"),
    ("53_nested_inner_instance_muted", "linked to nothing"),
    ("54_nested_inner_instance_bypassed", "linked to nothing"),
    ("55_nested_outer_bypassed", "linked to nothing"),
    ("57_promoted_text_is_raw", "no output"),
    ("60_bypassed_lora_two_outputs", "no output"),
    ("62_bypass_without_matching_type", "linked to nothing"),
    ("68_cycle", "a cycle"),
    ("71_empty", "no nodes"),
    ("edge_cases", "made by hand: no class_type"),
];

/// One of the files.
struct File {
    name: String,
    text: String,
}

impl File {
    fn workflow(&self) -> Map<String, Json> {
        serde_json::from_str(&self.text).unwrap()
    }

    fn is_refused(&self) -> bool {
        REFUSED.iter().any(|(name, _)| *name == self.name)
    }
}

/// The workflows in API format under a directory beside the project.
fn files(directory: &str, ending: &str) -> Vec<File> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(directory);
    let Ok(entries) = fs::read_dir(&directory) else {
        println!("skipped: no {}", directory.display());
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let name = |path: &PathBuf| Some(path.file_name()?.to_str()?.strip_suffix(ending)?.to_owned());
    paths
        .iter()
        .filter_map(|path| Some(File { name: name(path)?, text: fs::read_to_string(path).unwrap() }))
        .filter(|file| file.text.trim() != "{}")
        .collect()
}

fn exported() -> Vec<File> {
    let directories = ["templates", "embedded", "handmade"].map(|part| format!("comfyui/convert/{part}"));
    directories.iter().flat_map(|directory| files(directory, ".api.json")).collect()
}

/// What the second opinion counts, counted by ours.
fn counted(inspection: &Inspection<'_>, object_info: Option<&Map<String, Json>>) -> Counts {
    let nodes = &inspection.graph.nodes;
    let mut counts = Counts::new();
    let mut add = |what, more| *counts.entry(what).or_default() += more;
    add("nodes", nodes.len());
    let links = nodes.iter().flat_map(|node| &node.inputs).filter_map(|input| input.link());
    add("links", links.filter(|link| link.node.is_some()).count());
    for problem in &inspection.problems {
        let class = problem.node.and_then(|index| object_info?.get(nodes[index].class_type.as_deref()?));
        let of_node = class.is_some_and(second_opinion::is_dynamic);
        let what = match problem.code {
            Code::LinkToMissingNode => "link_to_missing_node",
            Code::MissingClassType => "missing_class_type",
            Code::UnknownClass => "unknown_class",
            _ if of_node => continue,
            Code::MissingInput => "missing_input",
            Code::UnknownOutput => "unknown_output",
            Code::LinkTypeMismatch => "link_type_mismatch",
            Code::OutOfRange => "out_of_range",
            Code::NotAChoice | Code::MissingModel => "not_among_choices",
            Code::MissingFile if object_info.is_some() => "not_among_choices",
            _ => continue,
        };
        add(what, 1);
    }
    counts.retain(|_, count| *count > 0);
    counts
}

#[test]
fn nodes_links_and_problems_are_those_of_a_second_opinion() {
    let object_info = definitions::shared();
    let definitions = object_info.clone().map(|bytes| Definitions::parse(bytes).unwrap());
    let object_info: Option<Map<String, Json>> =
        object_info.map(|bytes| serde_json::from_slice(&bytes).unwrap());
    let mut total = Counts::new();
    for file in exported().iter().chain(&files("workflows", ".json")) {
        let alone = counted(&inspected(&file.text, None), None);
        assert_eq!(alone, second_opinion::count(&file.workflow(), None), "{}", file.name);
        let with = counted(&inspected(&file.text, definitions.as_ref()), object_info.as_ref());
        assert_eq!(with, second_opinion::count(&file.workflow(), object_info.as_ref()), "{}", file.name);
        with.into_iter().for_each(|(what, count)| *total.entry(what).or_default() += count);
    }
    println!("{total:?}");
}

#[test]
fn what_came_from_a_server_raises_no_error_but_missing_models() {
    let Some(definitions) = definitions::shared().map(|bytes| Definitions::parse(bytes).unwrap()) else {
        return println!("skipped: no ../shared/comfyui/object_info.json");
    };
    let mut told: BTreeMap<String, usize> = BTreeMap::new();
    for file in exported() {
        let inspection = inspected(&file.text, Some(&definitions));
        let errors: Vec<_> = inspection
            .problems
            .iter()
            .inspect(|problem| {
                *told.entry(format!("{:?} {:?}", problem.severity, problem.code)).or_default() += 1;
            })
            .filter(|problem| problem.severity == Severity::Error && problem.code != Code::MissingModel)
            .collect();
        assert_eq!(!errors.is_empty(), file.is_refused(), "{}: {errors:?}", file.name);
    }
    println!("{told:#?}");
}

#[test]
fn real_workflows_raise_no_error_by_themselves() {
    let mut told: BTreeMap<String, usize> = BTreeMap::new();
    for file in exported().iter().chain(&files("workflows", ".json")) {
        let inspection = inspected(&file.text, None);
        for problem in &inspection.problems {
            *told.entry(format!("{:?} {:?}", problem.severity, problem.code)).or_default() += 1;
            assert!(problem.severity != Severity::Error || file.is_refused(), "{}: {problem:?}", file.name);
        }
        assert_eq!(inspection.order.len(), inspection.graph.nodes.len());
    }
    println!("{told:#?}");
}
