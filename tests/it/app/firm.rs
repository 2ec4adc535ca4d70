//! An account with people, keys, campaigns and leads, made through the rooms as the pages and the
//! API do it.

use std::sync::OnceLock;

use leadline::accounts::{self, NewAccount, NewKey};
use leadline::caller::{Actor, Caller, Person, Role, Scope, Sees};
use leadline::campaigns::{self, Campaign, CampaignInput};
use leadline::enrolment::{self, Intake};
use leadline::fields::{self, FieldInput, Kind};
use leadline::leads::NewLead;
use leadline::people::{self, Founding, NewUser, PasswordHash};
use leadline::rotations::{self, MemberInput, RotationInput, Status, Strategy};
use leadline::teams::{self, MemberRef, SourceInput, TeamInput};
use leadline::workflows::{
    self, GoalType, NewEdge, NewNode, NewWorkflow, NodeType, WorkflowStatus,
};
use serde_json::json;
use uuid::Uuid;

use super::{Browser, TestApp, WithKey};

/// Everybody's.
pub const PASSWORD: &str = "deep water under the keel";

/// An account and its people, one of each role.
pub struct Firm<'a> {
    app: &'a TestApp,
    pub name: String,
    owner: Caller,
    people: Vec<Person>,
}

impl<'a> Firm<'a> {
    pub fn found(app: &'a TestApp, name: &str) -> Self {
        let founding = Founding {
            account: NewAccount {
                name: name.to_owned(),
                default_country: "US".to_owned(),
                time_zone: "UTC".to_owned(),
            },
            name: person(Role::Owner).to_owned(),
            email: address(name, Role::Owner),
        };
        let mut conn = app.connect();
        let now = app.clock.now();
        let (account, owner) = people::found(&mut conn, founding, hash(), now, None).unwrap();
        let mut firm = Self {
            app,
            name: name.to_owned(),
            owner: Caller {
                account,
                actor: Actor::User(owner.clone()),
                sees: Sees::All,
                request: None,
                now,
            },
            people: vec![owner],
        };
        for role in Role::ALL
            .iter()
            .copied()
            .filter(|role| *role != Role::Owner)
        {
            let new = NewUser {
                name: person(role).to_owned(),
                email: address(name, role),
                role,
            };
            let user = people::create_user(&mut conn, &firm.owner, new, hash()).unwrap();
            firm.people.push(Person {
                id: user.id,
                name: user.name,
                email: user.email,
                role,
            });
        }
        firm
    }

