//! The people of the account.

use leadline::caller::Role;

use crate::app::{Browser, Form, PASSWORD, TestApp, with_codes};

fn path(firm: &crate::app::Firm<'_>, role: Role, what: &str) -> String {
    format!("/settings/users/{}/{what}", firm.person(role).id)
}

fn invitation(browser: &Browser) -> Form {
    browser.get("/settings/users/new").form("Make the link")
}

#[test]
fn everybody_is_listed_with_their_role() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let page = firm.signed_in(Role::Admin).get("/settings/users");
    assert_eq!(page.rows().len(), 5);
    assert!(page.row("Rita Osei")[1].starts_with("Rep"));
    assert!(page.row("Adam Reyes")[0].contains("you"));
    assert!(page.row("Rita Osei")[2].starts_with("Active"));
}

#[test]
fn an_invitation_says_what_is_wrong_with_it() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let admin = firm.signed_in(Role::Admin);
    let page = admin.send(invitation(&admin).fill("Name", "").fill("E-mail", "tom@"));
    assert_eq!(page.status, 422);
    assert_eq!(page.problem_of("Name"), "Name is required");
    assert_eq!(
        page.problem_of("E-mail"),
        "E-mail must look like name@example.com"
    );
    assert_eq!(page.field("E-mail").value, "tom@");
    let page = admin.send(
        invitation(&admin)
            .forge("role", "emperor")
            .fill("Name", "Tom"),
    );
    assert_eq!(
        (page.status, page.problem_of("Role").as_str()),
        (422, "Role is required")
    );
    assert_eq!(admin.get("/settings/users").rows().len(), 5);
}

#[test]
fn an_e_mail_signs_in_to_one_account_only() {
    let app = TestApp::start();
    let (firm, other) = (app.firm("Acme"), app.firm("Zenith"));
    let admin = firm.signed_in(Role::Admin);
    for (email, why) in [
        (firm.email(Role::Rep), "Rita Osei has joined already"),
        (
            other.email(Role::Rep),
            "Somebody signs in with this e-mail already",
        ),
    ] {
        let page = admin.send(invitation(&admin).fill("Name", "Tom").fill("E-mail", email));
        assert_eq!(
            (page.status, page.problem_of("E-mail").as_str()),
            (422, why)
        );
    }
}

#[test]
fn whoever_is_deactivated_is_signed_out_at_once_and_can_come_back() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let (admin, rep) = (firm.signed_in(Role::Admin), firm.signed_in(Role::Rep));
    let page = admin.follow(admin.post(&path(&firm, Role::Rep, "deactivation"), &[]));
    assert_eq!(page.flash(), "Rita Osei can no longer sign in.");
    assert!(page.row("Rita Osei")[2].starts_with("Deactivated"));
    assert_eq!(
        rep.get("/profile").location().as_deref(),
        Some("/login?next=%2Fprofile")
    );
    let page = admin.follow(admin.send(page.form("Let them in again")));
    assert_eq!(page.flash(), "Rita Osei can sign in again.");
    assert_eq!(
        rep.get("/profile").status,
        303,
        "the old session stays ended"
    );
    assert_eq!(
        app.visitor()
            .sign_in(firm.email(Role::Rep), PASSWORD)
            .status,
        303
    );
}

#[test]
fn another_role_counts_from_the_next_page_on() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let (admin, rep) = (firm.signed_in(Role::Admin), firm.signed_in(Role::Rep));
    assert_eq!(rep.get("/campaigns/new").status, 403);
    let page = admin.follow(admin.post(&path(&firm, Role::Rep, "role"), &[("role", "manager")]));
    assert_eq!(page.flash(), "Rita Osei is a manager now.");
    assert_eq!(rep.get("/campaigns/new").status, 200);
    let nonsense = admin.post(&path(&firm, Role::Rep, "role"), &[("role", "emperor")]);
    assert_eq!(nonsense.status, 422);
}

