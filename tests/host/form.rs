//! Forms: derived from a workflow, with definitions, and as somebody designed them.

use crate::files::{fixtures, shared_workflows, workflows};
use serde_json::{Value, json};
use std::fs;
use viewcomfy_wasm::definitions::Definitions;
use viewcomfy_wasm::form::{Design, schema, to_json};
use viewcomfy_wasm::workflow::Workflow;

fn form_text(workflow: &[u8], definitions: Option<&str>, design: Option<&[u8]>) -> Result<String, String> {
    let definitions = definitions.map(|text| Definitions::parse(text.into()).unwrap());
    let message = |error: viewcomfy_wasm::Error| format!("{}: {error}", error.code().as_str());
    let own = design.map(Design::parse).transpose().map_err(message)?;
    let workflow = Workflow::parse(workflow).unwrap();
    schema(&workflow, definitions.as_ref(), own.as_ref()).map(|schema| to_json(&schema)).map_err(message)
}

fn form(workflow: &str) -> Value {
    serde_json::from_str(&form_text(workflow.as_bytes(), None, None).unwrap()).unwrap()
}

fn fixture(name: &str) -> Vec<u8> {
    fs::read(fixtures("view_comfy").join(name)).unwrap()
}

fn derived() -> Value {
    serde_json::from_str(&form_text(&fixture("workflow_api.json"), None, None).unwrap()).unwrap()
}

fn designed() -> Value {
    let (workflow, design) = (fixture("workflow_api.json"), fixture("designed.json"));
    serde_json::from_str(&form_text(&workflow, None, Some(&design)).unwrap()).unwrap()
}

/// Group titles with the keys and types of their fields.
fn outline(groups: &Value) -> Vec<(&str, Vec<(&str, &str)>)> {
    let groups = groups.as_array().unwrap().iter();
    groups
        .map(|group| {
            let fields = group["fields"].as_array().unwrap().iter();
            (
                group["title"].as_str().unwrap(),
                fields
                    .map(|field| (field["key"].as_str().unwrap(), field["type"].as_str().unwrap()))
                    .collect(),
            )
        })
        .collect()
}

fn field<'v>(form: &'v Value, key: &str) -> &'v Value {
    let groups = ["basic", "advanced"].into_iter().flat_map(|list| form[list].as_array().unwrap());
    let mut fields = groups.flat_map(|group| group["fields"].as_array().unwrap());
    fields.find(|field| field["key"] == key).unwrap_or_else(|| panic!("no field {key}"))
}

#[test]
fn a_form_is_derived_by_the_rules_of_the_web_app() {
    let form = derived();
    assert_eq!(
        outline(&form["basic"]),
        [
            ("Prompt", vec![("6-inputs-text", "long-text")]),
            ("Negative", vec![("7-inputs-text", "long-text")]),
            ("LoadImage", vec![("10-inputs-image", "image")]),
            ("LoadImageMask", vec![("11-inputs-image", "image"), ("11-inputs-channel", "string")]),
        ]
    );
    assert_eq!(
        outline(&form["advanced"]),
        [
            ("CheckpointLoaderSimple", vec![("4-inputs-ckpt_name", "string")]),
            (
                "KSampler",
                vec![
                    ("3-inputs-seed", "seed"),
                    ("3-inputs-steps", "number"),
                    ("3-inputs-cfg", "float"),
                    ("3-inputs-sampler_name", "string"),
                    ("3-inputs-denoise", "number"),
                ]
            ),
            (
                "Switch",
                vec![
                    ("20-inputs-noise_seed", "noise_seed"),
                    ("20-inputs-rand_seed", "rand_seed"),
                    ("20-inputs-use_seed", "boolean"),
                    ("20-inputs-seed_text", "string"),
                    ("20-inputs-on", "boolean"),
                ]
            ),
        ]
    );
    assert_eq!(
        (&form["title"], &form["previewImages"], &form["deleted"]),
        (&Value::Null, &json!([]), &json!([]))
    );
    assert_eq!(form["basic"][0]["key"], "6-CLIPTextEncode");
    assert_eq!(form["advanced"][1]["classType"], "KSampler");
}

