//! What the column beside the timeline offers: the steps, statuses and workflows to choose from.

use chrono::{DateTime, TimeDelta, Utc};

use super::Choice;
use super::show::Show;

impl Show {
    /// Whether a person is to do the step the run is at.
    pub(super) fn is_task(&self) -> bool {
        let step = self.view.step.as_ref();
        step.is_some_and(|step| step.state == "task")
    }

    /// Whether something was due a while ago.
    pub(super) fn is_late(&self, at: &DateTime<Utc>) -> bool {
        self.page.now - at >= TimeDelta::minutes(1)
    }

    /// The colleague who has its task before them now.
    pub(super) fn colleague(&self) -> Option<&str> {
        let name = self.found.held_by.as_deref();
        name.filter(|name| *name != self.page.person.name)
    }

    /// Whether a person holds the run.
    pub(super) fn is_paused(&self) -> bool {
        let run = self.view.run.as_ref();
        run.is_some_and(|run| run.status == "paused")
    }

    /// The statuses of its workflow; those that end the run say so.
    pub(super) fn statuses(&self) -> Vec<Choice> {
        let typed = self.typed.value("status_key");
        let now = self.view.standing.as_ref().map(|now| now.key.as_str());
        let current = if typed.is_empty() {
            now.unwrap_or_default()
        } else {
            typed
        };
        let live = self.view.run.is_some();
        let choices = self.found.statuses.iter().map(|status| {
            let label = match live && status.is_terminal {
                true => format!("{} (ends the run)", status.label),
                false => status.label.clone(),
            };
            Choice::new(&status.key, label, current)
        });
        choices.collect()
    }

    /// Whose it could be: nobody's too, and theirs who has it, though they can get no other.
    pub(super) fn owners(&self) -> Vec<Choice> {
        let owner = self.view.lead.owner_id.map(|id| id.to_string());
        let now = owner.as_deref().unwrap_or_default();
        let mut owners = vec![Choice::new("", "Nobody", now)];
        let people = self.found.owners.iter();
        owners.extend(people.map(|one| Choice::new(one.id.to_string(), &one.name, now)));
        if let (Some(owner), false) = (&self.view.owner, owners.iter().any(|one| one.chosen)) {
            owners.push(Choice::new(now, &owner.name, now));
        }
        owners
    }

    /// The workflows that take leads.
    pub(super) fn workflow_choices(&self) -> Vec<Choice> {
        let typed = self.typed.value("workflow_id");
        let choices = self.found.workflows.iter().map(|one| {
            let label = match one.status.as_str() {
                "active" => one.name.clone(),
                status => format!("{} ({status}: leads wait)", one.name),
            };
            Choice::new(one.id.to_string(), label, typed)
        });
        choices.collect()
    }

    /// The steps of its run it could be at instead.
    pub(super) fn nodes(&self) -> Vec<Choice> {
        let typed = self.typed.value("node_id");
        let here = self.view.step.as_ref().map(|step| step.node_id);
        let progress = self.found.progress.iter();
        let nodes = progress.flat_map(|progress| &progress.nodes);
        let nodes = nodes.filter(|node| Some(node.id) != here);
        let choices = nodes.map(|node| Choice::new(node.id.to_string(), &node.label, typed));
        choices.collect()
    }

    /// What becomes of the run that it has now.
    pub(super) fn what_ends(&self) -> &'static str {
        match self.view.run {
            Some(_) => "The run it has now ends, and what is planned there is cancelled.",
            None => "",
        }
    }
}
