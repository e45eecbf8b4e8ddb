//! Editor files changed at random, 100,000 of them: no panic, no conversion that does not end, no memory that a file does
//! not account for, and every failure one that has a name. Depends on the crate and peak_alloc.
//!
//! A test program of its own with one test, since the allocator counts for all threads of a program: here for two, each
//! with half of the cases, so that a peak is at most that of both. The cases are the
//! same each time; `CONVERT_SEED` gives others, `CONVERT_CASES` more.
#![allow(clippy::unwrap_used, reason = "a test that cannot read its own fixtures should stop there")]

use peak_alloc::PeakAlloc;
use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};
use viewcomfy_wasm::ErrorKind;
use viewcomfy_wasm::convert::{DynamicPrompts, Moment, Options, to_api_format};
use viewcomfy_wasm::definitions::Definitions;
use viewcomfy_wasm::json::Value;
use viewcomfy_wasm::json::value::Kind;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

const CASES: u64 = 100_000;

/// One case in so many is a nest that is too large or too deep, which takes a while.
const RARE: u64 = 2000;

/// Files up to this size are changed: the time goes into many of them, and not into large ones.
const LARGEST: usize = 2 * 1024;

/// What a conversion may take: the graph of the file and the classes it names, or the nodes that its subgraphs open to.
const COPIES: usize = 60;
const ALLOWED: usize = 2 * 1024 * 1024;
const NEST: usize = 400 * 1024 * 1024;

/// A conversion takes less than a thousandth of a second; this is for a nest, on a machine that does much else.
const LONGEST: Duration = Duration::from_secs(10);

/// Values that are wrong in most places.
const ODD: [&str; 22] = [
    "null",
    "true",
    "0",
    "-1",
    "-10",
    "-20",
    "1",
    "4294967295",
    "18446744073709551616",
    "1e999",
    "0.1",
    "\"\"",
    "\"*\"",
    "\"-10\"",
    "\"Reroute\"",
    "\"PrimitiveNode\"",
    "\"%date:yyyy%%KSampler.seed%\"",
    "\"{a|{b|c}// d\\\\\"",
    "[]",
    "{}",
    "[[\"-1\",\"seed\"],[\"1\",\"width\"]]",
    "[1,2,3,4,5,6]",
];

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
}

/// A file, and where each of its values stands.
struct File {
    name: String,
    text: String,
    spans: Vec<Span>,
}

/// Where a value stands.
#[derive(Clone, Copy)]
struct Span {
    start: usize,
    end: usize,
    /// It is in a list, where it may stand twice.
    is_item: bool,
}

#[derive(Default)]
struct Seen {
    converted: usize,
    warned: usize,
    syntax: usize,
    refused: Vec<(&'static str, usize)>,
    most_memory: (usize, String),
    longest: (Duration, String),
}

#[test]
fn a_changed_file_never_does_harm() {
    let number = |name: &str, otherwise: u64| {
        std::env::var(name).ok().map_or(otherwise, |value| value.parse().unwrap())
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let definitions =
        Definitions::parse_bundled(&fs::read(root.join("pkg/definitions.json")).unwrap()).unwrap();
    let files = files(root);
    let (seed, cases) = (number("CONVERT_SEED", 12), number("CONVERT_CASES", CASES));
    let mut seen = Seen::default();
    let rare =
        [File::of("large nest".to_owned(), nest(17, 2)), File::of("deep nest".to_owned(), nest(60, 1))];
    run(&rare, &definitions, seed, cases / RARE, &mut seen);
    thread::scope(|scope| {
        let half = |seed: u64| {
            let (files, definitions) = (&files, &definitions);
            scope.spawn(move || {
                let mut seen = Seen::default();
                run(files, definitions, seed, (cases - cases / RARE) / 2, &mut seen);
                seen
            })
        };
        for half in [half(seed.wrapping_add(1)), half(seed.wrapping_add(2))] {
            seen.add(half.join().unwrap());
        }
    });
    println!(
        "{} files: {} converted, {} of them with warnings, {} no workflow, refused {:?}",
        files.len(),
        seen.converted,
        seen.warned,
        seen.syntax,
        seen.refused
    );
    println!("most memory {:?}, longest {:?}", seen.most_memory, seen.longest);
    let refused: usize = seen.refused.iter().map(|(_, count)| count).sum();
    assert!(
        seen.converted > refused && seen.warned > 100 && seen.syntax > 100,
        "what was changed tells little"
    );
    for reason in ["dangling_link", "bypass_cycle", "recursive_subgraph", "too_many_nodes"] {
        assert!(seen.refused.iter().any(|(known, _)| *known == reason), "no change led to {reason}");
    }
}

/// Changes the files in turn, and converts them.
fn run(files: &[File], definitions: &Definitions, seed: u64, cases: u64, seen: &mut Seen) {
    let mut random = Random(seed);
    for case in 0..cases {
        let file = &files[case as usize % files.len()];
        let changed = file.changed(&mut random);
        convert(
            &changed,
            definitions,
            &mut random,
            &format!("{}, seed {seed}, case {case}", file.name),
            seen,
        );
    }
}

impl Seen {
    fn add(&mut self, other: Self) {
        self.converted += other.converted;
        self.warned += other.warned;
        self.syntax += other.syntax;
        for (reason, count) in other.refused {
            self.refuse(reason, count);
        }
        self.most_memory = std::mem::take(&mut self.most_memory).max(other.most_memory);
        self.longest = std::mem::take(&mut self.longest).max(other.longest);
    }

    fn refuse(&mut self, reason: &'static str, count: usize) {
        match self.refused.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, known)) => *known += count,
            None => self.refused.push((reason, count)),
        }
    }
}

