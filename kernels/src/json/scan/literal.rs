//! Strings, numbers and words: the values that contain no others.

use super::{Scan, Scanner};
use crate::json::Str;
use crate::json::run::plain_run;

impl<'a> Scanner<'a> {
    #[inline]
    pub(super) fn string(&mut self, otherwise: &'static str) -> Scan<Str<'a>> {
        if self.byte() != Some(b'"') {
            return self.fail(otherwise);
        }
        let start = self.pos + 1;
        self.pos = start;
        let mut escaped = false;
        loop {
            self.pos += plain_run(&self.text.as_bytes()[self.pos..]).length;
            match self.byte() {
                Some(b'"') => break,
                Some(b'\\') => {
                    escaped = true;
                    self.escape()?;
                }
                Some(_) => return self.fail("a control character inside a string must be escaped"),
                None => return self.fail("the text ends inside a string"),
            }
        }
        let inside = &self.text[start..self.pos];
        self.pos += 1;
        Ok(Str::scanned(inside, escaped))
    }

    fn escape(&mut self) -> Scan<()> {
        let bytes = self.text.as_bytes();
        match bytes.get(self.pos + 1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.pos += 2,
            Some(b'u') => {
                let digits = bytes.get(self.pos + 2..self.pos + 6);
                if !digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)) {
                    return self.fail("\\u needs four hexadecimal digits");
                }
                self.pos += 6;
            }
            _ => return self.fail("no such escape in JSON"),
        }
        Ok(())
    }

    #[inline]
    pub(super) fn number(&mut self) -> Scan<()> {
        if self.byte() == Some(b'-') {
            self.pos += 1;
            if self.byte() == Some(b'I') {
                return self.word("Infinity");
            }
        }
        if self.byte() == Some(b'0') {
            self.pos += 1;
        } else {
            self.digits()?;
        }
        if self.byte() == Some(b'.') {
            self.pos += 1;
            self.digits()?;
        }
        if matches!(self.byte(), Some(b'e' | b'E')) {
            self.pos += 1;
            if matches!(self.byte(), Some(b'+' | b'-')) {
                self.pos += 1;
            }
            self.digits()?;
        }
        match self.byte() {
            Some(b'0'..=b'9') => self.fail("a number must not begin with a zero"),
            _ => Ok(()),
        }
    }

    #[inline]
    fn digits(&mut self) -> Scan<()> {
        let start = self.pos;
        while matches!(self.byte(), Some(b'0'..=b'9')) {
            self.pos += 1;
        }
        if self.pos == start { self.fail("expected a digit") } else { Ok(()) }
    }

    pub(super) fn word(&mut self, word: &'static str) -> Scan<()> {
        if !self.text.as_bytes()[self.pos..].starts_with(word.as_bytes()) {
            return self.fail("expected true, false, null, NaN or Infinity");
        }
        self.pos += word.len();
        Ok(())
    }
}
