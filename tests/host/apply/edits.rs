//! Another value of the same type for each value of a converted workflow.

use viewcomfy_wasm::definitions::{Definitions, Input, NodeInputs, types};
use viewcomfy_wasm::json::Value;
use viewcomfy_wasm::json::same::same_value;
use viewcomfy_wasm::json::string::write_literal;
use viewcomfy_wasm::json::value::Kind;
use viewcomfy_wasm::workflow::{Workflow, input_key};

/// A key, and another value for it.
#[derive(Debug, Clone)]
pub struct Edit {
    pub key: String,
    pub old: String,
    pub new: String,
    /// Whether it is a choice that has other inputs with each other choice, so that no other value can stand alone.
    pub brings_inputs: bool,
}

/// The inputs of a node, to find out what its class expects of it.
struct Inputs<'a>(Vec<(String, Value<'a>)>);

impl NodeInputs for Inputs<'_> {
    fn each_name(&self, take: &mut dyn FnMut(&str)) {
        self.0.iter().for_each(|(name, _)| take(name));
    }

    fn has(&self, name: &str) -> bool {
        self.value(name).is_some()
    }

    fn value(&self, name: &str) -> Option<Value<'_>> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| *value)
    }
}

/// One edit for each value of a workflow in API format.
pub fn edits(json: &str, definitions: &Definitions) -> Vec<Edit> {
    // Of a file without nodes that run the prompt is empty.
    let Ok(workflow) = Workflow::parse(json.as_bytes()) else { return Vec::new() };
    let ids: Vec<_> = workflow.nodes().iter().map(|node| node.id.decode().into_owned()).collect();
    let is_link = |value: Value<'_>| matches!(value.items()[..], [id, _] if id.as_str().is_some_and(|id| ids.contains(&id.decode().into_owned())));
    let (mut edits, mut used) = (Vec::new(), Vec::new());
    for (node, id) in workflow.nodes().iter().zip(&ids) {
        let class = node.class_type.map(|class| class.text().into_owned()).unwrap_or_default();
        let inputs = workflow.inputs(node).iter();
        let inputs = Inputs(inputs.map(|input| (input.name.decode().into_owned(), input.value)).collect());
        let expected = definitions.class(&class).map(|class| class.expected(&inputs)).unwrap_or_default();
        for (name, value) in inputs.0.iter().filter(|(_, value)| !is_link(*value)) {
            let known = expected.iter().find(|input| input.name == *name);
            let key = input_key(id, name);
            let choice = known.and_then(|input| other_choice(input, *value));
            let brings_inputs = choice.as_ref().is_some_and(|(_, brings_inputs)| *brings_inputs);
            let new = choice.map_or_else(|| another(&key, *value, known, &used), |(choice, _)| choice);
            used.push(new.clone());
            edits.push(Edit { key, old: value.raw().to_owned(), new, brings_inputs });
        }
    }
    edits
}

/// Another value of the same type.
fn another(key: &str, value: Value<'_>, input: Option<&Input<'_>>, used: &[String]) -> String {
    match value.kind() {
        Kind::Boolean => (value.raw() == "false").to_string(),
        Kind::Number => another_number(value, input, used),
        Kind::String => {
            let mut literal = String::new();
            write_literal(&mut literal, &format!("{} of {key}", value.text()));
            literal
        }
        Kind::Array => format!(
            "[{}]",
            value.items().iter().map(|item| item.raw()).chain(["7"]).collect::<Vec<_>>().join(",")
        ),
        Kind::Object => another_object(value),
        // A value of any type stands for one that is not there.
        Kind::Null => "\"something\"".to_owned(),
    }
}

