//! Forms that few programs write, put together here.

use super::fixtures::read;
use super::source::{search, texts};

const PROMPT: &str = r#"{"1": {"class_type": "Gärten"}}"#;

/// What is found where only the prompt is there.
fn only_prompt() -> Result<Option<[Option<String>; 2]>, String> {
    Ok(Some([Some(PROMPT.to_owned()), None]))
}

fn latin1(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(c).unwrap()).collect()
}

fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
}

fn be32(number: usize) -> [u8; 4] {
    u32::try_from(number).unwrap().to_be_bytes()
}

fn le32(number: usize) -> [u8; 4] {
    u32::try_from(number).unwrap().to_le_bytes()
}

/// A PNG chunk, with the checksum as the specification has it.
fn chunk(kind: &[u8], data: &[u8]) -> Vec<u8> {
    let covered = [kind, data].concat();
    let checksum = covered.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(
            crc ^ u32::from(*byte),
            |crc, _| {
                if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 }
            },
        )
    });
    [&be32(data.len()), covered.as_slice(), &be32(!checksum as usize)].concat()
}

fn png(chunks: &[Vec<u8>]) -> Vec<u8> {
    let end = chunk(b"IEND", b"");
    [b"\x89PNG\r\n\x1a\n".as_slice(), &chunk(b"IHDR", &[0; 13]), &chunks.concat(), &end].concat()
}

#[test]
fn png_texts_are_latin1_or_utf8_anywhere_in_the_file() {
    let pixels = chunk(b"IDAT", &[0; 100]);
    for text in [latin1(PROMPT), PROMPT.as_bytes().to_vec()] {
        for kind in [b"tEXt", b"comf"] {
            let text = chunk(kind, &[b"prompt\0", text.as_slice()].concat());
            assert_eq!(texts(&png(&[pixels.clone(), text.clone()])), only_prompt());
            assert_eq!(texts(&png(&[text, pixels.clone()])), only_prompt());
        }
    }
    let international = chunk(b"iTXt", &[b"Prompt\0\0\0de\0Eingabe\0", PROMPT.as_bytes()].concat());
    assert_eq!(texts(&png(&[international])), only_prompt());
}

#[test]
fn compressed_texts_that_cannot_be_inflated_are_damage() {
    let text = chunk(b"zTXt", b"prompt\0\0no zlib");
    assert!(texts(&png(&[text])).unwrap_err().contains("inflated"));
    let zlib = miniz_oxide::deflate::compress_to_vec_zlib(PROMPT.as_bytes(), 6);
    let text = chunk(b"zTXt", &[b"prompt\0\0", zlib.as_slice()].concat());
    assert_eq!(texts(&png(&[text])), only_prompt());
}

#[test]
fn a_png_text_that_was_changed_is_damage() {
    let mut bytes = read("text.png");
    let at = bytes.windows(8).position(|window| window == b"lighthou").unwrap();
    bytes[at] ^= 1;
    assert!(texts(&bytes).unwrap_err().contains("checksum"));
}

/// An EXIF block of one directory with texts in it, and another one with a comment.
fn exif(big_endian: bool, tags: &[(u16, u16, &[u8])], comment: Option<&[u8]>) -> Vec<u8> {
    let short = |number: u16| if big_endian { number.to_be_bytes() } else { number.to_le_bytes() };
    let long = |number: usize| if big_endian { be32(number) } else { le32(number) };
    let mut block = if big_endian { b"MM\0\x2a".to_vec() } else { b"II\x2a\0".to_vec() };
    block.extend(long(8));
    let count = tags.len() + usize::from(comment.is_some());
    let mut data = 8 + 2 + 12 * count + 4;
    block.extend(short(u16::try_from(count).unwrap()));
    let mut values = Vec::new();
    for (tag, kind, value) in tags {
        block.extend([short(*tag), short(*kind)].concat());
        block.extend([long(value.len()), long(data)].concat());
        values.extend_from_slice(value);
        data += value.len();
    }
    if let Some(comment) = comment {
        block.extend([short(0x8769).as_slice(), &short(4), &long(1), &long(data)].concat());
        values.extend(short(1));
        values.extend([short(0x9286).as_slice(), &short(7), &long(comment.len()), &long(data + 18)].concat());
        values.extend(long(0));
        values.extend_from_slice(comment);
    }
    block.extend(long(0));
    block.extend(values);
    block
}

