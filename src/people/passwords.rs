//! Passwords: which are good enough, how they are kept, and whether one is right. Hashing takes
//! some 30 ms and 19 MiB on purpose, so it belongs on threads of its own, never on those that
//! answer requests.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash as Phc;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use unicode_normalization::UnicodeNormalization;

use crate::error::{Error, Problem, Result};
use crate::text;

const SHORTEST: usize = 10;
const LONGEST: usize = 200;

/// What everybody tries first, as far as it is long enough.
const COMMONEST: [&str; 24] = [
    "0123456789",
    "0987654321",
    "1q2w3e4r5t",
    "1qaz2wsx3edc",
    "1234567890",
    "12345678910",
    "123456789a",
    "abc1234567",
    "abcd123456",
    "abcdefghij",
    "administrator",
    "changeme123",
    "iloveyou12",
    "leadline123",
    "password12",
    "password123",
    "password1234",
    "passw0rd123",
    "q1w2e3r4t5",
    "qwerty12345",
    "qwerty123456",
    "qwertyuiop",
    "welcome123",
    "zxcvbnm123",
];

/// The hash of a text nobody knows, with today's parameters: checked where there is no password,
/// so that the answer takes as long as where there is one.
const NOBODYS: &str = "$argon2id$v=19$m=19456,t=2,p=1$bGVhZGxpbmUtbm9ib2R5$\
                       hZLeS3Yg7TKR0Jr3XfK3QzmIDGyX5dkqwYZfWwUGRhk";

/// A password's argon2id hash as a PHC string.
#[derive(Clone)]
pub struct PasswordHash(String);

impl PasswordHash {
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PasswordHash(…)")
    }
}

/// The rule a new password breaks, if any: 10 to 200 characters, not the person's e-mail, not
/// one of the commonest.
pub fn password_problem(password: &str, email: &str) -> Option<Problem> {
    let folded = text::fold(password);
    let mut characters = folded.chars();
    let first = characters.next();
    match password.chars().count() {
        0 => Some(Problem::Required),
        count if count < SHORTEST => Some(Problem::TooShort(SHORTEST)),
        count if count > LONGEST => Some(Problem::TooLong(LONGEST)),
        _ if folded == text::fold(email) => Some(Problem::Said(
            "The password must not be your e-mail address".into(),
        )),
        _ if COMMONEST.contains(&folded.as_str()) || characters.all(|c| Some(c) == first) => Some(
            Problem::Said("This password is one of the first that others would try".into()),
        ),
        _ => None,
    }
}

/// Refuses a new password that breaks a rule.
///
/// # Errors
/// [`Error::Invalid`] of the field `password`.
pub fn check_password(password: &str, email: &str) -> Result<()> {
    password_problem(password, email)
        .map_or(Ok(()), |problem| Err(Error::invalid("password", problem)))
}

/// Hashes a password with argon2id as OWASP recommends: 19 MiB, 2 passes, 1 lane. Slow.
///
/// # Errors
/// [`Error::Internal`] when the machine gives no randomness or no memory.
pub fn hash_password(password: &str) -> Result<PasswordHash> {
    let hash: Phc = Argon2::default()
        .hash_password(typed_anywhere(password).as_bytes())
        .map_err(|error| Error::internal(error.to_string()))?;
    Ok(PasswordHash(hash.to_string()))
}

/// Whether the password is the one of this hash; without a hash it is not, after the same time.
/// Slow.
pub fn verify(password: &str, hash: Option<&str>) -> bool {
    let parsed = hash.and_then(|hash| Phc::new(hash).ok());
    let known = parsed.is_some();
    let Some(parsed) = parsed.or_else(|| Phc::new(NOBODYS).ok()) else {
        return false;
    };
    let password = typed_anywhere(password);
    let right = Argon2::default()
        .verify_password(password.as_bytes(), &parsed)
        .is_ok();
    known && right
}

/// The same characters whether a keyboard sends `é` as one or as two (NIST SP 800-63B-4 §3.1.1.2).
fn typed_anywhere(password: &str) -> String {
    password.nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(password: &str) -> Option<Problem> {
        password_problem(password, "ann@example.com")
    }

    #[test]
    fn a_password_has_10_to_200_characters() {
        assert_eq!(problem(""), Some(Problem::Required));
        assert_eq!(problem("ninechars"), Some(Problem::TooShort(10)));
        assert_eq!(problem("ten chars!"), None);
        assert_eq!(problem(&"añ".repeat(100)), None);
        assert_eq!(
            problem(&format!("{}b", "añ".repeat(100))),
            Some(Problem::TooLong(200))
        );
    }

    #[test]
    fn the_first_guesses_are_refused() {
        for guess in [
            "Password123",
            "aaaaaaaaaaaa",
            "1234567890",
            "Ann@Example.com",
        ] {
            assert!(matches!(problem(guess), Some(Problem::Said(_))), "{guess}");
        }
    }

    #[test]
    fn a_password_opens_only_its_own_hash() {
        let hash = hash_password("correct horse é").unwrap();
        assert!(hash.as_str().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(verify("correct horse é", Some(hash.as_str())));
        assert!(verify("correct horse e\u{301}", Some(hash.as_str())));
        assert!(!verify("correct horse e", Some(hash.as_str())));
        assert_eq!(format!("{hash:?}"), "PasswordHash(…)");
    }

    #[test]
    fn without_a_hash_the_same_work_is_done_for_nothing() {
        let nobodys = Phc::new(NOBODYS).unwrap();
        let real = hash_password("correct horse").unwrap();
        let real = Phc::new(real.as_str()).unwrap();
        assert_eq!(nobodys.params, real.params);
        assert_eq!(nobodys.algorithm, real.algorithm);
        assert!(nobodys.salt.is_some() && nobodys.hash.is_some());
        assert!(!verify("correct horse", None));
        assert!(!verify("correct horse", Some("no hash at all")));
    }
}
