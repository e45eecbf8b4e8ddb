//! Sound workflows in which nothing may be called wrong, and what is wrong beside them.

use crate::convert::OURS;
use crate::convert::subgraphs::{CHOSEN, chosen, drawn};
use crate::files::fixtures;
use serde_json::Value as Json;
use std::fs;
use std::path::Path;
use viewcomfy_wasm::definitions::{Definitions, KnownClasses};
use viewcomfy_wasm::inspect::file_to_json;

fn case(name: &str) -> String {
    fs::read_to_string(fixtures("cases").join(name)).unwrap()
}

pub(super) fn rows<'d>(text: &str, known: impl Into<KnownClasses<'d>>) -> Json {
    serde_json::from_str(&file_to_json(text.as_bytes(), known).unwrap()).unwrap()
}

/// The problems that are errors, as `code message`.
pub(super) fn errors<'d>(text: &str, known: impl Into<KnownClasses<'d>>) -> Vec<String> {
    let rows = rows(text, known);
    let problems = rows["problems"].as_array().unwrap().iter().filter(|problem| problem[1] == "error");
    problems.map(|p| format!("{} {}", p[0].as_str().unwrap(), p[4].as_str().unwrap())).collect()
}

pub(super) fn bundled() -> Definitions {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("pkg/definitions.json");
    Definitions::parse_bundled(&fs::read(file).unwrap()).unwrap()
}

/// ComfyUI's own class ends no run, a pack's that begins like it may.
#[test]
fn a_packs_class_may_show_what_comfyui_only_prepares() {
    let text = case("inspect_false_no_output.json");
    assert!(errors(&text, None).is_empty());
    for class in ["LoadAndShow", "Efficient Loader Plus", "VAEDecode (Show)"] {
        assert!(errors(&text.replace("KSampler (Efficient)", class), None).is_empty(), "{class}");
    }
    for class in ["KSampler", "KSamplerAdvanced", "UNETLoader", "VAEDecodeTiled"] {
        let known = text.replace("Efficient Loader", "CheckpointLoaderSimple");
        let found = errors(&known.replace("KSampler (Efficient)", class), None);
        assert!(found.len() == 1 && found[0].starts_with("no_output_node"), "{class}: {found:?}");
    }
}

/// The output that leads back to the group is one that waits for nothing; if nobody had chosen, it would be another.
#[test]
fn a_group_node_is_followed_from_the_slots_that_people_chose() {
    assert_eq!(errors(&chosen(CHOSEN), None), Vec::<String>::new());
    let unchosen = errors(&chosen(&CHOSEN.replace("config", "other")), None);
    assert!(unchosen.len() == 1 && unchosen[0].starts_with("cycle"), "{unchosen:?}");
}

