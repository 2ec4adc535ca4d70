//! Which addresses may be spoken to. A connector's host is looked up here, the addresses are
//! checked, and the connection goes to one of those checked: a name that leads elsewhere a moment
//! later leads nowhere.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use super::Failure;

const LOOKUP_TIMEOUT: Duration = Duration::from_secs(5);

/// What connectors may do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// Whether they may speak to this machine and its network, and over plain HTTP.
    pub allow_private: bool,
}

/// Why a host can't be spoken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unreachable {
    /// No address was found.
    Unknown,
    /// Its addresses are all private.
    Private,
}

impl Unreachable {
    /// The failure that this is for a message.
    pub(super) fn failure(self, host: &str) -> Failure {
        match self {
            Self::Unknown => Failure::Retry(format!("No address was found for {host}.")),
            Self::Private => Failure::Final(format!(
                "{host} is an address of a private network, which connectors may not reach here."
            )),
        }
    }
}

impl fmt::Display for Unreachable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unknown => "no address",
            Self::Private => "private address",
        })
    }
}

impl std::error::Error for Unreachable {}

/// The addresses of a host that may be spoken to, at least one. An IPv6 address may stand in
/// brackets.
pub(super) fn look_up(
    host: &str,
    port: u16,
    policy: &Policy,
) -> Result<Vec<SocketAddr>, Unreachable> {
    let bare = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'));
    let host = bare.unwrap_or(host).to_owned();
    let (tell, told) = mpsc::sync_channel(1);
    // The system's resolver knows no time limit, so it has a thread of its own to be late in.
    thread::spawn(move || {
        let found = (host.as_str(), port).to_socket_addrs();
        let _ = tell.send(found.map(Vec::from_iter).unwrap_or_default());
    });
    let all = told.recv_timeout(LOOKUP_TIMEOUT).unwrap_or_default();
    if all.is_empty() {
        return Err(Unreachable::Unknown);
    }
    let allowed: Vec<_> = all
        .into_iter()
        .filter(|address| policy.allow_private || is_public(address.ip()))
        .collect();
    if allowed.is_empty() {
        return Err(Unreachable::Private);
    }
    Ok(allowed)
}

/// Whether this is an address of the open Internet, and so nobody's own network or machine.
pub fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

/// All but IANA's special-purpose blocks (RFC 6890 and after).
fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let special = match a {
        0 | 10 | 127 | 224.. => true,
        100 => b & 0xc0 == 64,
        169 => b == 254,
        172 => b & 0xf0 == 16,
        192 => b == 168 || (b == 0 && (c == 0 || c == 2)) || (b == 88 && c == 99),
        198 => b & 0xfe == 18 || (b == 51 && c == 100),
        203 => b == 0 && c == 113,
        _ => false,
    };
    !special
}

/// Global unicast without the blocks that tunnel into IPv4 or are set aside; and IPv4 addresses
/// in the dress that a translator gives them, when those are public.
fn is_public_v6(ip: Ipv6Addr) -> bool {
    match ip.segments() {
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
            is_public_v4(Ipv4Addr::new(a, b, c, d))
        }
        [0x2001, second, ..] => second >= 0x200 && second != 0xdb8,
        [0x2002, ..] | [0x3fff, 0..=0xfff, ..] => false,
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn addresses_of_the_open_internet_are_public() {
        for public in [
            "1.1.1.1",
            "100.63.255.255",
            "100.128.0.0",
            "172.15.0.1",
            "172.32.0.1",
            "192.0.1.1",
            "198.17.0.1",
            "223.255.255.255",
            "2606:4700::1111",
            "2001:4860:4860::8888",
            "64:ff9b::1.1.1.1",
        ] {
            assert!(is_public(ip(public)), "{public}");
        }
    }

    #[test]
    fn addresses_of_a_machine_or_a_network_of_its_own_are_not() {
        for private in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "127.255.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.168.1.1",
            "198.18.0.1",
            "203.0.113.9",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:10.0.0.1",
            "::ffff:1.1.1.1",
            "::127.0.0.1",
            "64:ff9b::10.0.0.1",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::1",
            "fc00::1",
            "fd12:3456::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(!is_public(ip(private)), "{private}");
        }
    }

    #[test]
    fn a_name_or_number_that_leads_to_a_private_address_is_refused() {
        let (strict, open) = (
            Policy::default(),
            Policy {
                allow_private: true,
            },
        );
        for host in ["localhost", "127.0.0.1", "[::1]", "2130706433"] {
            assert_eq!(
                look_up(host, 80, &strict),
                Err(Unreachable::Private),
                "{host}"
            );
        }
        let found = look_up("localhost", 80, &open).unwrap();
        assert!(found.iter().all(|address| address.ip().is_loopback()));
        let unknown = look_up("no..body", 80, &open);
        assert_eq!(unknown, Err(Unreachable::Unknown));
    }
}
