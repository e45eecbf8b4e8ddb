//! The kinds of warnings of a conversion, which an error of a strict one repeats.

use crate::names::names;

names! {
    /// Kinds of warnings of a conversion. One is the code of a [`RunReason`](super::RunReason).
    pub enum WarningCode {
        /// The definitions do not have the class. One warning for all its nodes.
        UnknownClass = "unknown_class",
        /// The server does not list the value among its choices.
        UnknownValue = "unknown_value",
        /// Only an open editor has the value, such as that of a 3D view, a camera or a microphone.
        LiveValue = "live_value",
        /// The editor asks the server for the choices, and takes the first.
        RemoteChoice = "remote_choice",
        /// Comments were cut from a prompt.
        CommentCut = "comment_cut",
        /// The file was saved with another version of the class. One warning for all its nodes.
        DefinitionsDiffer = "definitions_differ",
        /// The value cannot have the type of its input.
        WrongType = "wrong_type",
        /// The file does not say in which version of the format it is.
        MissingVersion = "missing_version",
        /// The file has `NaN` or an infinity, which the editor reads as null.
        NotFinite = "not_finite",
        /// The file names a link for the input that it does not contain, or that leads elsewhere.
        LostLink = "lost_link",
        /// The class requires the input, and nothing is linked to it that runs.
        MissingInput = "missing_input",
        /// Two nodes have the same id.
        RepeatedId = "repeated_id",
        /// A pack's node makes links in the page that the file does not contain.
        UnknownLinks = "unknown_links",
    }
}
