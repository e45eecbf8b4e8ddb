//! Server-Sent Events framing as a push parser: bytes in, pieces of data out.
//!
//! Rules: HTML Standard, "Server-sent events", section "Interpreting an event stream". A long `data:` line is
//! handed on piece by piece as it arrives, so an event of any size needs no memory here.

mod framing;

use crate::FirstFailure;
use crate::failure::Stopped;
use framing::{Framing, Pieces};

/// Takes what the parser finds.
pub trait SseSink {
    /// What may go wrong in the sink.
    type Error;
    /// Takes a piece of the current event's data; `name` is the event's name as far as it is known by now.
    /// Several `data` lines are joined by a line feed, which comes as a piece of its own.
    fn data(&mut self, name: &str, piece: &[u8]) -> Result<(), Self::Error>;
    /// The event is complete. An event without a name is a `message`.
    fn dispatch(&mut self, name: &str) -> Result<(), Self::Error>;
}

/// Splits an event stream into events, whatever the chunks. `E` is what may go wrong in the sink.
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
    /// Reads one more chunk.
    ///
    /// # Errors
    /// What the sink fails with. Every later call fails with the same error, and the sink gets nothing more.
    pub fn feed(&mut self, chunk: &[u8], sink: &mut impl SseSink<Error = E>) -> Result<(), E> {
        self.failure.check()?;
        match self.framing.read(chunk, &mut Watched { sink, failure: &mut self.failure }) {
            Ok(()) => Ok(()),
            Err(Stopped) => self.failure.check(),
        }
    }
}

impl<E> SseParser<E> {
    /// The last `id` field, which counts for all events after it.
    pub fn last_event_id(&self) -> &str {
        &self.framing.last_event_id
    }

    /// The last valid `retry` field: how long to wait before a reconnection, in milliseconds.
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
