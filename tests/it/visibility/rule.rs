//! The rule in SQL says what the rule says of a lead that was read.

use leadline::caller::{Caller, RepsSee, Role, Sees};
use leadline::leads::{self, NewLead, OwnerRef};

use crate::app::TestApp;

#[test]
fn a_list_holds_exactly_the_leads_that_are_seen() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let (dan, eve) = (
        firm.hire("Dan Berg", Role::Rep),
        firm.hire("Eve Stone", Role::Rep),
    );
    let rita = firm.person(Role::Rep).id;
    let teams = [firm.team("North", &[]), firm.team("South", &[])];
    let owners = [None, Some(rita), Some(dan.id), Some(eve.id)];
    let places = [None, Some(teams[0]), Some(teams[1])];
    let mut new = Vec::new();
    for owner in owners {
        for team_id in places {
            new.push(NewLead {
                first_name: "Ann".into(),
                owner: owner.map(OwnerRef::Id),
                team_id,
                ..NewLead::default()
            });
        }
    }
    firm.leads(new);
    let mut conn = app.connect();
    let all = leads::page(&mut conn, &firm.owner(), &leads::Query::default()).unwrap();
    assert_eq!(all.leads.len(), 12);
    for role in [Role::Rep, Role::Manager, Role::Admin] {
        for reps_see in RepsSee::ALL.iter().copied() {
            for of in 0..3 {
                for people in [vec![], vec![rita, dan.id]] {
                    let sees = Sees::of((rita, role), reps_see, teams[..of].to_vec(), people);
                    let caller = Caller {
                        sees: sees.clone(),
                        ..firm.owner()
                    };
                    let query = leads::Query::default();
                    let page = leads::page(&mut conn, &caller, &query).unwrap();
                    let seen = all.leads.iter().filter(|view| {
                        let lead = &view.lead;
                        sees.lead(lead.owner_id, lead.team_id)
                    });
                    let (seen, told) = (seen.map(|view| view.lead.id), page.leads.iter());
                    let told = told.map(|view| view.lead.id).collect::<Vec<_>>();
                    assert_eq!(told, seen.collect::<Vec<_>>(), "{sees:?}");
                    let counted = leads::count(&mut conn, &caller, &query, 100).unwrap();
                    assert_eq!(counted, told.len() as i64, "{sees:?}");
                    let whole = leads::ids(&mut conn, &caller, &query).unwrap();
                    assert_eq!(whole, told, "{sees:?}");
                }
            }
        }
    }
}
