//! Bytes as no client library would send them.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::thread;
use std::time::Duration;

/// What came back.
#[derive(Debug)]
pub struct RawAnswer {
    pub status: u16,
    pub head: String,
    pub body: String,
    /// Bytes of head and body as they came over the wire.
    pub size: usize,
}

/// Sends while it already reads: a server that refuses a body answers before it has come to its
/// end, and then listens no more.
pub fn send(base: &str, bytes: &[u8]) -> RawAnswer {
    let mut connection = TcpStream::connect(base.strip_prefix("http://").unwrap()).unwrap();
    connection
        .set_read_timeout(Some(Duration::from_secs(30)))
        .unwrap();
    let mut reading = connection.try_clone().unwrap();
    let answer = thread::spawn(move || {
        let mut answer = Vec::new();
        let mut piece = [0; 16 * 1024];
        // A reset after the answer has come is the server's way to say that it reads no further.
        while let Ok(read @ 1..) = reading.read(&mut piece) {
            answer.extend_from_slice(&piece[..read]);
        }
        answer
    });
    let _ = connection.write_all(bytes);
    let answer = answer.join().unwrap();
    let size = answer.len();
    let answer = String::from_utf8_lossy(&answer);
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    let status = head
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok());
    RawAnswer {
        status: status.unwrap_or_else(|| panic!("no answer but {answer:?}")),
        head: head.to_lowercase(),
        body: body.to_owned(),
        size,
    }
}
