//! The error type of the crate: a stable code, a message that says what to do, and facts.

mod code;
#[cfg(feature = "inspect")]
mod format;
mod kind;
#[cfg(feature = "convert")]
mod reason;
#[cfg(test)]
mod tests;
#[cfg(feature = "convert")]
mod warning;

pub use code::ErrorCode;
#[cfg(feature = "inspect")]
pub use format::Format;
#[cfg(feature = "convert")]
pub use kind::RunReason;
pub use kind::{ErrorKind, HttpKind, NodeError};
#[cfg(feature = "convert")]
pub use reason::CannotConvertReason;
#[cfg(feature = "convert")]
pub use warning::WarningCode;

use serde::{Serialize, Serializer};
use std::sync::Arc;

/// A failure: a stable [`code`](Error::code) for programs, a `Display` text for people, and facts.
///
/// ```
/// use viewcomfy_wasm::{ErrorCode, ErrorKind, workflow::Workflow};
///
/// let Err(error) = Workflow::parse(b"{\n  \"3\": }") else { panic!("this is not JSON") };
/// assert_eq!(error.code(), ErrorCode::InvalidWorkflow);
/// assert_eq!(error.code().as_str(), "invalid_workflow");
/// assert!(matches!(error.kind(), ErrorKind::InvalidWorkflow { line: Some(2), column: Some(8), .. }));
/// ```
///
/// Serialises to its facts, in camelCase, without the message. The facts are behind a pointer: errors are rare, and a
/// larger `Result` would be copied at each `?`. They are shared because a reader keeps its first error.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error(transparent)]
pub struct Error(Arc<ErrorKind>);

impl Serialize for Error {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Self {
        Self(Arc::new(kind))
    }
}

impl Error {
    /// The failure and its facts.
    pub fn kind(&self) -> &ErrorKind {
        &self.0
    }

    /// The stable code; JavaScript sees its [name](ErrorCode::as_str).
    pub fn code(&self) -> ErrorCode {
        self.0.code()
    }

    pub(crate) fn invalid_workflow(message: impl Into<String>) -> Self {
        ErrorKind::InvalidWorkflow { message: message.into(), line: None, column: None }.into()
    }

    pub(crate) fn invalid_param(key: impl Into<String>, message: impl Into<String>) -> Self {
        ErrorKind::InvalidParam { key: key.into(), message: message.into() }.into()
    }

    #[cfg(feature = "inspect")]
    pub(crate) fn damaged_file(format: Option<Format>, message: impl Into<String>) -> Self {
        ErrorKind::DamagedFile { message: message.into(), format }.into()
    }

    #[cfg(feature = "convert")]
    pub(crate) fn cannot_convert(
        reason: CannotConvertReason,
        node_id: Option<String>,
        input: Option<String>,
        message: String,
    ) -> Self {
        ErrorKind::CannotConvert { message, reason, node_id, input, reasons: Vec::new() }.into()
    }

    #[cfg(any(feature = "inspect", feature = "convert"))]
    pub(crate) fn invalid_definitions(message: impl Into<String>) -> Self {
        ErrorKind::InvalidDefinitions { message: message.into(), line: None, column: None }.into()
    }

    #[cfg(feature = "client")]
    pub(crate) fn invalid_response(message: impl Into<String>, offset: Option<u64>) -> Self {
        ErrorKind::InvalidResponse { message: message.into(), offset, output_index: None }.into()
    }
}