fn webp(exif: &[u8]) -> Vec<u8> {
    let mut chunks = [b"WEBPVP8X".as_slice(), &le32(10), &[0; 10], b"EXIF", &le32(exif.len()), exif].concat();
    chunks.extend_from_slice(&[0][..exif.len() % 2]);
    [b"RIFF".as_slice(), &le32(chunks.len()), &chunks].concat()
}

fn jpeg(exif: &[u8]) -> Vec<u8> {
    let length = u16::try_from(2 + 6 + exif.len()).unwrap().to_be_bytes();
    let head = b"\xff\xd8\xff\xe0\0\x04JF\xff\xff\xe1";
    [head.as_slice(), &length, b"Exif\0\0", exif, b"\xff\xda\0\x02"].concat()
}

#[test]
fn exif_is_read_in_both_byte_orders_and_in_any_tag() {
    let prompt = format!("prompt:{PROMPT}\0");
    for big_endian in [true, false] {
        for tag in [0x0110, 0x010f, 0x010e, 0x0106] {
            let block = exif(big_endian, &[(0x0131, 2, b"ComfyUI\0"), (tag, 2, prompt.as_bytes())], None);
            for file in [webp(&block), webp(&[b"Exif\0\0", block.as_slice()].concat()), jpeg(&block)] {
                assert_eq!(texts(&file), only_prompt(), "{tag:x}");
            }
        }
    }
}

#[test]
fn user_comments_are_read_in_every_encoding() {
    let both = format!("{{\"prompt\": {PROMPT}}}");
    let comments = [
        [b"UNICODE\0".to_vec(), utf16(&both, u16::to_be_bytes)].concat(),
        [b"UNICODE\0".to_vec(), utf16(&both, u16::to_le_bytes)].concat(),
        [b"ASCII\0\0\0".to_vec(), both.clone().into_bytes()].concat(),
        both.clone().into_bytes(),
    ];
    for comment in comments {
        assert_eq!(texts(&jpeg(&exif(true, &[], Some(&comment)))), only_prompt());
    }
    let parameters = jpeg(&exif(true, &[], Some(b"ASCII\0\0\0a lighthouse\nSteps: 20")));
    assert_eq!(texts(&parameters), Ok(None));
}

#[test]
fn exif_that_contradicts_itself_is_damage() {
    let block = exif(true, &[(0x0110, 2, b"Camera, Inc.\0")], None);
    assert_eq!(texts(&webp(&block)), Ok(None));
    for (place, number) in [(4, 0xffff_ffff_usize), (8, 0xffff_0000), (14, 0x7fff_ffff), (18, 0xffff_ffff)] {
        let mut block = block.clone();
        block[place..place + 4].copy_from_slice(&be32(number));
        assert!(texts(&webp(&block)).is_err(), "{number:x} at {place}");
    }
    // The same bytes under many tags: each is looked at, so that there must not be endlessly many.
    let many = vec![(0x0110_u16, 2_u16, [b'x'; 2000].as_slice()); 10];
    let mut block = exif(true, &many, None);
    for entry in 1..10 {
        let (first, this) = (10 + 8, 10 + 12 * entry + 8);
        block.copy_within(first..first + 4, this);
    }
    block.truncate(10 + 120 + 4 + 2000);
    assert!(texts(&webp(&block)).unwrap_err().contains("overlap"));
}

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

/// An AVIF whose EXIF is in two parts, in the file or in `idat`, by a table of the given version.
fn avif(version: u8, in_idat: bool) -> Vec<u8> {
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
    let meta = |base: usize| atom(b"meta", &[vec![0; 4], table(base), info.clone(), held.clone()].concat());
    let base = if in_idat { 0 } else { brand.len() + meta(0).len() + 8 };
    [brand.as_slice(), &meta(base), &atom(b"mdat", if in_idat { &[] } else { &content })].concat()
}

#[test]
fn avif_items_are_put_together_from_the_file_or_the_index() {
    for version in 0..3 {
        assert_eq!(texts(&avif(version, false)), only_prompt(), "version {version}");
    }
    for version in 1..3 {
        assert_eq!(texts(&avif(version, true)), only_prompt(), "version {version}, in idat");
    }
}

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
        let whole = [b"TXXX".as_slice(), &be32(content.len()), &[0, 0], &changed].concat();
        assert_eq!(texts(&id3(3, 0x80, &whole)), only_prompt());
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

/// A Matroska element with a size of eight bytes, or with one that is not known.
fn element(id: &[u8], content: &[u8]) -> Vec<u8> {
    let size = (1_u64 << 56 | content.len() as u64).to_be_bytes();
    [id, &size, content].concat()
}

