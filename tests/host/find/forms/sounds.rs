//! MP3, FLAC and Ogg put together by hand.

use super::{PROMPT, be32, latin1, le32, only_prompt, utf16};
use crate::find::fixtures::read;
use crate::find::texts;

fn id3(version: u8, flags: u8, frames: &[u8]) -> Vec<u8> {
    let size: Vec<u8> =
        [21, 14, 7, 0].map(|shift| u8::try_from(frames.len() >> shift & 0x7f).unwrap()).to_vec();
    [b"ID3", [version, 0, flags].as_slice(), &size, frames, b"\xff\xfb\x90\0"].concat()
}

/// A frame of version 3, or of 4 where that is the same.
fn frame(name: &[u8], flags: [u8; 2], content: &[u8]) -> Vec<u8> {
    assert!(content.len() < 128 || flags == [0, 0]);
    [name, &be32(content.len()), &flags, content].concat()
}

#[test]
fn id3_texts_are_read_in_every_version_and_encoding() {
    let in_latin1 = [b"\0prompt\0".to_vec(), latin1(PROMPT)].concat();
    let in_utf8 = [b"\x03prompt\0", PROMPT.as_bytes(), b"\0"].concat();
    let wide = |encoding: u8, mark: &[u8], unit: fn(u16) -> [u8; 2]| {
        let name = [mark, &utf16("prompt\0", unit)].concat();
        [&[encoding], name.as_slice(), mark, &utf16(PROMPT, unit)].concat()
    };
    let contents = [
        in_latin1.clone(),
        in_utf8.clone(),
        wide(1, &[0xff, 0xfe], u16::to_le_bytes),
        wide(1, &[0xfe, 0xff], u16::to_be_bytes),
        wide(2, &[], u16::to_be_bytes),
    ];
    let other = frame(b"TIT2", [0, 0], b"\0title");
    for content in &contents {
        assert!(content.len() < 128);
        let frames = [other.clone(), frame(b"TXXX", [0, 0], content), vec![0; 30]].concat();
        for version in [3, 4] {
            assert_eq!(texts(&id3(version, 0, &frames)), only_prompt(), "{version} {content:?}");
        }
        let short = [b"TXX\0\0", [u8::try_from(content.len()).unwrap()].as_slice(), content].concat();
        assert_eq!(texts(&id3(2, 0, &short)), only_prompt());
        // Every byte of all ones gets a zero behind it, in the whole tag or, from version 4 on, in the frame.
        let changed: Vec<u8> = content
            .iter()
            .flat_map(|byte| [*byte, 0].into_iter().take(if *byte == 255 { 2 } else { 1 }))
            .collect();
        let whole_of = |content: &[u8]| [b"TXXX".as_slice(), &be32(content.len()), &[0, 0], content].concat();
        let whole = [b"TXXX".as_slice(), &be32(content.len()), &[0, 0], &changed].concat();
        assert_eq!(texts(&id3(3, 0x80, &whole)), only_prompt());
        assert_eq!(texts(&id3(4, 0x80, &whole_of(&changed))), only_prompt());
        let grouped = [&[9], be32(content.len()).as_slice(), &changed].concat();
        assert_eq!(texts(&id3(4, 0, &frame(b"TXXX", [0, 0x43], &grouped))), only_prompt());
    }
    let extended = [&[0, 0, 0, 6, 0, 0], [0; 4].as_slice(), &frame(b"TXXX", [0, 0], &in_utf8)].concat();
    assert_eq!(texts(&id3(3, 0x40, &extended)), only_prompt());
    let extended = [&[0, 0, 0, 6, 1, 0], frame(b"TXXX", [0, 0], &in_utf8).as_slice()].concat();
    assert_eq!(texts(&id3(4, 0x40, &extended)), only_prompt());
    let comment = [b"\x03eng\0{\"prompt\": ", PROMPT.as_bytes(), b"}"].concat();
    assert_eq!(texts(&id3(3, 0, &frame(b"COMM", [0, 0], &comment))), only_prompt());
}