#[test]
fn no_value_of_a_group_node_is_taken_for_another_ones() {
    let rows = rows(&drawn(r#"[11, "randomize", 12, 33, 64]"#), &*OURS);
    let problems = rows["problems"].as_array().unwrap().iter();
    assert_eq!(problems.filter(|problem| problem[0] == "wrong_type").count(), 0, "{rows}");
}

#[test]
fn a_bypassed_node_is_followed_lane_by_lane() {
    let text = case("inspect_false_cycle.json");
    assert_eq!(errors(&text, None), Vec::<String>::new());
    // The same with a class instead of a subgraph.
    let class = text.replacen("11111111-1111-4111-8111-111111111111", "TwoLanes", 1);
    assert_eq!(errors(&class, None), Vec::<String>::new());
    // Where the node runs, it does wait for itself.
    let active = errors(&class.replace("\"mode\": 4", "\"mode\": 0"), None);
    assert!(active.len() == 1 && active[0].starts_with("cycle"), "{active:?}");
    // So does a lane that leads to its own input: 5 hands on what 6 gives, which is what 5 hands on.
    let circle = text
        .replace(
            "\"name\": \"b\", \"type\": \"IMAGE\", \"link\": 13",
            "\"name\": \"b\", \"type\": \"IMAGE\", \"link\": null",
        )
        .replace(
            "\"name\": \"a\", \"type\": \"IMAGE\", \"link\": 11",
            "\"name\": \"a\", \"type\": \"IMAGE\", \"link\": 13",
        )
        .replace("[13, 6, 0, 5, 1, \"IMAGE\"]", "[13, 6, 0, 5, 0, \"IMAGE\"]")
        .replace("\"link\": 14}", "\"link\": 12}");
    let found = rows(&circle, None);
    assert!(found["problems"].to_string().contains("these nodes wait for each other: 5 → 6 → 5"), "{found}");
}

#[test]
fn a_muted_node_waits_for_nothing() {
    let text = case("inspect_false_cycle.json");
    let class = text.replacen("11111111-1111-4111-8111-111111111111", "TwoLanes", 1);
    assert_eq!(errors(&class.replace("\"mode\": 4", "\"mode\": 2"), None), Vec::<String>::new());
    // Nor does one that asks for a value by its name.
    let by_name = |mode: u8| {
        format!(
            r#"{{"version": 0.4, "nodes": [
                {{"id": 1, "type": "GetNode", "mode": {mode}, "widgets_values": ["x"],
                    "outputs": [{{"name": "IMAGE", "type": "IMAGE", "links": [1]}}]}},
                {{"id": 2, "type": "ImageInvert", "mode": 0, "inputs": [{{"name": "image", "type": "IMAGE", "link": 1}}],
                    "outputs": [{{"name": "IMAGE", "type": "IMAGE", "links": [2, 3]}}]}},
                {{"id": 3, "type": "SetNode", "mode": 0, "widgets_values": ["x"],
                    "inputs": [{{"name": "IMAGE", "type": "IMAGE", "link": 2}}]}},
                {{"id": 4, "type": "PreviewImage", "mode": 0, "inputs": [{{"name": "images", "type": "IMAGE", "link": 3}}]}}],
                "links": [[1, 1, 0, 2, 0, "IMAGE"], [2, 2, 0, 3, 0, "IMAGE"], [3, 2, 0, 4, 0, "IMAGE"]]}}"#
        )
    };
    assert!(errors(&by_name(0), None)[0].starts_with("cycle"));
    assert_eq!(errors(&by_name(2), None), Vec::<String>::new());
}

#[test]
fn a_link_by_a_number_is_an_error() {
    let text = case("17-int-link.json");
    let found = errors(&text, None);
    assert!(found.len() == 1 && found[0].starts_with("link_to_missing_node"), "{found:?}");
    assert!(found[0].contains("by a number"), "{found:?}");
    // It feeds its reader all the same: nothing else is said, with definitions either.
    assert_eq!(rows(&text, None)["problems"].as_array().unwrap().len(), 1);
    assert_eq!(errors(&text, Some(&bundled())), found);
    assert_eq!(errors(&text.replace("[4,0]", "[\"4\",0]"), None), Vec::<String>::new());
    // A size is two numbers, too.
    let size = text.replace("[4,0]", "[\"4\",0],\"size\":[512,512]");
    assert_eq!(errors(&size, None), Vec::<String>::new());
    assert!(errors(&text.replace("[4,0]", "[5,0]"), Some(&bundled()))[0].starts_with("wrong_type"));
}

