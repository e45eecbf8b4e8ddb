//! A strict JSON reader for text that arrives in chunks: bytes in, tokens out, nothing kept. It accepts what
//! [`super::scan`] accepts.

mod tokenizer;

use crate::FirstFailure;
use tokenizer::{Stop, Tokenizer, Tokens};

/// What the reader passes on, in the order of the text.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs, clippy::exhaustive_enums, reason = "JSON consists of these and nothing else")]
pub enum Token<'a> {
    ObjectStart,
    ObjectEnd,
    ArrayStart,
    ArrayEnd,
    /// A key, decoded.
    Key(&'a str),
    /// A piece of a string value, decoded: whole characters.
    StringPiece(&'a [u8]),
    /// The end of a string value; an empty string has no pieces before it.
    StringEnd,
    /// A number's exact literal, or `NaN`, `Infinity` or `-Infinity` as Python writes them.
    Number(&'a str),
    Boolean(bool),
    Null,
}

/// Takes the tokens of a [`PushReader`].
pub trait TokenSink {
    /// The error of the sink.
    type Error: From<PushError>;
    /// Takes one token.
    ///
    /// # Errors
    /// Any error of the sink; it ends the reading.
    fn token(&mut self, token: Token<'_>) -> Result<(), Self::Error>;
    /// True while the exact text is wanted; asked after each token.
    fn wants_raw(&self) -> bool {
        false
    }
    /// Takes a piece of the exact text: from the end of the token that asked for it to the end of the one that ended
    /// it.
    ///
    /// # Errors
    /// Any error of the sink; it ends the reading.
    fn raw(&mut self, _text: &[u8]) -> Result<(), Self::Error> {
        Ok(())
    }
}

/// A syntax error in pushed JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PushError {
    /// Byte offset in the whole text.
    pub offset: u64,
    /// What is wrong, as a clause for a message.
    pub what: &'static str,
}

impl std::fmt::Display for PushError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "at byte {}: {}", self.offset, self.what)
    }
}

impl std::error::Error for PushError {}

/// Reads one JSON value from chunks that may be split anywhere. `E` is the error of the sink.
///
/// ```
/// # use viewcomfy_kernels as viewcomfy_wasm;
/// use viewcomfy_wasm::json::push::{PushError, PushReader, Token, TokenSink};
///
/// struct Keys(Vec<String>);
///
/// impl TokenSink for Keys {
///     type Error = PushError;
///
///     fn token(&mut self, token: Token<'_>) -> Result<(), PushError> {
///         if let Token::Key(key) = token {
///             self.0.push(key.to_owned());
///         }
///         Ok(())
///     }
/// }
///
/// let (mut reader, mut keys) = (PushReader::default(), Keys(Vec::new()));
/// for chunk in ["{\"se", "ed\": 5}"] {
///     reader.feed(chunk.as_bytes(), &mut keys)?;
/// }
/// reader.finish(&mut keys)?;
/// assert_eq!(keys.0, ["seed"]);
/// # Ok::<(), PushError>(())
/// ```
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
    /// Reads the next chunk.
    ///
    /// # Errors
    /// [`PushError`] for a syntax error, or the error of the sink. Every later call fails with the same error, and the
    /// sink gets nothing more.
    pub fn feed(&mut self, chunk: &[u8], sink: &mut impl TokenSink<Error = E>) -> Result<(), E> {
        self.failure.check()?;
        let read = self.tokenizer.read(chunk, &mut Watched { sink, failure: &mut self.failure });
        self.keep(read)
    }

    /// Checks that the value is complete.
    ///
    /// # Errors
    /// [`PushError`] if the text ended early, or the error that [`PushReader::feed`] failed with.
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
