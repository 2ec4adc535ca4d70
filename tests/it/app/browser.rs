//! A person's browser: it keeps cookies, follows a redirect when told to, and sends forms as they
//! stand on the page.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::time::Duration;

use ureq::Body;
use ureq::http::{Request, Response};

use super::form::{Form, encoded};
use super::page::Page;

/// It may be signed in or not.
pub struct Browser {
    base: String,
    agent: ureq::Agent,
    cookies: RefCell<BTreeMap<String, String>>,
    /// What the forms of the page seen last carried.
    token: RefCell<Option<String>>,
    headers: Vec<(&'static str, String)>,
}

impl Browser {
    pub fn new(base: &str) -> Self {
        Self {
            base: base.to_owned(),
            agent: agent(),
            cookies: RefCell::default(),
            token: RefCell::default(),
            headers: vec![("user-agent", "Mozilla/5.0 Firefox/140.0".to_owned())],
        }
    }

    /// The same browser, sending one more header with everything.
    pub fn with_header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    /// Opens a page.
    pub fn get(&self, path: &str) -> Page {
        self.ask("GET", path, None)
    }

    /// Opens a page and goes on to where it leads.
    pub fn visit(&self, path: &str) -> Page {
        self.follow(self.get(path))
    }

    /// Goes where an answer leads, as a browser does by itself.
    pub fn follow(&self, mut page: Page) -> Page {
        for _ in 0..5 {
            match page.location() {
                Some(path) => page = self.get(&path),
                None => return page,
            }
        }
        panic!("redirected in a circle: {page:?}");
    }

    /// Presses a form's button.
    pub fn send(&self, form: Form) -> Page {
        let body = encoded(&form.pairs());
        if form.method == "get" {
            // A place on the page stands behind the query.
            let (path, _) = form.action.split_once('#').unwrap_or((&form.action, ""));
            return self.get(&format!("{path}?{body}"));
        }
        self.post_body(&form.action, "application/x-www-form-urlencoded", &body)
    }

    /// Posts names and values with the right token, whatever form they are from.
    pub fn post(&self, path: &str, pairs: &[(&str, &str)]) -> Page {
        let token = self.token();
        let mut pairs: Vec<(String, String)> = pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        pairs.push(("csrf".to_owned(), token));
        let body = encoded(&pairs);
        self.post_body(path, "application/x-www-form-urlencoded", &body)
    }

    /// Posts a body as it is, without a token.
    pub fn post_body(&self, path: &str, content_type: &str, body: &str) -> Page {
        self.ask("POST", path, Some((content_type, body)))
    }

    /// Asks with any method.
    pub fn ask(&self, method: &str, path: &str, body: Option<(&str, &str)>) -> Page {
        let body = body.map(|(kind, body)| (kind, body.as_bytes().to_vec()));
        self.ask_with(method, path, body)
    }

    /// Asks with any method and any bytes.
    pub fn ask_with(&self, method: &str, path: &str, body: Option<(&str, Vec<u8>)>) -> Page {
        let answer = self.answer(method, path, body);
        let page = Page::read(&format!("{method} {path}"), answer);
        if let Some(token) = page.attribute("input[name=csrf]", "value") {
            *self.token.borrow_mut() = Some(token);
        }
        page
    }

    /// Keeps the file that a link leads to: its name, and what is in it.
    pub fn download(&self, path: &str) -> (String, Vec<u8>) {
        let mut answer = self.answer("GET", path, None);
        assert_eq!(answer.status(), 200, "{path}");
        let named = answer.headers()["content-disposition"].to_str().unwrap();
        let named = named.strip_prefix("attachment; filename=").unwrap();
        let name = named.trim_matches('"').to_owned();
        let body = answer.body_mut().with_config().limit(u64::MAX);
        (name, body.read_to_vec().unwrap())
    }

    fn answer(&self, method: &str, path: &str, body: Option<(&str, Vec<u8>)>) -> Response<Body> {
        let path = path.strip_prefix(&self.base).unwrap_or(path);
        let mut request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.base))
            .header("cookie", self.cookie_header());
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        let sent = match body {
            Some((content_type, body)) => {
                let request = request.header("content-type", content_type);
                self.agent.run(request.body(body).unwrap())
            }
            None => self.agent.run(request.body(()).unwrap()),
        };
        let answer = sent.unwrap_or_else(|error| panic!("{method} {path}: {error}"));
        self.keep_cookies(&answer);
        answer
    }

    /// The token that this browser's forms carry now.
    pub fn token(&self) -> String {
        if let Some(token) = &*self.token.borrow() {
            return token.clone();
        }
        // The profile is a signed-in person's, the sign-in page everybody else's.
        let page = self.get("/profile");
        let page = if page.status == 200 {
            page
        } else {
            self.visit("/login")
        };
        page.token()
    }

    /// Signs in through the sign-in page.
    pub fn sign_in(&self, email: &str, password: &str) -> Page {
        self.sign_in_at(&self.get("/login"), email, password)
    }

    /// The same on a sign-in page that is open already.
    pub fn sign_in_at(&self, page: &Page, email: &str, password: &str) -> Page {
        let form = page.form("Sign in");
        self.send(form.fill("E-mail", email).fill("Password", password))
    }

    /// A cookie's value.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.borrow().get(name).cloned()
    }

    /// Puts a cookie in place.
    pub fn set_cookie(&self, name: &str, value: &str) {
        self.cookies
            .borrow_mut()
            .insert(name.to_owned(), value.to_owned());
    }

    /// The cookies it sends with everything.
    pub fn cookie_header(&self) -> String {
        let cookies = self.cookies.borrow();
        let pairs: Vec<String> = cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        pairs.join("; ")
    }

    fn keep_cookies<B>(&self, answer: &Response<B>) {
        let mut cookies = self.cookies.borrow_mut();
        for line in answer.headers().get_all("set-cookie") {
            let line = line.to_str().unwrap();
            let (pair, attributes) = line.split_once(';').unwrap_or((line, ""));
            let (name, value) = pair.split_once('=').unwrap();
            // Who signs in or out gets other forms.
            self.token.borrow_mut().take();
            if attributes.contains("Max-Age=0") || value.is_empty() {
                cookies.remove(name);
            } else {
                cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

/// Takes every answer as it comes and keeps no connection open, so that a server can stop at
/// once.
pub fn agent() -> ureq::Agent {
    ureq::Agent::config_builder()
        .max_redirects(0)
        .http_status_as_error(false)
        .allow_non_standard_methods(true)
        .max_idle_connections(0)
        .timeout_global(Some(Duration::from_secs(30)))
        .build()
        .new_agent()
}
