//! The fixtures of the editor's format, opened: which value or link reaches which input.

use crate::files::fixtures;
use std::fs;
use viewcomfy_wasm::definitions::Definitions;
use viewcomfy_wasm::editor::Document;
use viewcomfy_wasm::inspect::editor_graph;
use viewcomfy_wasm::inspect::model::{Given, Mode, Node};

pub const DEFINITIONS: &str = r#"{"KSampler": {"input": {"required": {
    "model": ["MODEL"], "seed": ["INT", {"control_after_generate": true}], "steps": ["INT", {}], "cfg": ["FLOAT", {}],
    "sampler_name": [["euler", "heun"]], "scheduler": [["normal"]], "positive": ["CONDITIONING"],
    "negative": ["CONDITIONING"], "latent_image": ["LATENT"], "denoise": ["FLOAT", {}]},
    "optional": {"new": ["INT", {"default": 3}], "mode": ["COMFY_DYNAMICCOMBO_V3", {"options": [
        {"key": "plain", "inputs": {"required": {"amount": ["FLOAT", {"default": 0.5}]}}}]}]}}, "output": []}}"#;

/// Each node as `id: input=value, input<node.output, input-`, the last for an input with nothing.
fn outline(name: &str, definitions: Option<&Definitions>) -> Vec<String> {
    let bytes = fs::read(fixtures("editor").join(name)).unwrap();
    let document = Document::parse(&bytes).unwrap();
    let graph = editor_graph(&document, definitions).unwrap();
    let given = |given: &Given<'_>| match given {
        Given::Value(value) => format!("={}", value.raw()),
        Given::Link(link) => {
            let node =
                link.node.map_or_else(|| format!("?{}", link.id), |index| graph.nodes[index].id.to_string());
            format!("<{node}.{}", link.output.map_or("?".to_owned(), |output| output.to_string()))
        }
        Given::Nothing => "-".to_owned(),
        other => panic!("{other:?}"),
    };
    let line = |node: &Node<'_>| {
        let inputs: Vec<_> =
            node.inputs.iter().map(|input| format!("{}{}", input.name, given(&input.given))).collect();
        format!("{}: {}", node.id, inputs.join(", "))
    };
    graph.nodes.iter().map(line).collect()
}

#[test]
fn the_older_format_is_read() {
    assert_eq!(
        outline("lighthouse_04.json", None),
        [
            r#"4: widget_0="harbour.safetensors""#,
            r#"6: clip<4.1, widget_0="a lighthouse at dusk""#,
            r#"7: clip<4.1, text<13.0"#,
            "5: widget_0=512, widget_1=768, widget_2=1",
            r#"10: model<4.0, widget_0="ink.safetensors", widget_1=0.8"#,
            "11: <10.0",
            concat!(
                "3: model<11.0, positive<6.0, negative<7.0, latent_image<5.0, widget_0=18446744073709551615, ",
                r#"widget_1="randomize", widget_2=20, widget_3=7.0, widget_4="euler", widget_5="normal", widget_6=1"#
            ),
            "8: samples<3.0, vae<4.2",
            r#"9: images<8.0, widget_0="lighthouse""#,
            "12: images<8.0",
            r#"13: value="blurry, dull""#,
            r#"14: text="Two prompts, one lighthouse.""#,
        ]
    );
}

#[test]
fn definitions_name_the_values() {
    let definitions = Definitions::parse(DEFINITIONS.into()).unwrap();
    assert_eq!(
        outline("lighthouse_04.json", Some(&definitions))[6],
        concat!(
            "3: model<11.0, positive<6.0, negative<7.0, latent_image<5.0, seed=18446744073709551615, steps=20, cfg=7.0, ",
            r#"sampler_name="euler", scheduler="normal", denoise=1, new=3, mode="plain", mode.amount=0.5"#
        )
    );
}

