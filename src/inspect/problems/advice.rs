//! What to do about each problem.

use crate::inspect::model::Code;

/// One sentence of advice.
pub(super) fn of(code: Code) -> &'static str {
    match code {
        Code::LinkToMissingNode => {
            "link the input to an existing node, with its id as a text ([\"4\", 0]), or export the workflow again: the \
             node may have been bypassed or deleted"
        }
        Code::LinkToItself => "link the input to another node",
        Code::InvalidOutputIndex => {
            "a link is written [\"<node id>\", <output index>], with the index as a whole number from 0"
        }
        Code::Cycle => "remove one of these links: a node cannot wait for its own result",
        Code::MissingClassType => {
            "export the workflow again from a ComfyUI that has the node's pack, or delete the node"
        }
        Code::NoOutputNode => "add a node that saves or shows the result, such as SaveImage",
        Code::UnusedNode => {
            "link it to something that is saved or shown, or delete it: ComfyUI leaves it out"
        }
        Code::DuplicateTitle => "give each its own title, so people can tell which one they set",
        Code::UnsafeInteger => {
            "read and write the workflow as text, or the number as a BigInt: a JavaScript number would change it"
        }
        Code::LocalPath => "use a file that the server has, or upload it with the run",
        Code::MissingFile => "give a file with the run, or upload it to the server and name it here",
        Code::SizeNotMultipleOf8 => {
            "use a multiple of 8: a latent has one value for every 8 pixels, so the rest is cut off"
        }
        Code::UnknownClass => "install the node pack that has it on the server, or replace the node",
        Code::MissingInput => "link the input or give it a value",
        Code::UnknownInput => "it has no effect; it may come from another version of the class",
        Code::WrongType => "give a value of the type that the class takes",
        Code::OutOfRange => "give a value inside the range",
        Code::NotAChoice => "choose one of the values that the server knows",
        Code::MissingModel => {
            "download the file into the server's folder for it, or choose one that is there"
        }
        Code::LinkTypeMismatch => "link the input to an output of the type that it takes",
        Code::UnknownOutput => "link the input to an output that the class has",
    }
}
