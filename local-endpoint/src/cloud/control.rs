//! The faults that tests ask the cloud API for, and the counts that do not belong to a job.

use std::collections::BTreeMap;
use std::sync::Mutex;

use serde::{Deserialize, Serialize};

use super::faults::Faults;
use crate::lock::lock;

/// What tests ask for. Each `PUT` replaces all of it.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Wanted {
    /// What happens to sockets that try to connect.
    pub sockets: Connecting,
    /// Faults of the jobs that do not bring their own.
    pub jobs: Faults,
}

/// What happens to a socket that tries to connect.
#[derive(Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Connecting {
    #[default]
    Taken,
    /// The handshake is answered with an error.
    Refused,
    /// The handshake is never answered.
    Silent,
}

/// What was asked for, and the counts that do not belong to a job.
#[derive(Default)]
pub struct Control {
    wanted: Mutex<Wanted>,
    /// Schedule calls by prompt id, including refused ones.
    calls: Mutex<BTreeMap<String, u32>>,
}

impl Control {
    /// Sets what is asked for.
    pub fn want(&self, wanted: Wanted) {
        *lock(&self.wanted) = wanted;
    }

    /// Clears the faults and the counts.
    pub fn clear(&self) {
        self.want(Wanted::default());
        lock(&self.calls).clear();
    }

    /// The schedule calls by prompt id.
    pub fn calls(&self) -> BTreeMap<String, u32> {
        lock(&self.calls).clone()
    }

    pub fn connecting(&self) -> Connecting {
        lock(&self.wanted).sockets
    }

    pub fn faults(&self) -> Faults {
        lock(&self.wanted).jobs.clone()
    }

    /// Counts a schedule call and returns the number of earlier ones with the same id.
    pub fn note_call(&self, id: &str) -> u32 {
        let mut calls = lock(&self.calls);
        let count = calls.entry(id.to_owned()).or_default();
        *count += 1;
        *count - 1
    }
}
