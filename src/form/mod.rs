//! The form of a workflow, as data: groups of fields with titles, types, ranges and choices.
//!
//! `derived` makes it as the service's web app does from the workflow alone; with a `view_comfy.json`, which `design`
//! reads, `designed` takes what a person made of it there. `field` is what both say of one input.

mod derived;
mod design;
mod designed;
mod field;
mod write;

pub use design::Design;
pub use write::to_json;

use crate::Error;
use crate::definitions::Definitions;
use crate::json::{Str, Value};
use crate::workflow::{Keys, Node, Workflow};
use std::borrow::Cow;

/// A form.
#[derive(Debug, Default)]
pub struct Schema<'a> {
    /// Its title, when somebody gave it one.
    pub title: Option<Cow<'a, str>>,
    /// What the workflow is for, when somebody said it.
    pub description: Option<Cow<'a, str>>,
    /// Addresses of pictures that show what the workflow makes.
    pub preview_images: Vec<Cow<'a, str>>,
    /// What is shown first.
    pub basic: Vec<Group<'a>>,
    /// What is shown when asked for.
    pub advanced: Vec<Group<'a>>,
    /// Keys that are neither shown nor sent.
    pub deleted: Vec<String>,
}

/// The fields of one node.
#[derive(Debug)]
pub struct Group<'a> {
    /// The node's id.
    pub node: Str<'a>,
    /// Its class, when that is a text.
    pub class_type: Option<Str<'a>>,
    /// What the group is called.
    pub title: Cow<'a, str>,
    /// False for a group that is sent but not shown.
    pub visible: bool,
    /// Its fields.
    pub fields: Vec<Field<'a>>,
}

/// One field.
#[derive(Debug)]
pub struct Field<'a> {
    /// The parameter key.
    pub key: String,
    /// The node's id.
    pub node: Str<'a>,
    /// The input's name.
    pub input: Str<'a>,
    /// What the field is called.
    pub title: Cow<'a, str>,
    /// What kind of control suits it.
    pub kind: FieldType,
    /// The value to begin with; null when it has to be chosen.
    pub value: Value<'a>,
    /// True when the form should begin with a random seed.
    pub randomize: bool,
    /// True when the run needs a value.
    pub required: bool,
    /// Said when a required value is missing.
    pub required_message: Option<Cow<'a, str>>,
    /// False for a field that is sent but not shown.
    pub visible: bool,
    /// Shown in the field while it is empty.
    pub placeholder: Option<Cow<'a, str>>,
    /// Shown beside it.
    pub help_text: Option<Cow<'a, str>>,
    /// Shown on request.
    pub tooltip: Option<Cow<'a, str>>,
    /// The smallest value.
    pub min: Option<Value<'a>>,
    /// The largest value.
    pub max: Option<Value<'a>>,
    /// The step between values.
    pub step: Option<Value<'a>>,
    /// Label and value of each choice.
    pub options: Option<Vec<(Cow<'a, str>, Value<'a>)>>,
}

/// What kind of control suits a field. The names are those of `view_comfy.json`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum FieldType {
    String,
    LongText,
    Number,
    Float,
    Bigint,
    Boolean,
    Seed,
    NoiseSeed,
    RandSeed,
    Select,
    Slider,
    Image,
    ImageMask,
    Video,
    Audio,
}

impl FieldType {
    const ALL: [(Self, &'static str); 15] = [
        (Self::String, "string"),
        (Self::LongText, "long-text"),
        (Self::Number, "number"),
        (Self::Float, "float"),
        (Self::Bigint, "bigint"),
        (Self::Boolean, "boolean"),
        (Self::Seed, "seed"),
        (Self::NoiseSeed, "noise_seed"),
        (Self::RandSeed, "rand_seed"),
        (Self::Select, "select"),
        (Self::Slider, "slider"),
        (Self::Image, "image"),
        (Self::ImageMask, "image-mask"),
        (Self::Video, "video"),
        (Self::Audio, "audio"),
    ];

    /// The name in `view_comfy.json`.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(kind, _)| *kind == self).map_or("string", |(_, name)| name)
    }

    fn named(text: Str<'_>) -> Option<Self> {
        Self::ALL.iter().find(|(_, name)| text.is(name)).map(|(kind, _)| *kind)
    }

    /// True for a file that a person brings.
    pub fn is_media(self) -> bool {
        matches!(self, Self::Image | Self::ImageMask | Self::Video | Self::Audio)
    }

    /// True for a seed of any name.
    pub fn is_seed(self) -> bool {
        matches!(self, Self::Seed | Self::NoiseSeed | Self::RandSeed)
    }
}

/// What a form is made from.
struct Source<'s, 'a> {
    workflow: &'s Workflow<'a>,
    keys: Keys<'s, 'a>,
    definitions: Option<&'a Definitions>,
}

/// Makes the form of a workflow.
///
/// # Errors
/// [`ErrorKind::InvalidWorkflow`](crate::ErrorKind::InvalidWorkflow) for a design that was made for another workflow.
pub fn schema<'a>(
    workflow: &Workflow<'a>,
    definitions: Option<&'a Definitions>,
    design: Option<&Design<'a>>,
) -> Result<Schema<'a>, Error> {
    let source = Source { workflow, keys: Keys::new(workflow), definitions };
    match design.filter(|design| design.has_fields()) {
        Some(design) => designed::schema(&source, design),
        None => Ok(derived::schema(&source, design)),
    }
}

/// What a person calls the node.
fn label<'a>(node: &Node<'a>) -> Cow<'a, str> {
    let label = node.label();
    match label.as_str() {
        Some(text) => text.decode(),
        None if label == Value::NULL => node.id.decode(),
        None => label.raw().into(),
    }
}
