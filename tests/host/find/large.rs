//! Very large files, of which little is read.

use super::fixtures::{read, source_text};
use super::source::{Search, Source, search};
use viewcomfy_wasm::find::{Finder, Step};

const KB: u64 = 1024;
const GB: u64 = 1024 * 1024 * KB;

/// A file that is zeros but for some places, in their order.
struct Sparse {
    size: u64,
    places: Vec<(u64, Vec<u8>)>,
}

impl Sparse {
    fn new() -> Self {
        Self { size: 0, places: Vec::new() }
    }

    fn add(mut self, bytes: &[u8]) -> Self {
        self.places.push((self.size, bytes.to_vec()));
        self.size += bytes.len() as u64;
        self
    }

    fn zeros(mut self, count: u64) -> Self {
        self.size += count;
        self
    }
}

impl Source for Sparse {
    fn size(&self) -> u64 {
        self.size
    }

    fn part(&self, at: u64, length: usize) -> Vec<u8> {
        let mut part = vec![0; length];
        for (start, bytes) in &self.places {
            for (offset, byte) in bytes.iter().enumerate() {
                if let Some(place) =
                    (start + offset as u64).checked_sub(at).filter(|place| *place < length as u64)
                {
                    part[place as usize] = *byte;
                }
            }
        }
        part
    }
}

fn both_are_found(name: &str, file: &Sparse, most: u64) {
    let Search { result, reads, bytes } = search(file);
    let found = result.unwrap().unwrap();
    assert_eq!(found.prompt.unwrap().json, source_text("prompt.json"), "{name}");
    assert_eq!(found.workflow.unwrap().json, source_text("workflow.json"), "{name}");
    assert_eq!(found.bytes_read, bytes, "{name}");
    println!("{name}: {bytes} of {} bytes in {reads} reads", file.size);
    assert!(bytes <= most, "{name}: {bytes} bytes read, {most} are enough");
}

/// Where a box or an element of a fixture begins, by the bytes that it begins with.
fn place_of(bytes: &[u8], start: &[u8]) -> usize {
    bytes.windows(start.len()).position(|window| window == start).unwrap()
}

#[test]
fn of_a_film_with_its_index_at_the_end_some_kilobytes_are_read() {
    let film = read("film.mp4");
    let index = &film[place_of(&film, b"moov") - 4..];
    let media = [1_u32.to_be_bytes().as_slice(), b"mdat", &(16 + GB).to_be_bytes()].concat();
    let file = Sparse::new().add(&film[..32]).add(&media).zeros(GB).add(index);
    both_are_found("MP4 of 1 GB", &file, 64 * KB);
    // A long film has an index of many megabytes, and the texts stand behind it.
    let track = [u32::try_from(8 + 40 * KB * KB).unwrap().to_be_bytes().as_slice(), b"trak"].concat();
    let texts = &film[place_of(&film, b"udta") - 4..];
    let length = u32::try_from(8 + 2 * (8 + 40 * KB * KB) + texts.len() as u64).unwrap();
    let index = [length.to_be_bytes().as_slice(), b"moov"].concat();
    let tracks = Sparse::new().add(&film[..32]).add(&media).zeros(GB).add(&index);
    let tracks = tracks.add(&track).zeros(40 * KB * KB).add(&track).zeros(40 * KB * KB).add(texts);
    both_are_found("MP4 of 1 GB with an index of 80 MB", &tracks, 64 * KB);
}

#[test]
fn of_a_recording_without_an_index_only_the_headers_are_read() {
    let film = read("film.mkv");
    // The index names the tags in front of them.
    let behind = &film[place_of(&film, b"\x12\x54\xc3\x67") + 4..];
    let tags = &behind[place_of(behind, b"\x12\x54\xc3\x67")..place_of(behind, b"\x1f\x43\xb6\x75")];
    let mut file = Sparse::new().add(&film[..place_of(&film, b"\x18\x53\x80\x67")]);
    file = file.add(b"\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff");
    for _ in 0..200 {
        let length = ((1_u64 << 56) | (5 * KB * KB)).to_be_bytes();
        file = file.add(b"\x1f\x43\xb6\x75").add(&length).zeros(5 * KB * KB);
    }
    both_are_found("Matroska of 1 GB without an index", &file.add(tags), 256 * KB);
}

#[test]
fn of_a_large_animation_only_the_headers_are_read() {
    let picture = read("animated.webp");
    let exif = &picture[place_of(&picture, b"EXIF")..];
    let mut file = Sparse::new().add(&picture[..30]);
    for _ in 0..100 {
        file = file.add(b"ANMF").add(&u32::try_from(10 * KB * KB).unwrap().to_le_bytes()).zeros(10 * KB * KB);
    }
    both_are_found("WebP of 1 GB", &file.add(exif), 128 * KB);
}

#[test]
fn of_a_large_latent_only_the_header_is_read() {
    let file = Sparse::new().add(&read("latent.safetensors")).zeros(GB);
    both_are_found("safetensors of 1 GB", &file, 64 * KB);
}

#[test]
fn text_files_that_no_workflow_is_are_not_read() {
    let Search { result, bytes, .. } = search(&Sparse::new().add(b"{\"a\": [").zeros(GB));
    assert_eq!(result, Ok(None));
    assert!(bytes <= 32 * KB);
    let Search { result, bytes, .. } = search(&Sparse::new().add(b"<svg ").zeros(GB));
    assert_eq!(result, Ok(None));
    assert!(bytes <= 32 * KB);
    let Search { result, bytes, .. } = search(&Sparse::new().zeros(GB));
    assert_eq!(result, Ok(None));
    assert!(bytes <= 32 * KB);
}

/// A file of 8 GB that says the same over and over, behind its start.
struct Endless {
    start: Vec<u8>,
    pattern: Vec<u8>,
}

