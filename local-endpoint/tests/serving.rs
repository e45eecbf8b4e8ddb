//! Static files and cross-origin headers.
#![allow(clippy::unwrap_used)]

mod support;

use reqwest::Method;
use support::{Server, params};

#[tokio::test]
async fn files_have_their_types_and_are_always_revalidated() {
    let server = Server::start("text_to_image.json", &[]);
    for (path, content_type) in
        [("/", "text/html"), ("/pkg/index.js", "text/javascript"), ("/pkg/empty.wasm", "application/wasm")]
    {
        let response = server.get(path).send().await.unwrap();
        assert_eq!(response.status(), 200, "{path}");
        assert_eq!(response.headers()["content-type"], content_type);
        assert_eq!(response.headers()["cache-control"], "no-cache");
    }
}

#[tokio::test]
async fn files_may_be_cached_for_as_long_as_the_flag_says() {
    let server = Server::start("text_to_image.json", &["--max-age", "60"]);
    let response = server.get("/pkg/index.js").send().await.unwrap();
    assert_eq!(response.headers()["cache-control"], "max-age=60");
}

#[tokio::test]
async fn a_missing_file_says_what_to_build() {
    let server = Server::start("text_to_image.json", &["--site", "/nowhere/at/all"]);
    for path in ["/", "/pkg/index.js", "/../Cargo.toml"] {
        let response = server.get(path).send().await.unwrap();
        assert_eq!(response.status(), 404, "{path}");
        assert!(response.text().await.unwrap().contains("npm run build"));
    }
}

#[tokio::test]
async fn any_origin_may_send_requests() {
    let server = Server::start("text_to_image.json", &[]);
    let preflight = server
        .client
        .request(Method::OPTIONS, format!("{}/infer", server.url))
        .header("origin", "http://elsewhere:1")
        .header("access-control-request-method", "POST")
        .header("access-control-request-headers", "client_id, client_secret");
    let response = preflight.send().await.unwrap();
    assert!(response.status().is_success());
    assert_eq!(response.headers()["access-control-allow-origin"], "http://elsewhere:1");
    let allowed = response.headers()["access-control-allow-headers"].to_str().unwrap();
    assert_eq!(allowed, "client_id,client_secret,authorization,content-type");
    assert_eq!(response.headers()["access-control-allow-credentials"], "true");
    // Refusals carry the headers too, or a page could not read them.
    let call = server.post("/infer?fault=rate_limited").header("origin", "null").multipart(params("{}"));
    let response = call.send().await.unwrap();
    assert_eq!(response.headers()["access-control-allow-origin"], "null");
    assert_eq!(response.headers()["access-control-expose-headers"], "retry-after");
}

#[tokio::test]
async fn no_origin_may_read_a_response_with_the_fault() {
    let server = Server::start("text_to_image.json", &[]);
    for method in [Method::OPTIONS, Method::POST] {
        let call = server.client.request(method, format!("{}/infer?fault=no_cors", server.url));
        let response = call.header("origin", "http://elsewhere").send().await.unwrap();
        assert!(!response.headers().contains_key("access-control-allow-origin"));
    }
}

#[tokio::test]
async fn no_origin_may_read_any_response_with_the_flag() {
    let server = Server::start("text_to_image.json", &["--no-cors"]);
    for (method, path) in [
        (Method::OPTIONS, "/infer"),
        (Method::POST, "/infer"),
        (Method::GET, "/requests"),
        (Method::GET, "/"),
    ] {
        let call = server.client.request(method, format!("{}{path}", server.url));
        let response = call.header("origin", "http://elsewhere").send().await.unwrap();
        assert!(response.headers().keys().all(|name| !name.as_str().starts_with("access-control")), "{path}");
    }
}
