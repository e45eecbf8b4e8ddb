//! Withheld results: the log is sent at once, the result when it is released.
#![allow(clippy::unwrap_used)]

mod support;

use reqwest::Method;
use support::{Server, json, last_result, log, params, read_events};

/// Withholds results with PUT, releases them with DELETE.
async fn set_hold(server: &Server, method: Method) {
    let response = server.client.request(method, format!("{}/hold", server.url)).send().await.unwrap();
    assert_eq!(response.status(), 204);
}

#[tokio::test]
async fn the_log_is_sent_at_once_and_the_result_once_it_is_released() {
    let server = Server::start("text_to_image.json", &[]);
    set_hold(&server, Method::PUT).await;
    let form = params(r#"{"3-inputs-seed":7}"#).text("logs", "true");
    let mut response = server.post("/infer").multipart(form).send().await.unwrap();
    let mut text = String::new();
    while !text.contains("Prompt executed in") {
        text.push_str(std::str::from_utf8(&response.chunk().await.unwrap().unwrap()).unwrap());
    }
    assert!(!text.contains("prompt_result"), "{text}");
    assert_eq!(server.arrived().await["state"], "running");
    set_hold(&server, Method::DELETE).await;
    text.push_str(&response.text().await.unwrap());
    let events = read_events(&text);
    assert_eq!(log(&events)[0], "got prompt");
    assert_eq!(last_result(&events)["status"], "success");
    assert_eq!(server.settled().await["state"], "finished");
    // Later runs end without waiting.
    server.result("/infer", params(r#"{"3-inputs-seed":8}"#)).await;
}

#[tokio::test]
async fn a_held_run_ends_when_its_client_leaves_but_not_when_a_reader_does() {
    let server = Server::start("text_to_image.json", &[]);
    set_hold(&server, Method::PUT).await;
    let form = || params(r#"{"3-inputs-seed":7}"#);
    let call = tokio::spawn(server.post("/infer").multipart(form().text("logs", "false")).send());
    server.arrived().await;
    call.abort();
    let _ = call.await;
    assert_eq!(server.settled().await["state"], "cancelled");

    let begun = json(server.post("/runs").multipart(form()).send().await.unwrap()).await;
    let path = begun["events"].as_str().unwrap();
    drop(server.get(path).send().await.unwrap());
    set_hold(&server, Method::DELETE).await;
    let text = server.get(path).send().await.unwrap().text().await.unwrap();
    assert_eq!(last_result(&read_events(&text))["status"], "success");
}
