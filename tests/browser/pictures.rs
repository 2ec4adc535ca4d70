//! The pictures of the README, taken of the demo account.

use std::path::PathBuf;
use std::{env, fs};

use crate::app::TestApp;
use crate::browser::Browser;
use crate::pages::{everything, linked};

/// Where they go: beside the README when asked for, else where they bother nobody.
fn folder() -> PathBuf {
    if env::var_os("LEADLINE_WRITE_PICTURES").is_some() {
        shown()
    } else {
        PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("pictures")
    }
}

fn shown() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/images"))
}

#[test]
fn the_pictures_of_the_readme_can_be_taken() {
    let app = TestApp::start();
    let (browser, program) = everything(&app);
    // One with a note and a change.
    let leads = program.get("/leads?limit=5").of(200);
    let lead = leads["data"][4]["id"].as_str().unwrap().to_owned();
    browser.resize(1280, 860);
    take(&browser, "/leads", "leads.png");
    take(&browser, &format!("/leads/{lead}"), "lead.png");
    // The calls that are due are somebody's now.
    app.work();
    take(&browser, "/today", "today.png");
    take(&browser, "/", "home.png");
    let import = linked(&browser, "/imports");
    take(
        &browser,
        &format!("/imports/{import}/columns"),
        "import.png",
    );
    let workflows = program.get("/workflows").of(200);
    let workflow = workflows["data"][1]["id"].as_str().unwrap().to_owned();
    take(&browser, &format!("/workflows/{workflow}"), "workflow.png");
}

fn take(browser: &Browser, path: &str, name: &str) {
    browser.goto(path);
    let picture = browser.picture();
    let is_one = picture.starts_with(b"\x89PNG") && picture.len() > 20_000;
    assert!(is_one, "{path}");
    fs::create_dir_all(folder()).unwrap();
    fs::write(folder().join(name), picture).unwrap();
    assert!(
        shown().join(name).exists(),
        "take it with LEADLINE_WRITE_PICTURES=1 bin/test browser pictures"
    );
}
