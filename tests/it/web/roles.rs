//! What each role may do, route by route.

use leadline::caller::{Permission, Role};
use uuid::Uuid;

use super::routes::{is_open, pages, with};
use crate::app::TestApp;

/// What an import does and did, whoever sees leads may know.
const READ_IMPORTS: [&str; 6] = [
    "/imports",
    "/imports/{id}",
    "/imports/{id}/check",
    "/imports/{id}/rows",
    "/imports/{id}/progress",
    "/imports/{id}/failed",
];

/// What a page asks of a person; nothing where everybody who is signed in may go. A new page
/// has to be named here.
fn asked(method: &str, path: &str) -> Option<Permission> {
    use Permission::*;
    let reads = method == "GET";
    let part = path.split('/').nth(1).unwrap_or_default();
    match part {
        "" | "logout" | "profile" => None,
        "outbox" => Some(ReadLeads),
        "audit" => Some(ReadAudit),
        "campaigns" if reads && matches!(path, "/campaigns" | "/campaigns/{id}") => Some(ReadLeads),
        "campaigns" => Some(WriteCampaigns),
        "leads" if reads && matches!(path, "/leads" | "/leads/{id}" | "/leads/export") => {
            Some(ReadLeads)
        }
        "leads" if path.ends_with("/deletion") => Some(DeleteLeads),
        "leads" => Some(WriteLeads),
        "today" => Some(WriteLeads),
        "imports" if reads && READ_IMPORTS.contains(&path) => Some(ReadLeads),
        "imports" => Some(ImportLeads),
        "workflows" if reads && matches!(path, "/workflows" | "/workflows/{id}") => {
            Some(ReadWorkflows)
        }
        "workflows" if reads && path == "/workflows/{id}/statuses" => Some(ReadWorkflows),
        "workflows" => Some(WriteWorkflows),
        "settings" if path == "/settings" => None,
        "settings" if path.ends_with("/removal") && path.contains("/do-not-contact/") => {
            Some(RemoveDoNotContact)
        }
        "settings" if path == "/settings/do-not-contact" => {
            Some(if reads { ReadLeads } else { WriteLeads })
        }
        "settings" if path.ends_with("/handover") => Some(WriteSettings),
        "settings" if path.contains("/absences") => Some(WriteSettings),
        "settings" if reads && !path.ends_with("/new") => Some(ReadSettings),
        "settings" => Some(WriteSettings),
        _ => panic!("say in this test what {method} {path} asks of a person"),
    }
}

#[test]
fn every_page_is_open_to_those_whose_role_allows_it_and_to_nobody_else() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let id = Uuid::new_v4().to_string();
    for &role in Role::ALL {
        let browser = firm.signed_in(role);
        // What ends the session comes last.
        let ends = |path: &str| path == "/logout";
        let inside = pages().filter(|route| !is_open(route.path) && !ends(route.path));
        for route in inside {
            let allowed = asked(route.method, route.path).is_none_or(|asked| role.may(asked));
            let path = with(route.path, &id);
            let answer = match route.method {
                "GET" => browser.get(&path),
                _ => browser.post(&path, &[]),
            };
            assert_eq!(answer.status != 403, allowed, "{role} {answer:?}");
            assert!(answer.status < 500, "{role} {answer:?}");
            if !allowed {
                assert_eq!(answer.heading(), "That is not yours to do");
            }
        }
    }
}

#[test]
fn a_viewer_changes_nothing() {
    let changes = [
        Permission::WriteLeads,
        Permission::ImportLeads,
        Permission::DeleteLeads,
        Permission::RemoveDoNotContact,
        Permission::WriteCampaigns,
        Permission::WriteWorkflows,
        Permission::WriteSettings,
    ];
    assert!(changes.into_iter().all(|change| !Role::Viewer.may(change)));
}
