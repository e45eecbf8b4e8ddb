//! local-endpoint: a server on 127.0.0.1 that stands in for a ViewComfy deployment.
//!
//! It speaks the deployment's protocol, walks workflows without running models, and fails on request.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod answer;
mod app;
mod body;
mod classes;
mod cloud;
mod comfyui;
mod compute;
mod credentials;
mod download;
mod faults;
mod flags;
mod hold;
mod hops;
mod infer;
mod job;
mod large;
mod lock;
mod model_family;
mod node_kind;
mod png_text;
mod python_json;
mod range;
mod read;
mod refusal;
mod request;
mod requests;
mod result;
mod router;
mod runs;
mod sse;
mod tqdm;
mod validate;
mod walk;
mod workflow;

use std::error::Error;
use std::io::Write;
use std::net::Ipv4Addr;
use std::process::ExitCode;
use std::sync::Arc;

use axum::serve::ListenerExt;
use tokio::net::TcpListener;

use crate::app::App;
use crate::flags::{Flags, HELP};
use crate::router::router;

#[tokio::main]
async fn main() -> ExitCode {
    match start().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "local-endpoint: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn start() -> Result<(), Box<dyn Error>> {
    let Some(flags) = Flags::parse(lexopt::Parser::from_env())? else {
        std::io::stdout().write_all(HELP.as_bytes())?;
        return Ok(());
    };
    let port = flags.port;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .await
        .map_err(|error| format!("port {port} cannot be used: {error}"))?;
    let mut stdout = std::io::stdout();
    writeln!(stdout, "local endpoint: http://{}", listener.local_addr()?)?;
    writeln!(stdout, "It stands in for a deployment: no model runs, pictures are drawn by a program.")?;
    // Small chunks have to be sent at once.
    let listener = listener.tap_io(|connection| {
        let _ = connection.set_nodelay(true);
    });
    let app = Arc::new(App::new(flags));
    tokio::spawn(comfyui::work(app.clone()));
    axum::serve(listener, router(app)).await?;
    Ok(())
}
