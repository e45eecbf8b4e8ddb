//! Large results over HTTP: by POST as from a client, by GET as from a page.
#![allow(clippy::unwrap_used)]

mod support;

use support::{Server, last_result, log, output, params, read_events};

const BLOCK: usize = 768 * 1024;

#[tokio::test]
async fn post_and_get_give_the_same_result_without_credentials() {
    let server = Server::start("text_to_image.json", &[]);
    let path = "/large?outputs=2&bytes=2000001&logs=3";
    let streamed = server.events(path, params("{}")).await;
    assert_eq!(log(&streamed).len(), 3);
    let result = last_result(&streamed);
    assert_eq!(result, server.result(path, params("{}")).await);
    let response = server.get(path).send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "text/event-stream; charset=utf-8");
    assert_eq!(read_events(&response.text().await.unwrap()), streamed);
    let bare = server.client.post(format!("{}{path}", server.url)).form(&[("logs", "true")]);
    assert_eq!(read_events(&bare.send().await.unwrap().text().await.unwrap()), streamed);
}

#[tokio::test]
async fn content_is_numbered_by_output_and_block() {
    let server = Server::start("text_to_image.json", &[]);
    let result = server.result("/large?outputs=2&bytes=2000001", params("{}")).await;
    for index in 0..2 {
        let bytes = output(&result, index);
        assert_eq!(bytes.len(), 2_000_001);
        for (block, bytes) in bytes.chunks(BLOCK).enumerate() {
            assert_eq!(bytes[..8], (index as u64).to_le_bytes());
            assert_eq!(bytes[8..16], (block as u64).to_le_bytes());
            assert_eq!(bytes[16..24], [0; 8]);
        }
        assert_eq!(bytes[24..BLOCK], bytes[BLOCK + 24..2 * BLOCK]);
    }
}

#[tokio::test]
async fn a_plain_response_states_its_length() {
    let server = Server::start("text_to_image.json", &[]);
    let response = server.post("/large?bytes=5").multipart(params("{}")).send().await.unwrap();
    assert_eq!(response.status(), 201);
    assert_eq!(response.headers()["content-type"], "application/json");
    let length = response.headers()["content-length"].to_str().unwrap().to_owned();
    assert_eq!(length, response.text().await.unwrap().len().to_string());
}

#[tokio::test]
async fn a_result_can_be_left_out_and_a_log_has_a_limit() {
    let server = Server::start("text_to_image.json", &[]);
    let events = server.events("/large?logs=2&result=none", params("{}")).await;
    assert_eq!(log(&events).len(), events.len());
    assert_eq!(server.get("/large?logs=3000000").send().await.unwrap().status(), 422);
    assert_eq!(server.get("/large?result=some").send().await.unwrap().status(), 400);
}
