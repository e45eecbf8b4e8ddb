//! What nobody can know of a workflow is no error.

use super::false_alarms::{bundled, errors, rows};
use serde_json::Value as Json;
use viewcomfy_wasm::definitions::{Definitions, KnownClasses};

/// The ids of the nodes that nothing needs.
fn unused<'d>(text: &str, known: impl Into<KnownClasses<'d>>) -> Vec<String> {
    let rows = rows(text, known);
    let unused = rows["problems"].as_array().unwrap().iter().filter(|problem| problem[0] == "unused_node");
    let id =
        |problem: &Json| rows["nodes"][problem[2].as_u64().unwrap() as usize][0].as_str().unwrap().to_owned();
    unused.map(id).collect()
}

/// A class of which nothing is known may show something, also where another node reads from it.
#[test]
fn a_class_that_is_not_known_may_end_a_run_although_it_is_read() {
    let text = r#"{"1": {"class_type": "show_text_party", "inputs": {"text": "a"}},
        "2": {"class_type": "CLIPTextEncode", "inputs": {"text": ["1", 0], "clip": ["3", 1]}},
        "3": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "a"}}}"#;
    let packs =
        Definitions::parse_custom(br#"{"classes": {"show_text_party": {"output": ["STRING"]}}}"#).unwrap();
    let known = bundled();
    for known in [KnownClasses::default(), (&known).into(), KnownClasses::from(&known).or(Some(&packs))] {
        let rows = rows(text, known);
        let said =
            rows["problems"].as_array().unwrap().iter().find(|row| row[0] == "no_output_node").unwrap();
        assert!(said[1] == "info" && said[4].as_str().unwrap().contains("show_text_party"), "{said}");
    }
    // What it needs is not called unused; what nothing reads is.
    assert_eq!(unused(text, None), ["2", "3"]);
    assert_eq!(unused(&text.replace(r#"{"text": "a"}"#, r#"{"text": ["3", 0]}"#), None), ["2"]);
    let known = errors(&text.replace("show_text_party", "CLIPLoader"), None);
    assert!(known.len() == 1 && known[0].starts_with("no_output_node"), "{known:?}");
}

/// ComfyUI looks only at what an output needs, and of a class of which nothing is known nobody can say whether it is one.
#[test]
fn what_only_a_class_in_doubt_needs_is_no_error() {
    let text = |class: &str| {
        let mut nodes = super::plain();
        nodes["10"] = serde_json::json!({"class_type": "VAEEncode", "inputs": {"pixels": ["8", 0]}});
        nodes["11"] = serde_json::json!({"class_type": class, "inputs": {"l": ["10", 0]}});
        nodes.to_string()
    };
    let (known, packs) = (
        bundled(),
        br#"{"classes": {"Switch": {"output": ["*"]}, "Shown": {"output": [], "output_node": true}}}"#,
    );
    let packs = Definitions::parse_custom(packs).unwrap();
    let all = KnownClasses::from(&known).or(Some(&packs));
    assert_eq!(errors(&text("Nobody knows"), all), Vec::<String>::new());
    assert_eq!(unused(&text("Nobody knows"), all), Vec::<String>::new());
    assert_eq!(errors(&text("Switch"), all), Vec::<String>::new());
    assert_eq!(unused(&text("Switch"), all), ["10", "11"]);
    for class in ["Shown", "Save It", "PreviewAny"] {
        assert!(
            errors(&text(class), all).iter().any(|error| error.starts_with("missing_input VAEEncode")),
            "{class}"
        );
    }
}

/// Who reads from it is not in the file.
#[test]
fn a_node_that_sends_everywhere_is_not_called_unused() {
    let text = r#"{"1": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "a"}},
        "2": {"class_type": "Anything Everywhere", "inputs": {"anything": ["1", 0]}}}"#;
    let packs = br#"{"classes": {"Anything Everywhere": {"output": []}, "Switch": {"output": []}}}"#;
    let packs = Definitions::parse_custom(packs).unwrap();
    let known = KnownClasses::default().or(Some(&packs));
    assert_eq!(unused(text, known), Vec::<String>::new());
    assert_eq!(unused(&text.replace("Anything Everywhere", "Switch"), known), ["1", "2"]);
}

/// The newest version of ComfyUI wants inputs that an older one did not have, and the file ran where it was made.
#[test]
fn an_input_that_a_newer_version_may_have_added_is_no_error() {
    let workflow = |inputs: &str| {
        format!(
            r#"{{"1": {{"class_type": "LoadImage", "inputs": {{"image": "a.png"}}}},
            "2": {{"class_type": "VAELoader", "inputs": {{"vae_name": "a"}}}},
            "3": {{"class_type": "VAEEncodeTiled", "inputs": {{{inputs}"vae": ["2", 0]}}}},
            "4": {{"class_type": "VAEDecode", "inputs": {{"samples": ["3", 0], "vae": ["2", 0]}}}},
            "5": {{"class_type": "SaveImage", "inputs": {{"images": ["4", 0], "filename_prefix": "x"}}}}}}"#
        )
    };
    let known = bundled();
    let old = workflow(r#""pixels": ["1", 0], "tile_size": 512, "#);
    assert_eq!(errors(&old, Some(&known)), Vec::<String>::new());
    let rows = rows(&old, Some(&known));
    let warned: Vec<_> =
        rows["problems"].as_array().unwrap().iter().filter(|row| row[0] == "missing_input").collect();
    assert!(!warned.is_empty() && warned.iter().all(|row| row[1] == "warning"), "{rows}");
    let version = format!("needs \"overlap\" in ComfyUI {}", known.bundled_from().unwrap());
    assert!(warned.iter().any(|row| row[4].as_str().unwrap().contains(&version)), "{warned:?}");
    // A link cannot be made up, and a server knows which version it is.
    let unlinked = errors(&workflow(""), Some(&known));
    assert!(
        unlinked.len() == 1 && unlinked[0].starts_with("missing_input VAEEncodeTiled needs \"pixels\""),
        "{unlinked:?}"
    );
    let server = br#"{"VAEEncodeTiled": {"input": {"required": {"overlap": ["INT", {"default": 64}]}}, "output": [], "output_node": true}}"#;
    let server = Definitions::parse(server.to_vec()).unwrap();
    let found = errors(r#"{"1": {"class_type": "VAEEncodeTiled", "inputs": {}}}"#, Some(&server));
    assert_eq!(found, ["missing_input VAEEncodeTiled needs \"overlap\""]);
}

/// A choice needs no default, nor does a yes or no: a widget takes its first choice, and no.
#[test]
fn a_choice_that_a_newer_version_may_have_added_is_no_error() {
    let sampling = r#"{"1": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "a"}},
        "2": {"class_type": "ModelSamplingDiscrete", "inputs": {"model": ["1", 0], "sampling": "eps"}},
        "3": {"class_type": "PreviewAny", "inputs": {"source": ["2", 0]}}}"#;
    assert_eq!(errors(sampling, Some(&bundled())), Vec::<String>::new());
    let text = r#"{"1": {"class_type": "CLIPVisionLoader", "inputs": {"clip_name": "a"}},
        "2": {"class_type": "LoadImage", "inputs": {"image": "a.png"}},
        "3": {"class_type": "CLIPVisionEncode", "inputs": {"clip_vision": ["1", 0], "image": ["2", 0]}},
        "4": {"class_type": "PreviewAny", "inputs": {"source": ["3", 0]}}}"#;
    assert_eq!(errors(text, Some(&bundled())), Vec::<String>::new());
}

