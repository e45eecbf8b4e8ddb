//! Ogg: the packet of Vorbis comments, joined from the pages over which it is spread.

use super::bytes::Fields;
use super::reader::Reader;
use super::texts::Texts;
use super::{Find, damaged, vorbis_comment};

/// A page up to its table of segments.
const HEADER: u64 = 27;
/// Only comments with images in them are larger.
const MAX_PACKET: usize = 16 * 1024 * 1024;
/// How many streams are told apart: sound, video, subtitles.
const MAX_STREAMS: usize = 16;

/// What was known when the walk stopped.
#[derive(Debug, Default)]
pub(super) struct Walk {
    streams: Vec<Stream>,
}

/// One of the streams of a file: its first packet says what it is, its second has the comments.
#[derive(Debug)]
struct Stream {
    serial: u64,
    packets: usize,
    packet: Vec<u8>,
    /// Where in the file the packet begins.
    at: u64,
}

pub(super) fn read(reader: &Reader, walk: &mut Walk, texts: &mut Texts) -> Find<()> {
    let streams = &mut walk.streams;
    let mut at = reader.start(0);
    loop {
        if &reader.name(at)? != b"OggS" {
            return damaged(at, "expected the start of a page");
        }
        let serial = reader.le(at + 14, 4)?;
        let segments = reader.be(at + 26, 1)?;
        let table = reader.bytes(at + HEADER, segments)?;
        let start = at + HEADER + segments;
        let content = reader.bytes(start, table.iter().map(|length| u64::from(*length)).sum())?;
        let stream = match streams.iter().position(|stream| stream.serial == serial) {
            Some(known) => &mut streams[known],
            None if streams.len() < MAX_STREAMS => {
                streams.push(Stream { serial, packets: 0, packet: Vec::new(), at: start });
                match streams.last_mut() {
                    Some(stream) => stream,
                    None => return Ok(()),
                }
            }
            None => return Ok(()),
        };
        stream.add(table, Fields::new(start, content), texts)?;
        if texts.complete() || streams.iter().all(|stream| stream.packets > 1) {
            return Ok(());
        }
        at = start + content.len() as u64;
        reader.mark(at);
    }
}

impl Stream {
    /// Takes a page's segments: 255 bytes if more follow, or fewer at the packet's end.
    fn add(&mut self, table: &[u8], mut content: Fields<'_>, texts: &mut Texts) -> Find<()> {
        for length in table {
            if self.packets > 1 {
                return Ok(());
            }
            if self.packet.is_empty() {
                self.at = content.at;
            }
            let segment = content.take(u64::from(*length))?;
            // Nothing in the first packet is needed.
            if self.packets == 1 {
                self.packet.extend_from_slice(segment);
            }
            if self.packet.len() > MAX_PACKET {
                return damaged(self.at, "its comments are larger than 16 MB");
            }
            if *length < 255 {
                self.packets += 1;
                self.read_packet(texts)?;
            }
        }
        Ok(())
    }

    fn read_packet(&mut self, texts: &mut Texts) -> Find<()> {
        let prefix = match self.packet.as_slice() {
            [b'O', b'p', b'u', b's', b'T', b'a', b'g', b's', ..] => 8,
            [3, b'v', b'o', b'r', b'b', b'i', b's', ..] | [0x81, b't', b'h', b'e', b'o', b'r', b'a', ..] => 7,
            // A FLAC block with its header.
            [4 | 0x84, ..] => 4,
            _ => return Ok(()),
        };
        let mut fields = Fields::new(self.at, &self.packet);
        fields.take(prefix)?;
        vorbis_comment::read(fields, texts)
    }
}
