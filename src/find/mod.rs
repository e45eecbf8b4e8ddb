//! Finds the workflow that ComfyUI wrote into a file, of whatever kind it is.
//!
//! Nothing here reads a file. A [`Finder`] says which part it needs, is given it, and goes on, so that it works with
//! whatever brings the bytes. Each format is read by plain code over a `reader::Reader` that stops where a part is
//! missing; when the part has come, that code runs again from the place it marked last, with what its walk knows by then.

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
pub use format::Format;
pub use parameters::{Generator, Parameters};
pub use texts::Text;

/// The largest text that is taken for a workflow, and the largest part of a file that is read at once, in bytes.
pub const MAX_TEXT: usize = 64 * 1024 * 1024;

/// Why a format's reader stopped. It holds nothing that must be dropped, which would be code at each `?`.
#[derive(Debug, Clone, Copy)]
enum Stop {
    /// A part of the file is needed that was not read yet.
    Read { at: u64, length: usize },
    /// What is compressed in these bytes, which were read, is needed.
    Inflate { at: u64, length: usize },
    /// The file breaks off or contradicts itself.
    Damaged { at: u64, what: &'static str },
}

type Find<T> = Result<T, Stop>;

/// The file is damaged at a byte: `what` is a clause.
fn damaged<T>(at: u64, what: &'static str) -> Find<T> {
    Err(Stop::Damaged { at, what })
}
