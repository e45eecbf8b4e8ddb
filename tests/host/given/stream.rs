//! Event streams: every way to write events, and what must be read from them.

use super::answer::{Answer, answer};
use super::style::style;
use super::{Bytes, Style};
use crate::read::Told;
use proptest::prelude::*;
use std::fmt;
use viewcomfy_wasm::protocol::Progress;

/// A stream, and what must be read from it.
#[derive(Clone)]
pub struct Stream {
    pub bytes: Bytes,
    /// Every event with data: its name and its data.
    pub framed: Vec<(String, String)>,
    pub last_event_id: String,
    pub retry_ms: Option<u64>,
    /// What a reader of answers tells.
    pub events: Vec<Told>,
    /// The result, or the code of the error for there being none.
    pub outcome: Result<Answer, &'static str>,
}

/// Its bytes say it all.
impl fmt::Debug for Stream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.bytes, f)
    }
}

/// One thing in a stream.
#[derive(Debug, Clone)]
enum Item {
    Comment(String),
    Id(String),
    Retry(String),
    Blank,
    /// An event that is forgotten, for it has no data.
    NameOnly(String),
    Log(String),
    Bar(Bar),
    Error(String),
    /// An event that no reader knows, perhaps without a name.
    Other(Option<String>, String),
}

/// A progress bar of tqdm.
#[derive(Debug, Clone)]
struct Bar {
    label: String,
    step: u32,
    total: u32,
    elapsed: u32,
    remaining: Option<u32>,
    /// Hundredths of a step per second.
    rate: Option<u32>,
}

impl Bar {
    fn line(&self) -> String {
        let Self { label, step, total, .. } = self;
        let clock = |seconds: u32| match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
            (0, minutes, seconds) => format!("{minutes:02}:{seconds:02}"),
            (hours, minutes, seconds) => format!("{hours}:{minutes:02}:{seconds:02}"),
        };
        let rate = self.rate.map_or("?".to_owned(), |rate| format!("{:2}.{:02}", rate / 100, rate % 100));
        let remaining = self.remaining.map_or("?".to_owned(), clock);
        let elapsed = clock(self.elapsed);
        let percent = step * 100 / total;
        format!("{label}{percent:3}%|███▌    | {step}/{total} [{elapsed}<{remaining}, {rate}it/s]")
    }

    fn progress(&self) -> Progress {
        let (step, total) = (f64::from(self.step), f64::from(self.total));
        Progress {
            step,
            total: Some(total),
            percent: Some(step / total * 100.0),
            elapsed_seconds: Some(f64::from(self.elapsed)),
            remaining_seconds: self.remaining.map(f64::from),
            rate: self.rate.map(|rate| f64::from(rate) / 100.0),
        }
    }
}

/// Writes a stream and keeps the account of it.
struct Writer {
    style: Style,
    after_cr: bool,
    stream: Stream,
}

impl Writer {
    fn new(style: Style) -> Self {
        let stream = Stream {
            bytes: Bytes(Vec::new()),
            framed: Vec::new(),
            last_event_id: String::new(),
            retry_ms: None,
            events: Vec::new(),
            outcome: Err("stream_ended"),
        };
        Self { style, after_cr: false, stream }
    }

    fn line(&mut self, text: &str) {
        self.stream.bytes.0.extend_from_slice(text.as_bytes());
        let end = match self.after_cr && text.is_empty() {
            // An LF here would belong to the CR before it.
            true => self.style.one_of(&["\r\n", "\r"]),
            false => self.style.one_of(&["\n", "\r\n", "\r"]),
        };
        self.after_cr = end == "\r";
        self.stream.bytes.0.extend_from_slice(end.as_bytes());
    }

    fn field(&mut self, name: &str, value: &str) {
        let forms = [format!("{name}: {value}"), format!("{name}:{value}"), name.to_owned()];
        let form = match value.chars().next() {
            None => self.style.pick(3),
            // One space is dropped, so a value that begins with one needs another before it.
            Some(' ') => 0,
            Some(_) => self.style.pick(2),
        };
        self.line(&forms[usize::from(form)]);
    }

    /// Lines that mean nothing wherever they stand.
    fn noise(&mut self) {
        const NOISE: [&str; 7] =
            [": ping", ":", ":data: x", "unknown: x", "Data: x", " data: x", "event : x"];
        if self.style.once_in(5) {
            let noise = self.style.one_of(&NOISE);
            self.line(noise);
        }
    }

    /// An event whose name stands before, between or behind its data.
    fn event(&mut self, name: Option<&str>, data: &str) {
        let lines: Vec<&str> = data.split('\n').collect();
        let name_at = usize::from(self.style.one_of(&[0, 0, 0, 1, u8::MAX])).min(lines.len());
        if name.is_some() && self.style.once_in(8) {
            self.field("event", "overruled");
        }
        for (index, line) in lines.iter().enumerate() {
            self.noise();
            if index == name_at {
                self.name(name);
            }
            self.field("data", line);
        }
        if name_at == lines.len() {
            self.name(name);
        }
        self.noise();
        self.line("");
        let name = name.filter(|name| !name.is_empty()).unwrap_or("message");
        self.stream.framed.push((name.to_owned(), data.to_owned()));
    }

