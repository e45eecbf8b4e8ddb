//! A strict JSON reader for text that arrives in chunks: bytes in, tokens out, nothing kept.

mod text;
mod utf8;

use super::MAX_DEPTH;
use crate::FirstFailure;
use utf8::Utf8Check;

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
    /// A number's exact literal.
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

/// The longest key or number that is accepted, in bytes.
const MAX_SCRATCH: usize = 1024 * 1024;

/// Reads one JSON value from chunks split anywhere. `E` is what may go wrong in the sink.
#[derive(Debug)]
pub struct PushReader<E> {
    failure: FirstFailure<E>,
    state: State,
    /// The open brackets, true for an object.
    open: Vec<bool>,
    /// A key or number as far as it came, or the literal word that is expected.
    scratch: Vec<u8>,
    in_key: bool,
    utf8: Utf8Check,
    high_surrogate: Option<u16>,
    offset: u64,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum State {
    Value,
    /// Behind `[`: a value or the closing bracket.
    FirstItem,
    /// Behind `{`: a key or the closing brace.
    FirstKey,
    Key,
    Colon,
    /// Behind a value: a comma, a closing bracket, or the end.
    After,
    Text,
    Escape,
    /// Inside `\uXXXX`: digits so far and their value.
    Unicode(u8, u16),
    Number,
    /// Inside `true`, `false` or `null`: how many letters have come.
    Word(&'static str, usize),
}

impl<E> Default for PushReader<E> {
    fn default() -> Self {
        Self {
            failure: FirstFailure::default(),
            state: State::Value,
            open: Vec::new(),
            scratch: Vec::new(),
            in_key: false,
            utf8: Utf8Check::default(),
            high_surrogate: None,
            offset: 0,
        }
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
        let read = self.read(chunk, sink);
        self.failure.keep(read)
    }

    /// Checks that the value is complete.
    ///
    /// # Errors
    /// A syntax error when the text ended early, or the error that [`PushReader::feed`] failed with.
    pub fn finish(&mut self, sink: &mut impl TokenSink<Error = E>) -> Result<(), E> {
        self.failure.check()?;
        let ended = self.end(sink);
        self.failure.keep(ended)
    }

    fn read<S: TokenSink<Error = E>>(&mut self, chunk: &[u8], sink: &mut S) -> Result<(), E> {
        let mut pos = 0;
        let mut raw_from = sink.wants_raw().then_some(0);
        while pos < chunk.len() {
            pos += self.step(&chunk[pos..], pos, sink)?;
            match raw_from {
                None if sink.wants_raw() => raw_from = Some(pos),
                Some(start) if !sink.wants_raw() => {
                    sink.raw(&chunk[start..pos])?;
                    raw_from = None;
                }
                _ => {}
            }
        }
        if let Some(start) = raw_from {
            sink.raw(&chunk[start..])?;
        }
        self.offset += chunk.len() as u64;
        Ok(())
    }

    fn end<S: TokenSink<Error = E>>(&mut self, sink: &mut S) -> Result<(), E> {
        if self.state == State::Number && self.open.is_empty() {
            self.end_number(0, sink)?;
        }
        if self.state == State::After && self.open.is_empty() {
            return Ok(());
        }
        Err(self.error(0, "the text ends before the JSON does"))
    }

    /// Takes at least one byte of `rest`, or none when only the state changes, and says how many.
    fn step<S: TokenSink<Error = E>>(&mut self, rest: &[u8], pos: usize, sink: &mut S) -> Result<usize, E> {
        match self.state {
            State::Text => return self.text(rest, pos, sink),
            State::Number => return self.number(rest, pos, sink),
            _ => {}
        }
        let byte = rest[0];
        match self.state {
            State::Escape => self.escape(byte, pos, sink)?,
            State::Unicode(digits, code) => self.unicode(byte, digits, code, pos, sink)?,
            State::Word(word, taken) => self.word(byte, word, taken, pos, sink)?,
            _ if matches!(byte, b' ' | b'\n' | b'\t' | b'\r') => {}
            State::FirstItem if byte == b']' => self.close(false, pos, sink)?,
            State::FirstKey if byte == b'}' => self.close(true, pos, sink)?,
            State::Value | State::FirstItem => return self.start_value(byte, pos, sink),
            State::FirstKey | State::Key if byte == b'"' => self.start_text(true),
            State::FirstKey | State::Key => return Err(self.error(pos, "expected a key in double quotes")),
            State::Colon if byte == b':' => self.state = State::Value,
            State::Colon => return Err(self.error(pos, "expected a colon after the key")),
            _ => self.after(byte, pos, sink)?,
        }
        Ok(1)
    }

    fn start_value<S: TokenSink<Error = E>>(
        &mut self,
        byte: u8,
        pos: usize,
        sink: &mut S,
    ) -> Result<usize, E> {
        match byte {
            b'"' => self.start_text(false),
            b'{' => self.open(true, pos, sink)?,
            b'[' => self.open(false, pos, sink)?,
            b't' => self.state = State::Word("true", 1),
            b'f' => self.state = State::Word("false", 1),
            b'n' => self.state = State::Word("null", 1),
            b'-' | b'0'..=b'9' => {
                self.scratch.clear();
                self.state = State::Number;
                return Ok(0);
            }
            b'N' | b'I' => return Err(self.error(pos, "NaN and Infinity are not JSON")),
            _ => return Err(self.error(pos, "expected a value")),
        }
        Ok(1)
    }

    fn open<S: TokenSink<Error = E>>(&mut self, object: bool, pos: usize, sink: &mut S) -> Result<(), E> {
        if self.open.len() == MAX_DEPTH {
            return Err(self.error(pos, "arrays and objects are nested too deeply"));
        }
        self.open.push(object);
        self.state = if object { State::FirstKey } else { State::FirstItem };
        sink.token(if object { Token::ObjectStart } else { Token::ArrayStart })
    }

    fn close<S: TokenSink<Error = E>>(&mut self, object: bool, pos: usize, sink: &mut S) -> Result<(), E> {
        if self.open.pop() != Some(object) {
            return Err(self.error(pos, "the closing bracket does not match the open one"));
        }
        self.state = State::After;
        sink.token(if object { Token::ObjectEnd } else { Token::ArrayEnd })
    }

    fn after<S: TokenSink<Error = E>>(&mut self, byte: u8, pos: usize, sink: &mut S) -> Result<(), E> {
        match (byte, self.open.last()) {
            (b',', Some(true)) => self.state = State::Key,
            (b',', Some(false)) => self.state = State::Value,
            (b'}', Some(_)) => self.close(true, pos, sink)?,
            (b']', Some(_)) => self.close(false, pos, sink)?,
            (_, None) => return Err(self.error(pos, "there is more after the end of the JSON")),
            _ => return Err(self.error(pos, "expected a comma or a closing bracket")),
        }
        Ok(())
    }

    fn number<S: TokenSink<Error = E>>(&mut self, rest: &[u8], pos: usize, sink: &mut S) -> Result<usize, E> {
        let is_part = |b: &u8| matches!(b, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E');
        let run = rest.iter().position(|b| !is_part(b)).unwrap_or(rest.len());
        if self.scratch.len() + run > MAX_SCRATCH {
            return Err(self.error(pos, "the number is too long"));
        }
        self.scratch.extend_from_slice(&rest[..run]);
        if run < rest.len() {
            self.end_number(pos + run, sink)?;
        }
        Ok(run)
    }

    fn end_number<S: TokenSink<Error = E>>(&mut self, pos: usize, sink: &mut S) -> Result<(), E> {
        let scratch = std::mem::take(&mut self.scratch);
        let literal = std::str::from_utf8(&scratch).ok().filter(|text| super::Value::parse(text).is_ok());
        let Some(literal) = literal else {
            return Err(self.error(pos, "this is not a number in JSON"));
        };
        self.state = State::After;
        sink.token(Token::Number(literal))
    }

    fn word<S: TokenSink<Error = E>>(
        &mut self,
        byte: u8,
        word: &'static str,
        taken: usize,
        pos: usize,
        sink: &mut S,
    ) -> Result<(), E> {
        if word.as_bytes().get(taken) != Some(&byte) {
            return Err(self.error(pos, "expected true, false or null"));
        }
        if taken + 1 < word.len() {
            self.state = State::Word(word, taken + 1);
            return Ok(());
        }
        self.state = State::After;
        sink.token(match word {
            "true" => Token::Boolean(true),
            "false" => Token::Boolean(false),
            _ => Token::Null,
        })
    }

    fn error(&self, pos: usize, what: &'static str) -> E {
        E::from(PushError { offset: self.offset + pos as u64, what })
    }
}

#[cfg(test)]
mod tests;
