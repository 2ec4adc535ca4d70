//! The list of leads.

use chrono::TimeDelta;
use leadline::caller::{RepsSee, Role};
use leadline::leads::{NewLead, OwnerRef};
use leadline::workflows::NodeType::VoiceCall;

use crate::app::{Firm, Page, TestApp};

fn names(page: &Page) -> Vec<String> {
    page.texts("tbody th a")
}

fn named(first_name: &str) -> NewLead {
    NewLead {
        first_name: first_name.to_owned(),
        ..NewLead::default()
    }
}

/// Three leads of which each has something of its own.
fn some(firm: &Firm<'_>) {
    let rep = firm.person(Role::Rep).id;
    firm.leads(vec![
        NewLead {
            last_name: Some("Zamora".to_owned()),
            email: Some("ann@boats.example".to_owned()),
            company: Some("Boats & Co".to_owned()),
            owner: Some(OwnerRef::Id(rep)),
            ..named("Ann")
        },
        NewLead {
            phone: Some("(201) 555-0123".to_owned()),
            source: "fair".to_owned(),
            ..named("José")
        },
        NewLead {
            campaign_id: Some(firm.campaign("Spring").id),
            ..named("Carl")
        },
    ]);
}

#[test]
fn nothing_yet_says_what_to_do_next() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let of_rep = firm.signed_in(Role::Rep).get("/leads");
    assert!(of_rep.says("No leads yet") && of_rep.link("New lead") == "/leads/new");
    assert!(
        of_rep.says("An admin of your account makes one."),
        "{of_rep:?}"
    );
    let of_viewer = firm.signed_in(Role::Viewer).get("/leads");
    assert!(of_viewer.says("A colleague who works leads can add one."));
    assert!(!of_viewer.has_link("New lead"));
}

#[test]
fn the_list_shows_who_is_there() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    some(&firm);
    let page = firm.signed_in(Role::Viewer).get("/leads");
    assert_eq!(page.heading(), "Leads");
    assert_eq!(names(&page).len(), 3);
    assert!(page.says("3 leads, newest first"), "{page:?}");
    assert!(
        page.row("José")
            .iter()
            .any(|cell| cell.contains("(201) 555-0123")),
        "{page:?}"
    );
}

#[test]
fn a_search_finds_any_part_of_a_word() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    some(&firm);
    let rep = firm.signed_in(Role::Rep);
    for (q, found) in [
        ("zamo", "Ann Zamora"),
        ("boats.ex", "Ann Zamora"),
        ("jose", "José"),
        ("5550123", "José"),
        ("arl", "Carl"),
    ] {
        let page = rep.get(&format!("/leads?q={q}"));
        assert_eq!(names(&page), [found], "{q}");
        assert_eq!(page.attribute("#q", "value").as_deref(), Some(q));
        assert!(page.says(&format!("Found by “{q}”")), "{page:?}");
    }
    let none = rep.get("/leads?q=nobody");
    assert!(none.says("No lead matches “nobody”") && none.link("Without it") == "/leads");
}

#[test]
fn each_filter_can_be_taken_away_by_itself() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    some(&firm);
    let rep = firm.signed_in(Role::Rep);
    for (filter, found) in [("owner=me", "Ann Zamora"), ("source=fair", "José")] {
        assert_eq!(
            names(&rep.get(&format!("/leads?{filter}"))),
            [found],
            "{filter}"
        );
    }
    assert_eq!(names(&rep.get("/leads?owner=none")).len(), 2);
    let both = rep.get("/leads?owner=none&source=fair");
    assert_eq!(names(&both), ["José"]);
    let without = both.attribute("[aria-label='Remove filter: Owner is nobody']", "href");
    assert_eq!(without.as_deref(), Some("/leads?source=fair"));
    let campaign = rep.get("/campaigns").link("Spring");
    let of_campaign = rep.get(&campaign);
    assert_eq!(names(&of_campaign), ["Carl"]);
    assert!(of_campaign.says("Campaign is Spring"), "{of_campaign:?}");
}

#[test]
fn a_status_is_told_and_filtered_by() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    some(&firm);
    let workflow = firm.workflow("Sales Outreach", &[VoiceCall]);
    let lead = serde_json::json!({ "first_name": "Eva", "phone": "+12015550123", "workflow_id": workflow });
    firm.program().post("/leads", &lead).of(201);
    let rep = firm.signed_in(Role::Rep);
    let page = rep.get("/leads?status=new");
    assert_eq!(names(&page), ["Eva"]);
    let row = page.row("Eva").join(" | ");
    assert!(
        row.contains("New") && row.contains("Sales Outreach") && row.contains("attempt 1/3"),
        "{row}"
    );
    assert_eq!(
        names(&rep.get(&format!("/leads?workflow_id={workflow}"))),
        ["Eva"]
    );
    assert!(
        rep.get("/leads?status=won")
            .says("No lead matches this filter")
    );
}