/// The editor leaves an input unconnected whose link is not in the file. Only one that needs a link then stops the run.
#[test]
fn a_lost_link_is_an_error_where_a_link_is_needed() {
    let stitch = |lost: &str, shape: &str, class: &str| {
        let input = |name: &str| {
            let (link, shape) = if name == lost { (9, shape) } else { (1, "") };
            format!(r#"{{"name": "{name}", "type": "IMAGE", "link": {link}{shape}}}"#)
        };
        format!(
            r#"{{"version": 0.4, "nodes": [
                {{"id": 1, "type": "EmptyImage", "mode": 0, "widgets_values": [8, 8, 1, 0],
                    "outputs": [{{"name": "IMAGE", "type": "IMAGE", "links": [1]}}]}},
                {{"id": 2, "type": "{class}", "mode": 0, "inputs": [{}, {}], "widgets_values": ["right", true, 0, "white"],
                    "outputs": [{{"name": "IMAGE", "type": "IMAGE", "links": [3]}}]}},
                {{"id": 3, "type": "PreviewImage", "mode": 0, "inputs": [{{"name": "images", "type": "IMAGE", "link": 3}}]}}],
                "links": [[1, 1, 0, 2, {}, "IMAGE"], [3, 2, 0, 3, 0, "IMAGE"]]}}"#,
            input("image1"),
            input("image2"),
            usize::from(lost == "image1")
        )
    };
    let (hollow, definitions) = (r#", "shape": 7"#, bundled());
    let found = |text: &str, definitions| {
        let problems = rows(text, definitions)["problems"].as_array().unwrap().clone();
        problems
            .iter()
            .map(|p| format!("{} {}", p[1].as_str().unwrap(), p[0].as_str().unwrap()))
            .collect::<Vec<_>>()
    };
    let (error, warning) = (vec!["error link_to_missing_node"], vec!["warning link_to_missing_node"]);
    // What the class says counts, and without a class what the socket says.
    assert_eq!(found(&stitch("image1", hollow, "ImageStitch"), Some(&definitions)), error);
    assert_eq!(found(&stitch("image2", "", "ImageStitch"), Some(&definitions)), warning);
    assert_eq!(found(&stitch("image2", hollow, "OfSomePack"), None), warning);
    assert_eq!(found(&stitch("image2", "", "OfSomePack"), None), error);
}

#[test]
fn the_packages_own_definitions_call_no_sound_workflow_broken() {
    let definitions = bundled();
    let plain = super::plain().to_string();
    assert_eq!(errors(&plain, Some(&definitions)), Vec::<String>::new());
    let rows = rows(&plain, Some(&definitions));
    // What depends on a server is not made up: of the choices there are ComfyUI's own alone, and no word on models.
    let lists = rows["specs"].as_array().unwrap().iter().filter_map(|spec| spec[5].as_array());
    let mut firsts: Vec<_> = lists.map(|choices| choices[0].as_str().unwrap()).collect();
    firsts.sort_unstable();
    assert_eq!(firsts, ["euler", "simple"]);
    assert!(rows["models"].as_array().unwrap().iter().all(|model| model[4].is_null()), "{rows}");
    // A custom class is not an error; what they do know still is.
    let custom = plain.replace("\"VAEDecode\"", "\"Somebody's decoder\"");
    assert_eq!(errors(&custom, Some(&definitions)), Vec::<String>::new());
    let wrong = errors(&plain.replace("\"steps\":20", "\"steps\":\"abc\""), Some(&definitions));
    assert!(wrong.len() == 1 && wrong[0].starts_with("wrong_type"), "{wrong:?}");
    let undecoded = errors(&plain.replace("VAEDecode", "ImageInvert"), Some(&definitions));
    assert!(
        undecoded
            .iter()
            .any(|error| error.starts_with("unknown_input") || error.starts_with("missing_input"))
    );
    let unsaved = errors(&plain.replace("SaveImage", "ImageInvert"), Some(&definitions));
    assert!(unsaved.len() == 1 && unsaved[0].starts_with("no_output_node"), "{unsaved:?}");
}

