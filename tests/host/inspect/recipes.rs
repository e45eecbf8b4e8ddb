//! Recipes: what stands behind each output, in both formats alike.

use crate::files::fixtures;
use serde_json::json;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use viewcomfy_wasm::convert::{Options, to_api_format};
use viewcomfy_wasm::definitions::Definitions;
use viewcomfy_wasm::editor::Document;
use viewcomfy_wasm::inspect::model::{Inspection, Node};
use viewcomfy_wasm::inspect::recipe::{self, Fact, Recipes, Stage};
use viewcomfy_wasm::inspect::{api_graph, editor_graph, inspect};
use viewcomfy_wasm::workflow::Workflow;

/// A recipe as lines of text: one for each stage, and one for each list of it that has something.
fn told(inspection: &Inspection<'_>) -> BTreeMap<String, Vec<String>> {
    let nodes = &inspection.graph.nodes;
    let Recipes { stages, outputs } = recipe::of(&inspection.graph, &inspection.order).unwrap();
    let recipes = outputs.iter().map(|(output, of)| {
        let lines = of.iter().flat_map(|index| lines(nodes, &stages[*index]));
        (nodes[*output].id.to_string(), lines.collect())
    });
    recipes.collect()
}

fn lines(nodes: &[Node<'_>], stage: &Stage) -> Vec<String> {
    let said = |fact: &Fact| match fact.value(nodes) {
        Some(value) => value.text().into_owned(),
        None => nodes[fact.node].class_type.as_deref().unwrap_or_default().to_owned(),
    };
    let or_dash = |fact: &Option<Fact>| fact.as_ref().map_or_else(|| "-".to_owned(), said);
    let settings = [
        &stage.sampler,
        &stage.scheduler,
        &stage.steps,
        &stage.cfg,
        &stage.guidance,
        &stage.denoise,
        &stage.seed,
        &stage.size[0],
        &stage.size[1],
        &stage.size[2],
        &stage.size[3],
    ];
    let mut lines = vec![format!("{}: {}", nodes[stage.node].id, settings.map(or_dash).join(" "))];
    for (mark, facts) in [("+", &stage.positive), ("-", &stage.negative), ("model", &stage.models)] {
        lines.extend(facts.iter().map(|fact| format!("{mark} {}", said(fact))));
    }
    lines.extend(stage.loras.iter().map(|lora| {
        let strengths = [&lora.strength_model, &lora.strength_clip].map(or_dash);
        format!("lora {} {}", said(&lora.name), strengths.join(" "))
    }));
    lines
}

/// The definitions that come with the package.
fn bundled() -> Definitions {
    Definitions::parse_bundled(include_bytes!("../../../pkg/definitions.json")).unwrap()
}

fn of_api(text: &[u8], definitions: Option<&Definitions>) -> BTreeMap<String, Vec<String>> {
    let mut scratch = String::new();
    told(&inspect(api_graph(&Workflow::open(text, &mut scratch).unwrap()), definitions))
}

fn of_editor(text: &[u8], definitions: &Definitions) -> BTreeMap<String, Vec<String>> {
    let document = Document::parse(text).unwrap();
    told(&inspect(editor_graph(&document, Some(definitions)).unwrap(), Some(definitions)))
}

/// The pairs of a directory: name, what the editor saved, what it exported.
fn pairs(directory: &Path) -> Vec<(String, Vec<u8>, Vec<u8>)> {
    let Ok(entries) = fs::read_dir(directory) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let pair = |path: &PathBuf| {
        let name = path.file_name()?.to_str()?.strip_suffix(".ui.json")?;
        let api = fs::read(path.with_file_name(format!("{name}.api.json"))).ok()?;
        Some((name.to_owned(), fs::read(path).unwrap(), api))
    };
    files.iter().filter_map(pair).collect()
}

/// Files whose recorded export is not what the editor's file says today.
const DIFFERENT: [(&str, &str); 3] = [
    ("edit_models__sdxl_edit_model.png", "the page shifts the values of an old group node"),
    ("hidream__hidream_e1_example.png", "the page shifts the values of an old group node"),
    ("templates_rob_realistic_2k_images_quick_variations.app", "the newest page takes another of two links"),
];

/// The stages of each output, those that the order of the file decides among in one order, and numbers as they are worth.
fn comparable(recipes: BTreeMap<String, Vec<String>>) -> BTreeMap<String, Vec<String>> {
    let sorted = |(output, mut lines): (String, Vec<String>)| {
        lines.iter_mut().for_each(|line| *line = line.replace("1.0 ", "1 "));
        lines.sort();
        (output, lines)
    };
    recipes.into_iter().map(sorted).collect()
}

#[test]
fn both_formats_tell_the_same() {
    let definitions = bundled();
    let (mut count, mut told) = (0, 0);
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/comfyui/convert");
    let ours = ["convert/templates", "convert/handmade"].map(fixtures);
    let theirs = ["templates", "embedded"].map(|name| shared.join(name));
    for (name, editor, api) in ours.iter().chain(&theirs).flat_map(|directory| pairs(directory)) {
        if api == b"{}" {
            continue;
        }
        let (editor, api) = (of_editor(&editor, &definitions), of_api(&api, Some(&definitions)));
        count += 1;
        told += api.len();
        if DIFFERENT.iter().all(|(different, _)| *different != name) {
            assert_eq!(comparable(editor), comparable(api), "{name}");
        }
    }
    println!("{told} recipes of {count} pairs");
    assert!(count >= 90 && told >= 30, "{told} of {count}");
}

/// The recipe of the only output of a workflow in API format.
fn only(workflow: &serde_json::Value) -> Vec<String> {
    let recipes = of_api(workflow.to_string().as_bytes(), None);
    recipes.into_values().next().unwrap_or_default()
}

fn of_file(text: &str) -> Vec<String> {
    of_editor(text.as_bytes(), &bundled()).into_values().next().unwrap_or_default()
}

#[test]
fn the_plain_workflow_has_one_stage() {
    let mut plain = super::plain();
    assert_eq!(
        only(&plain),
        ["3: euler normal 20 8.0 - 1 5 512 768 - 1", "+ a boat", "- rain", "model sd15.safetensors"]
    );
    plain["3"]["inputs"]["seed"] = serde_json::from_str("18446744073709551615").unwrap();
    assert!(only(&plain)[0].contains(" 18446744073709551615 "));
    plain["9"]["class_type"] = json!("VAEDecode");
    assert_eq!(of_api(plain.to_string().as_bytes(), None), BTreeMap::new(), "nothing is saved or shown");
}

#[test]
fn loras_come_in_the_order_in_which_they_are_applied() {
    let mut plain = super::plain();
    plain["10"] = json!({"class_type": "LoraLoader", "inputs": {"lora_name": "first.safetensors", "strength_model": 0.5,
        "strength_clip": 0.25, "model": ["4", 0], "clip": ["4", 1]}});
    plain["11"] = json!({"class_type": "Power Lora Loader (rgthree)", "inputs": {"model": ["10", 0], "clip": ["10", 1],
        "lora_1": {"on": true, "lora": "second.safetensors", "strength": 1}, "lora_2": {"on": false, "lora": "off.safetensors", "strength": 1},
        "lora_3": {"on": true, "lora": "third.safetensors", "strength": 0.1, "strengthTwo": 0.2}}});
    plain["12"] = json!({"class_type": "CR LoRA Stack", "inputs": {"lora_name_1": "None", "lora_name_2": "fourth.safetensors",
        "model_weight_1": 9, "clip_weight_1": 9, "model_weight_2": 0.7, "clip_weight_2": 0.8}});
    plain["13"] = json!({"class_type": "Apply", "inputs": {"model": ["11", 0], "lora_stack": ["12", 0]}});
    plain["3"]["inputs"]["model"] = json!(["13", 0]);
    let loras: Vec<_> = only(&plain).into_iter().filter(|line| line.starts_with("lora")).collect();
    let names: Vec<_> = loras.iter().filter_map(|line| line.split(' ').nth(1)).collect();
    let applied = ["first", "second", "third", "fourth"].map(|name| format!("{name}.safetensors"));
    assert_eq!(names, applied);
    assert_eq!(loras[0], "lora first.safetensors 0.5 0.25");
    for lora in
        ["lora second.safetensors 1 -", "lora third.safetensors 0.1 0.2", "lora fourth.safetensors 0.7 0.8"]
    {
        assert!(loras.iter().any(|told| told == lora), "{lora}: {loras:?}");
    }
    assert_eq!(only(&plain).iter().filter(|line| line.starts_with("model")).count(), 1);
}

#[test]
fn classes_of_packs_are_told_by_their_inputs() {
    let text = json!({
        "1": {"class_type": "Efficient Loader", "inputs": {"ckpt_name": "a.safetensors", "vae_name": "v.safetensors",
            "lora_name": "l.safetensors", "lora_model_strength": 0.5, "lora_clip_strength": 0.6,
            "positive": "a boat", "negative": "rain", "empty_latent_width": 512, "empty_latent_height": 512}},
        "2": {"class_type": "KSampler (Efficient)", "inputs": {"seed": ["3", 0], "steps": ["4", 0], "cfg": 7, "sampler_name": "euler",
            "scheduler": "normal", "denoise": 1, "model": ["1", 0], "positive": ["1", 1], "negative": ["1", 2], "latent_image": ["1", 3]}},
        "3": {"class_type": "Seed (rgthree)", "inputs": {"seed": -1}},
        "4": {"class_type": "Primitive integer [Crystools]", "inputs": {"int": 12}},
        "5": {"class_type": "SaveImage", "inputs": {"images": ["2", 5]}}});
    assert_eq!(
        only(&text),
        [
            "2: euler normal 12 7 - 1 -1 - - - -",
            "+ a boat",
            "- rain",
            "model a.safetensors",
            "lora l.safetensors 0.5 0.6"
        ]
    );
    let wan = json!({
        "1": {"class_type": "WanVideoModelLoader", "inputs": {"model": "wan.safetensors", "lora": ["2", 0]}},
        "2": {"class_type": "WanVideoLoraSelect", "inputs": {"lora": "l.safetensors", "strength": 0.5}},
        "3": {"class_type": "WanVideoTextEncode", "inputs": {"positive_prompt": "a boat", "negative_prompt": "rain"}},
        "4": {"class_type": "WanVideoSampler", "inputs": {"model": ["1", 0], "text_embeds": ["3", 0], "steps": 4, "cfg": 1,
            "seed": 5, "scheduler": "unipc"}},
        "5": {"class_type": "VHS_VideoCombine", "inputs": {"images": ["4", 0]}}});
    assert_eq!(
        only(&wan),
        [
            "4: - unipc 4 1 - - 5 - - - -",
            "+ a boat",
            "- rain",
            "model wan.safetensors",
            "lora l.safetensors 0.5 -"
        ]
    );
}

#[test]
fn what_calls_a_service_is_a_stage_and_what_writes_its_prompt_is_not() {
    let text = json!({
        "1": {"class_type": "GeminiNode", "inputs": {"prompt": "describe a boat", "model": "gemini", "seed": 1}},
        "2": {"class_type": "FluxProUltraImageNode", "inputs": {"prompt": ["1", 0], "seed": 7, "aspect_ratio": "16:9"}},
        "3": {"class_type": "SaveImage", "inputs": {"images": ["2", 0]}}});
    assert_eq!(only(&text), ["2: - - - - - - 7 - - - -", "+ describe a boat"]);
}

#[test]
fn prompts_are_told_apart_and_put_together_in_order() {
    let mut plain = super::plain();
    plain["10"] = json!({"class_type": "ControlNetApplyAdvanced", "inputs": {"positive": ["6", 0], "negative": ["7", 0],
        "control_net": ["11", 0], "image": ["12", 0]}});
    plain["13"] = json!({"class_type": "StringConcatenate", "inputs": {"string_b": "at sea", "string_a": ["14", 0], "delimiter": ", "}});
    plain["14"] = json!({"class_type": "PrimitiveStringMultiline", "inputs": {"value": "a boat"}});
    plain["15"] =
        json!({"class_type": "FluxGuidance", "inputs": {"guidance": 3.5, "conditioning": ["10", 0]}});
    plain["6"]["inputs"]["text"] = json!(["13", 0]);
    plain["3"]["inputs"]["positive"] = json!(["15", 0]);
    plain["3"]["inputs"]["negative"] = json!(["10", 1]);
    let told = only(&plain);
    assert_eq!(told[1..4], ["+ a boat", "+ at sea", "- rain"]);
    assert!(told[0].contains(" 8.0 3.5 "), "{told:?}");
    plain["3"]["inputs"]["negative"] = json!(["16", 0]);
    plain["16"] = json!({"class_type": "ConditioningZeroOut", "inputs": {"conditioning": ["6", 0]}});
    assert!(only(&plain).iter().all(|line| !line.starts_with("- ")), "it forgets the prompt");
}

#[test]
fn a_switch_hands_one_of_two_on() {
    let mut plain = super::plain();
    plain["10"] = json!({"class_type": "ComfySwitchNode", "inputs": {"switch": ["11", 0], "on_true": ["12", 0], "on_false": ["13", 0]}});
    plain["11"] = json!({"class_type": "PrimitiveBoolean", "inputs": {"value": true}});
    plain["12"] = json!({"class_type": "PrimitiveInt", "inputs": {"value": 4}});
    plain["13"] = json!({"class_type": "PrimitiveInt", "inputs": {"value": 30}});
    plain["3"]["inputs"]["steps"] = json!(["10", 0]);
    assert!(only(&plain)[0].starts_with("3: euler normal 4 "));
    plain["11"]["inputs"]["value"] = json!(false);
    assert!(only(&plain)[0].starts_with("3: euler normal 30 "));
    plain["11"] = json!({"class_type": "Theirs", "inputs": {"x": 1}});
    assert!(only(&plain)[0].starts_with("3: euler normal - "), "nobody knows which");
}

/// The plain workflow as the editor saves it, with more nodes and links, and another origin of the model.
fn saved(more_nodes: &str, more_links: &str, mode: u8) -> String {
    format!(
        r#"{{"version": 0.4, "nodes": [
        {{"id": 4, "type": "CheckpointLoaderSimple", "outputs": [{{"name": "MODEL", "type": "MODEL"}}, {{"name": "CLIP", "type": "CLIP"}}], "widgets_values": ["a.safetensors"]}},
        {{"id": 10, "type": "LoraLoaderModelOnly", "mode": {mode}, "inputs": [{{"name": "model", "type": "MODEL", "link": 1}}], "outputs": [{{"name": "MODEL", "type": "MODEL"}}], "widgets_values": ["l.safetensors", 0.5]}},
        {{"id": 3, "type": "KSampler", "inputs": [{{"name": "model", "type": "MODEL", "link": 3}}, {{"name": "seed", "type": "INT", "widget": {{"name": "seed"}}, "link": 4}}], "outputs": [{{"name": "LATENT", "type": "LATENT"}}], "widgets_values": [5, "fixed", 20, 8, "euler", "normal", 1]}},
        {{"id": 9, "type": "SaveLatent", "inputs": [{{"name": "samples", "type": "LATENT", "link": 5}}], "widgets_values": ["x"]}}{more_nodes}],
        "links": [[1, 4, 0, 10, 0, "MODEL"], [5, 3, 0, 9, 0, "LATENT"]{more_links}]}}"#
    )
}

