//! MP4, MOV and AVIF put together by hand.

use super::exif::exif;
use super::{PROMPT, be32, only_prompt, utf16};
use crate::find::texts;

fn atom(kind: &[u8], content: &[u8]) -> Vec<u8> {
    [&be32(8 + content.len()), kind, content].concat()
}

fn data_atom(kind: usize, text: &[u8]) -> Vec<u8> {
    atom(b"data", &[&be32(kind), &[0; 4], text].concat())
}

/// `keys` and `ilst` with one text.
fn keyed(name: &str, data: &[u8]) -> Vec<u8> {
    let key = atom(b"mdta", name.as_bytes());
    let keys = atom(b"keys", &[[0; 4].as_slice(), &be32(1), &key].concat());
    [keys, atom(b"ilst", &atom(&be32(1), data))].concat()
}

#[test]
fn films_have_their_texts_in_several_places() {
    let handler = atom(b"hdlr", &[0; 25]);
    let utf8 = data_atom(1, PROMPT.as_bytes());
    let wide = data_atom(2, &utf16(PROMPT, u16::to_be_bytes));
    let both = format!("{{\"prompt\": {PROMPT}}}");
    let free = [atom(b"mean", b"\0\0\0\0com.apple.iTunes"), atom(b"name", b"\0\0\0\0prompt"), utf8.clone()];
    let quicktime =
        [u16::try_from(both.len()).unwrap().to_be_bytes().as_slice(), &[0, 0], both.as_bytes()].concat();
    let full = |content: &[u8]| [&[0; 4], handler.as_slice(), content].concat();
    let indices = [
        atom(b"meta", &[handler.clone(), keyed("prompt", &utf8)].concat()),
        atom(b"meta", &full(&keyed("PROMPT", &wide))),
        atom(b"udta", &atom(b"meta", &full(&keyed("prompt", &utf8)))),
        atom(b"udta", &atom(b"meta", &full(&atom(b"ilst", &atom(b"----", &free.concat()))))),
        atom(
            b"udta",
            &atom(b"meta", &full(&atom(b"ilst", &atom(b"\xa9cmt", &data_atom(1, both.as_bytes()))))),
        ),
        [atom(b"udta", &[atom(b"\xa9cmt", &quicktime), vec![0; 4]].concat())].concat(),
    ];
    for (number, index) in indices.iter().enumerate() {
        let index = [atom(b"mvhd", &[0; 100]), index.clone()].concat();
        let brand = atom(b"ftyp", b"isom\0\0\0\0");
        let media = atom(b"mdat", &[7; 50]);
        let large = [&be32(1), b"mdat".as_slice(), &66_u64.to_be_bytes(), &[7; 50]].concat();
        for film in [
            [brand.clone(), media.clone(), atom(b"moov", &index)].concat(),
            [brand.clone(), atom(b"moov", &index), media.clone()].concat(),
            [brand.clone(), large, atom(b"moov", &index)].concat(),
            // Old MOV: no brand, and an index that goes on to the end.
            [atom(b"wide", b""), media, [&be32(0), b"moov".as_slice(), &index].concat()].concat(),
        ] {
            assert_eq!(texts(&film), only_prompt(), "index {number}");
        }
    }
}

#[test]
fn boxes_that_contradict_themselves_are_damage() {
    let brand = atom(b"ftyp", b"isom\0\0\0\0");
    let film = |index: &[u8]| [brand.as_slice(), index].concat();
    let keys = |count: usize, length: usize| {
        let content = [[0; 4].as_slice(), &be32(count), &be32(length), b"mdtaprompt"].concat();
        film(&atom(b"moov", &atom(b"meta", &[atom(b"hdlr", &[0; 25]), atom(b"keys", &content)].concat())))
    };
    assert_eq!(texts(&keys(1, 14)), Ok(None));
    let huge = [&be32(1), b"mdat".as_slice(), &u64::MAX.to_be_bytes()].concat();
    for damaged in [
        film(&[&be32(7), b"moov".as_slice()].concat()),
        film(&[&be32(100), b"moov".as_slice()].concat()),
        film(&huge),
        film(&atom(b"moov", &[&be32(100), b"udta".as_slice()].concat())),
        film(&atom(b"mdat", b"")),
        keys(2, 14),
        keys(1, 7),
        keys(1, 15),
        keys(0xffff_ffff, 14),
    ] {
        assert!(texts(&damaged).is_err(), "{damaged:?}");
    }
}

