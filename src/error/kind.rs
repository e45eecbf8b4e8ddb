//! Everything that can go wrong, and what is known of it.

use super::{CannotConvertReason, ErrorCode};
use serde::Serialize;

/// Everything that can go wrong, with the facts of each failure.
///
/// No secret ever enters a field: request headers are not kept.
#[derive(Debug, Clone, PartialEq, thiserror::Error, Serialize)]
#[serde(untagged, rename_all_fields = "camelCase")]
#[non_exhaustive]
pub enum ErrorKind {
    /// Not a workflow in API format, or not JSON at all.
    #[error("{message}")]
    InvalidWorkflow {
        /// What is wrong and what to do.
        #[serde(skip)]
        message: String,
        /// Line of a syntax error, from 1.
        #[serde(skip_serializing_if = "Option::is_none")]
        line: Option<usize>,
        /// Column of a syntax error in characters, from 1.
        #[serde(skip_serializing_if = "Option::is_none")]
        column: Option<usize>,
    },
    /// A workflow as ComfyUI's editor saves it, which no API takes.
    #[error(
        "this is an editor-format workflow (nodes and links); the API needs the other form: convert it, or in ComfyUI \
         choose Workflow → Export (API)"
    )]
    EditorWorkflow {},
    /// A parameter key that the workflow does not have.
    #[error("{message}")]
    UnknownParam {
        /// What is wrong and what to do.
        #[serde(skip)]
        message: String,
        /// The key as given.
        key: String,
        /// The most similar keys of the workflow, best first.
        nearest: Vec<String>,
    },
    /// A value, key or option that cannot be used.
    #[error("{message}")]
    InvalidParam {
        /// What is wrong and what to do.
        #[serde(skip)]
        message: String,
        /// The parameter or option at fault.
        key: String,
    },
    /// Nothing to send.
    #[error("{message}")]
    EmptyParams {
        /// What is wrong and what to do.
        #[serde(skip)]
        message: String,
    },
    /// An HTTP answer outside 2xx.
    #[error("{message}")]
    Http {
        /// Which of the HTTP codes this is.
        #[serde(skip)]
        kind: HttpKind,
        /// What is wrong and what to do.
        #[serde(skip)]
        message: String,
        /// The status of the answer.
        status: u16,
        /// The body, shortened.
        body: String,
        /// The service's own word for the failure.
        #[serde(skip_serializing_if = "Option::is_none")]
        error_type: Option<String>,
        /// Milliseconds to wait before another try.
        #[serde(skip_serializing_if = "Option::is_none")]
        retry_after_ms: Option<f64>,
    },
    /// The service, or the ComfyUI behind it, refused the workflow or its parameters.
    #[error("{message}")]
    ValidationFailed {
        /// What is wrong and what to do.
        #[serde(skip)]
        message: String,
        /// The status of the answer; none when it came as an `error` event.
        #[serde(skip_serializing_if = "Option::is_none")]
        status: Option<u16>,
        /// The body or event, shortened.
        body: String,
        /// What is wrong, per node and input.
        node_errors: Vec<NodeError>,
    },
    /// The service ran the workflow, or tried to, and said that it failed.
    #[error("{message}")]
    ExecutionFailed {
        /// What is wrong and what to do.
        #[serde(skip)]
        message: String,
        /// The last lines of the log.
        logs: Vec<String>,
        /// What the service said the failure was.
        #[serde(skip_serializing_if = "Option::is_none")]
        error_data: Option<String>,
    },
    /// The answer ended before its result.
    #[error("{message}")]
    StreamEnded {
        /// What is wrong and what to do.
        #[serde(skip)]
        message: String,
        /// The last lines of the log.
        logs: Vec<String>,
        /// How many bytes of the prompt result had come, when it had begun.
        #[serde(skip_serializing_if = "Option::is_none")]
        offset: Option<u64>,
        /// Index of the output it ended in, from 0.
        #[serde(skip_serializing_if = "Option::is_none")]
        output_index: Option<usize>,
    },
    /// An answer that is not what the protocol says.
    #[error("{message}")]
    InvalidResponse {
        /// What is wrong and what to do.
        #[serde(skip)]
        message: String,
        /// Byte offset in the prompt result's JSON.
        #[serde(skip_serializing_if = "Option::is_none")]
        offset: Option<u64>,
        /// Index of the output it lies in, from 0.
        #[serde(skip_serializing_if = "Option::is_none")]
        output_index: Option<usize>,
    },
    /// An answer larger than the caller allows.
    #[error("{message}")]
    TooLarge {
        /// What is wrong and what to do.
        #[serde(skip)]
        message: String,
        /// The limit, in bytes.
        limit: u64,
        /// Byte offset in the prompt result or the event at which the limit was passed.
        offset: u64,
        /// Index of the output it lies in, from 0.
        #[serde(skip_serializing_if = "Option::is_none")]
        output_index: Option<usize>,
        /// Its name, when known by then.
        #[serde(skip_serializing_if = "Option::is_none")]
        filename: Option<String>,
    },
    /// An output that is not whole.
    #[error("{message}")]
    InvalidOutput {
        /// What is wrong and what to do.
        #[serde(skip)]
        message: String,
        /// Index of the output, from 0.
        output_index: usize,
        /// Its name, when known by then.
        #[serde(skip_serializing_if = "Option::is_none")]
        filename: Option<String>,
        /// Character offset in its base64.
        #[serde(skip_serializing_if = "Option::is_none")]
        offset: Option<u64>,
    },
    /// A file that breaks off or contradicts itself where a workflow may be.
    #[error("{message}")]
    DamagedFile {
        /// What is wrong, where, and what to do.
        #[serde(skip)]
        message: String,
        /// The kind of file, by its stable name.
        format: &'static str,
    },
    /// An editor-format workflow that ComfyUI itself would not convert.
    #[error("{message}")]
    CannotConvert {
        /// What is wrong and what to do.
        #[serde(skip)]
        message: String,
        /// Why.
        reason: CannotConvertReason,
        /// The node at fault, with the ids of the subgraph nodes around it in front.
        #[serde(skip_serializing_if = "Option::is_none")]
        node_id: Option<String>,
        /// The input at fault.
        #[serde(skip_serializing_if = "Option::is_none")]
        input: Option<String>,
        /// All that speaks against it, where the caller wants nothing but what runs.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        reasons: Vec<RunReason>,
    },
    /// Not the answer of ComfyUI's `GET /object_info`.
    #[error("{message}")]
    InvalidDefinitions {
        /// What is wrong and what to do.
        #[serde(skip)]
        message: String,
        /// Line of a syntax error, from 1.
        #[serde(skip_serializing_if = "Option::is_none")]
        line: Option<usize>,
        /// Column of a syntax error in characters, from 1.
        #[serde(skip_serializing_if = "Option::is_none")]
        column: Option<usize>,
    },
    /// The request did not get through, or its connection broke.
    #[error("{message}")]
    Network {
        /// What is wrong and what to do.
        #[serde(skip)]
        message: String,
        /// The last lines of the log.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        logs: Vec<String>,
    },
    /// There is no room for an output, or no memory to read the answer.
    #[error(
        "there is no room for the result: free memory or disk space, run fewer at once, drop earlier results and \
         their object URLs, or let the deployment return links"
    )]
    StorageFull {
        /// Index of the output, from 0; none when it is not for an output.
        #[serde(skip_serializing_if = "Option::is_none")]
        output_index: Option<usize>,
    },
}