#[test]
fn links_are_followed_through_nodes_of_the_page() {
    let primitive = r#", {"id": 20, "type": "PrimitiveNode", "outputs": [{"name": "INT", "type": "INT"}], "widgets_values": [7, "fixed"]}"#;
    let reroute = r#", {"id": 21, "type": "Reroute", "inputs": [{"name": "", "type": "*", "link": 2}], "outputs": [{"name": "", "type": "MODEL"}]}"#;
    let nodes = [primitive, reroute].concat();
    let links = r#", [2, 10, 0, 21, 0, "MODEL"], [3, 21, 0, 3, 0, "MODEL"], [4, 20, 0, 3, 1, "INT"]"#;
    let first = "3: euler normal 20 8 - 1 7 - - - -";
    assert_eq!(of_file(&saved(&nodes, links, 0)), [first, "model a.safetensors", "lora l.safetensors 0.5 -"]);
    assert_eq!(of_file(&saved(&nodes, links, 4)), [first, "model a.safetensors"], "bypassed");
    assert_eq!(of_file(&saved(&nodes, links, 2)), [first], "muted");
    let named = r#", {"id": 22, "type": "SetNode", "inputs": [{"name": "MODEL", "type": "MODEL", "link": 2}], "widgets_values": ["m"]},
        {"id": 23, "type": "GetNode", "outputs": [{"name": "MODEL", "type": "MODEL"}], "widgets_values": ["m"]}"#;
    let links = r#", [2, 10, 0, 22, 0, "MODEL"], [3, 23, 0, 3, 0, "MODEL"], [4, 20, 0, 3, 1, "INT"]"#;
    let by_name = of_file(&saved(&[primitive, named].concat(), links, 0));
    assert_eq!(by_name, [first, "model a.safetensors", "lora l.safetensors 0.5 -"]);
}

