//! What a [`super::ResultReader`] has read so far, and how each token changes it.

mod field;
mod output;

use super::{OutputSink, PromptResult, extend};
use crate::json::Value;
use crate::json::number::decimal;
use crate::json::push::Token;
use crate::{Error, ErrorKind};
use field::Field;
use output::PartialOutput;

/// The largest text field and the largest `prompt` that are kept, in bytes.
const MAX_TEXT: usize = 1024 * 1024;
const MAX_RAW: usize = 64 * 1024 * 1024;

#[derive(Debug, Default)]
pub(super) struct Builder {
    pub(super) result: PromptResult,
    state: State,
    field: Field,
    /// How many brackets are open inside a value that is skipped or kept as text.
    nested: usize,
    /// The text of the string that is being read.
    text: Vec<u8>,
    /// The exact text of the value that is being kept, and the field that it belongs to once it has ended.
    raw: Vec<u8>,
    raw_field: Field,
    output: PartialOutput,
    /// The buffer for a piece, and how much of it is filled with bytes of the output.
    piece: Vec<u8>,
    filled: usize,
}

#[derive(Debug, Default, Clone, Copy, PartialEq)]
enum State {
    #[default]
    Start,
    Root,
    Outputs,
    Output,
}

impl Builder {
    /// Takes a token; decoded content goes to `sink`.
    pub(super) fn token(&mut self, token: Token<'_>, sink: &mut dyn OutputSink) -> Result<(), Error> {
        if self.nested > 0 {
            return self.inside_nested(token);
        }
        match (self.state, token) {
            (State::Start, Token::ObjectStart) => self.state = State::Root,
            (State::Start, _) => return Err(not_a_result("it is not a JSON object")),
            (State::Root, Token::Key(key)) => self.field = Field::of_result(key),
            (State::Output, Token::Key(key)) => self.field = Field::of_output(key),
            (State::Root, Token::ArrayStart) if self.field == Field::Outputs => self.state = State::Outputs,
            (State::Outputs, Token::ObjectStart) => self.start_output(),
            (State::Outputs, Token::ArrayEnd) => self.leave(State::Root),
            (State::Outputs, _) => return Err(not_a_result("an output is not an object")),
            (State::Output, Token::ObjectEnd) => self.end_output()?,
            (State::Root, Token::ObjectEnd) => {}
            _ => self.value(token, sink)?,
        }
        Ok(())
    }

    /// True inside a value whose exact text is kept.
    pub(super) fn wants_raw(&self) -> bool {
        matches!(self.field, Field::Prompt | Field::ErrorData)
    }

    /// Takes a piece of that text.
    pub(super) fn raw(&mut self, text: &[u8]) -> Result<(), Error> {
        if self.raw.len() + text.len() > MAX_RAW {
            return Err(not_a_result("its prompt is too large"));
        }
        if !extend(&mut self.raw, text) {
            return Err(self.no_room());
        }
        if !self.wants_raw() {
            self.keep_raw();
        }
        Ok(())
    }

    /// Takes a token of the current field's value.
    fn value(&mut self, token: Token<'_>, sink: &mut dyn OutputSink) -> Result<(), Error> {
        let token = match token {
            Token::Number(word) if is_nothing(word) => Token::Null,
            token => token,
        };
        match (token, self.field) {
            (Token::ObjectStart | Token::ArrayStart, Field::Other | Field::Prompt | Field::ErrorData) => {
                self.nested = 1;
            }
            (Token::StringPiece(piece), Field::Data) => self.decode(piece, sink)?,
            (Token::StringEnd, Field::Data) => self.end_data(sink)?,
            (Token::StringPiece(_), Field::Other) => {}
            (Token::StringPiece(piece), _) => self.keep_text(piece)?,
            (Token::StringEnd, _) => self.end_text()?,
            (Token::Number(literal), Field::ExecutionTime) => {
                self.result.execution_time_seconds = decimal(literal);
            }
            (Token::Number(literal), Field::Size) => self.output.size = Some(whole_number(literal)?),
            (Token::Boolean(completed), Field::Completed) => self.result.completed = Some(completed),
            (Token::Null, _) | (_, Field::Other | Field::Prompt | Field::ErrorData) => self.end_raw(),
            (_, field) => {
                return Err(not_a_result(&format!("its field {} has the wrong type", field.name())));
            }
        }
        Ok(())
    }

