//! viewcomfy-wasm.