#[test]
fn derived_fields_begin_with_what_the_workflow_has() {
    let text = form_text(&fixture("workflow_api.json"), None, None).unwrap();
    assert!(
        text.contains(r#""type":"seed","value":18446744073709551615,"#) && text.contains(r#""value":7.0,"#)
    );
    let form = derived();
    assert_eq!(
        field(&form, "6-inputs-text"),
        &json!({"key": "6-inputs-text", "node": "6", "input": "text", "title": "Text", "type": "long-text",
            "value": "a lighthouse", "randomize": false, "required": true, "requiredMessage": null, "visible": true,
            "placeholder": null, "helpText": null, "tooltip": null, "min": null, "max": null, "step": null,
            "options": null})
    );
    // An empty prompt may stay empty, an empty picture may not.
    assert_eq!(field(&form, "7-inputs-text")["required"], false);
    let mask = field(&form, "11-inputs-image");
    assert_eq!((&mask["required"], &mask["value"]), (&json!(true), &Value::Null));
    assert_eq!(field(&form, "10-inputs-image")["value"], "coast.png");
    let seed = field(&form, "3-inputs-seed");
    assert_eq!((&seed["min"], &seed["max"]), (&json!(0), &json!(u64::MAX)));
}

#[test]
fn loaders_take_their_kind_of_file() {
    for (class, input, kind) in [
        ("LoadImage", "image", "image"),
        ("LoadImageMask", "image", "image"),
        ("loadImage_ViewComfy", "image", "image"),
        ("loadImage_ViewComfy", "picture", "image"),
        ("LoadImage_ViewComfy", "image", "image"),
        ("LoadImage_ViewComfy", "picture", "image"),
        ("LoadVideo", "file", "video"),
        ("VHS_LoadVideo", "video", "video"),
        ("LoadAudio", "audio", "audio"),
        ("SaveImage", "image", "string"),
    ] {
        let form = form(&format!(
            r#"{{"1": {{"class_type": "{class}", "inputs": {{"{input}": "x", "other": "y"}}}}}}"#
        ));
        assert_eq!(outline(&form["basic"])[0].1[0].1, kind, "{class}");
        assert_eq!(outline(&form["basic"])[0].1[1].1, "string", "{class}");
    }
}

#[test]
fn without_basic_nodes_all_are_basic() {
    let form = form(
        r#"{"1": {"class_type": "KSampler", "inputs": {"seed": 1}}, "2": {"class_type": "A", "inputs": {"x": [1]}}}"#,
    );
    assert_eq!(outline(&form["basic"]), [("KSampler", vec![("1-inputs-seed", "seed")])]);
    assert_eq!(form["advanced"], json!([]));
}

#[test]
fn titles_select_nodes_and_lose_their_prefix() {
    let node = |id: u8, class: &str, title: &str| {
        format!(
            r#""{id}": {{"class_type": "{class}", "inputs": {{"x": 1}}, "_meta": {{"title": "{title}"}}}}"#
        )
    };
    let form = form(&format!(
        "{{{}, {}, {}, {}, {}}}",
        node(1, "CLIPTextEncode", "VC_ADV Prompt"),
        node(2, "KSampler", "VC_BASIC_Sampler"),
        node(3, "Other", "Not selected"),
        node(4, "Bare", "VC_BASIC"),
        node(5, "Long", "VC_ADVANCED: x"),
    ));
    let titles =
        |list: &str| outline(&form[list]).into_iter().map(|(title, _)| title.to_owned()).collect::<Vec<_>>();
    // Both prefixes select alike; which list a node is in follows from its class.
    assert_eq!(
        (titles("basic"), titles("advanced")),
        (vec!["Prompt".into()], vec!["Sampler".into(), "Bare".into(), "x".into()])
    );
}

const DEFINITIONS: &str = r#"{
    "KSampler": {"input": {"required": {
        "seed": ["INT", {"min": 0, "max": 65535, "tooltip": "Where noise begins."}],
        "steps": ["INT", {"min": 1, "max": 100, "display": "slider"}],
        "cfg": ["FLOAT", {"min": 0.0, "max": 100.0, "step": 0.1, "display_name": "Guidance"}],
        "sampler_name": [["euler", "heun"], {}]},
      "optional": {"denoise": ["FLOAT", {}]}}, "output": [], "output_name": []},
    "Switch": {"input": {"required": {
        "seed_text": ["STRING", {"multiline": true}],
        "noise_seed": ["COMBO", {"options": [5, 6]}]}}, "output": [], "output_name": []}
}"#;

