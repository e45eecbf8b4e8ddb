//! A field for one input, from the workflow and the definitions.

use super::{Field, FieldType, Source};
use crate::definitions::{self, NodeInputs, Spec, types};
use crate::json::number::is_unsafe_integer;
use crate::json::value::Kind;
use crate::json::{Str, Value};
use crate::workflow::{Input, Node, input_key, names_a_seed};
use std::borrow::Cow;

/// A node, and the inputs that its class expects.
pub(super) struct NodeSource<'s, 'a> {
    pub(super) node: &'s Node<'a>,
    inputs: &'s [Input<'a>],
    class: Cow<'a, str>,
    expected: Vec<definitions::Input<'a>>,
}

/// The class of text encoders, whose first literal is a prompt.
const TEXT_ENCODER: &str = "CLIPTextEncode";

/// Classes that take a file, with the possible names of the input for it and the kind of file.
const LOADERS: [(&str, &[&str], FieldType); 7] = [
    ("LoadImage", &["image"], FieldType::Image),
    ("LoadImageMask", &["image"], FieldType::Image),
    ("loadImage_ViewComfy", &["image"], FieldType::Image),
    ("LoadImage_ViewComfy", &["image"], FieldType::Image),
    ("LoadVideo", &["file", "video"], FieldType::Video),
    ("VHS_LoadVideo", &["video"], FieldType::Video),
    ("LoadAudio", &["audio"], FieldType::Audio),
];

/// The editor's buttons, which older exports have among a loader's inputs.
const BUTTONS: [&str; 2] = ["upload", "choose file to upload"];

/// The editor's player, which is among the inputs of nodes that load or save audio.
const PLAYER: &str = "audioUI";

/// Options by which a class says that an input takes an uploaded file.
const UPLOADS: [(&str, FieldType); 4] = [
    ("image_upload", FieldType::Image),
    ("animated_image_upload", FieldType::Image),
    ("video_upload", FieldType::Video),
    ("audio_upload", FieldType::Audio),
];

impl<'s, 'a> NodeSource<'s, 'a> {
    pub(super) fn new(source: &Source<'s, 'a>, node: &'s Node<'a>) -> Self {
        let inputs = source.workflow.inputs(node);
        let class = node.class_type.and_then(Value::as_str).map(Str::decode).unwrap_or_default();
        let known = source.classes.borrow_mut().get(&class);
        let expected = known.map(|known| known.expected(&Given(inputs))).unwrap_or_default();
        Self { node, inputs, class, expected }
    }

    /// True for nodes whose fields are shown first: text encoders and loaders of files.
    pub(super) fn is_basic(&self, fields: &[Field<'_>]) -> bool {
        self.class == TEXT_ENCODER || self.is_loader() || fields.iter().any(|field| field.kind.is_media())
    }

    fn is_loader(&self) -> bool {
        LOADERS.iter().any(|(class, ..)| *class == self.class)
    }

    /// A field for each literal: arrays, objects and nulls have none.
    pub(super) fn fields(&self) -> Vec<Field<'a>> {
        let literals = self.inputs.iter().filter(|input| is_literal(input.value) && !self.is_button(input));
        literals.map(|input| self.field(input)).collect()
    }

