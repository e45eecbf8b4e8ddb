//! What `viewcomfy-wasm/inspect` calls: looking into workflows.

mod diff;
mod find;
mod form;
mod inspection;
