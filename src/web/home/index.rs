//! `GET /`

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::arrivals::{Column, columns, compared, week};
use super::funnel::{Bar, bars, won_of_decided};
use super::glance::{Glance, load};
use super::{Nav, Page, filters};
use crate::caller::Permission;
use crate::enrolment::imports::Import;
use crate::leads::{self, OwnerFilter, Sort, Total};
use crate::web::imports::Progress;
use crate::web::leads::List;
use crate::web::{Ctx, Fault, render};
use crate::workflows::{Member, Tally};

/// How many of a team are shown.
const TEAM: usize = 8;

#[derive(Template)]
#[template(path = "home/index.html")]
struct Home {
    page: Page,
    glance: Glance,
    columns: Vec<Column>,
    /// The leads of seven days, and the list of them.
    week: (Total, String),
    bars: Vec<Bar>,
    may_workflows: bool,
}

/// The day at a glance.
///
/// # Errors
/// When the database can't be asked.
pub async fn index(ctx: Ctx) -> Result<HttpResponse, Fault> {
    let glance = ctx.run(load).await?;
    let home = Home {
        page: ctx.page(Nav::Home),
        columns: columns(&glance.arrivals, ctx.caller.account.time_zone),
        week: week(&glance.arrivals),
        bars: bars(&glance.stages),
        glance,
        may_workflows: ctx.may(Permission::WriteWorkflows),
    };
    render(StatusCode::OK, &home)
}

impl Home {
    fn compared(&self) -> Option<String> {
        compared(self.week.0, self.glance.arrivals.week_before)
    }

    fn today(&self) -> Option<&Column> {
        self.columns.last()
    }

    fn won_of_decided(&self) -> Option<(i64, i64)> {
        won_of_decided(&self.glance.stages)
    }

    /// How much of the day's work there is: what is done and what is due.
    fn all_work(&self, day: &Tally) -> i64 {
        day.done_today + day.due_now.leads
    }

    /// Those with something to do or done, who has most first.
    fn members(&self) -> Vec<&Member> {
        let team = self.glance.team.iter().flat_map(|team| &team.members);
        let busy = team.filter(|one| one.due.leads + one.done_today.leads > 0);
        busy.take(TEAM).collect()
    }

    fn has_workflow(&self) -> bool {
        !self.glance.stages.is_empty()
    }

    /// Whether leads of nobody are told: to those who hand them out.
    fn tells_unowned(&self) -> bool {
        self.may_workflows && self.glance.arrivals.nobodys.leads > 0
    }

    fn is_calm(&self) -> bool {
        self.glance.attention.is_empty() && self.has_workflow() && !self.tells_unowned()
    }

    fn import_said(&self, import: &Import) -> String {
        Progress::of(import, self.page.now).said
    }

    /// The leads of a person, or of everybody, what is due first on top.
    fn by_due(&self, owner: Option<OwnerFilter>) -> String {
        let query = leads::Query {
            owner,
            sort: Sort::NextActionAt,
            direction: leads::Direction::Ascending,
            ..leads::Query::default()
        };
        List::new(query).url()
    }

    fn of_member(&self, member: &Member) -> String {
        self.by_due(Some(OwnerFilter::Email(member.email.clone())))
    }
}
