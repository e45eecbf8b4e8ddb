//! Every fault, streamed and plain.
#![allow(clippy::unwrap_used)]

mod support;

use std::time::Duration;

use serde_json::Value;
use support::{Server, json, last_result, output, params, read_events};

const SEED: &str = r#"{"3-inputs-seed":1}"#;

fn form(logs: bool) -> reqwest::multipart::Form {
    params(SEED).text("logs", logs.to_string())
}

async fn post(server: &Server, fault: &str, logs: bool) -> reqwest::Response {
    server.post(&format!("/infer?fault={fault}")).multipart(form(logs)).send().await.unwrap()
}

#[tokio::test]
async fn each_refusal_has_its_status_and_format() {
    let server = Server::start("text_to_image.json", &[]);
    let table = [
        ("unauthorized", 401, "errorType"),
        ("forbidden", 403, "detail"),
        ("invalid_params", 422, "detail"),
        ("node_errors", 400, "node_errors"),
        ("rate_limited", 429, "detail"),
        ("rate_limited_date", 429, "detail"),
    ];
    for (fault, status, key) in table {
        for path in ["/infer", "/runs"] {
            let request = server.post(&format!("{path}?fault={fault}")).multipart(form(true));
            let response = request.send().await.unwrap();
            assert_eq!(response.status(), status, "{fault}");
            assert!(json(response).await.get(key).is_some(), "{fault}");
        }
    }
    let retry =
        async |fault| post(&server, fault, false).await.headers()["retry-after"].to_str().unwrap().to_owned();
    assert_eq!(retry("rate_limited").await, "7");
    assert!(httpdate::parse_http_date(&retry("rate_limited_date").await).is_ok());
    let page = post(&server, "html_500", true).await;
    assert_eq!(
        (page.status().as_u16(), &page.headers()["content-type"]),
        (500, &"text/html; charset=utf-8".parse().unwrap())
    );
    let page = post(&server, "wrong_type", true).await;
    assert_eq!(
        (page.status().as_u16(), &page.headers()["content-type"]),
        (201, &"text/html; charset=utf-8".parse().unwrap())
    );
}

#[tokio::test]
async fn an_unknown_fault_is_refused() {
    let server = Server::start("text_to_image.json", &[]);
    assert_eq!(post(&server, "drop_everything", true).await.status(), 400);
}

#[tokio::test]
async fn what_was_written_before_a_cut_arrives() {
    let server = Server::start("text_to_image.json", &[]);
    for (fault, seen) in
        [("drop_in_log", "this line is cut o"), ("drop_in_result", "event: prompt_result\r\ndata: {")]
    {
        let mut response = post(&server, fault, true).await;
        let mut text = Vec::new();
        let end = loop {
            match response.chunk().await {
                Ok(Some(chunk)) => text.extend_from_slice(&chunk),
                other => break other,
            }
        };
        assert!(end.is_err(), "{fault}: the body must not end properly");
        let text = String::from_utf8_lossy(&text);
        assert!(text.contains(seen), "{fault}: {text}");
        assert_eq!(server.settled().await["state"], "failed");
        assert!(post(&server, fault, false).await.text().await.is_err(), "{fault}, plain");
    }
}

#[tokio::test]
async fn streams_can_end_without_a_result() {
    let server = Server::start("text_to_image.json", &[]);
    let events = async |fault: &str| server.events(&format!("/infer?fault={fault}"), params(SEED)).await;
    assert_eq!(events("no_result").await.last().unwrap().name, "log_message");
    let last = events("error_event").await.pop().unwrap();
    assert_eq!((last.name.as_str(), last.data.as_str()), ("error", "RuntimeError: a failure on request"));
    let last = events("node_errors_event").await.pop().unwrap();
    assert_eq!(last.name, "error");
    assert!(serde_json::from_str::<Value>(&last.data).unwrap().get("node_errors").is_some());
    let all = events("error_then_result").await;
    assert_eq!(all[all.len() - 2].name, "error");
    last_result(&all);
    assert_eq!(post(&server, "no_result", false).await.text().await.unwrap(), "");
    assert_eq!(post(&server, "error_event", false).await.status(), 500);
    assert_eq!(post(&server, "node_errors_event", false).await.status(), 400);
}

