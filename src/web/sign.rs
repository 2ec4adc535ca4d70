//! Signing what the browser keeps for us.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use subtle::ConstantTimeEq as _;

/// A signature of `parts` for one purpose. A part's length goes in with it, so that no two lists
/// of parts sign alike.
pub fn sign(secret: &[u8; 64], purpose: &str, parts: &[&[u8]]) -> String {
    // A MAC takes a key of any length, so the default is never taken.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret) else {
        return String::new();
    };
    for part in std::iter::once(&purpose.as_bytes()).chain(parts) {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())
}

/// Whether two signatures are the same, in a time that says nothing of where they differ.
pub fn same(one: &str, other: &str) -> bool {
    !one.is_empty() && bool::from(one.as_bytes().ct_eq(other.as_bytes()))
}

/// `bytes` random bytes as text that fits into a cookie or an address.
pub fn random<const N: usize>() -> String {
    let mut bytes = [0_u8; N];
    rand::fill(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_depends_on_secret_purpose_and_where_parts_end() {
        let one = sign(&[1; 64], "form", &[b"ab", b"c"]);
        assert!(same(&one, &sign(&[1; 64], "form", &[b"ab", b"c"])));
        assert!(!same(&one, &sign(&[2; 64], "form", &[b"ab", b"c"])));
        assert!(!same(&one, &sign(&[1; 64], "flash", &[b"ab", b"c"])));
        assert!(!same(&one, &sign(&[1; 64], "form", &[b"a", b"bc"])));
        assert!(!same("", ""));
    }
}
