//! The prompt result, read while it arrives: fields kept, files decoded and handed on. Depends on [`super::base64`] and [`crate::json`].

use super::base64::{Base64Decoder, Base64Error};
use crate::json::Value;
use crate::json::number::decimal;
use crate::json::push::{PushError, PushReader, Token, TokenSink};
use crate::{Error, ErrorKind};

/// Takes the decoded content of outputs.
pub trait OutputSink {
    /// Takes the next bytes of the output with this index. They count only when the whole result was read.
    fn piece(&mut self, output: usize, bytes: &[u8]) -> Result<(), Error>;
}

/// What a run made, as the service tells it. Missing and null fields are none.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PromptResult {
    /// `prompt_id`.
    pub prompt_id: Option<String>,
    /// `status`, such as `success`.
    pub status: Option<String>,
    /// `completed`.
    pub completed: Option<bool>,
    /// `execution_time_seconds`.
    pub execution_time_seconds: Option<f64>,
    /// `prompt`, the workflow as it ran, as its exact JSON text.
    pub prompt: Option<String>,
    /// `error_data`, what a failed run says of itself.
    pub error_data: Option<String>,
    /// `outputs`, in order.
    pub outputs: Vec<Output>,
}

/// One output of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct Output {
    /// The name ComfyUI gave it; `output-N` when the service gives none.
    pub filename: String,
    /// Its MIME type.
    pub content_type: String,
    /// Its size in bytes as the service says it.
    pub size: Option<u64>,
    /// Where its content is.
    pub body: Body,
}

/// Where an output's content is.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// It came with the result and went to the [`OutputSink`].
    Inline,
    /// At this address.
    Link(String),
}

impl PromptResult {
    /// True when the service says that the run failed: `completed` is false, or `status` is `error`.
    pub fn failed(&self) -> bool {
        self.completed == Some(false) || self.status.as_deref() == Some("error")
    }
}

/// The largest text field and the largest `prompt` that are kept, in bytes.
const MAX_TEXT: usize = 1024 * 1024;
const MAX_RAW: usize = 64 * 1024 * 1024;

/// Reads a prompt result from chunks split anywhere.
#[derive(Debug, Default)]
pub struct ResultReader {
    json: PushReader,
    builder: Builder,
}

impl ResultReader {
    /// Reads one more chunk; decoded content goes to `sink`.
    ///
    /// # Errors
    /// [`Error::InvalidResponse`] for what is not JSON or not a prompt result, [`Error::InvalidOutput`] for
    /// content that is damaged, or whatever the sink throws. The reader must not be used after that.
    pub fn feed(&mut self, chunk: &[u8], sink: &mut dyn OutputSink) -> Result<(), Error> {
        self.json.feed(chunk, &mut Pass { builder: &mut self.builder, sink })
    }

    /// Checks that the result is complete and returns it.
    ///
    /// # Errors
    /// [`Error::InvalidResponse`] when it ended early.
    pub fn finish(mut self, sink: &mut dyn OutputSink) -> Result<PromptResult, Error> {
        self.json.finish(&mut Pass { builder: &mut self.builder, sink })?;
        Ok(self.builder.result)
    }
}

impl From<PushError> for Error {
    #[cold]
    #[inline(never)]
    fn from(error: PushError) -> Self {
        let PushError { offset, what } = error;
        Self::invalid_response(
            format!("the prompt result is not valid JSON at byte {offset}: {what}"),
            Some(offset),
        )
    }
}

#[derive(Debug, Default)]
struct Builder {
    result: PromptResult,
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
    decoded: Option<u64>,
}

/// The builder together with the sink of this call.
struct Pass<'p> {
    builder: &'p mut Builder,
    sink: &'p mut dyn OutputSink,
}