/// What only muted nodes read from may end the run itself, as a sampler of a pack that shows its picture.
#[test]
fn what_only_nodes_that_are_off_read_may_end_a_run() {
    let text = r#"{"nodes": [{"id": 1, "type": "Sampler That Shows", "mode": 0, "outputs": [{"name": "IMAGE", "type": "IMAGE", "links": [1]}]},
        {"id": 2, "type": "SaveImage", "mode": 2, "inputs": [{"name": "images", "type": "IMAGE", "link": 1}]}],
        "links": [[1, 1, 0, 2, 0, "IMAGE"]]}"#;
    assert_eq!(errors(text, None), Vec::<String>::new());
    assert_eq!(errors(&text.replace("Sampler That Shows", "KSampler"), None).len(), 1);
}

/// ComfyUI does not look at what no output needs, and the package's definitions say in which classes a run ends.
#[test]
fn what_nothing_needs_may_lack_a_link() {
    let text = |class: &str, socket: &str, kind: &str| {
        format!(
            r#"{{"nodes": [{{"id": 1, "type": "LoadImage", "outputs": [{{"name": "IMAGE", "type": "IMAGE", "links": [1]}}], "widgets_values": ["a.png"]}},
            {{"id": 2, "type": "SaveImage", "inputs": [{{"name": "images", "type": "IMAGE", "link": 1}}]}},
            {{"id": 3, "type": "{class}", "inputs": [{{"name": "{socket}", "type": "{kind}", "link": null}}], "outputs": [{{"name": "o", "type": "{kind}", "links": []}}]}}],
            "links": [[1, 1, 0, 2, 0, "IMAGE"]]}}"#
        )
    };
    let known = bundled();
    for (class, socket, kind) in [
        ("ModelSamplingFlux", "model", "MODEL"),
        ("ModelMergeSDXL", "model1", "MODEL"),
        ("RepeatImageBatch", "image", "IMAGE"),
    ] {
        assert_eq!(errors(&text(class, socket, kind), Some(&known)), Vec::<String>::new(), "{class}");
    }
    assert_eq!(errors(&text("SaveImage", "images", "IMAGE"), Some(&known)).len(), 1);
    // A class whose name does not tell that a run ends in it, and whose output something reads.
    let rig = r#"{"1": {"class_type": "TripoRigNode", "inputs": {"original_model_task_id": ["2", 0]}},
        "2": {"class_type": "KSampler", "inputs": {}}, "3": {"class_type": "KSampler", "inputs": {"model": ["1", 0]}}}"#;
    let has_no_output =
        |text: &str| errors(text, Some(&known)).iter().any(|e| e.starts_with("no_output_node"));
    assert!(!has_no_output(rig));
    assert!(has_no_output(&rig.replace("TripoRigNode", "KSamplerAdvanced")));
}

/// Without definitions the names tell of ComfyUI's own classes what the definitions say.
#[test]
fn names_tell_in_which_of_comfyuis_own_classes_a_run_ends() {
    let known = bundled();
    let mut ends: Vec<_> = known.names().filter(|name| known.class(name).unwrap().output_node).collect();
    ends.sort_unstable();
    assert!(ends.len() > 50, "{ends:?}");
    for name in ends {
        let read = format!(
            r#"{{"1": {{"class_type": "{name}", "inputs": {{"x": ["2", 0]}}}},
            "2": {{"class_type": "KSampler", "inputs": {{"model": ["1", 0], "x": ["3", 0]}}}}, "3": {{"class_type": "VAEDecode", "inputs": {{}}}}}}"#
        );
        assert!(!errors(&read, None).iter().any(|error| error.starts_with("no_output_node")), "{name}");
    }
}

/// A pack links what lacks a link, and the file does not say to what.
#[test]
fn no_link_is_missed_where_a_pack_makes_links() {
    let nodes = |class: &str| {
        format!(
            r#"{{"nodes": [{{"id": 1, "type": "VAEDecode", "inputs": [{{"name": "samples", "type": "LATENT", "link": null}}],
            "outputs": [{{"name": "IMAGE", "type": "IMAGE", "links": [1]}}]}},
            {{"id": 2, "type": "SaveImage", "inputs": [{{"name": "images", "type": "IMAGE", "link": 1}}]}},
            {{"id": 3, "type": "{class}"}}], "links": [[1, 1, 0, 2, 0, "IMAGE"]]}}"#
        )
    };
    let known = bundled();
    assert_eq!(errors(&nodes("Note"), Some(&known)).len(), 1);
    for class in ["Anything Everywhere", "Anything Everywhere3", "Prompts Everywhere"] {
        assert_eq!(errors(&nodes(class), Some(&known)), Vec::<String>::new(), "{class}");
    }
}

