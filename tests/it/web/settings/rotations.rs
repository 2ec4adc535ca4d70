//! Rotations: made, looked ahead in, changed, set aside; and when people work.

use leadline::caller::Role::{self, Admin, Manager, Rep};
use leadline::people;

use crate::app::{Browser, Page, TestApp};

const PATH: &str = "/settings/rotations";

/// Whom the page of a rotation names as next, in order.
fn ahead(page: &Page) -> Vec<String> {
    page.texts("ol.turns b")
}

fn open(browser: &Browser, name: &str) -> Page {
    let list = browser.get(PATH);
    browser.visit(&list.link(name))
}

#[test]
fn a_rotation_is_made_looked_ahead_in_and_changed() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let admin = firm.signed_in(Admin);
    assert!(admin.get(PATH).says("No rotations yet"));
    let form = admin.get(PATH).form("Make the rotation");
    let form = form.tick("Mona Lindqvist").tick("Rita Osei");
    let page = admin.follow(admin.send(form));
    assert_eq!(page.heading(), "The default rotation");
    assert_eq!(
        page.flash(),
        "It is at work. Below is who gets the next leads."
    );
    assert_eq!(
        ahead(&page)[..3],
        ["Mona Lindqvist", "Rita Osei", "Mona Lindqvist"]
    );
    let form = page.form("Save the rules").forge("strategy", "weighted");
    let page = admin.follow(admin.send(form));
    let form = page
        .form("Save who takes turns")
        .fill("Weight of Rita Osei", "2");
    let page = admin.follow(admin.send(form.fill("Most a day of Mona Lindqvist", "1")));
    let rita = ahead(&page)
        .iter()
        .filter(|name| *name == "Rita Osei")
        .count();
    assert_eq!(rita, 9);
    assert!(page.says("passed over: Mona Lindqvist (has had a lead today)"));
    let page = admin.follow(admin.send(page.form("Move Rita Osei up")));
    assert_eq!(ahead(&page)[0], "Rita Osei");
    let page = admin.follow(admin.send(page.form("Take out Mona Lindqvist")));
    assert_eq!(ahead(&page), ["Rita Osei"; 10]);
    let page = admin.follow(admin.send(page.form("Set aside")));
    assert!(page.flash().starts_with("It is set aside"), "{page:?}");
    let row = admin.get(PATH).row("The default rotation");
    assert_eq!(row[3], "Set aside");
}

#[test]
fn what_is_wrong_is_said_and_kept() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let admin = firm.signed_in(Admin);
    let form = admin.get(PATH).form("Make the rotation");
    let page = admin.send(form.fill("It gives out", "Only what somebody gives to it"));
    assert_eq!(page.status, 422);
    assert!(page.says("Name is required"), "{page:?}");
    assert!(
        page.says("A rotation needs at least one person"),
        "{page:?}"
    );
    firm.rotation("default", None, &[Rep]);
    let page = open(&admin, "The default rotation");
    for (weight, cap, said) in [
        ("1", "0", "A daily cap is a whole number from 1 to 10,000"),
        (
            "1",
            "many",
            "A daily cap is a whole number from 1 to 10,000",
        ),
        ("11", "", "A weight is a whole number from 1 to 10"),
    ] {
        let rita = firm.person(Rep).id;
        let form = page
            .form("Save who takes turns")
            .forge(&format!("weight_{rita}"), weight);
        let page = admin.send(form.fill("Most a day of Rita Osei", cap));
        assert_eq!(page.status, 422);
        assert!(page.says(said), "{page:?}");
        assert_eq!(page.field("Most a day of Rita Osei").value, cap);
    }
    let alone = admin.send(page.form("Take out Rita Osei"));
    assert_eq!(alone.status, 422);
    assert!(alone.says("A rotation needs at least one person"));
}

#[test]
fn nobody_to_be_found_is_told_on_home_until_somebody_has_seen_it() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    firm.rotation("default", None, &[Rep]);
    people::deactivate(&mut app.connect(), &firm.owner(), firm.person(Rep).id).unwrap();
    let new = serde_json::json!({ "first_name": "Ann" });
    firm.program().post("/leads", &new).of(201);
    let admin = firm.signed_in(Admin);
    assert!(admin.get("/").says("1 lead found nobody"));
    assert!(!firm.signed_in(Manager).get("/").says("found nobody"));
    let page = open(&admin, "The default rotation");
    assert!(page.says("1 lead found nobody here"));
    admin.send(page.form("Seen"));
    assert!(!admin.get("/").says("found nobody"));
}

#[test]
fn one_says_when_one_works_oneself_and_admins_for_everybody() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    firm.rotation("default", None, &[Rep, Manager]);
    let rep = firm.signed_in(Rep);
    let profile = rep.get("/profile");
    let page = rep.visit(&profile.link("Hours and days away"));
    assert_eq!(page.heading(), "When you work");
    let form = page.form("Add days away").fill("First day", "2026-11-19");
    let page = rep.follow(rep.send(form.fill("Last day", "2026-11-30")));
    assert!(page.says("19 Nov 2026 to 30 Nov 2026"));
    let admin = firm.signed_in(Admin);
    let ahead_now = ahead(&open(&admin, "The default rotation"));
    assert_eq!(ahead_now, ["Mona Lindqvist"; 10]);
    let page = rep.follow(rep.send(page.form("Take out 19 Nov 2026 to 30 Nov 2026")));
    assert!(!page.says("30 Nov 2026"));
    for (first, last, said) in [
        ("", "", "Write the first day as 2026-12-24"),
        ("2026-12-24", "soon", "Write the last day as 2026-12-31"),
        (
            "2026-12-24",
            "2026-12-23",
            "The last day comes before the first",
        ),
        ("2026-01-01", "", "These days are over"),
        ("2026-12-01", "2028-12-01", "That is longer than a year"),
    ] {
        let form = page.form("Add days away").fill("First day", first);
        let page = rep.send(form.fill("Last day", last));
        assert_eq!(page.status, 422);
        assert!(page.says(said), "{page:?}");
    }
    let theirs = |role: Role| format!("/settings/users/{}/availability", firm.person(role).id);
    assert_eq!(rep.get(&theirs(Manager)).status, 403);
    let page = admin.get(&theirs(Rep));
    assert_eq!(page.heading(), "When Rita Osei works");
    // Noon of a Thursday in UTC is night in Auckland.
    let form = page.form("Save the hours").forge("hours", "these");
    let page = admin.follow(admin.send(form.forge("time_zone", "Pacific/Auckland")));
    assert_eq!(page.flash(), "Saved.");
    let page = open(&admin, "The default rotation");
    assert_eq!(ahead(&page), ["Mona Lindqvist"; 10]);
    assert!(
        page.says("passed over: Rita Osei (works again Thu 20:00)"),
        "{page:?}"
    );
}