    /// The server it is on.
    pub fn app(&self) -> &'a TestApp {
        self.app
    }

    /// The person with a role.
    pub fn person(&self, role: Role) -> &Person {
        self.people
            .iter()
            .find(|person| person.role == role)
            .unwrap()
    }

    pub fn email(&self, role: Role) -> &str {
        &self.person(role).email
    }

    /// The owner as the rooms know them, at this instant.
    pub fn owner(&self) -> Caller {
        let now = self.app.clock.now();
        Caller {
            now,
            ..self.owner.clone()
        }
    }

    /// A browser at which the person with this role has signed in.
    pub fn signed_in(&self, role: Role) -> Browser {
        let browser = self.app.visitor();
        let answer = browser.sign_in(self.email(role), PASSWORD);
        assert_eq!(answer.status, 303, "{answer:?}");
        browser
    }

    /// A program with a key that may do everything.
    pub fn program(&self) -> WithKey {
        self.app.with_key(&self.key("Everything", &[]))
    }

    /// A new key's secret; no scopes stand for all.
    pub fn key(&self, name: &str, scopes: &[Scope]) -> String {
        self.key_for(name, scopes, None)
    }

    /// The same of a key that acts for the person with this e-mail.
    pub fn key_for(&self, name: &str, scopes: &[Scope], person: Option<&str>) -> String {
        let input = NewKey {
            name: name.to_owned(),
            scopes: scopes.to_vec(),
            expires_at: None,
            person: person.map(str::to_owned),
        };
        let made = accounts::create_key(&mut self.app.connect(), &self.owner(), input);
        made.unwrap().1
    }

    pub fn campaign(&self, name: &str) -> Campaign {
        let input = CampaignInput {
            name: name.to_owned(),
            description: None,
        };
        campaigns::create(&mut self.app.connect(), &self.owner(), input).unwrap()
    }

    /// A team of these people.
    pub fn team(&self, name: &str, people: &[Uuid]) -> Uuid {
        let input = TeamInput {
            name: name.to_owned(),
            is_active: true,
            members: people.iter().copied().map(MemberRef::Id).collect(),
        };
        let made = teams::create_team(&mut self.app.connect(), &self.owner(), input);
        made.unwrap().id
    }

    /// A lead source of this team, or of the account.
    pub fn source(&self, name: &str, team_id: Option<Uuid>) -> Uuid {
        let input = SourceInput {
            name: name.to_owned(),
            team_id,
            is_active: true,
        };
        let made = teams::create_source(&mut self.app.connect(), &self.owner(), input);
        made.unwrap().id
    }

    /// A field of this key, which is called as it is.
    pub fn field(&self, key: &str, kind: Kind, choices: &[&str]) -> Uuid {
        let input = FieldInput {
            label: key.to_owned(),
            kind,
            choices: choices.iter().map(|one| (*one).to_owned()).collect(),
        };
        let made = fields::create(&mut self.app.connect(), &self.owner(), key, input);
        made.unwrap().id
    }

    /// A rotation at work, of a team or of the account, with these people one after another.
    pub fn rotation(&self, name: &str, team_id: Option<Uuid>, people: &[Role]) -> Uuid {
        let person = |role: &Role| MemberInput::of(MemberRef::Id(self.person(*role).id));
        let input = RotationInput {
            name: name.to_owned(),
            team_id,
            strategy: Strategy::RoundRobin,
            status: Status::Active,
            fallback: None,
            members: people.iter().map(person).collect(),
        };
        let made = rotations::create(&mut self.app.connect(), &self.owner(), input);
        made.unwrap().id
    }

    /// A workflow that runs and goes through these steps, whatever their outcome.
    pub fn workflow(&self, name: &str, steps: &[NodeType]) -> Uuid {
        let node = |node_type: &NodeType| NewNode {
            node_type: *node_type,
            label: node_type.to_string(),
            config: match node_type {
                NodeType::VoiceCall => json!({ "max_attempts": 3 }),
                NodeType::Sms | NodeType::Whatsapp => {
                    json!({ "max_attempts": 3, "text": "Hello {{first_name}}" })
                }
                NodeType::Email => {
                    json!({ "max_attempts": 3, "subject": "Hello", "text": "Hello {{first_name}}" })
                }
                NodeType::Time => json!({ "delay_hours": 24 }),
                _ => json!({}),
            },
        };
        let end = NodeType::Converted;
        let input = NewWorkflow {
            name: name.to_owned(),
            description: None,
            goal_type: GoalType::Appointment,
            status: WorkflowStatus::Active,
            nodes: steps.iter().chain([&end]).map(node).collect(),
            edges: (0..steps.len())
                .map(|from| NewEdge {
                    from,
                    to: from + 1,
                    label: None,
                })
                .collect(),
        };
        let made = workflows::create(&mut self.app.connect(), &self.owner(), input);
        made.unwrap().row.id
    }

    /// A lead with this first name.
    pub fn lead(&self, first_name: &str) -> Uuid {
        self.lead_with(NewLead {
            first_name: first_name.to_owned(),
            ..NewLead::default()
        })
    }

    /// A lead as it is given.
    pub fn lead_with(&self, lead: NewLead) -> Uuid {
        self.leads(vec![lead])[0]
    }

    /// A lead with this first name and an address, in this workflow.
    pub fn enrolled(&self, first_name: &str, workflow_id: Uuid) -> Uuid {
        let intake = Intake {
            lead: NewLead {
                first_name: first_name.to_owned(),
                email: Some(format!("{}@example.com", first_name.to_lowercase())),
                source: "manual".to_owned(),
                ..NewLead::default()
            },
            workflow_id: Some(workflow_id),
            ..Intake::default()
        };
        let taken = enrolment::take_in(&mut self.app.connect(), &self.owner(), vec![intake]);
        let taken = taken.unwrap().pop().unwrap();
        taken.unwrap().lead.id
    }

    /// Many leads at once.
    pub fn leads(&self, mut new: Vec<NewLead>) -> Vec<Uuid> {
        for lead in new.iter_mut().filter(|lead| lead.source.is_empty()) {
            lead.source = "manual".to_owned();
        }
        let intakes = new.into_iter().map(|lead| Intake {
            lead,
            ..Intake::default()
        });
        let taken = enrolment::take_in(&mut self.app.connect(), &self.owner(), intakes.collect());
        taken
            .unwrap()
            .into_iter()
            .map(|taken| taken.unwrap().lead.id)
            .collect()
    }
}

fn person(role: Role) -> &'static str {
    match role {
        Role::Owner => "Olga Brandt",
        Role::Admin => "Adam Reyes",
        Role::Manager => "Mona Lindqvist",
        Role::Rep => "Rita Osei",
        Role::Viewer => "Victor Hale",
    }
}

fn address(firm: &str, role: Role) -> String {
    let domain: String = firm
        .to_lowercase()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join("-");
    format!("{role}@{domain}.example")
}

/// Hashing is slow on purpose, so it is done once.
pub(super) fn hash() -> &'static PasswordHash {
    static HASH: OnceLock<PasswordHash> = OnceLock::new();
    HASH.get_or_init(|| people::hash_password(PASSWORD).unwrap())
}
