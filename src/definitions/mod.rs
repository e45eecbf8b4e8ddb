//! The classes that a ComfyUI server knows: the answer of its `GET /object_info`.
//!
//! The text is kept as it came, with the range of each class in it; a class is taken apart when it is asked for.

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

/// The largest `object_info` that is read, in bytes. Real ones, with thousands of classes, have some ten megabytes.
pub const MAX_BYTES: usize = 256 * 1024 * 1024;

/// All classes of a server.
#[derive(Debug)]
pub struct Definitions {
    text: String,
    classes: Vec<Range<usize>>,
    indices: KeyIndex<'static>,
    unreadable: Vec<String>,
    origin: Origin,
    /// The version of ComfyUI that the package's own definitions were made from.
    bundled_from: Option<String>,
}

impl Definitions {
    /// The version of ComfyUI whose classes these are, of the definitions that come with the package. They have what the
    /// conversion of editor files reads, which classes end a run, and the choices that do not depend on a server's files.
    pub fn bundled_from(&self) -> Option<&str> {
        self.bundled_from.as_deref()
    }

    /// Whether they have all classes and list all choices, as a server's do. Those that come with the package do not.
    pub fn is_complete(&self) -> bool {
        self.origin == Origin::Server
    }

    /// How many classes there are.
    pub fn len(&self) -> usize {
        self.classes.len()
    }

    /// Whether there are none, which [`Definitions::parse`] refuses.
    pub fn is_empty(&self) -> bool {
        self.classes.is_empty()
    }

    /// Names of the entries that could not be read, in the order of the text. They are not among the classes.
    pub fn unreadable(&self) -> &[String] {
        &self.unreadable
    }

    /// Whether a class is among those that could not be read.
    pub fn is_unreadable(&self, class_type: &str) -> bool {
        self.unreadable.iter().any(|name| name == class_type)
    }

    /// Whether the server knows a class.
    pub fn has(&self, class_type: &str) -> bool {
        self.indices.get(class_type).is_some()
    }

    /// Takes a class apart.
    pub fn class(&self, class_type: &str) -> Option<Class<'_>> {
        Class::parse(self.class_text(class_type)?, self.origin)
    }

    fn class_text(&self, class_type: &str) -> Option<&str> {
        let range = self.classes.get(self.indices.get(class_type)?)?;
        self.text.get(range.clone())
    }

    /// The names of all classes, in no order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.indices.keys()
    }
}
