//! The output of a prompt result that is being read; its base64 is decoded into pieces.

use super::field::Field;
use super::{Builder, State};
use crate::protocol::base64::{Base64Decoder, Base64Error, room_for};
use crate::protocol::result::{Body, Output, OutputSink, PIECE, grow};
use crate::{Error, ErrorKind};

/// The most characters that are decoded at once, and the least if the buffer cannot grow.
const BLOCK: usize = 64 * 1024;
const SMALL_BLOCK: usize = 16 * 1024;

/// Up to this many bytes a buffer is as large as its output needs; above that it has the size of a whole piece.
const SMALL: usize = 256 * 1024;

#[derive(Debug, Default)]
pub(super) struct PartialOutput {
    pub(super) filename: Option<String>,
    pub(super) content_type: Option<String>,
    pub(super) size: Option<u64>,
    pub(super) filepath: Option<String>,
    decoder: Option<Base64Decoder>,
    /// Bytes decoded so far.
    decoded: u64,
    /// Characters of the whole base64, once it has ended.
    characters: Option<u64>,
}

impl Builder {
    pub(super) fn decode(&mut self, mut characters: &[u8], sink: &mut dyn OutputSink) -> Result<(), Error> {
        self.refuse_second_data()?;
        while !characters.is_empty() {
            let taken = self.make_room(characters.len().min(BLOCK), sink)?;
            let (block, rest) = characters.split_at(taken);
            let decoder = self.output.decoder.get_or_insert_default();
            let decoded = decoder.feed(block, &mut self.piece[self.filled..]);
            self.filled += decoded.map_err(|refused| self.bad_base64(refused))?;
            characters = rest;
        }
        Ok(())
    }

    /// Makes room for so many characters, and returns for how many of them there is.
    fn make_room(&mut self, characters: usize, sink: &mut dyn OutputSink) -> Result<usize, Error> {
        if self.filled + room_for(characters) > PIECE {
            self.hand_on(sink)?;
        }
        let needed = self.filled + room_for(characters);
        if needed <= self.piece.len() {
            return Ok(characters);
        }
        let length = if needed <= SMALL { needed.next_power_of_two() } else { PIECE };
        if sink.grow(&mut self.piece, length) {
            return Ok(characters);
        }
        if self.filled > 0 {
            self.hand_on(sink)?;
        }
        let fewer = characters.min(SMALL_BLOCK);
        if self.piece.len() >= room_for(fewer) || grow(&mut self.piece, room_for(fewer)) {
            return Ok(fewer);
        }
        Err(self.no_room())
    }

    pub(super) fn end_data(&mut self, sink: &mut dyn OutputSink) -> Result<(), Error> {
        self.refuse_second_data()?;
        self.make_room(0, sink)?;
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

    pub(super) fn end_output(&mut self) -> Result<(), Error> {
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
        self.leave(State::Outputs);
        Ok(())
    }

    fn bad_base64(&self, refused: Base64Error) -> Error {
        let Base64Error { offset, what } = refused;
        self.damaged(&format!("its base64 is damaged at character {offset}: {what}"), Some(offset))
    }

    /// The index of the output that is being read, if any.
    pub(in super::super) fn current_output(&self) -> Option<usize> {
        (self.state == State::Output).then_some(self.result.outputs.len())
    }

    /// A syntax error, with the output in which it is.
    pub(in super::super) fn located(&self, error: Error) -> Error {
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

    /// The error for a result with more than `limit` bytes.
    pub(in super::super) fn too_large(&self, limit: u64) -> Error {
        let output_index = self.current_output();
        let location = output_index.map(|index| format!(", in output {index}{}", self.output_name()));
        ErrorKind::TooLarge {
            message: format!(
                "the prompt result is larger than {limit} bytes{}: raise the limit of a result if you expect this much",
                location.unwrap_or_default()
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
