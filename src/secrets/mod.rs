//! Random secrets that are handed out once and the digests under which they are found again;
//! signatures of what others keep for us; what the database keeps without being able to read; and
//! the codes that an app makes of a secret and the time.

mod sealer;
mod signature;
mod totp;

pub use sealer::Sealer;
pub use signature::{hmac, same, sign};
pub use totp::{TotpSecret, base32, in_groups};

use rand::distr::{Alphanumeric, SampleString};
use sha2::{Digest, Sha256};

/// A random text of letters and digits, 5.95 bits of randomness for each character.
pub fn random(characters: usize) -> String {
    Alphanumeric.sample_string(&mut rand::rng(), characters)
}

/// The SHA-256 of a secret, to look it up by. Fit only for secrets that nobody can guess, as
/// those of [`random`]; passwords need a slow hash.
pub fn digest(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_differ_and_are_plain_letters_and_digits() {
        let secret = random(43);
        assert_eq!(secret.len(), 43);
        assert!(secret.chars().all(|c| c.is_ascii_alphanumeric()));
        assert_ne!(secret, random(43));
    }

    #[test]
    fn the_digest_is_sha_256() {
        // FIPS 180-4's example for "abc".
        assert_eq!(digest("abc")[..4], [0xba, 0x78, 0x16, 0xbf]);
    }
}
