//! The parameters of a run: typed values, checks against a workflow, random seeds.
//!
//! Files are known here only by their key; the caller keeps their content. The result is the text of the `params` part
//! and the names of the file parts, as the endpoint of a deployment accepts them.

mod build;
mod check;
mod limits;
mod seed;
mod seed_ranges;

pub use build::{Built, FilePart, Given, Param, build};
pub use check::{Warning, WarningCode};
pub use limits::{Limits, ObjectInfo};

/// The end of the name of a mask's part, after the key of its image.
pub const MASK_SUFFIX: &str = "-viewcomfymask";
