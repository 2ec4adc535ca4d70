//! What the operator sees of every request, page or API call: a request id, one line in the log,
//! and figures for Prometheus labelled with the route's pattern, never with the path.

use std::time::Instant;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::Method;
use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{HttpMessage, HttpRequest, web};
use prometheus::{
    Encoder, HistogramOpts, HistogramVec, IntCounterVec, IntGauge, Opts, Registry, TextEncoder,
};
use tracing::Instrument;
use uuid::Uuid;

use crate::error::{Error, Result};
use crate::headers;
use crate::state::State;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The figures of `/metrics`. Cheap to clone.
#[derive(Clone)]
pub struct Metrics {
    registry: Registry,
    requests: IntCounterVec,
    seconds: HistogramVec,
    in_flight: IntGauge,
    connections: IntGauge,
    idle_connections: IntGauge,
}

impl Metrics {
    /// All figures at nought.
    ///
    /// # Errors
    /// [`Error::Internal`] when two figures have one name.
    pub fn new() -> Result<Self> {
        let metrics = Self {
            registry: Registry::new(),
            requests: IntCounterVec::new(
                Opts::new("leadline_requests_total", "Requests answered"),
                &["method", "route", "status"],
            )
            .map_err(Error::internal)?,
            seconds: HistogramVec::new(
                HistogramOpts::new("leadline_request_seconds", "Seconds until the answer stood")
                    .buckets(vec![
                        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0,
                    ]),
                &["method", "route"],
            )
            .map_err(Error::internal)?,
            in_flight: gauge("leadline_requests_in_flight", "Requests being answered")?,
            connections: gauge("leadline_db_connections", "Open database connections")?,
            idle_connections: gauge("leadline_db_connections_idle", "Those that nobody uses")?,
        };
        let registry = &metrics.registry;
        registry
            .register(Box::new(metrics.requests.clone()))
            .map_err(Error::internal)?;
        registry
            .register(Box::new(metrics.seconds.clone()))
            .map_err(Error::internal)?;
        for one in [
            &metrics.in_flight,
            &metrics.connections,
            &metrics.idle_connections,
        ] {
            registry
                .register(Box::new(one.clone()))
                .map_err(Error::internal)?;
        }
        Ok(metrics)
    }

    /// The figures as Prometheus reads them; `connections` are the pool's open and idle ones.
    ///
    /// # Errors
    /// [`Error::Internal`] when they can't be written down.
    pub fn text(&self, connections: (u32, u32)) -> Result<Vec<u8>> {
        self.connections.set(connections.0.into());
        self.idle_connections.set(connections.1.into());
        let mut text = Vec::new();
        TextEncoder::new()
            .encode(&self.registry.gather(), &mut text)
            .map_err(Error::internal)?;
        Ok(text)
    }

    fn answered(&self, method: &str, route: &str, status: u16, seconds: f64) {
        self.requests
            .with_label_values(&[method, route, &status.to_string()])
            .inc();
        self.seconds
            .with_label_values(&[method, route])
            .observe(seconds);
    }
}

fn gauge(name: &str, help: &str) -> Result<IntGauge> {
    IntGauge::new(name, help).map_err(Error::internal)
}

/// A request's id, as the log, the answer's `X-Request-Id` and the error page give it.
#[derive(Clone, Debug)]
pub struct RequestId(String);

/// The id of a request that came through [`observe`].
pub fn request_id(request: &HttpRequest) -> String {
    request
        .extensions()
        .get::<RequestId>()
        .map(|id| id.0.clone())
        .unwrap_or_default()
}

/// Gives each request its id, each answer the security headers, and the operator the log line
/// and the figures. The outermost middleware.
///
/// # Errors
/// Those of the request, dressed like every other answer.
pub async fn observe(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let begun = Instant::now();
    let id = accepted_id(request.headers()).unwrap_or_else(|| Uuid::new_v4().to_string());
    request.extensions_mut().insert(RequestId(id.clone()));
    let method = method_label(request.method());
    let state = request.app_data::<web::Data<State>>().cloned();
    let metrics = state.as_ref().map(|state| state.metrics.clone());
    let secure = state.as_ref().is_some_and(|state| state.secure_cookies);
    let _in_flight = metrics
        .as_ref()
        .map(|metrics| InFlight::enter(&metrics.in_flight));

    let span = tracing::info_span!("request", id = %id);
    let mut answer = next.call(request).instrument(span).await;

    let (status, route) = match &mut answer {
        Ok(answer) => {
            let route = answer.request().match_pattern();
            headers::secure(answer.headers_mut(), secure);
            set_id(answer.headers_mut(), &id);
            (answer.status().as_u16(), route)
        }
        Err(error) => {
            let mut response = error.error_response();
            headers::secure(response.headers_mut(), secure);
            set_id(response.headers_mut(), &id);
            let status = response.status().as_u16();
            *error = InternalError::from_response(error.to_string(), response).into();
            (status, None)
        }
    };
    let route = route
        .as_deref()
        .filter(|route| !route.is_empty())
        .unwrap_or("unmatched");
    let elapsed = begun.elapsed();
    if let Some(metrics) = metrics {
        metrics.answered(method, route, status, elapsed.as_secs_f64());
    }
    let ms = elapsed.as_micros() as f64 / 1000.0;
    if status >= 500 {
        tracing::warn!(id, method, route, status, ms, "answered");
    } else {
        tracing::info!(id, method, route, status, ms, "answered");
    }
    answer
}

/// An id that the proxy in front has given, when it is short and plain.
fn accepted_id(headers: &HeaderMap) -> Option<String> {
    let id = headers.get(REQUEST_ID)?.to_str().ok()?;
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    ((8..=64).contains(&id.len()) && id.chars().all(plain)).then(|| id.to_owned())
}

fn set_id(headers: &mut HeaderMap, id: &str) {
    if let Ok(id) = HeaderValue::from_str(id) {
        headers.insert(REQUEST_ID, id);
    }
}

/// Anyone can send any word as a method; the figures know only these.
fn method_label(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "OTHER",
    }
}

/// Counts a request while it lives, also when the client goes away in the middle of it.
struct InFlight(IntGauge);

impl InFlight {
    fn enter(gauge: &IntGauge) -> Self {
        gauge.inc();
        Self(gauge.clone())
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.dec();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_id(id: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(REQUEST_ID, HeaderValue::from_str(id).unwrap());
        headers
    }

    #[test]
    fn only_a_plain_id_is_taken_over() {
        assert_eq!(
            accepted_id(&with_id("req-12345678")).as_deref(),
            Some("req-12345678")
        );
        assert_eq!(accepted_id(&with_id("short")), None);
        assert_eq!(accepted_id(&with_id("with a space in it")), None);
        assert_eq!(accepted_id(&with_id(&"a".repeat(65))), None);
    }

    #[test]
    fn the_figures_carry_the_route_and_the_pool() {
        let metrics = Metrics::new().unwrap();
        metrics.answered("GET", "/leads/{id}", 200, 0.004);
        let text = String::from_utf8(metrics.text((3, 2)).unwrap()).unwrap();
        let counted = r#"leadline_requests_total{method="GET",route="/leads/{id}",status="200"} 1"#;
        assert!(text.contains(counted), "{text}");
        assert!(text.contains("leadline_db_connections 3"), "{text}");
    }
}
