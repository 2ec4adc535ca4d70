//! Files that can't be read at all (contract §4).

use leadline::workflows::NodeType;
use serde_json::json;

use crate::app::{TestApp, text};

#[test]
fn a_file_that_is_none_is_told_in_one_sentence() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let workflow = firm.workflow("Messages", &[NodeType::Sms]);
    let path = format!("/workflows/{workflow}/leads");
    let wide: String = (0..300).map(|at| format!("c{at},")).collect();
    let cell = "x".repeat(5 * 1024 * 1024);
    let cases: Vec<(Vec<u8>, &str)> = vec![
        (Vec::new(), "empty"),
        (b"phone_number,city\n".to_vec(), "no rows"),
        (b"name,city\nAnn,Leeds\n".to_vec(), "no column phone_number"),
        (
            b"phone_number,city,city\n+442079460321,a,b\n".to_vec(),
            "same name",
        ),
        (
            vec![0x7f, b'E', b'L', b'F', 0, 1, 2, 0, 0, 0],
            "neither a CSV",
        ),
        (b"PK\x03\x04 and then nothing".to_vec(), "workbook"),
        (
            format!("phone_number,{wide}\n+442079460321\n").into_bytes(),
            "at most 256",
        ),
        (
            format!("phone_number,city\n+442079460321,{cell}\n").into_bytes(),
            "64 KiB",
        ),
    ];
    for (bytes, said) in cases {
        let answer = program.upload(&path, "../../etc/passwd", &bytes);
        let refused = answer.of(400);
        let message = text(&refused["message"]);
        assert!(message.contains(said), "{message}, not {said}");
        assert_eq!(refused["error"], "Validation error");
    }
    let nameless = program.upload_as(
        "leads",
        &path,
        "leads.csv",
        b"phone_number\n+442079460321\n",
    );
    assert!(text(&nameless.of(400)["message"]).contains("the part named file"));
    let text_alone = program.ask_with(
        "POST",
        &path,
        Some(("text/csv", b"phone_number\n".to_vec())),
    );
    assert_eq!(text_alone.status, 415);
    assert_eq!(program.get("/leads").of(200)["data"], json!([]));
}

#[test]
fn a_file_over_the_limit_is_too_large() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let workflow = firm.workflow("Messages", &[NodeType::Sms]);
    let path = format!("/workflows/{workflow}/leads");
    let mut csv = b"phone_number,note\n".to_vec();
    csv.resize(64 * 1024 * 1024 + 1, b'x');
    let answer = firm.program().upload(&path, "leads.csv", &csv);
    answer.is_error(
        413,
        "Payload too large",
        "The file must be at most 64 MiB; split it",
    );
}