#[tokio::test]
async fn faulty_results_have_the_fault_that_was_asked_for() {
    let server = Server::start("text_to_image.json", &[]);
    for logs in [true, false] {
        let text = async |fault: &str| {
            let response = post(&server, fault, logs).await;
            assert_eq!(response.status(), 201);
            let text = response.text().await.unwrap();
            if logs { read_events(&text).pop().unwrap().data } else { text }
        };
        assert!(serde_json::from_str::<Value>(&text("invalid_json").await).is_err());
        let read = async |fault: &str| -> Value { serde_json::from_str(&text(fault).await).unwrap() };
        assert!(read("invalid_base64").await["outputs"][0]["data"].as_str().unwrap().contains('*'));
        let whole = read("slow_chunks&cut=1000").await;
        let wrong = read("wrong_size").await;
        let size = |result: &Value| result["outputs"][0]["size"].as_u64().unwrap();
        assert_eq!(size(&wrong), size(&whole) + 1);
        assert_eq!(read("failed_result").await["status"], "error");
        assert!(read("no_outputs").await.get("outputs").is_none());
        let link = read("link_output").await["outputs"][0]["filepath"].as_str().unwrap().to_owned();
        let response = server.client.get(link).send().await.unwrap();
        assert_eq!(response.headers()["content-type"], "image/png");
        assert_eq!(response.bytes().await.unwrap(), output(&whole, 0));
    }
}

#[tokio::test]
async fn a_response_in_small_chunks_is_correct() {
    let server = Server::start("text_to_image.json", &[]);
    let whole = server.result("/infer", params(SEED)).await;
    for cut in ["", "&cut=1", "&cut=3", "&cut=0"] {
        let result =
            last_result(&server.events(&format!("/infer?fault=slow_chunks{cut}"), params(SEED)).await);
        assert_eq!(result["outputs"], whole["outputs"]);
    }
    let mut response = post(&server, "slow_chunks&cut=5", true).await;
    assert_eq!(response.chunk().await.unwrap().unwrap(), "event");
    assert_eq!(response.chunk().await.unwrap().unwrap(), ": log");
}

#[tokio::test]
async fn silent_responses_end_only_when_the_client_leaves() {
    let server = Server::start("text_to_image.json", &[]);
    let patience = Duration::from_millis(300);
    for logs in [true, false] {
        let mut response = post(&server, "silent", logs).await;
        assert_eq!(response.status(), 201);
        assert!(tokio::time::timeout(patience, response.chunk()).await.is_err());
        drop(response);
        assert_eq!(server.settled().await["state"], "cancelled");
        let mut never = tokio::spawn(server.post("/infer?fault=never").multipart(form(logs)).send());
        server.arrived().await;
        assert!(tokio::time::timeout(patience, &mut never).await.is_err());
        never.abort();
        assert_eq!(server.settled().await["state"], "cancelled");
    }
}

#[tokio::test]
async fn the_events_of_a_run_have_its_faults_too() {
    let server = Server::start("text_to_image.json", &[]);
    let begin = async |query: &str| {
        let response = server.post(&format!("/runs{query}")).multipart(params(SEED)).send().await.unwrap();
        json(response).await["events"].as_str().unwrap().to_owned()
    };
    let text = async |path: String| server.get(&path).send().await.unwrap().text().await;
    assert!(text(begin("?fault=drop_in_log").await).await.is_err());
    let path = begin("").await;
    assert!(text(format!("{path}?fault=drop_in_result")).await.is_err());
    let events = read_events(&text(format!("{path}?fault=no_result")).await.unwrap());
    assert!(events.iter().all(|event| event.name == "log_message"));
    let refused = server.get(&format!("{path}?fault=unauthorized")).send().await.unwrap();
    assert_eq!(refused.status(), 401);
    last_result(&read_events(&text(path).await.unwrap()));
    assert_eq!(server.get("/runs/no-such-run/events").send().await.unwrap().status(), 404);
}
