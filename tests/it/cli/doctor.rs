//! `leadline doctor`

use diesel::connection::SimpleConnection;
use leadline::audit;

use super::{account, leadline};
use crate::app::TestApp;

#[test]
fn the_doctor_reads_the_audit_when_asked_to() {
    let app = TestApp::start();
    account(&app);
    assert!(!String::from_utf8_lossy(&leadline(&app, &["doctor"]).stdout).contains("audit"));
    let unsealed = leadline(&app, &["doctor", "--audit"]).stdout;
    assert!(
        String::from_utf8_lossy(&unsealed)
            .contains("Acme: 0 entries sound, 2 to be sealed, no chain yet")
    );
    let sealed = audit::seal(&mut app.connect(), app.clock.now()).unwrap();
    assert!(sealed > 0);
    let found = leadline(&app, &["doctor", "--audit"]);
    let text = String::from_utf8_lossy(&found.stdout).into_owned();
    let sound = format!("Acme: {sealed} entries sound, 0 to be sealed, chain ");
    assert!(found.status.success() && text.contains(&sound), "{text}");
    let changed = "ALTER TABLE audit_entries DISABLE TRIGGER USER; \
                   UPDATE audit_entries SET actor = 'nobody'; \
                   ALTER TABLE audit_entries ENABLE TRIGGER USER";
    app.connect().batch_execute(changed).unwrap();
    let found = leadline(&app, &["doctor", "--audit"]);
    let text = String::from_utf8_lossy(&found.stdout).into_owned();
    assert!(!found.status.success(), "{text}");
    assert!(text.contains("was changed after it was written"), "{text}");
}
