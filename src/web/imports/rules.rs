//! `GET /imports/{id}/rules`

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use uuid::Uuid;

use super::steps::address;
use super::{
    Choice, Ctx, Fault, Form, Nav, Page, Problems, Step, Steps, closed, filters, redirect, render,
    to_change,
};
use crate::caller::Person;
use crate::campaigns;
use crate::enrolment::imports::{Import, Rules as Chosen};
use crate::enrolment::{Existing, Field, MatchBy, Owners};
use crate::people;
use crate::rotations::{self, AtWork};
use crate::workflows::{self, WorkflowStatus};

/// What can be chosen.
struct Offer {
    workflows: Vec<workflows::Choice>,
    campaigns: Vec<campaigns::Campaign>,
    people: Vec<Person>,
    has_rotation: bool,
}

#[derive(Template)]
#[template(path = "imports/rules.html")]
struct Rules<'a> {
    page: Page,
    steps: Steps,
    import: Import,
    offer: Offer,
    form: &'a Form,
    problems: Problems,
}

/// One of several, with what it means.
struct Way {
    word: &'static str,
    name: &'static str,
    says: &'static str,
    is_chosen: bool,
}

/// The rules for the rows of a file.
///
/// # Errors
/// Not found; forbidden without the right to import.
pub async fn rules(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    page(&ctx, StatusCode::OK, *id, None, Problems::default()).await
}

/// The page, with what somebody chose.
///
/// # Errors
/// Not found; forbidden without the right to import.
pub async fn page(
    ctx: &Ctx,
    status: StatusCode,
    id: Uuid,
    typed: Option<&Form>,
    problems: Problems,
) -> Result<HttpResponse, Fault> {
    let import = to_change(ctx, id).await?;
    if let Some(elsewhere) = closed(&import) {
        return Ok(elsewhere);
    }
    let Some(plan) = &import.plan else {
        return Ok(redirect(&address(&import, Step::Columns)));
    };
    let present = filled(&Chosen::of(plan));
    let offer = ctx.run(|conn, caller| {
        Ok(Offer {
            workflows: workflows::choices(conn, caller)?,
            campaigns: campaigns::list(conn, caller)?,
            people: people::active_people(conn, caller)?,
            has_rotation: rotations::at_work(conn, caller)?
                .iter()
                .any(AtWork::is_default),
        })
    });
    let rules = Rules {
        page: ctx.page(Nav::Imports),
        steps: Steps::of(&import, Step::Rules),
        offer: offer.await?,
        import,
        form: typed.unwrap_or(&present),
        problems,
    };
    render(status, &rules)
}

/// The form as rules fill it.
fn filled(rules: &Chosen) -> Form {
    let id = |id: Option<Uuid>| id.map(|id| id.to_string()).unwrap_or_default();
    let many = rules.starts_a_day.map(|many| many.to_string());
    let mut pairs = vec![
        ("workflow_id", id(rules.workflow_id)),
        ("starts_a_day", many.unwrap_or_default()),
        ("existing", rules.existing.as_str().to_owned()),
        ("campaign_id", id(rules.campaign_id)),
        ("source", rules.source.clone()),
        ("tags", rules.tags.join(", ")),
    ];
    let matched = rules.match_by.iter();
    pairs.extend(matched.map(|by| ("match_by", by.as_str().to_owned())));
    match &rules.owners {
        Owners::Rotation => pairs.push(("owners", "rotation".to_owned())),
        Owners::Nobody => pairs.push(("owners", "nobody".to_owned())),
        Owners::Person(one) => {
            pairs.push(("owners", "person".to_owned()));
            pairs.push(("owner", one.to_string()));
        }
        Owners::InTurn(all) => {
            pairs.push(("owners", "in_turn".to_owned()));
            pairs.extend(all.iter().map(|one| ("turn", one.to_string())));
        }
    }
    Form::of(
        pairs
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value)),
    )
}

impl Rules<'_> {
    /// Workflows, with a word beside those that do not run.
    fn workflows(&self) -> Vec<Choice> {
        let current = self.form.get("workflow_id");
        let none = Choice::new("", "None: they are only leads", current);
        let all = self.offer.workflows.iter().map(|one| {
            let label = match one.status {
                WorkflowStatus::Active => one.name.clone(),
                status => format!("{} ({}: begins once it is activated)", one.name, status),
            };
            Choice::new(one.id.to_string(), label, current)
        });
        std::iter::once(none).chain(all).collect()
    }

    fn campaigns(&self) -> Vec<Choice> {
        let current = self.form.get("campaign_id");
        let all = self.offer.campaigns.iter();
        let all = all.map(|one| Choice::new(one.id.to_string(), &one.name, current));
        std::iter::once(Choice::new("", "None", current))
            .chain(all)
            .collect()
    }

    /// By what leads can be found again; a column that fills it has to be there.
    fn matches(&self) -> Vec<Way> {
        let ways = [
            (MatchBy::Phone, Field::Phone, "Phone"),
            (MatchBy::Email, Field::Email, "E-mail"),
            (MatchBy::ExternalId, Field::ExternalId, "External id"),
        ];
        let way = |(by, field, name): (MatchBy, Field, &'static str)| Way {
            word: by.as_str(),
            name,
            says: if self.has(field) {
                ""
            } else {
                "no column is for it"
            },
            is_chosen: self.form.all("match_by").any(|one| one == by.as_str()),
        };
        ways.map(way).into()
    }

    fn existing(&self) -> Vec<Way> {
        let ways = [
            (
                Existing::Skip,
                "Leave it as it is",
                "The row is skipped, with its reason.",
            ),
            (
                Existing::Fill,
                "Fill in what is blank",
                "What the lead says already stays; the rest is taken from the file.",
            ),
            (
                Existing::Update,
                "Let the file win",
                "What the file says replaces what the lead says; blank cells change nothing.",
            ),
        ];
        let way = |(one, name, says): (Existing, &'static str, &'static str)| Way {
            word: one.as_str(),
            name,
            says,
            is_chosen: self.form.get("existing") == one.as_str(),
        };
        ways.map(way).into()
    }

    fn is_owned(&self, word: &str) -> bool {
        self.form.get("owners") == word
    }

    fn owners(&self) -> Vec<Choice> {
        self.people(|id| self.form.get("owner") == id)
    }

    fn turns(&self) -> Vec<Choice> {
        self.people(|id| self.form.all("turn").any(|one| one == id))
    }

    fn people(&self, is_chosen: impl Fn(&str) -> bool) -> Vec<Choice> {
        let all = self.offer.people.iter();
        let choice = |one: &Person| {
            let id = one.id.to_string();
            Choice {
                chosen: is_chosen(&id),
                label: one.name.clone(),
                value: id,
            }
        };
        all.map(choice).collect()
    }

    fn has_owner(&self) -> bool {
        self.has(Field::Owner)
    }

    fn has(&self, field: Field) -> bool {
        let plan = self.import.plan.as_ref();
        plan.is_some_and(|plan| plan.column_of(field).is_some())
    }
}
