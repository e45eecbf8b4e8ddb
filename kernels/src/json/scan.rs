//! A strict JSON scanner over a whole text that returns spans instead of building a tree.
//!
//! Besides JSON it accepts the three words that Python writes: `NaN`, `Infinity` and `-Infinity`.

mod literal;

use super::{MAX_DEPTH, Str, Value};

/// A syntax error: where it is, and what was expected there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SyntaxError {
    /// Byte offset in the text.
    pub offset: usize,
    /// What is wrong, as a clause for a message.
    pub what: &'static str,
}

impl std::fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "at byte {}: {}", self.offset, self.what)
    }
}

impl std::error::Error for SyntaxError {}

/// Reads JSON from a text, front to back. Most callers want [`Value::parse`]; the scanner reads a large text in one
/// pass.
///
/// ```
/// # use viewcomfy_kernels as viewcomfy_wasm;
/// use viewcomfy_wasm::json::Scanner;
///
/// let mut scanner = Scanner::new(r#"{"seed": 18446744073709551615, "steps": 20}"#);
/// let mut entries = Vec::new();
/// scanner.object(|scanner, key| {
///     entries.push((key.decode(), scanner.value()?.raw()));
///     Ok(())
/// })?;
/// scanner.end()?;
/// assert_eq!(entries, [("seed".into(), "18446744073709551615"), ("steps".into(), "20")]);
/// # Ok::<(), viewcomfy_kernels::json::SyntaxError>(())
/// ```
#[derive(Debug)]
pub struct Scanner<'a> {
    text: &'a str,
    pos: usize,
    depth: usize,
}

type Scan<T> = Result<T, SyntaxError>;

impl<'a> Scanner<'a> {
    /// A scanner at the start of `text`.
    pub fn new(text: &'a str) -> Self {
        Self { text, pos: 0, depth: 0 }
    }

    /// The byte offset of the next value, after skipping white space.
    #[inline]
    pub fn position(&mut self) -> usize {
        self.skip_space();
        self.pos
    }

    /// The first byte of the next value, which is not taken; `None` at the end of the text.
    #[inline]
    pub fn peek(&mut self) -> Option<u8> {
        self.skip_space();
        self.byte()
    }

    /// How many bytes are left.
    pub fn remaining(&self) -> usize {
        self.text.len() - self.pos
    }

    /// Takes the next value and validates all of it.
    ///
    /// # Errors
    /// [`SyntaxError`] if it is not valid JSON.
    pub fn value(&mut self) -> Scan<Value<'a>> {
        let start = self.position();
        self.skip_value()?;
        Ok(self.value_since(start))
    }

    /// The value that was taken piece by piece since [`Scanner::position`] returned `start`.
    #[inline]
    pub fn value_since(&self, start: usize) -> Value<'a> {
        Value::from_validated(&self.text[start..self.pos])
    }

    /// Takes an object: `entry` is called after each key and must take its value.
    ///
    /// # Errors
    /// [`SyntaxError`] if the next value is not an object, or what `entry` fails with.
    pub fn object(&mut self, mut entry: impl FnMut(&mut Self, Str<'a>) -> Scan<()>) -> Scan<()> {
        let mut key = self.first_key()?;
        while let Some(name) = key {
            entry(self, name)?;
            key = self.next_key()?;
        }
        Ok(())
    }

    /// Takes an array: `item` is called before each item and must take it.
    ///
    /// # Errors
    /// [`SyntaxError`] if the next value is not an array, or what `item` fails with.
    pub fn array(&mut self, mut item: impl FnMut(&mut Self) -> Scan<()>) -> Scan<()> {
        let mut more = self.first_item()?;
        while more {
            item(self)?;
            more = self.next_item()?;
        }
        Ok(())
    }

    /// Opens an object and takes its first key; `None` if it is empty.
    fn first_key(&mut self) -> Scan<Option<Str<'a>>> {
        self.open(b'{', "expected an object")?;
        if self.close_if(b'}') { Ok(None) } else { self.key().map(Some) }
    }

    /// Takes the next key after a value; `None` at the end of the object.
    fn next_key(&mut self) -> Scan<Option<Str<'a>>> {
        if self.close_if(b'}') {
            return Ok(None);
        }
        self.expect(b',', "expected a comma or the closing brace of an object")?;
        self.key().map(Some)
    }

    fn key(&mut self) -> Scan<Str<'a>> {
        self.skip_space();
        let key = self.string("expected a key in double quotes")?;
        self.expect(b':', "expected a colon after the key")?;
        Ok(key)
    }

    /// Opens an array; false if it is empty.
    fn first_item(&mut self) -> Scan<bool> {
        self.open(b'[', "expected an array")?;
        Ok(!self.close_if(b']'))
    }

    /// False at the end of the array.
    fn next_item(&mut self) -> Scan<bool> {
        if self.close_if(b']') {
            return Ok(false);
        }
        self.expect(b',', "expected a comma or the closing bracket of an array")?;
        Ok(true)
    }

    /// Checks that only white space is left.
    ///
    /// # Errors
    /// [`SyntaxError`] if there is anything else.
    pub fn end(&mut self) -> Scan<()> {
        match self.peek() {
            None => Ok(()),
            Some(_) => self.fail("there is more after the end of the JSON"),
        }
    }

    fn skip_value(&mut self) -> Scan<()> {
        match self.peek() {
            Some(b'"') => self.string("").map(drop),
            Some(b'{') => self.object(|scanner, _| scanner.skip_value()),
            Some(b'[') => self.array(Self::skip_value),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word("true"),
            Some(b'f') => self.word("false"),
            Some(b'n') => self.word("null"),
            Some(b'N') => self.word("NaN"),
            Some(b'I') => self.word("Infinity"),
            Some(_) => self.fail("expected a value"),
            None => self.fail("the text ends where a value should be"),
        }
    }

    #[inline]
    fn open(&mut self, bracket: u8, otherwise: &'static str) -> Scan<()> {
        self.expect(bracket, otherwise)?;
        self.depth += 1;
        if self.depth > MAX_DEPTH { self.fail("arrays and objects are nested too deeply") } else { Ok(()) }
    }

    #[inline]
    fn close_if(&mut self, bracket: u8) -> bool {
        self.skip_space();
        let closes = self.byte() == Some(bracket);
        if closes {
            self.pos += 1;
            self.depth -= 1;
        }
        closes
    }

    #[inline]
    fn expect(&mut self, byte: u8, otherwise: &'static str) -> Scan<()> {
        self.skip_space();
        if self.byte() != Some(byte) {
            return self.fail(otherwise);
        }
        self.pos += 1;
        Ok(())
    }

    /// Inlined, like [`Scanner::byte`], because scanning consists mostly of these two.
    #[inline(always)]
    fn skip_space(&mut self) {
        while matches!(self.byte(), Some(b' ' | b'\n' | b'\t' | b'\r')) {
            self.pos += 1;
            // Indentation, four at a time.
            while self.text.as_bytes().get(self.pos..self.pos + 4) == Some(b"    ") {
                self.pos += 4;
            }
        }
    }

    #[inline(always)]
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.pos).copied()
    }

    fn fail<T>(&self, what: &'static str) -> Scan<T> {
        Err(SyntaxError { offset: self.pos, what })
    }
}

#[cfg(test)]
mod tests;
