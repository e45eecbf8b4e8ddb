//! Vorbis comments, `NAME=text`: in FLAC and in Ogg.

use super::Find;
use super::bytes::{Fields, utf8};
use super::texts::{Texts, is_wanted};

pub(super) fn read(mut fields: Fields<'_>, texts: &mut Texts) -> Find<()> {
    let vendor = fields.le(4)?;
    fields.take(vendor)?;
    for _ in 0..fields.le(4)? {
        let length = fields.le(4)?;
        let at = fields.at;
        let comment = fields.take(length)?;
        let Some(equals) = memchr::memchr(b'=', comment) else { continue };
        let Ok(name) = std::str::from_utf8(&comment[..equals]) else { continue };
        if is_wanted(name) {
            let text = utf8(at, &comment[equals + 1..]);
            texts.named(name, text, at, &format!("Vorbis comment \"{name}\""))?;
        }
    }
    Ok(())
}
