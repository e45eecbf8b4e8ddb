//! A batch of events, laid out so that it crosses the boundary at once: one text and one array of numbers.

use crate::protocol::{Event, EventSink, Progress};
use js_sys::{Array, Float64Array, JsString};

/// Events until they are taken.
///
/// `pkg/src/event-batch.js` reads the numbers: a kind, then for a log line or an error its length in UTF-16 units, all of them
/// one after another in the text; for progress, the figures, NaN where the line does not give one.
pub struct EventBatch {
    text: String,
    numbers: Vec<f64>,
    wants_progress: bool,
}

const LOG: f64 = 0.0;
const ERROR: f64 = 1.0;
const PROGRESS: f64 = 2.0;

impl EventSink for EventBatch {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Log(line) => self.text(LOG, line),
            Event::Error(message) => self.text(ERROR, message),
            Event::Progress(progress) => self.progress(progress),
        }
    }

    fn wants_progress(&self) -> bool {
        self.wants_progress
    }
}

impl EventBatch {
    pub fn new(wants_progress: bool) -> Self {
        Self { text: String::new(), numbers: Vec::new(), wants_progress }
    }

    /// `[text, numbers]`; none when there are none.
    pub fn take(&mut self) -> Option<Array> {
        if self.numbers.is_empty() {
            return None;
        }
        let text = JsString::from(self.text.as_str());
        let taken = Array::of2(&text, &Float64Array::from(self.numbers.as_slice()));
        self.text.clear();
        self.numbers.clear();
        Some(taken)
    }

    fn text(&mut self, kind: f64, text: &str) {
        let length = if text.is_ascii() { text.len() } else { text.encode_utf16().count() };
        self.text.push_str(text);
        self.numbers.extend([kind, length as f64]);
    }

    fn progress(&mut self, progress: Progress) {
        let Progress { step, total, percent, elapsed_seconds, remaining_seconds, rate } = progress;
        self.numbers.extend([PROGRESS, step]);
        let rest = [total, percent, elapsed_seconds, remaining_seconds, rate];
        self.numbers.extend(rest.map(|figure| figure.unwrap_or(f64::NAN)));
    }
}
