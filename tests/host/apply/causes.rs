//! Why an edit is refused, or changes more than its value: one cause each.

use super::edits::Edit;
use viewcomfy_wasm::Error;

/// Why the edited file does not convert to the edited prompt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// A choice brings other inputs, or an option one more.
    OtherInputs,
    /// The value stands in the definition of a subgraph with several instances.
    SharedDefinition,
    /// The file has no place for the value.
    NoPlace,
    /// The page does not keep the value: a primitive rounds it.
    NotKept,
    /// Another value would change with it.
    ReachesTooFar,
    /// The page makes something else of the text when it sends it.
    MadeOnSending,
}

impl Cause {
    /// Why an edit was refused.
    pub fn of_refusal(error: &Error) -> Option<Self> {
        let message = error.to_string();
        let causes = [
            ("would have other inputs", Self::OtherInputs),
            ("definition of a subgraph", Self::SharedDefinition),
            ("cannot be added", Self::NoPlace),
            ("the editor would turn", Self::NotKept),
            ("cannot be changed alone", Self::ReachesTooFar),
        ];
        let is_invalid = error.code().as_str() == "invalid_param";
        causes.into_iter().find(|(part, _)| is_invalid && message.contains(part)).map(|(_, cause)| cause)
    }

    /// Why an edited file has another value for the key than was given.
    pub fn of_difference(edit: &Edit, value: &str) -> Option<Self> {
        let is_made = edit.new.contains(['{', '%']) || edit.new.contains("//");
        (is_made && value != edit.old).then_some(Self::MadeOnSending)
    }
}
