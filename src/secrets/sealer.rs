//! Sealing: what the database keeps but must not be able to tell, as a connector's password, and
//! tokens that a link carries and nobody else can make.

use aes_gcm::aead::{Aead as _, KeyInit as _, Payload};
use aes_gcm::{Aes256Gcm, Key, Nonce};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::signature::{hmac, same, sign_bytes};

/// How what is sealed is laid out; it stands in front, so that there can be another one day.
const LAYOUT: u8 = 1;
const NONCE: usize = 12;
/// Half of an HMAC-SHA-256: nobody guesses 128 bits, and the link stays short.
const MAC: usize = 16;

/// Seals and opens, and makes tokens, with keys of its own that follow from the instance's secret.
pub struct Sealer {
    cipher: Aes256Gcm,
    token_key: [u8; 32],
}

impl Sealer {
    /// The sealer of the instance that has this secret.
    pub fn new(secret: &[u8]) -> Self {
        let key = hmac(secret, &[b"leadline seal"]);
        Self {
            cipher: Aes256Gcm::new(&Key::<Aes256Gcm>::from(key)),
            token_key: hmac(secret, &[b"leadline token"]),
        }
    }

    /// `plain` so that only [`Sealer::open`] with the same context can read it. The context says
    /// whose it is, as `connector <account> <channel>`: what is moved to another row stays shut.
    pub fn seal(&self, context: &str, plain: &[u8]) -> Vec<u8> {
        let mut nonce = [0_u8; NONCE];
        rand::fill(&mut nonce);
        let payload = Payload {
            msg: plain,
            aad: context.as_bytes(),
        };
        // Fails for more than 64 GiB alone; what is empty never opens.
        let Ok(sealed) = self.cipher.encrypt(&Nonce::from(nonce), payload) else {
            return Vec::new();
        };
        [&[LAYOUT][..], &nonce, &sealed].concat()
    }

    /// What was sealed; nothing when it was not sealed by this instance, for another context, or
    /// was changed since.
    pub fn open(&self, context: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        let sealed = sealed.strip_prefix(&[LAYOUT])?;
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>()?;
        let payload = Payload {
            msg: sealed,
            aad: context.as_bytes(),
        };
        self.cipher.decrypt(&Nonce::from(*nonce), payload).ok()
    }

    /// The parts as a token that fits into an address and is good for ever. Who holds it can
    /// read the parts but not change them. An id goes in as its 16 bytes to keep the link short.
    pub fn token(&self, context: &str, parts: &[impl AsRef<[u8]>]) -> String {
        let mut body = Vec::new();
        for part in parts {
            let part = part.as_ref();
            let length = u32::try_from(part.len()).unwrap_or(u32::MAX);
            body.extend_from_slice(&length.to_be_bytes());
            body.extend_from_slice(part);
        }
        let mac = &sign_bytes(&self.token_key, context, &[&body])[..MAC];
        URL_SAFE_NO_PAD.encode([mac, &body].concat())
    }

    /// The parts of a token that [`Sealer::token`] made for this context.
    pub fn read_token(&self, context: &str, token: &str) -> Option<Vec<Vec<u8>>> {
        let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
        let (mac, mut body) = bytes.split_at_checked(MAC)?;
        let ours = sign_bytes(&self.token_key, context, &[body]);
        if !same(mac, &ours[..MAC]) {
            return None;
        }
        let mut parts = Vec::new();
        while let Some((length, rest)) = body.split_first_chunk() {
            let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
            let (part, rest) = rest.split_at_checked(length)?;
            parts.push(part.to_owned());
            body = rest;
        }
        body.is_empty().then_some(parts)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_sealed_opens_for_the_same_instance_and_context_alone() {
        let sealer = Sealer::new(&[7; 64]);
        let sealed = sealer.seal("connector a", b"password");
        let opened = sealer.open("connector a", &sealed);
        assert_eq!(opened.as_deref(), Some(&b"password"[..]));
        assert_eq!(sealer.open("connector b", &sealed), None);
        assert_eq!(Sealer::new(&[8; 64]).open("connector a", &sealed), None);
        let again = Sealer::new(&[7; 64]);
        assert!(again.open("connector a", &sealed).is_some());
    }

    #[test]
    fn no_byte_of_what_is_sealed_can_be_changed_or_left_out() {
        let sealer = Sealer::new(&[7; 64]);
        let sealed = sealer.seal("x", b"password");
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert_eq!(sealer.open("x", &changed), None, "byte {at}");
            assert_eq!(sealer.open("x", &sealed[..at]), None, "cut at {at}");
        }
    }

    #[test]
    fn the_same_is_never_sealed_alike_and_does_not_show() {
        let sealer = Sealer::new(&[7; 64]);
        let (one, other) = (sealer.seal("x", b"password"), sealer.seal("x", b"password"));
        assert_ne!(one, other);
        assert!(!one.windows(8).any(|part| part == b"password"));
    }

    #[test]
    fn a_token_is_good_for_its_context_and_instance_alone() {
        let sealer = Sealer::new(&[7; 64]);
        let token = sealer.token("opt-out", &["lead", "email"]);
        assert_eq!(
            token,
            Sealer::new(&[7; 64]).token("opt-out", &["lead", "email"])
        );
        assert_eq!(sealer.read_token("opt-in", &token), None);
        assert_eq!(Sealer::new(&[8; 64]).read_token("opt-out", &token), None);
        let two_ids = sealer.token("opt-out", &[[1_u8; 16], [2; 16]]);
        assert_eq!(two_ids.len(), 75);
    }

    #[test]
    fn no_character_of_a_token_can_be_changed_or_left_out() {
        let sealer = Sealer::new(&[7; 64]);
        let token = sealer.token("opt-out", &["lead", "e"]);
        for at in 0..token.len() {
            assert_eq!(sealer.read_token("opt-out", &token[..at]), None);
            let other = if &token[at..=at] == "A" { "B" } else { "A" };
            let changed = format!("{}{other}{}", &token[..at], &token[at + 1..]);
            assert_eq!(sealer.read_token("opt-out", &changed), None, "{changed}");
        }
    }

    proptest! {
        #[test]
        fn whatever_goes_in_comes_out(
            plain in any::<Vec<u8>>(),
            parts in proptest::collection::vec(any::<Vec<u8>>(), 0..4),
        ) {
            let sealer = Sealer::new(b"secret");
            let sealed = sealer.seal("x", &plain);
            prop_assert_eq!(sealer.open("x", &sealed), Some(plain));
            let token = sealer.token("x", &parts);
            prop_assert!(token.bytes().all(|c| c.is_ascii_alphanumeric() || b"-_".contains(&c)));
            prop_assert_eq!(sealer.read_token("x", &token), Some(parts));
        }

        #[test]
        fn nonsense_is_no_token_and_nothing_sealed(text in ".*", bytes in any::<Vec<u8>>()) {
            let sealer = Sealer::new(b"secret");
            prop_assert_eq!(sealer.read_token("x", &text), None);
            prop_assert_eq!(sealer.open("x", &bytes), None);
        }
    }
}