    fn inside_nested(&mut self, token: Token<'_>) -> Result<(), Error> {
        match token {
            Token::ObjectStart | Token::ArrayStart => self.nested += 1,
            Token::ObjectEnd | Token::ArrayEnd => self.nested -= 1,
            _ => {}
        }
        if self.nested == 0 {
            self.end_raw();
        }
        Ok(())
    }

    /// The value has ended; if its exact text is kept, the last piece of that follows.
    fn end_raw(&mut self) {
        self.raw_field = std::mem::take(&mut self.field);
        self.text.clear();
    }

    fn no_room(&self) -> Error {
        ErrorKind::StorageFull { output_index: self.current_output() }.into()
    }

    fn keep_raw(&mut self) {
        let raw = std::mem::take(&mut self.raw);
        let text = String::from_utf8_lossy(&raw);
        let text = text.trim_start().trim_start_matches(':').trim();
        let kept = (!is_nothing(text)).then(|| text.to_owned());
        match std::mem::take(&mut self.raw_field) {
            Field::Prompt => self.result.prompt = kept,
            Field::ErrorData => self.result.error_data = kept.map(|text| string_or_json(&text)),
            _ => {}
        }
    }

    fn keep_text(&mut self, piece: &[u8]) -> Result<(), Error> {
        if matches!(self.field, Field::Prompt | Field::ErrorData) {
            return Ok(());
        }
        if self.text.len() + piece.len() > MAX_TEXT {
            return Err(not_a_result("one of its texts is too long"));
        }
        if extend(&mut self.text, piece) { Ok(()) } else { Err(self.no_room()) }
    }

    fn end_text(&mut self) -> Result<(), Error> {
        let text = || String::from_utf8_lossy(&self.text).into_owned();
        match self.field {
            Field::PromptId => self.result.prompt_id = Some(text()),
            Field::Status => self.result.status = Some(text()),
            Field::Filename => self.output.filename = Some(text()),
            Field::ContentType => self.output.content_type = Some(text()),
            Field::Filepath => self.output.filepath = Some(text()),
            Field::Prompt | Field::ErrorData | Field::Other => {}
            field => return Err(not_a_result(&format!("its field {} has the wrong type", field.name()))),
        }
        self.end_raw();
        Ok(())
    }

    fn start_output(&mut self) {
        self.output = PartialOutput::default();
        self.leave(State::Output);
    }

    fn leave(&mut self, state: State) {
        self.state = state;
        self.field = Field::Other;
    }
}

/// Whether this text means that a field has no value: Python writes words for numbers that JSON does not have.
fn is_nothing(json: &str) -> bool {
    matches!(json, "null" | "NaN" | "Infinity" | "-Infinity")
}

fn not_a_result(what: &str) -> Error {
    Error::invalid_response(format!("the response is not a prompt result: {what}"), None)
}

fn whole_number(literal: &str) -> Result<u64, Error> {
    match (literal.parse(), decimal(literal)) {
        (Ok(size), _) => Ok(size),
        // A service that counts in floats may write 5.0 or 1e6.
        (_, Some(number)) if (0.0..9e15).contains(&number) && number as u64 as f64 == number => {
            Ok(number as u64)
        }
        _ => Err(not_a_result(&format!("the size {literal} is not a number of bytes"))),
    }
}

/// The text of a JSON string, or the JSON itself for anything else.
fn string_or_json(json: &str) -> String {
    let text = Value::parse(json).ok().and_then(Value::as_str).map(|text| text.decode().into_owned());
    text.unwrap_or_else(|| json.to_owned())
}
