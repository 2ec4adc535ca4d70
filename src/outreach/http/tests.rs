//! The other side is a listener of this process, which keeps what it was sent.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::thread::{self, JoinHandle};

use super::*;
use crate::outreach::message::example;
use crate::outreach::{Connector, new_secret};

const OPEN: Policy = Policy {
    allow_private: true,
};

/// What arrived: the head, in lower case up to each colon, and the body.
struct Request {
    head: Vec<String>,
    body: Vec<u8>,
}

impl Request {
    fn read(stream: &TcpStream) -> Self {
        let mut reader = BufReader::new(stream);
        let mut head = Vec::new();
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).unwrap();
            if line.trim().is_empty() {
                break;
            }
            head.push(line.trim().to_owned());
        }
        let mut request = Self {
            head,
            body: Vec::new(),
        };
        request.body = vec![0; request.header("content-length").parse().unwrap()];
        reader.read_exact(&mut request.body).unwrap();
        request
    }

    fn header(&self, name: &str) -> &str {
        let mut pairs = self.head.iter().filter_map(|line| line.split_once(": "));
        pairs
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .unwrap()
            .1
    }
}

/// Answers one request with `answer`, and then hands it out.
fn other_side(answer: &'static str) -> (Http, JoinHandle<Request>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let http = to(&listener);
    let other = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let request = Request::read(&stream);
        stream.write_all(answer.as_bytes()).unwrap();
        request
    });
    (http, other)
}

fn to(listener: &TcpListener) -> Http {
    Http {
        url: format!(
            "http://{}/dial?token=s3cret",
            listener.local_addr().unwrap()
        ),
        secret: new_secret(),
    }
}

fn send_to(http: Http) -> Result<Sent, Failure> {
    let now = DateTime::from_timestamp(1_764_000_000, 0).unwrap();
    crate::outreach::send(&Connector::Http(http), &example(), &OPEN, now)
}

fn answered(answer: &'static str) -> Result<Sent, Failure> {
    let (http, other) = other_side(answer);
    let sent = send_to(http);
    other.join().unwrap();
    sent
}

#[test]
fn a_request_tells_the_message_and_is_signed() {
    let (http, other) = other_side("HTTP/1.1 204 No Content\r\n\r\n");
    let secret = http.secret.clone();
    assert_eq!(send_to(http), Ok(Sent::default()));
    let request = other.join().unwrap();
    assert_eq!(request.head[0], "POST /dial?token=s3cret HTTP/1.1");
    let id = example().id.to_string();
    assert_eq!(request.header("webhook-id"), id);
    assert_eq!(request.header("idempotency-key"), id);
    assert_eq!(request.header("webhook-timestamp"), "1764000000");
    assert_eq!(request.header("content-type"), "application/json");
    let ours = signature::signed(&secret, &id, 1_764_000_000, &request.body).unwrap();
    assert_eq!(request.header("webhook-signature"), ours.standard);
    assert_eq!(request.header("x-signature"), ours.plain);
    let body: Value = serde_json::from_slice(&request.body).unwrap();
    assert_eq!(body["text"], "Hello Ana");
    assert_eq!(body["timestamp"], "2025-11-24T16:00:00Z");
}

