//! Files that break off, at every length.

use super::fixtures::{FILES, read, source_text};
use super::texts;
use viewcomfy_wasm::find::Format;

#[test]
fn what_breaks_off_is_damaged_or_gives_the_whole_text() {
    let expected = [Some(source_text("prompt.json")), Some(source_text("workflow.json"))];
    for (name, format, ..) in FILES {
        let bytes = read(name);
        let mut damaged = 0;
        for length in 0..bytes.len() {
            match texts(&bytes[..length]) {
                // What a file is shows after some bytes only, and plain text says nothing about its length.
                Ok(None) => {
                    assert!(length < recognised_after(format), "{name} cut to {length} bytes gives none")
                }
                Ok(Some(found)) => {
                    for (found, expected) in found.iter().zip(&expected) {
                        assert!(found.is_none() || found == expected, "{name} cut to {length} bytes");
                    }
                }
                Err(message) => {
                    assert!(message.contains("damaged at byte"), "{message}");
                    damaged += 1;
                }
            }
        }
        assert!(damaged > 500, "{name}: {damaged} lengths are damaged");
    }
}

/// How many bytes tell what a file is.
fn recognised_after(format: Format) -> usize {
    match format {
        Format::Jpeg | Format::Mp3 => 3,
        Format::Flac | Format::Glb | Format::Matroska | Format::Ogg => 4,
        Format::Png => 8,
        Format::Mp4 | Format::Safetensors => 10,
        Format::Json => 2,
        Format::Webp => 12,
        Format::Avif => 12,
        Format::Svg => 30,
        other => panic!("say here how many bytes tell that a file is {other}"),
    }
}
