//! Accounts, each with its own leads and people, and the API keys that act for them.

mod account;
mod authentication;
mod codes;
mod contact_hours;
mod keys;
mod new_key;
mod reps_see;

pub(crate) use account::{AccountRow, create};
pub use account::{NewAccount, any, count, countries, find, names, update};
pub use authentication::{authenticate_key, hash_key};
pub use codes::{roles_that_need_codes, set_roles_that_need_codes};
pub use contact_hours::{contact_hours, contact_hours_of, find_with_hours, set_contact_hours};
pub use keys::{Key, create_key, keys, revoke_key, revoke_key_named};
pub use new_key::NewKey;
pub use reps_see::set_leads_reps_see;
