//! The order of the fields in the rows of an inspection, so that its reader in JavaScript does not have to know it by
//! heart.
//!
//! `pkg/src/contract.js` is made from this, and a test compares what [`write`](super::write) writes with it.

use crate::names::names;

/// A node: its own fields, then how many outputs and inputs it has in the lists of these.
pub const NODE: [&str; 13] = [
    "id",
    "classType",
    "title",
    "category",
    "mode",
    "isOutput",
    "depth",
    "parent",
    "position",
    "editorOnly",
    "pack",
    "outputs",
    "inputs",
];

/// An output, in the one list of all outputs.
pub const OUTPUT: [&str; 3] = ["name", "type", "links"];

/// An input, in the one list of all inputs.
///
/// `given` is its value, or the index of the node to which it is linked; for a link to a missing node, the id.
/// `output` is that node's output, or an [`OUTPUT_OF_TYPE`].
pub const INPUT: [&str; 6] = ["name", "kind", "flags", "given", "output", "spec"];

/// The output of a link, with the type that the file gives it.
pub const OUTPUT_OF_TYPE: [&str; 2] = ["output", "type"];

/// The definition of an input; a bit of `exact` says which of the [`SPEC_VALUES`] is written as a text.
pub const SPEC: [&str; 8] = ["type", "min", "max", "step", "default", "choices", "tooltip", "exact"];

/// The values of a [`SPEC`], in the order of the bits of `exact`.
pub const SPEC_VALUES: [&str; 5] = ["min", "max", "step", "default", "choices"];

/// A frame.
pub const GROUP: [&str; 4] = ["title", "color", "position", "nodes"];

/// The place of something on the canvas.
pub const RECT: [&str; 4] = ["x", "y", "width", "height"];

/// A model file.
pub const MODEL: [&str; 6] = ["name", "node", "input", "folder", "url", "available"];

/// The pack of a node, by its index in the list of packs, and its version.
pub const PACK_OF_NODE: [&str; 2] = ["pack", "version"];

/// A pack of nodes.
pub const PACK: [&str; 4] = ["id", "repository", "versions", "nodes"];

/// A note.
pub const NOTE: [&str; 3] = ["node", "text", "format"];

/// A fact of a recipe: the indices of the node and of its input, which is null if the class itself is the fact, and
/// the entry of the value, if that is an object.
pub const FACT: [&str; 3] = ["node", "input", "entry"];

/// A LoRA of a recipe; the fields are facts.
pub const LORA: [&str; 3] = ["name", "strengthModel", "strengthClip"];

/// What one sampling node was given; the fields are facts and lists of facts.
pub const STAGE: [&str; 16] = [
    "node",
    "positive",
    "negative",
    "models",
    "loras",
    "sampler",
    "scheduler",
    "steps",
    "cfg",
    "guidance",
    "denoise",
    "seed",
    "width",
    "height",
    "length",
    "batchSize",
];

/// The recipe of an output node: its index, and those of its stages.
pub const RECIPE: [&str; 2] = ["output", "stages"];

/// A problem.
pub const PROBLEM: [&str; 6] = ["code", "severity", "node", "input", "message", "advice"];

names! {
    /// The flags of an input, one bit each.
    pub enum Flag {
        /// People set it.
        Settable = "settable",
        /// It has a link.
        Linked = "linked",
        /// The value is written as a text, because it has integers that `JSON.parse` would round.
        Exact = "exact",
        /// The class requires it.
        Required = "required",
        /// It has neither a value nor a link.
        Nothing = "nothing",
        /// The link is written with its type.
        Typed = "typed",
    }
}

impl Flag {
    /// Its bit, as a number.
    pub const fn bit(self) -> usize {
        1 << self as usize
    }
}
