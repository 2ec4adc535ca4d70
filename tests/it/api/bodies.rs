//! Bodies that are not what they should be (contract §1): always JSON, never a 500, never a trace
//! in the database.

use serde_json::{Value, json};

use crate::app::{Answer, TestApp, WithKey};

const JSON: &str = "application/json";

fn is_invalid(answer: &Answer) {
    let body = answer.of(400);
    assert_eq!(body["error"], "Validation error", "{answer:?}");
    assert!(
        body["message"]
            .as_str()
            .is_some_and(|message| !message.is_empty()),
        "{answer:?}"
    );
}

fn total(program: &WithKey) -> Value {
    program.get("/leads").of(200)["meta"]["total"].clone()
}

#[test]
fn what_is_no_json_is_refused() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let deep = "[".repeat(100_000);
    let deep_object = format!(
        "{{\"first_name\":\"A\",\"metadata\":{}1{}}}",
        "{\"a\":".repeat(5000),
        "}".repeat(5000)
    );
    for body in [
        "",
        " ",
        "{",
        "[",
        "nope",
        "{\"first_name\":\"A\",}",
        "{'first_name':'A'}",
        "{\"first_name\":\"A\"} x",
        "\u{feff}",
        &deep,
        &deep_object,
    ] {
        is_invalid(&program.ask("POST", "/leads", Some(body)));
    }
    assert_eq!(total(&program), 0);
}

#[test]
fn json_of_another_shape_is_refused() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let id = program
        .post("/leads", &json!({ "first_name": "Ann" }))
        .of(201)["lead"]["id"]
        .clone();
    let lead = format!("/leads/{}", id.as_str().unwrap());
    for body in ["null", "7", "\"text\"", "true"] {
        is_invalid(&program.ask("POST", "/leads", Some(body)));
        is_invalid(&program.ask("PATCH", &lead, Some(body)));
        is_invalid(&program.ask("POST", "/campaigns", Some(body)));
    }
    is_invalid(&program.ask("PATCH", &lead, Some("[]")));
    is_invalid(&program.ask("POST", "/campaigns", Some("[]")));
}

#[test]
fn a_field_of_another_type_is_named() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    for (field, value) in [
        ("first_name", json!(7)),
        ("first_name", json!({})),
        ("last_name", json!(["x"])),
        ("email", json!(true)),
        ("phone", json!(1_234_567_890)),
        ("company", json!(1.5)),
        ("metadata", json!([])),
        ("metadata", json!("x")),
        ("workflow_id", json!(7)),
        ("workflow_id", json!("uuid-of-workflow")),
        ("campaign_id", json!("uuid-of-campaign")),
        ("tags", json!("vip")),
        ("tags", json!([1])),
        ("owner", json!({})),
    ] {
        let mut lead = json!({ "first_name": "Ann" });
        lead[field] = value;
        let answer = program.post("/leads", &lead);
        is_invalid(&answer);
        assert!(
            answer.json()["message"]
                .as_str()
                .unwrap()
                .starts_with(field),
            "{answer:?}"
        );
    }
    assert_eq!(total(&program), 0);
}

#[test]
fn nul_characters_are_refused_wherever_they_stand() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    for field in [
        "first_name",
        "last_name",
        "email",
        "phone",
        "company",
        "title",
        "source",
        "external_id",
        "owner",
        "force_first_message",
        "other",
    ] {
        let mut lead = json!({ "first_name": "Ann" });
        lead[field] = json!("a\0b");
        let answer = program.post("/leads", &lead);
        is_invalid(&answer);
    }
    for body in [
        json!({ "first_name": "Ann", "metadata": { "a\0b": 1 } }),
        json!({ "first_name": "Ann", "metadata": { "a": "x\0y" } }),
        json!({ "first_name": "Ann", "a\0b": 1 }),
        json!({ "first_name": "Ann", "tags": ["a\0b"] }),
    ] {
        is_invalid(&program.post("/leads", &body));
    }
    is_invalid(&program.post("/campaigns", &json!({ "name": "a\0b" })));
    is_invalid(&program.post("/campaigns", &json!({ "name": "a", "description": "\0" })));
    assert_eq!(total(&program), 0);
}

#[test]
fn text_that_is_none_is_refused() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    for lone in ["\\ud800", "\\udc00", "a\\ud83d b", "\\udfff\\ud800"] {
        is_invalid(&program.ask(
            "POST",
            "/leads",
            Some(&format!("{{\"first_name\":\"{lone}\"}}")),
        ));
        let nested = format!("{{\"first_name\":\"A\",\"metadata\":{{\"k{lone}\":\"v\"}}}}");
        is_invalid(&program.ask("POST", "/leads", Some(&nested)));
    }
    for bytes in [&b"\xff"[..], b"\xc3\x28", b"\xed\xa0\x80"] {
        let body = [b"{\"first_name\":\"", bytes, b"\"}"].concat();
        is_invalid(&program.ask_with("POST", "/leads", Some((JSON, body))));
    }
    let emoji = program.ask(
        "POST",
        "/leads",
        Some("{\"first_name\":\"\\ud83d\\ude00\"}"),
    );
    assert_eq!(emoji.of(201)["lead"]["first_name"], "😀");
    assert_eq!(total(&program), 1);
}

#[test]
fn a_body_that_says_it_is_something_else_is_not_read() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "text/html",
        "application/xml",
    ] {
        let answer = program.ask_with(
            "POST",
            "/leads",
            Some((kind, b"{\"first_name\":\"Ann\"}".to_vec())),
        );
        assert_eq!(
            answer.of(415)["error"],
            "Unsupported media type",
            "{answer:?}"
        );
    }
    for kind in [
        "application/json; charset=utf-8",
        "APPLICATION/JSON",
        "application/vnd.api+json",
        "",
    ] {
        let answer = program.ask_with(
            "POST",
            "/leads",
            Some((kind, b"{\"first_name\":\"Ann\"}".to_vec())),
        );
        assert_eq!(answer.status, 201, "{kind}: {answer:?}");
    }
}

#[test]
fn a_body_over_eight_mebibytes_is_too_large() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let of_size = |size: usize| {
        let start = "{\"first_name\":\"Ann\",\"company\":\"";
        let end = "\"}";
        format!("{start}{}{end}", "x".repeat(size - start.len() - end.len()))
    };
    let limit = 8 * 1024 * 1024;
    // A name of 8 MiB is too long, but it was read.
    is_invalid(&program.ask("POST", "/leads", Some(&of_size(limit))));
    for size in [limit + 1, 20_000_000] {
        for path in ["/leads", "/campaigns"] {
            let answer = program.ask("POST", path, Some(&of_size(size)));
            assert_eq!(answer.of(413)["error"], "Payload too large", "{size}");
        }
    }
    assert_eq!(total(&program), 0);
}

#[test]
fn a_body_that_is_cut_off_leaves_nothing() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let key = firm.key("Website", &[]);
    let body = "[{\"first_name\":\"Ann\"},{\"first_name\":\"Bo";
    let chunked = format!(
        "POST /api/public/leads HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-API-Key: {key}\r\n\
         Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{body}\r\nnot a length\r\n",
        body.len()
    );
    let answer = app.raw(chunked.as_bytes());
    assert_eq!(answer.status, 400, "{answer:?}");
    assert_eq!(total(&app.with_key(&key)), 0);
}
