//! `GET /today`

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use chrono::TimeDelta;

use super::desk::{AtHand, Desk, load};
use super::outcomes::{self, Button, buttons};
use super::reach::{Reach, reach};
use super::report::undo_path;
use super::stale::Stale;
use crate::web::leads::{facts, loose_facts};
use crate::web::{Ctx, Fault, Form, Nav, Page, Problems, filters, render};
use crate::workflows::{NodeType, Task, Undoable};

#[derive(Template)]
#[template(path = "today/show.html")]
struct Today {
    page: Page,
    desk: Desk,
    typed: Typed,
    stale: Option<Stale>,
    country: String,
}

/// What came back from a form that was not accepted.
#[derive(Default)]
pub struct Typed {
    /// What was sent.
    pub form: Form,
    /// What is wrong with it.
    pub problems: Problems,
}

/// The next lead to be worked.
///
/// # Errors
/// Forbidden without the right to write leads.
pub async fn show(ctx: Ctx) -> Result<HttpResponse, Fault> {
    page(&ctx, StatusCode::OK, Typed::default(), None).await
}

/// The page of the lead at hand.
///
/// # Errors
/// Forbidden without the right to write leads.
pub async fn page(
    ctx: &Ctx,
    status: StatusCode,
    typed: Typed,
    stale: Option<Stale>,
) -> Result<HttpResponse, Fault> {
    let desk = ctx.run(load).await?;
    let today = Today {
        page: ctx.page(Nav::Today),
        desk,
        typed,
        stale,
        country: ctx.caller.account.default_country.clone(),
    };
    render(status, &today)
}

impl Today {
    fn buttons(&self, at_hand: &AtHand) -> Vec<Button> {
        buttons(at_hand.task.node_type, &at_hand.task.effects)
    }

    fn may_call_back(&self, at_hand: &AtHand) -> bool {
        let mut effects = at_hand.task.effects.iter();
        effects.any(|effect| effect.outcome == "CALL_BACK")
    }

    fn is_call(&self, at_hand: &AtHand) -> bool {
        at_hand.task.node_type == NodeType::VoiceCall
    }

    /// How a time can be said, unless what is wrong with it says so already.
    fn hint(&self, problem: &str) -> &'static str {
        match problem {
            "" => "As in tue 3pm, tomorrow 9:30, in 2 hours",
            _ => "",
        }
    }

    /// Whether "due" has become "overdue".
    fn is_late(&self, task: &Task) -> bool {
        self.page.now - task.due_at >= TimeDelta::minutes(1)
    }

    fn reach(&self, at_hand: &AtHand) -> Option<Reach> {
        reach(&at_hand.task, &at_hand.view.lead)
    }

    fn undo_path(&self, undoable: &Undoable) -> String {
        undo_path(undoable)
    }

    fn outcome_said(&self, outcome: &str) -> String {
        outcomes::said(outcome)
    }

    /// What the lead says of its own: in fields, and under other keys.
    fn keys(&self, at_hand: &AtHand) -> Vec<(String, String)> {
        let (lead, catalogue) = (&at_hand.view.lead, &at_hand.catalogue);
        let mut all = facts(lead, catalogue);
        all.extend(loose_facts(lead, catalogue));
        all
    }

    /// How much of the day's work is behind: done, and all there is.
    fn progress(&self) -> (i64, i64) {
        let done = self.desk.tally.done_today;
        (done, done + self.desk.tally.due_now.leads)
    }

    /// Whether the sentence on top offers to take the last outcome back already.
    fn offers_undo(&self) -> bool {
        let flash = self.page.flash.as_ref();
        flash.is_some_and(|flash| flash.undo.is_some())
    }
}
