//! The boundary: what JavaScript calls. Deserialise, call the core, serialise; no logic. The only user of wasm-bindgen.
//!
//! The package has two wasm files, made from this crate with one feature each: `client` and `inspect`. What they export is
//! wrapped by `pkg/src/surface.js` and `pkg/src/inspect/surface.js`; the public surfaces, with their documentation, are
//! `pkg/index.d.ts` and `pkg/inspect.d.ts`.

mod error;
mod values;

#[cfg(feature = "client")]
mod client;
#[cfg(feature = "inspect")]
mod inspect;
