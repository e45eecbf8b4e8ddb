//! Server-Sent Events framing as a push parser: bytes in, pieces of data out.
//!
//! Rules: HTML Standard, "Server-sent events", section "Interpreting an event stream". A long `data:` line is passed
//! on piece by piece as it arrives, so an event of any size takes no memory here.

mod framing;

use crate::FirstFailure;
use crate::failure::Stopped;
use framing::{Framing, Pieces};

/// Takes what the parser finds.
pub trait SseSink {
    /// The error of the sink.
    type Error;
    /// Takes a piece of the current event's data; `name` is the event's name as far as it is known by now. Several
    /// `data` lines are joined by a line feed, which is passed on as a separate piece.
    ///
    /// # Errors
    /// Any error of the sink; it ends the reading.
    fn data(&mut self, name: &str, piece: &[u8]) -> Result<(), Self::Error>;
    /// The event is complete. An event without a name is a `message`.
    ///
    /// # Errors
    /// Any error of the sink; it ends the reading.
    fn dispatch(&mut self, name: &str) -> Result<(), Self::Error>;
}

/// Splits an event stream into events, wherever the chunks are cut. `E` is the error of the sink.
///
/// ```
/// # mod viewcomfy_wasm { pub use viewcomfy_kernels as protocol; }
/// use viewcomfy_wasm::protocol::sse::{SseParser, SseSink};
/// use std::convert::Infallible;
///
/// #[derive(Default)]
/// struct Events(Vec<(String, String)>, String);
///
/// impl SseSink for Events {
///     type Error = Infallible;
///
///     fn data(&mut self, _name: &str, piece: &[u8]) -> Result<(), Infallible> {
///         self.1.push_str(&String::from_utf8_lossy(piece));
///         Ok(())
///     }
///
///     fn dispatch(&mut self, name: &str) -> Result<(), Infallible> {
///         self.0.push((name.to_owned(), std::mem::take(&mut self.1)));
///         Ok(())
///     }
/// }
///
/// let (mut parser, mut events) = (SseParser::default(), Events::default());
/// for chunk in ["event: log_mes", "sage\ndata: got prompt\n\n"] {
///     parser.feed(chunk.as_bytes(), &mut events)?;
/// }
/// assert_eq!(events.0, [("log_message".to_owned(), "got prompt".to_owned())]);
/// # Ok::<(), Infallible>(())
/// ```
#[derive(Debug)]
pub struct SseParser<E> {
    failure: FirstFailure<E>,
    framing: Framing,
}

impl<E> Default for SseParser<E> {
    fn default() -> Self {
        Self { failure: FirstFailure::default(), framing: Framing::default() }
    }
}

impl<E: Clone> SseParser<E> {
    /// Reads the next chunk.
    ///
    /// # Errors
    /// The error of the sink. Every later call fails with the same error, and the sink gets nothing more.
    pub fn feed(&mut self, chunk: &[u8], sink: &mut impl SseSink<Error = E>) -> Result<(), E> {
        self.failure.check()?;
        match self.framing.read(chunk, &mut Watched { sink, failure: &mut self.failure }) {
            Ok(()) => Ok(()),
            Err(Stopped) => self.failure.check(),
        }
    }
}

impl<E> SseParser<E> {
    /// The last `id` field, which applies to all events after it.
    pub fn last_event_id(&self) -> &str {
        &self.framing.last_event_id
    }

    /// The last valid `retry` field: the time to wait before reconnecting, in milliseconds.
    pub fn retry_ms(&self) -> Option<u64> {
        self.framing.retry_ms
    }
}

/// A sink whose failure is kept.
struct Watched<'s, S: SseSink> {
    sink: &'s mut S,
    failure: &'s mut FirstFailure<S::Error>,
}

impl<S: SseSink> Pieces for Watched<'_, S> {
    fn data(&mut self, name: &str, piece: &[u8]) -> Result<(), Stopped> {
        self.sink.data(name, piece).map_err(|error| self.failure.stop(error))
    }

    fn dispatch(&mut self, name: &str) -> Result<(), Stopped> {
        self.sink.dispatch(name).map_err(|error| self.failure.stop(error))
    }
}

#[cfg(test)]
mod tests;
