//! Signing what a browser, a link or another system keeps or carries for us.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use subtle::ConstantTimeEq as _;

/// A signature of `parts` for one purpose. A part's length goes in with it, so that no two lists
/// of parts sign alike.
pub fn sign(secret: &[u8], purpose: &str, parts: &[&[u8]]) -> String {
    URL_SAFE_NO_PAD.encode(sign_bytes(secret, purpose, parts))
}

/// [`sign`] as bytes.
pub(super) fn sign_bytes(secret: &[u8], purpose: &str, parts: &[&[u8]]) -> [u8; 32] {
    let purpose = purpose.as_bytes();
    let lengths: Vec<_> = std::iter::once(&purpose)
        .chain(parts)
        .map(|part| (part.len() as u64).to_be_bytes())
        .collect();
    let parts = std::iter::once(&purpose).chain(parts);
    let pieces: Vec<&[u8]> = lengths
        .iter()
        .zip(parts)
        .flat_map(|(length, part)| [&length[..], part])
        .collect();
    hmac(secret, &pieces)
}

/// The HMAC-SHA-256 of the pieces, as if they were one.
pub fn hmac(secret: &[u8], pieces: &[&[u8]]) -> [u8; 32] {
    // A MAC takes a key of any length, so the default is never taken.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret) else {
        return [0; 32];
    };
    for piece in pieces {
        mac.update(piece);
    }
    mac.finalize().into_bytes().into()
}

/// Whether two signatures are the same, in a time that says nothing of where they differ.
pub fn same(one: impl AsRef<[u8]>, other: impl AsRef<[u8]>) -> bool {
    let (one, other) = (one.as_ref(), other.as_ref());
    !one.is_empty() && bool::from(one.ct_eq(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_depends_on_secret_purpose_and_where_parts_end() {
        let one = sign(&[1; 64], "form", &[b"ab", b"c"]);
        assert!(same(&one, sign(&[1; 64], "form", &[b"ab", b"c"])));
        assert!(!same(&one, sign(&[2; 64], "form", &[b"ab", b"c"])));
        assert!(!same(&one, sign(&[1; 64], "flash", &[b"ab", b"c"])));
        assert!(!same(&one, sign(&[1; 64], "form", &[b"a", b"bc"])));
        assert!(!same("", ""));
    }

    #[test]
    fn the_mac_is_hmac_sha_256() {
        // RFC 4231's second test case.
        let mac = hmac(b"Jefe", &[b"what do ya want ", b"for nothing?"]);
        assert_eq!(mac[..4], [0x5b, 0xdc, 0xc1, 0x46]);
        assert_eq!(mac[28..], [0x64, 0xec, 0x38, 0x43]);
    }
}
