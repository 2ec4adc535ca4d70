//! The link with which the reader of an e-mail says that they want no more.

use uuid::Uuid;

use crate::secrets::Sealer;
use crate::text;

const CONTEXT: &str = "opt-out";

/// The token of the link for an address, the same every time; it is good for ever, as what was
/// once written stays in a mailbox.
pub fn opt_out_token(sealer: &Sealer, account_id: Uuid, email: &str) -> String {
    let email = text::lower_email(email);
    sealer.token(CONTEXT, &[&account_id.as_bytes()[..], email.as_bytes()])
}

/// The account and the address of a link; nothing when we never made it.
pub fn read_opt_out_token(sealer: &Sealer, token: &str) -> Option<(Uuid, String)> {
    let parts = sealer.read_token(CONTEXT, token)?;
    let [account_id, email] = parts.try_into().ok()?;
    Some((
        Uuid::from_slice(&account_id).ok()?,
        String::from_utf8(email).ok()?,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_leads_back_to_its_account_and_address_and_can_not_be_made_up() {
        let (sealer, account_id) = (Sealer::new(&[7; 64]), Uuid::from_u128(5));
        let token = opt_out_token(&sealer, account_id, "Ann@Example.com");
        let read = read_opt_out_token(&sealer, &token);
        assert_eq!(read, Some((account_id, "ann@example.com".to_owned())));
        assert_eq!(read_opt_out_token(&Sealer::new(&[8; 64]), &token), None);
        assert_eq!(read_opt_out_token(&sealer, &token[1..]), None);
        let other = sealer.token(
            "invitation",
            &[&account_id.as_bytes()[..], b"a@example.com"],
        );
        assert_eq!(read_opt_out_token(&sealer, &other), None);
    }
}