/// `LoadVideo` was a pack's class before ComfyUI had one, and the file shows the outputs of that.
#[test]
fn a_packs_class_with_the_name_of_comfyuis_own_is_not_judged_by_it() {
    let text = |outputs: &str| {
        format!(
            r#"{{"nodes": [{{"id": 1, "type": "LoadVideo", "outputs": [{outputs}], "widgets_values": ["a.mp4"]}},
            {{"id": 2, "type": "SaveImage", "inputs": [{{"name": "images", "type": "IMAGE", "link": 1}}], "widgets_values": ["x"]}}],
            "links": [[1, 1, 0, 2, 0, "IMAGE"]]}}"#
        )
    };
    let known = bundled();
    let images = r#"{"name": "frames", "type": "IMAGE", "links": [1]}"#;
    let two = r#"{"name": "VIDEO", "type": "VIDEO", "links": [1]}, {"name": "frame_count", "type": "INT"}"#;
    for outputs in [images, two] {
        assert_eq!(errors(&text(outputs), Some(&known)), Vec::<String>::new(), "{outputs}");
        let rows = rows(&text(outputs), Some(&known));
        let said = rows["problems"].as_array().unwrap().iter().find(|row| row[0] == "unknown_class").unwrap();
        assert!(said[1] == "info" && said[4].as_str().unwrap().contains("LoadVideo"), "{said}");
    }
    for outputs in
        [r#"{"name": "VIDEO", "type": "VIDEO", "links": [1]}"#, r#"{"name": "VIDEO", "links": [1]}"#]
    {
        let found = errors(&text(outputs), Some(&known));
        assert!(found.len() == 1 && found[0].starts_with("link_type_mismatch"), "{found:?}");
    }
    let server = br#"{"LoadVideo": {"output": ["VIDEO"]},
        "SaveImage": {"input": {"required": {"images": ["IMAGE"]}}, "output": [], "output_node": true}}"#;
    let server = Definitions::parse(server.to_vec()).unwrap();
    assert!(errors(&text(images), Some(&server))[0].starts_with("link_type_mismatch"));
}
