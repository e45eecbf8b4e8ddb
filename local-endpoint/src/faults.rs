//! The faults that tests can ask the endpoint for.

use serde::Deserialize;

/// A fault asked for with `?fault=`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// The connection is cut while the log is being written.
    DropInLog,
    /// The connection is cut inside the prompt result.
    DropInResult,
    /// The response ends properly, without a result.
    NoResult,
    /// An `error` event, then the end; 500 as a plain response.
    ErrorEvent,
    /// An `error` event, and then the result anyway.
    ErrorThenResult,
    /// 401 in the service's own format.
    Unauthorized,
    /// 403 in FastAPI's format.
    Forbidden,
    /// 422 in FastAPI's format.
    InvalidParams,
    /// 400 in ComfyUI's format.
    NodeErrors,
    /// ComfyUI's format as a string inside an `error` event.
    NodeErrorsEvent,
    /// 429 with `Retry-After` in seconds.
    RateLimited,
    /// 429 with `Retry-After` as a date.
    RateLimitedDate,
    /// 500 with a gateway's HTML page.
    #[serde(rename = "html_500")]
    Html500,
    /// 201 with text/html.
    WrongType,
    /// A result whose JSON is truncated, although the event or body ends properly.
    InvalidJson,
    /// An output whose data is not base64.
    InvalidBase64,
    /// An output whose size is not the one stated.
    WrongSize,
    /// A result that says the run failed.
    FailedResult,
    /// Outputs as links instead of data.
    LinkOutput,
    /// A result without the field `outputs`.
    NoOutputs,
    /// A correct response in very small chunks.
    SlowChunks,
    /// No origin may read the response.
    NoCors,
    /// A plain call is redirected as the gateway redirects long ones: see [`crate::hops`].
    Hops,
    /// 201 and headers, then nothing, ever.
    Silent,
    /// The request is accepted and never answered.
    Never,
}

/// The query parameters that the endpoint understands.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Query {
    /// The fault that is asked for.
    pub fault: Option<Fault>,
    /// Bytes per chunk for [`Fault::SlowChunks`].
    pub cut: Option<usize>,
    /// For [`Fault::Hops`]: how many GETs are redirected before one is answered; default 2.
    pub hops: Option<u32>,
    /// The run that a GET asks for, in the address that [`Fault::Hops`] redirects to.
    pub call: Option<String>,
    /// `strict` refuses classes that are not ComfyUI's own.
    pub nodes: Option<String>,
}

impl Query {
    /// Bytes per chunk of the response, if it is to be sent in chunks.
    pub fn piece(&self) -> Option<usize> {
        (self.fault == Some(Fault::SlowChunks)).then(|| self.cut.unwrap_or(1).max(1))
    }

    /// Whether custom classes are refused.
    pub fn strict_nodes(&self) -> bool {
        self.nodes.as_deref() == Some("strict")
    }
}
