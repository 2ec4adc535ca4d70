//! Rotations: who gets the next lead, fairly and with the reason. A team may have one at work, and
//! the account one for all other leads, which is called `default` (contract §5); others are there to
//! be chosen. Turns are drawn before the leads they are for are written, in a transaction of a few
//! statements, so that leads that come in at once wait for each other only that long (ADR 15).

mod assign;
mod at_work;
mod change;
mod draw;
mod input;
mod load;
mod numbers;
mod rotation;
mod save;
mod turn;
mod turns;
mod wheel;

pub use assign::{Shared, assign, hand_out};
pub use at_work::{AtWork, Unserved, at_work, unserved};
pub use change::{acknowledge, create, set_status, update};
pub use draw::{draw, draw_from, next, preview};
pub use input::{MemberInput, RotationInput};
pub use numbers::rotation_id;
pub use rotation::{Member, Rotation, Status, Strategy, rotation, rotation_page, rotations};
pub use turn::{Because, Passed, Turn, changes};
pub use turns::Turns;
pub use wheel::Why;

/// What the rotation is called that all leads go through whose team has none.
pub const DEFAULT: &str = "default";
