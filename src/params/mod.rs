//! The parameters of a run: typed values, checks against a workflow, random seeds.
//!
//! Files are known here by key alone; who calls keeps their content. What comes out is the text of the `params`
//! part and the names of the file parts, as a deployment's endpoint takes them.

mod build;
mod check;
mod limits;
mod seed;
mod seed_ranges;

pub use build::{Built, FilePart, Given, Param, build};
pub use check::{Warning, WarningCode};
pub use limits::{Limits, ObjectInfo};

/// What the name of a mask's part ends in, behind the key of its image.
pub const MASK_SUFFIX: &str = "-viewcomfymask";
