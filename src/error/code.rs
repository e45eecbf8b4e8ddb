//! The codes of all failures, and the facts that come with each.

use crate::names::names;

names! {
    /// Which failure it is. The codes are stable; messages may be reworded.
    pub enum ErrorCode {
        /// A call came before the wasm was loaded, or the wasm could not be loaded. Only JavaScript makes it.
        NotInitialised = "not_initialised",
        /// Not a workflow in API format, or not JSON at all.
        InvalidWorkflow = "invalid_workflow",
        /// A workflow as ComfyUI's editor saves it.
        EditorWorkflow = "editor_workflow",
        /// A parameter key that the workflow does not have.
        UnknownParam = "unknown_param",
        /// A value, key or option that cannot be used.
        InvalidParam = "invalid_param",
        /// There is nothing to send.
        EmptyParams = "empty_params",
        /// There is no address to call.
        MissingEndpoint = "missing_endpoint",
        /// Only one of a pair of credentials is given.
        MissingCredentials = "missing_credentials",
        /// HTTP status 401 or 403.
        Unauthorized = "unauthorized",
        /// HTTP status 429.
        RateLimited = "rate_limited",
        /// The service or ComfyUI refused the workflow or its parameters.
        ValidationFailed = "validation_failed",
        /// Any other HTTP status outside 2xx.
        HttpStatus = "http_status",
        /// The run failed at the service.
        ExecutionFailed = "execution_failed",
        /// The response ended before its result.
        StreamEnded = "stream_ended",
        /// The response is not what the protocol says.
        InvalidResponse = "invalid_response",
        /// An output is incomplete or damaged.
        InvalidOutput = "invalid_output",
        /// The response is larger than the caller allows.
        TooLarge = "too_large",
        /// There is no room for an output, or no memory to read the response.
        StorageFull = "storage_full",
        /// The file ends too early or contradicts itself where a workflow may be.
        DamagedFile = "damaged_file",
        /// An editor-format workflow that ComfyUI itself would not convert.
        CannotConvert = "cannot_convert",
        /// Not the response of ComfyUI's `GET /object_info`.
        InvalidDefinitions = "invalid_definitions",
        /// The request did not reach the service, or the connection broke.
        Network = "network",
        /// There was no result within the time limit. Only JavaScript makes it.
        Timeout = "timeout",
        /// The endpoint does not offer this call, only runs. Only JavaScript makes it.
        NotSupported = "not_supported",
        /// The route does not know this run, or no longer does. Only JavaScript makes it.
        UnknownRun = "unknown_run",
    }
}

impl ErrorCode {
    /// The names of the facts that errors of this code may have, as JavaScript sees them.
    ///
    /// ```
    /// use viewcomfy_wasm::ErrorCode;
    ///
    /// assert_eq!(ErrorCode::UnknownParam.facts(), ["key", "nearest"]);
    /// ```
    pub const fn facts(self) -> &'static [&'static str] {
        match self {
            Self::NotInitialised | Self::EditorWorkflow | Self::EmptyParams => &[],
            Self::MissingEndpoint | Self::MissingCredentials => &[],
            Self::InvalidWorkflow | Self::InvalidDefinitions => &["line", "column"],
            Self::UnknownParam | Self::InvalidParam => &["key", "nearest"],
            Self::Unauthorized | Self::RateLimited | Self::HttpStatus => {
                &["status", "body", "errorType", "retryAfterMs"]
            }
            Self::ValidationFailed => &["status", "body", "nodeErrors", "result"],
            Self::ExecutionFailed => &["logs", "errorData", "result"],
            Self::StreamEnded => &["logs", "offset", "outputIndex"],
            Self::InvalidResponse => &["offset", "outputIndex"],
            Self::InvalidOutput => &["outputIndex", "filename", "offset"],
            Self::TooLarge => &["limit", "offset", "outputIndex", "filename"],
            Self::StorageFull => &["outputIndex"],
            Self::DamagedFile => &["format"],
            Self::CannotConvert => &["reason", "nodeId", "input", "reasons"],
            Self::Network => &["logs"],
            Self::Timeout => &["timeoutMs"],
            Self::NotSupported | Self::UnknownRun => &[],
        }
    }

    /// True for a failure that only JavaScript notices; nothing in this crate returns it.
    pub const fn is_made_by_javascript(self) -> bool {
        matches!(
            self,
            Self::NotInitialised
                | Self::MissingEndpoint
                | Self::MissingCredentials
                | Self::Timeout
                | Self::NotSupported
                | Self::UnknownRun
        )
    }
}
