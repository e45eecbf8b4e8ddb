//! The kernels of `viewcomfy-wasm`: what is called for every byte of a workflow or an answer.
//!
//! [`json`] reads JSON as spans of a text, or as tokens from chunks; [`sse`] frames an event stream; [`base64`] decodes
//! what arrives in pieces. None of them keeps what it has handed on.
//!
//! They are a crate of their own so that a module for the web can be small and read quickly all the same: a build
//! optimises this crate for speed and everything else for size.

pub mod base64;
mod failure;
pub mod json;
pub mod sse;
pub mod text;

pub use failure::FirstFailure;
