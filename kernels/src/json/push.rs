//! A strict JSON reader for text that arrives in chunks: bytes in, tokens out, nothing kept. It takes what
//! [`super::scan`] takes.

mod tokenizer;

use crate::FirstFailure;
use tokenizer::{Stop, Tokenizer, Tokens};

/// What the reader hands on, in the order of the text.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)]
pub enum Token<'a> {
    ObjectStart,
    ObjectEnd,
    ArrayStart,
    ArrayEnd,
    /// A key, decoded.
    Key(&'a str),
    /// A piece of a string value, decoded: whole characters.
    StringPiece(&'a [u8]),
    /// The end of a string value, also of an empty one, which has no pieces.
    StringEnd,
    /// A number's exact literal, or `NaN`, `Infinity` or `-Infinity` as Python writes them.
    Number(&'a str),
    Boolean(bool),
    Null,
}

/// Takes the tokens of a [`PushReader`].
pub trait TokenSink {
    /// What may go wrong in the sink.
    type Error: From<PushError>;
    /// Takes one token.
    fn token(&mut self, token: Token<'_>) -> Result<(), Self::Error>;
    /// True while the exact text is wanted; asked after each token.
    fn wants_raw(&self) -> bool {
        false
    }
    /// Takes a piece of the exact text: from behind the token that asked for it to behind the one that ended it.
    fn raw(&mut self, _text: &[u8]) -> Result<(), Self::Error> {
        Ok(())
    }
}

/// A syntax error in pushed JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PushError {
    /// Byte offset in the whole text.
    pub offset: u64,
    /// What is wrong, as a clause.
    pub what: &'static str,
}

impl std::fmt::Display for PushError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "at byte {}: {}", self.offset, self.what)
    }
}

impl std::error::Error for PushError {}

/// Reads one JSON value from chunks split anywhere. `E` is what may go wrong in the sink.
#[derive(Debug)]
pub struct PushReader<E> {
    failure: FirstFailure<E>,
    tokenizer: Tokenizer,
}

impl<E> Default for PushReader<E> {
    fn default() -> Self {
        Self { failure: FirstFailure::default(), tokenizer: Tokenizer::default() }
    }
}

impl<E: Clone + From<PushError>> PushReader<E> {
    /// Reads one more chunk.
    ///
    /// # Errors
    /// A syntax error, or what the sink fails with. Every later call fails with the same error, and the sink gets
    /// nothing more.
    pub fn feed(&mut self, chunk: &[u8], sink: &mut impl TokenSink<Error = E>) -> Result<(), E> {
        self.failure.check()?;
        let read = self.tokenizer.read(chunk, &mut Watched { sink, failure: &mut self.failure });
        self.keep(read)
    }

    /// Checks that the value is complete.
    ///
    /// # Errors
    /// A syntax error when the text ended early, or the error that [`PushReader::feed`] failed with.
    pub fn finish(&mut self, sink: &mut impl TokenSink<Error = E>) -> Result<(), E> {
        self.failure.check()?;
        let ended = self.tokenizer.end(&mut Watched { sink, failure: &mut self.failure });
        self.keep(ended)
    }

    fn keep(&mut self, step: Result<(), Stop>) -> Result<(), E> {
        match step {
            Ok(()) => Ok(()),
            Err(Stop::Sink) => self.failure.check(),
            Err(Stop::Syntax(error)) => self.failure.keep(Err(error.into())),
        }
    }
}

/// A sink whose failure is kept.
struct Watched<'s, S: TokenSink> {
    sink: &'s mut S,
    failure: &'s mut FirstFailure<S::Error>,
}

impl<S: TokenSink> Tokens for Watched<'_, S> {
    fn token(&mut self, token: Token<'_>) -> Result<(), Stop> {
        Ok(self.sink.token(token).map_err(|error| self.failure.stop(error))?)
    }

    fn wants_raw(&self) -> bool {
        self.sink.wants_raw()
    }

    fn raw(&mut self, text: &[u8]) -> Result<(), Stop> {
        Ok(self.sink.raw(text).map_err(|error| self.failure.stop(error))?)
    }
}

#[cfg(test)]
mod tests;