impl TokenSink for Pass<'_> {
    type Error = Error;

    fn token(&mut self, token: Token<'_>) -> Result<(), Error> {
        let builder = &mut *self.builder;
        if builder.nested > 0 {
            return builder.inside_nested(token);
        }
        match (builder.place, token) {
            (Place::Start, Token::ObjectStart) => builder.place = Place::Root,
            (Place::Start, _) => return Err(not_a_result("it is not a JSON object")),
            (Place::Root, Token::Key(key)) => builder.field = root_field(key),
            (Place::Output, Token::Key(key)) => builder.field = output_field(key),
            (Place::Root, Token::ArrayStart) if builder.field == Field::Outputs => {
                builder.place = Place::Outputs
            }
            (Place::Outputs, Token::ObjectStart) => builder.start_output(),
            (Place::Outputs, Token::ArrayEnd) => builder.leave(Place::Root),
            (Place::Outputs, _) => return Err(not_a_result("an output is not an object")),
            (Place::Output, Token::ObjectEnd) => builder.end_output()?,
            (Place::Root, Token::ObjectEnd) => {}
            _ => builder.value(token, self.sink)?,
        }
        Ok(())
    }

    fn wants_raw(&self) -> bool {
        matches!(self.builder.field, Field::Prompt | Field::ErrorData)
    }

    fn raw(&mut self, text: &[u8]) -> Result<(), Error> {
        if self.builder.raw.len() + text.len() > MAX_RAW {
            return Err(not_a_result("its prompt is too large"));
        }
        self.builder.raw.extend_from_slice(text);
        if !self.wants_raw() {
            self.builder.keep_raw();
        }
        Ok(())
    }
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

    fn decode(&mut self, piece: &[u8], sink: &mut dyn OutputSink) -> Result<(), Error> {
        if self.output.decoded.is_some() {
            return Err(self.damaged("it carries its data twice", None));
        }
        let index = self.result.outputs.len();
        let decoder = self.output.decoder.get_or_insert_default();
        decoder
            .feed(piece, &mut |bytes| sink.piece(index, bytes).map_err(Refusal::Sink))
            .map_err(|refusal| self.explain(refusal))
    }

    fn end_data(&mut self, sink: &mut dyn OutputSink) -> Result<(), Error> {
        if self.output.decoded.is_some() {
            return Err(self.damaged("it carries its data twice", None));
        }
        let index = self.result.outputs.len();
        let decoder = self.output.decoder.take().unwrap_or_default();
        let decoded = decoder.finish(&mut |bytes| sink.piece(index, bytes).map_err(Refusal::Sink));
        self.output.decoded = Some(decoded.map_err(|refusal| self.explain(refusal))?);
        self.field = Field::Other;
        Ok(())
    }

    fn end_output(&mut self) -> Result<(), Error> {
        let body = match (self.output.decoded, self.output.filepath.take()) {
            (None | Some(0), Some(link)) => Body::Link(link),
            (Some(_), _) => Body::Inline,
            (None, None) => return Err(self.damaged("it has neither data nor filepath", None)),
        };
        if let (Body::Inline, Some(decoded), Some(size)) = (&body, self.output.decoded, self.output.size)
            && decoded != size
        {
            return Err(self.damaged(&format!("it decodes to {decoded} bytes, but its size is {size}"), None));
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

    #[cold]
    fn explain(&self, refusal: Refusal) -> Error {
        match refusal {
            Refusal::Sink(error) => error,
            Refusal::Base64(Base64Error { offset, what }) => {
                self.damaged(&format!("its base64 is damaged at character {offset}: {what}"), Some(offset))
            }
        }
    }

    #[cold]
    #[inline(never)]
    fn damaged(&self, what: &str, offset: Option<u64>) -> Error {
        let output_index = self.result.outputs.len();
        let filename = self.output.filename.clone();
        let name = filename.as_ref().map(|name| format!(" ({name})")).unwrap_or_default();
        ErrorKind::InvalidOutput {
            message: format!("output {output_index}{name} is not whole: {what}; run it again"),
            output_index,
            filename,
            offset,
        }
        .into()
    }
}

/// Why decoding stopped.
enum Refusal {
    Base64(Base64Error),
    Sink(Error),
}

impl From<Base64Error> for Refusal {
    fn from(error: Base64Error) -> Self {
        Self::Base64(error)
    }
}

#[cold]
#[inline(never)]
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

#[cfg(test)]
mod tests {
    use super::*;
    use base64::prelude::{BASE64_STANDARD, Engine};

    #[derive(Default, PartialEq, Debug)]
    struct Files(Vec<Vec<u8>>);

    impl OutputSink for Files {
        fn piece(&mut self, output: usize, bytes: &[u8]) -> Result<(), Error> {
            self.0.resize(self.0.len().max(output + 1), Vec::new());
            self.0[output].extend_from_slice(bytes);
            Ok(())
        }
    }

    fn read<'c>(chunks: impl IntoIterator<Item = &'c [u8]>) -> Result<(PromptResult, Files), Error> {
        let (mut reader, mut files) = (ResultReader::default(), Files::default());
        for chunk in chunks {
            reader.feed(chunk, &mut files)?;
        }
        Ok((reader.finish(&mut files)?, files))
    }

    fn whole(json: &str) -> Result<(PromptResult, Files), Error> {
        read([json.as_bytes()])
    }

    fn document() -> String {
        let data = BASE64_STANDARD.encode(b"hello, outputs").replace('l', r"\u006c");
        format!(
            r#" {{"later": [{{"outputs": [1]}}, null], "outputs": [
                {{"data": "{data}", "size": 14, "filename": "a\u00e9.png", "content_type": "image/png"}},
                {{"filename": "b.mp4", "filepath": "https:\/\/host/b", "data": null, "extra": {{"data": "x"}}}},
                {{"data": ""}} ],
              "prompt": {{ "3": {{"inputs": {{"seed": 18446744073709551615}}}} }} , "prompt_id": "id", "status": "success",
              "completed": true, "execution_time_seconds": 1.5, "error_data": null}} "#
        )
    }

    #[test]
    fn fields_come_in_any_order_and_any_split() {
        let document = document();
        let expected = whole(&document);
        let Ok((result, files)) = &expected else { panic!("{expected:?}") };
        assert_eq!(files.0, vec![b"hello, outputs".to_vec()]);
        assert_eq!(result.prompt.as_deref(), Some(r#"{ "3": {"inputs": {"seed": 18446744073709551615}} }"#));
        assert_eq!(result.outputs[0].filename, "aé.png");
        assert_eq!(result.outputs[1].body, Body::Link("https://host/b".into()));
        assert_eq!(result.outputs[2].filename, "output-3");
        assert_eq!((result.completed, result.execution_time_seconds), (Some(true), Some(1.5)));
        assert_eq!((&result.prompt_id, &result.error_data), (&Some("id".into()), &None));
        let bytes = document.as_bytes();
        for split in 0..=bytes.len() {
            assert_eq!(read([&bytes[..split], &bytes[split..]]), expected, "split at {split}");
        }
        assert_eq!(read(bytes.chunks(1)), expected);
    }

    #[test]
    fn missing_fields_are_none() {
        assert_eq!(whole("{}").map(|(result, _)| result), Ok(PromptResult::default()));
        let nulls = r#"{"prompt_id":null,"status":null,"completed":null,"execution_time_seconds":null,"prompt":null}"#;
        assert_eq!(whole(nulls).map(|(result, _)| result), Ok(PromptResult::default()));
    }

    #[test]
    fn raw_fields_may_be_any_value() {
        for (json, text) in [("\"a\\nb\"", "a\nb"), ("[1, 2.0]", "[1, 2.0]"), ("12", "12"), ("true", "true")]
        {
            for document in
                [format!(r#"{{"error_data":{json}}}"#), format!(r#"{{"error_data" : {json} , "x":1}}"#)]
            {
                let result = read(document.as_bytes().chunks(2)).map(|(result, _)| result.error_data);
                assert_eq!(result, Ok(Some(text.into())), "{document}");
            }
        }
    }

    #[test]
    fn damaged_outputs_name_themselves() {
        for (output, offset, word) in [
            (r#"{"filename":"a","data":"AAAA*AAA"}"#, Some(4), "not base64"),
            (r#"{"filename":"a","data":"AAAA","size":4}"#, None, "3 bytes"),
            (r#"{"filename":"a","data":"AAAA","data":"AAAA"}"#, None, "twice"),
            (r#"{"filename":"a"}"#, None, "neither"),
        ] {
            let error = whole(&format!(r#"{{"outputs":[{{"data":"AAAA"}},{output}]}}"#)).err();
            let kind = error.as_ref().map(Error::kind);
            let Some(ErrorKind::InvalidOutput { message, output_index: 1, filename, offset: at }) = kind
            else {
                panic!("{error:?}")
            };
            assert_eq!((filename.as_deref(), *at), (Some("a"), offset));
            assert!(message.contains(word), "{message}");
        }
    }

    #[test]
    fn what_is_not_a_result_is_refused() {
        for json in [
            "[]",
            "1",
            "",
            "{",
            r#"{"outputs":[1]}"#,
            r#"{"outputs":{}}"#,
            r#"{"completed":"yes"}"#,
            r#"{"prompt_id":5}"#,
            r#"{"outputs":[{"data":5}]}"#,
            r#"{"outputs":[{"data":"","size":1.5}]}"#,
            r#"{"status":"ok"} x"#,
        ] {
            let error = whole(json).map_err(|error| error.code());
            assert_eq!(error.err(), Some("invalid_response"), "{json}");
        }
    }
}
