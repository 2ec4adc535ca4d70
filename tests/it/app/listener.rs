//! Another system that takes requests and keeps them.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::thread;

/// A request as it came.
#[derive(Debug, Clone)]
pub struct Taken {
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Taken {
    pub fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value)
    }
}

/// It answers with its statuses one after the other, the last of them for good.
pub struct Listener {
    pub url: String,
    taken: Arc<Mutex<Vec<Taken>>>,
}

impl Listener {
    pub fn answering(statuses: &[u16]) -> Self {
        let socket = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/hook", socket.local_addr().unwrap());
        let taken = Arc::new(Mutex::new(Vec::new()));
        let (kept, statuses) = (Arc::clone(&taken), statuses.to_vec());
        thread::spawn(move || {
            for stream in socket.incoming() {
                let mut stream = stream.unwrap();
                let request = read(&mut stream);
                let mut kept = kept.lock().unwrap();
                let status = statuses[kept.len().min(statuses.len() - 1)];
                kept.push(request);
                drop(kept);
                let answer = format!(
                    "HTTP/1.1 {status} Said\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
                );
                stream.write_all(answer.as_bytes()).unwrap();
            }
        });
        Self { url, taken }
    }

    pub fn taken(&self) -> Vec<Taken> {
        self.taken.lock().unwrap().clone()
    }
}

fn read(stream: impl Read) -> Taken {
    let mut reader = BufReader::new(stream);
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        if line.trim().is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':') {
            headers.push((name.to_lowercase(), value.trim().to_owned()));
        }
    }
    let taken = Taken {
        headers,
        body: String::new(),
    };
    let mut body = vec![0; taken.header("content-length").parse().unwrap_or(0)];
    reader.read_exact(&mut body).unwrap();
    Taken {
        body: String::from_utf8(body).unwrap(),
        ..taken
    }
}
