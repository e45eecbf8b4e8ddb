//! Nodes of packs that the definitions do not have: what the file tells of them.

use super::{BUNDLED, convert, file, inputs, inputs_of, keys};
use crate::files::fixtures;
use std::fs;
use viewcomfy_wasm::convert::{Converted, Warning, WarningCode};
use viewcomfy_wasm::definitions::Definitions;
use viewcomfy_wasm::json::Value;

/// A case of the fixtures, converted with the definitions of the package.
pub fn case(name: &str) -> Converted {
    let workflow = fs::read_to_string(fixtures("cases").join(name)).unwrap();
    convert(&workflow, &BUNDLED).unwrap()
}

fn class_type(json: &str, id: &str) -> String {
    let class = Value::parse(json).unwrap().get(id).and_then(|entry| entry.get("class_type"));
    class.and_then(Value::as_str).unwrap().decode().into_owned()
}

/// What a node of an unknown class becomes, and the warnings.
fn foreign(slots: &str, values: &str, more: &str) -> (String, Vec<Warning>) {
    let node =
        format!(r#"{{"id": 4, "type": "Foreign", "inputs": [{slots}], "widgets_values": {values}{more}}}"#);
    let converted = convert(&file(&node, "", ""), &BUNDLED).unwrap();
    assert_eq!(class_type(&converted.json, "4"), "Foreign");
    (inputs(&converted.json, "4"), converted.warnings)
}

fn widgets(names: &[&str]) -> String {
    let slot = |name: &&str| {
        format!(r#"{{"name": "{name}", "type": "INT", "link": null, "widget": {{"name": "{name}"}}}}"#)
    };
    names.iter().map(slot).collect::<Vec<_>>().join(",")
}

#[test]
fn sockets_name_the_values() {
    let converted = case("conv_custom_named_by_inputs.json");
    assert_eq!(class_type(&converted.json, "1"), "MyCustomLoader");
    let expected = r#"{"model_name":"a.safetensors","seed":123,"strength":0.5}"#;
    assert_eq!(inputs(&converted.json, "1"), expected);
    let [warning] = &converted.warnings[..] else { panic!("{:?}", converted.warnings) };
    assert!(!warning.message.contains("cannot be known"), "{}", warning.message);

    let (named, _) = foreign(&widgets(&["mode", "seed"]), r#"["fixed", 5]"#, "");
    assert_eq!(named, r#"{"mode":"fixed","seed":5}"#);
    let (named, _) = foreign(&widgets(&["noise_seed", "list"]), r#"[5, "increment", [1, 2]]"#, "");
    assert_eq!(named, r#"{"noise_seed":5,"list":{"__value__":[1,2]}}"#);
}

#[test]
fn a_node_without_values_needs_no_names() {
    let converted = case("conv_custom_links_only.json");
    assert_eq!(class_type(&converted.json, "3"), "MyCustomFilter");
    assert_eq!(inputs(&converted.json, "3"), r#"{"image":["1",0]}"#);
    for values in ["[]", "{}"] {
        let (sent, warnings) = foreign("", values, "");
        assert_eq!(sent, "{}");
        assert!(!warnings[0].message.contains("cannot be known"), "{}", warnings[0].message);
    }
}

#[test]
fn an_object_names_the_values() {
    let (named, _) = foreign("", r#"{"rate": 24, "format": "mp4"}"#, "");
    assert_eq!(named, r#"{"rate":24,"format":"mp4"}"#);
    let beside = r#", "widgets_values_named": {"seed": 7, "control_after_generate": "fixed", "text": "a"}"#;
    let (named, _) = foreign("", r#"[7, "fixed", "a"]"#, beside);
    assert_eq!(named, r#"{"seed":7,"text":"a"}"#);
}

/// The definitions that stand beside a case.
pub fn definitions_of(case: &str) -> Definitions {
    Definitions::parse(fs::read(fixtures("cases").join(case)).unwrap()).unwrap()
}

#[test]
fn an_object_names_the_values_of_known_classes_too() {
    let workflow = fs::read_to_string(fixtures("cases/conv_widgets_object.json")).unwrap();
    let converted = convert(&workflow, &definitions_of("conv_widgets_object.object_info.json")).unwrap();
    let expected = concat!(
        r#"{"frame_rate":24,"loop_count":0,"filename_prefix":"clip","format":"video/h264-mp4","pingpong":false,"#,
        r#""save_output":true,"pix_fmt":"yuv420p","crf":19,"save_metadata":true,"images":["1",0]}"#
    );
    assert_eq!(inputs(&converted.json, "40"), expected);
    assert_eq!(converted.warnings, []);

    let values = r#"{"sampler_name": "dpmpp_2m", "control_after_generate": "randomize", "seed": 3}"#;
    assert_eq!(inputs_of("KSampler", values), r#"{"seed":3,"sampler_name":"dpmpp_2m"}"#);
    let values = r#"{"count": [1, 2], "videopreview": {"hidden": false}, "more": {"a": 1}}"#;
    let expected = r#"{"count":{"__value__":[1,2]},"share":1.0,"name":"n","on":true,"more":{"a":1}}"#;
    assert_eq!(inputs_of("Numbers", values), expected);
}

#[test]
fn each_class_without_names_is_told_once() {
    let node = |id: u32, class: &str, values: &str| super::node(id, class, values);
    let nodes = [node(3, "Foreign", "[1, 2]"), node(5, "Foreign", "[]"), node(7, "Foreign", "[3]")].join(",");
    let nodes = format!("{nodes},{},{}", node(8, "Other", "[]"), node(9, "Other", "[]"));
    let converted = convert(&file(&nodes, "", ""), &BUNDLED).unwrap();
    assert_eq!(keys(&converted.json), ["3", "5", "7", "8", "9"]);
    let [foreign, other] = &converted.warnings[..] else { panic!("{:?}", converted.warnings) };
    assert_eq!((foreign.code, foreign.node.as_deref()), (WarningCode::UnknownClass, Some("3")));
    assert!(foreign.message.starts_with("3 nodes have the class Foreign"), "{}", foreign.message);
    assert!(foreign.message.contains("the values of 2 of them cannot be known"), "{}", foreign.message);
    assert!(foreign.advice.contains("object_info") && foreign.advice.contains("newer ComfyUI"));
    assert!(other.message.starts_with("2 nodes have the class Other"), "{}", other.message);
    assert!(!other.message.contains("cannot be known"), "{}", other.message);
}

#[test]
fn the_rows_of_a_list_of_loras_are_its_inputs() {
    let values = r#"[{}, {"type": "PowerLoraLoaderHeaderWidget"}, {"on": true, "lora": "a.safetensors", "strength": 0.8},
        {"on": false, "lora": "b.safetensors", "strength": 1}, {}, ""]"#;
    let slots =
        r#"{"name": "model", "type": "MODEL", "link": null}, {"name": "clip", "type": "CLIP", "link": null}"#;
    let node = format!(
        r#"{{"id": 4, "type": "Power Lora Loader (rgthree)", "inputs": [{slots}], "widgets_values": {values}}}"#
    );
    let expected = r#"{"lora_1":{"on":true,"lora":"a.safetensors","strength":0.8},"lora_2":{"on":false,"lora":"b.safetensors","strength":1}}"#;
    let own = br#"{"Power Lora Loader (rgthree)": {"input": {"required": {}, "optional": {"model": ["MODEL"], "clip": ["CLIP"]}}, "output": ["MODEL", "CLIP"]}}"#;
    let own = Definitions::parse(own.to_vec()).unwrap();
    for (definitions, warnings) in [(&*BUNDLED, 1), (&own, 0)] {
        let converted = convert(&file(&node, "", ""), definitions).unwrap();
        assert_eq!(inputs(&converted.json, "4"), expected);
        assert_eq!(converted.warnings.len(), warnings, "{:?}", converted.warnings);
    }
}

#[test]
fn the_seed_of_a_pack_has_no_control() {
    let node = super::node(4, "Seed (rgthree)", r#"[123, "", "", ""]"#);
    let own = br#"{"Seed (rgthree)": {"input": {"required": {"seed": ["INT", {"default": 0}]}}, "output": ["INT"]}}"#;
    let own = Definitions::parse(own.to_vec()).unwrap();
    for (definitions, warnings) in [(&*BUNDLED, 1), (&own, 0)] {
        let converted = convert(&file(&node, "", ""), definitions).unwrap();
        assert_eq!(inputs(&converted.json, "4"), r#"{"seed":123}"#);
        assert_eq!(converted.warnings.len(), warnings, "{:?}", converted.warnings);
    }
}

#[test]
fn a_switch_keeps_the_names_of_what_is_linked() {
    let slot = |name: &str, link: &str| format!(r#"{{"name": "{name}", "type": "IMAGE", "link": {link}}}"#);
    let slots = [slot("any_01", "null"), slot("any_02", "1"), slot("any_03", "2")].join(",");
    let switch =
        format!(r#"{{"id": 4, "type": "Any Switch (rgthree)", "inputs": [{slots}], "widgets_values": []}}"#);
    let nodes = format!("{},{switch}", super::node(1, "EmptyImage", "[8, 8, 1, 0]"));
    let links = r#"[1, 1, 0, 4, 1, "IMAGE"], [2, 1, 0, 4, 2, "IMAGE"]"#;
    let own = br#"{"Any Switch (rgthree)": {"input": {"required": {}, "optional": {}}, "output": ["*"]},
        "EmptyImage": {"input": {"required": {"width": ["INT"], "height": ["INT"], "batch_size": ["INT"], "color": ["INT"]}}, "output": ["IMAGE"]}}"#;
    let own = Definitions::parse(own.to_vec()).unwrap();
    for definitions in [&*BUNDLED, &own] {
        let converted = convert(&file(&nodes, links, ""), definitions).unwrap();
        assert_eq!(inputs(&converted.json, "4"), r#"{"any_02":["1",0],"any_03":["1",0]}"#);
    }
}

#[test]
fn what_controls_a_seed_counts_where_another_input_is_a_socket_now() {
    let workflow = fs::read_to_string(fixtures("cases/conv_forceinput_seed.json")).unwrap();
    let converted = convert(&workflow, &definitions_of("conv_forceinput_seed.object_info.json")).unwrap();
    assert_eq!(inputs(&converted.json, "2"), r#"{"seed":932685177371182,"text":["1",0]}"#);
    assert_eq!(converted.warnings, []);

    let classes = br#"{"Forced": {"input": {"required": {"seed": ["INT", {"forceInput": true}], "steps": ["INT", {}]}}, "output": []},
        "Button": {"input": {"required": {"text": ["STRING", {"forceInput": true}], "seed": ["INT", {}], "image": [["a.png"], {"image_upload": true}]}}, "output": []},
        "Old": {"input": {"required": {"text": ["STRING", {"forceInput": true}], "seed": ["INT", {}]}}, "output": []}}"#;
    let classes = Definitions::parse(classes.to_vec()).unwrap();
    let sent = |class: &str, values: &str| {
        let converted = convert(&file(&super::node(4, class, values), "", ""), &classes).unwrap();
        assert_eq!(converted.warnings, [], "{class} {values}");
        inputs(&converted.json, "4")
    };
    assert_eq!(sent("Forced", r#"[7, "randomize", 30]"#), r#"{"steps":30}"#);
    assert_eq!(sent("Old", r#"["", 7, "randomize"]"#), r#"{"seed":7}"#);
    let with_button = sent("Button", r#"[7, "fixed", "a.png", "image"]"#);
    assert!(with_button.starts_with(r#"{"seed":7,"image":"a.png""#), "{with_button}");
}

#[test]
fn a_primitive_writes_into_a_custom_node() {
    let primitive = r#"{"id": 1, "type": "PrimitiveNode", "outputs": [{"name": "x", "type": "INT", "links": [1]}], "widgets_values": [77, "fixed"]}"#;
    let seed = r#"{"name": "seed", "type": "INT", "link": 1, "widget": {"name": "seed"}}"#;
    let sent = |slots: &str, values: &str| {
        let node =
            format!(r#"{{"id": 4, "type": "Foreign", "inputs": [{slots}], "widgets_values": {values}}}"#);
        let links = r#"[1, 1, 0, 4, 0, "INT"]"#;
        inputs(&convert(&file(&format!("{primitive},{node}"), links, ""), &BUNDLED).unwrap().json, "4")
    };
    assert_eq!(sent(seed, r#"[5, "fixed"]"#), r#"{"seed":77}"#);
    assert_eq!(sent(seed, r#"[5, 0.5]"#), r#"{"UNKNOWN":5,"UNKNOWN_1":0.5,"seed":77}"#);
}
