//! Reads, checks, converts and runs ComfyUI workflows.
//!
//! This crate is the core of the npm package `viewcomfy-wasm`. It takes bytes and returns values: it opens no connections
//! and no files, needs no async runtime, and works with any HTTP client, natively and in WebAssembly. Numbers are never
//! rounded: a seed of 18446744073709551615 keeps all its digits.
//!
//! | to | use |
//! | --- | --- |
//! | read a workflow | [`Workflow::open`](workflow::Workflow::open) |
//! | list its parameters, and put values back | [`flatten::to_json`](workflow::flatten::to_json), [`apply`](workflow::apply::apply()) |
//! | build what a run sends | [`params::build`] |
//! | read a response while it arrives | [`StreamReader`](protocol::StreamReader), or [`ResultReader`](protocol::ResultReader) if it is not streamed |
//! | find the workflow in an image, video, sound or model | [`Finder`](find::Finder) |
//! | get the graph, models and problems of a workflow | [`inspect::inspect`](inspect::inspect()) |
//! | get its form, or what differs between two | [`form::schema`], [`diff::diff`](diff::diff()) |
//! | convert editor format to API format | [`convert::to_api_format`], and [`convert::apply_params`] to change such a file |
//!
//! # Flatten a workflow, and apply parameters
//!
//! ```
//! use viewcomfy_wasm::json::Value;
//! use viewcomfy_wasm::workflow::{Workflow, apply, flatten};
//!
//! let file = br#"{"3": {"class_type": "KSampler", "inputs": {"seed": 18446744073709551615, "cfg": 6.0}}}"#;
//! let workflow = Workflow::parse(file)?;
//! assert_eq!(
//!     flatten::to_json(&workflow, 0),
//!     r#"{"_3-node-class_type-info":"KSampler","3-inputs-seed":18446744073709551615,"3-inputs-cfg":6.0}"#,
//! );
//!
//! let cfg = Value::parse("7.5")?;
//! let changed = apply::apply(&workflow, &[("3-inputs-cfg", cfg)])?;
//! assert!(changed.ends_with(r#""seed": 18446744073709551615, "cfg": 7.5}}}"#));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Read a streamed response from chunks
//!
//! The chunks may be cut anywhere. Files are decoded piece by piece, so a result of any size takes the same memory.
//!
//! ```
//! # #[cfg(feature = "client")] {
//! use viewcomfy_wasm::Error;
//! use viewcomfy_wasm::protocol::{Event, EventSink, OutputSink, StreamReader};
//!
//! struct Log;
//!
//! impl EventSink for Log {
//!     fn event(&mut self, event: Event<'_>) {
//!         if let Event::Log(line) = event {
//!             println!("{line}");
//!         }
//!     }
//! }
//!
//! #[derive(Default)]
//! struct Files(Vec<Vec<u8>>);
//!
//! impl OutputSink for Files {
//!     fn piece(&mut self, output: usize, buffer: Vec<u8>, length: usize) -> Result<Vec<u8>, Error> {
//!         self.0.resize(output + 1, Vec::new());
//!         self.0[output].extend_from_slice(&buffer[..length]);
//!         Ok(buffer)
//!     }
//! }
//!
//! let chunks = [
//!     "event: log_message\ndata: got prompt\n\nevent: prompt_res",
//!     "ult\ndata: {\"outputs\": [{\"filename\": \"a.txt\", \"data\": \"aGVs",
//!     "bG8=\"}]}\n\n",
//! ];
//! let (mut reader, mut files) = (StreamReader::default(), Files::default());
//! for chunk in chunks {
//!     reader.feed(chunk.as_bytes(), &mut Log, &mut files)?;
//! }
//! let result = reader.finish()?;
//! assert_eq!(result.outputs[0].filename, "a.txt");
//! assert_eq!(files.0[0], b"hello");
//! # }
//! # Ok::<(), viewcomfy_wasm::Error>(())
//! ```
//!
//! # Find the workflow in a file
//!
//! A [`Finder`](find::Finder) says which bytes it needs, so only a small part of a large video or model is read.
//!
//! ```
//! # #[cfg(feature = "inspect")] {
//! use viewcomfy_wasm::find::{Finder, Step};
//!
//! let file = br#"{"3": {"class_type": "KSampler", "inputs": {}}}"#;
//! let mut finder = Finder::new(file.len() as u64);
//! let found = loop {
//!     match finder.step()? {
//!         Step::Read { at, length } => finder.give(file[at as usize..][..length].to_vec()),
//!         // Only some PNG files ask for this: inflate the zlib stream, or give none to pass over it.
//!         Step::Inflate { .. } => finder.give_inflated(None),
//!         Step::Done(found) => break found,
//!     }
//! };
//! assert!(found.is_some_and(|found| found.prompt.is_some()));
//! # }
//! # Ok::<(), viewcomfy_wasm::Error>(())
//! ```
//!
//! `examples/run.rs` runs a workflow on a deployment from beginning to end.
//!
//! # Features
//!
//! | feature | default | contains |
//! | --- | --- | --- |
//! | `client` | yes | [`params`] and [`protocol`]: what a run sends and receives |
//! | `inspect` | yes | [`find`], [`inspect`], [`form`] and [`diff`], on [`definitions`], [`editor`] and [`widgets`] |
//! | `convert` | yes | [`convert`], on [`definitions`], [`editor`] and [`widgets`] |
//! | `bindings` | no | the exports to JavaScript, only on wasm32; for building the npm package |
//!
//! [`json`], [`workflow`] and [`Error`] are always included. Without `bindings` the crate adds no export and no import to a
//! WebAssembly module that uses it.
//!
//! # Errors
//!
//! Everything that can fail returns an [`Error`] with a stable [`code`](Error::code), a message that says what to do,
//! and facts in [`ErrorKind`]. Any input gives a value or an error; nothing panics. A reader of chunks that has failed
//! returns the same error again.

#[cfg(feature = "convert")]
pub mod convert;
#[cfg(any(feature = "inspect", feature = "convert"))]
pub mod definitions;
#[cfg(feature = "inspect")]
pub mod diff;
#[cfg(any(feature = "inspect", feature = "convert"))]
pub mod editor;
mod error;
#[cfg(any(feature = "inspect", feature = "convert"))]
pub mod everywhere;
#[cfg(feature = "inspect")]
pub mod find;
#[cfg(feature = "inspect")]
pub mod form;
#[cfg(feature = "inspect")]
pub mod inspect;
mod names;
#[cfg(feature = "client")]
pub mod params;
#[cfg(feature = "client")]
pub mod protocol;
#[cfg(any(feature = "inspect", feature = "convert"))]
pub mod widgets;
pub mod workflow;

#[cfg(all(feature = "bindings", target_arch = "wasm32"))]
mod wasm;

use viewcomfy_kernels::text;

#[doc(inline)]
pub use viewcomfy_kernels::json;

#[cfg(feature = "convert")]
pub use error::{CannotConvertReason, RunReason};
pub use error::{Error, ErrorCode, ErrorKind, HttpKind, NodeError};
