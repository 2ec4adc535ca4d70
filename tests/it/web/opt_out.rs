//! The link at the end of every e-mail.

use leadline::caller::Role;
use leadline::do_not_contact::opt_out_token;
use leadline::secrets::Sealer;

use crate::app::{Firm, TestApp};

fn link(app: &TestApp, firm: &Firm<'_>, email: &str) -> String {
    let secret = leadline::db::secret(&mut app.connect()).unwrap();
    let token = opt_out_token(&Sealer::new(&secret), firm.owner().account.id, email);
    format!("/opt-out/{token}")
}

#[test]
fn who_follows_it_is_written_to_no_more() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let (visitor, link) = (app.visitor(), link(&app, &firm, "Ann@Example.com"));
    let page = visitor.get(&link);
    assert!(page.says("Acme writes to ann@example.com"), "{page:?}");
    let viewer = firm.signed_in(Role::Viewer);
    let list = "/settings/do-not-contact";
    assert!(viewer.get(list).says("Nobody is on the list"));
    let done = visitor.send(page.form("Write to me no more"));
    assert_eq!((done.status, done.heading().as_str()), (200, "Done"));
    let row = viewer.get(list).row("ann@example.com");
    assert!(
        row[1].contains("the recipient, by the link in an e-mail"),
        "{row:?}"
    );
}

#[test]
fn a_mail_program_needs_one_post_and_no_page_however_often() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let link = link(&app, &firm, "ann@example.com");
    for _ in 0..2 {
        let body = (
            "application/x-www-form-urlencoded",
            "List-Unsubscribe=One-Click",
        );
        let answer = app.visitor().ask("POST", &link, Some(body));
        assert_eq!(answer.status, 200, "{answer:?}");
    }
    let body = "--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--\r\n";
    let body = ("multipart/form-data; boundary=x", body);
    assert_eq!(app.visitor().ask("POST", &link, Some(body)).status, 200);
    let list = firm.signed_in(Role::Viewer).get("/settings/do-not-contact");
    assert_eq!(list.rows().len(), 1);
}

#[test]
fn a_link_that_was_not_made_here_changes_nothing_and_says_what_to_do() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let whole = link(&app, &firm, "ann@example.com");
    for broken in ["/opt-out/made-up", &whole[..whole.len() - 1]] {
        for method in ["GET", "POST"] {
            let page = app.visitor().ask(method, broken, None);
            assert_eq!(page.status, 404, "{page:?}");
            assert_eq!(page.heading(), "This link does not work");
            assert!(page.says("answer the e-mail"));
        }
    }
    let list = firm.signed_in(Role::Viewer).get("/settings/do-not-contact");
    assert!(list.says("Nobody is on the list"));
}
