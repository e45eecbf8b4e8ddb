//! What Rust writes for JavaScript stands where the layouts say.

use crate::definitions::ours;
use crate::files::fixtures;
use serde_json::{Value as Json, json};
use std::fs;
use viewcomfy_wasm::editor::{Document, Rect};
use viewcomfy_wasm::inspect::layout::{self, Flag};
use viewcomfy_wasm::inspect::model::{Given, Input, InputKind, Inspection, Node};
use viewcomfy_wasm::inspect::recipe::{self, Fact, Recipes, Stage};
use viewcomfy_wasm::inspect::{api_graph, editor_graph, inspect, write};
use viewcomfy_wasm::json::Value;
use viewcomfy_wasm::protocol::event_batch::{EventKind, FIGURES};
use viewcomfy_wasm::protocol::{Event, EventBatch, EventSink, Progress};
use viewcomfy_wasm::workflow::Workflow;

#[test]
fn events_are_laid_out_as_told() {
    let mut batch = EventBatch::new(true);
    let progress = Progress {
        step: 1.5,
        total: Some(2.5),
        percent: Some(3.5),
        elapsed_seconds: Some(4.5),
        remaining_seconds: None,
        rate: Some(6.5),
    };
    batch.event(Event::Log("é😀"));
    batch.event(Event::Progress(progress));
    batch.event(Event::Error("no"));
    let (text, numbers) = batch.parts().unwrap();
    let kind = |kind: EventKind| EventKind::ALL.iter().position(|known| *known == kind).unwrap() as f64;
    let figure = |name: &str| numbers[3 + FIGURES.iter().position(|known| *known == name).unwrap()];
    assert_eq!(text, "é😀no");
    assert_eq!(numbers[..3], [kind(EventKind::Log), 3.0, kind(EventKind::Progress)]);
    assert_eq!((figure("step"), figure("total"), figure("percent")), (1.5, 2.5, 3.5));
    assert_eq!((figure("elapsedSeconds"), figure("rate")), (4.5, 6.5));
    assert!(figure("remainingSeconds").is_nan());
    assert_eq!(numbers[3 + FIGURES.len()..], [kind(EventKind::Error), 2.0]);
}

#[test]
fn an_inspection_in_api_format_is_laid_out_as_told() {
    let text = r#"{
        "4": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "gone.safetensors"}, "_meta": {"title": "Model"}},
        "5": {"class_type": "EmptyLatentImage", "inputs": {"width": 513, "height": 768, "batch_size": 1}},
        "3": {"class_type": "KSampler", "inputs": {"seed": 18446744073709551615, "steps": 20, "cfg": 8.0,
            "sampler_name": "none", "model": ["4", 0], "latent_image": ["5", 0], "positive": ["99", 1], "negative": ["4", "x"]}},
        "9": {"class_type": "SaveImage", "inputs": {"images": ["3", 0], "filename_prefix": "x"}}
    }"#;
    let (workflow, definitions) = (Workflow::parse(text.as_bytes()).unwrap(), ours());
    let inspection = inspect(api_graph(&workflow), Some(&definitions));
    assert!(!inspection.models.is_empty() && inspection.problems.len() > 3);
    assert_rows(&inspection);
}

#[test]
fn an_inspection_in_editor_format_is_laid_out_as_told() {
    let definitions = ours();
    let (mut groups, mut parents, mut typed) = (0, 0, 0);
    for name in ["lighthouse_04.json", "model_free.json", "odd_values.json", "subgraphs_1.json"] {
        let bytes = fs::read(fixtures("editor").join(name)).unwrap();
        let document = Document::parse(&bytes).unwrap();
        let inspection = inspect(editor_graph(&document, Some(&definitions)).unwrap(), Some(&definitions));
        assert_rows(&inspection);
        let nodes = &inspection.graph.nodes;
        groups += inspection.graph.groups.len();
        parents += nodes.iter().filter(|node| node.parent.is_some()).count();
        let inputs = nodes.iter().flat_map(|node| &node.inputs);
        typed += inputs.filter(|input| input.link().is_some_and(|link| link.kind.is_some())).count();
    }
    assert!(groups > 0 && parents > 0 && typed > 0, "{groups} {parents} {typed}");
}

