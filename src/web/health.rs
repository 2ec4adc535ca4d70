//! For the operator's machines: does the process live, can it work, what are the figures.

use std::time::Duration;

use actix_web::http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE};
use actix_web::{HttpResponse, web};

use crate::db;
use crate::routes::routes;
use crate::state::State;

/// How long the database may take before we count as not ready.
const PATIENCE: Duration = Duration::from_secs(2);

routes! {
    under: "";
    refuse: refuse;
    "/healthz" { GET => alive }
    "/readyz" { GET => ready }
    "/metrics" { GET => figures }
}

/// `GET /healthz`: the process answers.
async fn alive() -> HttpResponse {
    plain(HttpResponse::Ok(), "ok\n")
}

/// `GET /readyz`: the database answers too, and has every table this version needs.
async fn ready(state: web::Data<State>) -> HttpResponse {
    let unready = HttpResponse::ServiceUnavailable;
    match tokio::time::timeout(PATIENCE, state.db.run(db::pending)).await {
        Ok(Ok(0)) => plain(HttpResponse::Ok(), "ready\n"),
        Ok(Ok(_)) => plain(unready(), "migrations are pending\n"),
        Ok(Err(_)) | Err(_) => plain(unready(), "the database does not answer\n"),
    }
}

/// `GET /metrics`, for Prometheus.
async fn figures(state: web::Data<State>) -> HttpResponse {
    match state.metrics.text(state.db.connections()) {
        Ok(text) => HttpResponse::Ok()
            .insert_header((CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8"))
            .insert_header((CACHE_CONTROL, "no-store"))
            .body(text),
        Err(_) => plain(HttpResponse::InternalServerError(), "no figures\n"),
    }
}

fn refuse(allow: String) -> HttpResponse {
    let mut answer = HttpResponse::MethodNotAllowed();
    answer.insert_header((ALLOW, allow));
    plain(answer, "method not allowed\n")
}

fn plain(mut answer: actix_web::HttpResponseBuilder, text: &'static str) -> HttpResponse {
    answer
        .insert_header((CONTENT_TYPE, "text/plain; charset=utf-8"))
        .insert_header((CACHE_CONTROL, "no-store"))
        .body(text)
}
