//! Integration tests on the host: the public crate against the fixtures. Depends on the crate and serde_json.
#![allow(clippy::unwrap_used, reason = "a test that cannot read its own fixtures should stop there")]

mod event_stream;
mod files;
mod flatten;
mod rejected;
