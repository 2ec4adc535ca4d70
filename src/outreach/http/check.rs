//! What the address of an HTTP connector must look like.

use ureq::http::Uri;
use ureq::http::uri::Scheme;

use crate::outreach::{Failure, Policy};

/// Whether requests can go to this address, by its looks: where its host leads is looked at when
/// one is sent.
///
/// # Errors
/// [`Failure::Final`] with a sentence.
pub fn check_url(url: &str, policy: &Policy) -> Result<(), Failure> {
    parse(url, policy).map(drop)
}

/// The address, and its host for sentences; the rest of it may be secret.
pub(super) fn parse(url: &str, policy: &Policy) -> Result<(Uri, String), Failure> {
    let no = |sentence: &str| Err(Failure::Final(sentence.to_owned()));
    let Ok(uri) = url.trim().parse::<Uri>() else {
        return no("The connector's address can't be read; it starts with https://.");
    };
    let (Some(scheme), Some(authority)) = (uri.scheme(), uri.authority()) else {
        return no("The connector's address must be whole, from https:// on.");
    };
    if authority.host().is_empty() || authority.as_str().contains('@') {
        return no("The connector's address must name a host, and no user or password.");
    }
    if authority.as_str() != authority.host() && authority.port_u16().is_none() {
        return no("The connector's address has a port that is none.");
    }
    if *scheme != Scheme::HTTPS && !(*scheme == Scheme::HTTP && policy.allow_private) {
        return no("The connector's address must start with https://.");
    }
    let host = authority.host().to_owned();
    Ok((uri, host))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_is_for_private_networks_alone() {
        let (strict, open) = (
            Policy::default(),
            Policy {
                allow_private: true,
            },
        );
        assert_eq!(check_url("https://dialer.example/x?key=1", &strict), Ok(()));
        assert_eq!(check_url("HTTPS://dialer.example:8443", &strict), Ok(()));
        assert_eq!(check_url("http://10.0.0.1:80/", &open), Ok(()));
        assert!(check_url("http://dialer.example/", &strict).is_err());
    }

    #[test]
    fn what_is_no_address_is_refused() {
        let open = Policy {
            allow_private: true,
        };
        for url in [
            "",
            "dialer.example",
            "/path",
            "https://",
            "https:///path",
            "ftp://dialer.example/",
            "file:///etc/passwd",
            "https://me:secret@dialer.example/",
            "https://dialer example/",
            "https://dialer.example:99999/",
        ] {
            assert!(check_url(url, &open).is_err(), "{url}");
        }
    }

    #[test]
    fn sentences_name_the_host_alone() {
        let (_, host) = parse("https://h.example:8/p?token=t", &Policy::default()).unwrap();
        assert_eq!(host, "h.example");
    }
}
