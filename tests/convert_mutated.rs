//! Editor files changed at random, 100,000 of them: no panic, no conversion that does not end, no memory that a file
//! does not account for, and every failure one that has a name.
//!
//! A test program of its own with one test, since the allocator counts for all threads of a program: here for two, each
//! with half of the cases, so that a peak is at most that of both. The cases are the
//! same each time; `CONVERT_SEED` gives others, `CONVERT_CASES` more.
#![allow(clippy::unwrap_used, reason = "a test that cannot read its own fixtures should stop there")]

#[path = "host/convert/changed.rs"]
mod changed;

use changed::{File, Random, carried, files, nest};
use peak_alloc::PeakAlloc;
use std::fs;
use std::path::Path;
use std::thread;
use std::time::Duration;

use cpu_time::ThreadTime;
use viewcomfy_wasm::convert::{DynamicPrompts, Moment, Options, to_api_format};
use viewcomfy_wasm::definitions::{Definitions, KnownClasses};
use viewcomfy_wasm::json::Value;
use viewcomfy_wasm::json::value::Kind;
use viewcomfy_wasm::{CannotConvertReason, ErrorKind};

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

const CASES: u64 = 100_000;

/// One case in so many is a nest that is too large or too deep, which takes a while.
const RARE: u64 = 2000;

/// What a conversion may take: the graph of the file and the classes it names, or the nodes that its subgraphs open to.
const COPIES: usize = 60;
const ALLOWED: usize = 2 * 1024 * 1024;
const NEST: usize = 400 * 1024 * 1024;

/// The most that a thread may work for one conversion: it takes less than a thousandth of a second, a nest takes longer.
const MAX_LENGTH: Duration = Duration::from_secs(10);

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
    let definitions = known(root);
    let custom =
        Definitions::parse_custom(&fs::read(root.join("tests/fixtures/convert/packs.json")).unwrap())
            .unwrap();
    let files = files(root);
    let (seed, cases) = (number("CONVERT_SEED", 12), number("CONVERT_CASES", CASES));
    let mut seen = Seen::default();
    let rare =
        [File::of("large nest".to_owned(), nest(17, 2)), File::of("deep nest".to_owned(), nest(60, 1))];
    run(&rare, &definitions, &custom, seed, cases / RARE, &mut seen);
    thread::scope(|scope| {
        let half = |seed: u64| {
            let (files, definitions, custom) = (&files, &definitions, &custom);
            scope.spawn(move || {
                let mut seen = Seen::default();
                run(files, definitions, custom, seed, (cases - cases / RARE) / 2, &mut seen);
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

/// The package's definitions and, for one case in six, some of a server with odd classes.
fn known(root: &Path) -> Vec<Definitions> {
    let read = |path: &str| fs::read_to_string(root.join(path)).unwrap();
    let server = File::of("object_info".to_owned(), read("tests/fixtures/convert/object_info.json"));
    let mut random = Random(7);
    let odd = (0..400).filter_map(|_| Definitions::parse(server.changed(&mut random)).ok());
    let mut definitions: Vec<_> = odd.collect();
    let unreadable = definitions.iter().filter(|odd| !odd.unreadable().is_empty()).count();
    assert!(definitions.len() > 200 && unreadable > 20, "{} read, {unreadable} in part", definitions.len());
    definitions.push(Definitions::parse_bundled(read("pkg/definitions.json").as_bytes()).unwrap());
    definitions
}

/// Changes the files in turn, and converts them.
fn run(
    files: &[File],
    definitions: &[Definitions],
    custom: &Definitions,
    seed: u64,
    cases: u64,
    seen: &mut Seen,
) {
    let mut random = Random(seed);
    for case in 0..cases {
        let file = &files[case as usize % files.len()];
        let changed = carried(file.changed(&mut random), &mut random);
        let of_server = random.below(definitions.len());
        let known = if case % 6 == 0 { of_server } else { definitions.len() - 1 };
        convert(
            &changed,
            KnownClasses::from(&definitions[known]).or(Some(custom)),
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

fn convert(bytes: &[u8], known: KnownClasses<'_>, random: &mut Random, case: &str, seen: &mut Seen) {
    let options = Options {
        dynamic_prompts: match random.below(3) {
            0 => DynamicPrompts::First,
            1 => DynamicPrompts::Keep,
            _ => DynamicPrompts::Seed(random.next()),
        },
        now: Some(Moment { year: 2026, month: 1, day: 2, hour: 3, minute: 4, second: 5 }),
        strict: random.below(8) == 0,
    };
    let before = ALLOCATOR.current_usage();
    ALLOCATOR.reset_peak_usage();
    let start = ThreadTime::now();
    let result = to_api_format(bytes, known, &options);
    let (taken, memory) = (start.elapsed(), ALLOCATOR.peak_usage().saturating_sub(before));
    assert!(taken < MAX_LENGTH, "{case}: {taken:?}");
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
                if *reason == CannotConvertReason::TooManyNodes {
                    most = NEST;
                }
                seen.refuse(reason.as_str(), 1);
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