    /// The field of one input.
    pub(super) fn field(&self, input: &Input<'a>) -> Field<'a> {
        let name = input.name.decode();
        let expected = self.expected.iter().find(|expected| expected.name == name);
        let spec = expected.map(|expected| &*expected.spec);
        let kind = self.kind(input, spec);
        let value = if is_literal(input.value) { input.value } else { Value::NULL };
        let is_empty = input.value.as_str().is_some_and(|text| text.is(""));
        let [min, max, step] = if is_number(kind) { limits(kind, spec) } else { [None; 3] };
        Field {
            key: input_key(&self.node.id.decode(), &name),
            node: self.node.id,
            input: input.name,
            title: spec
                .and_then(|spec| spec.text("display_name"))
                .map_or_else(|| readable(&name).into(), Str::decode),
            kind,
            value: if kind.is_media() && is_empty { Value::NULL } else { value },
            randomize: false,
            // A text that is empty in the workflow may stay empty.
            required: expected.is_none_or(|expected| expected.required) && (kind.is_media() || !is_empty),
            required_message: None,
            visible: true,
            placeholder: None,
            help_text: None,
            tooltip: spec.and_then(Spec::tooltip).map(Str::decode).filter(|text| !text.is_empty()),
            min,
            max,
            step,
            options: expected.filter(|_| kind == FieldType::Select).and_then(choices),
        }
    }

    fn kind(&self, input: &Input<'a>, spec: Option<&Spec<'_>>) -> FieldType {
        if let Some(kind) = self.file_type(input).or_else(|| spec.and_then(upload)) {
            return kind;
        }
        if self.class == TEXT_ENCODER {
            let first = self.inputs.iter().find(|input| is_literal(input.value));
            if first.is_some_and(|first| first.name.same_as(input.name)) {
                return FieldType::LongText;
            }
        } else if let Some(kind) = seed(input) {
            return kind;
        }
        spec.and_then(|spec| by_definition(spec, input.value)).unwrap_or_else(|| by_value(input.value))
    }

    /// The kind of file that this input of a loader takes; `None` if it takes no file.
    fn file_type(&self, input: &Input<'a>) -> Option<FieldType> {
        let (_, names, kind) = LOADERS.iter().find(|(class, ..)| *class == self.class)?;
        let is_named = |input: &&Input<'a>| names.iter().any(|name| input.name.is(name));
        let is_text = |input: &&Input<'a>| input.value.kind() == Kind::String;
        let takes = self.inputs.iter().find(is_named).or_else(|| self.inputs.iter().find(is_text))?;
        takes.name.same_as(input.name).then_some(*kind)
    }

    fn is_button(&self, input: &Input<'a>) -> bool {
        input.name.is(PLAYER) || (self.is_loader() && BUTTONS.iter().any(|name| input.name.is(name)))
    }
}

/// The inputs of a node, for classes whose inputs depend on them.
struct Given<'s, 'a>(&'s [Input<'a>]);

impl NodeInputs for Given<'_, '_> {
    fn each_name(&self, take: &mut dyn FnMut(&str)) {
        self.0.iter().for_each(|input| take(&input.name.decode()));
    }

    fn has(&self, name: &str) -> bool {
        self.0.iter().any(|input| input.name.is(name))
    }

    fn value(&self, name: &str) -> Option<Value<'_>> {
        let input = self.0.iter().find(|input| input.name.is(name))?;
        is_literal(input.value).then_some(input.value)
    }
}

fn is_literal(value: Value<'_>) -> bool {
    !matches!(value.kind(), Kind::Array | Kind::Object | Kind::Null)
}

/// An input whose name means a seed and whose value is a number.
fn seed(input: &Input<'_>) -> Option<FieldType> {
    let name = input.name.decode();
    if input.value.kind() != Kind::Number || !names_a_seed(&name) {
        return None;
    }
    Some(match &*name {
        "noise_seed" => FieldType::NoiseSeed,
        "rand_seed" => FieldType::RandSeed,
        _ => FieldType::Seed,
    })
}

fn upload(spec: &Spec<'_>) -> Option<FieldType> {
    UPLOADS.iter().find(|(flag, _)| spec.flag(flag)).map(|(_, kind)| *kind)
}

fn by_definition(spec: &Spec<'_>, value: Value<'_>) -> Option<FieldType> {
    let is_slider = spec.text("display").is_some_and(|display| display.is("slider"));
    match &*spec.kind {
        types::INT | types::FLOAT
            if is_slider && spec.number("min").is_some() && spec.number("max").is_some() =>
        {
            Some(FieldType::Slider)
        }
        types::FLOAT => Some(FieldType::Float),
        types::INT if spec.number("max").is_some_and(is_unsafe_integer) => Some(FieldType::Bigint),
        types::INT => {
            Some(by_value(value)).filter(|kind| *kind == FieldType::Bigint).or(Some(FieldType::Number))
        }
        types::BOOLEAN => Some(FieldType::Boolean),
        types::STRING if spec.flag("multiline") => Some(FieldType::LongText),
        types::STRING => Some(FieldType::String),
        types::DYNAMIC_COMBO => Some(FieldType::Select),
        _ => spec.choices().map(|_| FieldType::Select),
    }
}

