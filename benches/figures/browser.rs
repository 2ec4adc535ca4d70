//! A signed-in browser, as far as it is needed: it signs in, and gets pages compressed.

use std::collections::BTreeSet;

use anyhow::{Context as _, Result};

use crate::http::{self, Answer, Connection};
use crate::stage::{PASSWORD, Side, Stage};

/// A browser with its cookies.
pub struct Browser {
    connection: Connection,
    cookies: String,
}

impl Browser {
    /// Signs in as an account's owner.
    ///
    /// # Errors
    /// When it is not let in.
    pub fn sign_in(stage: &Stage, side: &Side) -> Result<Self> {
        let mut browser = Self {
            connection: Connection::open(stage.server.addr)?,
            cookies: String::new(),
        };
        let door = http::request("GET", "/login", "", "");
        let door = browser.connection.send(&door)?.with(200)?;
        let page = door.text();
        let token = page
            .split_once("name=\"csrf\" value=\"")
            .and_then(|(_, rest)| rest.split_once('"'))
            .map(|(token, _)| token)
            .context("the door has no token")?;
        browser.keep(&door);
        let form = format!(
            "csrf={token}&email={}&password={}",
            side.email.replace('@', "%40"),
            PASSWORD.replace(' ', "+")
        );
        let headers = format!(
            "cookie: {}\r\ncontent-type: application/x-www-form-urlencoded\r\n",
            browser.cookies
        );
        let form = http::request("POST", "/login", &headers, &form);
        let answer = browser.connection.send(&form)?.with(303)?;
        browser.keep(&answer);
        Ok(browser)
    }

    /// Gets a page, compressed as browsers ask for it.
    ///
    /// # Errors
    /// When it is not there.
    pub fn get(&mut self, target: &str) -> Result<Answer> {
        let headers = format!("cookie: {}\r\naccept-encoding: gzip\r\n", self.cookies);
        let request = http::request("GET", target, &headers, "");
        self.connection.send(&request)?.with(200)
    }

    /// A page uncompressed, to read in it.
    ///
    /// # Errors
    /// When it is not there.
    pub fn read(&mut self, target: &str) -> Result<String> {
        let headers = format!("cookie: {}\r\n", self.cookies);
        let request = http::request("GET", target, &headers, "");
        Ok(self.connection.send(&request)?.with(200)?.text())
    }

    /// What a first visit to a page takes over the wire, in bytes, bodies only: the page itself,
    /// and every file it names.
    ///
    /// # Errors
    /// When one of them is not there.
    pub fn weight(&mut self, target: &str) -> Result<usize> {
        let page = self.read(target)?;
        let names = page.split('"').filter(|text| text.starts_with("/static/"));
        let names = names.map(|name| name.split('#').next().unwrap_or(name).to_owned());
        let mut weight = self.get(target)?.body.len();
        for name in names.collect::<BTreeSet<_>>() {
            weight += self.get(&name)?.body.len();
        }
        Ok(weight)
    }

    fn keep(&mut self, answer: &Answer) {
        let given: Vec<String> = answer
            .header("set-cookie")
            .filter_map(|cookie| Some(cookie.split(';').next()?.to_owned()))
            .collect();
        let name = |cookie: &str| cookie.split('=').next().unwrap_or_default().to_owned();
        let kept = self.cookies.split("; ").filter(|kept| !kept.is_empty());
        let kept = kept.filter(|kept| given.iter().all(|new| name(new) != name(kept)));
        let all: Vec<&str> = kept.chain(given.iter().map(String::as_str)).collect();
        self.cookies = all.join("; ");
    }
}