fn endless(id: &[u8], content: &[u8]) -> Vec<u8> {
    [id, &[1, 255, 255, 255, 255, 255, 255, 255], content].concat()
}

#[test]
fn matroska_tags_are_found_without_and_with_an_index_and_in_recordings() {
    let header = element(b"\x1a\x45\xdf\xa3", &element(b"\x42\x82", b"webm"));
    let simple = element(
        b"\x67\xc8",
        &[element(b"\x44\x87", PROMPT.as_bytes()), element(b"\x45\xa3", b"Prompt")].concat(),
    );
    let nested = element(b"\x67\xc8", &[element(b"\x45\xa3", b"COMFY"), simple.clone()].concat());
    let tags = |tag: &[u8]| {
        element(
            b"\x12\x54\xc3\x67",
            &element(b"\x73\x73", &[element(b"\x63\xc0", b""), tag.to_vec()].concat()),
        )
    };
    let block = element(b"\xa3", &[7; 40]);
    let blocks = [element(b"\xe7", &[0]), block.clone(), element(b"\xa0", &block)].concat();
    let cluster = element(b"\x1f\x43\xb6\x75", &blocks);
    let recorded = endless(b"\x1f\x43\xb6\x75", &blocks);
    let segment =
        |content: &[Vec<u8>]| [header.clone(), element(b"\x18\x53\x80\x67", &content.concat())].concat();
    let index = |position: usize| {
        let seek =
            [element(b"\x53\xab", b"\x12\x54\xc3\x67"), element(b"\x53\xac", &be32(position))].concat();
        element(b"\x11\x4d\x9b\x74", &element(b"\x4d\xbb", &seek))
    };
    let behind = index(0).len() + cluster.len();
    for file in [
        segment(&[cluster.clone(), tags(&simple)]),
        segment(&[cluster.clone(), tags(&nested)]),
        segment(&[index(behind), cluster.clone(), tags(&simple)]),
        // An index that is out of date.
        segment(&[index(7), cluster.clone(), tags(&simple)]),
        segment(&[index(usize::try_from(u32::MAX).unwrap()), cluster.clone(), tags(&simple)]),
        [
            header.clone(),
            endless(b"\x18\x53\x80\x67", &[recorded.clone(), recorded.clone(), tags(&simple)].concat()),
        ]
        .concat(),
    ] {
        assert_eq!(texts(&file), only_prompt());
    }
    assert_eq!(texts(&segment(&[cluster, recorded])), Ok(None));
}

#[test]
fn a_file_that_turns_out_shorter_than_it_said_is_damage() {
    use viewcomfy_wasm::find::{Finder, Step};
    let bytes = read("film.mp4");
    let mut finder = Finder::new(bytes.len() as u64 + 1000);
    let error = loop {
        match finder.step() {
            Ok(Step::Read { at, length }) => {
                let at = usize::try_from(at).unwrap().min(100);
                finder.give(bytes[at..(at + length).min(100)].to_vec());
            }
            Ok(step) => unreachable!("{step:?}"),
            Err(error) => break error,
        }
    };
    assert_eq!(error.code(), "damaged_file");
}

#[test]
fn json_says_what_it_is_by_its_content() {
    let request = format!("{{\"client_id\": \"c\", \"prompt\": {PROMPT}}}");
    assert_eq!(texts(request.as_bytes()), only_prompt());
    assert_eq!(texts(format!("\u{feff} {PROMPT}\n").as_bytes()), only_prompt());
    for other in
        ["", " ", "{}", "[]", "{\"a\": 1}", "{\"nodes\": []}", "# {\"1\": {}}", "{red|blue}", "{\\rtf1 }"]
    {
        assert_eq!(texts(other.as_bytes()), Ok(None), "{other}");
    }
    for damaged in
        ["{\"1\": {\"class_type\": \"A\"}", "{\"1\": {\"class_type\": \"A\", \"inputs\": {\"x\": NaN}}}"]
    {
        assert!(texts(damaged.as_bytes()).is_err(), "{damaged}");
    }
}

#[test]
fn of_several_texts_the_first_counts_and_search_ends_there() {
    let text = |text: &str| chunk(b"tEXt", &[b"prompt\0", text.as_bytes()].concat());
    let file = png(&[text(PROMPT), text("{\"2\": {}}"), chunk(b"IDAT", &[0; 200_000])]);
    let found = search(file.as_slice());
    assert_eq!(found.result.unwrap().unwrap().prompt.unwrap().json, PROMPT);
    assert!(found.bytes <= 32 * 1024, "{} bytes", found.bytes);
}