#[test]
fn modes_notes_titles_and_places_are_read() {
    let bytes = fs::read(fixtures("editor").join("lighthouse_04.json")).unwrap();
    let document = Document::parse(&bytes).unwrap();
    let graph = editor_graph(&document, None).unwrap();
    let ids = |wanted: &dyn Fn(&Node<'_>) -> bool| {
        let nodes = graph.nodes.iter().filter(|node| wanted(node));
        nodes.map(|node| node.id.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(ids(&|node| node.mode == Mode::Bypassed), ["10"]);
    assert_eq!(ids(&|node| node.mode == Mode::Muted), ["12"]);
    assert_eq!(ids(&|node| node.editor_only), ["11", "13", "14"]);
    assert_eq!(graph.nodes[1].title.as_deref(), Some("Prompt"));
    let position = graph.nodes[1].position.unwrap();
    assert_eq!(
        [position.x, position.y, position.width, position.height].map(|n| n.raw()),
        ["300", "0", "250.5", "120"]
    );
    let group = &graph.groups[..];
    assert_eq!((group.len(), &*group[0].title, group[0].color.as_deref()), (1, "Prompts", Some("#3f789e")));
    assert_eq!(group[0].nodes.iter().map(|index| &*graph.nodes[*index].id).collect::<Vec<_>>(), ["6", "7"]);
}

#[test]
fn subgraphs_are_opened_and_links_lead_through_them() {
    let inside = |host: &str| {
        [
            format!("{host}:31: image<1.0, blur_radius=7"),
            format!("{host}:31:21: image<1.0, blur_radius=7, sigma=1.0"),
            format!("{host}:32: image<{host}:31:21.0, blur_radius=9"),
            format!("{host}:32:21: image<{host}:31:21.0, blur_radius=9, sigma=1.0"),
        ]
    };
    let lines = outline("subgraphs_1.json", None);
    assert_eq!(lines[0], r#"1: image="coast.png", upload="image""#);
    assert_eq!(lines[1], "2: image<1.0, radius=7");
    assert_eq!(lines[2..6], inside("2"));
    assert_eq!(lines[6..8], [r#"save: images<2:32:21.0, filename_prefix="soft""#, "5: images<1.0"]);
    // What does not run stays closed, and hands on what it is given.
    assert_eq!(lines[8], "6: image<1.0, radius-");
    assert_eq!(lines[13], "7: images<6.0");
    // An instance may lack sockets; which values it has is for the subgraph to say.
    assert_eq!(lines[14..], ["9: image-, blur_radius=4", "9:21: image-, blur_radius=4, sigma=1.0"]);
}

#[test]
fn subgraphs_have_a_name_and_hand_down_their_mode() {
    let bytes = fs::read(fixtures("editor").join("subgraphs_1.json")).unwrap();
    let document = Document::parse(&bytes).unwrap();
    assert_eq!(document.version().map(|version| version.raw()), Some("1"));
    assert_eq!(document.root.reroutes().len(), 1);
    let graph = editor_graph(&document, None).unwrap();
    let hosts = graph.nodes.iter().filter(|node| node.is_subgraph);
    let titles: Vec<_> = hosts.map(|node| node.title.as_deref().unwrap()).collect();
    assert_eq!(titles, ["Soften twice", "Soften", "Soften", "Switched off", "Soften", "Soften", "Soften"]);
    let off = graph.nodes.iter().filter(|node| node.mode == Mode::Bypassed);
    assert!(off.map(|node| &*node.id).eq(["6", "6:31", "6:31:21", "6:32", "6:32:21"]));
    assert_eq!(graph.groups.len(), 2);
}

#[test]
fn values_are_named_where_the_file_tells() {
    let lines = outline("odd_values.json", None);
    assert_eq!(
        lines[0],
        r#"1: video="clip.mp4", force_rate=0, videopreview={"hidden": false}"#
            .replace("{\"hidden\": false}", &video_preview())
    );
    assert_eq!(lines[1], r#"2: seed-, widget_0=5, widget_1="fixed", widget_2="x", widget_3=true"#);
    assert_eq!(lines[2], "3: seed=5, steps=20");
    assert_eq!(lines[3], "4: first=1, second=2");
    assert_eq!(lines[8..], ["6: images<?99.0, other<?link 77.?", "7: "]);
}

#[test]
fn group_nodes_are_opened_like_the_subgraphs_they_become() {
    assert_eq!(
        outline("odd_values.json", None)[4..8],
        [
            "5: image<1.0",
            "5:0: image<1.0",
            // The instance has the values of all nodes inside.
            "5:1: image<5:0.0, widget_0=7, widget_1=2.0",
            "8: images<5:1.0",
        ]
    );
}

/// The value as the fixture writes it, line breaks included.
fn video_preview() -> String {
    let text = fs::read_to_string(fixtures("editor").join("odd_values.json")).unwrap();
    let start = text.find("\"videopreview\": ").unwrap() + "\"videopreview\": ".len();
    text[start..=start + text[start..].find('}').unwrap()].to_owned()
}
