//! The field catalogue: what an account says of the keys that its leads have in their metadata, as
//! what people call them and what may stand under them. Keys that are not in it take any text,
//! number or truth value.

mod catalogue;
mod change;
mod field;
mod input;
mod preset;
mod value;

pub use catalogue::{Catalogue, catalogue};
pub use change::{create, create_preset, delete, set_key, update};
pub use field::{Field, Kind, field, fields};
pub use input::{FieldInput, check_key};
pub use value::truth;

/// As many fields as an account may have.
const MOST: usize = 100;
