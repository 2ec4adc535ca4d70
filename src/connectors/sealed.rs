//! The secrets of connectors, which the database holds sealed.

use diesel::pg::PgConnection;
use uuid::Uuid;

use super::connector::{Way, load};
use super::words::{Channel, Kind};
use crate::error::{Error, Result};
use crate::outreach;
use crate::secrets::Sealer;

/// The way out of a channel, opened; nothing when nobody has set one or a person does it.
///
/// # Errors
/// [`Error::Conflict`] when its secret was sealed by another instance.
pub fn open(
    conn: &mut PgConnection,
    account_id: Uuid,
    channel: Channel,
    sealer: &Sealer,
) -> Result<Option<outreach::Connector>> {
    let Some(row) = load(conn, account_id, channel)? else {
        return Ok(None);
    };
    let (connector, secret) = row.apart()?;
    let secret = secret
        .map(|sealed| unsealed(sealer, account_id, channel, connector.way.kind(), &sealed))
        .transpose()?;
    Ok(match connector.way {
        Way::Person => None,
        Way::Outbox => Some(outreach::Connector::Outbox),
        Way::Http { url } => Some(outreach::Connector::Http(outreach::Http {
            url,
            secret: secret.unwrap_or_default(),
        })),
        Way::Smtp(mail) => Some(outreach::Connector::Smtp(outreach::Smtp {
            host: mail.host,
            port: mail.port,
            security: mail.security,
            username: mail.username,
            password: secret,
            from_address: mail.from_address,
            from_name: mail.from_name,
            reply_to: mail.reply_to,
        })),
    })
}

/// A secret as the database may hold it.
pub(super) fn sealed(
    sealer: &Sealer,
    account_id: Uuid,
    channel: Channel,
    kind: Kind,
    secret: &str,
) -> Vec<u8> {
    sealer.seal(&context(account_id, channel, kind), secret.as_bytes())
}

fn unsealed(
    sealer: &Sealer,
    account_id: Uuid,
    channel: Channel,
    kind: Kind,
    sealed: &[u8],
) -> Result<String> {
    sealer
        .open(&context(account_id, channel, kind), sealed)
        .and_then(|plain| String::from_utf8(plain).ok())
        .ok_or_else(|| {
            Error::Conflict(format!(
                "The secret of the connector for {channel} can’t be read any more; set it again"
            ))
        })
}

/// A secret that is moved to another account, channel or way stays shut.
fn context(account_id: Uuid, channel: Channel, kind: Kind) -> String {
    format!("connector {account_id} {channel} {kind}")
}