#[test]
fn a_list_is_ordered_by_its_headings() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    for name in ["B", "C", "A"] {
        firm.lead(name);
        app.wait(TimeDelta::minutes(1));
    }
    let rep = firm.signed_in(Role::Rep);
    let page = rep.get("/leads");
    assert_eq!(names(&page), ["A", "C", "B"]);
    let by_name = rep.get(&page.link("Name"));
    assert_eq!(names(&by_name), ["A", "B", "C"]);
    assert_eq!(
        by_name.attribute("th[aria-sort]", "aria-sort").as_deref(),
        Some("ascending")
    );
    assert_eq!(names(&rep.get(&by_name.link("Name"))), ["C", "B", "A"]);
}

#[test]
fn pages_lead_there_and_back() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    firm.leads((0..120).map(|n| named(&format!("Lead {n:03}"))).collect());
    let rep = firm.signed_in(Role::Rep);
    let first = rep.get("/leads?sort=last_name");
    assert_eq!(names(&first).len(), 50);
    assert!(first.says("1 to 50 of 120"), "{first:?}");
    let second = rep.get(&first.link("Next"));
    assert!(second.says("51 to 100 of 120"), "{second:?}");
    assert_eq!(names(&second)[0], "Lead 050");
    let third = rep.get(&second.link("Next"));
    assert!(names(&third).len() == 20 && !third.has_link("Next"));
    let back = rep.get(&third.link("Previous"));
    assert_eq!(names(&back), names(&second));
    assert_eq!(names(&rep.get(&back.link("Previous"))), names(&first));
}

#[test]
fn an_address_that_was_mistyped_still_shows_leads() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    some(&firm);
    let page = firm
        .signed_in(Role::Rep)
        .get("/leads?sort=colour&campaign_id=7&cursor=x&cols=shoes");
    assert_eq!((page.status, names(&page).len()), (200, 3));
    for part in ["sort=colour", "campaign_id=7", "cursor=x", "cols=shoes"] {
        assert!(
            page.texts("code").iter().any(|code| code == part),
            "{part}: {page:?}"
        );
    }
}

#[test]
fn columns_are_chosen_in_the_address() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    some(&firm);
    let rep = firm.signed_in(Role::Rep);
    let page = rep.get("/leads?cols=name&cols=email");
    assert!(page.says("ann@boats.example"));
    assert!(!page.says("(201) 555-0123"), "{page:?}");
}

#[test]
fn leads_are_those_of_a_team_and_of_a_lead_source() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    firm.reps_see(RepsSee::All);
    let rep = firm.signed_in(Role::Rep);
    firm.lead("Zoe");
    let chosen = |page: &Page, name: &str| {
        let selected = format!("select[name={name}] option[selected]");
        page.attribute(&selected, "value")
    };
    assert_eq!(chosen(&rep.get("/leads"), "team_id"), None);
    let north = firm.team("North", &[]);
    let (web, fair) = (firm.source("Web", None), firm.source("Fair", Some(north)));
    let of = |first_name: &str, team_id, lead_source_id| NewLead {
        team_id,
        lead_source_id,
        ..named(first_name)
    };
    firm.leads(vec![
        of("Ann", Some(north), Some(fair)),
        of("Bob", Some(north), Some(web)),
        of("Eva", None, Some(web)),
    ]);
    let shown = |page: &Page| {
        let mut names = names(page);
        names.sort();
        names
    };
    let page = rep.get(&format!("/leads?team_id={north}"));
    assert_eq!(shown(&page), ["Ann", "Bob"]);
    assert!(page.says("Team is North"), "{page:?}");
    assert_eq!(chosen(&page, "team_id"), Some(north.to_string()));
    assert_eq!(chosen(&page, "lead_source_id").as_deref(), Some(""));
    let page = rep.get(&format!("/leads?lead_source_id={web}"));
    assert_eq!(shown(&page), ["Bob", "Eva"]);
    let page = rep.get(&format!("/leads?team_id={north}&lead_source_id={fair}"));
    assert_eq!(shown(&page), ["Ann"]);
    assert!(page.says("Lead source is Fair (North)"), "{page:?}");
    let without = page.attribute("[aria-label='Remove filter: Team is North']", "href");
    let without = without.unwrap();
    assert_eq!(without, format!("/leads?lead_source_id={fair}"));
    let answer = firm.program().get(&format!("/leads?lead_source_id={web}"));
    assert_eq!(answer.of(200)["meta"]["total"], 2);
}

#[test]
fn another_accounts_leads_are_not_listed() {
    let app = TestApp::start();
    let (firm, other) = (app.firm("Acme"), app.firm("Zenith"));
    other.lead("Secret");
    let owner = firm.signed_in(Role::Owner);
    for query in ["", "?q=secret", "?archived=true"] {
        assert!(
            !owner.get(&format!("/leads{query}")).body.contains("Secret"),
            "{query}"
        );
    }
}

#[test]
fn a_full_page_costs_at_most_seven_questions() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    firm.leads((0..120).map(|n| named(&format!("Lead {n}"))).collect());
    let rep = firm.signed_in(Role::Rep);
    for query in [
        "",
        "?status=new",
        "?q=lead",
        "?sort=last_name",
        "?owner=me&archived=true",
    ] {
        let (page, asked) = app.statements(|| rep.get(&format!("/leads{query}")));
        // Who is at the browser takes two more.
        assert!(asked.len() <= 9, "{query}: {asked:#?}");
        assert_eq!(page.status, 200);
    }
}
