//! Runs a workflow on a deployment and saves what it makes.
//!
//! With the stand-in of this repository, in two terminals:
//!
//! ```text
//! cargo run --package local-endpoint
//! cargo run --example run -- http://127.0.0.1:8787/infer www/examples/text-to-image.json
//! ```
//!
//! With a deployment, give its address and set VIEWCOMFY_CLIENT_ID and VIEWCOMFY_CLIENT_SECRET.

use std::error::Error;
use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use viewcomfy_wasm::params::{self, Given, Param};
use viewcomfy_wasm::protocol::stream::failure_of;
use viewcomfy_wasm::protocol::{Body, Event, EventSink, OutputSink, StreamReader, failure};
use viewcomfy_wasm::workflow::{Workflow, flatten};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [endpoint, path] = arguments.as_slice() else {
        eprintln!("usage: run ENDPOINT WORKFLOW_API_JSON");
        return ExitCode::FAILURE;
    };
    match run(endpoint, path) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(endpoint: &str, path: &str) -> Result<(), Box<dyn Error>> {
    let text = std::fs::read(path)?;
    let params = random_seeds(&Workflow::parse(&text)?)?;
    println!("params: {params}");

    let mut answer = post(endpoint, &params)?;
    if !answer.status().is_success() {
        let status = answer.status().as_u16();
        let body = answer.body_mut().read_to_string()?;
        return Err(failure::from_http(status, None, &body).into());
    }
    save(read(&mut answer.into_body().into_reader())?)
}

/// The `params` of a run that changes nothing but the seeds.
fn random_seeds(workflow: &Workflow<'_>) -> Result<String, viewcomfy_wasm::Error> {
    let seeds: Vec<Param> = flatten::entries(workflow)
        .iter()
        .filter(|entry| entry.key().ends_with("seed") && entry.value.is_integer())
        .map(|entry| Param { key: entry.key(), given: Given::Json("\"random\"".into()) })
        .collect();
    let mut random = || SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |now| now.as_nanos() as u64);
    Ok(params::build(&seeds, Some(workflow), None, &mut random)?.json)
}

fn post(endpoint: &str, params: &str) -> Result<ureq::http::Response<ureq::Body>, ureq::Error> {
    let secret = |name: &str, local: &str| std::env::var(name).unwrap_or_else(|_| local.into());
    let agent = ureq::Agent::config_builder().http_status_as_error(false).build().new_agent();
    agent
        .post(endpoint)
        .header("client_id", secret("VIEWCOMFY_CLIENT_ID", "local-id"))
        .header("client_secret", secret("VIEWCOMFY_CLIENT_SECRET", "local-secret"))
        .send_form([("params", params), ("logs", "true")])
}

/// Where the pieces of the outputs go until their names are known, and what is printed meanwhile.
#[derive(Default)]
struct Outputs(Vec<Vec<u8>>);

impl OutputSink for Outputs {
    fn piece(
        &mut self,
        output: usize,
        buffer: Vec<u8>,
        length: usize,
    ) -> Result<Vec<u8>, viewcomfy_wasm::Error> {
        if self.0.len() <= output {
            self.0.resize(output + 1, Vec::new());
        }
        self.0[output].extend_from_slice(&buffer[..length]);
        Ok(buffer)
    }
}

struct Log;

impl EventSink for Log {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Log(line) => println!("log: {line}"),
            Event::Progress(progress) => println!("step {}", progress.step),
            Event::Error(message) => eprintln!("error: {message}"),
            _ => {}
        }
    }
}

/// The name of each output, and its content or its address.
type Saved = Vec<(String, Result<Vec<u8>, String>)>;

fn read(body: &mut impl Read) -> Result<Saved, Box<dyn Error>> {
    let (mut reader, mut outputs) = (StreamReader::default(), Outputs::default());
    let mut chunk = vec![0; 64 * 1024];
    while !reader.has_result() {
        let length = body.read(&mut chunk)?;
        if length == 0 {
            break;
        }
        reader.feed(&chunk[..length], &mut Log, &mut outputs)?;
    }
    let logs = reader.last_lines();
    let result = reader.finish()?;
    if let Some(failure) = failure_of(&result, logs) {
        return Err(failure.into());
    }
    outputs.0.resize(result.outputs.len(), Vec::new());
    let contents = result.outputs.into_iter().zip(outputs.0);
    let saved = contents.map(|(output, bytes)| match output.body {
        Body::Inline => (output.filename, Ok(bytes)),
        Body::Link(address) => (output.filename, Err(address)),
        _ => (output.filename, Err("a place that this example does not know".into())),
    });
    Ok(saved.collect())
}

fn save(outputs: Saved) -> Result<(), Box<dyn Error>> {
    for (filename, content) in outputs {
        // The service chooses the name, so only its last part counts.
        let name = Path::new(&filename).file_name().ok_or("an output without a name")?;
        let path = std::env::temp_dir().join(name);
        match content {
            Ok(bytes) => {
                File::create(&path)?.write_all(&bytes)?;
                println!("saved {} ({} bytes)", path.display(), bytes.len());
            }
            Err(address) => println!("{filename} is at {address}"),
        }
    }
    Ok(())
}
