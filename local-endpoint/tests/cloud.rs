//! The cloud API: jobs under their callers' ids are scheduled, looked up, canceled and counted, and their files downloaded.
#![allow(clippy::unwrap_used)]

mod support;

use reqwest::Method;
use serde_json::{Value, json};
use support::{Server, json as body, params};

const INFER: &str = "/cloud/api/workflow/infer";
const ID: &str = "5a1c5e0a-4b0e-4f0a-9d52-0d8f3b1c2a77";

async fn schedule(server: &Server, address: &str) -> reqwest::Response {
    let form =
        params(r#"{"3-inputs-seed":7}"#).text("prompt_id", ID).text("view_comfy_api_url", address.to_owned());
    server.post(INFER).multipart(form).send().await.unwrap()
}

async fn look_up(server: &Server) -> Value {
    let response =
        server.get(&format!("{INFER}/?prompt_ids={ID}&prompt_ids=other")).bearer_auth("local-token");
    body(response.send().await.unwrap()).await
}

/// The job's record, once it is completed.
async fn completed(server: &Server) -> Value {
    for _ in 0..3_000 {
        let all = look_up(server).await;
        if all[0]["completed"] == true {
            return all[0].clone();
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("the job did not end");
}

async fn control(server: &Server, method: Method, wanted: &Value) {
    let response = server.client.request(method, format!("{}/cloud-control", server.url));
    let headers = [("content-type", "application/json")];
    let response = response.header(headers[0].0, headers[0].1).body(wanted.to_string()).send().await.unwrap();
    assert_eq!(response.status(), 204);
}

/// The link to a record's last output.
fn large(record: &Value) -> String {
    record["outputs"].as_array().unwrap().last().unwrap()["filepath"].as_str().unwrap().to_owned()
}

async fn counts(server: &Server) -> Value {
    body(server.get("/cloud-control").send().await.unwrap()).await["jobs"][0].clone()
}

#[tokio::test]
async fn a_job_is_accepted_and_looked_up_and_its_files_are_downloaded_in_ranges() {
    let server = Server::start("text_to_image.json", &[]);
    let taken = schedule(&server, "http://deployment/infer").await;
    assert_eq!(taken.status(), 201);
    assert_eq!(body(taken).await["data"]["prompt_id"], ID);
    let record = completed(&server).await;
    assert_eq!((&record["status"], &record["promptId"]), (&json!("success"), &json!(ID)));
    let output = &record["outputs"][0];
    let link = output["filepath"].as_str().unwrap();
    let whole = server.client.get(link).send().await.unwrap().bytes().await.unwrap();
    assert_eq!(output["size"], whole.len());
    let part = server.client.get(link).header("range", "bytes=3-9").send().await.unwrap();
    assert_eq!(part.status(), 206);
    assert_eq!(part.bytes().await.unwrap(), whole.slice(3..10));
    assert_eq!(counts(&server).await["taken"], 1);
}

#[tokio::test]
async fn unknown_credentials_and_missing_ids_are_refused() {
    let server = Server::start("text_to_image.json", &[]);
    for path in ["/?prompt_ids=x", "/running"] {
        assert_eq!(server.get(&format!("{INFER}{path}")).send().await.unwrap().status(), 401);
    }
    let form = params(r#"{"3-inputs-seed":7}"#);
    assert_eq!(server.post(INFER).multipart(form).send().await.unwrap().status(), 422, "no prompt id");
}

#[tokio::test]
async fn a_job_is_canceled_by_either_route() {
    let server = Server::start("text_to_image.json", &[]);
    assert_eq!(server.client.put(format!("{}/hold", server.url)).send().await.unwrap().status(), 204);
    schedule(&server, "http://deployment/infer").await;
    let headers = ["client_id", "client_secret"].map(|name| (name, format!("local-{}", &name[7..])));
    let cancel = |wanted: Value| {
        let mut request = server.client.request(Method::POST, format!("{}{INFER}/cancel", server.url));
        for (name, value) in &headers {
            request = request.header(*name, value);
        }
        request.header("content-type", "application/json").body(wanted.to_string()).send()
    };
    let by_pair = cancel(json!({"promptId": ID, "viewComfyApiUrl": "http://deployment"})).await.unwrap();
    assert_eq!(by_pair.status(), 201);
    assert_eq!(completed(&server).await["status"], "canceled");
    let path = format!("/cloud/api/viewcomfy-app/playground/infer/cancel/{ID}");
    assert_eq!(server.post(&path).send().await.unwrap().status(), 201);
    assert_eq!(counts(&server).await["canceled"], 2);
    let unknown = cancel(json!({"prompt_id": "x", "view_comfy_api_url": "http://deployment"})).await.unwrap();
    assert_eq!(unknown.status(), 404);
}

#[tokio::test]
async fn faults_are_set_for_all_jobs_or_in_the_address_of_one() {
    let server = Server::start("text_to_image.json", &[]);
    control(&server, Method::PUT, &json!({"jobs": {"schedule": "unavailable"}})).await;
    assert_eq!(schedule(&server, "http://deployment/infer").await.status(), 503);
    assert_eq!(look_up(&server).await, json!([]));
    assert_eq!(schedule(&server, "http://deployment/infer").await.status(), 201);
    assert_eq!(completed(&server).await["status"], "success");
    control(&server, Method::DELETE, &json!({})).await;

    let address = "http://deployment/infer?cloud=1&schedule=taken_timeout&job=fails&look_up=unknown";
    assert_eq!(schedule(&server, address).await.status(), 504);
    assert_eq!(look_up(&server).await, json!([]));
    let record = completed(&server).await;
    assert_eq!((&record["status"], &record["outputs"]), (&json!("error"), &json!([])));
    assert_eq!(record["errorData"], "ValueError: a failure on request");
}

#[tokio::test]
async fn links_expire_and_downloads_break_on_request() {
    let server = Server::start("text_to_image.json", &[]);
    schedule(&server, "http://deployment/infer?cloud=1&expired=1&broken=1&large=100000").await;
    let expired = large(&completed(&server).await);
    assert_eq!(server.client.get(expired).send().await.unwrap().status(), 403);
    let link = large(&look_up(&server).await[0]);
    let broken = server.client.get(&link).send().await.unwrap();
    assert_eq!((broken.status(), broken.content_length()), (reqwest::StatusCode::OK, Some(100_000)));
    assert!(broken.bytes().await.is_err());
    let whole = server.client.get(&link).send().await.unwrap().bytes().await.unwrap();
    assert_eq!(whole.len(), 100_000);
    assert_eq!(counts(&server).await["downloaded"], 150_000);
}