/// `docs/UE_example.json` of the pack cg-use-everywhere names links at inputs that stand in its own list alone.
#[test]
fn a_link_that_the_pack_makes_again_leads_to_its_node() {
    let text = |target: u32| {
        format!(
            r#"{{"nodes": [{{"id": 1, "type": "LoadImage", "outputs": [{{"name": "IMAGE", "type": "IMAGE", "links": []}}], "widgets_values": ["a.png"]}},
            {{"id": 4, "type": "SaveImage", "inputs": [{{"name": "images", "type": "IMAGE", "link": 13}}], "widgets_values": ["x"]}}], "links": [],
            "extra": {{"links_added_by_ue": [13], "ue_links": [{{"downstream": {target}, "downstream_slot": 0, "upstream": "1", "upstream_slot": 0}}]}}}}"#
        )
    };
    assert_eq!(errors(&text(4), None), Vec::<String>::new());
    assert_eq!(errors(&text(5), None).len(), 1, "nothing is sent there");
}

/// ComfyUI's own choices come with the package. A pack may add a sampler, so another one is a warning; what a server's files
/// or a partner's models decide is never one.
#[test]
fn the_packages_choices_warn_and_are_not_those_of_files() {
    let problems = |class: &str, inputs: &str| {
        let text = format!(r#"{{"1": {{"class_type": "{class}", "inputs": {inputs}}}}}"#);
        let rows = rows(&text, Some(&bundled()));
        let found = rows["problems"].as_array().unwrap().iter();
        let told =
            |row: &Json| matches!(row[0].as_str(), Some("not_a_choice" | "missing_model" | "missing_file"));
        found.filter(|row| told(row)).map(|row| format!("{} {}", row[1], row[4])).collect::<Vec<_>>()
    };
    let eulr = problems("KSamplerSelect", r#"{"sampler_name": "eulr"}"#);
    assert_eq!(eulr.len(), 1, "{eulr:?}");
    assert!(eulr[0].contains("warning") && eulr[0].contains("ComfyUI's own choices"), "{eulr:?}");
    // A value that looks like a model's name tells nothing of a server's files.
    let file = problems("KSamplerSelect", r#"{"sampler_name": "x.safetensors"}"#);
    assert_eq!(file.len(), 1, "{file:?}");
    assert!(file[0].contains("warning") && file[0].contains("ComfyUI's own choices"), "{file:?}");
    for (class, inputs) in [
        ("KSamplerSelect", r#"{"sampler_name": "euler_ancestral"}"#),
        ("CheckpointLoaderSimple", r#"{"ckpt_name": "mine.safetensors"}"#),
        ("CheckpointLoader", r#"{"config_name": "mine.yaml", "ckpt_name": "mine.safetensors"}"#),
        ("VAELoader", r#"{"vae_name": "mine.safetensors"}"#),
        ("LoraLoaderModelOnly", r#"{"lora_name": "mine.safetensors", "strength_model": 1.0}"#),
        ("UpscaleModelLoader", r#"{"model_name": "mine.pth"}"#),
        ("LoadImage", r#"{"image": "mine.png"}"#),
        ("LoadAudio", r#"{"audio": "mine.flac"}"#),
        ("OpenAIChatNode", r#"{"model": "gpt-next"}"#),
    ] {
        assert_eq!(problems(class, inputs), Vec::<String>::new(), "{class}");
    }
}