/// A checkpoint whose model and text encoder go everywhere: to a sampler and to two prompts.
fn sent_everywhere(more_links: &str, extra: &str) -> String {
    let text = |id: u32, clip: &str| {
        format!(
            r#"{{"id": {id}, "type": "CLIPTextEncode", "inputs": [{{"name": "clip", "type": "CLIP", "link": {clip}}}], "outputs": [{{"name": "CONDITIONING", "type": "CONDITIONING"}}], "widgets_values": ["text {id}"]}}"#
        )
    };
    let socket = |name: &str, kind: &str, link: &str| {
        format!(r#"{{"name": "{name}", "type": "{kind}", "link": {link}}}"#)
    };
    let sockets = [
        socket("model", "MODEL", "null"),
        socket("positive", "CONDITIONING", "3"),
        socket("negative", "CONDITIONING", "4"),
    ];
    format!(
        r#"{{"version": 0.4, "nodes": [
        {{"id": 4, "type": "CheckpointLoaderSimple", "outputs": [{{"name": "MODEL", "type": "MODEL"}}, {{"name": "CLIP", "type": "CLIP"}}], "widgets_values": ["a.safetensors"]}},
        {{"id": 5, "type": "Anything Everywhere3", "inputs": [{}, {}]}}, {}, {},
        {{"id": 3, "type": "KSampler", "inputs": [{}], "outputs": [{{"name": "LATENT", "type": "LATENT"}}], "widgets_values": [5, "fixed", 20, 8, "euler", "normal", 1]}},
        {{"id": 9, "type": "SaveLatent", "inputs": [{}], "widgets_values": ["x"]}}],
        "links": [[3, 6, 0, 3, 1, "CONDITIONING"], [4, 7, 0, 3, 2, "CONDITIONING"], [5, 3, 0, 9, 0, "LATENT"]{more_links}]{extra}}}"#,
        socket("anything", "*", "1"),
        socket("anything2", "*", "2"),
        text(6, "null"),
        text(7, "null"),
        sockets.join(", "),
        socket("samples", "LATENT", "5"),
    )
}

