//! A problem of a workflow: what is wrong, where, and what to do.

use crate::names::names;

names! {
    /// How bad a problem is.
    pub enum Severity {
        /// ComfyUI refuses to run it.
        Error = "error",
        /// It runs, but perhaps not as intended.
        Warning = "warning",
        /// A note.
        Info = "info",
    }
}

names! {
    /// What is wrong.
    pub enum Code {
        /// A link comes from a node that is missing.
        LinkToMissingNode = "link_to_missing_node",
        /// A link comes from its own node.
        LinkToItself = "link_to_itself",
        /// The index of an output is not a valid index.
        InvalidOutputIndex = "invalid_output_index",
        /// Nodes wait for each other.
        Cycle = "cycle",
        /// A node has no class.
        MissingClassType = "missing_class_type",
        /// Nothing is saved or shown.
        NoOutputNode = "no_output_node",
        /// A node feeds nothing that is saved or shown.
        UnusedNode = "unused_node",
        /// Several nodes with inputs that people set have the same title.
        DuplicateTitle = "duplicate_title",
        /// JavaScript would round the number.
        UnsafeInteger = "unsafe_integer",
        /// The value is a path on somebody's machine.
        LocalPath = "local_path",
        /// A file has to be given.
        MissingFile = "missing_file",
        /// ComfyUI rounds a side of an empty latent down.
        SizeNotMultipleOf8 = "size_not_multiple_of_8",
        /// The server does not know the class.
        UnknownClass = "unknown_class",
        /// A required input has neither a value nor a link.
        MissingInput = "missing_input",
        /// The class has no such input.
        UnknownInput = "unknown_input",
        /// The value is not of the type that the class takes.
        WrongType = "wrong_type",
        /// The value is too small or too large.
        OutOfRange = "out_of_range",
        /// The value is not among the choices.
        NotAChoice = "not_a_choice",
        /// The server does not have the model.
        MissingModel = "missing_model",
        /// The output has another type than the input accepts.
        LinkTypeMismatch = "link_type_mismatch",
        /// The class has no such output.
        UnknownOutput = "unknown_output",
    }
}

/// One problem of a workflow.
#[derive(Debug)]
pub struct Problem {
    /// What is wrong.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// The index of the node; `None` if it is about the whole workflow.
    pub node: Option<usize>,
    /// The name of the input; `None` if it is about the whole node.
    pub input: Option<String>,
    /// What is wrong, one sentence.
    pub message: String,
    /// What to do about it, one sentence.
    pub advice: &'static str,
}
