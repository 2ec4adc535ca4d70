//! Leads: the people a sales team may call or write to. Their fields, the list with its filters
//! and orders, what people write on them, and what happened to them.

mod arrivals;
mod assign;
mod called;
mod change;
mod cursor;
mod differences;
mod equals;
mod facets;
mod filter;
mod give;
mod hold_keys;
mod imported;
mod input;
mod insert;
mod keep;
mod key_figures;
mod keys;
mod lead;
mod merge;
mod metadata;
mod named;
mod neighbours;
mod notes;
mod options;
mod order;
mod page;
mod previous;
mod recent_keys;
mod rules;
mod search;
mod selection;
mod sight;
mod tags;
mod take_back;
mod timeline;
mod twins;
mod updated_row;
mod view;
mod whole;

pub use arrivals::{Arrivals, Day, arrivals};
pub use assign::{Assigned, assign, hand_over, owned_by};
pub use called::called;
pub use change::{LeadChanges, hold, update};
pub use cursor::Cursor;
pub use equals::{Equals, TextField, TimeField};
pub use facets::{Choice, Facets, facets};
pub use filter::{CampaignFilter, OwnerFilter, Query};
pub use give::give_each;
pub use hold_keys::{Patience, hold_every_key, hold_keys};
pub use imported::{Came, Imported};
pub use input::{NewLead, OwnerRef, Placement, Resolved, check_shared, resolve, resolve_by};
pub use insert::insert;
pub use keep::{archive, delete, restore};
pub use key_figures::{KeyFigures, LOOKED_AT, key_figures};
pub use keys::{ByKey, Key, Keys, Match};
pub use lead::Lead;
pub use merge::{Added, How, Merge, merge, place, taken_back};
pub use metadata::{Metadata, Scalar};
pub use neighbours::neighbours;
pub use notes::add_note;
pub use options::{Names, Options, names, options};
pub use order::{Direction, Sort};
pub use page::{COUNT_UP_TO, Page, Total, count, page, total};
pub use previous::previous_owners;
pub use recent_keys::recent_keys;
pub use selection::{ASSIGNED_AT_ONCE, Candidate, Selection, selected, some_of};
pub use take_back::{campaigns_of, delete_many, hold_many, untouched};
pub use timeline::{Moment, Show, What, timeline};
pub use twins::twins;
pub use view::{
    LeadView, LiveRun, Named, Numbered, Owner, RunStep, Standing, StandingWorkflow, changed, find,
    id_of,
};
pub use whole::{ids, own_keys, some};
