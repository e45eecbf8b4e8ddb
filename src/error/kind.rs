//! Everything that can go wrong, and the facts of each failure.

use super::ErrorCode;
#[cfg(feature = "inspect")]
use super::Format;
#[cfg(feature = "convert")]
use super::{CannotConvertReason, WarningCode};
use serde::Serialize;

/// Everything that can go wrong, with the facts of each failure.
///
/// No field contains a secret: request headers are not kept.
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
    /// A workflow as ComfyUI's editor saves it, which no API accepts.
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
    /// There is nothing to send.
    #[error("{message}")]
    EmptyParams {
        /// What is wrong and what to do.
        #[serde(skip)]
        message: String,
    },
    /// An HTTP response with a status outside 2xx.
    #[error("{message}")]
    Http {
        /// Which of the HTTP codes this is.
        #[serde(skip)]
        kind: HttpKind,
        /// What is wrong and what to do.
        #[serde(skip)]
        message: String,
        /// The HTTP status.
        status: u16,
        /// The body, shortened.
        body: String,
        /// The service's own name for the kind of failure.
        #[serde(skip_serializing_if = "Option::is_none")]
        error_type: Option<String>,
        /// How long to wait before trying again, in milliseconds.
        #[serde(skip_serializing_if = "Option::is_none")]
        retry_after_ms: Option<f64>,
    },
    /// The service, or the ComfyUI behind it, refused the workflow or its parameters.
    #[error("{message}")]
    ValidationFailed {
        /// What is wrong and what to do.
        #[serde(skip)]
        message: String,
        /// The HTTP status; `None` if it came as an `error` event.
        #[serde(skip_serializing_if = "Option::is_none")]
        status: Option<u16>,
        /// The body or event, shortened.
        body: String,
        /// What is wrong, for each node and input.
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
        /// The service's description of the failure.
        #[serde(skip_serializing_if = "Option::is_none")]
        error_data: Option<String>,
    },
    /// The response ended before its result.
    #[error("{message}")]
    StreamEnded {
        /// What is wrong and what to do.
        #[serde(skip)]
        message: String,
        /// The last lines of the log.
        logs: Vec<String>,
        /// How many bytes of the prompt result had arrived, if it had begun.
        #[serde(skip_serializing_if = "Option::is_none")]
        offset: Option<u64>,
        /// Index of the output it ended in, from 0.
        #[serde(skip_serializing_if = "Option::is_none")]
        output_index: Option<usize>,
    },
    /// A response that is not what the protocol says.
    #[error("{message}")]
    InvalidResponse {
        /// What is wrong and what to do.
        #[serde(skip)]
        message: String,
        /// Byte offset in the prompt result's JSON.
        #[serde(skip_serializing_if = "Option::is_none")]
        offset: Option<u64>,
        /// Index of the output where it went wrong, from 0.
        #[serde(skip_serializing_if = "Option::is_none")]
        output_index: Option<usize>,
    },
    /// A response larger than the caller allows.
    #[error("{message}")]
    TooLarge {
        /// What is wrong and what to do.
        #[serde(skip)]
        message: String,
        /// The limit, in bytes.
        limit: u64,
        /// Byte offset in the prompt result or the event at which the limit was passed.
        offset: u64,
        /// Index of the output where the limit was passed, from 0.
        #[serde(skip_serializing_if = "Option::is_none")]
        output_index: Option<usize>,
        /// Its name, if known by then.
        #[serde(skip_serializing_if = "Option::is_none")]
        filename: Option<String>,
    },
    /// An output that is incomplete or damaged.
    #[error("{message}")]
    InvalidOutput {
        /// What is wrong and what to do.
        #[serde(skip)]
        message: String,
        /// Index of the output, from 0.
        output_index: usize,
        /// Its name, if known by then.
        #[serde(skip_serializing_if = "Option::is_none")]
        filename: Option<String>,
        /// Character offset in its base64.
        #[serde(skip_serializing_if = "Option::is_none")]
        offset: Option<u64>,
    },
    /// A file that ends too early or contradicts itself where a workflow may be.
    #[cfg(feature = "inspect")]
    #[error("{message}")]
    DamagedFile {
        /// What is wrong, where, and what to do.
        #[serde(skip)]
        message: String,
        /// The format of the file, if it was recognised by then.
        #[serde(skip_serializing_if = "Option::is_none")]
        format: Option<Format>,
    },
    /// An editor-format workflow that ComfyUI itself would not convert.
    #[cfg(feature = "convert")]
    #[error("{message}")]
    CannotConvert {
        /// What is wrong and what to do.
        #[serde(skip)]
        message: String,
        /// The reason.
        reason: CannotConvertReason,
        /// The node at fault, after the ids of the subgraph nodes around it.
        #[serde(skip_serializing_if = "Option::is_none")]
        node_id: Option<String>,
        /// The input at fault.
        #[serde(skip_serializing_if = "Option::is_none")]
        input: Option<String>,
        /// All reasons why it may not run, if the caller accepts only workflows that do.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        reasons: Vec<RunReason>,
    },
    /// Not the response of ComfyUI's `GET /object_info`.
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
    /// The request did not reach the service, or the connection broke.
    #[error("{message}")]
    Network {
        /// What is wrong and what to do.
        #[serde(skip)]
        message: String,
        /// The last lines of the log.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        logs: Vec<String>,
    },
    /// There is no room for an output, or no memory to read the response.
    #[error(
        "there is no room for the result: free memory or disk space, run fewer at once, drop earlier results, \
         or let the deployment return links"
    )]
    StorageFull {
        /// Index of the output, from 0; `None` if it is not about an output.
        #[serde(skip_serializing_if = "Option::is_none")]
        output_index: Option<usize>,
    },
}

/// The kinds of failures that an HTTP status can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum HttpKind {
    /// 401 or 403.
    Unauthorized,
    /// 429.
    RateLimited,
    /// Any other status outside 2xx.
    Status,
}

/// One error about an input, as ComfyUI or FastAPI reports it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NodeError {
    /// Node id; `None` if the service does not name one.
    pub node_id: Option<String>,
    /// The node's class.
    pub class_type: Option<String>,
    /// The input's name.
    pub input: Option<String>,
    /// The service's name for the kind of error, such as `value_not_in_list`.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// What is wrong.
    pub message: String,
    /// Further details; may be empty.
    pub details: String,
}

/// A reason why a converted workflow may not run.
#[cfg(feature = "convert")]
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RunReason {
    /// The code of the warning that has the same reason.
    pub code: WarningCode,
    /// The node it is about, the first of several; `None` for the whole file.
    pub node_id: Option<String>,
    /// The input it is about.
    pub input: Option<String>,
    /// What is wrong, one sentence.
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
            #[cfg(feature = "inspect")]
            Self::DamagedFile { .. } => ErrorCode::DamagedFile,
            #[cfg(feature = "convert")]
            Self::CannotConvert { .. } => ErrorCode::CannotConvert,
            Self::InvalidDefinitions { .. } => ErrorCode::InvalidDefinitions,
            Self::Network { .. } => ErrorCode::Network,
            Self::StorageFull { .. } => ErrorCode::StorageFull,
        }
    }
}
