//! What wants somebody, in words.

use crate::connectors::{Channel, Trouble};
use crate::rotations::Unserved;
use crate::web::settings::connectors::called;
use crate::workflows::{IdleWorkflow, StoppedLead};

/// How many stopped leads are named before the others are folded away.
const NAMED: usize = 3;

/// What was found.
pub struct Attention {
    /// Channels whose messages do not leave.
    pub failing: Vec<(Channel, Trouble)>,
    /// Leads that a fault has stopped, one more than [`Self::MOST_STOPPED`] when there are more.
    pub stopped: Vec<StoppedLead>,
    /// Workflows that wait for somebody.
    pub idle: Vec<IdleWorkflow>,
    /// Rotations that found nobody for a lead.
    pub unserved: Vec<Unserved>,
}

impl Attention {
    /// How many stopped leads are shown.
    pub const MOST_STOPPED: i64 = 20;

    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.failing.is_empty()
            && self.stopped.is_empty()
            && self.idle.is_empty()
            && self.unserved.is_empty()
    }

    /// "E-mails".
    pub fn called(&self, channel: &Channel) -> &'static str {
        called(*channel)
    }

    /// "One lead was", "12 leads were", "More than 20 leads were".
    pub fn stopped_said(&self) -> String {
        let most = usize::try_from(Self::MOST_STOPPED).unwrap_or(usize::MAX);
        match self.stopped.len() {
            1 => "One lead was".to_owned(),
            many if many > most => format!("More than {most} leads were"),
            many => format!("{many} leads were"),
        }
    }

    /// The newest of them.
    pub fn named(&self) -> &[StoppedLead] {
        &self.stopped[..self.stopped.len().min(NAMED)]
    }

    /// Those that are folded away.
    pub fn folded(&self) -> &[StoppedLead] {
        let most = usize::try_from(Self::MOST_STOPPED).unwrap_or(usize::MAX);
        let shown = self.stopped.len().min(most);
        self.stopped.get(NAMED..shown).unwrap_or_default()
    }
}
