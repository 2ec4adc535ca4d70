//! The words of workflows, as contract §3 has them.

use crate::connectors::Channel;
use crate::db::text_enum;

text_enum! {
    /// Where a workflow is in its life.
    pub enum WorkflowStatus {
        /// Being built; its leads wait.
        Draft = "draft",
        /// Its leads are worked.
        Active = "active",
        /// Nothing fires.
        Paused = "paused",
        /// Done; it takes no more leads.
        Completed = "completed",
        /// Given up; it takes no more leads.
        Cancelled = "cancelled",
    }
}

text_enum! {
    /// What a workflow is for.
    pub enum GoalType {
        /// A meeting; its leads show whom they are assigned to.
        Appointment = "appointment",
        /// A sale.
        Sale = "sale",
        /// To know whether a lead is worth more.
        Qualification = "qualification",
        /// Nothing that is counted.
        None = "none",
    }
}

text_enum! {
    /// What a status means, whatever it is called.
    pub enum Category {
        /// Nothing has happened yet.
        Open = "open",
        /// On its way.
        Active = "active",
        /// Won.
        Won = "won",
        /// Lost.
        Lost = "lost",
    }
}

text_enum! {
    /// What a node does.
    pub enum NodeType {
        /// Calls the lead.
        VoiceCall = "VOICE_CALL",
        /// Sends a text message.
        Sms = "SMS",
        /// Sends a WhatsApp message.
        Whatsapp = "WHATSAPP",
        /// Sends an e-mail.
        Email = "EMAIL",
        /// Waits.
        Time = "TIME",
        /// Decides by what is known of the lead.
        Conditional = "CONDITIONAL",
        /// Tells another system.
        Application = "APPLICATION",
        /// Ends: won.
        Converted = "CONVERTED",
        /// Ends: given up.
        Dropped = "DROPPED",
    }
}

text_enum! {
    /// How a run stands.
    pub enum RunStatus {
        /// Enrolled; the workflow does not run yet.
        Pending = "pending",
        /// On its way.
        InProgress = "in_progress",
        /// Waits for an outcome.
        Waiting = "waiting",
        /// Held by a person.
        Paused = "paused",
        /// At its end.
        Completed = "completed",
        /// At its end, won.
        Converted = "converted",
        /// At its end, given up.
        Dropped = "dropped",
        /// Taken out.
        Removed = "removed",
        /// Stopped by a fault.
        Failed = "failed",
    }
}

text_enum! {
    /// How a try at a node stands.
    pub enum StepState {
        /// The worker looks at it when it is due.
        Scheduled = "scheduled",
        /// A person is to do it: it is in Today.
        Task = "task",
        /// It was handed over; its report is awaited.
        Sent = "sent",
        /// Over.
        Done = "done",
    }
}

text_enum! {
    /// How handing over a try stands.
    pub enum AttemptState {
        /// It waits to be handed over.
        Queued = "queued",
        /// It is being handed over.
        Sending = "sending",
        /// It was handed over; its report is awaited.
        Sent = "sent",
        /// Something came of it.
        Done = "done",
        /// It could not be handed over.
        Failed = "failed",
        /// It was called off before it left.
        Cancelled = "cancelled",
        /// It was handed over, and no report of it came.
        Unreported = "unreported",
    }
}

text_enum! {
    /// Which leads come first in Today.
    pub enum Priority {
        /// Before the others.
        High = "high",
        /// As usual.
        Normal = "normal",
        /// After the others.
        Low = "low",
    }
}

text_enum! {
    /// What becomes of a step that a person is to do while the lead's owner is away.
    pub enum WhenAway {
        /// It waits on their list.
        Stay = "stay",
        /// Everybody may do it.
        HandOver = "hand_over",
        /// It is put off until they are back.
        Shift = "shift",
    }
}

text_enum! {
    /// What becomes of the leads of older versions when a workflow is published.
    pub enum Moves {
        /// They stay where they are, to their end.
        Stay = "stay",
        /// They go over when they come to their next step.
        NextStep = "next_step",
        /// They go over at once.
        Now = "now",
    }
}

/// The rank in Today of a call-back that was promised; it comes before every priority.
pub const CALL_BACK_RANK: i16 = 0;

impl Priority {
    /// Its rank in Today, 1 to 3.
    pub fn rank(self) -> i16 {
        match self {
            Self::High => 1,
            Self::Normal => 2,
            Self::Low => 3,
        }
    }
}

impl RunStatus {
    /// Whether the run is not over.
    pub fn is_live(self) -> bool {
        matches!(
            self,
            Self::Pending | Self::InProgress | Self::Waiting | Self::Paused
        )
    }
}

impl WorkflowStatus {
    /// Whether leads can be enrolled; what is over takes none.
    pub fn takes_leads(self) -> bool {
        !matches!(self, Self::Completed | Self::Cancelled)
    }
}

impl NodeType {
    /// How this node reaches the lead, when it is an outreach step.
    pub fn channel(self) -> Option<Channel> {
        match self {
            Self::VoiceCall => Some(Channel::Call),
            Self::Sms => Some(Channel::Sms),
            Self::Whatsapp => Some(Channel::Whatsapp),
            Self::Email => Some(Channel::Email),
            Self::Time
            | Self::Conditional
            | Self::Application
            | Self::Converted
            | Self::Dropped => None,
        }
    }

    /// By which channel something leaves at this node: an outreach step's, or the other system's.
    pub fn leaves_by(self) -> Option<Channel> {
        match self {
            Self::Application => Some(Channel::Application),
            other => other.channel(),
        }
    }

    /// What a step is called that nobody has given a name.
    pub fn name(self) -> &'static str {
        match self {
            Self::VoiceCall => "Call",
            Self::Sms => "SMS",
            Self::Whatsapp => "WhatsApp",
            Self::Email => "E-mail",
            Self::Time => "Wait",
            Self::Conditional => "Question",
            Self::Application => "Request",
            Self::Converted => "Won",
            Self::Dropped => "Given up",
        }
    }

    /// Whether a run ends here.
    pub fn is_terminal(self) -> bool {
        matches!(self, Self::Converted | Self::Dropped)
    }
}
