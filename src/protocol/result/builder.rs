//! What a [`super::ResultReader`] has read so far, and what each token adds to it. Depends on [`crate::protocol::base64`].

use super::{Body, Output, OutputSink, PIECE, PromptResult};
use crate::json::Value;
use crate::json::number::decimal;
use crate::json::push::Token;
use crate::protocol::base64::{Base64Decoder, Base64Error, room_for};
use crate::{Error, ErrorKind};

/// The largest text field and the largest `prompt` that are kept, in bytes.
const MAX_TEXT: usize = 1024 * 1024;
const MAX_RAW: usize = 64 * 1024 * 1024;

/// How many characters are decoded at once, and the room they need.
const BLOCK: usize = 64 * 1024;
const BLOCK_BYTES: usize = room_for(BLOCK);

#[derive(Debug, Default)]
pub(super) struct Builder {
    pub(super) result: PromptResult,
    place: Place,
    field: Field,
    /// How many brackets are open inside a value that is only skipped or kept as text.
    nested: usize,
    /// The text of the string that is being read.
    text: Vec<u8>,
    /// The exact text of the value that is being kept, and the field it belongs to once the value is over.
    raw: Vec<u8>,
    raw_field: Field,
    output: PartialOutput,
    /// Room for a piece, and how much of it is filled with bytes of the output.
    piece: Vec<u8>,
    filled: usize,
}

#[derive(Debug, Default, Clone, Copy, PartialEq)]
enum Place {
    #[default]
    Start,
    Root,
    Outputs,
    Output,
}

#[derive(Debug, Default, Clone, Copy, PartialEq)]
enum Field {
    #[default]
    Other,
    PromptId,
    Status,
    Completed,
    ExecutionTime,
    Prompt,
    ErrorData,
    Outputs,
    Filename,
    ContentType,
    Size,
    Data,
    Filepath,
}

#[derive(Debug, Default)]
struct PartialOutput {
    filename: Option<String>,
    content_type: Option<String>,
    size: Option<u64>,
    filepath: Option<String>,
    decoder: Option<Base64Decoder>,
    /// Bytes decoded so far.
    decoded: u64,
    /// Characters of the whole base64, once it is over.
    characters: Option<u64>,
}

fn root_field(key: &str) -> Field {
    match key {
        "prompt_id" => Field::PromptId,
        "status" => Field::Status,
        "completed" => Field::Completed,
        "execution_time_seconds" => Field::ExecutionTime,
        "prompt" => Field::Prompt,
        "error_data" => Field::ErrorData,
        "outputs" => Field::Outputs,
        _ => Field::Other,
    }
}

fn output_field(key: &str) -> Field {
    match key {
        "filename" => Field::Filename,
        "content_type" => Field::ContentType,
        "size" => Field::Size,
        "data" => Field::Data,
        "filepath" => Field::Filepath,
        _ => Field::Other,
    }
}

