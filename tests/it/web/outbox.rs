//! The outbox: what was said, as it was written.

use chrono::TimeDelta;
use leadline::caller::Role;
use leadline::workflows::NodeType;

use crate::app::{TestApp, tried};

#[test]
fn before_anything_was_said_it_says_what_will_be_here() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let page = firm.signed_in(Role::Rep).get("/outbox");
    assert!(page.says("Nothing has gone out yet"));
}

#[test]
fn a_message_is_read_word_for_word_and_does_nothing() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let ann = firm.enrolled("Ann", firm.workflow("Outreach", &[NodeType::Email]));
    let owner = firm.owner();
    tried(&mut app.connect(), owner.account.id, owner.now);
    let viewer = firm.signed_in(Role::Viewer);
    let row = viewer.get("/outbox").row("Your visit");
    assert!(
        row[1].contains("Ann") && row[1].contains("ann@example.com"),
        "{row:?}"
    );
    assert!(
        row[2].contains("Sent") && row[2].contains("by the mail server"),
        "{row:?}"
    );
    let page = viewer.get(&viewer.get("/outbox").link("Your visit"));
    assert_eq!(page.heading(), "Your visit");
    assert!(page.says("see you on <Monday>."), "{page:?}");
    assert!(page.says("<p onclick=\"x()\">Hello Ann</p>"));
    assert!(page.attributes("[onclick]", "onclick").is_empty());
    assert_eq!(page.link("Ann"), format!("/leads/{ann}"));
}

#[test]
fn messages_are_sorted_out_by_channel_and_state_and_read_page_by_page() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let workflow = firm.workflow("Outreach", &[NodeType::Email]);
    let (owner, mut conn) = (firm.owner(), app.connect());
    for n in 0..51 {
        firm.enrolled(&format!("Ann{n}"), workflow);
        tried(
            &mut conn,
            owner.account.id,
            owner.now + TimeDelta::seconds(n),
        );
    }
    let viewer = firm.signed_in(Role::Viewer);
    let first = viewer.get("/outbox?channel=email&state=sent");
    assert_eq!(first.rows().len(), 50);
    let second = viewer.get(&first.link("Older"));
    assert_eq!(second.rows().len(), 1);
    assert!(second.link("Newest").contains("channel=email"));
    for none in ["/outbox?channel=sms", "/outbox?state=failed"] {
        assert!(viewer.get(none).says("Nothing fits"), "{none}");
    }
    let (_, asked) = app.statements(|| viewer.get("/outbox"));
    let of_attempts = |sql: &&String| sql.contains("\"attempts\"");
    assert_eq!(asked.iter().filter(of_attempts).count(), 1, "{asked:#?}");
}
