//! Two-factor codes: besides their password, a person shows that they hold what an app makes codes
//! of, or one of the recovery codes they keep for the day the app is gone.

mod check;
mod recovery;
mod secret;
mod turning_off;
mod turning_on;

pub use recovery::renew_recovery_codes;
pub use secret::{Codes, NewSecret, codes};
pub use turning_off::{reset_codes, turn_off_codes};
pub use turning_on::{begin_codes, turn_on_codes};

pub(super) use check::{Shown, accept, count_try};
pub(super) use secret::sealed_secret;
pub(super) use turning_off::forget_codes;
