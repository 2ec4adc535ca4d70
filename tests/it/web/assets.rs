//! The style sheet, the script and the icons.

use crate::app::TestApp;

#[test]
fn what_a_page_is_made_of_is_there_and_kept_for_good() {
    let app = TestApp::start();
    app.firm("Acme");
    let visitor = app.visitor();
    let page = visitor.get("/login");
    let style = page.attribute("link[rel=stylesheet]", "href").unwrap();
    let script = page.attribute("script", "src").unwrap();
    let sprite = page.attribute("use", "href").unwrap();
    let icons = sprite.split('#').next().unwrap();
    for (path, kind) in [
        (&*style, "text/css"),
        (&*script, "text/javascript"),
        (icons, "image/svg+xml"),
    ] {
        let file = visitor.get(path);
        assert_eq!(file.status, 200, "{path}");
        assert!(
            file.header("content-type").unwrap().starts_with(kind),
            "{path}"
        );
        assert_eq!(
            file.header("cache-control"),
            Some("public, max-age=31536000, immutable")
        );
        let tag = file.header("etag").unwrap().to_owned();
        let again = app.visitor().with_header("if-none-match", &tag).get(path);
        assert_eq!((again.status, again.body.as_str()), (304, ""));
    }
}

#[test]
fn every_icon_of_a_page_is_in_the_sprite() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let owner = firm.signed_in(leadline::caller::Role::Owner);
    let sprite = owner.get("/static/icons.svg").body;
    for path in [
        "/profile",
        "/campaigns",
        "/settings/users",
        "/settings/keys",
        "/settings/keys/new",
    ] {
        for used in owner.get(path).attributes("use", "href") {
            let name = used.split('#').nth(1).unwrap();
            assert!(
                sprite.contains(&format!("id=\"{name}\"")),
                "{path} shows {name}"
            );
        }
    }
}

#[test]
fn nothing_else_of_the_disk_is_served() {
    let app = TestApp::start();
    for name in [
        "..%2fCargo.toml",
        "..%2Fsrc%2Fmain.rs",
        "%2e%2e%2fCargo.toml",
        "none.css",
        "%00",
        "%FF",
        "app.css%00",
    ] {
        let answer = app.visitor().get(&format!("/static/{name}"));
        assert_eq!(answer.status, 404, "{name}");
    }
    let answer =
        app.raw(b"GET /static/../Cargo.toml HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    assert!(matches!(answer.status, 303 | 404), "{answer:?}");
}