impl Builder {
    /// Takes one token; decoded content goes to `sink`.
    pub(super) fn token(&mut self, token: Token<'_>, sink: &mut dyn OutputSink) -> Result<(), Error> {
        if self.nested > 0 {
            return self.inside_nested(token);
        }
        match (self.place, token) {
            (Place::Start, Token::ObjectStart) => self.place = Place::Root,
            (Place::Start, _) => return Err(not_a_result("it is not a JSON object")),
            (Place::Root, Token::Key(key)) => self.field = root_field(key),
            (Place::Output, Token::Key(key)) => self.field = output_field(key),
            (Place::Root, Token::ArrayStart) if self.field == Field::Outputs => self.place = Place::Outputs,
            (Place::Outputs, Token::ObjectStart) => self.start_output(),
            (Place::Outputs, Token::ArrayEnd) => self.leave(Place::Root),
            (Place::Outputs, _) => return Err(not_a_result("an output is not an object")),
            (Place::Output, Token::ObjectEnd) => self.end_output()?,
            (Place::Root, Token::ObjectEnd) => {}
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
        self.raw.extend_from_slice(text);
        if !self.wants_raw() {
            self.keep_raw();
        }
        Ok(())
    }

    /// Takes a token of the value of the current field.
    fn value(&mut self, token: Token<'_>, sink: &mut dyn OutputSink) -> Result<(), Error> {
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
            (_, field) => return Err(wrong_type(field)),
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

    /// The value is over: its last piece of exact text, if that is kept, comes next.
    fn end_raw(&mut self) {
        self.raw_field = std::mem::take(&mut self.field);
        self.text.clear();
    }

    fn keep_raw(&mut self) {
        let raw = std::mem::take(&mut self.raw);
        let text = String::from_utf8_lossy(&raw);
        let text = text.trim_start().trim_start_matches(':').trim();
        let kept = (text != "null").then(|| text.to_owned());
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
        self.text.extend_from_slice(piece);
        Ok(())
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
            field => return Err(wrong_type(field)),
        }
        self.end_raw();
        Ok(())
    }

    fn leave(&mut self, place: Place) {
        self.place = place;
        self.field = Field::Other;
    }

    fn start_output(&mut self) {
        self.output = PartialOutput::default();
        self.leave(Place::Output);
    }

    fn decode(&mut self, characters: &[u8], sink: &mut dyn OutputSink) -> Result<(), Error> {
        self.refuse_second_data()?;
        for block in characters.chunks(BLOCK) {
            self.make_room();
            let decoder = self.output.decoder.get_or_insert_default();
            let decoded = decoder.feed(block, &mut self.piece[self.filled..]);
            self.filled += decoded.map_err(|refused| self.bad_base64(refused))?;
            if self.filled + BLOCK_BYTES > PIECE {
                self.hand_on(sink)?;
            }
        }
        Ok(())
    }

    /// The allocator's own zeros cost less than ones written here.
    fn make_room(&mut self) {
        if self.piece.len() < PIECE {
            self.piece = vec![0; PIECE];
        }
    }

    fn end_data(&mut self, sink: &mut dyn OutputSink) -> Result<(), Error> {
        self.refuse_second_data()?;
        self.make_room();
        let decoder = self.output.decoder.take().unwrap_or_default();
        let ended = decoder.finish(&mut self.piece[self.filled..]);
        let (count, characters) = ended.map_err(|refused| self.bad_base64(refused))?;
        self.filled += count;
        self.output.characters = Some(characters);
        self.field = Field::Other;
        if self.filled == 0 { Ok(()) } else { self.hand_on(sink) }
    }

    fn hand_on(&mut self, sink: &mut dyn OutputSink) -> Result<(), Error> {
        let filled = std::mem::take(&mut self.filled);
        self.output.decoded += filled as u64;
        self.piece = sink.piece(self.result.outputs.len(), std::mem::take(&mut self.piece), filled)?;
        Ok(())
    }

    fn refuse_second_data(&self) -> Result<(), Error> {
        match self.output.characters {
            None => Ok(()),
            Some(_) => Err(self.damaged("it carries its data twice", self.output.characters)),
        }
    }

    fn end_output(&mut self) -> Result<(), Error> {
        let PartialOutput { decoded, characters, .. } = self.output;
        let body = match (characters, self.output.filepath.take()) {
            (None | Some(0), Some(link)) => Body::Link(link),
            (Some(_), _) => Body::Inline,
            (None, None) => return Err(self.damaged("it has neither data nor filepath", None)),
        };
        if let (Body::Inline, Some(size)) = (&body, self.output.size)
            && decoded != size
        {
            let what = format!("it decodes to {decoded} bytes, but its size is {size}");
            return Err(self.damaged(&what, characters));
        }
        let PartialOutput { filename, content_type, size, .. } = std::mem::take(&mut self.output);
        let number = self.result.outputs.len() + 1;
        self.result.outputs.push(Output {
            filename: filename.unwrap_or_else(|| format!("output-{number}")),
            content_type: content_type.unwrap_or_else(|| "application/octet-stream".into()),
            size,
            body,
        });
        self.leave(Place::Outputs);
        Ok(())
    }

    fn bad_base64(&self, refused: Base64Error) -> Error {
        let Base64Error { offset, what } = refused;
        self.damaged(&format!("its base64 is damaged at character {offset}: {what}"), Some(offset))
    }

    /// The output that is being read, if one is.
    pub(super) fn current_output(&self) -> Option<usize> {
        (self.place == Place::Output).then_some(self.result.outputs.len())
    }

    /// A syntax error, with the output it lies in.
    pub(super) fn located(&self, error: Error) -> Error {
        match (error.kind(), self.current_output()) {
            (ErrorKind::InvalidResponse { message, offset, .. }, Some(output_index)) => {
                ErrorKind::InvalidResponse {
                    message: format!("{message} (in output {output_index}{})", self.output_name()),
                    offset: *offset,
                    output_index: Some(output_index),
                }
                .into()
            }
            _ => error,
        }
    }

    /// The error for a result that goes on beyond `limit` bytes.
    pub(super) fn too_large(&self, limit: u64) -> Error {
        let output_index = self.current_output();
        let place = output_index.map(|index| format!(", in output {index}{}", self.output_name()));
        ErrorKind::TooLarge {
            message: format!(
                "the prompt result is larger than {limit} bytes{}: raise maxResultBytes (0 is none) if it may be",
                place.unwrap_or_default()
            ),
            limit,
            offset: limit,
            output_index,
            filename: self.output.filename.clone(),
        }
        .into()
    }

    fn output_name(&self) -> String {
        self.output.filename.as_ref().map(|name| format!(" ({name})")).unwrap_or_default()
    }

    fn damaged(&self, what: &str, offset: Option<u64>) -> Error {
        let output_index = self.result.outputs.len();
        let (filename, name) = (self.output.filename.clone(), self.output_name());
        ErrorKind::InvalidOutput {
            message: format!("output {output_index}{name} is not whole: {what}; run it again"),
            output_index,
            filename,
            offset,
        }
        .into()
    }
}

fn not_a_result(what: &str) -> Error {
    Error::invalid_response(format!("the answer is not a prompt result: {what}"), None)
}

fn wrong_type(field: Field) -> Error {
    let name = match field {
        Field::PromptId => "prompt_id",
        Field::Status => "status",
        Field::Completed => "completed",
        Field::ExecutionTime => "execution_time_seconds",
        Field::Outputs => "outputs",
        Field::Filename => "filename",
        Field::ContentType => "content_type",
        Field::Size => "size",
        Field::Data => "data",
        Field::Filepath => "filepath",
        Field::Prompt | Field::ErrorData | Field::Other => "of another name",
    };
    not_a_result(&format!("its field {name} has the wrong type"))
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

/// The text of a JSON string, or the JSON itself when it is something else.
fn string_or_json(json: &str) -> String {
    let text = Value::parse(json).ok().and_then(Value::as_str).map(|text| text.decode().into_owned());
    text.unwrap_or_else(|| json.to_owned())
}
