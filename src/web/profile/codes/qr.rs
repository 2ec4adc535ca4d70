//! A QR code as a path of squares, so that no picture has to be fetched and no script run.

use std::fmt::Write as _;

use qrcodegen::{QrCode, QrCodeEcc};

use crate::error::{Error, Result};

/// Empty squares that cameras want around it (ISO/IEC 18004 §6.3.8).
const QUIET: i32 = 4;

/// A QR code.
pub struct Qr {
    /// Squares a side, the empty ones around it too.
    pub size: i32,
    /// The dark squares, for the `d` of an SVG path.
    pub path: String,
}

impl Qr {
    /// The code of a text.
    ///
    /// # Errors
    /// [`Error::Internal`] when the text is longer than a code can hold, some 2,300 bytes.
    pub fn of(text: &str) -> Result<Self> {
        let code = QrCode::encode_text(text, QrCodeEcc::Medium).map_err(Error::internal)?;
        let mut path = String::new();
        for y in 0..code.size() {
            for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
                // Writing to a string does not fail.
                let _ = write!(path, "M{} {}h1v1h-1z", x + QUIET, y + QUIET);
            }
        }
        Ok(Self {
            size: code.size() + 2 * QUIET,
            path,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_corners_are_where_cameras_look_for_them() {
        let qr = Qr::of("otpauth://totp/Leadline:ann?secret=GEZDGNBV&issuer=Leadline").unwrap();
        let dark = |x: i32, y: i32| qr.path.contains(&format!("M{x} {y}h1v1h-1z"));
        let last = qr.size - QUIET - 1;
        for (x, y, inwards) in [(4, 4, 1), (last, 4, -1), (4, last, 1)] {
            let down = if y == 4 { 1 } else { -1 };
            assert!(dark(x, y) && dark(x + inwards * 3, y + down * 3), "{x} {y}");
            assert!(!dark(x + inwards, y + down), "{x} {y}");
        }
    }

    #[test]
    fn a_text_that_no_code_can_hold_is_refused() {
        assert!(Qr::of(&"x".repeat(3000)).is_err());
    }
}
