//! The model that a node samples with, and the LoRAs that change it on the way.

use super::table;
use super::wires::Wires;
use super::{Fact, Lora, Stage};
use crate::Error;
use crate::inspect::folders::has_model_ending;
use crate::inspect::model::{InputKind, Node};
use crate::json::Value;
use crate::json::value::Kind;
use crate::text::find as find_text;

/// Finds models and LoRAs.
pub(super) fn find(wires: &mut Wires<'_, '_>, stage: &mut Stage) -> Result<(), Error> {
    wires.begin();
    let mut open = vec![stage.node];
    while let Some(node) = open.pop() {
        if !wires.is_new(node)? {
            continue;
        }
        // The first one that is found is the last that was applied.
        stage.loras.extend(loras_of(&wires.nodes[node], node).into_iter().rev());
        let models = wires.linked(node, &table::MODEL_LINKS);
        if models.is_empty() {
            stage.models.extend(model_of(&wires.nodes[node], node));
        }
        // The LoRAs of a node are applied to the model that it gets.
        let mut links = wires.linked(node, &table::LORA_LINKS);
        links.extend(models);
        for index in links.into_iter().rev() {
            open.extend(wires.source(node, index)?.map(|source| source.node));
        }
    }
    stage.loras.reverse();
    Ok(())
}

/// The file that a loader names.
fn model_of(node: &Node<'_>, index: usize) -> Option<Fact> {
    let says = |at: &usize| node.inputs[*at].value().is_some_and(|value| value.kind() == Kind::String);
    let by_name = table::MODEL_NAMES.iter().find_map(|name| {
        let at = node.inputs.iter().position(|input| input.name == *name)?;
        says(&at).then_some(at)
    });
    let is_model = |at: &usize| {
        let input = &node.inputs[*at];
        let is_other = table::OTHER_FILES.iter().any(|begin| input.name.starts_with(begin));
        input.kind == InputKind::Model && !is_other && says(at)
    };
    let input = by_name.or_else(|| (0..node.inputs.len()).find(is_model))?;
    Some(Fact { node: index, input: Some(input), entry: None })
}

/// The LoRAs of a node, in order: a file in an input that is named for it, or a row `{"on", "lora", "strength"}`.
fn loras_of(node: &Node<'_>, index: usize) -> Vec<Lora> {
    let mut loras = Vec::new();
    for (at, input) in node.inputs.iter().enumerate() {
        let Some(value) = input.value() else { continue };
        let fact = |input: usize| Fact { node: index, input: Some(input), entry: None };
        if is_row(value) {
            let entry = |entry: &'static str| Fact { entry: Some(entry), ..fact(at) };
            let number = |name: &'static str| {
                value.get(name).filter(|value| value.kind() == Kind::Number).map(|_| entry(name))
            };
            let (strength_model, strength_clip) = (number("strength"), number("strengthTwo"));
            loras.push(Lora { name: entry("lora"), strength_model, strength_clip });
        } else if find_text(&input.name, "lora").is_some() && names_file(value) {
            let clip = strength(node, &input.name, true).map(fact);
            let model = strength(node, &input.name, false).map(fact);
            loras.push(Lora { name: fact(at), strength_model: model, strength_clip: clip });
        }
    }
    loras
}

/// A row of a list of LoRAs that is switched on.
fn is_row(value: Value<'_>) -> bool {
    value.kind() == Kind::Object
        && value.get("lora").is_some_and(names_file)
        && value.get("on").is_none_or(|on| !on.is_falsy())
}

fn names_file(value: Value<'_>) -> bool {
    value.as_str().is_some_and(|text| has_model_ending(&text.decode()))
}

/// The number that is the strength of a LoRA; of several LoRAs, the one with the same digits in its name.
fn strength(node: &Node<'_>, lora: &str, for_clip: bool) -> Option<usize> {
    let is_strength =
        |name: &str| ["strength", "weight", "_wt", "_str"].iter().any(|word| find_text(name, word).is_some());
    node.inputs.iter().position(|input| {
        is_strength(&input.name)
            && (find_text(&input.name, "clip").is_some()) == for_clip
            && digits(&input.name).eq(digits(lora))
            && input.value().is_some_and(|value| value.kind() == Kind::Number)
    })
}

fn digits(name: &str) -> impl Iterator<Item = char> {
    name.chars().filter(char::is_ascii_digit)
}
