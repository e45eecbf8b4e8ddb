//! What the property tests are given: generated documents, each with an independent account of what it means.
//!
//! A case is a *plan* (what it says) and a [`Style`] (how it is written). Shrinking makes plans small and styles
//! plain, and a failed test prints the text that was read.

pub mod answer;
pub mod bytes;
pub mod json;
pub mod output;
pub mod stream;
pub mod style;
pub mod text;
pub mod tree;
pub mod workflow;

pub use bytes::Bytes;
pub use style::Style;