#[test]
fn a_flac_may_have_an_id3_tag_in_front() {
    let tag = id3(3, 0, &frame(b"TIT2", [0, 0], b"\0title"));
    let file = [&tag[..tag.len() - 4], &read("sound.flac")].concat();
    assert_eq!(texts(&file), texts(&read("sound.flac")));
}

/// An Ogg page of one stream.
fn page(serial: u8, packet_goes_on: bool, content: &[u8]) -> Vec<u8> {
    let mut table: Vec<u8> = content.chunks(255).map(|part| u8::try_from(part.len()).unwrap()).collect();
    if !packet_goes_on && content.len().is_multiple_of(255) {
        table.push(0);
    }
    let head =
        [b"OggS\0\0".as_slice(), &[0; 8], &[serial, 0, 0, 0], &[0; 8], &[u8::try_from(table.len()).unwrap()]];
    [head.concat(), table, content.to_vec()].concat()
}

#[test]
fn ogg_comments_go_over_several_pages_of_several_streams() {
    let padding = "x".repeat(3000);
    let comments = [format!("TITLE={padding}"), format!("Prompt={PROMPT}")];
    let mut block = [le32(4).as_slice(), b"test", &le32(comments.len())].concat();
    for comment in &comments {
        block.extend([&le32(comment.len()), comment.as_bytes()].concat());
    }
    let length = be32(block.len());
    for (first, prefix) in [
        (b"OpusHead".as_slice(), b"OpusTags".as_slice()),
        (b"\x01vorbis", b"\x03vorbis"),
        (b"\x80theora", b"\x81theora"),
        (b"\x7fFLAC", &[&[0x84], &length[1..]].concat()),
    ] {
        let packet = [prefix, &block].concat();
        let (before, behind) = packet.split_at(255 * 5);
        let file = [
            page(1, false, first),
            page(2, false, b"fishead\0"),
            page(1, true, before),
            page(2, false, &[1; 300]),
            page(1, false, behind),
            page(1, false, &[7; 200]),
        ];
        assert_eq!(texts(&file.concat()), only_prompt(), "{first:?}");
        assert!(texts(&file[..4].concat()).is_err(), "{first:?}");
    }
}

#[test]
fn old_comments_in_another_encoding_are_no_damage() {
    let block = |name: &str, text: &[u8]| {
        let comment = [name.as_bytes(), b"=", text].concat();
        let content = [&le32(0), &le32(1), &le32(comment.len()), comment.as_slice()].concat();
        [b"fLaC\x84", &be32(content.len())[1..], &content].concat()
    };
    assert_eq!(texts(&block("COMMENT", b"fa\xe7ade")), Ok(None));
    assert_eq!(texts(&block("prompt", PROMPT.as_bytes())), only_prompt());
    assert!(texts(&block("prompt", &latin1(PROMPT))).is_err());
}

#[test]
fn walks_go_on_where_they_stopped() {
    // Pages of another stream stand between those of the comments, which are longer than a page.
    let comment = [b"prompt=", PROMPT.as_bytes()].concat();
    let cover = [b"COVER=", vec![b'x'; 90_000].as_slice()].concat();
    let list = [le32(cover.len()).as_slice(), &cover, &le32(comment.len()), &comment].concat();
    let packet = [b"OpusTags", le32(1).as_slice(), b"x", &le32(2), &list].concat();
    let mut ogg = [page(1, false, b"OpusHead"), page(2, false, b"other")].concat();
    let parts: Vec<_> = packet.chunks(255 * 100).collect();
    for (at, part) in parts.iter().enumerate() {
        ogg.extend(page(2, true, &[7; 255 * 100]));
        ogg.extend(page(1, at + 1 < parts.len(), part));
    }
    assert_eq!(texts(&ogg), only_prompt(), "Ogg");
    let flac = read("sound.flac");
    let padding = [&[1, 0, 0x23, 0x28], [0; 9000].as_slice()].concat().repeat(100);
    let tag = id3(3, 0, &frame(b"TIT2", [0, 0], b"\0title"));
    for front in [&tag[..tag.len() - 4], &[]] {
        let file = [front, &flac[..4], &padding, &flac[4..]].concat();
        assert_eq!(texts(&file), texts(&flac), "FLAC, {} bytes in front", front.len());
    }
}
