//! A prompt result of any size is read in constant memory, and a workflow in memory in proportion to its size.
//!
//! A test program of its own with one test, since the allocator counts for all threads of a program.

use peak_alloc::PeakAlloc;
use viewcomfy_wasm::Error;
use viewcomfy_wasm::protocol::result::PIECE;
use viewcomfy_wasm::protocol::{Event, EventSink, Limits, OutputSink, StreamReader};
use viewcomfy_wasm::workflow::Workflow;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

const MB: usize = 1024 * 1024;

/// What the test's own messages may take.
const CHANGE: usize = 64 * 1024;

/// Counts what it is given, and gives the buffer back.
#[derive(Default)]
struct Counted {
    bytes: usize,
    events: usize,
}

impl OutputSink for Counted {
    fn piece(&mut self, _output: usize, buffer: Vec<u8>, length: usize) -> Result<Vec<u8>, Error> {
        self.bytes += length;
        Ok(buffer)
    }
}

impl EventSink for Counted {
    fn event(&mut self, _event: Event<'_>) {
        self.events += 1;
    }
}

/// Reads a stream of `head`, then as many times `middle` as are asked for, then `tail`; gives the peak of memory.
fn peak(head: &str, middle: &[u8], times: usize, tail: &str) -> (usize, Counted, Counted) {
    let (mut outputs, mut events) = (Counted::default(), Counted::default());
    let before = ALLOCATOR.current_usage();
    ALLOCATOR.reset_peak_usage();
    let mut reader = StreamReader::new(Limits::default());
    let chunks = std::iter::once(head.as_bytes())
        .chain(std::iter::repeat_n(middle, times))
        .chain(std::iter::once(tail.as_bytes()));
    for chunk in chunks {
        assert_eq!(reader.feed(chunk, &mut events, &mut outputs), Ok(()));
    }
    let peak = ALLOCATOR.peak_usage() - before;
    assert!(reader.finish().is_ok());
    (peak, outputs, events)
}

#[test]
fn an_answer_takes_the_same_memory_whatever_its_size() {
    let (small, large) = (result_of(64), result_of(1366));
    assert!(large <= small + CHANGE, "{large} bytes for 64 MB, {small} for 3 MB");
    assert!(large < PIECE + MB / 2, "{large} bytes for 64 MB");
    let (few, many) = (logs(2_000), logs(50_000));
    assert!(many <= few + CHANGE, "{many} bytes for 50,000 lines, {few} for 2,000");
    let (once, often) = (within(1), within(150));
    assert!(
        often <= once + CHANGE,
        "{often} bytes for a workflow inside of 150 requests, {once} inside of one"
    );
}

/// The peak of memory while a workflow of a megabyte is read, which is inside of so many requests.
fn within(requests: usize) -> usize {
    let text = "a".repeat(MB);
    let workflow = format!(r#"{{"1": {{"class_type": "A", "inputs": {{"a": "{text}"}}}}}}"#);
    let file = [&r#"{"prompt": "#.repeat(requests), &workflow, &*"}".repeat(requests)].concat();
    let before = ALLOCATOR.current_usage();
    ALLOCATOR.reset_peak_usage();
    let nodes = Workflow::parse(file.as_bytes()).map(|workflow| workflow.nodes().len());
    assert_eq!(nodes, Ok(1));
    ALLOCATOR.peak_usage() - before
}

/// The peak of memory while a result of `chunks` times 48 KiB is read, in chunks of 64 KiB as a browser brings them.
fn result_of(chunks: usize) -> usize {
    let chunk = "q83v".repeat(16 * 1024).into_bytes();
    let size = chunks * chunk.len() / 4 * 3;
    let tail = format!("\",\"size\":{size}}}]}}\n\n");
    let (peak, outputs, _) =
        peak("event: prompt_result\ndata: {\"outputs\":[{\"data\":\"", &chunk, chunks, &tail);
    assert_eq!(outputs.bytes, size);
    peak
}

/// The peak of memory while so many lines of log are read.
fn logs(lines: usize) -> usize {
    let chunk = "event: log_message\ndata: loaded completely 5/7 [lowvram]\n\n".repeat(1000).into_bytes();
    let (peak, _, events) = peak("", &chunk, lines / 1000, "event: prompt_result\ndata: {}\n\n");
    assert_eq!(events.events, lines);
    peak
}
