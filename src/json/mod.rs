//! JSON at the level this crate needs it: spans of the input, exact literals, no tree.
//!
//! [`scan`] reads a whole text and hands out spans, [`mod@write`] writes spans again (compact or indented),
//! [`string`] is the text of string literals, and [`push`] reads JSON that arrives in chunks.

pub mod number;
pub mod same;
pub mod write;

#[doc(inline)]
pub use viewcomfy_kernels::json::{
    KeyIndex, MAX_DEPTH, Scanner, Str, SyntaxError, Value, key_index, push, scan, string, value,
};