    fn name(&mut self, name: Option<&str>) {
        if let Some(name) = name {
            self.field("event", name);
        }
    }

    fn told(&mut self, event: Told) {
        if self.stream.outcome.is_err() {
            self.stream.events.push(event);
        }
    }

    fn item(&mut self, item: &Item) {
        match item {
            Item::Comment(text) => self.line(&format!(":{text}")),
            Item::Id(id) => {
                self.field("id", id);
                if !id.contains('\0') {
                    self.stream.last_event_id.clone_from(id);
                }
            }
            Item::Retry(time) => {
                self.field("retry", time);
                if time.bytes().all(|byte| byte.is_ascii_digit()) {
                    self.stream.retry_ms = time.parse().ok().or(self.stream.retry_ms);
                }
            }
            Item::Blank => self.line(""),
            Item::NameOnly(name) => {
                self.field("event", name);
                self.line("");
            }
            Item::Log(text) => {
                self.event(Some("log_message"), text);
                self.told(Told::Log(text.clone()));
            }
            Item::Bar(bar) => {
                self.event(Some("log_message"), &bar.line());
                self.told(Told::Log(bar.line()));
                self.told(Told::Progress(bar.progress()));
            }
            Item::Error(text) => {
                self.event(Some("error"), text);
                self.told(Told::Error(text.clone()));
                if self.stream.outcome.is_err() {
                    self.stream.outcome = Err("execution_failed");
                }
            }
            Item::Other(name, data) => self.event(name.as_deref(), data),
        }
    }
}

fn written(before: &[Item], answer: Option<Answer>, after: &[Item], style: Style) -> Stream {
    let mut writer = Writer::new(style);
    if writer.style.once_in(3) {
        writer.stream.bytes.0.extend_from_slice("\u{feff}".as_bytes());
    }
    before.iter().for_each(|item| writer.item(item));
    if let Some(answer) = answer {
        let answer = answer.with_line_feeds();
        writer.event(Some("prompt_result"), &answer.json);
        writer.stream.outcome = Ok(answer);
    }
    after.iter().for_each(|item| writer.item(item));
    // What no blank line ends is discarded.
    if writer.style.once_in(3) {
        writer.field("event", "log_message");
        writer.field("data", "cut off");
    }
    writer.stream
}

/// A whole stream, mostly with a result.
pub fn stream() -> impl Strategy<Value = Stream> {
    let items = |most| prop::collection::vec(item(), 0..most);
    (items(8), prop::option::weighted(0.85, answer()), items(3), style())
        .prop_map(|(before, answer, after, style)| written(&before, answer, &after, style))
}

/// A stream that is nothing but its result.
pub fn stream_of(answer: Answer, style: Style) -> Stream {
    written(&[], Some(answer), &[], style)
}

fn item() -> impl Strategy<Value = Item> {
    let other_name = line().prop_filter("a known name", |name| {
        !["log_message", "error", "prompt_result"].contains(&name.as_str())
    });
    prop_oneof![
        2 => line().prop_map(Item::Comment),
        1 => line().prop_map(Item::Id),
        1 => "[0-9]{0,6}|[0-9a-z ]{1,4}".prop_map(Item::Retry),
        1 => Just(Item::Blank),
        1 => line().prop_map(Item::NameOnly),
        4 => lines().prop_map(Item::Log),
        2 => bar().prop_map(Item::Bar),
        1 => lines().prop_map(Item::Error),
        1 => (prop::option::of(other_name), lines()).prop_map(|(name, data)| Item::Other(name, data)),
    ]
}

fn bar() -> impl Strategy<Value = Bar> {
    let figures = (1_u32..5000).prop_flat_map(|total| (0..=total, Just(total)));
    let rate = prop::option::of(1_u32..9999);
    (
        prop::sample::select(&["", " ", "Sampling: ", "\u{1b}[32mé "][..]),
        figures,
        0_u32..90_000,
        prop::option::of(0_u32..90_000),
        rate,
    )
        .prop_map(|(label, (step, total), elapsed, remaining, rate)| Bar {
            label: label.to_owned(),
            step,
            total,
            elapsed,
            remaining,
            rate,
        })
}

/// Text of several lines.
fn lines() -> impl Strategy<Value = String> {
    prop::collection::vec(line(), 1..4).prop_map(|lines| lines.join("\n"))
}

/// Text without a line end, and no progress in it.
fn line() -> impl Strategy<Value = String> {
    let character = prop_oneof![
        8 => prop::char::range(' ', '~'),
        2 => prop::sample::select(vec![' ', ':', '\t', '\0', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}', '\u{feff}']),
        3 => any::<char>().prop_filter("a line end", |c| !matches!(c, '\r' | '\n')),
    ];
    prop::collection::vec(character, 0..10).prop_map(String::from_iter)
}
