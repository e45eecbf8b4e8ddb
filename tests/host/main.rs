//! Integration tests on the host: the public crate against the fixtures, and against whatever can be generated.
#![allow(clippy::unwrap_used, reason = "a test that cannot read its own fixtures should stop there")]

mod agreement;
mod apply;
mod contract;
mod convert;
mod definitions;
mod diff;
mod editor;
mod event_stream;
mod failed_readers;
mod files;
mod find;
mod flatten;
mod form;
mod given;
mod inspect;
mod not_quite_json;
mod properties;
mod read;
mod rejected;
mod wrappers;
