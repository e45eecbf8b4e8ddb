//! The grammar of JSON as a state machine that takes chunks.

mod text;
mod utf8;

use super::{PushError, Token};
use crate::failure::Stopped;
use crate::json::{MAX_DEPTH, Value};
use utf8::Utf8Check;

/// Takes what [`Tokenizer`] finds.
pub(super) trait Tokens {
    fn token(&mut self, token: Token<'_>) -> Result<(), Stop>;
    fn wants_raw(&self) -> bool;
    fn raw(&mut self, text: &[u8]) -> Result<(), Stop>;
}

/// Why reading ended early.
#[derive(Debug, Clone, Copy)]
pub(super) enum Stop {
    Syntax(PushError),
    /// The sink failed, and its failure is kept.
    Sink,
}

impl From<Stopped> for Stop {
    fn from(_: Stopped) -> Self {
        Self::Sink
    }
}

/// The longest key or number that is accepted, in bytes.
const MAX_SCRATCH: usize = 1024 * 1024;

/// How far a text has been read.
#[derive(Debug, Default)]
pub(super) struct Tokenizer {
    state: State,
    /// The open brackets; true for an object.
    open: Vec<bool>,
    /// The part of a key or number that has arrived.
    scratch: Vec<u8>,
    in_key: bool,
    utf8: Utf8Check,
    high_surrogate: Option<u16>,
    offset: u64,
}

#[derive(Debug, Clone, Copy, Default, PartialEq)]
enum State {
    #[default]
    Value,
    /// After `[`: a value or the closing bracket.
    FirstItem,
    /// After `{`: a key or the closing brace.
    FirstKey,
    Key,
    Colon,
    /// After a value: a comma, a closing bracket, or the end.
    After,
    Text,
    Escape,
    /// Inside `\uXXXX`: digits so far and their value.
    Unicode(u8, u16),
    Number,
    /// Inside `true`, `false`, `null` or one of Python's words: how many letters have arrived.
    Word(&'static str, usize),
}

impl Tokenizer {
    pub(super) fn read(&mut self, chunk: &[u8], sink: &mut dyn Tokens) -> Result<(), Stop> {
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

    pub(super) fn end(&mut self, sink: &mut dyn Tokens) -> Result<(), Stop> {
        if self.state == State::Number && self.open.is_empty() {
            self.end_number(0, sink)?;
        }
        if self.state == State::After && self.open.is_empty() {
            return Ok(());
        }
        Err(self.error(0, "the text ends before the JSON does"))
    }

    /// Takes at least one byte of `rest`, or none if only the state changes, and returns how many.
    fn step(&mut self, rest: &[u8], pos: usize, sink: &mut dyn Tokens) -> Result<usize, Stop> {
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

    fn start_value(&mut self, byte: u8, pos: usize, sink: &mut dyn Tokens) -> Result<usize, Stop> {
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
            b'N' => self.state = State::Word("NaN", 1),
            b'I' => self.state = State::Word("Infinity", 1),
            _ => return Err(self.error(pos, "expected a value")),
        }
        Ok(1)
    }

    fn open(&mut self, object: bool, pos: usize, sink: &mut dyn Tokens) -> Result<(), Stop> {
        if self.open.len() == MAX_DEPTH {
            return Err(self.error(pos, "arrays and objects are nested too deeply"));
        }
        self.open.push(object);
        self.state = if object { State::FirstKey } else { State::FirstItem };
        sink.token(if object { Token::ObjectStart } else { Token::ArrayStart })
    }

    fn close(&mut self, object: bool, pos: usize, sink: &mut dyn Tokens) -> Result<(), Stop> {
        if self.open.pop() != Some(object) {
            return Err(self.error(pos, "the closing bracket does not match the open one"));
        }
        self.state = State::After;
        sink.token(if object { Token::ObjectEnd } else { Token::ArrayEnd })
    }

    fn after(&mut self, byte: u8, pos: usize, sink: &mut dyn Tokens) -> Result<(), Stop> {
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

    fn number(&mut self, rest: &[u8], pos: usize, sink: &mut dyn Tokens) -> Result<usize, Stop> {
        let is_part = |b: &u8| matches!(b, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E');
        let run = rest.iter().position(|b| !is_part(b)).unwrap_or(rest.len());
        if self.scratch.len() + run > MAX_SCRATCH {
            return Err(self.error(pos, "the number is too long"));
        }
        self.scratch.extend_from_slice(&rest[..run]);
        match rest.get(run) {
            Some(b'I') if self.scratch == b"-" => self.state = State::Word("-Infinity", 1),
            Some(_) => self.end_number(pos + run, sink)?,
            None => {}
        }
        Ok(run)
    }

    fn end_number(&mut self, pos: usize, sink: &mut dyn Tokens) -> Result<(), Stop> {
        let literal = std::str::from_utf8(&self.scratch).ok().filter(|text| Value::parse(text).is_ok());
        let Some(literal) = literal else {
            return Err(self.error(pos, "this is not a number in JSON"));
        };
        self.state = State::After;
        sink.token(Token::Number(literal))
    }

    fn word(
        &mut self,
        byte: u8,
        word: &'static str,
        taken: usize,
        pos: usize,
        sink: &mut dyn Tokens,
    ) -> Result<(), Stop> {
        if word.as_bytes().get(taken) != Some(&byte) {
            return Err(self.error(pos, "expected true, false, null, NaN or Infinity"));
        }
        if taken + 1 < word.len() {
            self.state = State::Word(word, taken + 1);
            return Ok(());
        }
        self.state = State::After;
        sink.token(match word {
            "true" => Token::Boolean(true),
            "false" => Token::Boolean(false),
            "null" => Token::Null,
            number => Token::Number(number),
        })
    }

    fn error(&self, pos: usize, what: &'static str) -> Stop {
        Stop::Syntax(PushError { offset: self.offset + pos as u64, what })
    }
}
