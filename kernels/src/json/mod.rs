//! JSON as spans of the input: exact literals, no tree.
//!
//! [`scan`] reads a whole text and hands out spans, [`string`] is the text of string literals, and [`push`] reads JSON
//! that arrives in chunks.

pub mod key_index;
pub mod push;
mod run;
pub mod scan;
pub mod string;
pub mod value;

pub use key_index::KeyIndex;
pub use scan::{Scanner, SyntaxError};
pub use string::Str;
pub use value::Value;

/// How deep arrays and objects may nest; deeper input is refused rather than risking the stack.
pub const MAX_DEPTH: usize = 200;
