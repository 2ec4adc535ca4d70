//! Leads: the people a sales team may call or write to. Their fields, the list with its filters
//! and orders, what people write on them, and what happened to them.

mod arrivals;
mod by_phone;
mod called;
mod change;
mod cursor;
mod differences;
mod facets;
mod filter;
mod input;
mod keep;
mod lead;
mod merge;
mod metadata;
mod named;
mod neighbours;
mod notes;
mod options;
mod page;
mod rules;
mod search;
mod tags;
mod take_back;
mod timeline;
mod view;

pub use arrivals::{Arrivals, Day, arrivals};
pub use by_phone::{by_phone, hold_numbers};
pub use called::called;
pub use change::{LeadChanges, hold, update};
pub use cursor::Cursor;
pub use facets::{Choice, Facets, facets};
pub use filter::{CampaignFilter, Direction, OwnerFilter, Query, Sort};
pub use input::{NewLead, OwnerRef, Placement, Resolved, check_shared, insert, resolve};
pub use keep::{archive, delete, restore};
pub use lead::Lead;
pub use merge::{Added, How, Merge, merge, place, taken_back};
pub use metadata::{Metadata, Scalar};
pub use neighbours::neighbours;
pub use notes::add_note;
pub use options::{Names, Options, names, options};
pub use page::{COUNT_UP_TO, Page, Total, count, page, total};
pub use take_back::{campaigns_of, delete_many, hold_many, untouched};
pub use timeline::{Moment, Show, What, timeline};
pub use view::{LeadView, LiveRun, Named, Owner, RunStep, Standing, StandingWorkflow, find};