/// Compares every row with what the inspection says, name by name.
fn assert_rows(inspection: &Inspection<'_>) {
    let recipes = recipe::of(&inspection.graph, &inspection.order).unwrap();
    let rows: Json = serde_json::from_str(&write::to_json(inspection, &recipes)).unwrap();
    assert_recipes(&rows, &recipes);
    let nodes = &inspection.graph.nodes;
    assert_eq!(rows["format"], inspection.graph.format.as_str());
    assert_eq!(list(&rows, "nodes").len(), nodes.len());
    for (row, node) in list(&rows, "nodes").iter().zip(nodes) {
        let pack = inspection
            .packs
            .iter()
            .position(|pack| pack.id == node.pack.as_ref().and_then(|pack| pack.id.clone()));
        assert_row(&layout::NODE, row, |name| of_node(node, pack, name));
    }
    let outputs: Vec<_> = nodes.iter().flat_map(|node| &node.outputs).collect();
    assert_eq!(list(&rows, "outputs").len(), outputs.len() * layout::OUTPUT.len());
    for (row, output) in list(&rows, "outputs").chunks(layout::OUTPUT.len()).zip(outputs) {
        assert_row(&layout::OUTPUT, &json!(row), |name| match name {
            "name" => json!(output.name),
            "type" => json!(output.kind),
            "links" => json!(output.links),
            _ => panic!("a field {name}"),
        });
    }
    let inputs: Vec<_> = nodes.iter().flat_map(|node| &node.inputs).collect();
    assert_eq!(list(&rows, "inputs").len(), inputs.len() * layout::INPUT.len());
    for (row, input) in list(&rows, "inputs").chunks(layout::INPUT.len()).zip(inputs) {
        assert_input(&rows, row, input);
    }
    for (row, group) in list(&rows, "groups").iter().zip(&inspection.graph.groups) {
        assert_row(&layout::GROUP, row, |name| match name {
            "title" => json!(group.title),
            "color" => json!(group.color),
            "position" => rect(&group.position),
            "nodes" => json!(group.nodes),
            _ => panic!("a field {name}"),
        });
    }
    for (row, model) in list(&rows, "models").iter().zip(&inspection.models) {
        assert_row(&layout::MODEL, row, |name| match name {
            "name" => json!(model.name),
            "node" => json!(model.node),
            "input" => json!(model.input),
            "folder" => json!(model.folder),
            "url" => json!(model.url),
            "available" => json!(model.available),
            _ => panic!("a field {name}"),
        });
    }
    for (row, pack) in list(&rows, "packs").iter().zip(&inspection.packs) {
        assert_row(&layout::PACK, row, |name| match name {
            "id" => json!(pack.id),
            "repository" => json!(pack.repository),
            "versions" => json!(pack.versions),
            "nodes" => json!(pack.nodes),
            _ => panic!("a field {name}"),
        });
    }
    for (row, note) in list(&rows, "notes").iter().zip(&inspection.notes) {
        assert_row(&layout::NOTE, row, |name| match name {
            "node" => json!(note.node),
            "text" => json!(note.text),
            "format" => json!(if note.is_markdown { "markdown" } else { "text" }),
            _ => panic!("a field {name}"),
        });
    }
    for (row, problem) in list(&rows, "problems").iter().zip(&inspection.problems) {
        assert_row(&layout::PROBLEM, row, |name| match name {
            "code" => json!(problem.code.as_str()),
            "severity" => json!(problem.severity.as_str()),
            "node" => json!(problem.node),
            "input" => json!(problem.input),
            "message" => json!(problem.message),
            "advice" => json!(problem.advice),
            _ => panic!("a field {name}"),
        });
    }
}

fn assert_recipes(rows: &Json, recipes: &Recipes) {
    for (row, (output, stages)) in list(rows, "recipes").iter().zip(&recipes.outputs) {
        assert_row(&layout::RECIPE, row, |name| if name == "output" { json!(output) } else { json!(stages) });
    }
    for (row, stage) in list(rows, "stages").iter().zip(&recipes.stages) {
        assert_row(&layout::STAGE, row, |name| of_stage(stage, name));
    }
}

fn of_stage(stage: &Stage, name: &str) -> Json {
    let fact = |fact: &Fact| json!([fact.node, fact.input, fact.entry]);
    let facts = |facts: &[Fact]| facts.iter().map(fact).collect::<Json>();
    let setting = |of: &Option<Fact>| of.as_ref().map_or(Json::Null, fact);
    match name {
        "node" => json!(stage.node),
        "positive" => facts(&stage.positive),
        "negative" => facts(&stage.negative),
        "models" => facts(&stage.models),
        "loras" => stage
            .loras
            .iter()
            .map(|lora| {
                json!([fact(&lora.name), setting(&lora.strength_model), setting(&lora.strength_clip)])
            })
            .collect(),
        "sampler" => setting(&stage.sampler),
        "scheduler" => setting(&stage.scheduler),
        "steps" => setting(&stage.steps),
        "cfg" => setting(&stage.cfg),
        "guidance" => setting(&stage.guidance),
        "denoise" => setting(&stage.denoise),
        "seed" => setting(&stage.seed),
        "width" => setting(&stage.size[0]),
        "height" => setting(&stage.size[1]),
        "length" => setting(&stage.size[2]),
        "batchSize" => setting(&stage.size[3]),
        _ => panic!("a field {name}"),
    }
}

