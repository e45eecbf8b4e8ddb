//! A browser client for ComfyUI workflows behind the ViewComfy API.
//!
//! The flow is one-way: bytes → [`workflow`] → [`params`] → request → [`protocol`] → result. Everything here
//! is pure Rust that knows no JavaScript and is tested on the host; only the private `wasm` module, compiled
//! for `wasm32` alone, touches the browser.
//!
//! ```
//! use viewcomfy_wasm::workflow::{Workflow, flatten};
//!
//! let workflow = Workflow::parse(br#"{"3": {"class_type": "KSampler", "inputs": {"cfg": 6.0}}}"#)?;
//! assert_eq!(
//!     flatten::to_json(&workflow, 0),
//!     r#"{"_3-node-class_type-info":"KSampler","3-inputs-cfg":6.0}"#,
//! );
//! # Ok::<(), viewcomfy_wasm::Error>(())
//! ```

#[cfg(feature = "inspect")]
pub mod convert;
#[cfg(feature = "inspect")]
pub mod definitions;
#[cfg(feature = "inspect")]
pub mod diff;
#[cfg(feature = "inspect")]
pub mod editor;
mod error;
#[cfg(feature = "inspect")]
pub mod find;
#[cfg(feature = "inspect")]
pub mod form;
#[cfg(feature = "inspect")]
pub mod inspect;
pub mod json;
#[cfg(feature = "client")]
pub mod params;
#[cfg(feature = "client")]
pub mod protocol;
mod text;
#[cfg(feature = "inspect")]
pub mod widgets;
pub mod workflow;

#[cfg(target_arch = "wasm32")]
mod wasm;

pub use error::{Error, ErrorKind, HttpKind, NodeError};
