//! The routes of a server.

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Query as Parameters};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::Html;
use axum::routing::{get, post, put};
use tower::ServiceBuilder;
use tower_http::cors::{AllowOrigin, CorsLayer};
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

use crate::app::App;
use crate::faults::{Fault, Query};
use crate::{cloud, comfyui, hops, infer, large, read};

/// Other sites must not frame the demo (clickjacking).
const NOT_IN_FRAMES: HeaderValue = HeaderValue::from_static("frame-ancestors 'none'");

/// The routes of a server.
pub fn router(app: Arc<App>) -> Router {
    let site = app.flags.site.clone();
    let not_built = get(|| async { (StatusCode::NOT_FOUND, Html(NOT_BUILT)) });
    let files = ServiceBuilder::new()
        .layer(SetResponseHeaderLayer::overriding(header::CACHE_CONTROL, keeping(app.flags.max_age)))
        .layer(SetResponseHeaderLayer::overriding(header::CONTENT_SECURITY_POLICY, NOT_IN_FRAMES));
    let pkg = ServeDir::new(site.join("pkg")).fallback(not_built.clone());
    let www = ServeDir::new(site.join("www")).fallback(not_built);
    let cors = app.flags.cors.then(cross_origin);
    let sockets = cloud::layer(&app);
    let routes = Router::new()
        .route("/infer", post(infer::infer).get(hops::hop))
        .route("/runs", post(infer::begin))
        .route("/runs/{id}/events", get(read::events))
        .route("/large", post(large::post).get(large::get))
        .route("/outputs/{id}/{file}", get(read::output))
        .route("/requests", get(read::requests).delete(read::forget_requests))
        .route("/hold", put(read::hold).delete(read::release))
        .merge(comfyui::router(&app))
        .merge(cloud::router())
        .nest_service("/pkg", files.clone().service(pkg))
        .fallback_service(files.service(www))
        .layer(DefaultBodyLimit::disable())
        .layer(sockets)
        .with_state(app);
    match cors {
        Some(cors) => routes.layer(cors),
        None => routes,
    }
}

/// Any origin may send requests, with credentials, unless a fault forbids it.
fn cross_origin() -> CorsLayer {
    let headers = ["client_id", "client_secret", "authorization", "content-type"];
    let origins = AllowOrigin::predicate(|_, request| !refuses_origins(&request.uri));
    CorsLayer::new()
        .allow_origin(origins)
        .allow_credentials(true)
        .allow_methods([Method::GET, Method::POST, Method::PUT, Method::DELETE])
        .allow_headers(headers.map(HeaderName::from_static))
        .expose_headers([header::RETRY_AFTER])
}

fn refuses_origins(uri: &Uri) -> bool {
    let query = Parameters::<Query>::try_from_uri(uri);
    query.is_ok_and(|query| query.fault == Some(Fault::NoCors))
}

/// Files may change at any time, so by default a browser revalidates them each time.
fn keeping(seconds: u32) -> HeaderValue {
    let kept = (seconds > 0).then(|| HeaderValue::from_str(&format!("max-age={seconds}")).ok());
    kept.flatten().unwrap_or(HeaderValue::from_static("no-cache"))
}

const NOT_BUILT: &str = "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>Not found</title>\n\
<body style=\"font: 16px/1.5 system-ui; max-width: 40em; margin: 4em auto; padding: 0 1em\">\n\
<h1>Not found</h1>\n<p>There is no such file here. If the page or the package is missing, build them: \
<code>npm run build</code>, or <code>npm start</code>, which builds and serves.</p>\n";