fn by_value(value: Value<'_>) -> FieldType {
    match value.kind() {
        Kind::Boolean => FieldType::Boolean,
        Kind::Number if is_unsafe_integer(value) => FieldType::Bigint,
        Kind::Number if value.is_integer() => FieldType::Number,
        Kind::Number => FieldType::Float,
        _ => FieldType::String,
    }
}

fn is_number(kind: FieldType) -> bool {
    kind.is_seed()
        || matches!(kind, FieldType::Number | FieldType::Float | FieldType::Bigint | FieldType::Slider)
}

/// The smallest and largest value, and the step. A seed of an unknown class may be any that ComfyUI has.
fn limits<'a>(kind: FieldType, spec: Option<&Spec<'a>>) -> [Option<Value<'a>>; 3] {
    match spec {
        Some(spec) => ["min", "max", "step"].map(|name| spec.number(name)),
        None if kind.is_seed() => ["0", "18446744073709551615", "1"].map(|number| Value::parse(number).ok()),
        None => [None; 3],
    }
}

/// The choices in the definitions.
fn choices<'a>(expected: &definitions::Input<'a>) -> Option<Vec<(Cow<'a, str>, Value<'a>)>> {
    let values = match expected.dynamic_choices() {
        Some(choices) => choices.into_iter().map(|(key, _)| key).collect(),
        None => expected.spec.choices()?.items(),
    };
    Some(values.into_iter().map(|value| (value.text(), value)).collect())
}

/// `noise_seed` as `Noise seed`.
fn readable(name: &str) -> String {
    let spaced = name.replace('_', " ");
    let mut characters = spaced.trim().chars();
    match characters.next() {
        Some(first) => std::iter::once(upper_case(first)).chain(characters).collect(),
        None => name.to_owned(),
    }
}

/// The capital of a Latin, Greek or Cyrillic letter; other characters stay. The standard library knows a few hundred
/// letters more, in tables of 3 KB that nothing else needs.
fn upper_case(letter: char) -> char {
    let code = u32::from(letter);
    let is_odd = code & 1 == 1;
    let capital = match code {
        0x61..=0x7a | 0xe0..=0xf6 | 0xf8..=0xfe | 0x3b1..=0x3c1 | 0x3c3..=0x3cb | 0x430..=0x44f => {
            code - 0x20
        }
        0x450..=0x45f => code - 0x50,
        0x100..=0x12f | 0x132..=0x137 | 0x14a..=0x177 | 0x460..=0x481 if is_odd => code - 1,
        0x139..=0x148 | 0x179..=0x17e if !is_odd => code - 1,
        _ => code,
    };
    char::from_u32(capital).unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::{readable, upper_case};

    #[test]
    fn names_become_readable() {
        for (name, title) in
            [("noise_seed", "Noise seed"), ("cfg", "Cfg"), ("_", "_"), ("", ""), ("été", "Été")]
        {
            assert_eq!(readable(name), title);
        }
    }

    #[test]
    fn letters_have_the_capitals_that_unicode_gives_them() {
        let mut capitals = 0;
        for letter in (0..=0x481).filter_map(char::from_u32) {
            let (capital, expected) = (upper_case(letter), letter.to_uppercase().to_string());
            assert!(capital == letter || capital.to_string() == expected, "{letter} {capital} {expected}");
            capitals += usize::from(capital != letter);
        }
        assert_eq!(capitals, 208);
        for letter in "azàöčőłšžαωбяђ".chars() {
            assert_eq!(upper_case(letter).to_string(), letter.to_uppercase().to_string());
        }
    }
}
