//! Files that are sent in a form.

use super::{Answer, Browser, Page, WithKey};

const BOUNDARY: &str = "a-line-that-no-file-holds";

/// A form with a file, and before it what `before` names.
fn form(before: &[(&str, &str)], part: &str, file_name: &str, bytes: &[u8]) -> (String, Vec<u8>) {
    let mut body = String::new();
    for (name, value) in before {
        let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"");
        body += &format!("{head}\r\n\r\n{value}\r\n");
    }
    body += &format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{part}\"; \
         filename=\"{file_name}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
    );
    let mut body = body.into_bytes();
    body.extend_from_slice(bytes);
    body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
    (format!("multipart/form-data; boundary={BOUNDARY}"), body)
}

impl WithKey {
    /// Sends a file as the part `file` of a form.
    pub fn upload(&self, path: &str, file_name: &str, bytes: &[u8]) -> Answer {
        self.upload_as("file", path, file_name, bytes)
    }

    /// Sends a file as a part of this name.
    pub fn upload_as(&self, part: &str, path: &str, file_name: &str, bytes: &[u8]) -> Answer {
        let (kind, body) = form(&[], part, file_name, bytes);
        self.ask_with("POST", path, Some((&kind, body)))
    }
}

impl Browser {
    /// Sends a file in a form, as its page does.
    pub fn upload(&self, path: &str, file_name: &str, bytes: &[u8]) -> Page {
        let token = self.token();
        self.upload_with(Some(&token), path, file_name, bytes)
    }

    /// The same with another token, or none.
    pub fn upload_with(
        &self,
        token: Option<&str>,
        path: &str,
        file_name: &str,
        bytes: &[u8],
    ) -> Page {
        let token: Vec<_> = token.map(|token| ("csrf", token)).into_iter().collect();
        let (kind, body) = form(&token, "file", file_name, bytes);
        self.ask_with("POST", path, Some((&kind, body)))
    }

    /// The head and the body of the same, to be sent by hand.
    pub fn upload_request(&self, path: &str, file_name: &str, bytes: &[u8]) -> (String, Vec<u8>) {
        let (kind, body) = form(&[("csrf", &self.token())], "file", file_name, bytes);
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: leadline\r\nConnection: close\r\nCookie: {}\r\n\
             Content-Type: {kind}\r\nContent-Length: {}\r\n\r\n",
            self.cookie_header(),
            body.len()
        );
        (head, body)
    }
}
