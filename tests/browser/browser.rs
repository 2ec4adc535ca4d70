//! A Chromium without a screen, steered by chromedriver, that finds things as people do.

use std::fmt::Display;
use std::time::Duration;

use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use crate::driver::{Driver, required};

/// How long a page may take to show what is waited for.
const PATIENCE: Duration = Duration::from_secs(15);

/// How often it is looked for until then.
const LOOKS_EVERY: Duration = Duration::from_millis(20);

/// What is not folded away.
const SEEN: &str = "not(ancestor::details[not(@open)])";

/// A browser of its own for a test; it ends with it.
pub struct Browser {
    base: String,
    client: Option<Client>,
    runtime: Runtime,
    driver: Driver,
}

impl Browser {
    /// Opens one, in which pages of the server at `base` are visited.
    pub fn open(base: &str) -> Self {
        Self::open_with(base, &json!({}))
    }

    /// The same with scripts turned off.
    pub fn without_scripts(base: &str) -> Self {
        let off = json!({ "profile.managed_default_content_settings.javascript": 2 });
        Self::open_with(base, &off)
    }

    fn open_with(base: &str, preferences: &Value) -> Self {
        let driver = Driver::start();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let arguments = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
            "--hide-scrollbars",
            "--force-color-profile=srgb",
            "--lang=en-US",
            "--window-size=1280,900",
        ];
        let profile = format!("--user-data-dir={}", driver.profile.display());
        let arguments: Vec<&str> = arguments.into_iter().chain([profile.as_str()]).collect();
        let options = json!({ "binary": required("LEADLINE_CHROME"), "args": arguments, "prefs": preferences });
        let wanted = json!({ "browserName": "chrome", "goog:chromeOptions": options });
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(wanted.as_object().unwrap().clone());
        let client = runtime.block_on(builder.connect(&driver.address));
        Self {
            base: base.to_owned(),
            client: Some(client.expect("a session with Chromium")),
            runtime,
            driver,
        }
    }

    pub fn client(&self) -> &Client {
        self.client.as_ref().unwrap()
    }

    pub fn wait<T>(
        &self,
        what: impl Future<Output = Result<T, CmdError>>,
        asked: impl Display,
    ) -> T {
        let done = self.runtime.block_on(what);
        done.unwrap_or_else(|error| panic!("{asked}: {error}\n{}", self.source()))
    }

    fn source(&self) -> String {
        self.runtime
            .block_on(self.client().source())
            .unwrap_or_default()
    }

    /// Goes to a page by its address.
    pub fn goto(&self, path: &str) {
        self.wait(self.client().goto(&format!("{}{path}", self.base)), path);
    }

    /// The path and query one is at.
    pub fn at(&self) -> String {
        let url = self.wait(self.client().current_url(), "where am I");
        url.as_str()
            .strip_prefix(&self.base)
            .unwrap_or(url.as_str())
            .to_owned()
    }

    /// Waits until this is the page's heading.
    pub fn reads(&self, heading: &str) {
        self.find(&format!("//h1[normalize-space()={}]", quoted(heading)));
    }

    /// Waits until this sentence stands on the page.
    pub fn says(&self, sentence: &str) {
        self.find(&format!(
            "//body//*[contains(normalize-space(), {})]",
            quoted(sentence)
        ));
    }

    /// Types into the field with this label, in place of what is there.
    pub fn fill(&self, label: &str, text: &str) {
        let field = self.field(label);
        self.wait(field.clear(), label);
        self.wait(field.send_keys(text), label);
    }

    /// Chooses in the list with this label, by what people read.
    pub fn choose(&self, label: &str, words: &str) {
        let field = self.field(label);
        self.wait(field.select_by_label(words), label);
    }

    /// What stands in the field with this label.
    pub fn value(&self, label: &str) -> String {
        let field = self.field(label);
        self.wait(field.prop("value"), label).unwrap_or_default()
    }

    /// Presses the button with these words, or with this name where it shows a picture.
    pub fn press(&self, words: &str) {
        self.click(words, || self.button(words));
    }

    /// The button with these words; one that also says what it does begins with them.
    pub fn button(&self, words: &str) -> Element {
        let words = quoted(words);
        self.find(&format!(
            "//button[{SEEN} and not(@aria-hidden) and (normalize-space()={words} or @aria-label={words} or b={words})]"
        ))
    }

    /// Follows the link with these words.
    pub fn follow(&self, words: &str) {
        let link = format!("//a[{SEEN} and normalize-space()={}]", quoted(words));
        self.click(words, || self.find(&link));
    }

    /// Opens what unfolds under these words.
    pub fn unfold(&self, words: &str) {
        let words_or_name = format!(
            "contains(normalize-space(), {0}) or @aria-label={0}",
            quoted(words)
        );
        let summary = format!("//summary[{words_or_name}]");
        self.click(words, || self.find(&summary));
    }

    /// Clicks what is found; again when its page gave way to the next one in between.
    fn click(&self, asked: &str, found: impl Fn() -> Element) {
        loop {
            match self.runtime.block_on(found().click()) {
                Err(error) if error.is_stale_element_reference() => {}
                clicked => return self.wait(async { clicked }, asked),
            }
        }
    }

    /// Signs in through the sign-in page.
    pub fn sign_in(&self, email: &str, password: &str) {
        self.goto("/login");
        self.fill("E-mail", email);
        self.fill("Password", password);
        self.press("Sign in");
        self.find("//header//nav[@aria-label='Main']");
    }

    fn field(&self, label: &str) -> Element {
        let words = quoted(label);
        // A label may go on with a remark, as "optional".
        let named = format!(
            "//label[normalize-space()={words} or starts-with(normalize-space(), concat({words}, ' '))]"
        );
        self.find(&format!("//*[@id={named}/@for and {SEEN}]"))
    }

    pub fn find(&self, path: &str) -> Element {
        let client = self.client();
        let found = client
            .wait()
            .at_most(PATIENCE)
            .every(LOOKS_EVERY)
            .for_element(Locator::XPath(path));
        self.wait(found, path)
    }

    /// Runs a script on the page, whatever its policy.
    pub fn run(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.wait(self.client().execute(script, arguments), "a script")
    }

    /// The same for a script that calls its last argument when it is done.
    pub fn run_until_done(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.wait(self.client().execute_async(script, arguments), "a script")
    }

    /// What is on the screen, as PNG.
    pub fn picture(&self) -> Vec<u8> {
        self.wait(self.client().screenshot(), "a picture")
    }

    /// Gives the screen this size in CSS pixels.
    pub fn resize(&self, width: u32, height: u32) {
        let size =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", size);
    }

    /// Asks for pages by day or by night.
    pub fn theme(&self, theme: &str) {
        let media = json!({ "features": [{ "name": "prefers-color-scheme", "value": theme }] });
        self.devtools("Emulation.setEmulatedMedia", media);
    }

    /// What WebDriver has no command for.
    fn devtools(&self, command: &str, parameters: Value) {
        let session = self.wait(self.client().session_id(), command).unwrap();
        let address = format!("{}/session/{session}/goog/cdp/execute", self.driver.address);
        let body = json!({ "cmd": command, "params": parameters });
        ureq::post(address)
            .send_json(body)
            .unwrap_or_else(|error| panic!("{command}: {error}"));
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if let Some(client) = self.client.take() {
            let _ = self.runtime.block_on(client.close());
        }
    }
}

/// Words as XPath has them; it knows no escapes, so they hold only one kind of quote.
pub fn quoted(words: &str) -> String {
    if words.contains('\'') {
        format!("\"{words}\"")
    } else {
        format!("'{words}'")
    }
}
