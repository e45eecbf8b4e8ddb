//! The lines of an event stream and what each one means.

use crate::failure::Stopped;

/// Takes what [`Framing`] finds.
pub(super) trait Pieces {
    fn data(&mut self, name: &str, piece: &[u8]) -> Result<(), Stopped>;
    fn dispatch(&mut self, name: &str) -> Result<(), Stopped>;
}

/// The longest event name and id that are kept, in bytes; what is longer is cut.
const MAX_FIELD: usize = 1024;

/// The longest field name that has a meaning (`event`, `retry`).
const MAX_NAME: usize = 5;

/// How far a stream has been read.
#[derive(Debug, Default)]
pub(super) struct Framing {
    state: State,
    /// How many bytes of a leading byte order mark have arrived; [`BOM_DONE`] after that.
    bom: u8,
    /// The last byte was a CR: an LF directly after it belongs to the same line end.
    after_cr: bool,
    field_name: Vec<u8>,
    value: Vec<u8>,
    event_name: String,
    has_data: bool,
    pub(super) last_event_id: String,
    pub(super) retry_ms: Option<u64>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq)]
enum State {
    /// At the start of a line or inside a field's name.
    #[default]
    Name,
    /// Directly after the colon, where one space is dropped.
    Space(Field),
    Value(Field),
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Field {
    Data,
    Event,
    Id,
    Retry,
    /// A comment or an unknown field.
    Other,
}

const BOM: [u8; 3] = [0xef, 0xbb, 0xbf];
const BOM_DONE: u8 = 3;

impl Framing {
    pub(super) fn read(&mut self, chunk: &[u8], sink: &mut dyn Pieces) -> Result<(), Stopped> {
        let mut rest = self.skip_bom(chunk, sink)?;
        while let Some(&first) = rest.first() {
            if std::mem::take(&mut self.after_cr) && first == b'\n' {
                rest = &rest[1..];
                continue;
            }
            rest = self.part(rest, sink)?;
        }
        Ok(())
    }

    /// Drops one leading byte order mark, which may be split over chunks; bytes that only look like its beginning are
    /// data.
    fn skip_bom<'c>(&mut self, chunk: &'c [u8], sink: &mut dyn Pieces) -> Result<&'c [u8], Stopped> {
        let mut rest = chunk;
        while self.bom < BOM_DONE {
            let Some((&first, behind)) = rest.split_first() else { return Ok(rest) };
            if first == BOM[usize::from(self.bom)] {
                self.bom += 1;
                rest = behind;
                continue;
            }
            let seen = usize::from(std::mem::replace(&mut self.bom, BOM_DONE));
            let mut start = &BOM[..seen];
            while !start.is_empty() {
                start = self.part(start, sink)?;
            }
        }
        Ok(rest)
    }

    /// Takes the bytes up to the next place where the line changes its meaning, and returns the bytes after them.
    fn part<'c>(&mut self, rest: &'c [u8], sink: &mut dyn Pieces) -> Result<&'c [u8], Stopped> {
        match self.state {
            State::Name => self.name(rest, sink),
            State::Space(field) => {
                self.state = State::Value(field);
                Ok(rest.strip_prefix(b" ").unwrap_or(rest))
            }
            State::Value(field) => {
                let end = memchr::memchr2(b'\r', b'\n', rest).unwrap_or(rest.len());
                self.value_piece(field, &rest[..end], sink)?;
                if let Some(&line_end) = rest.get(end) {
                    self.end_field(field);
                    return Ok(self.end_line(line_end, &rest[end..]));
                }
                Ok(&rest[end..])
            }
        }
    }

    fn name<'c>(&mut self, rest: &'c [u8], sink: &mut dyn Pieces) -> Result<&'c [u8], Stopped> {
        let end = memchr::memchr3(b':', b'\r', b'\n', rest).unwrap_or(rest.len());
        let room = (MAX_NAME + 1).saturating_sub(self.field_name.len());
        self.field_name.extend_from_slice(&rest[..end.min(room)]);
        match rest.get(end) {
            None => {}
            Some(b':') => {
                self.begin_field(sink)?;
                return Ok(&rest[end + 1..]);
            }
            Some(&line_end) => {
                if self.field_name.is_empty() {
                    self.dispatch(sink)?;
                } else {
                    // A line without a colon is a field with an empty value.
                    let field = self.begin_field(sink)?;
                    self.end_field(field);
                }
                return Ok(self.end_line(line_end, &rest[end..]));
            }
        }
        Ok(&rest[end..])
    }

    fn begin_field(&mut self, sink: &mut dyn Pieces) -> Result<Field, Stopped> {
        let field = match self.field_name.as_slice() {
            b"data" => Field::Data,
            b"event" => Field::Event,
            b"id" => Field::Id,
            b"retry" => Field::Retry,
            _ => Field::Other,
        };
        self.field_name.clear();
        self.value.clear();
        self.state = State::Space(field);
        if field == Field::Data && std::mem::replace(&mut self.has_data, true) {
            sink.data(&self.event_name, b"\n")?;
        }
        Ok(field)
    }

    fn value_piece(&mut self, field: Field, piece: &[u8], sink: &mut dyn Pieces) -> Result<(), Stopped> {
        match field {
            Field::Other => Ok(()),
            Field::Data if piece.is_empty() => Ok(()),
            Field::Data => sink.data(&self.event_name, piece),
            _ => {
                let room = MAX_FIELD.saturating_sub(self.value.len());
                self.value.extend_from_slice(&piece[..piece.len().min(room)]);
                Ok(())
            }
        }
    }

    fn end_field(&mut self, field: Field) {
        if matches!(field, Field::Data | Field::Other) {
            return;
        }
        let value = String::from_utf8_lossy(&self.value);
        match field {
            Field::Event => value.as_ref().clone_into(&mut self.event_name),
            Field::Id if !value.contains('\0') => value.as_ref().clone_into(&mut self.last_event_id),
            Field::Retry if value.bytes().all(|b| b.is_ascii_digit()) => {
                self.retry_ms = value.parse().ok().or(self.retry_ms);
            }
            _ => {}
        }
    }

    fn end_line<'c>(&mut self, line_end: u8, at_end: &'c [u8]) -> &'c [u8] {
        self.state = State::Name;
        self.after_cr = line_end == b'\r';
        &at_end[1..]
    }

    fn dispatch(&mut self, sink: &mut dyn Pieces) -> Result<(), Stopped> {
        if std::mem::take(&mut self.has_data) {
            sink.dispatch(if self.event_name.is_empty() { "message" } else { &self.event_name })?;
        }
        self.event_name.clear();
        Ok(())
    }
}