#[test]
fn what_is_sent_everywhere_is_followed() {
    let first = "3: euler normal 20 8 - 1 5 - - - -";
    let whole = [first, "+ text 6", "- text 7", "model a.safetensors"];
    let links = r#", [1, 4, 0, 5, 0, "MODEL"], [2, 4, 1, 5, 1, "CLIP"]"#;
    assert_eq!(of_file(&sent_everywhere(links, "")), whole, "found");
    assert_eq!(of_file(&sent_everywhere("", "")), [first, "+ text 6", "- text 7"], "nothing is linked to it");
    let listed = r#", "extra": {"ue_links": [{"downstream": 3, "downstream_slot": 0, "upstream": 4, "upstream_slot": 0}]}"#;
    assert_eq!(of_file(&sent_everywhere("", listed)), whole, "listed");
    let empty = r#", "extra": {"ue_links": []}"#;
    assert_eq!(of_file(&sent_everywhere(links, empty)).len(), 3, "the list says that there is none");
    // What is read here is what the conversion sends.
    for file in [sent_everywhere(links, ""), sent_everywhere("", listed)] {
        let known = bundled();
        let api = to_api_format(file.as_bytes(), &known, &Options::default()).unwrap().json;
        assert_eq!(of_api(api.as_bytes(), Some(&known)).into_values().next().unwrap_or_default(), whole);
    }
}