#[test]
fn a_test_is_signed_too_and_names_nobody() {
    let (http, other) = other_side("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    let secret = http.secret.clone();
    test(&http, &OPEN, DateTime::UNIX_EPOCH).unwrap();
    let request = other.join().unwrap();
    let body: Value = serde_json::from_slice(&request.body).unwrap();
    assert_eq!(body["type"], "test");
    assert_eq!(body["to"], Value::Null);
    let id = request.header("webhook-id");
    let ours = signature::signed(&secret, id, 0, &request.body).unwrap();
    assert_eq!(request.header("webhook-signature"), ours.standard);
}

#[test]
fn an_answer_may_name_its_id_and_the_outcome() {
    let sent = answered(
        "HTTP/1.1 200 OK\r\nContent-Length: 38\r\n\r\n{\"id\": 4711, \"outcome\": \" COMPLETED \"} ",
    );
    let expected = Sent {
        reference: Some("4711".to_owned()),
        outcome: Some("COMPLETED".to_owned()),
    };
    assert_eq!(sent, Ok(expected));
    let sent = answered("HTTP/1.1 202 Accepted\r\nContent-Length: 9\r\n\r\n<p>OK</p>");
    assert_eq!(sent, Ok(Sent::default()));
}

#[test]
fn the_status_says_whether_to_try_again() {
    for (status, again) in [
        (500, true),
        (503, true),
        (429, true),
        (425, true),
        (408, true),
        (400, false),
        (401, false),
        (404, false),
        (410, false),
    ] {
        let failure = judge(status, "dialer.example").unwrap_err();
        assert_eq!(matches!(failure, Failure::Retry(_)), again, "{failure}");
    }
    let sent = answered("HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n");
    let sentence = "127.0.0.1 could not take it and answered 500.";
    assert_eq!(sent, Err(Failure::Retry(sentence.to_owned())));
}

#[test]
fn nobody_is_sent_elsewhere() {
    for status in ["302 Found", "307 Temporary Redirect"] {
        let elsewhere = TcpListener::bind("127.0.0.1:0").unwrap();
        elsewhere.set_nonblocking(true).unwrap();
        let there = elsewhere.local_addr().unwrap();
        let answer =
            format!("HTTP/1.1 {status}\r\nLocation: http://{there}/\r\nContent-Length: 0\r\n\r\n");
        let sent = answered(answer.leak());
        assert!(matches!(sent, Err(Failure::Final(_))), "{sent:?}");
        assert!(elsewhere.accept().is_err());
    }
}

#[test]
fn an_endless_answer_is_cut() {
    const ENDLESS: usize = 1 << 30;
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let http = to(&listener);
    let other = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        Request::read(&stream);
        let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {ENDLESS}\r\n\r\n");
        stream.write_all(head.as_bytes()).unwrap();
        let block = vec![b'x'; 1 << 20];
        (0..ENDLESS >> 20)
            .take_while(|_| stream.write_all(&block).is_ok())
            .count()
    });
    assert_eq!(send_to(http), Ok(Sent::default()));
    assert!(other.join().unwrap() < ENDLESS >> 20);
}

#[test]
fn no_answer_is_a_reason_to_try_again() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let http = to(&listener);
    let other = thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        Request::read(&stream);
    });
    let sent = send_to(http.clone());
    other.join().unwrap();
    assert!(matches!(sent, Err(Failure::Retry(_))), "{sent:?}");
    let closed = send_to(http);
    assert!(matches!(closed, Err(Failure::Retry(_))), "{closed:?}");
}

#[test]
fn what_is_not_http_is_a_reason_to_try_again() {
    let sent = answered("220 mail.example ESMTP\r\n\r\n");
    assert!(matches!(sent, Err(Failure::Retry(_))), "{sent:?}");
}

#[test]
fn this_machine_and_its_network_are_out_of_reach() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let port = listener.local_addr().unwrap().port();
    for host in ["localhost", "127.0.0.1", "[::1]", "[::ffff:127.0.0.1]"] {
        let http = Http {
            url: format!("https://{host}:{port}/?token=s3cret"),
            secret: new_secret(),
        };
        let failed = test(&http, &Policy::default(), DateTime::UNIX_EPOCH);
        let Err(Failure::Final(sentence)) = failed else {
            panic!("{host}: {failed:?}");
        };
        assert!(sentence.contains("private network"), "{sentence}");
    }
    assert!(listener.accept().is_err());
}

#[test]
fn sentences_keep_the_secrets_of_the_address() {
    let sentences = [
        answered("HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n"),
        answered("HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n"),
        answered("nonsense\r\n\r\n"),
        send_to(Http {
            url: "https://127.0.0.1:1/?token=s3cret".to_owned(),
            secret: "s3cret".to_owned(),
        }),
    ];
    for sentence in sentences {
        let sentence = sentence.unwrap_err().to_string();
        assert!(!sentence.contains("s3cret"), "{sentence}");
    }
}

#[test]
fn a_side_that_does_not_speak_tls_is_told_apart() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut http = to(&listener);
    http.url = http.url.replace("http://", "https://");
    let other = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        stream
            .write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            .unwrap();
    });
    let failure = send_to(http).unwrap_err();
    other.join().unwrap();
    assert!(
        matches!(&failure, Failure::Retry(why) if why.contains("secure")),
        "{failure}"
    );
}
