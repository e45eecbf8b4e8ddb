//! Runs over HTTP: parameters, results, credentials, and clients that leave.
#![allow(clippy::unwrap_used)]

mod support;

use std::time::Duration;

use reqwest::multipart::Part;
use serde_json::json;
use support::{Server, json, last_result, log, output, output_picture, params, read_events, workflow};

#[tokio::test]
async fn streams_a_run_as_the_service_does() {
    let server = Server::start("text_to_image.json", &[]);
    let events =
        server.events("/infer", params(r#"{"3-inputs-seed":7,"nobody-inputs-x":1,"_6":"context"}"#)).await;
    let log = log(&events);
    assert_eq!(log[0], "got prompt");
    assert!(log[1].contains("standing in for a deployment"));
    assert!(log.contains(&"unknown parameter \"nobody-inputs-x\" ignored"));
    assert!(!log.iter().any(|line| line.contains("\"_6\"")));
    assert!(log.contains(&"  0%|          | 0/6 [00:00<?, ?it/s]"));
    assert!(log.iter().any(|line| line.starts_with("100%|██████████| 6/6 [00:0")));
    assert!(log.last().unwrap().starts_with("Prompt executed in "));
    let result = last_result(&events);
    assert_eq!((&result["status"], &result["completed"]), (&json!("success"), &json!(true)));
    assert_eq!(result["outputs"][1]["filename"], "fox_00002_.png");
    assert_eq!(output_picture(&result, 0).dimensions(), (96, 64));
    assert_ne!(output(&result, 0), output(&result, 1));
}

#[tokio::test]
async fn every_way_to_run_gives_the_same_result() {
    let server = Server::start("text_to_image.json", &[]);
    let form = || params(r#"{"3-inputs-seed":18446744073709551615}"#);
    let plain = server.result("/infer", form()).await;
    let streamed = last_result(&server.events("/infer", form()).await);
    let begun = json(server.post("/runs").multipart(form()).send().await.unwrap()).await;
    let path = begun["events"].as_str().unwrap();
    assert_eq!(path, format!("/runs/{}/events", begun["prompt_id"].as_str().unwrap()));
    // Without credentials, and more than once.
    for _ in 0..2 {
        let text = server.get(path).send().await.unwrap().text().await.unwrap();
        let followed = last_result(&read_events(&text));
        for other in [&streamed, &followed] {
            assert_eq!(plain["outputs"], other["outputs"]);
            assert_eq!(plain["prompt"], other["prompt"]);
        }
    }
    assert_eq!(server.settled().await["state"], "finished");
}

#[tokio::test]
async fn outputs_depend_on_text_and_seed_and_carry_the_workflow() {
    let server = Server::start("text_to_image.json", &[]);
    let first = server.result("/infer", params(r#"{"3-inputs-seed":1}"#)).await;
    let again = server.result("/infer", params(r#"{"3-inputs-seed":1}"#)).await;
    let seed = server.result("/infer", params(r#"{"3-inputs-seed":2}"#)).await;
    let text = server.result("/infer", params(r#"{"3-inputs-seed":1,"6-inputs-text":"a blue whale"}"#)).await;
    assert_eq!(output(&first, 0), output(&again, 0));
    assert_ne!(output(&first, 0), output(&seed, 0));
    assert_ne!(output_picture(&first, 0), output_picture(&text, 0));
    let bytes = output(&first, 0);
    let reader = png::Decoder::new(std::io::Cursor::new(&bytes)).read_info().unwrap();
    let chunk = &reader.info().uncompressed_latin1_text[0];
    assert_eq!(chunk.keyword, "prompt");
    assert!(
        chunk.text.starts_with(r#"{"3": {"inputs": {"seed": 1, "steps": 6, "cfg": 6.0, "denoise": 1e-05, "#)
    );
    assert!(chunk.text.contains(r"a red fox \u2014 \u65e5\u672c \ud83d\ude00"));
}

#[tokio::test]
async fn numbers_go_through_untouched() {
    let server = Server::start("text_to_image.json", &[]);
    let form = params(r#"{"3-inputs-cfg":123456789012345678901234567890,"3-inputs-steps":2}"#);
    let response = server.post("/infer").multipart(form).send().await.unwrap();
    let text = response.text().await.unwrap();
    let expected = r#""prompt":{"3":{"inputs":{"seed":18446744073709551615,"steps":2,"cfg":123456789012345678901234567890,"denoise":1e-05,"#;
    assert!(text.contains(expected), "{}", &text[..400]);
    assert!(server.lines.lock().unwrap().join("\n").contains("123456789012345678901234567890"));
}

#[tokio::test]
async fn takes_a_form_and_another_workflow() {
    let server = Server::start("text_to_image.json", &[]);
    let other = r#"{"1":{"class_type":"EmptyImage","inputs":{"width":8,"height":4}},"2":{"class_type":"PreviewImage","inputs":{"images":["1",0]}}}"#;
    let body: String = form_urlencoded::Serializer::new(String::new())
        .extend_pairs([("params", r#"{"1-inputs-width": 6}"#), ("logs", "False"), ("workflow_api", other)])
        .finish();
    let form_type = "application/x-www-form-urlencoded";
    let response = server.post("/infer").header("content-type", form_type).body(body).send().await.unwrap();
    let result = json(response).await;
    assert_eq!(output_picture(&result, 0).dimensions(), (6, 4));
    let entry = server.settled().await;
    assert_eq!((&entry["content_type"], &entry["workflow_api"]), (&json!(form_type), &json!(other)));
}

#[tokio::test]
async fn records_requests_without_their_secrets() {
    let server = Server::start("text_to_image.json", &["--client-id", "me", "--client-secret", "s3cret"]);
    let file = Part::bytes(&b"abc"[..]).file_name("猫.png").mime_str("image/png").unwrap();
    let form = params(r#"{"3-inputs-seed":1}"#).text("logs", "false").part("8-inputs-nothing", file);
    let request = server.client.post(format!("{}/infer", server.url)).multipart(form);
    request.header("client_id", "me").header("client_secret", "s3cret").send().await.unwrap();
    let entry = server.settled().await;
    assert_eq!(entry["authorized_by"], "client");
    assert_eq!(entry["logs"], false);
    assert_eq!(entry["headers"]["client_id"], "me");
    assert_eq!(entry["headers"]["client_secret"], "…");
    let sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    let file = json!({"name": "8-inputs-nothing", "filename": "猫.png", "content_type": "image/png", "size": 3, "sha256": sha256});
    assert_eq!(entry["files"], json!([file]));
    assert!(!entry.to_string().contains("s3cret"));
    assert!(!server.lines.lock().unwrap().join("\n").contains("s3cret"));
    server.client.delete(format!("{}/requests", server.url)).send().await.unwrap();
    assert_eq!(server.get("/requests").send().await.unwrap().text().await.unwrap(), "[]");
}

#[tokio::test]
async fn refuses_wrong_credentials_and_wrong_parameters() {
    let server = Server::start("text_to_image.json", &[]);
    for token in ["", "wrong"] {
        let request = server.client.post(format!("{}/infer", server.url)).bearer_auth(token);
        let response = request.multipart(params(r#"{"3-inputs-seed":1}"#)).send().await.unwrap();
        assert_eq!(response.status(), 401);
        assert_eq!(json(response).await["errorType"], "UnAuthorizedException");
        assert_eq!(server.settled().await["authorized_by"], json!(null));
    }
    for (text, kind) in [("{}", "too_short"), ("[1]", "dict_type"), ("{", "json_invalid")] {
        let response = server.post("/infer").multipart(params(text)).send().await.unwrap();
        assert_eq!(response.status(), 422);
        let entry = &json(response).await["detail"][0];
        assert_eq!((&entry["type"], &entry["loc"]), (&json!(kind), &json!(["body", "params"])));
        assert_eq!(server.settled().await["state"], "failed");
    }
    let image = reqwest::multipart::Part::bytes(b"x".as_slice()).file_name("a.png");
    let with_file = params("{}").part("1-inputs-image", image);
    let response = server.post("/infer").multipart(with_file).send().await.unwrap();
    assert_ne!(json(response).await["detail"][0]["type"], "too_short", "a file makes up for empty params");
    let missing = reqwest::multipart::Form::new().text("logs", "true");
    let response = server.post("/runs").multipart(missing).send().await.unwrap();
    assert_eq!(json(response).await["detail"][0]["type"], "missing");
}

#[tokio::test]
async fn stops_the_run_of_a_client_that_leaves() {
    let server = Server::start("text_to_image.json", &["--speed", "0.2"]);
    for logs in ["true", "false"] {
        let form = params(r#"{"3-inputs-seed":1}"#).text("logs", logs);
        let call = tokio::spawn(server.post("/infer").multipart(form).send());
        server.arrived().await;
        call.abort();
        let _ = call.await;
        assert_eq!(server.settled().await["state"], "cancelled");
    }
}

#[tokio::test]
async fn the_first_run_waits_for_a_cold_start() {
    let server = Server::start("text_to_image.json", &["--cold-start", "600"]);
    let mut times = Vec::new();
    for _ in 0..2 {
        let begun = std::time::Instant::now();
        server.result("/infer", params(r#"{"3-inputs-seed":1}"#)).await;
        times.push(begun.elapsed());
    }
    // At the tests' speed of 200; without a cold start a run takes a tenth of a second.
    let cold_start = Duration::from_secs(3);
    assert!(times[0] >= cold_start && times[1] < cold_start, "{times:?}");
}

#[tokio::test]
async fn refuses_workflows_as_comfyui_does() {
    let server = Server::start("text_to_image.json", &[]);
    let post = async |query: &str, text: &str| {
        let form = params(r#"{"x":1}"#).text("workflow_api", text.to_owned());
        let response = server.post(&format!("/infer{query}")).multipart(form).send().await.unwrap();
        assert_eq!(response.status(), 400);
        json(response).await
    };
    let body = post("", r#"{"3":{"class_type":"SaveImage","inputs":{"images":["99",0]}}}"#).await;
    assert_eq!(body["node_errors"]["3"]["errors"][0]["details"], "'99'");
    let body = post("?nodes=strict", r#"{"3":{"class_type":"VHS_VideoCombine","inputs":{}}}"#).await;
    assert_eq!(body["error"]["type"], "missing_node_type");
}

#[tokio::test]
async fn a_failing_node_is_reported_and_the_result_is_failed() {
    let server = Server::start("inpaint.json", &[]);
    let file = Part::bytes(&b"not a picture"[..]).file_name("x.png").mime_str("image/png").unwrap();
    let events = server.events("/infer", params(r#"{"3-inputs-seed":1}"#).part("1-inputs-image", file)).await;
    let error = events.iter().find(|event| event.name == "error").unwrap();
    assert!(error.data.contains("cannot identify image file 'x.png'"));
    let result = last_result(&events);
    assert_eq!((&result["status"], &result["completed"]), (&json!("error"), &json!(false)));
    assert!(result["error_data"].as_str().unwrap().contains("x.png"));
    assert_eq!(server.settled().await["state"], "failed");
}

#[tokio::test]
async fn a_missing_deployed_workflow_is_reported() {
    let server = Server::start("no_such_file.json", &[]);
    let response = server.post("/infer").multipart(params(r#"{"a":1}"#)).send().await.unwrap();
    assert_eq!(response.status(), 500);
    assert!(json(response).await["errorDetails"].as_str().unwrap().contains("no_such_file.json"));
    let form = params(r#"{"a":1}"#).text("workflow_api", workflow("text_to_image.json"));
    server.result("/infer", form).await;
}
