//! What ComfyUI's own page exported, file by file: the same keys in the same order, the same values.
//!
//! The exports were recorded with page 1.49.6. Where 1.58.1 does something else we do as it does: `newest` has its exports,
//! and the lists here say where that is a matter of single values.

use super::{BUNDLED, refusal};
use crate::definitions::shared;
use crate::files::fixtures;
use std::fs;
use std::path::{Path, PathBuf};
use viewcomfy_wasm::Error;
use viewcomfy_wasm::convert::{Converted, Options, WarningCode, to_api_format};
use viewcomfy_wasm::definitions::Definitions;
use viewcomfy_wasm::json::Value;
use viewcomfy_wasm::json::value::Kind;

/// A workflow, and what the page exports; nothing where it throws.
struct Pair {
    name: String,
    saved: Vec<u8>,
    exported: Option<String>,
}

/// Why our prompt is not the exported one.
const KNOWN_MISSES: [(&str, &str); 3] = [
    ("api_hunyuan3d_part", "the value is a rendering of the open 3D view"),
    ("api_hunyuan3d_smart_topology", "the value is a rendering of the open 3D view"),
    ("hidream__hidream_e1_example.png", "a group node, whose values the page shifts by one"),
];

/// Where we do otherwise than the recorded page: the file, what the page exports, what we do, and why.
const OTHERWISE: [(&str, &str, &str, &str); 15] = [
    (
        "10_object_values_known_class",
        r#""inputs":{}"#,
        r#""inputs":{"width":64,"height":48,"batch_size":1,"color":0}"#,
        "values under names are kept, which the page loses",
    ),
    ("17_text_null_number_escapes", r#""text":5"#, r#""text":"5""#, "text of several lines is text"),
    ("08_values_that_are_not_texts", r#""1,2""#, r#"{"__value__":[1,2]}"#, "a list stays one"),
    ("08_values_that_are_not_texts", r#""[object Object]""#, r#"{"a":1}"#, "an object stays one"),
    (
        "08_values_that_are_not_texts",
        r#""[object Object]""#,
        r#"{"__value__":["x","y"]}"#,
        "an object stays one",
    ),
    ("08_values_that_are_not_texts", "12345678901234567000", "12345678901234567890", "digits are kept"),
    (
        "19_stale_slots",
        r#""inputs":{"image1":["1",0]}"#,
        r#""inputs":{"image1":["1",0],"image2":["2",0]}"#,
        "both inputs name their links, and the page drops one for the indices of the links",
    ),
    ("42_group_upload", r#","upload":"image""#, "", "a button has no value, in a group node either"),
    ("45_group_bypassed", GROUP, "", BYPASSED),
    ("45_group_bypassed", r#"["7:5",0]"#, r#"["3",0]"#, BYPASSED),
    ("46_group_muted", GROUP, "", MUTED),
    ("46_group_muted", r#""images":["7:5",0]"#, "", MUTED),
    (ROB, FIRST_LINK, OTHER_LINK, "of two links to one output of a subgraph the first of the file counts"),
    (ROB, FIRST_LINK, OTHER_LINK, "the same"),
    (ROB, FIRST_LINK, OTHER_LINK, "the same"),
];
const BYPASSED: &str = "a group node that was bypassed passes its inputs on; the page forgets that it was";
const MUTED: &str = "a group node that was muted does not run; the page forgets that it was";
const GROUP: &str = r#","7:5":{"inputs":{"blend_factor":0.5,"blend_mode":"multiply","image1":["3",0],"image2":["2",0]},"class_type":"ImageBlend","_meta":{}},"7:6":{"inputs":{"images":["7:5",0]},"class_type":"PreviewImage","_meta":{}}"#;
const ROB: &str = "templates_rob_realistic_2k_images_quick_variations.app";
const FIRST_LINK: &str = r#"["126:130",0]"#;
const OTHER_LINK: &str = r#"["126:96",0]"#;

fn pairs(directory: &Path) -> Vec<Pair> {
    let mut pairs: Vec<_> = fs::read_dir(directory)
        .unwrap()
        .filter_map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_name()?.to_str()?.strip_suffix(".ui.json")?.to_owned();
            let exported = |directory: &Path| fs::read_to_string(directory.join(format!("{name}.api.json")));
            let newest = exported(&fixtures("convert/newest"));
            let mut exported = newest.or_else(|_| exported(directory)).ok();
            for (_, theirs, ours, why) in OTHERWISE.iter().filter(|(file, ..)| *file == name) {
                let text = exported.unwrap_or_default();
                assert!(text.contains(theirs), "{name} has no {theirs}: {why}");
                exported = Some(text.replacen(theirs, ours, 1));
            }
            Some(Pair { saved: fs::read(&path).unwrap(), name, exported })
        })
        .collect();
    pairs.sort_by(|a, b| a.name.cmp(&b.name));
    pairs
}

fn converted(pair: &Pair, definitions: &Definitions) -> Result<Converted, Error> {
    to_api_format(&pair.saved, definitions, &Options::default())
}

/// What the page cannot tell and the file does: the page leaves the class out where it does not know it.
fn is_better(name: &str, at: &str, their_names: &[String]) -> bool {
    name == "class_type" && at.matches('/').count() == 1 && their_names == ["inputs", "_meta"]
}

/// Where two texts first differ; numbers are compared as the page's are, which are floats.
fn difference(ours: Value<'_>, theirs: Value<'_>, at: &str) -> Option<String> {
    let unequal = || Some(format!("{at}: {} and not {}", brief(ours), brief(theirs)));
    match (ours.kind(), theirs.kind()) {
        (Kind::Object, Kind::Object) => {
            let (mut ours, theirs) = (ours.entries(), theirs.entries());
            let names = |entries: &[(viewcomfy_wasm::json::Str<'_>, Value<'_>)]| -> Vec<String> {
                entries.iter().map(|(name, _)| name.decode().into_owned()).collect()
            };
            let their_names = names(&theirs);
            ours.retain(|(name, _)| !is_better(&name.decode(), at, &their_names));
            if at.ends_with("/_meta") {
                // The page of the recordings knows titles alone, and in `newest` they are left out: they are of its day.
                let find = |name: &str| ours.iter().find(|(ours, _)| ours.is(name)).map(|(_, value)| *value);
                return theirs.iter().find_map(|(name, theirs)| match find(&name.decode()) {
                    Some(ours) => difference(ours, *theirs, &format!("{at}/{}", name.decode())),
                    None => Some(format!("{at}: without {}", name.decode())),
                });
            }
            let our_names = names(&ours);
            if our_names != their_names {
                return Some(format!("{at}: the keys {our_names:?} and not {their_names:?}"));
            }
            let mut both = ours.iter().zip(&theirs).zip(&our_names);
            both.find_map(|((ours, theirs), name)| difference(ours.1, theirs.1, &format!("{at}/{name}")))
        }
        (Kind::Array, Kind::Array) => {
            let (ours, theirs) = (ours.items(), theirs.items());
            if ours.len() != theirs.len() {
                return Some(format!("{at}: {} items and not {}", ours.len(), theirs.len()));
            }
            let mut both = ours.into_iter().zip(theirs).enumerate();
            both.find_map(|(index, (ours, theirs))| difference(ours, theirs, &format!("{at}/{index}")))
        }
        (Kind::Number, Kind::Number) => {
            let float = |value: Value<'_>| value.raw().parse::<f64>().unwrap();
            if float(ours) == float(theirs) { None } else { unequal() }
        }
        (Kind::String, Kind::String) => {
            let text = |value: Value<'_>| value.as_str().unwrap().decode().into_owned();
            if text(ours) == text(theirs) { None } else { unequal() }
        }
        _ if ours.raw() == theirs.raw() => None,
        _ => unequal(),
    }
}

fn brief(value: Value<'_>) -> String {
    value.raw().chars().take(60).collect()
}

/// How many are as exported, and what is wrong with each that is not.
fn count(directory: &Path, definitions: &Definitions) -> (usize, Vec<(String, String)>) {
    let (mut same, mut misses) = (0, Vec::new());
    for pair in pairs(directory) {
        let Some(exported) = &pair.exported else { continue };
        let wrong = match converted(&pair, definitions) {
            Ok(ours) => {
                let (ours, theirs) = (Value::parse(&ours.json).unwrap(), Value::parse(exported).unwrap());
                difference(ours, theirs, "")
            }
            Err(error) => Some(error.to_string()),
        };
        match wrong {
            Some(wrong) => misses.push((pair.name, wrong)),
            None => same += 1,
        }
    }
    (same, misses)
}

#[test]
fn the_fixtures_are_converted_as_the_page_does() {
    assert_eq!(count(&fixtures("convert/handmade"), &BUNDLED), (67, Vec::new()));
    assert_eq!(count(&fixtures("convert/templates"), &BUNDLED), (40, Vec::new()));
    assert_eq!(count(&fixtures("convert/newest"), &BUNDLED), (43, Vec::new()));
}

#[test]
fn where_the_page_throws_the_error_says_where() {
    let refused = |name: &str| {
        let directory = fixtures("convert/handmade");
        let pair = pairs(&directory).into_iter().find(|pair| pair.name.starts_with(name)).unwrap();
        assert!(pair.exported.is_none());
        converted(&pair, &BUNDLED)
    };
    let at = |reason, node: &str, input: &str| (reason, Some(node.to_owned()), Some(input.to_owned()));
    assert_eq!(refusal(refused("28")), at("dangling_link", "2", "image"));
    let (reason, node, input) = refusal(refused("69"));
    assert!(reason == "bypass_cycle" && node.is_some() && input.is_some(), "{reason} {node:?} {input:?}");
    let kinder = refused("70").unwrap();
    assert_eq!(super::keys(&kinder.json), ["1", "2", "3"]);
    assert_eq!(super::inputs(&kinder.json, "3"), r#"{"filename_prefix":"out","images":["2",0]}"#);
    let codes: Vec<_> = kinder.warnings.iter().map(|warning| warning.code).collect();
    assert_eq!(codes, [WarningCode::MissingVersion]);
}

/// The files that CI puts beside the project, with their server's own definitions and with those of the package.
#[test]
fn real_files_are_converted_as_the_page_does() {
    let directory = |name: &str| -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/comfyui/convert").join(name)
    };
    let Some(full) = shared() else {
        eprintln!("../shared/comfyui is not there: only the fixtures were compared");
        return;
    };
    let full = Definitions::parse(full).unwrap();
    for (name, files, least) in [("handmade", 67, 67), ("templates", 200, 198), ("embedded", 107, 104)] {
        let (same, misses) = count(&directory(name), &full);
        println!("{name}: {same} of {files} as the page exports them");
        for (file, wrong) in &misses {
            let reason = KNOWN_MISSES.iter().find(|(known, _)| known == file);
            println!("  {file}: {} ({wrong})", reason.map_or("?", |(_, reason)| reason));
            assert!(reason.is_some(), "{name}/{file}: {wrong}");
        }
        assert_eq!(same + misses.len(), files);
        assert!(same >= least, "{name}: {same} of {files}");
        for pair in pairs(&directory(name)) {
            let text = |definitions| converted(&pair, definitions).map(|converted| converted.json);
            assert_eq!(text(&full), text(&BUNDLED), "{name}/{}", pair.name);
        }
        // The handmade files have such values on purpose.
        if name != "handmade" {
            assert_eq!(wrong_types(&directory(name), &full), Vec::<String>::new(), "{name}");
        }
    }
}

/// Official workflows miss nothing, and neither do pictures that were made: but for three with group nodes, whose links the
/// page loses when it opens them.
#[test]
fn nothing_is_called_missing_that_a_run_has() {
    let templates = missing(&fixtures("convert/templates"), &BUNDLED);
    assert_eq!(templates, Vec::<String>::new());
    let Some(full) = shared() else {
        eprintln!("../shared/comfyui is not there: only the templates were looked at");
        return;
    };
    let full = Definitions::parse(full).unwrap();
    let recorded = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/comfyui/convert");
    assert_eq!(missing(&recorded.join("templates"), &full), Vec::<String>::new());
    let with_group_nodes = [
        "edit_models__sdxl_edit_model.png",
        "hidream__hidream_e1_example.png",
        "stable_cascade__stable_cascade__inpaint_controlnet.png",
    ];
    assert_eq!(missing(&recorded.join("embedded"), &full), with_group_nodes);
}

/// The files with an input of which it is said that it is missing.
fn missing(directory: &Path, definitions: &Definitions) -> Vec<String> {
    let is_missing = |pair: &Pair| {
        let warnings = converted(pair, definitions).map(|converted| converted.warnings).unwrap_or_default();
        warnings.iter().any(|warning| warning.code == WarningCode::MissingInput)
    };
    pairs(directory).into_iter().filter(is_missing).map(|pair| pair.name).collect()
}

/// What is said of values whose type cannot be that of their input.
fn wrong_types(directory: &Path, definitions: &Definitions) -> Vec<String> {
    let all = pairs(directory).into_iter().filter_map(|pair| {
        let warnings = converted(&pair, definitions).ok()?.warnings;
        let wrong = warnings.into_iter().filter(|warning| warning.code == WarningCode::WrongType);
        Some(wrong.map(|warning| format!("{}: {}", pair.name, warning.message)).collect::<Vec<_>>())
    });
    all.flatten().collect()
}
