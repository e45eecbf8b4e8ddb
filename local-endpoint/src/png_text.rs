//! A PNG with text in it, as ComfyUI saves pictures.

use png::{BitDepth, ColorType, Compression, Encoder, EncodingError};

/// Encodes 8-bit RGB, with `(keyword, text)` pairs before the pixels.
///
/// ComfyUI's text is ASCII (`json.dumps` escapes the rest), so it always fits a tEXt chunk.
pub fn encode(width: u32, height: u32, rgb: &[u8], texts: &[(&str, &str)]) -> Result<Vec<u8>, EncodingError> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, width, height);
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Fast);
    for (keyword, text) in texts {
        encoder.add_text_chunk((*keyword).to_owned(), (*text).to_owned())?;
    }
    let mut writer = encoder.write_header()?;
    writer.write_image_data(rgb)?;
    writer.finish()?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn embeds_the_prompt() {
        let bytes = encode(2, 1, &[255, 0, 0, 0, 255, 0], &[("prompt", "{\"3\": {}}")]).unwrap();
        let reader = png::Decoder::new(std::io::Cursor::new(&bytes)).read_info().unwrap();
        let text = &reader.info().uncompressed_latin1_text[0];
        assert_eq!((text.keyword.as_str(), text.text.as_str()), ("prompt", "{\"3\": {}}"));
    }
}
