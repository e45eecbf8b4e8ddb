//! Tests of [`super`]: reads what a service says when it refuses.

use super::*;

fn message(status: u16, body: &str) -> (&'static str, String) {
    let error = from_http(status, None, body);
    (error.code().as_str(), error.to_string())
}

#[test]
fn each_shape_is_read() {
    for (status, body, code, words) in [
        (
            401,
            r#"{"errorMsg":"No","errorDetails":["a","b"],"errorType":"UnAuthorizedException"}"#,
            "unauthorized",
            "No: a, b",
        ),
        (403, r#"{"detail":"Forbidden area"}"#, "unauthorized", "Forbidden area"),
        (429, "slow down", "rate_limited", "slow down"),
        (500, "<html><head><title>502 Bad\n Gateway</title></head></html>", "http_status", "502 Bad Gateway"),
        (500, "<!doctype html><p>x", "http_status", "an HTML page"),
        (404, "", "http_status", "HTTP 404"),
        (400, r#"{"error":"just text"}"#, "http_status", "just text"),
        (
            422,
            r#"{"detail":[{"loc":["body","params"],"msg":"field required","type":"missing"}]}"#,
            "validation_failed",
            "field required (params)",
        ),
        (
            500,
            r#"{"detail":{"error":{"type":"t","message":"m","details":"d","extra_info":{}},"node_errors":{}}}"#,
            "validation_failed",
            "m (d)",
        ),
    ] {
        let (found, text) = message(status, body);
        assert_eq!(found, code, "{body}");
        assert!(text.contains(words), "{text}");
    }
}

const COMFYUI: &str = r#"{"error":{"type":"prompt_outputs_failed_validation","message":"Prompt outputs failed validation","details":"","extra_info":{}},
    "node_errors":{"4":{"class_type":"CheckpointLoaderSimple","dependent_outputs":["9"],"errors":[
    {"type":"value_not_in_list","message":"Value not in list","details":"ckpt_name: 'x' not in []","extra_info":{"input_name":"ckpt_name"}}]}}}"#;

#[test]
fn comfyui_errors_name_node_and_input_whatever_the_status() {
    for status in [400, 422, 500] {
        let error = from_http(status, None, COMFYUI);
        let ErrorKind::ValidationFailed { node_errors, status: told, .. } = error.kind() else {
            panic!("not validation_failed")
        };
        assert_eq!(*told, Some(status));
        let [error] = node_errors.as_slice() else { panic!("{node_errors:?}") };
        assert_eq!(error.node_id.as_deref(), Some("4"));
        assert_eq!(error.class_type.as_deref(), Some("CheckpointLoaderSimple"));
        assert_eq!(error.input.as_deref(), Some("ckpt_name"));
        assert_eq!(error.kind.as_deref(), Some("value_not_in_list"));
    }
}

#[test]
fn a_missing_class_is_found_in_the_error_itself() {
    let body = r#"{"error":{"type":"missing_node_type","message":"Node 'X' not found","details":"Node ID '#5'","extra_info":{"node_id":"5","class_type":"X","node_title":"X"}},"node_errors":{}}"#;
    let error = from_http(400, None, body);
    let ErrorKind::ValidationFailed { node_errors, .. } = error.kind() else { panic!() };
    assert_eq!(
        (node_errors[0].node_id.as_deref(), node_errors[0].class_type.as_deref()),
        (Some("5"), Some("X"))
    );
}

#[test]
fn error_events_are_read_alike() {
    assert_eq!(from_event(COMFYUI, vec![]).code().as_str(), "validation_failed");
    let error = from_event("CUDA out of memory", vec!["last".into()]);
    assert!(error.to_string().contains("CUDA out of memory"));
    assert!(matches!(error.kind(), ErrorKind::ExecutionFailed { logs, .. } if logs == &["last"]));
}

#[test]
fn a_broken_call_says_what_is_likely() {
    let call = Unreachable { streamed: false, cross_origin: true, stays: false, seconds: 120.0 };
    for (call, word) in [
        (call, "303"),
        (Unreachable { streamed: true, ..call }, "CORS"),
        (Unreachable { seconds: 1.0, ..call }, "CORS"),
        (Unreachable { cross_origin: false, ..call }, "check its address"),
        (Unreachable { stays: true, ..call }, "client_secret"),
        (Unreachable { cross_origin: false, stays: true, ..call }, "client_secret"),
    ] {
        assert!(unreachable(&call).to_string().contains(word), "{call:?}");
    }
    assert!(connection_broke(vec![]).to_string().contains("in the middle"));
}

#[test]
fn bodies_are_shortened() {
    let error = from_http(500, None, &"é".repeat(5_000));
    let ErrorKind::Http { body, .. } = error.kind() else { panic!() };
    assert_eq!(body.chars().count(), MAX_BODY);
}