fn convert(bytes: &[u8], definitions: &Definitions, random: &mut Random, case: &str, seen: &mut Seen) {
    let options = Options {
        dynamic_prompts: match random.below(3) {
            0 => DynamicPrompts::First,
            1 => DynamicPrompts::Keep,
            _ => DynamicPrompts::Seed(random.next()),
        },
        now: Some(Moment { year: 2026, month: 1, day: 2, hour: 3, minute: 4, second: 5 }),
        refuses_unknown_classes: random.below(8) == 0,
    };
    let before = ALLOCATOR.current_usage();
    ALLOCATOR.reset_peak_usage();
    let start = Instant::now();
    let result = to_api_format(bytes, definitions, &options);
    let (taken, memory) = (start.elapsed(), ALLOCATOR.peak_usage().saturating_sub(before));
    assert!(taken < LONGEST, "{case}: {taken:?}");
    if taken > seen.longest.0 {
        seen.longest = (taken, case.to_owned());
    }
    let mut most = COPIES * bytes.len() + ALLOWED;
    match result {
        Ok(converted) => {
            assert!(Value::parse(&converted.json).is_ok_and(|json| json.kind() == Kind::Object), "{case}");
            seen.converted += 1;
            seen.warned += usize::from(!converted.warnings.is_empty());
            most += 20 * converted.json.len();
        }
        Err(error) => match error.kind() {
            ErrorKind::CannotConvert { reason, .. } => {
                if *reason == "too_many_nodes" {
                    most = NEST;
                }
                seen.refuse(reason, 1);
            }
            ErrorKind::InvalidWorkflow { .. } => seen.syntax += 1,
            other => panic!("{case}: {other}"),
        },
    }
    assert!(memory <= most, "{case}: {memory} bytes of memory for {}", bytes.len());
    if most != NEST && memory > seen.most_memory.0 {
        seen.most_memory = (memory, case.to_owned());
    }
}

/// The smaller fixtures, and nests of subgraphs that share each other.
fn files(root: &Path) -> Vec<File> {
    let mut files = Vec::new();
    for directory in ["handmade", "templates"] {
        let entries = fs::read_dir(root.join("tests/fixtures/convert").join(directory)).unwrap();
        let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
        paths.retain(|path| path.to_str().unwrap().ends_with(".ui.json"));
        paths.sort();
        for path in paths {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            files.push(File::of(name, fs::read_to_string(&path).unwrap()));
        }
    }
    files.retain(|file| file.text.len() <= LARGEST);
    for (levels, instances) in [(3, 2), (6, 2), (4, 3), (12, 1)] {
        files.push(File::of(format!("nest of {levels}"), nest(levels, instances)));
    }
    assert!(files.len() >= 50, "{} files", files.len());
    files
}

