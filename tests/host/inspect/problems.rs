//! Each problem code provoked, and where it must not be raised.

use super::{found, plain, rows};
use crate::definitions::ours;
use serde_json::json;
use viewcomfy_wasm::definitions::Definitions;
use viewcomfy_wasm::json::{Value, python};

/// The default workflow with one JSON text put in, by its JSON pointer; without it, where the text is empty.
fn with(pointer: &str, json: &str) -> String {
    let mut workflow = plain();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let parent = workflow.pointer_mut(parent).unwrap().as_object_mut().unwrap();
    parent.insert(key.to_owned(), "@".into());
    if json.is_empty() {
        parent.remove(key);
    }
    // Put in as text, because serde_json would round some of the numbers.
    workflow.to_string().replace("\"@\"", json)
}

/// What is found in a workflow, each as `code severity node input`.
fn raised(text: &str, with_definitions: bool) -> Vec<String> {
    let definitions = ours();
    let found = found(text, with_definitions.then_some(&definitions)).into_iter();
    let line =
        |(code, severity, node, input)| format!("{code} {severity} {node} {input}").trim_end().to_owned();
    found.map(line).collect()
}

/// A change of the default workflow, what it raises without definitions, and what else it raises with them.
const CASES: &str = r#"
/3/inputs/positive        | ["66", 0]              | link_to_missing_node error 3 positive, unused_node warning 6 |
/3/inputs/positive        | ["3", 0]               | link_to_itself error 3 positive, unused_node warning 6 | link_type_mismatch error 3 positive
/3/inputs/positive        | ["6", "0"]             | invalid_output_index error 3 positive |
/3/inputs/positive        | ["6", 0.5]             | invalid_output_index error 3 positive |
/3/inputs/positive        | ["6", -1]              | invalid_output_index error 3 positive |
/3/inputs/positive        | ["4", 0]               | unused_node warning 6 | link_type_mismatch error 3 positive
/6/inputs/clip            | ["3", 0]               | cycle error 3 | link_type_mismatch error 6 clip
/8/class_type             |                        | missing_class_type error 8 |
/8/class_type             | "NoSuchClass"          | | unknown_class error 8
/10                       | {"class_type": "VAEDecode", "inputs": {"samples": ["3", 0], "vae": ["4", 2]}} | unused_node warning 10 |
/10                       | {"class_type": "Mine", "inputs": {"samples": ["3", 0]}} | | unknown_class error 10
/10                       | {"class_type": "VAEDecode", "inputs": {"samples": ["99", 0], "vae": ["4", 2]}} | link_to_missing_node warning 10 samples, unused_node warning 10 |
/3/inputs/seed            | 18446744073709551615   | unsafe_integer info 3 seed |
/3/inputs/seed            | 9007199254740991       | |
/3/inputs/seed            | 18446744073709551616   | unsafe_integer info 3 seed | out_of_range error 3 seed
/9/inputs/filename_prefix | "C:\\out\\x"           | local_path warning 9 filename_prefix |
/9/inputs/filename_prefix | "\/home/me/x"          | local_path warning 9 filename_prefix |
/9/inputs/filename_prefix | "home/me/x"            | |
/6/inputs/text            | "c://paint, /home/ in the distance" | |
/5/inputs/width           | 516                    | size_not_multiple_of_8 warning 5 width |
/5/inputs/batch_size      | 3                      | |
/8/inputs/vae             |                        | | missing_input error 8 vae
/8/inputs/tile            | 5                      | | unknown_input warning 8 tile
/9/inputs/prompt          | "hidden"               | |
/3/inputs/steps           | "abc"                  | | wrong_type error 3 steps
/3/inputs/steps           | "25"                   | |
/3/inputs/steps           | 7.5                    | | wrong_type warning 3 steps
/3/inputs/steps           | 7.0                    | |
/3/inputs/steps           | 0                      | | out_of_range error 3 steps
/3/inputs/cfg             | "high"                 | | wrong_type error 3 cfg
/3/inputs/cfg             | [1, 2, 3]              | | wrong_type error 3 cfg
/3/inputs/cfg             | 7                      | |
/3/inputs/denoise         | 1.01                   | | out_of_range error 3 denoise
/3/inputs/denoise         | 1                      | |
/8/inputs/vae             | "vae"                  | | wrong_type warning 8 vae
/9/inputs/filename_prefix | null                   | | wrong_type warning 9 filename_prefix
/3/inputs/scheduler       | "simpel"               | | not_a_choice error 3 scheduler
/3/inputs/scheduler       | "simpl\u0065"          | |
/4/inputs/ckpt_name       | "other.safetensors"    | | missing_model error 4 ckpt_name
/4/inputs/ckpt_name       | "sub/xl.safetensors"   | |
/8/inputs/vae             | ["4", 3]               | | unknown_output error 8 vae
/8/inputs/vae             | ["9", 0]               | cycle error 8 | unknown_output error 8 vae
"#;

