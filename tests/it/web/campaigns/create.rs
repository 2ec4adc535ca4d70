//! Making a campaign.

use leadline::caller::Role;

use crate::app::{Browser, Page, TestApp};

fn make(browser: &Browser, name: &str, description: &str) -> Page {
    let form = browser.get("/campaigns/new").form("Make campaign");
    browser.send(form.fill("Name", name).fill("Description", description))
}

#[test]
fn a_manager_makes_a_campaign() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let manager = firm.signed_in(Role::Manager);
    let page = manager.follow(make(&manager, "  Boat fair ", "Hall 7\nStand B"));
    assert_eq!(page.heading(), "Campaigns");
    assert_eq!(page.flash(), "“Boat fair” is ready for leads.");
    assert_eq!(page.row("Boat fair")[0], "Boat fair Hall 7 Stand B");
}

#[test]
fn markup_in_a_name_is_shown_and_not_obeyed() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let manager = firm.signed_in(Role::Manager);
    let name = "<script>alert(1)</script> & \"more\" 'quotes'";
    let page = manager.follow(make(&manager, name, "<b>"));
    assert!(page.flash().contains(name));
    assert!(page.row("more")[0].starts_with(name), "{page:?}");
    let edit = manager.get(&page.link(&format!("Edit {name}")));
    assert_eq!(edit.field("Name").value, name);
}

#[test]
fn what_was_typed_is_kept_when_something_is_wrong() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let manager = firm.signed_in(Role::Manager);
    for (name, why) in [
        ("", "Name is required"),
        (" \t ", "Name is required"),
        (
            &*"é".repeat(201),
            "Name must be at most 200 characters long",
        ),
        ("a\0b", "Name must not contain NUL characters"),
    ] {
        let page = make(&manager, name, "Hall 7");
        assert_eq!((page.status, page.problem_of("Name").as_str()), (422, why));
        assert_eq!(page.summary(), [why]);
        assert_eq!(page.field("Description").value, "Hall 7");
    }
    let page = make(&manager, "Boat fair", &"x".repeat(2001));
    assert_eq!(
        page.problem_of("Description"),
        "Description must be at most 2000 characters long"
    );
    assert_eq!(page.field("Name").value, "Boat fair");
    assert!(manager.get("/campaigns").says("No campaigns yet"));
}

#[test]
fn the_longest_name_fits() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let manager = firm.signed_in(Role::Manager);
    let answer = make(&manager, &"漢".repeat(200), &"é".repeat(2000));
    assert_eq!(answer.status, 303, "{answer:?}");
    assert!(manager.follow(answer).flash().starts_with("“漢漢漢"));
}
