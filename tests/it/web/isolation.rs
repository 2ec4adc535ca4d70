//! Another account's things read exactly like things that do not exist, route by route.

use leadline::accounts;
use leadline::caller::Role;
use leadline::do_not_contact::{self, Contact, Source};
use leadline::fields::Kind;
use leadline::people;
use leadline::teams;
use leadline::telephony::{self, CallingNumberInput, DestinationInput};
use leadline::workflows::{self, NodeType};
use uuid::Uuid;

use super::imports::drafted;
use super::routes::{is_open, pages, with};
use super::today::due;
use crate::app::{Browser, Firm, Page, TestApp, tried};

/// The path for something of this account. A new route has to be named here.
fn filled(app: &TestApp, firm: &Firm<'_>, path: &str) -> String {
    let owner = firm.owner();
    let id = thing(app, firm, path);
    let path = path.replacen("{id}", &id.to_string(), 1);
    let mut conn = app.connect();
    let graph = || workflows::graph(&mut app.connect(), &owner, id).unwrap();
    if path.contains("{node}") {
        return with(&path, &graph().nodes[0].id.to_string());
    }
    if path.contains("{user}") {
        let rep = firm.person(Role::Rep).id;
        teams::add_member(&mut conn, &owner, id, rep).unwrap();
        return with(&path, &rep.to_string());
    }
    if path.contains("{absence}") {
        let day = app.clock.now().date_naive();
        let added = people::add_absence(&mut conn, &owner, id, day, day);
        return with(&path, &added.unwrap().id.to_string());
    }
    if path.contains("{status}") {
        let workflow = workflows::find(&mut conn, &owner, id).unwrap();
        return with(&path, &workflow.statuses[2].id.to_string());
    }
    with(&path, &id.to_string())
}

/// Something of this account that the first value in the route could be.
fn thing(app: &TestApp, firm: &Firm<'_>, path: &str) -> Uuid {
    let mut conn = app.connect();
    match path.split("/{").next().unwrap_or_default() {
        "/campaigns" => firm.campaign("Spring").id,
        "/leads" => firm.lead("Ann"),
        "/today/outcomes" => {
            due(app, firm, NodeType::VoiceCall, &[("Ann", None)]);
            let owner = firm.signed_in(Role::Owner);
            let page = owner.get("/today");
            let step = page.attribute("input[name=step_id]", "value").unwrap();
            owner.send(page.form("No answer"));
            Uuid::try_parse(&step).unwrap()
        }
        "/workflows" => firm.workflow("Outreach", &[NodeType::Email]),
        "/outbox" => {
            firm.enrolled("Ann", firm.workflow("Outreach", &[NodeType::Email]));
            tried(&mut conn, firm.owner().account.id, app.clock.now())
        }
        "/imports" => drafted(app, &firm.owner()),
        "/settings/do-not-contact" => {
            let ann = Contact {
                lead_id: firm.lead("Ann"),
                phone: None,
                email: None,
            };
            let owner = firm.owner();
            let added = do_not_contact::add_lead(&mut conn, &owner, &ann, "asked", Source::Person);
            added.unwrap()[0].id
        }
        "/settings/numbers" => {
            let all = telephony::calling_numbers(&mut conn, &firm.owner()).unwrap();
            let new = CallingNumberInput {
                phone_number: format!("+5622555{:04}", all.len()),
                kind: telephony::Kind::Carrier,
                is_active: true,
            };
            let made = telephony::create_calling_number(&mut conn, &firm.owner(), new);
            made.unwrap().id
        }
        "/settings/destinations" => {
            let all = telephony::destinations(&mut conn, &firm.owner()).unwrap();
            let new = DestinationInput {
                country: "CL".to_owned(),
                prefix: Some(format!("+56{}", 200 + all.len())),
                is_enabled: true,
            };
            let made = telephony::create_destination(&mut conn, &firm.owner(), new);
            made.unwrap().id
        }
        "/settings/teams" => firm.team(&Uuid::now_v7().to_string(), &[]),
        "/settings/sources" => firm.source(&Uuid::now_v7().to_string(), None),
        "/settings/fields" => firm.field(&Uuid::now_v7().to_string(), Kind::Text, &[]),
        "/settings/rotations" => {
            let team = firm.team(&Uuid::now_v7().to_string(), &[]);
            firm.rotation("North", Some(team), &[Role::Rep])
        }
        "/settings/users" => firm.person(Role::Rep).id,
        "/settings/keys" => {
            let name = Uuid::new_v4().to_string();
            firm.key(&name, &[]);
            let keys = accounts::keys(&mut conn, &firm.owner()).unwrap();
            keys.into_iter().find(|key| key.name == name).unwrap().id
        }
        "/profile/sessions" => {
            let mut sessions = || people::sessions(&mut conn, &firm.owner(), None).unwrap();
            let before: Vec<Uuid> = sessions().into_iter().map(|one| one.id).collect();
            firm.signed_in(Role::Owner);
            let new = sessions().into_iter().find(|one| !before.contains(&one.id));
            new.unwrap().id
        }
        _ => panic!("say in this test what {path} could be asked for"),
    }
}

fn ask(browser: &Browser, method: &str, path: &str) -> Page {
    match method {
        "GET" => browser.get(path),
        _ => browser.post(
            path,
            &[
                ("name", "x"),
                ("role", "viewer"),
                ("body", "x"),
                ("reason", "x"),
            ],
        ),
    }
}

#[test]
fn another_accounts_things_do_not_exist() {
    let app = TestApp::start();
    let (firm, other) = (app.firm("Acme"), app.firm("Zenith"));
    let browser = firm.signed_in(Role::Owner);
    let mut asked = 0;
    // Every account has the same channels; whose connector stands there is tested with them.
    let of_things = |path: &str| path.contains('{') && !path.contains("{channel}");
    for route in pages().filter(|route| of_things(route.path) && !is_open(route.path)) {
        let theirs = filled(&app, &other, route.path);
        let nobodys = with(route.path, &Uuid::now_v7().to_string());
        let (theirs, nobodys) = (
            ask(&browser, route.method, &theirs),
            ask(&browser, route.method, &nobodys),
        );
        assert_eq!(theirs.status, 404, "{theirs:?}");
        assert_eq!(nobodys.status, 404, "{nobodys:?}");
        assert_eq!(theirs.text(), nobodys.text());
        let own = filled(&app, &firm, route.path);
        let own = ask(&browser, route.method, &own);
        assert_ne!(
            own.status, 404,
            "the case of {} shows nothing: {own:?}",
            route.path
        );
        asked += 1;
    }
    assert!(asked > 10);
}
