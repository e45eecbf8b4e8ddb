//! Files changed at random, 100,000 of them: no panic, no search that does not end, no memory that a file did not have.
//!
//! A test program of its own with one test, since the allocator counts for all threads of a program. The cases are the
//! same each time; `FIND_SEED` gives others, `FIND_CASES` more.
#![allow(clippy::unwrap_used, reason = "a test that cannot read its own fixtures should stop there")]

#[path = "host/find/source.rs"]
mod source;

use peak_alloc::PeakAlloc;
use std::fs;
use std::path::Path;
use std::time::Duration;

use cpu_time::ThreadTime;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

const CASES: u64 = 100_000;

/// What a search may take besides some copies of the file: the most that is read at once, and the list of what was read.
const ALLOWED: usize = 512 * 1024;
const COPIES: usize = 4;

/// The most that a thread may work for one search, which takes a few thousandths of a second.
const MAX_LENGTH: Duration = Duration::from_secs(5);

/// A file as it is, and as it is changed and changed back.
struct File {
    name: String,
    whole: Vec<u8>,
    changed: Vec<u8>,
}

/// Numbers that follow from a seed (SplitMix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }
}

#[test]
fn a_changed_file_never_does_harm() {
    let number = |name: &str, otherwise: u64| {
        std::env::var(name).ok().map_or(otherwise, |value| value.parse().unwrap())
    };
    let mut random = Random(number("FIND_SEED", 11));
    let mut files = files();
    let (mut found, mut none, mut damaged) = (0, 0, 0);
    let (mut most_memory, mut most_reads, mut longest) = ((0, 0), 0, (Duration::ZERO, String::new()));
    for case in 0..number("FIND_CASES", CASES) {
        let place = case as usize % files.len();
        let file = &mut files[place];
        let length = file.change(&mut random);
        let changed = &file.changed[..length];
        let before = ALLOCATOR.current_usage();
        ALLOCATOR.reset_peak_usage();
        let start = ThreadTime::now();
        let search = source::search(changed);
        let taken = start.elapsed();
        let memory = ALLOCATOR.peak_usage() - before;
        assert!(memory <= COPIES * length + ALLOWED, "{}, case {case}: {memory} bytes of memory", file.name);
        assert!(taken < MAX_LENGTH, "{}, case {case}: {taken:?}", file.name);
        most_memory = most_memory.max((memory, length));
        most_reads = most_reads.max(search.reads);
        if taken > longest.0 {
            longest = (taken, file.name.clone());
        }
        match search.result {
            Ok(Some(texts)) => {
                assert_eq!(texts.bytes_read, search.bytes);
                for text in [&texts.prompt, &texts.workflow].into_iter().flatten() {
                    assert!(
                        text.json.starts_with('{') && text.json.ends_with('}'),
                        "{}, case {case}",
                        file.name
                    );
                }
                found += 1;
            }
            Ok(None) => none += 1,
            Err(error) => {
                assert_eq!(error.code().as_str(), "damaged_file");
                damaged += 1;
            }
        }
        file.restore();
    }
    println!("{} files: {found} found, {none} none, {damaged} damaged", files.len());
    let ((memory, length), (taken, name)) = (most_memory, longest);
    println!(
        "most memory {memory} bytes for a file of {length}, most reads {most_reads}, longest {taken:?} ({name})"
    );
    assert!(found > 0 && none > 0 && damaged > found / 10, "{found} found, {none} none, {damaged} damaged");
}

/// The fixtures, and the files that CI puts beside the project when they are there.
fn files() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for directory in
        ["tests/fixtures/found", "tests/fixtures/found/none", "tests/fixtures/cases", "../shared/media"]
    {
        let Ok(entries) = fs::read_dir(root.join(directory)) else {
            eprintln!("{directory} is not there: its files were not changed");
            continue;
        };
        let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        for path in paths.into_iter().filter(|path| path.is_file()) {
            let whole = fs::read(&path).unwrap();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            files.push(File { name, changed: whole.clone(), whole });
        }
    }
    files.retain(|file| !file.whole.is_empty());
    assert!(files.len() >= 35, "{} files", files.len());
    files
}

