//! Notes on a lead.

use leadline::caller::Role;

use crate::app::TestApp;

#[test]
fn a_note_stands_in_the_timeline() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let path = format!("/leads/{}", firm.lead("Ann"));
    let rep = firm.signed_in(Role::Rep);
    let form = rep
        .get(&path)
        .form("Add note")
        .fill("Note", " Wants a <blue> boat\nin May ");
    let page = rep.follow(rep.send(form));
    assert_eq!(page.flash(), "Your note is written.");
    assert_eq!(page.texts(".quote"), ["Wants a <blue> boat in May"]);
    assert!(page.says("Rita Osei"));
    assert_eq!(
        rep.get(&format!("{path}?tab=notes")).texts(".quote").len(),
        1
    );
}

#[test]
fn a_note_that_is_wrong_is_kept() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let path = format!("/leads/{}", firm.lead("Ann"));
    let rep = firm.signed_in(Role::Rep);
    let long = "x".repeat(10_001);
    for (body, why) in [
        ("  ", "The note is required"),
        ("a\0b", "The note must not contain NUL characters"),
        (
            long.as_str(),
            "The note must be at most 10000 characters long",
        ),
    ] {
        let page = rep.send(rep.get(&path).form("Add note").fill("Note", body));
        assert_eq!((page.status, page.problem_of("Note").as_str()), (422, why));
        assert!(page.field("Note").value.len() >= body.trim().len());
    }
    assert!(rep.get(&path).texts(".quote").is_empty());
}