/// The instance of a subgraph that is sent something hands it on inside.
#[test]
fn what_is_sent_to_a_subgraph_is_followed_inside() {
    let text = r#"{"version": 0.4, "nodes": [
        {"id": 4, "type": "CheckpointLoaderSimple", "outputs": [{"name": "MODEL", "type": "MODEL"}], "widgets_values": ["a.safetensors"]},
        {"id": 5, "type": "Anything Everywhere", "inputs": [{"name": "anything", "type": "*", "link": 1}]},
        {"id": 8, "type": "s", "inputs": [{"name": "model", "type": "MODEL", "link": null}], "outputs": [{"name": "LATENT", "type": "LATENT"}]},
        {"id": 9, "type": "SaveLatent", "inputs": [{"name": "samples", "type": "LATENT", "link": 5}], "widgets_values": ["x"]}],
        "links": [[1, 4, 0, 5, 0, "MODEL"], [5, 8, 0, 9, 0, "LATENT"]], "definitions": {"subgraphs": [{"id": "s",
        "inputs": [{"name": "model", "type": "MODEL", "linkIds": [1]}], "outputs": [{"name": "LATENT", "type": "LATENT", "linkIds": [2]}],
        "nodes": [{"id": 3, "type": "KSampler", "inputs": [{"name": "model", "type": "MODEL", "link": 1}], "outputs": [{"name": "LATENT", "type": "LATENT"}], "widgets_values": [5, "fixed", 20, 8, "euler", "normal", 1]}],
        "links": [{"id": 1, "origin_id": -10, "origin_slot": 0, "target_id": 3, "target_slot": 0, "type": "MODEL"}, {"id": 2, "origin_id": 3, "origin_slot": 0, "target_id": -20, "target_slot": 0, "type": "LATENT"}]}]}}"#;
    let whole = ["8:3: euler normal 20 8 - 1 5 - - - -", "model a.safetensors"];
    assert_eq!(of_file(text), whole);
    assert_eq!(of_file(&text.replace("Anything Everywhere", "Note")), whole[..1]);
}

