//! Codes of six digits that an app and we work out of one secret and the time: RFC 6238 with
//! HMAC-SHA-1 and steps of 30 seconds, which is what every app can do.

use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit as _, Mac as _};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use sha1::Sha1;

use super::signature::same;

const STEP_SECONDS: i64 = 30;
const DIGITS: usize = 6;
/// As long as what HMAC-SHA-1 makes (RFC 4226 §4, R6).
const BYTES: usize = 20;
/// RFC 4648 §6.
const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// What codes are made of. It is nowhere printed: it has no `Debug`.
pub struct TotpSecret(Vec<u8>);

impl TotpSecret {
    /// One that nobody has yet.
    pub fn random() -> Self {
        let mut bytes = vec![0; BYTES];
        rand::fill(&mut bytes[..]);
        Self(bytes)
    }

    /// One that was kept.
    pub fn of(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// As it is kept, sealed.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// As people type it into an app, in groups of four.
    pub fn text(&self) -> String {
        in_groups(&base32(&self.0), " ")
    }

    /// As an app reads it from a picture: the address `otpauth://…` for somebody with this name.
    pub fn address(&self, name: &str) -> String {
        let (name, secret) = (utf8_percent_encode(name, NON_ALPHANUMERIC), base32(&self.0));
        format!("otpauth://totp/Leadline:{name}?secret={secret}&issuer=Leadline")
    }

    /// The step whose code was typed: this one, the one before or the next, since no two clocks
    /// agree (RFC 6238 §5.2).
    pub fn step_of(&self, typed: &str, now: DateTime<Utc>) -> Option<i64> {
        let current = now.timestamp().div_euclid(STEP_SECONDS);
        [current, current - 1, current + 1]
            .into_iter()
            .find(|step| same(self.code(*step), typed))
    }

    /// The code of a step (RFC 4226 §5.3).
    fn code(&self, step: i64) -> String {
        // A MAC takes a key of any length, so the default is never taken.
        let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(&self.0) else {
            return String::new();
        };
        mac.update(&step.to_be_bytes());
        let mac: [u8; 20] = mac.finalize().into_bytes().into();
        let at = usize::from(mac[19] & 0xf);
        let number = mac[at..at + 4]
            .iter()
            .fold(0_u32, |number, byte| number << 8 | u32::from(*byte));
        let number = (number & 0x7fff_ffff) % 10_u32.pow(DIGITS as u32);
        format!("{number:0DIGITS$}")
    }
}

/// Capital letters and the digits 2 to 7, five bits each, without padding.
pub fn base32(bytes: &[u8]) -> String {
    let bit = |at: usize| {
        let byte = bytes.get(at / 8).copied().unwrap_or_default();
        usize::from(byte >> (7 - at % 8) & 1)
    };
    let letter = |first: usize| (first..first + 5).fold(0, |letter, at| letter << 1 | bit(at));
    (0..bytes.len() * 8)
        .step_by(5)
        .map(|first| char::from(ALPHABET[letter(first)]))
        .collect()
}

/// In groups of four, which people read and type without losing their place.
pub fn in_groups(text: &str, between: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let groups: Vec<String> = letters
        .chunks(4)
        .map(|group| group.iter().collect())
        .collect();
    groups.join(between)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    /// RFC 6238, appendix B: the rows for SHA-1, of whose eight digits we ask for the last six.
    #[test]
    fn the_codes_are_those_of_rfc_6238() {
        let secret = TotpSecret::of(b"12345678901234567890".to_vec());
        for (seconds, code) in [
            (59, "94287082"),
            (1_111_111_109, "07081804"),
            (1_111_111_111, "14050471"),
            (1_234_567_890, "89005924"),
            (2_000_000_000, "69279037"),
            (20_000_000_000, "65353130"),
        ] {
            let step = seconds / STEP_SECONDS;
            assert_eq!(secret.code(step), code[2..], "{seconds}");
            assert_eq!(secret.step_of(&code[2..], at(seconds)), Some(step));
        }
    }

    #[test]
    fn a_code_is_good_one_step_either_side_and_no_further() {
        let secret = TotpSecret::of(b"12345678901234567890".to_vec());
        let code = secret.code(37_037_036);
        for (seconds, good) in [
            (1_111_111_049, false),
            (1_111_111_050, true),
            (1_111_111_139, true),
            (1_111_111_140, false),
        ] {
            assert_eq!(
                secret.step_of(&code, at(seconds)).is_some(),
                good,
                "{seconds}"
            );
        }
    }

    #[test]
    fn what_is_not_six_digits_is_no_code() {
        let secret = TotpSecret::random();
        let code = secret.code(0);
        for typed in ["", "1", &code[1..], &format!("{code}0"), "１２３４５６"] {
            assert_eq!(secret.step_of(typed, at(0)), None, "{typed:?}");
        }
    }

    #[test]
    fn base32_is_that_of_rfc_4648() {
        for (plain, text) in [
            ("", ""),
            ("f", "MY"),
            ("fo", "MZXQ"),
            ("foo", "MZXW6"),
            ("foob", "MZXW6YQ"),
            ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI"),
        ] {
            assert_eq!(base32(plain.as_bytes()), text);
        }
    }

    #[test]
    fn an_app_can_read_and_a_person_can_type_the_secret() {
        let secret = TotpSecret::of(b"12345678901234567890".to_vec());
        assert_eq!(secret.text(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        assert_eq!(
            secret.address("ann@acme.example"),
            "otpauth://totp/Leadline:ann%40acme%2Eexample\
             ?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Leadline"
        );
    }
}
