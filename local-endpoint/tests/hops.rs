//! The gateway's redirects of a long plain call.
#![allow(clippy::unwrap_used)]

mod support;

use reqwest::redirect::Policy;
use reqwest::{Client, Response};
use serde_json::Value;
use support::{Server, json, output, params};

const SEED: &str = r#"{"3-inputs-seed":1}"#;

/// A client that does not follow redirects.
fn staying() -> Client {
    Client::builder().redirect(Policy::none()).build().unwrap()
}

async fn begin(server: &Server, path: &str, logs: bool) -> Response {
    let form = params(SEED).text("logs", logs.to_string());
    let call = staying().post(format!("{}{path}", server.url)).bearer_auth("local-token").multipart(form);
    call.send().await.unwrap()
}

fn location(response: &Response) -> String {
    assert_eq!(response.status(), 303);
    response.headers()["location"].to_str().unwrap().to_owned()
}

async fn requests(server: &Server) -> Vec<Value> {
    let text = server.get("/requests").send().await.unwrap().text().await.unwrap();
    serde_json::from_str(&text).unwrap()
}

#[tokio::test]
async fn a_plain_call_is_redirected_and_then_gets_its_result() {
    let server = Server::start("text_to_image.json", &[]);
    let direct = server.result("/infer", params(SEED)).await;
    let address = location(&begin(&server, "/infer?fault=hops&hops=3", false).await);
    assert!(address.starts_with(&format!("{}/infer?fault=hops&hops=3&call=", server.url)), "{address}");
    for _ in 0..3 {
        let response = staying().get(&address).bearer_auth("local-token").send().await.unwrap();
        assert_eq!(location(&response), address);
    }
    let response = staying().get(&address).bearer_auth("local-token").send().await.unwrap();
    assert_eq!(response.status(), 201);
    assert_eq!(output(&json(response).await, 0), output(&direct, 0));

    let noted = requests(&server).await;
    let told: Vec<_> =
        noted[1..].iter().map(|entry| (entry["method"].as_str(), entry["state"].as_str())).collect();
    let sent_on = |method| (Some(method), Some("redirected"));
    let end = (Some("GET"), Some("finished"));
    assert_eq!(told, [sent_on("POST"), sent_on("GET"), sent_on("GET"), sent_on("GET"), end]);
    assert!(noted[1..].iter().all(|entry| entry["prompt_id"] == noted[1]["prompt_id"]));
    assert!(address.ends_with(noted[5]["path"].as_str().unwrap()));
}

#[tokio::test]
async fn every_redirected_request_needs_the_credentials() {
    let server = Server::start("text_to_image.json", &[]);
    let address = location(&begin(&server, "/infer?fault=hops", false).await);
    assert_eq!(staying().get(&address).send().await.unwrap().status(), 401);
    let noted = requests(&server).await;
    assert_eq!((&noted[1]["authorized_by"], noted[1]["state"].as_str()), (&Value::Null, Some("failed")));
    // A refused request does not count as a hop.
    for status in [303, 303, 201] {
        let response = staying().get(&address).bearer_auth("local-token").send().await.unwrap();
        assert_eq!(response.status(), status);
    }
}

#[tokio::test]
async fn a_streamed_call_is_not_redirected() {
    let server = Server::start("text_to_image.json", &[]);
    let response = begin(&server, "/infer?fault=hops", true).await;
    assert_eq!(response.status(), 201);
    assert!(response.text().await.unwrap().contains("event: prompt_result"));
}

#[tokio::test]
async fn other_gets_are_refused() {
    let server = Server::start("text_to_image.json", &[]);
    let response = server.get("/infer").bearer_auth("local-token").send().await.unwrap();
    assert_eq!((response.status().as_u16(), &response.headers()["allow"]), (405, &"POST".parse().unwrap()));
    let unknown = server.get("/infer?call=none").bearer_auth("local-token").send().await.unwrap();
    assert_eq!(unknown.status(), 404);
}
