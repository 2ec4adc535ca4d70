//! Whatever a browser sends is answered by a page that says what happened.

use leadline::caller::Role;
use uuid::Uuid;

use super::routes::{pages, with};
use crate::app::TestApp;

const FORM: &str = "application/x-www-form-urlencoded";

#[test]
fn a_wrong_method_names_the_right_ones() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let owner = firm.signed_in(Role::Owner);
    for (method, path, allow) in [
        ("PUT", "/campaigns", "GET, HEAD, POST"),
        ("DELETE", "/campaigns", "GET, HEAD, POST"),
        ("GET", "/profile/password", "POST"),
        ("POST", "/campaigns/new", "GET, HEAD"),
        ("PATCH", "/", "GET, HEAD"),
    ] {
        let body = (method != "GET" && method != "DELETE").then_some((FORM, "x=1"));
        let answer = owner.ask(method, path, body);
        assert_eq!(
            (answer.status, answer.header("allow")),
            (405, Some(allow)),
            "{method} {path}"
        );
        assert_eq!(answer.heading(), "This address can’t be used that way");
    }
}

#[test]
fn text_that_is_not_utf_8_is_refused() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let owner = firm.signed_in(Role::Owner);
    let token = owner.token();
    for broken in ["%FF", "%C3", "%ED%A0%80", "%zz", "%"] {
        let page = owner.post_body("/campaigns", FORM, &format!("name={broken}&csrf={token}"));
        assert_eq!(
            (page.status, page.heading().as_str()),
            (400, "We could not read that"),
            "{broken}"
        );
    }
    for broken in ["%FF", "%C3", "%ED%A0%80"] {
        let page = app.visitor().get(&format!("/login?next={broken}"));
        assert_eq!(
            (page.status, page.heading().as_str()),
            (400, "We could not read that"),
            "{broken}"
        );
    }
    assert!(owner.get("/campaigns").says("No campaigns yet"));
}

#[test]
fn a_form_of_twenty_megabytes_is_refused() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let owner = firm.signed_in(Role::Owner);
    let token = owner.token();
    let cookies = format!(
        "leadline={}; leadline_csrf={}",
        owner.cookie("leadline").unwrap(),
        owner.cookie("leadline_csrf").unwrap()
    );
    let body = format!("csrf={token}&name={}", "x".repeat(20_000_000));
    let head = format!(
        "POST /campaigns HTTP/1.1\r\nHost: x\r\nConnection: close\r\nCookie: {cookies}\r\n\
         Content-Type: {FORM}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    let answer = app.raw((head + &body).as_bytes());
    assert_eq!(answer.status, 413, "{answer:?}");
    assert!(answer.body.contains("That is too much at once"));
    assert!(owner.get("/campaigns").says("No campaigns yet"));
}

#[test]
fn a_form_under_the_limit_is_read_to_its_end() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let owner = firm.signed_in(Role::Owner);
    let answer = owner.post(
        "/campaigns",
        &[("name", "Big"), ("description", &"x".repeat(1_000_000))],
    );
    assert_eq!(
        (answer.status, answer.field("Description").value.len()),
        (422, 1_000_000)
    );
}

#[test]
fn nothing_one_can_ask_for_breaks_a_page() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let owner = firm.signed_in(Role::Owner);
    let long = "x".repeat(4000);
    let ids = [
        "0",
        "-1",
        "%00",
        "%FF",
        "a%20b",
        "..",
        "%2e%2e%2f",
        "'%20OR%201=1--",
        "{id}",
        &long,
    ];
    let queries = [
        "",
        "?q=%00",
        "?page=-1&limit=999999999999&sort=none",
        "?cursor=%F0%9F%92%A9",
        "?q=%25%5C_&q=2",
        "?owner=a%00b&status=%00&source=%00&metadata.x=%00&cols=%00",
    ];
    for route in pages().filter(|route| route.method == "GET") {
        let asked = queries.map(|query| (Uuid::max().to_string(), query));
        // Beside an id that is none, no query is worth a look.
        let by_id = ids.map(|id| (id.to_owned(), queries[0]));
        let by_id = by_id.into_iter().filter(|_| route.path.contains('{'));
        for (id, query) in asked.into_iter().chain(by_id) {
            let answer = owner.get(&format!("{}{query}", with(route.path, &id)));
            assert!(answer.status < 500, "{answer:?}");
        }
    }
}

#[test]
fn nothing_one_can_type_breaks_a_form() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let owner = firm.signed_in(Role::Owner);
    let values = [
        "\0",
        "\u{202e}x",
        "\u{fffd}",
        "'; DROP TABLE leads; --",
        "<script>",
        "9999999999999999999999",
    ];
    let names = [
        "name",
        "email",
        "password",
        "current_password",
        "role",
        "scopes",
        "expires_on",
        "description",
        "time_zone",
        "default_country",
        "next",
        "body",
        "first_name",
        "last_name",
        "phone",
        "company",
        "title",
        "source",
        "owner",
        "campaign_id",
        "workflow_id",
        "revision",
        "metadata_key",
        "metadata_value",
        "metadata_type",
    ];
    for route in pages().filter(|route| route.method == "POST" && route.path != "/logout") {
        for value in values {
            let pairs: Vec<_> = names.iter().map(|name| (*name, value)).collect();
            let answer = owner.post(&with(route.path, &Uuid::now_v7().to_string()), &pairs);
            assert!(answer.status < 500, "{answer:?}");
        }
    }
}

#[test]
fn a_page_that_fails_inside_says_nothing_of_the_cause() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let owner = firm.signed_in(Role::Owner);
    break_campaigns(&app);
    let page = owner.get("/campaigns");
    assert_eq!(
        (page.status, page.heading().as_str()),
        (500, "Something went wrong on our side")
    );
    let id = page.header("x-request-id").unwrap().to_owned();
    assert!(page.says(&id), "{page:?}");
    for cause in ["relation", "campaigns_moved", "SELECT", "diesel"] {
        assert!(!page.body.contains(cause), "{cause}: {page:?}");
    }
}

fn break_campaigns(app: &TestApp) {
    use diesel::connection::SimpleConnection;
    app.connect()
        .batch_execute("ALTER TABLE campaigns RENAME TO campaigns_moved")
        .unwrap();
}
