//! ComfyUI's `object_info`, taken apart: our own one by hand, a real one against a second opinion.

use crate::files::fixtures;
use serde_json::Value as Json;
use std::fs;
use std::path::Path;
use viewcomfy_wasm::definitions::{Class, Definitions, Input, NodeInputs};
use viewcomfy_wasm::json::Value;

/// The definitions in `tests/fixtures/definitions`.
pub fn ours() -> Definitions {
    Definitions::parse(fs::read(fixtures("definitions").join("object_info.json")).unwrap()).unwrap()
}

/// A real server's answer, where CI puts it beside the project.
pub fn shared() -> Option<Vec<u8>> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/comfyui/object_info.json")).ok()
}

fn class<'d>(definitions: &'d Definitions, name: &str) -> Class<'d> {
    definitions.class(name).unwrap()
}

#[test]
fn a_class_says_what_goes_in_and_comes_out() {
    let definitions = ours();
    let sampler = class(&definitions, "KSampler");
    let names: Vec<_> = sampler.inputs.iter().map(|input| &*input.name).collect();
    assert_eq!(names[..4], ["model", "seed", "steps", "cfg"]);
    let seed = sampler.input("seed").unwrap();
    assert!(seed.required && seed.spec.flag("control_after_generate"));
    assert_eq!(seed.spec.number("max").map(Value::raw), Some("18446744073709551615"));
    assert_eq!(seed.spec.number("round"), None);
    assert_eq!(sampler.input("sampler_name").unwrap().spec.kind, "COMBO");
    let text = class(&definitions, "CLIPTextEncode");
    let tooltip = text.input("text").unwrap().spec.tooltip().map(|tooltip| tooltip.decode());
    assert_eq!(tooltip.as_deref(), Some("What the picture shows."));
    let save = class(&definitions, "SaveImage");
    assert!(save.output_node && save.outputs.is_empty() && !save.deprecated);
    assert_eq!(save.hidden.len(), 2);
    let ours = class(&definitions, "StringToCombo");
    assert!(ours.deprecated && !ours.input("flag").unwrap().required);
    assert_eq!(ours.python_module.map(|module| module.raw()), Some("custom_nodes.ours"));
    let outputs: Vec<_> = ours.outputs.iter().map(|out| (&*out.name, &*out.kind, out.is_list)).collect();
    assert_eq!(outputs, [("choice", "COMBO", true), ("count", "INT", false)]);
}

#[test]
fn both_forms_of_choices_are_read() {
    let definitions = ours();
    let raw = |class_type: &str, name: &str| {
        let class = class(&definitions, class_type);
        class.input(name).unwrap().spec.choices().map(|choices| choices.items().len())
    };
    assert_eq!(raw("KSampler", "scheduler"), Some(3));
    assert_eq!(raw("ImageScale", "crop"), Some(2));
    assert_eq!(raw("KSampler", "steps"), None);
    let remote = r#"{"A": {"input": {"required": {"x": ["COMBO", {"remote": {"route": "/y"}, "options": []}]}}, "output": []}}"#;
    let definitions = Definitions::parse(remote.into()).unwrap();
    assert!(class(&definitions, "A").inputs[0].spec.choices().is_none());
}

#[test]
fn required_inputs_stand_in_the_order_that_the_class_gives() {
    let text = r#"{"A": {"input": {"optional": {"o": ["INT"]}, "required": {"c": ["INT"], "a": ["INT", {}], "b": ["X"]}},
        "input_order": {"required": ["b", "no such", "a"]}, "output": []}}"#;
    let definitions = Definitions::parse(text.into()).unwrap();
    let names: Vec<_> = class(&definitions, "A").inputs.iter().map(|input| input.name.to_string()).collect();
    assert_eq!(names, ["b", "a", "c", "o"]);
}

/// The inputs of a node in a test.
struct Given(Vec<(&'static str, &'static str)>);

impl NodeInputs for Given {
    fn each_name(&self, take: &mut dyn FnMut(&str)) {
        self.0.iter().for_each(|(name, _)| take(name));
    }

    fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| *known == name)
    }

    fn value(&self, name: &str) -> Option<Value<'_>> {
        let (_, json) = self.0.iter().find(|(known, _)| *known == name)?;
        Value::parse(json).ok()
    }
}

fn expected(class: &Class<'_>, given: &[(&'static str, &'static str)]) -> Vec<String> {
    let mark = |input: &Input<'_>| format!("{}{}", input.name, if input.required { "!" } else { "" });
    class.expected(&Given(given.to_vec())).iter().map(mark).collect()
}