impl File {
    /// Changes it in one to four places; gives its length then.
    fn change(&mut self, random: &mut Random) -> usize {
        let mut length = self.changed.len();
        for _ in 0..1 + random.below(4) {
            match random.below(12) {
                0 => length = random.below(length + 1),
                1 if length < 64 * 1024 => length = self.remove(random, length),
                2 if length < 64 * 1024 => length = self.repeat(random, length),
                3..=7 => self.write_number(random, length),
                _ => self.write_byte(random, length),
            }
        }
        if random.below(2) == 0 {
            correct_checksums(&mut self.changed[..length]);
        }
        length
    }

    fn restore(&mut self) {
        self.changed.clone_from(&self.whole);
    }

    /// Half of the places are near the start, a quarter near the end: that is where files say how they are made.
    fn place(random: &mut Random, length: usize) -> usize {
        match random.below(4) {
            0 | 1 => random.below(length.min(600)),
            2 => random.below(length),
            _ => length.saturating_sub(1 + random.below(length.min(600))),
        }
    }

    fn write_byte(&mut self, random: &mut Random, length: usize) {
        if let Some(byte) = self.changed[..length].get_mut(Self::place(random, length)) {
            *byte = match random.below(3) {
                0 => *byte ^ 1 << random.below(8),
                1 => random.pick(&[0, 1, 0x7f, 0x80, 0xff, b'"', b'{', b'<']),
                _ => random.next() as u8,
            };
        }
    }

    /// Writes a length that is as wrong as it can be.
    fn write_number(&mut self, random: &mut Random, length: usize) {
        let at = Self::place(random, length);
        let wrong = [0, 1, 7, 8, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff, u64::MAX, u64::MAX - 7];
        let number = match random.below(3) {
            0 => (length - at.min(length)) as u64,
            1 => (length as u64).wrapping_add(random.next() % 32).wrapping_sub(16),
            _ => random.pick(&wrong),
        };
        let width = random.pick(&[2, 4, 4, 4, 8]);
        let bytes = if random.below(2) == 0 {
            number.to_le_bytes()
        } else {
            (number << (64 - 8 * width)).to_be_bytes()
        };
        for (place, byte) in self.changed[..length].iter_mut().skip(at).zip(&bytes[..width]) {
            *place = *byte;
        }
    }

    fn remove(&mut self, random: &mut Random, length: usize) -> usize {
        let at = Self::place(random, length);
        let count = random.below(40).min(length - at);
        self.changed.drain(at..at + count);
        length - count
    }

    fn repeat(&mut self, random: &mut Random, length: usize) -> usize {
        let at = Self::place(random, length);
        let count = random.below(400).min(length - at);
        let again = self.changed[at..at + count].to_vec();
        self.changed.splice(at..at, again);
        length + count
    }
}

/// Makes the checksums of a PNG's texts right again, so that what is behind them is reached.
fn correct_checksums(bytes: &mut [u8]) {
    if !bytes.starts_with(b"\x89PNG") {
        return;
    }
    let mut at = 8;
    while let Some(head) = bytes.get(at..at + 8) {
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
        let is_text = [b"tEXt", b"zTXt", b"iTXt", b"comf"].iter().any(|kind| head[4..] == **kind);
        let end = at + 8 + length;
        if bytes.len() < end + 4 {
            return;
        }
        if is_text {
            let checksum = crc32(&bytes[at + 4..end]);
            bytes[end..end + 4].copy_from_slice(&checksum.to_be_bytes());
        }
        at = end + 4;
    }
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(
            crc ^ u32::from(*byte),
            |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 },
        )
    })
}
