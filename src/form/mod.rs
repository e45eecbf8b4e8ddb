//! The form of a workflow, as data: groups of fields with titles, types, ranges and choices.
//!
//! `derived` makes it as the service's web app does from the workflow alone; with a `view_comfy.json`, which `design`
//! reads, `designed` takes what a person made of it there, and `app` what somebody chose in ComfyUI's App mode. `field` is what both say of one input.

mod app;
mod derived;
mod design;
mod designed;
mod field;
mod write;

pub use app::App;
pub use design::Design;
pub use write::to_json;

use crate::Error;
use crate::definitions::KnownClasses;
use crate::json::{Str, Value};
use crate::names::names;
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
    /// Ids of the nodes whose results are shown; none if none were chosen.
    pub outputs: Option<Vec<String>>,
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

names! {
    /// What kind of control suits a field. The names are those of `view_comfy.json`.
    pub enum FieldType {
        /// One line of text.
        String = "string",
        /// Text of several lines.
        LongText = "long-text",
        /// A whole number.
        Number = "number",
        /// A number.
        Float = "float",
        /// A whole number that JavaScript would round.
        Bigint = "bigint",
        /// Yes or no.
        Boolean = "boolean",
        /// A seed that is called so.
        Seed = "seed",
        /// A seed called `noise_seed`.
        NoiseSeed = "noise_seed",
        /// A seed called `rand_seed`.
        RandSeed = "rand_seed",
        /// One of several choices.
        Select = "select",
        /// A number on a slider.
        Slider = "slider",
        /// An image.
        Image = "image",
        /// An image with its mask.
        ImageMask = "image-mask",
        /// A video.
        Video = "video",
        /// A sound.
        Audio = "audio",
    }
}

impl FieldType {
    /// The type that a design names; `long_text`, with which kinds of inputs were named before, is read as well.
    fn named(text: Str<'_>) -> Option<Self> {
        if text.is("long_text") {
            return Some(Self::LongText);
        }
        Self::ALL.iter().copied().find(|kind| text.is(kind.as_str()))
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
    known: KnownClasses<'a>,
}

/// Makes the form of a workflow.
///
/// # Errors
/// [`ErrorKind::InvalidWorkflow`](crate::ErrorKind::InvalidWorkflow) for a design that was made for another workflow.
pub fn schema<'a>(
    workflow: &Workflow<'a>,
    known: impl Into<KnownClasses<'a>>,
    design: Option<&Design<'a>>,
) -> Result<Schema<'a>, Error> {
    let source = Source { workflow, keys: Keys::new(workflow), known: known.into() };
    match design.filter(|design| design.has_fields()) {
        Some(design) => designed::schema(&source, design),
        None => Ok(derived::schema(&source, design)),
    }
}

/// Makes the form that somebody chose in ComfyUI's App mode.
pub fn app_schema<'a>(workflow: &Workflow<'a>, known: impl Into<KnownClasses<'a>>, app: &App) -> Schema<'a> {
    app::schema(&Source { workflow, keys: Keys::new(workflow), known: known.into() }, app)
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
