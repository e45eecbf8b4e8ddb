//! The server's log: the newest lines, and clients that hear each new one.

use std::collections::{HashSet, VecDeque};
use std::sync::Mutex;

use serde_json::{Value, json};

use crate::lock::lock;

/// How many lines are kept.
const KEPT: usize = 300;

/// How much a line matters, which the server writes before it.
#[derive(Clone, Copy)]
pub enum Level {
    Info,
    Warning,
    Error,
}

impl Level {
    /// Its name in its colour.
    fn written(self) -> &'static str {
        match self {
            Self::Info => "\u{1b}[32m[INFO]\u{1b}[0m",
            Self::Warning => "\u{1b}[33m[WARNING]\u{1b}[0m",
            Self::Error => "\u{1b}[1m\u{1b}[31m[ERROR]\u{1b}[0m",
        }
    }
}

#[derive(Default)]
pub struct Logs {
    entries: Mutex<VecDeque<Value>>,
    subscribers: Mutex<HashSet<String>>,
}

impl Logs {
    /// Keeps a line, and gives its entry. A progress bar begins with a carriage return and has no line break.
    pub fn add(&self, level: Level, line: &str) -> Value {
        let written = if line.contains("it/s]") || line.contains("s/it]") {
            format!("\r{line}")
        } else {
            format!("{} {line}\n", level.written())
        };
        let time = humantime::format_rfc3339_micros(std::time::SystemTime::now()).to_string();
        let entry = json!({"t": time.trim_end_matches('Z'), "m": written});
        let mut entries = lock(&self.entries);
        if entries.len() == KEPT {
            entries.pop_front();
        }
        entries.push_back(entry.clone());
        entry
    }

    /// The lines that are kept, oldest first.
    pub fn entries(&self) -> Vec<Value> {
        lock(&self.entries).iter().cloned().collect()
    }

    /// The clients that hear each new line.
    pub fn subscribers(&self) -> Vec<String> {
        lock(&self.subscribers).iter().cloned().collect()
    }

    /// Whether this client is to hear each new line.
    pub fn subscribe(&self, client_id: String, enabled: bool) {
        let mut subscribers = lock(&self.subscribers);
        if enabled {
            subscribers.insert(client_id);
        } else {
            subscribers.remove(&client_id);
        }
    }
}