#[test]
fn definitions_add_ranges_choices_and_tooltips() {
    let text = form_text(&fixture("workflow_api.json"), Some(DEFINITIONS), None).unwrap();
    let form: Value = serde_json::from_str(&text).unwrap();
    let seed = field(&form, "3-inputs-seed");
    assert_eq!(
        (&seed["max"], &seed["tooltip"], &seed["type"]),
        (&json!(65535), &json!("Where noise begins."), &json!("seed"))
    );
    let steps = field(&form, "3-inputs-steps");
    assert_eq!((&steps["type"], &steps["min"], &steps["max"]), (&json!("slider"), &json!(1), &json!(100)));
    let cfg = field(&form, "3-inputs-cfg");
    assert_eq!(
        (&cfg["type"], &cfg["title"], &cfg["step"]),
        (&json!("float"), &json!("Guidance"), &json!(0.1))
    );
    let sampler = field(&form, "3-inputs-sampler_name");
    assert_eq!(sampler["type"], "select");
    assert_eq!(
        sampler["options"],
        json!([{"label": "euler", "value": "euler"}, {"label": "heun", "value": "heun"}])
    );
    let denoise = field(&form, "3-inputs-denoise");
    assert_eq!((&denoise["type"], &denoise["required"]), (&json!("float"), &json!(false)));
    assert_eq!(field(&form, "20-inputs-seed_text")["type"], "long-text");
}

#[test]
fn a_design_gives_titles_order_and_controls() {
    let form = designed();
    assert_eq!((&form["title"], &form["description"]), (&json!("Coast painter"), &json!("Paints a coast.")));
    assert_eq!(form["previewImages"], json!(["https://example.com/a.webp"]));
    assert_eq!(
        outline(&form["basic"]),
        [
            (
                "Sampler first",
                vec![
                    ("3-inputs-cfg", "slider"),
                    ("3-inputs-seed", "seed"),
                    ("3-inputs-sampler_name", "select")
                ]
            ),
            ("Picture", vec![("10-inputs-image", "image")]),
        ]
    );
    assert_eq!(
        outline(&form["advanced"]),
        [("Prompts", vec![("6-inputs-text", "long-text"), ("3-inputs-denoise", "number")])]
    );
    assert_eq!(form["deleted"], json!(["3-inputs-steps", "20-inputs-on"]));
    assert_eq!(
        field(&form, "3-inputs-cfg"),
        &json!({"key": "3-inputs-cfg", "node": "3", "input": "cfg", "title": "Obedience", "type": "slider", "value": 6.5,
            "randomize": false, "required": false, "requiredMessage": "Set it", "visible": true, "placeholder": "7",
            "helpText": "How closely the prompt is followed", "tooltip": "cfg", "min": 1, "max": 20, "step": 0.5,
            "options": null})
    );
}

#[test]
fn designed_seeds_files_and_choices_are_read() {
    let form = designed();
    let seed = field(&form, "3-inputs-seed");
    assert_eq!(
        (&seed["randomize"], &seed["value"], &seed["visible"]),
        (&json!(true), &json!(u64::MAX), &json!(false))
    );
    assert_eq!(
        field(&form, "3-inputs-sampler_name")["options"],
        json!([{"label": "Quick", "value": "euler"}, {"label": "heun", "value": "heun"}, {"label": "ddim", "value": "ddim"}])
    );
    let image = field(&form, "10-inputs-image");
    assert_eq!((&image["value"], &image["requiredMessage"]), (&json!("coast.png"), &json!("Choose one")));
    assert_eq!(form["basic"][1]["visible"], false);
    let denoise = field(&form, "3-inputs-denoise");
    assert_eq!((&denoise["value"], &denoise["max"], &denoise["step"]), (&json!(1), &json!(1), &Value::Null));
    assert_eq!(field(&form, "6-inputs-text")["value"], "a pier");
}