#[test]
fn a_row_of_reroutes_is_followed_to_its_end() {
    const COUNT: usize = 4000;
    let (mut nodes, mut links) = (String::new(), String::new());
    for at in 0..COUNT {
        let (id, link) = (100 + at, 100 + at);
        let from = if at == 0 { 10 } else { id - 1 };
        nodes += &format!(
            r#", {{"id": {id}, "type": "Reroute", "inputs": [{{"name": "", "type": "*", "link": {link}}}], "outputs": [{{"name": "", "type": "MODEL"}}]}}"#
        );
        links += &format!(r#", [{link}, {from}, 0, {id}, 0, "MODEL"]"#);
    }
    links += &format!(r#", [3, {}, 0, 3, 0, "MODEL"]"#, 99 + COUNT);
    let told = of_file(&saved(&nodes, &links, 0));
    assert_eq!(told[1..], ["model a.safetensors", "lora l.safetensors 0.5 -"]);
}

#[test]
fn circles_and_crowds_end() {
    let mut plain = super::plain();
    plain["10"] = json!({"class_type": "LoraLoaderModelOnly", "inputs": {"model": ["11", 0]}});
    plain["11"] = json!({"class_type": "LoraLoaderModelOnly", "inputs": {"model": ["10", 0]}});
    plain["6"]["inputs"]["text"] = json!(["12", 0]);
    plain["12"] =
        json!({"class_type": "StringConcatenate", "inputs": {"string_a": ["12", 0], "string_b": ["12", 0]}});
    plain["5"]["inputs"]["width"] = json!(["13", 0]);
    plain["13"] = json!({"class_type": "PrimitiveInt", "inputs": {"value": ["13", 0]}});
    plain["3"]["inputs"]["model"] = json!(["10", 0]);
    assert_eq!(only(&plain).len(), 2, "the sampler, and what is not wanted");
    let nodes = 20_000;
    let mut crowd = serde_json::Map::new();
    for index in 0..nodes {
        let inputs = json!({"samples": [(index - 1i64).to_string(), 0], "seed": 1, "steps": 1, "latent_image": [(index - 1).to_string(), 0]});
        crowd.insert(index.to_string(), json!({"class_type": "SaveLatent", "inputs": inputs}));
    }
    let text = serde_json::Value::Object(crowd).to_string();
    let workflow = Workflow::parse(text.as_bytes()).unwrap();
    let inspection = inspect(api_graph(&workflow), None);
    let refused = recipe::of(&inspection.graph, &inspection.order).unwrap_err();
    assert_eq!(refused.code().as_str(), "invalid_workflow");
}

#[test]
fn texts_without_end_are_refused() {
    const TEXTS: usize = 12_000;
    let mut nodes =
        vec![r#""save": {"class_type": "SaveImage", "inputs": {"images": ["sampler", 0]}}"#.to_owned()];
    let links: Vec<_> = (0..TEXTS).map(|at| format!(r#""positive{at}": ["{at}", 0]"#)).collect();
    nodes.push(format!(
        r#""sampler": {{"class_type": "KSampler", "inputs": {{"seed": 1, "steps": 20, {}}}}}"#,
        links.join(",")
    ));
    let encoder =
        |at| format!(r#""{at}": {{"class_type": "CLIPTextEncode", "inputs": {{"text": "t {at}"}}}}"#);
    nodes.extend((0..TEXTS).map(encoder));
    let text = format!("{{{}}}", nodes.join(","));
    let workflow = Workflow::parse(text.as_bytes()).unwrap();
    let inspection = inspect(api_graph(&workflow), None);
    let error = recipe::of(&inspection.graph, &inspection.order).unwrap_err();
    assert!(error.to_string().contains("take too long to follow"), "{error}");
}