/// Another choice, if there is one, and whether other inputs come with it: the next that brings the same where one does.
fn other_choice(input: &Input<'_>, value: Value<'_>) -> Option<(String, bool)> {
    if value.kind() == Kind::Array {
        return None;
    }
    let Some(choices) = input.dynamic_choices() else {
        let choices = input.spec.choices()?.items();
        return Some((next(&choices, value)?.raw().to_owned(), false));
    };
    let names = |key: Value<'_>| {
        let inputs = choices.iter().find(|(other, _)| same_value(*other, key)).map(|(_, inputs)| inputs);
        inputs.into_iter().flatten().map(|input| input.name.to_string()).collect::<Vec<_>>()
    };
    let own = names(value);
    let alike: Vec<_> = choices.iter().map(|(key, _)| *key).filter(|key| names(*key) == own).collect();
    let all: Vec<_> = choices.iter().map(|(key, _)| *key).collect();
    match (next(&alike, value), next(&all, value)) {
        (Some(alike), _) => Some((alike.raw().to_owned(), false)),
        (None, Some(other)) => Some((other.raw().to_owned(), true)),
        (None, None) => Some(("\"no such choice\"".to_owned(), !own.is_empty())),
    }
}

/// The choice behind this one.
fn next<'v>(choices: &[Value<'v>], value: Value<'_>) -> Option<Value<'v>> {
    let at = choices.iter().position(|choice| same_value(*choice, value)).map_or(0, |at| at + 1);
    let mut others = choices.iter().cycle().skip(at).take(choices.len());
    others.find(|choice| !same_value(**choice, value)).copied()
}

/// A number on the input's steps and in its range, if there is one that is not used yet.
fn another_number(value: Value<'_>, input: Option<&Input<'_>>, used: &[String]) -> String {
    let option =
        |name: &str| input.and_then(|input| input.spec.number(name)).map(|number| number.raw().to_owned());
    let is_float = input.is_some_and(|input| input.spec.kind == *types::FLOAT);
    let candidates: Vec<String> = match value.raw().parse::<i128>() {
        Ok(whole) if !is_float => {
            let number = |name: &str| option(name).and_then(|number| number.parse::<i128>().ok());
            let step = number("step").unwrap_or(1).max(1);
            let (min, max) = (number("min").unwrap_or(i128::MIN), number("max").unwrap_or(i128::MAX));
            let next = STEPS.iter().map(|steps| whole + step * i128::from(*steps));
            next.filter(|next| (min..=max).contains(next)).map(|next| next.to_string()).collect()
        }
        _ => {
            let number = |name: &str| option(name).and_then(|number| number.parse::<f64>().ok());
            let float: f64 = value.raw().parse().unwrap();
            let step = number("step").unwrap_or(1.0);
            let (min, max) = (number("min").unwrap_or(f64::MIN), number("max").unwrap_or(f64::MAX));
            let next = STEPS.iter().map(|steps| float + step * f64::from(*steps));
            next.filter(|next| (min..=max).contains(next)).map(short).collect()
        }
    };
    let unused = candidates.iter().find(|next| !used.contains(next));
    unused.or(candidates.first()).cloned().unwrap_or_else(|| "1".to_owned())
}

/// How many steps up or down, in the order in which they are tried.
const STEPS: [i32; 16] = [1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6, 7, -7, 8, -8];

fn short(float: f64) -> String {
    let text = format!("{float:.8}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// An object with one more entry; of what is wrapped, with one more inside.
fn another_object(value: Value<'_>) -> String {
    let entry = |(name, value): (viewcomfy_wasm::json::Str<'_>, Value<'_>)| {
        let is_wrapped = name.is("__value__") && value.kind() == Kind::Array;
        let text = if is_wrapped { another("", value, None, &[]) } else { value.raw().to_owned() };
        format!("\"{}\": {text}", name.raw())
    };
    let is_wrapper = value.get("__value__").is_some();
    let mut entries: Vec<_> = value.entries().into_iter().map(entry).collect();
    if !is_wrapper {
        entries.push("\"more\": 7".to_owned());
    }
    format!("{{{}}}", entries.join(", "))
}
