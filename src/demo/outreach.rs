//! How the demo's messages leave, which they don't: they can be read in the outbox. Who is to be
//! left alone, what calls come from, and where they may go.

use crate::caller::Caller;
use crate::connectors::{self, Channel, Kind, NewConnector};
use crate::db::{self, PgConnection};
use crate::do_not_contact::{self, Kind as Listed, NewEntry, Source};
use crate::error::Result;
use crate::outreach::Policy;
use crate::secrets::Sealer;
use crate::telephony::{self, CallingNumberInput, DestinationInput};

const LISTED: [(Listed, &str, &str); 4] = [
    (
        Listed::Phone,
        "+56 2 2555 0199",
        "Switchboard of a hospital; they asked us not to call.",
    ),
    (
        Listed::Email,
        "reclamos@ejemplo.example",
        "Complained to the consumer office.",
    ),
    (
        Listed::Phone,
        "+56 9 5555 0911",
        "Wrong number, three times.",
    ),
    (
        Listed::Email,
        "becas@colegio-sur.example",
        "Address of a school, not of a person.",
    ),
];

/// Country, prefix, and whether they may be called; the account's own country is there already.
const DESTINATIONS: [(&str, Option<&str>, bool); 3] = [
    ("PE", None, true),
    ("AR", None, false),
    // The caller pays for these.
    ("CL", Some("+56600"), false),
];

pub(super) fn make(conn: &mut PgConnection, owner: &Caller) -> Result<()> {
    let sealer = Sealer::new(&db::secret(conn)?);
    for channel in [Channel::Email, Channel::Sms, Channel::Whatsapp] {
        let input = NewConnector {
            kind: Some(Kind::Outbox),
            ..NewConnector::default()
        };
        let policy = Policy::default();
        connectors::save(conn, owner, channel, input, &sealer, &policy)?;
    }
    let listed = LISTED.map(|(kind, value, reason)| NewEntry {
        kind,
        value: value.to_owned(),
        reason: reason.to_owned(),
    });
    do_not_contact::add(conn, owner, listed.into(), Source::Person)?;
    let desk = CallingNumberInput {
        phone_number: "+56225550100".to_owned(),
        kind: telephony::Kind::Carrier,
        is_active: true,
    };
    telephony::create_calling_number(conn, owner, desk)?;
    for (country, prefix, is_enabled) in DESTINATIONS {
        let destination = DestinationInput {
            country: country.to_owned(),
            prefix: prefix.map(str::to_owned),
            is_enabled,
        };
        telephony::create_destination(conn, owner, destination)?;
    }
    Ok(())
}