#[test]
fn each_change_raises_what_it_should_and_nothing_else() {
    for case in CASES.trim().lines() {
        let cells: Vec<_> = case.split('|').map(str::trim).collect();
        let [pointer, json, alone, more] = cells[..] else { panic!("four cells: {case}") };
        let text = with(pointer, json);
        for (definitions, expected) in [(false, alone.to_owned()), (true, format!("{alone}, {more}"))] {
            let mut expected: Vec<_> = expected.split(", ").filter(|line| !line.is_empty()).collect();
            let mut raised = raised(&text, definitions);
            expected.sort_unstable();
            raised.sort_unstable();
            assert_eq!(raised, expected, "{case}, definitions {definitions}");
        }
    }
}

#[test]
fn a_workflow_must_end_somewhere() {
    for definitions in [false, true] {
        let raised = raised(&with("/9", ""), definitions);
        assert_eq!((&*raised[0], raised.len()), ("no_output_node error", 7));
        assert!(raised[1..].iter().all(|line| line.starts_with("unused_node warning")), "{raised:?}");
    }
}

#[test]
fn a_good_workflow_raises_nothing() {
    assert_eq!(raised(&plain().to_string(), false), [""; 0]);
    assert_eq!(raised(&plain().to_string(), true), [""; 0]);
}

