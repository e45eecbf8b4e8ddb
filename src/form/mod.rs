//! The form of a workflow, as data: groups of fields with titles, types, ranges and choices.
//!
//! `derived` makes it from the workflow, as the service's web app does; with a `view_comfy.json`, which `design`
//! reads, `designed` makes the form that was designed there, and `app` the one that was chosen in ComfyUI's App mode.
//! `field` makes the field of one input.

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
use crate::definitions::{ClassCache, KnownClasses};
use crate::json::{Str, Value};
use crate::names::names;
use crate::workflow::{Keys, Node, Workflow};
use std::borrow::Cow;
use std::cell::RefCell;

/// A form.
#[derive(Debug, Default)]
pub struct Schema<'a> {
    /// Its title; `None` if it was not given one.
    pub title: Option<Cow<'a, str>>,
    /// What the workflow is for; `None` if the form does not say.
    pub description: Option<Cow<'a, str>>,
    /// Addresses of images that show what the workflow makes.
    pub preview_images: Vec<Cow<'a, str>>,
    /// The groups that are shown first.
    pub basic: Vec<Group<'a>>,
    /// The groups that are shown on request.
    pub advanced: Vec<Group<'a>>,
    /// Keys that are neither shown nor sent.
    pub deleted: Vec<String>,
    /// Ids of the nodes whose results are shown; `None` if none were chosen.
    pub outputs: Option<Vec<String>>,
}

/// The fields of one node.
#[derive(Debug)]
pub struct Group<'a> {
    /// The node's id.
    pub node: Str<'a>,
    /// Its class; `None` if that is not a text.
    pub class_type: Option<Str<'a>>,
    /// The title of the group.
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
    /// The title of the field.
    pub title: Cow<'a, str>,
    /// The control that suits it.
    pub kind: FieldType,
    /// The value to start with; null if it has to be chosen.
    pub value: Value<'a>,
    /// True if the form should start with a random seed.
    pub randomize: bool,
    /// True if a run needs a value.
    pub required: bool,
    /// The message for a missing required value.
    pub required_message: Option<Cow<'a, str>>,
    /// False for a field that is sent but not shown.
    pub visible: bool,
    /// The text in the field while it is empty.
    pub placeholder: Option<Cow<'a, str>>,
    /// The text beside the field.
    pub help_text: Option<Cow<'a, str>>,
    /// The text that is shown on request.
    pub tooltip: Option<Cow<'a, str>>,
    /// The smallest value; `None` without a limit.
    pub min: Option<Value<'a>>,
    /// The largest value; `None` without a limit.
    pub max: Option<Value<'a>>,
    /// The step between values; `None` if any value is possible.
    pub step: Option<Value<'a>>,
    /// The label and value of each choice; `None` if it is not a choice.
    pub options: Option<Vec<(Cow<'a, str>, Value<'a>)>>,
}

names! {
    /// The control that suits a field. The names are those of `view_comfy.json`.
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
        /// A seed called `seed`, or another name that means one.
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
    /// The type that a design names. `long_text`, an older name for inputs, is read as well.
    fn named(text: Str<'_>) -> Option<Self> {
        if text.is("long_text") {
            return Some(Self::LongText);
        }
        Self::ALL.iter().copied().find(|kind| text.is(kind.as_str()))
    }

    /// True for a file that the user chooses.
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
    classes: RefCell<ClassCache<'a>>,
}

impl<'s, 'a> Source<'s, 'a> {
    fn new(workflow: &'s Workflow<'a>, known: KnownClasses<'a>) -> Self {
        Self { workflow, keys: Keys::new(workflow), classes: RefCell::new(ClassCache::new(known)) }
    }
}

/// Makes the form of a workflow: as it was designed, or, without a design, as the service's web app derives it.
///
/// # Errors
/// [`ErrorKind::InvalidWorkflow`](crate::ErrorKind::InvalidWorkflow) for a design that was made for another workflow.
///
/// ```
/// use viewcomfy_wasm::{definitions::KnownClasses, form, workflow::Workflow};
///
/// let workflow = Workflow::parse(br#"{"6": {"class_type": "CLIPTextEncode", "inputs": {"text": "a fox"}}}"#)?;
/// let schema = form::schema(&workflow, KnownClasses::default(), None)?;
/// assert_eq!(schema.basic[0].fields[0].key, "6-inputs-text");
/// assert_eq!(schema.basic[0].fields[0].kind, form::FieldType::LongText);
/// # Ok::<(), viewcomfy_wasm::Error>(())
/// ```
pub fn schema<'a>(
    workflow: &Workflow<'a>,
    known: impl Into<KnownClasses<'a>>,
    design: Option<&Design<'a>>,
) -> Result<Schema<'a>, Error> {
    let source = Source::new(workflow, known.into());
    match design.filter(|design| design.has_fields()) {
        Some(design) => designed::schema(&source, design),
        None => Ok(derived::schema(&source, design)),
    }
}

/// Makes the form that was chosen in ComfyUI's App mode.
pub fn app_schema<'a>(workflow: &Workflow<'a>, known: impl Into<KnownClasses<'a>>, app: &App) -> Schema<'a> {
    app::schema(&Source::new(workflow, known.into()), app)
}

/// The name of a node for people.
fn label<'a>(node: &Node<'a>) -> Cow<'a, str> {
    let label = node.label();
    match label.as_str() {
        Some(text) => text.decode(),
        None if label == Value::NULL => node.id.decode(),
        None => label.raw().into(),
    }
}
