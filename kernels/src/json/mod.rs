//! JSON as spans of the input: exact literals, no tree.
//!
//! [`scan`] reads a whole text and returns spans of it, [`mod@write`] writes text (compact or indented), [`string`]
//! reads string literals, and [`push`] reads JSON that arrives in chunks.

mod ascii;
mod encoding;
pub mod key_index;
pub mod number;
pub mod push;
pub mod python;
mod run;
pub mod same;
pub mod scan;
pub mod string;
pub mod value;
pub mod write;

pub use ascii::to_ascii;
pub use encoding::{to_utf8, utf16_units};
pub use key_index::KeyIndex;
pub use scan::{Scanner, SyntaxError};
pub use string::Str;
pub use value::Value;
pub use write::Writer;

/// How deep arrays and objects may nest; deeper input is refused rather than risking the stack.
pub const MAX_DEPTH: usize = 200;
