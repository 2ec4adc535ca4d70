//! How a request proves that it is ours, in both the ways contract §6 names.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::secrets;

/// What a secret starts with where it is shown.
const PREFIX: &str = "whsec_";
/// Standard Webhooks asks for 24 to 64.
const BYTES: usize = 32;

/// The headers that sign a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// `webhook-signature`, by the Standard Webhooks scheme: with the secret's bytes, over id,
    /// timestamp and body.
    pub standard: String,
    /// `X-Signature`: with the secret as it is shown, over the body alone.
    pub plain: String,
}

/// A new secret to sign requests with.
pub fn new_secret() -> String {
    let mut bytes = [0_u8; BYTES];
    rand::fill(&mut bytes);
    format!("{PREFIX}{}", STANDARD.encode(bytes))
}

/// The signature of a body that is sent under an id at a moment, in seconds since 1970; nothing
/// when the secret is not of the form that [`new_secret`] gives.
pub fn signed(secret: &str, id: &str, timestamp: i64, body: &[u8]) -> Option<Signature> {
    let key = STANDARD.decode(secret.strip_prefix(PREFIX)?).ok()?;
    let head = format!("{id}.{timestamp}.");
    let standard = secrets::hmac(&key, &[head.as_bytes(), body]);
    let plain = secrets::hmac(secret.as_bytes(), &[body]);
    Some(Signature {
        standard: format!("v1,{}", STANDARD.encode(standard)),
        plain: format!("sha256={}", hex(&plain)),
    })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_is_that_of_standard_webhooks() {
        // The example of the scheme's own libraries.
        let signature = signed(
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1_614_265_330,
            br#"{"test": 2432232314}"#,
        );
        let standard = signature.unwrap().standard;
        assert_eq!(standard, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn secrets_are_new_each_time_and_sign() {
        let secret = new_secret();
        assert_ne!(secret, new_secret());
        assert!(signed(&secret, "1", 0, b"").is_some());
        assert_eq!(signed("whsec_no base64", "1", 0, b""), None);
        assert_eq!(
            signed("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "1", 0, b""),
            None
        );
    }
}
