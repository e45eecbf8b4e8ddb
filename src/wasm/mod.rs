//! The boundary: the functions that JavaScript calls. They take texts and bytes, call the core, and return texts and
//! arrays; they contain no logic. Only this module uses wasm-bindgen.
//!
//! The package has three wasm files, made from this crate with one feature each: `client`, `inspect` and `convert`.
//! Their exports are wrapped by `pkg/src/surface.js` and `pkg/src/inspect/surface.js`, which loads the last file when
//! it is needed; the public surfaces, with their documentation, are `pkg/index.d.ts` and `pkg/inspect.d.ts`.
//!
//! What crosses, and in which form:
//!
//! - **In**, a document (a workflow, an `object_info`) is bytes: `pkg/src/document.js` makes them of text, bytes or an
//!   object. Values are one JSON text, which `pkg/src/json.js` writes without rounding; files stay in JavaScript and are
//!   known here by their key. No option is read here: `pkg/src/options.js` has checked them and hands over plain arguments.
//! - **Out**, anything that may be large or have exact numbers is JSON text, which `JSON.parse` or `parseJson` reads;
//!   a batch of events is one text and one array of numbers (`protocol::EventBatch`); decoded bytes are an address and
//!   a length.
//! - Small records, such as the facts of an error, become objects through serde ([`record::to_object`]).
//! - A failure is thrown as a `ViewComfyError` ([`error::Failure`]).

mod error;
mod record;

#[cfg(feature = "client")]
mod client;
#[cfg(feature = "convert")]
mod convert;
#[cfg(any(feature = "inspect", feature = "convert"))]
mod definitions;
#[cfg(feature = "inspect")]
mod inspect;
#[cfg(any(feature = "client", feature = "convert"))]
mod values;
