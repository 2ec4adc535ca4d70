//! Files that are sent in a form.

use super::{Answer, WithKey};

const BOUNDARY: &str = "a-line-that-no-file-holds";

impl WithKey {
    /// Sends a file as the part `file` of a form.
    pub fn upload(&self, path: &str, file_name: &str, bytes: &[u8]) -> Answer {
        self.upload_as("file", path, file_name, bytes)
    }

    /// Sends a file as a part of this name.
    pub fn upload_as(&self, part: &str, path: &str, file_name: &str, bytes: &[u8]) -> Answer {
        let mut body = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{part}\"; \
             filename=\"{file_name}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(bytes);
        body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        self.ask_with("POST", path, Some((&kind, body)))
    }
}
