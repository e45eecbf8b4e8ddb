//! The one error type of the crate: a stable code, a message that says what to do, and the facts.

use serde::Serialize;

/// A failure: a stable [`code`](Error::code) for programs, a `Display` text for people, and its facts.
///
/// Serialises to its facts, in camelCase, without the message. The facts are boxed: errors are rare, and every
/// `Result` that could carry them by value would be copied at each `?`.
#[derive(Debug, Clone, PartialEq, thiserror::Error, Serialize)]
#[error(transparent)]
#[serde(transparent)]
pub struct Error(Box<ErrorKind>);

/// Everything that can go wrong, with the facts of each failure.
///
/// No secret ever enters a field: request headers are not kept.
#[derive(Debug, Clone, PartialEq, thiserror::Error, Serialize)]
#[serde(untagged, rename_all_fields = "camelCase")]
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
        /// The kind of file, as `findWorkflow` names it.
        format: &'static str,
    },
    /// An editor-format workflow that ComfyUI itself would not convert.
    #[error("{message}")]
    CannotConvert {
        /// What is wrong and what to do.
        #[serde(skip)]
        message: String,
        /// Why: `dangling_link`, `bypass_cycle`, `unknown_class`, `recursive_subgraph`, `too_many_nodes`, `filename_prefix`.
        reason: &'static str,
        /// The node at fault, with the ids of the subgraph nodes around it in front.
        #[serde(skip_serializing_if = "Option::is_none")]
        node_id: Option<String>,
        /// The input at fault.
        #[serde(skip_serializing_if = "Option::is_none")]
        input: Option<String>,
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
    /// The browser has no room for an output.
    #[error(
        "the browser has no room for output {output_index}: free some disk space, drop earlier results (their files \
         and object URLs), or let the deployment give links instead of data"
    )]
    StorageFull {
        /// Index of the output, from 0.
        output_index: usize,
    },
}

/// Which failure an HTTP status stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Self {
        Self(Box::new(kind))
    }
}

impl Error {
    /// Which failure it is, with its facts.
    pub fn kind(&self) -> &ErrorKind {
        &self.0
    }

    /// The stable code, as JavaScript sees it.
    pub fn code(&self) -> &'static str {
        self.0.code()
    }

    pub(crate) fn invalid_workflow(message: impl Into<String>) -> Self {
        ErrorKind::InvalidWorkflow { message: message.into(), line: None, column: None }.into()
    }

    pub(crate) fn invalid_param(key: impl Into<String>, message: impl Into<String>) -> Self {
        ErrorKind::InvalidParam { key: key.into(), message: message.into() }.into()
    }

    #[cfg(feature = "inspect")]
    pub(crate) fn damaged_file(format: &'static str, message: impl Into<String>) -> Self {
        ErrorKind::DamagedFile { message: message.into(), format }.into()
    }

    #[cfg(feature = "inspect")]
    pub(crate) fn cannot_convert(
        reason: &'static str,
        node_id: Option<String>,
        input: Option<String>,
        message: String,
    ) -> Self {
        ErrorKind::CannotConvert { message, reason, node_id, input }.into()
    }

    #[cfg(feature = "inspect")]
    pub(crate) fn invalid_definitions(message: impl Into<String>) -> Self {
        ErrorKind::InvalidDefinitions { message: message.into(), line: None, column: None }.into()
    }

    #[cfg(feature = "client")]
    pub(crate) fn invalid_response(message: impl Into<String>, offset: Option<u64>) -> Self {
        ErrorKind::InvalidResponse { message: message.into(), offset, output_index: None }.into()
    }
}

impl ErrorKind {
    /// The stable code, as JavaScript sees it.
    fn code(&self) -> &'static str {
        match self {
            Self::InvalidWorkflow { .. } => "invalid_workflow",
            Self::EditorWorkflow {} => "editor_workflow",
            Self::UnknownParam { .. } => "unknown_param",
            Self::InvalidParam { .. } => "invalid_param",
            Self::EmptyParams { .. } => "empty_params",
            Self::Http { kind, .. } => match kind {
                HttpKind::Unauthorized => "unauthorized",
                HttpKind::RateLimited => "rate_limited",
                HttpKind::Status => "http_status",
            },
            Self::ValidationFailed { .. } => "validation_failed",
            Self::ExecutionFailed { .. } => "execution_failed",
            Self::StreamEnded { .. } => "stream_ended",
            Self::InvalidResponse { .. } => "invalid_response",
            Self::TooLarge { .. } => "too_large",
            Self::InvalidOutput { .. } => "invalid_output",
            Self::DamagedFile { .. } => "damaged_file",
            Self::CannotConvert { .. } => "cannot_convert",
            Self::InvalidDefinitions { .. } => "invalid_definitions",
            Self::Network { .. } => "network",
            Self::StorageFull { .. } => "storage_full",
        }
    }
}
