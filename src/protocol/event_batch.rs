//! A batch of events, laid out so that it is passed to JavaScript at once: one text and one array of numbers.

use super::{Event, EventSink, Progress};
use crate::names::names;
use crate::text::utf16_length;

names! {
    /// What an event is. The first number of an event is the index of its kind in `ALL`.
    pub enum EventKind {
        /// A log line.
        Log = "log",
        /// An `error` event.
        Error = "error",
        /// The numbers in the log line before it.
        Progress = "progress",
        /// A `preview` event.
        Preview = "preview",
    }
}

/// The numbers of progress, in the order in which they follow its kind.
pub const FIGURES: [&str; 6] = ["step", "total", "percent", "elapsedSeconds", "remainingSeconds", "rate"];

/// Collects events until they are taken.
///
/// The numbers of an event begin with its kind. For a log line, an error or a preview its length in UTF-16 units
/// follows, and the text contains all of them one after another. For progress its [`FIGURES`] follow, with NaN for
/// those that the line does not have.
///
/// ```
/// use viewcomfy_wasm::protocol::{Event, EventBatch, EventSink};
///
/// let mut batch = EventBatch::new(true);
/// batch.event(Event::Log("one"));
/// batch.event(Event::Error("two"));
/// assert_eq!(batch.parts(), Some(("onetwo", [0.0, 3.0, 1.0, 3.0].as_slice())));
/// ```
#[derive(Debug, Default)]
pub struct EventBatch {
    text: String,
    numbers: Vec<f64>,
    wants_progress: bool,
}

impl EventSink for EventBatch {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Log(line) => self.text(EventKind::Log, line),
            Event::Error(message) => self.text(EventKind::Error, message),
            Event::Preview(json) => self.text(EventKind::Preview, json),
            Event::Progress(progress) => self.progress(progress),
        }
    }

    fn wants_progress(&self) -> bool {
        self.wants_progress
    }
}

impl EventBatch {
    /// A batch without events.
    pub fn new(wants_progress: bool) -> Self {
        Self { text: String::new(), numbers: Vec::new(), wants_progress }
    }

    /// The text and the numbers; `None` if there are no events.
    pub fn parts(&self) -> Option<(&str, &[f64])> {
        (!self.numbers.is_empty()).then_some((&*self.text, &*self.numbers))
    }

    /// Removes all events and keeps the memory for further ones, perhaps those of another run.
    pub fn reset(&mut self, wants_progress: bool) {
        self.text.clear();
        self.numbers.clear();
        self.wants_progress = wants_progress;
    }

    fn text(&mut self, kind: EventKind, text: &str) {
        self.text.push_str(text);
        self.numbers.extend([number(kind), utf16_length(text) as f64]);
    }

    fn progress(&mut self, progress: Progress) {
        let Progress { step, total, percent, elapsed_seconds, remaining_seconds, rate } = progress;
        self.numbers.extend([number(EventKind::Progress), step]);
        let rest = [total, percent, elapsed_seconds, remaining_seconds, rate];
        self.numbers.extend(rest.map(|figure| figure.unwrap_or(f64::NAN)));
    }
}

fn number(kind: EventKind) -> f64 {
    f64::from(kind as u8)
}
