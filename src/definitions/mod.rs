//! The classes that a ComfyUI server has: the response of its `GET /object_info`.
//!
//! The text is kept as it arrived, with the range of each class; a class is parsed when it is asked for.

mod cache;
mod class;
mod expand;
mod input;
mod known;
mod origin;
mod parse;
mod step_names;
mod subset;
pub mod types;

pub use cache::ClassCache;
pub use class::{Class, Output};
pub use expand::NodeInputs;
pub use input::{Input, Spec, Template};
pub use known::KnownClasses;
pub use origin::Origin;

use crate::json::KeyIndex;
use std::ops::Range;

/// The largest `object_info` that is read, in bytes. Real ones, with thousands of classes, have about ten megabytes.
pub const MAX_BYTES: usize = 256 * 1024 * 1024;

/// All classes of a server.
///
/// ```
/// use viewcomfy_wasm::definitions::Definitions;
///
/// let object_info = br#"{"KSampler": {"input": {"required": {"steps": ["INT", {"default": 20}]}}, "output": ["LATENT"]}}"#;
/// let definitions = Definitions::parse(object_info.to_vec())?;
/// let class = definitions.class("KSampler");
/// assert_eq!(class.map(|class| class.inputs[0].spec.kind.to_string()), Some("INT".to_owned()));
/// # Ok::<(), viewcomfy_wasm::Error>(())
/// ```
#[derive(Debug)]
pub struct Definitions {
    text: String,
    classes: Vec<Range<usize>>,
    indices: KeyIndex<'static>,
    unreadable: Vec<String>,
    origin: Origin,
    /// The version of ComfyUI from which the package's own definitions were made.
    bundled_from: Option<String>,
}

impl Definitions {
    /// The version of ComfyUI from which the definitions that come with the package were made; `None` for a server's.
    /// These have what the conversion of editor files reads, which classes end a run, and the choices that do not
    /// depend on a server's files.
    pub fn bundled_from(&self) -> Option<&str> {
        self.bundled_from.as_deref()
    }

    /// Whether they have all classes and all choices, as a server's do. The definitions that come with the package do
    /// not.
    pub fn is_complete(&self) -> bool {
        self.origin == Origin::Server
    }

    /// The number of classes.
    pub fn len(&self) -> usize {
        self.classes.len()
    }

    /// Whether there are no classes, which [`Definitions::parse`] refuses.
    pub fn is_empty(&self) -> bool {
        self.classes.is_empty()
    }

    /// Names of the entries that could not be read, in the order of the text. They are not among the classes.
    pub fn unreadable(&self) -> &[String] {
        &self.unreadable
    }

    /// Whether a class is one of those that could not be read.
    pub fn is_unreadable(&self, class_type: &str) -> bool {
        self.unreadable.iter().any(|name| name == class_type)
    }

    /// Whether the server has a class.
    pub fn has(&self, class_type: &str) -> bool {
        self.indices.get(class_type).is_some()
    }

    /// Parses a class; `None` if the server does not have it or it could not be read.
    pub fn class(&self, class_type: &str) -> Option<Class<'_>> {
        Class::parse(self.class_text(class_type)?, self.origin)
    }

    fn class_text(&self, class_type: &str) -> Option<&str> {
        let range = self.classes.get(self.indices.get(class_type)?)?;
        self.text.get(range.clone())
    }

    /// The names of all classes, in no particular order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.indices.keys()
    }
}
