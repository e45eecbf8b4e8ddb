//! The routes, and what all of them share.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware;
use axum::response::Html;
use axum::routing::{get, post};
use tokio::sync::OnceCell;
use tower::ServiceBuilder;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

use crate::credentials::Accepted;
use crate::flags::Flags;
use crate::requests::Requests;
use crate::runs::Runs;
use crate::{cors, hops, infer, large, read};

/// Another site's page must not lay the demo under its own buttons.
const NOT_IN_FRAMES: HeaderValue = HeaderValue::from_static("frame-ancestors 'none'");

/// State of the server.
pub struct App {
    pub flags: Flags,
    pub accepted: Accepted,
    pub runs: Runs,
    pub requests: Requests,
    warm: OnceCell<()>,
}

impl App {
    /// A server with nothing run yet.
    pub fn new(flags: Flags) -> Self {
        let accepted = Accepted {
            client_id: flags.client_id.clone(),
            client_secret: flags.client_secret.clone(),
            token: flags.token.clone(),
        };
        Self { flags, accepted, runs: Runs::default(), requests: Requests::default(), warm: OnceCell::new() }
    }

    /// Returns once the deployment has started: at once, but for the first run and those that come meanwhile.
    pub async fn warm_up(&self) {
        self.warm.get_or_init(|| tokio::time::sleep(self.flags.cold_start.div_f64(self.flags.speed))).await;
    }

    /// Time between two `: ping` comments of a stream.
    pub fn ping(&self) -> Duration {
        Duration::from_secs(15).div_f64(self.flags.speed).max(Duration::from_millis(100))
    }
}

/// The routes of a server.
pub fn router(app: Arc<App>) -> Router {
    let site = app.flags.site.clone();
    let not_built = get(|| async { (StatusCode::NOT_FOUND, Html(NOT_BUILT)) });
    let files = ServiceBuilder::new()
        .layer(SetResponseHeaderLayer::overriding(header::CACHE_CONTROL, keeping(app.flags.max_age)))
        .layer(SetResponseHeaderLayer::overriding(header::CONTENT_SECURITY_POLICY, NOT_IN_FRAMES));
    let pkg = ServeDir::new(site.join("pkg")).fallback(not_built.clone());
    let www = ServeDir::new(site.join("www")).fallback(not_built);
    let cors = app.flags.cors;
    let routes = Router::new()
        .route("/infer", post(infer::infer).get(hops::hop))
        .route("/runs", post(infer::begin))
        .route("/runs/{id}/events", get(read::events))
        .route("/large", post(large::post).get(large::get))
        .route("/outputs/{id}/{file}", get(read::output))
        .route("/requests", get(read::requests).delete(read::forget_requests))
        .nest_service("/pkg", files.clone().service(pkg))
        .fallback_service(files.service(www))
        .layer(DefaultBodyLimit::disable())
        .with_state(app);
    if cors { routes.layer(middleware::from_fn(cors::allow)) } else { routes }
}

/// Files may change at any time, so by default a browser asks each time.
fn keeping(seconds: u32) -> HeaderValue {
    let kept = (seconds > 0).then(|| HeaderValue::from_str(&format!("max-age={seconds}")).ok());
    kept.flatten().unwrap_or(HeaderValue::from_static("no-cache"))
}

const NOT_BUILT: &str = "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>Not found</title>\n\
<body style=\"font: 16px/1.5 system-ui; max-width: 40em; margin: 4em auto; padding: 0 1em\">\n\
<h1>Not found</h1>\n<p>There is no such file here. If the page or the package is missing, build them: \
<code>npm run build</code>, or <code>npm start</code>, which builds and serves.</p>\n";
