//! PNG: `tEXt`, `zTXt` and `iTXt` chunks, and the `comf` chunks of animated ones.

use super::bytes::{Fields, be, latin1, utf8};
use super::reader::Reader;
use super::texts::{Key, Texts};
use super::{Find, Stop, damaged, parameters};
use crate::json::Value;

/// A chunk's length and type before its data, and the checksum after it.
const HEADER: u64 = 8;
const CHECKSUM: u64 = 4;
/// The longest name of a text, including the zero after it.
const MAX_NAME: u64 = 80;

pub(super) fn read(reader: &Reader, texts: &mut Texts) -> Find<()> {
    let mut at = reader.start(8);
    while !texts.complete() {
        let chunk = Chunk::at(reader, at)?;
        match &chunk.kind {
            b"IEND" => return behind_the_end(reader, texts, chunk.end()),
            // An image that has its texts before its pixels is not read further.
            b"IDAT" if texts.any() => return Ok(()),
            _ => chunk.read(reader, texts)?,
        }
        at = chunk.end();
        reader.mark(at);
    }
    Ok(())
}

/// Some programs append texts to a finished file, and ComfyUI's page reads them. Whatever else follows is no damage.
fn behind_the_end(reader: &Reader, texts: &mut Texts, mut at: u64) -> Find<()> {
    while !texts.complete() && at < reader.size() {
        match Chunk::at(reader, at).and_then(|chunk| chunk.read(reader, texts).map(|()| chunk.end())) {
            Ok(end) => at = end,
            Err(Stop::Damaged { .. }) => return Ok(()),
            Err(stop) => return Err(stop),
        }
    }
    Ok(())
}

/// A part of the file.
struct Chunk {
    at: u64,
    length: u64,
    kind: [u8; 4],
}

impl Chunk {
    fn at(reader: &Reader, at: u64) -> Find<Self> {
        let length = reader.be(at, 4)?;
        let kind = reader.name(at + 4)?;
        if length > 0x7fff_ffff || !kind.iter().all(u8::is_ascii_alphabetic) {
            return damaged(at, "expected the start of a chunk");
        }
        Ok(Self { at, length, kind })
    }

    /// Where the next one begins.
    fn end(&self) -> u64 {
        self.at + HEADER + self.length + CHECKSUM
    }

    /// Takes its text, if it has one.
    fn read(&self, reader: &Reader, texts: &mut Texts) -> Find<()> {
        match &self.kind {
            b"tEXt" | b"zTXt" | b"iTXt" | b"comf" => read_text(reader, texts, self.at, self.length),
            _ => Ok(()),
        }
    }
}

fn read_text(reader: &Reader, texts: &mut Texts, at: u64, length: u64) -> Find<()> {
    let data = at + HEADER;
    let start = reader.up_to(data, length.min(MAX_NAME))?;
    let Some(name) = start.split(|byte| *byte == 0).next().and_then(|name| std::str::from_utf8(name).ok())
    else {
        return Ok(());
    };
    let key = Key::of(name);
    if key.is_none() && !parameters::is_wanted(name) {
        return Ok(());
    }
    // The checksum covers the type as well.
    let chunk = reader.bytes(at + 4, 4 + length + CHECKSUM)?;
    let (covered, checksum) = chunk.split_at(chunk.len() - CHECKSUM as usize);
    let is_intact = be(checksum) == u64::from(crc32(covered));
    let (kind, content) = covered.split_at(4);
    let mut fields = Fields::new(data, content);
    fields.until_zero()?;
    let place = |form: &str| format!("{form} chunk \"{name}\"");
    let mut take = |text: Find<&str>, form| match key {
        // Tools edit workflows and leave the checksum as it was; ComfyUI's page does not look at it.
        Some(_) if !is_intact && !text.is_ok_and(|text| Value::parse(text.trim()).is_ok()) => {
            damaged(at, "a text does not match its checksum")
        }
        Some(key) => texts.keyed(key, text?, data, &place(form)),
        None => {
            text.into_iter().for_each(|text| texts.others(text, &place(form)));
            Ok(())
        }
    };
    match kind {
        b"iTXt" => {
            let compressed = fields.be(1)? != 0;
            fields.take(1)?;
            // The language, and the name in that language.
            fields.until_zero()?;
            fields.until_zero()?;
            let text = if compressed { reader.inflated(fields)? } else { fields.rest };
            take(utf8(data, text), if compressed { "compressed iTXt" } else { "iTXt" })
        }
        b"zTXt" => {
            fields.take(1)?;
            take(Ok(&latin1(reader.inflated(fields)?)), "zTXt")
        }
        b"tEXt" => take(Ok(&latin1(fields.rest)), "tEXt"),
        _ => take(Ok(&latin1(fields.rest)), "comf"),
    }
}

/// PNG's checksum, four bits at a time: texts are short, and a larger table would be most of this file's wasm.
fn crc32(bytes: &[u8]) -> u32 {
    const TABLE: [u32; 16] = table();
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        let crc = crc ^ u32::from(*byte);
        let crc = crc >> 4 ^ TABLE[(crc & 15) as usize];
        crc >> 4 ^ TABLE[(crc & 15) as usize]
    })
}

const fn table() -> [u32; 16] {
    let mut table = [0; 16];
    let mut index = 0;
    while index < 16 {
        let mut crc = index as u32;
        let mut bit = 0;
        while bit < 4 {
            crc = if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 };
            bit += 1;
        }
        table[index] = crc;
        index += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_that_of_the_specification() {
        assert_eq!(crc32(b"IEND"), 0xae42_6082);
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
    }
}