/// Boxes that nobody needs, each larger than what is read ahead.
fn unneeded() -> Vec<u8> {
    atom(b"free", &[7; 9000]).repeat(100)
}

#[test]
fn walks_go_on_where_they_stopped() {
    let data = data_atom(1, PROMPT.as_bytes());
    let names = ["another", "prompt"].map(|name| atom(b"mdta", name.as_bytes())).concat();
    let keys = atom(b"keys", &[[0; 4].as_slice(), &be32(2), &names].concat());
    let items = [atom(&be32(1), &data), unneeded(), atom(&be32(2), &data)].concat();
    let handler = atom(b"hdlr", &[0; 25]);
    let meta = atom(
        b"meta",
        &[[0; 4].as_slice(), &handler, &unneeded(), &keys, &unneeded(), &atom(b"ilst", &items)].concat(),
    );
    let index = atom(b"moov", &[unneeded(), atom(b"udta", &[unneeded(), meta].concat())].concat());
    let film = [atom(b"ftyp", b"isom\0\0\0\0"), unneeded(), index].concat();
    assert_eq!(texts(&film), only_prompt(), "film");
    for (version, in_idat) in [(0, false), (1, false), (1, true), (2, true)] {
        let picture = avif(version, in_idat, &unneeded());
        assert_eq!(texts(&picture), only_prompt(), "picture, version {version}, in idat: {in_idat}");
    }
}

/// An AVIF whose EXIF is in two parts, in the file or in `idat`, by a table of the given version; `between` stands between
/// the boxes of `meta`.
fn avif(version: u8, in_idat: bool, between: &[u8]) -> Vec<u8> {
    let block = exif(true, &[(0x0110, 2, format!("prompt:{PROMPT}\0").as_bytes())], None);
    let item = [be32(6).as_slice(), b"Exif\0\0", &block].concat();
    let (first, second) = item.split_at(20);
    let brand = atom(b"ftyp", b"avif\0\0\0\0");
    let id = |id: u16| if version < 2 { id.to_be_bytes().to_vec() } else { be32(id.into()).to_vec() };
    let entry = atom(b"infe", &[&[2, 0, 0, 0, 0, 7, 0, 0], b"Exif\0".as_slice()].concat());
    let info = atom(b"iinf", &[&[0; 4], [0, 1].as_slice(), &entry].concat());
    let table = |base: usize| {
        let method: &[u8] = if version > 0 { if in_idat { &[0, 1] } else { &[0, 0] } } else { &[] };
        let index: &[u8] = if version > 0 { &[0, 0] } else { &[] };
        let sizes = if version > 0 { [0x44, 0x42] } else { [0x44, 0x40] };
        let extent = |at: usize, length: usize| [index, &be32(at), &be32(length)].concat();
        let extents =
            [[0, 2].as_slice(), &extent(0, first.len()), &extent(first.len() + 3, second.len())].concat();
        let place = [id(7).as_slice(), method, &[0, 0], &be32(base), &extents].concat();
        atom(b"iloc", &[[version, 0, 0, 0].as_slice(), &sizes, &id(1), &place].concat())
    };
    let content = [first, b"gap", second].concat();
    let held = if in_idat { atom(b"idat", &content) } else { Vec::new() };
    let meta = |base: usize| {
        let parts = [&table(base), between, &info, between, &held, between];
        atom(b"meta", &[&[0; 4], parts.concat().as_slice()].concat())
    };
    let base = if in_idat { 0 } else { brand.len() + meta(0).len() + 8 };
    [brand.as_slice(), &meta(base), &atom(b"mdat", if in_idat { &[] } else { &content })].concat()
}

#[test]
fn avif_items_are_put_together_from_the_file_or_the_index() {
    for version in 0..3 {
        assert_eq!(texts(&avif(version, false, &[])), only_prompt(), "version {version}");
    }
    for version in 1..3 {
        assert_eq!(texts(&avif(version, true, &[])), only_prompt(), "version {version}, in idat");
    }
}
