//! The facts of an error are those that its code lists.

use super::*;

/// One error of every kind, with every fact it can have.
fn samples() -> Vec<ErrorKind> {
    let message = || "what is wrong".to_owned();
    let text = || Some("text".to_owned());
    let http = |kind| ErrorKind::Http {
        kind,
        message: message(),
        status: 429,
        body: message(),
        error_type: text(),
        retry_after_ms: Some(1.0),
    };
    let node_error = NodeError {
        node_id: text(),
        class_type: text(),
        input: text(),
        kind: text(),
        message: message(),
        details: message(),
    };
    let (offset, output_index, line, column) = (Some(1), Some(0), Some(1), Some(1));
    let (logs, filename) = (vec![message()], text());
    vec![
        ErrorKind::InvalidWorkflow { message: message(), line, column },
        ErrorKind::EditorWorkflow {},
        ErrorKind::UnknownParam { message: message(), key: message(), nearest: vec![message()] },
        ErrorKind::InvalidParam { message: message(), key: message() },
        ErrorKind::EmptyParams { message: message() },
        http(HttpKind::Unauthorized),
        http(HttpKind::RateLimited),
        http(HttpKind::Status),
        ErrorKind::ValidationFailed {
            message: message(),
            status: Some(400),
            body: message(),
            node_errors: vec![node_error],
        },
        ErrorKind::ExecutionFailed { message: message(), logs: logs.clone(), error_data: text() },
        ErrorKind::StreamEnded { message: message(), logs: logs.clone(), offset, output_index },
        ErrorKind::InvalidResponse { message: message(), offset, output_index },
        ErrorKind::TooLarge {
            message: message(),
            limit: 1,
            offset: 1,
            output_index,
            filename: filename.clone(),
        },
        ErrorKind::InvalidOutput { message: message(), output_index: 0, filename, offset },
        ErrorKind::DamagedFile { message: message(), format: Some(Format::Png) },
        ErrorKind::CannotConvert {
            message: message(),
            reason: CannotConvertReason::DanglingLink,
            node_id: text(),
            input: text(),
            reasons: vec![RunReason {
                code: WarningCode::WrongType,
                node_id: text(),
                input: text(),
                message: message(),
                advice: message(),
            }],
        },
        ErrorKind::InvalidDefinitions { message: message(), line, column },
        ErrorKind::Network { message: message(), logs },
        ErrorKind::StorageFull { output_index },
    ]
}

/// Facts that JavaScript adds to an error of the core.
const ADDED_BY_JAVASCRIPT: [(ErrorCode, &str); 3] = [
    (ErrorCode::ExecutionFailed, "result"),
    (ErrorCode::ValidationFailed, "result"),
    (ErrorCode::InvalidParam, "nearest"),
];

#[test]
fn errors_have_the_facts_of_their_code() {
    for kind in samples() {
        let code = kind.code();
        let told = serde_json::to_value(Error::from(kind)).unwrap_or_default();
        let mut told: Vec<_> =
            told.as_object().into_iter().flatten().map(|(name, _)| name.as_str()).collect();
        let mut facts = code.facts().to_vec();
        facts.retain(|fact| !ADDED_BY_JAVASCRIPT.contains(&(code, *fact)));
        told.sort_unstable();
        facts.sort_unstable();
        assert_eq!(told, facts, "{code}");
    }
}

#[test]
fn every_code_has_an_error_or_is_made_by_javascript() {
    let samples = samples();
    for code in ErrorCode::ALL {
        let is_made_here = samples.iter().any(|kind| kind.code() == *code);
        assert_ne!(is_made_here, code.is_made_by_javascript(), "{code}");
    }
}
