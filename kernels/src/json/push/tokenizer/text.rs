//! Strings of a [`Tokenizer`]: plain runs, escapes, and characters that the end of a chunk cuts.

use super::{MAX_SCRATCH, PushError, State, Stop, Token, Tokenizer, Tokens};
use crate::json::run::plain_run;
use crate::json::string::short_escape;

impl Tokenizer {
    pub(super) fn start_text(&mut self, in_key: bool) {
        self.in_key = in_key;
        self.scratch.clear();
        self.state = State::Text;
    }

    pub(super) fn text(&mut self, rest: &[u8], pos: usize, sink: &mut dyn Tokens) -> Result<usize, Stop> {
        let run = plain_run(rest);
        if run.length > 0 {
            let plain = &rest[..run.length];
            self.flush_surrogate(pos, sink)?;
            if run.ascii && self.utf8.is_whole() {
                self.piece(plain, pos, sink)?;
            } else {
                self.characters(plain, pos, sink)?;
            }
            return Ok(run.length);
        }
        match rest[0] {
            b'"' => self.end_text(pos, sink)?,
            b'\\' if self.utf8.is_whole() => self.state = State::Escape,
            b'\\' => return Err(self.error(pos, "the text is not UTF-8")),
            _ => return Err(self.error(pos, "a control character inside a string must be escaped")),
        }
        Ok(1)
    }

    /// Passes on the whole characters of `bytes`. A character that is not complete waits, so that a sink sees the same
    /// bytes before an error wherever the chunks end.
    fn characters(&mut self, bytes: &[u8], pos: usize, sink: &mut dyn Tokens) -> Result<(), Stop> {
        let mut utf8 = std::mem::take(&mut self.utf8);
        let fault = utf8.pass(bytes, |whole| self.piece(whole, pos, sink))?;
        self.utf8 = utf8;
        let Some(at) = fault else { return Ok(()) };
        let offset = (self.offset + pos as u64).saturating_add_signed(at);
        Err(Stop::Syntax(PushError { offset, what: "the text is not UTF-8" }))
    }

    fn end_text(&mut self, pos: usize, sink: &mut dyn Tokens) -> Result<(), Stop> {
        self.flush_surrogate(pos, sink)?;
        if !self.utf8.is_whole() {
            return Err(self.error(pos, "the text is not UTF-8"));
        }
        if !self.in_key {
            self.state = State::After;
            return sink.token(Token::StringEnd);
        }
        self.state = State::Colon;
        let key = String::from_utf8_lossy(&self.scratch);
        sink.token(Token::Key(&key))
    }

    fn piece(&mut self, bytes: &[u8], pos: usize, sink: &mut dyn Tokens) -> Result<(), Stop> {
        if !self.in_key {
            return sink.token(Token::StringPiece(bytes));
        }
        if self.scratch.len() + bytes.len() > MAX_SCRATCH {
            return Err(self.error(pos, "the key is too long"));
        }
        self.scratch.extend_from_slice(bytes);
        Ok(())
    }

    fn char_piece(&mut self, c: char, pos: usize, sink: &mut dyn Tokens) -> Result<(), Stop> {
        self.piece(c.encode_utf8(&mut [0; 4]).as_bytes(), pos, sink)
    }

    pub(super) fn escape(&mut self, byte: u8, pos: usize, sink: &mut dyn Tokens) -> Result<(), Stop> {
        match byte {
            b'u' => self.state = State::Unicode(0, 0),
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => {
                self.state = State::Text;
                self.flush_surrogate(pos, sink)?;
                self.char_piece(short_escape(byte), pos, sink)?;
            }
            _ => return Err(self.error(pos, "no such escape in JSON")),
        }
        Ok(())
    }

    pub(super) fn unicode(
        &mut self,
        byte: u8,
        digits: u8,
        code: u16,
        pos: usize,
        sink: &mut dyn Tokens,
    ) -> Result<(), Stop> {
        let Some(digit) = char::from(byte).to_digit(16) else {
            return Err(self.error(pos, "\\u needs four hexadecimal digits"));
        };
        let code = code << 4 | digit as u16;
        if digits < 3 {
            self.state = State::Unicode(digits + 1, code);
            return Ok(());
        }
        self.state = State::Text;
        if let Some(high) = self.high_surrogate.take() {
            let pair =
                char::decode_utf16([high, code]).next().and_then(Result::ok).filter(|c| *c > '\u{ffff}');
            match pair {
                Some(c) => return self.char_piece(c, pos, sink),
                None => self.char_piece(char::REPLACEMENT_CHARACTER, pos, sink)?,
            }
        }
        match code {
            0xd800..0xdc00 => self.high_surrogate = Some(code),
            _ => {
                let c = char::from_u32(u32::from(code)).unwrap_or(char::REPLACEMENT_CHARACTER);
                self.char_piece(c, pos, sink)?;
            }
        }
        Ok(())
    }

    /// A high surrogate that is not followed by a low one is not a character.
    fn flush_surrogate(&mut self, pos: usize, sink: &mut dyn Tokens) -> Result<(), Stop> {
        match self.high_surrogate.take() {
            Some(_) => self.char_piece(char::REPLACEMENT_CHARACTER, pos, sink),
            None => Ok(()),
        }
    }
}
