//! The kinds of files, recognised by their first bytes.

use super::isobmff::{self, Brand};
use super::reader::Reader;
use super::texts::{Texts, begins_as_object};
use super::{Find, avif, flac, glb, id3, jpeg, json, matroska, mp4, ogg, png, safetensors, svg, webp};
use crate::error::Format;
use crate::json::utf16_units;
use std::borrow::Cow;

/// What the walks that continue in the middle of a file know about the part before it. The other walks start from a
/// mark and need nothing more.
#[derive(Debug, Default)]
pub(super) struct Walks {
    avif: avif::Walk,
    mp4: mp4::Walk,
    ogg: ogg::Walk,
}

impl Format {
    /// The name that people use.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Json => "JSON file",
            Self::Png => "PNG",
            Self::Webp => "WebP",
            Self::Avif => "AVIF",
            Self::Jpeg => "JPEG",
            Self::Mp4 => "MP4 or MOV",
            Self::Matroska => "WebM or Matroska file",
            Self::Flac => "FLAC",
            Self::Ogg => "Ogg file",
            Self::Mp3 => "MP3",
            Self::Safetensors => "safetensors file",
            Self::Glb => "GLB",
            Self::Svg => "SVG",
        }
    }

    /// Looks for the texts in a file of this format.
    pub(super) fn read(self, reader: &Reader, walks: &mut Walks, texts: &mut Texts) -> Find<()> {
        match self {
            Self::Json => json::read(reader, texts),
            Self::Png => png::read(reader, texts),
            Self::Webp => webp::read(reader, texts),
            Self::Avif => avif::read(reader, &mut walks.avif, texts),
            Self::Jpeg => jpeg::read(reader, texts),
            Self::Mp4 => mp4::read(reader, &mut walks.mp4, texts),
            Self::Matroska => matroska::read(reader, texts),
            Self::Flac => flac::read(reader, texts),
            Self::Ogg => ogg::read(reader, &mut walks.ogg, texts),
            Self::Mp3 => id3::read(reader, texts),
            Self::Safetensors => safetensors::read(reader, texts),
            Self::Glb => glb::read(reader, texts),
            Self::Svg => svg::read(reader, texts),
        }
    }
}

/// How much of a text is looked at to recognise it.
const TEXT_START: u64 = 4096;

/// The format of a file; `None` for one that cannot have a workflow.
pub(super) fn recognise(reader: &Reader) -> Find<Option<Format>> {
    let start = reader.up_to(0, TEXT_START)?;
    let format = match start {
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Format::Png,
        [0xff, 0xd8, 0xff, ..] => Format::Jpeg,
        [0x1a, 0x45, 0xdf, 0xa3, ..] => Format::Matroska,
        [b'f', b'L', b'a', b'C', ..] => Format::Flac,
        [b'O', b'g', b'g', b'S', ..] => Format::Ogg,
        [b'I', b'D', b'3', ..] if id3::is_before_flac(reader)? => Format::Flac,
        [b'I', b'D', b'3', ..] => Format::Mp3,
        [b'g', b'l', b'T', b'F', ..] => Format::Glb,
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Format::Webp,
        _ => match isobmff::brand(reader)? {
            Some(Brand::Avif) => Format::Avif,
            Some(Brand::Mp4) => Format::Mp4,
            Some(Brand::Other) => return Ok(None),
            None if safetensors::begins(start) => Format::Safetensors,
            None => return Ok(text_format(start)),
        },
    };
    Ok(Some(format))
}

/// True for the text of an object that was encoded as a string once or several times.
fn begins_as_encoded_object(text: &str) -> bool {
    let inside = text.strip_prefix('"').map(|text| text.trim_start_matches(['"', '\\', '[', ' ']));
    let first = inside.and_then(|text| text.strip_prefix('{'));
    // Line ends are escaped there.
    let behind = first.map(|text| text.trim_start_matches([' ', '\\', 'n', 'r', 't']));
    behind.is_some_and(|text| text.starts_with('"'))
}

fn text_format(start: &[u8]) -> Option<Format> {
    // The part that is looked at may end in the middle of a character.
    let text = match utf16_units(start) {
        Some(units) => {
            Cow::Owned(char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
        }
        None => String::from_utf8_lossy(start),
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text).trim_ascii_start();
    // A list of objects or of strings, and a string with an object in it.
    let within = text.strip_prefix('[').map_or(text, str::trim_start);
    if begins_as_object(within) || begins_as_encoded_object(within) {
        return Some(Format::Json);
    }
    (text.starts_with('<') && crate::text::find(text, "<svg").is_some()).then_some(Format::Svg)
}
