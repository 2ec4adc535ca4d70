//! The people of an account: how they come, sign in, are given a role, and go. A person signs in
//! with one e-mail, which belongs to one account.

mod absences;
mod acting;
mod availability;
mod codes;
mod founding;
mod invitations;
mod own;
mod passwords;
mod reset;
mod second_step;
mod sessions;
mod sign_in;
mod standing;
mod sweep;
mod tasks;
mod user;

pub use absences::{Absence, add_absence, remove_absence};
pub use acting::{caller_for_user, caller_of_session};
pub use availability::{Availability, Off, availability, off, read_hours, set_working_hours};
pub use codes::{
    Codes, NewSecret, begin_codes, codes, renew_recovery_codes, reset_codes, turn_off_codes,
    turn_on_codes,
};
pub use founding::{Founding, NewUser, create_user, found, found_first};
pub use invitations::{Invitation, Invited, accept, invitation, invite};
pub use own::{Session, change_password, revoke_other_sessions, revoke_session, sessions};
pub use passwords::{PasswordHash, check_password, hash_password, password_problem, verify};
pub use reset::reset;
pub use second_step::{HalfWay, enter_with_code};
pub use sessions::{
    NewSession, SessionRow, delete_session, load_session, save_session, touch_session,
    update_session,
};
pub use sign_in::{Candidate, Entrance, attempt, signed_in};
pub use standing::{change_role, deactivate, reactivate};
pub use sweep::sweep;
pub use user::{User, active_people, emails, users};
