//! Starts a server for a test, sends requests to it and reads the responses.
#![allow(dead_code, clippy::unwrap_used)]

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::multipart::{Form, Part};
use reqwest::{Client, RequestBuilder, Response};
use serde_json::Value;

/// A running server, which is stopped at the end of the test.
pub struct Server {
    child: Child,
    pub url: String,
    pub client: Client,
    /// Its lines on stdout.
    pub lines: Arc<Mutex<Vec<String>>>,
}

/// One event of a stream.
#[derive(Debug, PartialEq)]
pub struct Event {
    pub name: String,
    pub data: String,
}

impl Server {
    /// Starts a fast server with additional flags; `files` names files of `tests/files`.
    pub fn start(workflow: &str, flags: &[&str]) -> Self {
        let files = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/files");
        let mut child = Command::new(env!("CARGO_BIN_EXE_local-endpoint"))
            .args(["--port", "0", "--cold-start", "0", "--speed", "200"])
            .args(["--site", &format!("{files}/site"), "--workflow", &format!("{files}/{workflow}")])
            .args(flags)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut first = String::new();
        stdout.read_line(&mut first).unwrap();
        let url = first.trim_end().strip_prefix("local endpoint: ").unwrap().to_owned();
        let lines = Arc::new(Mutex::new(vec![first]));
        let all = lines.clone();
        std::thread::spawn(move || {
            for line in stdout.lines().map_while(Result::ok) {
                all.lock().unwrap().push(line);
            }
        });
        Self { child, url, client: Client::new(), lines }
    }

    /// A POST with the right credentials.
    pub fn post(&self, path: &str) -> RequestBuilder {
        self.client.post(format!("{}{path}", self.url)).bearer_auth("local-token")
    }

    pub fn get(&self, path: &str) -> RequestBuilder {
        self.client.get(format!("{}{path}", self.url))
    }

    /// Runs with a plain response, which must be a result.
    pub async fn result(&self, path: &str, form: Form) -> Value {
        let response = self.post(path).multipart(form.text("logs", "false")).send().await.unwrap();
        let status = response.status();
        let text = response.text().await.unwrap();
        assert_eq!(status, 201, "{text}");
        serde_json::from_str(&text).unwrap()
    }

    /// Runs with a streamed response, which must end properly.
    pub async fn events(&self, path: &str, form: Form) -> Vec<Event> {
        let response = self.post(path).multipart(form.text("logs", "true")).send().await.unwrap();
        assert_eq!(response.status(), 201);
        assert_eq!(response.headers()["content-type"], "text/event-stream; charset=utf-8");
        read_events(&response.text().await.unwrap())
    }

    /// The newest request, once it is no longer running.
    pub async fn settled(&self) -> Value {
        self.newest(|request| request["state"] != "running").await
    }

    /// The newest request, once there is one that is running.
    pub async fn arrived(&self) -> Value {
        self.newest(|request| request["state"] == "running").await
    }

    /// The newest request, once it satisfies this condition.
    async fn newest(&self, is_wanted: impl Fn(&Value) -> bool) -> Value {
        // One minute: only a test that hangs waits so long.
        for _ in 0..3_000 {
            let text = self.get("/requests").send().await.unwrap().text().await.unwrap();
            let all: Vec<Value> = serde_json::from_str(&text).unwrap();
            if let Some(newest) = all.last().filter(|newest| is_wanted(newest)) {
                return newest.clone();
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("the expected request was not received");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// A form with these parameters.
pub fn params(text: &str) -> Form {
    Form::new().text("params", text.to_owned())
}

/// A PNG as a part of a form.
pub fn picture(name: &str, picture: impl Into<image::DynamicImage>) -> Part {
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.into().write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    Part::bytes(bytes.into_inner()).file_name(name.to_owned()).mime_str("image/png").unwrap()
}

/// The events of a stream that ended properly, written with CRLF; comments are left out.
pub fn read_events(text: &str) -> Vec<Event> {
    assert!(!text.replace("\r\n", "").contains(['\r', '\n']), "every line ends in CRLF");
    let blocks = text.split_terminator("\r\n\r\n").filter(|block| !block.starts_with(':'));
    let event = |block: &str| {
        let field = |name: &str| -> Vec<String> {
            block.split("\r\n").filter_map(|line| line.strip_prefix(name)).map(str::to_owned).collect()
        };
        Event { name: field("event: ").join("\n"), data: field("data: ").join("\n") }
    };
    blocks.map(event).collect()
}

/// The data of an event that must be the last of the stream.
pub fn last_result(events: &[Event]) -> Value {
    let last = events.last().unwrap();
    assert_eq!(last.name, "prompt_result");
    serde_json::from_str(&last.data).unwrap()
}

/// The lines of the log.
pub fn log(events: &[Event]) -> Vec<&str> {
    events.iter().filter(|event| event.name == "log_message").map(|event| event.data.as_str()).collect()
}

/// The bytes of a result's output, whose size must be right.
pub fn output(result: &Value, index: usize) -> Vec<u8> {
    let output = &result["outputs"][index];
    let bytes = STANDARD.decode(output["data"].as_str().unwrap()).unwrap();
    assert_eq!(output["size"].as_u64().unwrap(), bytes.len() as u64);
    bytes
}

/// An output as a picture.
pub fn output_picture(result: &Value, index: usize) -> image::RgbImage {
    image::load_from_memory(&output(result, index)).unwrap().into_rgb8()
}

/// A workflow file of `tests/files`.
pub fn workflow(name: &str) -> String {
    std::fs::read_to_string(format!("{}/tests/files/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// A response's body as JSON.
pub async fn json(response: Response) -> Value {
    serde_json::from_str(&response.text().await.unwrap()).unwrap()
}
