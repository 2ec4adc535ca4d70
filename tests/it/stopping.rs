//! A server that is told to stop finishes what it has begun.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::app::TestApp;

#[test]
fn a_request_under_way_is_finished_and_no_other_begun() {
    let mut app = TestApp::start();
    let key = app.firm("Acme").key("Website", &[]);
    let address = app.base.strip_prefix("http://").unwrap().to_owned();
    let body = "{\"first_name\":\"Ann\"}";
    let (first, rest) = body.split_at(7);
    let head = format!(
        "POST /api/public/leads HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-API-Key: {key}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{first}",
        body.len()
    );
    let mut connection = TcpStream::connect(&address).unwrap();
    connection.write_all(head.as_bytes()).unwrap();
    // The one that asks is in flight too.
    until(|| {
        app.visitor()
            .get("/metrics")
            .body
            .contains("leadline_requests_in_flight 2")
    });
    let stopped = app.stop();
    until(|| TcpStream::connect(&address).is_err());
    connection.write_all(rest.as_bytes()).unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    stopped.join().unwrap();
}

fn until(holds: impl Fn() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(
            begun.elapsed() < Duration::from_secs(15),
            "it never came to hold"
        );
    }
}