#[test]
fn a_design_may_write_long_text_either_way() {
    for name in ["long-text", "long_text"] {
        let design = format!(
            r#"{{"inputs": [{{"title": "Sampler", "inputs": [{{"key": "3-inputs-sampler_name", "valueType": "{name}"}}]}}]}}"#
        );
        let text = form_text(&fixture("workflow_api.json"), None, Some(design.as_bytes())).unwrap();
        let form: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(field(&form, "3-inputs-sampler_name")["type"], "long-text", "{name}");
    }
}

#[test]
fn a_view_comfy_file_brings_its_own_design() {
    let file = fs::read(fixtures("wrappers").join("view_comfy.json")).unwrap();
    let design = Design::beside(&file).unwrap();
    let workflow = Workflow::parse(&file).unwrap();
    let form: Value =
        serde_json::from_str(&to_json(&schema(&workflow, None, Some(&design)).unwrap())).unwrap();
    assert_eq!(form["title"], "Lighthouse");
    assert_eq!(outline(&form["advanced"]), [("KSampler", vec![("3-inputs-seed", "seed")])]);
    assert_eq!(field(&form, "3-inputs-seed")["randomize"], true);
    assert!(Design::beside(&fixture("workflow_api.json")).is_none());
}

#[test]
fn a_design_without_fields_leaves_the_derived_form() {
    let design = br#"{"title": "Empty", "inputs": []}"#;
    let text = form_text(&fixture("workflow_api.json"), None, Some(design)).unwrap();
    let form: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(form["title"], "Empty");
    assert_eq!(form["basic"], derived()["basic"]);
}

#[test]
fn what_is_no_design_for_the_workflow_is_refused() {
    for (design, word) in [
        (r#"{"inputs": [{"inputs": [{"key": "1-inputs-x"}]}]}"#, "another workflow"),
        ("[]", "neither"),
        ("{}", "neither"),
        ("{\n,}", "line 2, column 1"),
    ] {
        let error = form_text(&fixture("workflow_api.json"), None, Some(design.as_bytes())).unwrap_err();
        assert!(error.starts_with("invalid_workflow") && error.contains(word), "{design}: {error}");
    }
}

#[test]
fn every_literal_of_every_workflow_has_one_field() {
    let mut all = workflows(&fixtures("workflows"));
    match shared_workflows() {
        Some(shared) => all.extend(shared),
        None => println!("left out: ../shared/workflows is not here"),
    }
    let mut count = 0;
    for workflow in all {
        // serde_json reads neither half characters nor numbers beyond all measure; a label has the key of an input.
        if matches!(workflow.name.as_str(), "lone_surrogates" | "number_literals" | "dashes") {
            continue;
        }
        let form: Value = serde_json::from_str(&form_text(&workflow.bytes, None, None).unwrap()).unwrap();
        let flat: Value = serde_json::from_str(&workflow.flat).unwrap();
        let is_literal = |(key, value): &(&String, &Value)| {
            let is_label = key.starts_with('_') && key.ends_with("-node-class_type-info");
            let is_other = is_label || value.is_array() || value.is_object() || value.is_null();
            !is_other
                && !["-upload", "-choose file to upload", "-audioUI"]
                    .iter()
                    .any(|button| key.ends_with(button))
        };
        let literals: Vec<_> = flat.as_object().unwrap().iter().filter(is_literal).collect();
        let groups = ["basic", "advanced"].into_iter().flat_map(|list| form[list].as_array().unwrap());
        let fields: Vec<_> = groups.flat_map(|group| group["fields"].as_array().unwrap()).collect();
        let is_selective = workflow.flat.contains("\"VC_");
        assert!(
            is_selective || fields.len() == literals.len(),
            "{}: {} of {}",
            workflow.name,
            fields.len(),
            literals.len()
        );
        for field in &fields {
            let value = &flat[field["key"].as_str().unwrap()];
            assert!(field["value"] == *value || *value == json!(""), "{}: {}", workflow.name, field["key"]);
        }
        count += fields.len();
    }
    println!("{count} fields");
    assert!(count > 300, "{count}");
}
