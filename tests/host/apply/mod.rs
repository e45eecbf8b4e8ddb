//! Values of the prompt put back into the editor's file.

mod causes;
mod edits;
mod recorded;
mod rules;
mod spans;
