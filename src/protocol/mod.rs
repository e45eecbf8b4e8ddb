//! The protocol: what a deployment sends, and how it is read, chunk by chunk.
//!
//! A chunk is split into events by [`sse`] and read by [`stream`]. The prompt result goes on through [`result`] (an
//! incremental JSON reader) and [`base64`] to an [`OutputSink`]. A whole result is never in memory.

pub mod event_batch;
pub mod failure;
pub mod progress;
pub mod result;
pub mod stream;

#[doc(inline)]
pub use viewcomfy_kernels::{base64, sse};

pub use event_batch::EventBatch;
pub use progress::Progress;
pub use result::{Body, Output, OutputSink, PromptResult, ResultReader};
pub use stream::{Event, EventSink, Limits, StreamReader};
