//! Finds the workflow that ComfyUI wrote into a file, whatever the file's format.
//!
//! This module reads no files. A [`Finder`] says which part it needs, is given that part, and continues, so it works
//! with any source of bytes. Each format is read by plain code over a `reader::Reader` that stops if a part is
//! missing; once the part is there, that code runs again from the last place it marked, with what its walk knew by
//! then.

mod avif;
mod bytes;
mod exif;
mod finder;
mod flac;
mod format;
mod glb;
mod id3;
mod isobmff;
mod jpeg;
mod json;
mod matroska;
mod mp4;
mod ogg;
mod parameters;
mod png;
mod reader;
mod safetensors;
mod svg;
mod texts;
mod vorbis_comment;
mod webp;

pub use finder::{Finder, Found, Step};
pub use parameters::{Generator, Parameters};
pub use texts::Text;

pub use crate::error::Format;

/// The largest text that is read as a workflow, and the largest part of a file that is read at once, in bytes.
pub const MAX_TEXT: usize = 64 * 1024 * 1024;

/// Why a format's reader stopped. It contains nothing that has to be dropped, which would add code at each `?`.
#[derive(Debug, Clone, Copy)]
enum Stop {
    /// A part of the file is needed that has not been read yet.
    Read { at: u64, length: usize },
    /// The decompressed content of these bytes, which have been read, is needed.
    Inflate { at: u64, length: usize },
    /// The file ends too early or contradicts itself.
    Damaged { at: u64, what: &'static str },
}

type Find<T> = Result<T, Stop>;

/// The file is damaged at this byte; `what` is a clause.
fn damaged<T>(at: u64, what: &'static str) -> Find<T> {
    Err(Stop::Damaged { at, what })
}
