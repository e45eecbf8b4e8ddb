//! The faults that tests can ask the cloud API for.

use axum::extract::Query as Parameters;
use axum::http::Uri;
use serde::{Deserialize, Serialize};

/// Faults of one job: those of `PUT /cloud-control`, or those in the query of the job's `view_comfy_api_url` if that has
/// `cloud=…`, so that concurrent runs can have different ones.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Faults {
    /// The fault of the schedule call.
    pub schedule: Option<Schedule>,
    /// How many of the job's schedule calls have it; 0 means one.
    pub schedules: u32,
    /// The fault of the job's look-ups.
    pub look_up: Option<LookUp>,
    /// How many of the job's look-ups have it; 0 means one.
    pub look_ups: u32,
    /// How the job ends.
    pub job: Option<End>,
    /// Every nth event is lost; 1 loses all.
    pub lose: u32,
    /// Every event is sent twice.
    pub double: bool,
    /// Neighbouring events are swapped.
    pub shuffle: bool,
    /// The socket is dropped after this many of the job's events.
    pub drop_after: u32,
    /// An error is reported although the job goes on.
    pub false_error: bool,
    /// The result message is empty.
    pub empty_result: bool,
    /// Events are bare text, as in an older version of the API.
    pub bare: bool,
    /// How many of the job's look-ups return links that have expired.
    pub expired: u32,
    /// How many downloads of each file break half-way.
    pub broken: u32,
    /// The size in bytes of an additional output.
    pub large: usize,
}

/// The faults of a schedule call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Schedule {
    /// The job is accepted, and the connection breaks within the response.
    TakenCut,
    /// The job is accepted, and a gateway responds with 504.
    TakenTimeout,
    /// The job is accepted, and no response is sent.
    TakenNever,
    /// The job is not accepted, and the connection breaks within the response.
    Cut,
    /// The job is not accepted, and a gateway responds with 503.
    Unavailable,
    /// The service refuses the job with 429.
    Limited,
}

impl Schedule {
    /// Whether the job is accepted anyway.
    pub fn takes(self) -> bool {
        matches!(self, Self::TakenCut | Self::TakenTimeout | Self::TakenNever)
    }
}

/// The faults of a look-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LookUp {
    /// A gateway responds with 503.
    Fail,
    /// The connection breaks within the response.
    Cut,
    /// The job is not in the list.
    Unknown,
    /// No response is sent.
    Never,
}

/// How a job can end without a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum End {
    /// It fails, and the error is reported.
    Fails,
    /// Someone else cancels it.
    Canceled,
}

impl Faults {
    /// The faults that an address asks for, if it has `cloud=…`.
    pub fn of_address(address: &str) -> Option<Self> {
        let uri: Uri = address.parse().ok()?;
        let asks = form_urlencoded::parse(uri.query()?.as_bytes()).any(|(name, _)| name == "cloud");
        if !asks {
            return None;
        }
        Parameters::<Self>::try_from_uri(&uri).ok().map(|Parameters(faults)| faults)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_those_of_an_address() {
        let faults =
            Faults::of_address("http://here/infer?cloud=1&schedule=taken_cut&lose=3&double=true").unwrap();
        assert_eq!((faults.schedule, faults.lose, faults.double), (Some(Schedule::TakenCut), 3, true));
        assert!(Faults::of_address("http://here/infer?lose=3").is_none());
        assert!(Faults::of_address("").is_none());
    }
}