#[test]
fn files_that_a_person_brings_are_no_errors() {
    let workflow = |image: &str| {
        format!(
            r#"{{"1": {{"class_type": "LoadImage", "inputs": {{{image}}}}},
        "2": {{"class_type": "SaveImage", "inputs": {{"images": ["1", 0], "filename_prefix": "x"}}}}}}"#
        )
    };
    for (image, without, with) in [
        (r#""image": """#, &["missing_file warning 1 image"][..], &["missing_file warning 1 image"][..]),
        (r#""image": null"#, &["missing_file warning 1 image"], &["missing_file warning 1 image"]),
        (r#""image": "mine.png""#, &[], &["missing_file warning 1 image"]),
        (r#""image": "example.png", "upload": "image""#, &[], &[]),
        ("", &["missing_file error 1 image"], &["missing_file error 1 image"]),
    ] {
        assert_eq!(raised(&workflow(image), false), without, "{image}");
        assert_eq!(raised(&workflow(image), true), with, "{image}");
    }
}

#[test]
fn titles_are_compared_where_something_is_set() {
    let titled = |first: &str, second: &str| {
        let mut workflow = plain();
        workflow["6"]["_meta"] = json!({ "title": first });
        workflow["7"]["_meta"] = json!({ "title": second });
        workflow["8"]["_meta"] = json!({ "title": second });
        raised(&workflow.to_string(), false)
    };
    assert_eq!(titled("Prompt", "Prompt"), ["duplicate_title info 6"]);
    assert_eq!(titled("Prompt", "Negative"), [""; 0]);
    assert_eq!(titled("", ""), [""; 0]);
}

#[test]
fn nodes_of_one_title_are_named() {
    let message = |count: usize| {
        let nodes: serde_json::Map<String, serde_json::Value> = (1..=count)
            .map(|id| {
                let node = json!({ "class_type": "Text", "inputs": { "text": "x" }, "_meta": { "title": "Prompt" } });
                (id.to_string(), node)
            })
            .collect();
        let rows = rows(&serde_json::to_string(&nodes).unwrap(), None);
        let problems = rows["problems"].as_array().unwrap();
        let titles = problems.iter().find(|problem| problem[0] == "duplicate_title").unwrap();
        titles[4].as_str().unwrap().to_owned()
    };
    assert_eq!(message(2), "nodes 1 and 2 are both titled \"Prompt\"");
    assert_eq!(message(3), "nodes 1, 2 and 3 are all titled \"Prompt\"");
    assert_eq!(message(10), "nodes 1, 10, 2, 3, 4, 5, 6, 7 and 2 more are all titled \"Prompt\"");
}

#[test]
fn inputs_that_classes_grow_are_known() {
    let workflow = |resize: &str| {
        format!(
            r#"{{"1": {{"class_type": "LoadImage", "inputs": {{"image": "example.png"}}}},
        "2": {{"class_type": "ResizeImageMaskNode", "inputs": {{"input": ["1", 1], "scale_method": "area", {resize}}}}},
        "3": {{"class_type": "BatchImagesNode", "inputs": {{"images.image0": ["2", 0], "images.image1": ["1", 0], "images.image9": ["1", 0]}}}},
        "4": {{"class_type": "SaveImage", "inputs": {{"images": ["3", 0], "filename_prefix": "x"}}}},
        "5": {{"class_type": "PreviewAny", "inputs": {{"source": ["2", 0]}}}}}}"#
        )
    };
    for (resize, expected) in [
        (r#""resize_type": "scale by multiplier", "resize_type.multiplier": 2"#, &[][..]),
        (
            r#""resize_type": "scale by multiplier", "resize_type.multiplier": 9"#,
            &["out_of_range error 2 resize_type.multiplier"],
        ),
        (r#""resize_type": "scale by multiplier""#, &["missing_input error 2 resize_type.multiplier"]),
        (
            r#""resize_type": "scale by multiplier", "resize_type.multiplier": 2, "resize_type.width": 5"#,
            &["unknown_input warning 2 resize_type.width"],
        ),
        (r#""resize_type": "by eye""#, &["not_a_choice error 2 resize_type"]),
    ] {
        assert_eq!(raised(&workflow(resize), true), expected, "{resize}");
    }
}

#[test]
fn unions_and_lists_are_taken_as_comfyui_takes_them() {
    let workflow = |rate: &str, tags: &str| {
        format!(
            r#"{{
        "1": {{"class_type": "LTXVEmptyLatentAudio", "inputs": {{"frames_number": 9, "frame_rate": {rate}}}}},
        "2": {{"class_type": "PreviewAny", "inputs": {{"source": ["1", 0]}}}},
        "3": {{"class_type": "StringToCombo", "inputs": {{"text": 5, "tags": {tags}}}}},
        "4": {{"class_type": "PreviewAny", "inputs": {{"source": ["3", 0]}}}}}}"#
        )
    };
    let fine = r#"{"__value__": ["a", 3.0]}"#;
    for (rate, tags, expected) in [
        ("24", fine, &[][..]),
        ("24.5", "\"b\"", &[]),
        (r#"["3", 1]"#, fine, &[]),
        (r#"["3", 0]"#, fine, &["link_type_mismatch error 1 frame_rate"]),
        ("0.5", fine, &["out_of_range error 1 frame_rate"]),
        ("24", r#"{"__value__": ["a", "c"]}"#, &["not_a_choice error 3 tags"]),
    ] {
        assert_eq!(raised(&workflow(rate, tags), true), expected, "{rate} {tags}");
    }
}

/// The choices of a node, a value for it, and whether Python finds it among them.
const CHOICES: &str = r#"
["euler","dpm","x,y"]    | "x,y"       | yes
["euler","dpm","x,y"]    | ","         | no
["euler", "dpm", "x,y"]  | ", "        | no
["x,",",y"]              | ","         | no
["a",",","b"]            | ","         | yes
["caf\u00e9", "b"]       | "café"      | yes
["a\"b", "c"]            | "a"         | no
["[a].safetensors", "b"] | "b"         | yes
[["a"], "b"]             | "a"         | no
["1", "2"]               | 1           | no
[1, 2]                   | "1"         | no
[1, 2]                   | 2.0         | yes
[1, 2]                   | true        | yes
[true, false]            | 0           | yes
["None"]                 | null        | no
"#;

#[test]
fn a_choice_is_one_that_python_finds_in_the_list() {
    let lines: Vec<_> = CHOICES.lines().filter(|line| !line.is_empty()).collect();
    assert_eq!(lines.len(), 15);
    for line in lines {
        let [choices, value, is_fine] = line.split('|').map(str::trim).collect::<Vec<_>>()[..] else {
            panic!("{line}")
        };
        let definitions = format!(
            r#"{{"Pick": {{"input": {{"required": {{"one": [{choices}, {{}}]}}}}, "output": [], "output_node": true}}}}"#
        );
        let definitions = Definitions::parse(definitions.into()).unwrap();
        let workflow = format!(r#"{{"1": {{"class_type": "Pick", "inputs": {{"one": {value}}}}}}}"#);
        let codes: Vec<_> =
            found(&workflow, Some(&definitions)).into_iter().map(|problem| problem.0).collect();
        let expected = if is_fine == "yes" { vec![] } else { vec!["not_a_choice"] };
        assert_eq!(codes, expected, "{line}");
    }
}

#[test]
fn one_of_thousands_of_choices_is_found() {
    let choices: Vec<_> =
        (0..5_000).map(|number| format!("\"folder/model number {number}.safetensors\"")).collect();
    let list = format!("[{}]", choices.join(","));
    let list = Value::parse(&list).unwrap();
    for choice in &choices {
        assert!(python::contains(list, Value::parse(choice).unwrap()), "{choice}");
    }
    assert!(!python::contains(list, Value::parse("\",\"").unwrap()));
}

#[test]
fn messages_name_what_is_wrong_and_stay_short() {
    let rows =
        super::rows(&with("/3/inputs/sampler_name", &json!("x".repeat(10_000)).to_string()), Some(&ours()));
    let problem = &rows["problems"][0];
    assert_eq!(problem[0], "not_a_choice");
    assert!(problem[4].as_str().unwrap().starts_with("\"sampler_name\" is \"xxx"));
    assert!(problem[4].as_str().unwrap().len() < 200);
    assert!(!problem[5].as_str().unwrap().is_empty());
}

#[test]
fn cycles_are_told_once_each() {
    let text = r#"{"a": {"class_type": "A", "inputs": {"x": ["b", 0]}}, "b": {"class_type": "A", "inputs": {"x": ["a", 0]}},
        "c": {"class_type": "A", "inputs": {"x": ["d", 0], "y": ["a", 0]}}, "d": {"class_type": "A", "inputs": {"x": ["c", 0]}},
        "e": {"class_type": "SaveImage", "inputs": {"x": ["d", 0]}}}"#;
    let raised = raised(text, false);
    assert_eq!(raised, ["cycle error a", "cycle error c"]);
}