/// Subgraphs in each other with a value that is promoted to the canvas, all instances in one chain.
fn nest(levels: usize, instances: usize) -> String {
    let node = |id: usize, class: &str, link: usize| {
        format!(
            r#"{{"id": {id}, "type": "{class}", "mode": 0, "properties": {{"proxyWidgets": [["1", "width"]]}}, "widgets_values": [5, 6],
            "inputs": [{{"name": "width", "type": "INT", "link": {link}, "widget": {{"name": "width"}}}}], "outputs": [{{"name": "IMAGE", "type": "IMAGE", "links": []}}]}}"#
        )
    };
    let definition = |level: usize| {
        let is_last = level + 1 == levels;
        let (class, count) =
            if is_last { ("EmptyImage".to_owned(), 1) } else { (format!("s{}", level + 1), instances) };
        let nodes: Vec<_> = (1..=count).map(|id| node(id, &class, id)).collect();
        let link = |id: usize| {
            format!(
                r#"{{"id": {id}, "origin_id": -10, "origin_slot": 0, "target_id": {id}, "target_slot": 0, "type": "INT"}}"#
            )
        };
        let links: Vec<_> = (1..=count).map(link).collect();
        let ids: Vec<_> = (1..=count).map(|id| id.to_string()).collect();
        format!(
            r#"{{"id": "s{level}", "nodes": [{}], "inputs": [{{"id": "w", "name": "width", "type": "INT", "linkIds": [{}]}}],
            "outputs": [{{"id": "i", "name": "IMAGE", "type": "IMAGE", "linkIds": [9]}}], "links": [{},
            {{"id": 9, "origin_id": 1, "origin_slot": 0, "target_id": -20, "target_slot": 0, "type": "IMAGE"}}]}}"#,
            nodes.join(","),
            ids.join(","),
            links.join(",")
        )
    };
    let definitions: Vec<_> = (0..levels).map(definition).collect();
    format!(
        r#"{{"version": 0.4, "nodes": [{{"id": 1, "type": "s0", "mode": 0, "inputs": [], "outputs": [{{"name": "IMAGE", "type": "IMAGE", "links": [1]}}]}},
        {{"id": 2, "type": "SaveImage", "mode": 0, "inputs": [{{"name": "images", "type": "IMAGE", "link": 1}}], "outputs": []}}],
        "links": [[1, 1, 0, 2, 0, "IMAGE"]], "definitions": {{"subgraphs": [{}]}}}}"#,
        definitions.join(",")
    )
}

impl File {
    fn of(name: String, text: String) -> Self {
        let mut spans = Vec::new();
        let whole = Value::parse(&text).unwrap();
        collect(whole, text.as_ptr() as usize, false, &mut spans);
        // The first is the whole file.
        spans.remove(0);
        Self { name, spans, text }
    }

    /// The file with one to four changes: nearly always of whole values, so that it stays JSON.
    fn changed(&self, random: &mut Random) -> Vec<u8> {
        let mut edits: Vec<(usize, usize, String)> = Vec::new();
        for _ in 0..1 + random.below(4) {
            let span = self.spans[random.below(self.spans.len())];
            if edits.iter().all(|(from, to, _)| span.end <= *from || *to <= span.start) {
                edits.push((span.start, span.end, self.instead(random, span)));
            }
        }
        edits.sort_by(|a, b| b.0.cmp(&a.0));
        let mut text = self.text.clone();
        for (start, end, instead) in edits {
            text.replace_range(start..end, &instead);
        }
        let mut bytes = text.into_bytes();
        if random.below(12) == 0 && !bytes.is_empty() {
            let at = random.below(bytes.len());
            match random.below(3) {
                0 => bytes.truncate(at),
                1 => bytes[at] ^= 1 << random.below(8),
                _ => bytes[at] = random.next() as u8,
            }
        }
        bytes
    }

    /// What to put into the place of a value: another one of the file, an odd one, the same twice.
    fn instead(&self, random: &mut Random, span: Span) -> String {
        let value = self.value(span);
        let other = self.value(self.spans[random.below(self.spans.len())]);
        match random.below(8) {
            0 | 1 => ODD[random.below(ODD.len())].to_owned(),
            2 if other.len() < 2000 => other.to_owned(),
            // Another value of the same kind leads further: an id for an id, a node for a node.
            3..=5 => self.alike(random, value).to_owned(),
            6 if span.is_item => format!("{value},{value}"),
            _ if value.starts_with('"') => ODD[random.below(ODD.len())].to_owned(),
            _ => random.below(12).to_string(),
        }
    }

    fn alike(&self, random: &mut Random, value: &str) -> &str {
        for _ in 0..8 {
            let other = self.value(self.spans[random.below(self.spans.len())]);
            if other.as_bytes()[0] == value.as_bytes()[0] && other.len() < 2000 {
                return other;
            }
        }
        "null"
    }

    fn value(&self, span: Span) -> &str {
        &self.text[span.start..span.end]
    }
}

fn collect(value: Value<'_>, base: usize, is_item: bool, spans: &mut Vec<Span>) {
    let start = value.raw().as_ptr() as usize - base;
    spans.push(Span { start, end: start + value.raw().len(), is_item });
    match value.kind() {
        Kind::Object => value.entries().into_iter().for_each(|(_, inner)| collect(inner, base, false, spans)),
        Kind::Array => value.items().into_iter().for_each(|inner| collect(inner, base, true, spans)),
        _ => {}
    }
}