fn of_node(node: &Node<'_>, pack: Option<usize>, name: &str) -> Json {
    match name {
        "id" => json!(node.id),
        "classType" => json!(node.class_type),
        "title" => json!(node.label()),
        "category" => json!(node.category),
        "mode" => json!(node.mode.as_str()),
        "isOutput" => json!(u8::from(node.is_output)),
        "depth" => json!(node.depth),
        "parent" => json!(node.parent),
        "position" => node.position.as_ref().map_or(Json::Null, rect),
        "editorOnly" => json!(u8::from(node.editor_only)),
        "pack" => node.pack.as_ref().map_or(Json::Null, |of| json!([pack, of.version])),
        "outputs" => json!(node.outputs.len()),
        "inputs" => json!(node.inputs.len()),
        _ => panic!("a field {name}"),
    }
}

fn assert_input(rows: &Json, row: &[Json], input: &Input<'_>) {
    let at = |name: &str| &row[index(&layout::INPUT, name)];
    let flags = at("flags").as_u64().unwrap() as usize;
    let has = |flag: Flag| flags & flag.bit() != 0;
    assert_eq!(*at("name"), *input.name);
    assert_eq!(InputKind::ALL[at("kind").as_u64().unwrap() as usize], input.kind);
    assert_eq!(rows["kinds"][at("kind").as_u64().unwrap() as usize], input.kind.as_str());
    assert_eq!(has(Flag::Settable), input.settable);
    assert_eq!(has(Flag::Required), input.expected.as_ref().is_some_and(|expected| expected.required));
    assert_eq!(has(Flag::Nothing), matches!(input.given, Given::Nothing));
    assert_eq!(has(Flag::Linked), input.link().is_some());
    if let Some(value) = input.value() {
        assert_eq!(*at("given"), given(value, has(Flag::Exact)));
    }
    if let Some(link) = input.link() {
        assert_eq!(*at("given"), link.node.map_or(json!(link.id), |node| json!(node)));
        assert_eq!(has(Flag::Typed), link.kind.is_some());
        let typed = |name| at("output")[index(&layout::OUTPUT_OF_TYPE, name)].clone();
        let (output, kind) = if has(Flag::Typed) {
            (typed("output"), typed("type"))
        } else {
            (at("output").clone(), Json::Null)
        };
        assert_eq!((output, kind), (json!(link.output), json!(link.kind)));
    }
    let Some(expected) = &input.expected else { return assert_eq!(*at("spec"), Json::Null) };
    let spec = &rows["specs"][at("spec").as_u64().unwrap() as usize];
    let exact = spec[index(&layout::SPEC, "exact")].as_u64().unwrap();
    assert_row(&layout::SPEC, spec, |name| match name {
        "type" => json!(expected.spec.kind),
        "tooltip" => json!(expected.spec.tooltip().map(|text| text.decode())),
        "exact" => json!(exact),
        _ => {
            let value = match name {
                "default" => expected.spec.option(name),
                "choices" => expected.spec.choices(),
                _ => expected.spec.number(name),
            };
            given(value.unwrap_or(Value::NULL), exact >> index(&layout::SPEC_VALUES, name) & 1 == 1)
        }
    });
}

fn given(value: Value<'_>, is_text: bool) -> Json {
    if is_text { json!(value.raw()) } else { serde_json::from_str(value.raw()).unwrap() }
}

fn rect(rect: &Rect<'_>) -> Json {
    let number = |name| match name {
        "x" => rect.x,
        "y" => rect.y,
        "width" => rect.width,
        "height" => rect.height,
        _ => panic!("a side {name}"),
    };
    layout::RECT.iter().map(|name| given(number(*name), false)).collect()
}

#[track_caller]
fn assert_row(names: &[&str], row: &Json, known: impl Fn(&str) -> Json) {
    assert_eq!(row.as_array().unwrap().len(), names.len(), "{row}");
    for (index, name) in names.iter().enumerate() {
        assert_eq!(row[index], known(name), "{name} of {row}");
    }
}

fn index(names: &[&str], name: &str) -> usize {
    names.iter().position(|known| *known == name).unwrap_or_else(|| panic!("there is no {name}"))
}

fn list<'r>(rows: &'r Json, name: &str) -> &'r Vec<Json> {
    rows[name].as_array().unwrap()
}
