//! The wire: what a deployment answers and how it is read, chunk by chunk.
//!
//! chunk → [`sse`] framing → [`stream`] events; the prompt result goes on through [`result`] (an incremental
//! JSON reader) and [`base64`] to an [`OutputSink`]. Nothing here ever holds a whole result.

pub mod base64;
pub mod event_batch;
pub mod failure;
pub mod progress;
pub mod result;
pub mod sse;
pub mod stream;

pub use event_batch::EventBatch;
pub use progress::Progress;
pub use result::{Body, Output, OutputSink, PromptResult, ResultReader};
pub use stream::{Event, EventSink, Limits, StreamReader};