#[test]
fn a_choice_brings_inputs_of_its_own() {
    let definitions = ours();
    let resize = class(&definitions, "ResizeImageMaskNode");
    assert!(resize.is_dynamic());
    let with = |key| expected(&resize, &[("resize_type", key)]);
    assert_eq!(
        with("\"scale by multiplier\""),
        ["input!", "resize_type!", "resize_type.multiplier!", "scale_method!"]
    );
    assert_eq!(with("\"scale dimensions\"").len(), 6);
    assert_eq!(with("\"no such key\""), ["input!", "resize_type!", "scale_method!"]);
    assert_eq!(expected(&resize, &[]), ["input!", "resize_type!", "scale_method!"]);
}

#[test]
fn a_group_grows_with_what_the_node_has() {
    let definitions = ours();
    let batch = class(&definitions, "BatchImagesNode");
    assert_eq!(expected(&batch, &[]), ["images.image0!", "images.image1!"]);
    let given =
        [("images.image0", "1"), ("images.image7", "1"), ("images.image50", "1"), ("images.other", "1")];
    assert_eq!(expected(&batch, &given), ["images.image0!", "images.image1!", "images.image7"]);
}

#[test]
fn what_a_definition_claims_is_bounded() {
    let text = r#"{"A": {"input": {"required": {"g": ["COMFY_AUTOGROW_V3", {"template":
        {"input": {"required": {"x": ["INT", {}]}}, "prefix": "x", "min": 4000000000, "max": 4000000000}}],
        "odd": 5, "odder": [], "oddest": [{}]}}, "output": [null, 1]}}"#;
    let definitions = Definitions::parse(text.into()).unwrap();
    let class = class(&definitions, "A");
    assert_eq!((expected(&class, &[]).len(), class.inputs.len(), class.outputs.len()), (100, 1, 2));
}

#[test]
fn groups_in_groups_are_bounded() {
    let mut input = r#"["INT", {}]"#.to_owned();
    for _ in 0..3 {
        input = format!(
            r#"["COMFY_AUTOGROW_V3", {{"template": {{"input": {{"required": {{"x": {input}}}}}, "prefix": "x", "min": 100}}}}]"#
        );
    }
    let text = format!(r#"{{"A": {{"input": {{"required": {{"g": {input}, "last": ["INT", {{}}]}}}}}}}}"#);
    let definitions = Definitions::parse(text.into()).unwrap();
    let expected = expected(&class(&definitions, "A"), &[]);
    assert!(expected.len() < 20_000, "{}", expected.len());
    assert_eq!(expected.last().map(String::as_str), Some("last!"));
}

#[test]
fn only_names_that_comfyui_gives_are_steps_of_a_group() {
    let definitions = ours();
    let batch = class(&definitions, "BatchImagesNode");
    let given = [
        ("images.image7", "1"),
        ("images.image07", "1"),
        ("images.image+7", "1"),
        ("images.image0", "1"),
        ("images.image00", "1"),
        ("images.image-0", "1"),
        ("images.image", "1"),
    ];
    assert_eq!(expected(&batch, &given), ["images.image0!", "images.image1!", "images.image7"]);
}

#[test]
fn a_real_servers_classes_are_what_serde_json_says() {
    let Some(bytes) = shared() else { return println!("skipped: no ../shared/comfyui/object_info.json") };
    let definitions = Definitions::parse(bytes.clone()).unwrap();
    let Json::Object(entries) = serde_json::from_slice(&bytes).unwrap() else { unreachable!() };
    assert_eq!(definitions.len(), entries.len());
    for (name, entry) in &entries {
        let class = class(&definitions, name);
        let count = |section: &str| entry["input"][section].as_object().map_or(0, serde_json::Map::len);
        assert_eq!(class.inputs.iter().filter(|input| input.required).count(), count("required"), "{name}");
        assert_eq!(class.inputs.len(), count("required") + count("optional"), "{name}");
        assert_eq!(class.hidden.len(), count("hidden"), "{name}");
        assert_eq!(class.outputs.len(), entry["output"].as_array().unwrap().len(), "{name}");
        assert_eq!(class.output_node, entry["output_node"].as_bool().unwrap(), "{name}");
        let display_name = class.display_name.map(|display_name| display_name.decode());
        assert_eq!(display_name.as_deref(), entry["display_name"].as_str(), "{name}");
        for input in &class.inputs {
            let section = if input.required { "required" } else { "optional" };
            let spec = &entry["input"][section][&*input.name];
            let kind = spec[0].as_str().unwrap_or("COMBO");
            assert_eq!(input.spec.kind, kind, "{name}.{}", input.name);
            let max = spec[1].get("max").map(Json::to_string);
            let ours = input.spec.number("max").map(|max| serde_json::from_str::<Json>(max.raw()).unwrap());
            assert_eq!(ours.map(|max| max.to_string()), max, "{name}.{}", input.name);
        }
    }
}