#[test]
fn nobody_below_an_owner_touches_one_or_makes_one() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let admin = firm.signed_in(Role::Admin);
    assert_eq!(
        admin
            .post(&path(&firm, Role::Owner, "deactivation"), &[])
            .status,
        403
    );
    assert_eq!(
        admin
            .post(&path(&firm, Role::Owner, "role"), &[("role", "rep")])
            .status,
        403
    );
    assert_eq!(
        admin
            .post(&path(&firm, Role::Rep, "role"), &[("role", "owner")])
            .status,
        403
    );
    let form = invitation(&admin)
        .fill("Name", "Tom")
        .fill("E-mail", "tom@acme.example");
    let page = admin.send(form.forge("role", "owner"));
    assert_eq!(page.problem_of("Role"), "Only an owner makes an owner");
    assert!(admin.get("/settings/users").row("Olga Brandt")[1].starts_with("Owner"));
}

#[test]
fn whoever_lost_their_app_gets_in_with_the_password_alone() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let admin = firm.signed_in(Role::Admin);
    let (rep, ..) = with_codes(&firm, Role::Rep);
    let page = admin.get("/settings/users");
    assert!(page.row("Rita Osei")[2].ends_with("with two-factor codes"));
    let page = admin.follow(admin.send(page.form("Reset two-factor codes")));
    assert_eq!(
        page.flash(),
        "Rita Osei is signed out everywhere, and gets in with the password alone."
    );
    assert!(!page.has_button("Reset two-factor codes"));
    assert_eq!(rep.get("/profile").status, 303);
    let visitor = app.visitor();
    let answer = visitor.sign_in(firm.email(Role::Rep), PASSWORD);
    assert_eq!(answer.location().as_deref(), Some("/"));
    assert!(visitor.get("/profile").has_button("Set up codes"));
    let audit = admin.get("/audit");
    assert!(audit.says("reset a person’s two-factor codes"), "{audit:?}");
}

#[test]
fn nobody_below_an_owner_resets_an_owners_codes() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let (owner, ..) = with_codes(&firm, Role::Owner);
    let admin = firm.signed_in(Role::Admin);
    assert!(
        !admin
            .get("/settings/users")
            .has_button("Reset two-factor codes")
    );
    let reset = path(&firm, Role::Owner, "codes/reset");
    assert_eq!(admin.post(&reset, &[]).status, 403);
    let of_oneself = owner.post(&reset, &[]);
    assert_eq!(of_oneself.status, 409, "{of_oneself:?}");
    let answer = app.visitor().sign_in(firm.email(Role::Owner), PASSWORD);
    assert_eq!(answer.location().as_deref(), Some("/login/code"));
}

#[test]
fn nobody_changes_their_own_standing() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let owner = firm.signed_in(Role::Owner);
    for (what, role) in [("deactivation", ""), ("role", "rep")] {
        let answer = owner.post(&path(&firm, Role::Owner, what), &[("role", role)]);
        assert_eq!(answer.status, 409, "{answer:?}");
    }
    assert_eq!(owner.get("/settings/users").status, 200);
}

#[test]
fn somebody_who_has_joined_gets_no_new_link() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let admin = firm.signed_in(Role::Admin);
    let answer = admin.post(&path(&firm, Role::Rep, "invitation"), &[]);
    assert_eq!(answer.status, 409);
    assert!(answer.says("Rita Osei has joined already"), "{answer:?}");
}

#[test]
fn a_page_has_no_buttons_for_what_one_may_not_do() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let of_admin = firm.signed_in(Role::Admin).get("/settings/users");
    assert!(!of_admin.has_button("Make an owner") && of_admin.has_button("Make a manager"));
    assert!(
        firm.signed_in(Role::Owner)
            .get("/settings/users")
            .has_button("Make an owner")
    );
    let of_rep = firm.signed_in(Role::Rep).get("/campaigns");
    assert!(
        !of_rep.has_link("Settings") && !of_rep.has_link("New campaign"),
        "{of_rep:?}"
    );
}
