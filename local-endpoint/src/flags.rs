//! The command line.

use std::path::PathBuf;
use std::time::Duration;

use lexopt::prelude::*;

/// What `--help` prints.
pub const HELP: &str = "\
local-endpoint: stands in for a ViewComfy deployment on this machine

  --port N              port on 127.0.0.1; 0 takes a free one (default 8787)
  --speed X             1 is a realistic speed, 50 is fifty times faster (default 1)
  --cold-start SECONDS  delay of the very first run at speed 1; 0 for none (default 6)
  --site DIR            project root: DIR/www at /, DIR/pkg at /pkg/ (default .)
  --max-age SECONDS     how long a browser may cache the site's files (default 0)
  --workflow FILE       the deployed workflow (default DIR/www/examples/text-to-image.json)
  --client-id TEXT      accepted client_id (default local-id)
  --client-secret TEXT  accepted client_secret (default local-secret)
  --token TEXT          accepted bearer token (default local-token)
  --object-info FILE    what its ComfyUI server at /comfyui returns for /object_info (default DIR/pkg/definitions.json)
  --previews            its ComfyUI server sends previews while a sampler runs
  --no-cors             no cross-origin headers: pages of other origins cannot send requests

for tests:
  POST /infer?fault=…         responds with a fault: src/faults.rs lists them
  POST /large, GET /large     a result of any size: ?outputs=M&bytes=N&logs=L
  POST /runs                  starts a run whose events are read by GET
  GET /requests, DELETE       the requests so far, without secrets; clears them
  /cloud/api/…                the service's cloud API; faults through PUT /cloud-control or the job's address: src/cloud/faults.rs
  GET /cloud-control, DELETE  the outcomes of its jobs; clears them
  PUT /hold, DELETE /hold     withholds results once the log is written; releases them
";

/// Settings of one server.
pub struct Flags {
    pub port: u16,
    pub speed: f64,
    pub cold_start: Duration,
    pub site: PathBuf,
    /// How many seconds the site's files may be cached.
    pub max_age: u32,
    pub workflow: PathBuf,
    pub client_id: String,
    pub client_secret: String,
    pub token: String,
    /// The classes of the ComfyUI server.
    pub object_info: PathBuf,
    /// Whether the ComfyUI server sends previews.
    pub previews: bool,
    /// Whether pages of other origins may send requests.
    pub cors: bool,
}

impl Flags {
    /// Reads the arguments; `Ok(None)` means that help was asked for.
    pub fn parse(mut parser: lexopt::Parser) -> Result<Option<Self>, lexopt::Error> {
        let mut flags = Self {
            port: 8787,
            speed: 1.0,
            cold_start: Duration::from_secs(6),
            site: PathBuf::from("."),
            max_age: 0,
            workflow: PathBuf::new(),
            client_id: "local-id".into(),
            client_secret: "local-secret".into(),
            token: "local-token".into(),
            object_info: PathBuf::new(),
            previews: false,
            cors: true,
        };
        while let Some(argument) = parser.next()? {
            match argument {
                Long("port") => flags.port = parser.value()?.parse()?,
                Long("speed") => flags.speed = pace(parser.value()?.parse()?)?,
                Long("cold-start") => flags.cold_start = seconds(parser.value()?.parse()?)?,
                Long("site") => flags.site = parser.value()?.into(),
                Long("max-age") => flags.max_age = parser.value()?.parse()?,
                Long("workflow") => flags.workflow = parser.value()?.into(),
                Long("client-id") => flags.client_id = parser.value()?.string()?,
                Long("client-secret") => flags.client_secret = parser.value()?.string()?,
                Long("token") => flags.token = parser.value()?.string()?,
                Long("object-info") => flags.object_info = parser.value()?.into(),
                Long("previews") => flags.previews = true,
                Long("no-cors") => flags.cors = false,
                Short('h') | Long("help") => return Ok(None),
                other => return Err(other.unexpected()),
            }
        }
        if flags.workflow.as_os_str().is_empty() {
            flags.workflow = flags.site.join("www/examples/text-to-image.json");
        }
        if flags.object_info.as_os_str().is_empty() {
            flags.object_info = flags.site.join("pkg/definitions.json");
        }
        Ok(Some(flags))
    }
}

/// A speed within bounds that keep every delay sensible.
fn pace(value: f64) -> Result<f64, lexopt::Error> {
    if (0.001..=1e6).contains(&value) {
        return Ok(value);
    }
    Err("--speed takes a number from 0.001 to 1000000".into())
}

fn seconds(value: f64) -> Result<Duration, lexopt::Error> {
    match Duration::try_from_secs_f64(value) {
        Ok(delay) if value <= 1e6 => Ok(delay),
        _ => Err("--cold-start takes seconds, from 0 to 1000000".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(arguments: &[&str]) -> Result<Option<Flags>, lexopt::Error> {
        Flags::parse(lexopt::Parser::from_args(arguments))
    }

    #[test]
    fn fills_in_defaults() {
        let flags = parse(&["--site", "here"]).unwrap().unwrap();
        assert_eq!(flags.port, 8787);
        assert_eq!(flags.cold_start, Duration::from_secs(6));
        assert_eq!(flags.workflow, PathBuf::from("here/www/examples/text-to-image.json"));
    }

    #[test]
    fn refuses_nonsense() {
        assert!(parse(&["--speed", "0"]).is_err());
        assert!(parse(&["--speed", "NaN"]).is_err());
        assert!(parse(&["--cold-start", "-1"]).is_err());
        assert!(parse(&["--port", "70000"]).is_err());
        assert!(parse(&["--what"]).is_err());
    }
}