impl Source for Endless {
    fn size(&self) -> u64 {
        8 * GB
    }

    fn part(&self, at: u64, length: usize) -> Vec<u8> {
        let (start, at) = (self.start.len(), at as usize);
        let head = &self.start[at.min(start)..(at + length).min(start)];
        let skipped = at.saturating_sub(start) % self.pattern.len();
        let body = self.pattern.repeat(length / self.pattern.len() + 2);
        [head, &body[skipped..skipped + length - head.len()]].concat()
    }
}

#[test]
fn endlessly_many_parts_are_not_looked_at() {
    let size = (8 * GB).to_be_bytes();
    let index = [1_u32.to_be_bytes().as_slice(), b"moov", &(8 * GB - 24).to_be_bytes()].concat();
    let page = [b"OggS".as_slice(), &[0; 23]].concat();
    let files: [(&str, Vec<u8>, &[u8]); 5] = [
        ("PNG chunks", b"\x89PNG\r\n\x1a\n".to_vec(), b"\0\0\0\0abCDsum!"),
        ("bytes between JPEG segments", b"\xff\xd8".to_vec(), b"\xff"),
        ("boxes in a box", [b"\0\0\0\x08ftyp", index.as_slice()].concat(), b"\0\0\0\x08free"),
        (
            "Matroska elements",
            [b"\x1a\x45\xdf\xa3\x80\x18\x53\x80\x67\x01".as_slice(), &size[1..]].concat(),
            b"\xec\x80",
        ),
        ("Ogg pages", page.clone(), &page),
    ];
    for (name, start, pattern) in files {
        let Search { result, reads, bytes } = search(&Endless { start, pattern: pattern.to_vec() });
        let message = result.unwrap_err().to_string();
        assert!(message.contains("too many parts to search"), "{name}: {message}");
        println!("{name}: {bytes} bytes in {reads} reads");
        assert!(bytes <= 256 * KB * KB, "{name}: {bytes} bytes read");
    }
}

#[test]
fn lengths_that_no_text_has_are_damage_and_not_read() {
    let text = [u32::try_from(GB).unwrap().to_be_bytes().as_slice(), b"tEXtprompt\0{\""].concat();
    let Search { result, bytes, .. } =
        search(&Sparse::new().add(b"\x89PNG\r\n\x1a\n").add(&text).zeros(2 * GB));
    assert!(result.unwrap_err().to_string().contains("64 MB"));
    assert!(bytes <= 64 * KB, "{bytes}");
}

/// A chunk of a PNG, with a checksum of its own.
fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let covered = [kind, data].concat();
    let crc = !covered.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| crc >> 1 ^ (0xedb8_8320 & (crc & 1).wrapping_neg()))
    });
    [&(data.len() as u32).to_be_bytes()[..], &covered, &crc.to_be_bytes()].concat()
}

/// Searches a PNG of twenty compressed texts, of which those are inflated that `inflate` gives, up to the limit.
fn search_compressed(inflate: impl Fn(usize) -> Option<usize>) -> (viewcomfy_wasm::Error, usize) {
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    for _ in 0..20 {
        png.extend(chunk(b"zTXt", b"workflow\0\0compressed"));
    }
    let (mut finder, mut inflated) = (Finder::new(png.len() as u64), 0);
    loop {
        match finder.step() {
            Ok(Step::Read { at, length }) => finder.give(png[at as usize..][..length].to_vec()),
            Ok(Step::Inflate { limit, .. }) => {
                let length = inflate(limit);
                inflated += length.unwrap_or_default();
                finder.give_inflated(length.map(|length| vec![b' '; length]));
            }
            Ok(Step::Done(found)) => panic!("{found:?}"),
            Err(error) => return (error, inflated),
        }
    }
}

#[test]
fn no_more_is_inflated_than_two_large_texts_have() {
    let (error, inflated) = search_compressed(|limit| Some(limit.min(60 << 20)));
    assert_eq!((error.code().as_str(), inflated), ("damaged_file", 128 << 20));
    assert!(error.to_string().contains("128 MB"), "{error}");
}

#[test]
fn what_is_too_large_is_told_by_the_limit_that_it_is_beyond() {
    let cases: [(usize, &str, &str); 2] = [(64 << 20, "64 MB", "128 MB"), (8 << 20, "128 MB", "64 MB")];
    for (refused, named, other) in cases {
        // The text is too large where no more than `refused` bytes may come out of it; the ones before it have 60 MB.
        let (error, _) = search_compressed(|limit| (limit > refused).then_some(60 << 20));
        let message = error.to_string();
        assert!(message.contains(named) && !message.contains(other), "{refused}: {message}");
        // One that is larger than was allowed is refused, too.
        let (error, _) = search_compressed(|limit| Some(if limit > refused { 60 << 20 } else { limit + 1 }));
        assert_eq!(error.to_string(), message);
    }
}

#[test]
fn a_size_that_no_file_has_is_counted_with() {
    // A box that ends shortly before the largest number, and one behind it, so that the end is read in two parts.
    let behind = u64::MAX - 5000;
    let start = [0x10_u32.to_be_bytes().as_slice(), b"ftypisom\0\0\0\0"].concat();
    let media = [1_u32.to_be_bytes().as_slice(), b"mdat", &(behind - 16).to_be_bytes()].concat();
    let last = [1000_u32.to_be_bytes().as_slice(), b"free"].concat();
    let file = Sparse::new().add(&start).add(&media).zeros(behind - 32).add(&last).zeros(5000 - 8);
    let Search { result, bytes, .. } = search(&file);
    assert_eq!(result.unwrap_err().code().as_str(), "damaged_file");
    assert!(bytes <= 64 * KB);
}
