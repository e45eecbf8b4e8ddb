//! What tests can ask the cloud API to do wrong.

use axum::extract::Query as Parameters;
use axum::http::Uri;
use serde::{Deserialize, Serialize};

/// Faults of one job: those of `PUT /cloud-control`, or those in the query of the job's `view_comfy_api_url`, where one is
/// `cloud=…`, so that runs side by side can have different ones.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Faults {
    /// What is wrong with the answer to the schedule call.
    pub schedule: Option<Schedule>,
    /// To how many of the job's schedule calls that happens; 0 is one.
    pub schedules: u32,
    /// What is wrong with the job's look-ups.
    pub look_up: Option<LookUp>,
    /// How many of the job's look-ups that happens to; 0 is one.
    pub look_ups: u32,
    /// How the job ends.
    pub job: Option<End>,
    /// Every so many events are lost; 1 loses all.
    pub lose: u32,
    /// Every event comes twice.
    pub double: bool,
    /// Neighbouring events change places.
    pub shuffle: bool,
    /// The socket is dropped after so many of the job's events.
    pub drop_after: u32,
    /// An error is told although the job goes on.
    pub false_error: bool,
    /// The result message is empty.
    pub empty_result: bool,
    /// Events are the bare text, as an older form of the API has them.
    pub bare: bool,
    /// So many of the job's look-ups give links that have expired.
    pub expired: u32,
    /// So many downloads of each file break half-way.
    pub broken: u32,
    /// One more output, of this many bytes.
    pub large: usize,
}

/// What can be wrong with the answer to a schedule call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Schedule {
    /// The job is taken, and the connection breaks within the answer.
    TakenCut,
    /// The job is taken, and a gateway answers 504.
    TakenTimeout,
    /// The job is taken, and no answer comes.
    TakenNever,
    /// The job is not taken, and the connection breaks within the answer.
    Cut,
    /// The job is not taken, and a gateway answers 503.
    Unavailable,
    /// The job is not taken, and the service refuses it: 429.
    Limited,
}

impl Schedule {
    /// Whether the job is taken all the same.
    pub fn takes(self) -> bool {
        matches!(self, Self::TakenCut | Self::TakenTimeout | Self::TakenNever)
    }
}

/// What can be wrong with a look-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LookUp {
    /// 503 of a gateway.
    Fail,
    /// The connection breaks within the answer.
    Cut,
    /// The job is not in the list.
    Unknown,
    /// No answer comes.
    Never,
}

/// How a job ends otherwise than by its result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum End {
    /// In error, which is told.
    Fails,
    /// Canceled by somebody else.
    Canceled,
}

impl Faults {
    /// The faults that an address asks for, where it asks for faults of the cloud API.
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
