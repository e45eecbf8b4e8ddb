//! Finding workflows in files: the fixtures, real files, damaged and very large ones, and the forms that few programs
//! write.

mod damaged;
mod fixtures;
mod forms;
mod large;
mod shared;
pub mod source;