/// Which failure an HTTP status stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum HttpKind {
    /// 401 or 403.
    Unauthorized,
    /// 429.
    RateLimited,
    /// Anything else.
    Status,
}

/// One thing that is wrong with an input, from ComfyUI's or FastAPI's shape.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NodeError {
    /// Node id; none when the service does not name one.
    pub node_id: Option<String>,
    /// The node's class.
    pub class_type: Option<String>,
    /// The input's name.
    pub input: Option<String>,
    /// The service's word for the kind of error, such as `value_not_in_list`.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// What is wrong.
    pub message: String,
    /// More about it; may be empty.
    pub details: String,
}

/// Something that speaks against a converted workflow's running.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RunReason {
    /// The code of the warning that would tell it.
    pub code: &'static str,
    /// The node it is about, of several the first; none for the whole file.
    pub node_id: Option<String>,
    /// The input it is about.
    pub input: Option<String>,
    /// What is so.
    pub message: String,
    /// What to do about it.
    pub advice: String,
}

impl ErrorKind {
    pub(super) fn code(&self) -> ErrorCode {
        match self {
            Self::InvalidWorkflow { .. } => ErrorCode::InvalidWorkflow,
            Self::EditorWorkflow {} => ErrorCode::EditorWorkflow,
            Self::UnknownParam { .. } => ErrorCode::UnknownParam,
            Self::InvalidParam { .. } => ErrorCode::InvalidParam,
            Self::EmptyParams { .. } => ErrorCode::EmptyParams,
            Self::Http { kind, .. } => match kind {
                HttpKind::Unauthorized => ErrorCode::Unauthorized,
                HttpKind::RateLimited => ErrorCode::RateLimited,
                HttpKind::Status => ErrorCode::HttpStatus,
            },
            Self::ValidationFailed { .. } => ErrorCode::ValidationFailed,
            Self::ExecutionFailed { .. } => ErrorCode::ExecutionFailed,
            Self::StreamEnded { .. } => ErrorCode::StreamEnded,
            Self::InvalidResponse { .. } => ErrorCode::InvalidResponse,
            Self::TooLarge { .. } => ErrorCode::TooLarge,
            Self::InvalidOutput { .. } => ErrorCode::InvalidOutput,
            Self::DamagedFile { .. } => ErrorCode::DamagedFile,
            Self::CannotConvert { .. } => ErrorCode::CannotConvert,
            Self::InvalidDefinitions { .. } => ErrorCode::InvalidDefinitions,
            Self::Network { .. } => ErrorCode::Network,
            Self::StorageFull { .. } => ErrorCode::StorageFull,
        }
    }
}
