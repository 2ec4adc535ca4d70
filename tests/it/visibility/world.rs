//! An account with two teams, and a lead of every kind of ownership.

use std::cell::Cell;

use chrono::TimeDelta;
use leadline::caller::{Person, RepsSee, Role};
use leadline::workflows::NodeType;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::app::{Browser, Firm, PASSWORD, TestApp, WithKey};

/// Whose a lead is, as a rep of the team North sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// The rep's own.
    Own,
    /// Of a colleague in North.
    Teammate,
    /// Nobody's, and of no team.
    Pool,
    /// Of somebody in South.
    Stranger,
    /// Nobody's, and of South.
    StrangersPool,
}

impl Of {
    pub const ALL: [Self; 5] = [
        Self::Own,
        Self::Teammate,
        Self::Pool,
        Self::Stranger,
        Self::StrangersPool,
    ];

    /// The first name of such a lead, which stands nowhere else.
    pub fn name(self) -> &'static str {
        match self {
            Self::Own => "Ottilie",
            Self::Teammate => "Tancred",
            Self::Pool => "Persephone",
            Self::Stranger => "Sigismund",
            Self::StrangersPool => "Xanthippe",
        }
    }

    /// Whether a person of this role sees it where reps see so much: Mona and Rita are in North.
    pub fn is_seen(self, role: Role, reps_see: RepsSee) -> bool {
        let of_team = matches!(self, Self::Own | Self::Teammate | Self::Pool);
        match (role, reps_see) {
            (Role::Owner | Role::Admin | Role::Viewer, _) | (Role::Rep, RepsSee::All) => true,
            (Role::Manager, _) | (Role::Rep, RepsSee::Team) => of_team,
            (Role::Rep, RepsSee::Own) => matches!(self, Self::Own | Self::Pool),
        }
    }
}

/// The account.
pub struct World<'a> {
    pub app: &'a TestApp,
    pub firm: Firm<'a>,
    pub program: WithKey,
    pub workflow: Uuid,
    pub campaign: Uuid,
    pub south: Uuid,
    dan: Person,
    pub eve: Person,
    owner: Browser,
    /// How many leads were told of, so that each has a number of its own.
    leads: Cell<u32>,
}

/// A lead that was called once.
pub struct Called {
    pub run: Uuid,
    /// What was recorded of the call; its step has the same id.
    pub attempt: Uuid,
}

impl<'a> World<'a> {
    pub fn new(app: &'a TestApp) -> Self {
        let firm = app.firm("Acme");
        let dan = firm.hire("Dan Berg", Role::Rep);
        let eve = firm.hire("Eve Stone", Role::Rep);
        let north = [
            firm.person(Role::Manager).id,
            firm.person(Role::Rep).id,
            dan.id,
        ];
        firm.team("North", &north);
        Self {
            app,
            program: firm.program(),
            workflow: firm.workflow("Calls", &[NodeType::VoiceCall, NodeType::VoiceCall]),
            campaign: firm.campaign("Spring").id,
            south: firm.team("South", &[eve.id]),
            owner: firm.signed_in(Role::Owner),
            leads: Cell::new(0),
            dan,
            eve,
            firm,
        }
    }

    /// What the API is told of a lead of this kind.
    pub fn lead_of(&self, of: Of) -> Value {
        let (owner, team) = match of {
            Of::Own => (Some(self.firm.person(Role::Rep)), None),
            Of::Teammate => (Some(&self.dan), None),
            Of::Pool => (None, None),
            Of::Stranger => (Some(&self.eve), Some(self.south)),
            Of::StrangersPool => (None, Some(self.south)),
        };
        let number = self.leads.replace(self.leads.get() + 1);
        json!({
            "first_name": of.name(), "phone": format!("+44207946{number:04}"), "source": of.name(),
            "owner": owner.map(|person| person.id), "team_id": team,
            "campaign_id": self.campaign,
        })
    }

    /// A lead of this kind.
    pub fn lead(&self, of: Of) -> Uuid {
        id(&self.program.post("/leads", &self.lead_of(of)).of(201)["lead"])
    }

    /// A lead of this kind for whom a person is to do something now, and did once.
    pub fn called(&self, of: Of) -> Called {
        // The newest call is this lead's.
        self.app.wait(TimeDelta::seconds(1));
        let mut lead = self.lead_of(of);
        lead["workflow_id"] = json!(self.workflow);
        let made = self.program.post("/leads", &lead).of(201);
        let run = id(&made["workflow_run"]);
        self.app.work();
        let path = format!("/workflows/{}/leads/{run}/outcomes", self.workflow);
        let reported = json!({ "outcome": "COMPLETED" });
        self.program.post(&path, &reported).of(201);
        self.app.work();
        let outbox = self.owner.get("/outbox");
        let newest = outbox.attribute("a[href^='/outbox/']", "href").unwrap();
        let attempt = newest.rsplit('/').next().unwrap().parse().unwrap();
        Called { run, attempt }
    }

    /// A lead of every kind, each called once.
    pub fn all_called(&self) -> Vec<(Of, Called)> {
        Of::ALL.map(|of| (of, self.called(of))).into()
    }

    /// A browser of the person with this role.
    pub fn browser(&self, role: Role) -> Browser {
        self.firm.signed_in(role)
    }

    /// A browser of somebody else.
    pub fn browser_of(&self, person: &Person) -> Browser {
        let browser = self.app.visitor();
        assert_eq!(browser.sign_in(&person.email, PASSWORD).status, 303);
        browser
    }

    /// A program with a key that acts for the person with this role.
    pub fn program_of(&self, role: Role) -> WithKey {
        let (name, email) = (Uuid::now_v7().to_string(), self.firm.email(role));
        self.app
            .with_key(&self.firm.key_for(&name, &[], Some(email)))
    }
}

/// Each role, and what reps see: what they see changes nothing for the others.
pub fn everybody() -> Vec<(Role, RepsSee)> {
    let others = Role::ALL.iter().filter(|role| **role != Role::Rep);
    let others = others.map(|role| (*role, RepsSee::Own));
    let reps = RepsSee::ALL.iter().map(|reps_see| (Role::Rep, *reps_see));
    others.chain(reps).collect()
}

/// The id of something the API has told of.
pub fn id(thing: &Value) -> Uuid {
    let id = thing["id"].as_str().unwrap_or_else(|| panic!("{thing}"));
    Uuid::try_parse(id).unwrap()
}
