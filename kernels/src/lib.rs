//! The kernels of `viewcomfy-wasm`: the code that runs for every byte of a workflow or a response.
//!
//! [`json`] reads JSON as spans of a text, or as tokens from chunks; [`sse`] splits an event stream into events;
//! [`base64`] decodes text that arrives in pieces. None of them keeps what it has passed on.
//!
//! They are a separate crate so that a module for the web can be both small and quick to read: a build optimises this
//! crate for speed and everything else for size.

pub mod base64;
mod failure;
pub mod json;
pub mod sse;
pub mod text;

pub use failure::FirstFailure;
