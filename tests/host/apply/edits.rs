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
    let mut edits = Vec::new();
    for (node, id) in workflow.nodes().iter().zip(&ids) {
        let class = node.class_type.map(|class| class.text().into_owned()).unwrap_or_default();
        let inputs = workflow.inputs(node).iter();
        let inputs = Inputs(inputs.map(|input| (input.name.decode().into_owned(), input.value)).collect());
        let expected = definitions.class(&class).map(|class| class.expected(&inputs)).unwrap_or_default();
        for (name, value) in inputs.0.iter().filter(|(_, value)| !is_link(*value)) {
            let known = expected.iter().find(|input| input.name == *name);
            let key = input_key(id, name);
            let new = another(&key, *value, known);
            edits.push(Edit { key, old: value.raw().to_owned(), new });
        }
    }
    edits
}

/// Another value of the same type.
fn another(key: &str, value: Value<'_>, input: Option<&Input<'_>>) -> String {
    if let Some(choice) = input.and_then(|input| other_choice(input, value)) {
        return choice;
    }
    match value.kind() {
        Kind::Boolean => (value.raw() == "false").to_string(),
        Kind::Number => another_number(value, input),
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

fn other_choice(input: &Input<'_>, value: Value<'_>) -> Option<String> {
    if value.kind() == Kind::Array {
        return None;
    }
    let choices = match input.dynamic_choices() {
        Some(choices) => choices.into_iter().map(|(key, _)| key).collect(),
        None => input.spec.choices()?.items(),
    };
    let at = choices.iter().position(|choice| same_value(*choice, value)).map_or(0, |at| at + 1);
    let other = choices.iter().cycle().skip(at).take(choices.len());
    other.copied().find(|choice| !same_value(*choice, value)).map(|choice| choice.raw().to_owned())
}

/// The next number on the input's steps, in its range.
fn another_number(value: Value<'_>, input: Option<&Input<'_>>) -> String {
    let option =
        |name: &str| input.and_then(|input| input.spec.number(name)).map(|number| number.raw().to_owned());
    if let Ok(whole) = value.raw().parse::<i128>()
        && input.is_none_or(|input| input.spec.kind != *types::FLOAT)
    {
        let number = |name: &str| option(name).and_then(|number| number.parse::<i128>().ok());
        let step = number("step").unwrap_or(1).max(1);
        let is_right = |next: &i128| {
            number("min").is_none_or(|min| *next >= min) && number("max").is_none_or(|max| *next <= max)
        };
        let next = [whole + step, whole - step].into_iter().find(is_right);
        return next.unwrap_or(whole + 1).to_string();
    }
    let number = |name: &str| option(name).and_then(|number| number.parse::<f64>().ok());
    let float: f64 = value.raw().parse().unwrap();
    let step = number("step").unwrap_or(1.0);
    let is_right = |next: &f64| {
        number("min").is_none_or(|min| *next >= min) && number("max").is_none_or(|max| *next <= max)
    };
    let next = [float + step, float - step, float + 1.0].into_iter().find(is_right).unwrap_or(float + 1.0);
    let text = format!("{next:.8}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// An object with one more entry; of what is wrapped, with one more inside.
fn another_object(value: Value<'_>) -> String {
    let entry = |(name, value): (viewcomfy_wasm::json::Str<'_>, Value<'_>)| {
        let is_wrapped = name.is("__value__") && value.kind() == Kind::Array;
        let text = if is_wrapped { another("", value, None) } else { value.raw().to_owned() };
        format!("\"{}\": {text}", name.raw())
    };
    let is_wrapper = value.get("__value__").is_some();
    let mut entries: Vec<_> = value.entries().into_iter().map(entry).collect();
    if !is_wrapper {
        entries.push("\"more\": 7".to_owned());
    }
    format!("{{{}}}", entries.join(", "))
}
