//! What the leads and people of a workflow have to do with it.

use super::{Checked, Surroundings};
use crate::connectors::{Channel, Kind};
use crate::workflows::{Graph, Node};

/// More tasks than a person does in a day beside other work.
const MANY_TASKS: i64 = 60;

pub(super) fn check(graph: &Graph, surroundings: &Surroundings, found: &mut Checked) {
    let reaches = |by: &[Channel]| {
        let mut channels = graph
            .nodes
            .iter()
            .filter_map(|node| node.node_type.channel());
        channels.any(|channel| by.contains(&channel))
    };
    if reaches(&[Channel::Call, Channel::Sms, Channel::Whatsapp]) {
        without(surroundings.leads_without_phone, "phone number", found);
    }
    if reaches(&[Channel::Email]) {
        without(surroundings.leads_without_email, "e-mail address", found);
    }
    let tasks = graph
        .nodes
        .iter()
        .filter(|node| is_task(node, surroundings));
    let tasks = i64::try_from(tasks.count()).unwrap_or(i64::MAX);
    if tasks == 0 {
        return;
    }
    if surroundings.people == 0 {
        let sentence = "Nobody is there to do the calls and messages of this workflow";
        return found.warn(None, sentence.to_owned());
    }
    let a_day = surroundings.leads_of_last_week.saturating_mul(tasks) / 7 / surroundings.people;
    if a_day > MANY_TASKS {
        let sentence = format!(
            "About {a_day} tasks a day for each of {} people, if as many leads come in as in \
             the last week",
            surroundings.people
        );
        found.warn(None, sentence);
    }
}

fn without(leads: i64, what: &str, found: &mut Checked) {
    match leads {
        0 => {}
        1 => found.warn(None, format!("1 lead of the workflow has no {what}")),
        leads => found.warn(
            None,
            format!("{leads} leads of the workflow have no {what}"),
        ),
    }
}

/// Whether a person does this step.
fn is_task(node: &Node, surroundings: &Surroundings) -> bool {
    match node.node_type.channel() {
        None | Some(Channel::Email) => false,
        Some(channel) => surroundings.sender(channel) == Some(Kind::Person),
    }
}
