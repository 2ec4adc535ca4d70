//! Campaigns: tags that say what brought leads in. Deleting one leaves its leads alone.

mod campaign;
mod change;

pub use campaign::{Campaign, find, list, page};
pub use change::{CampaignInput, create, delete, update};
