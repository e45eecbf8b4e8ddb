//! What `viewcomfy-wasm/inspect` calls: looking into workflows.

mod convert;
mod diff;
mod find;
mod form;
mod inspection;
