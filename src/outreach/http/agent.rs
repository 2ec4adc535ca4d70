//! The HTTP client: it goes nowhere but where it was sent, and does not wait for ever.

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use rustls::crypto::ring;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::http::uri::Scheme;
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Error};

use crate::outreach::address::{self, Unreachable};
use crate::outreach::{Failure, Policy};

const CONNECT: Duration = Duration::from_secs(5);
const OVERALL: Duration = Duration::from_secs(15);
/// As many addresses as the client tries.
const ADDRESSES: usize = 16;

/// One for each policy, since a connection that was kept open is used again unasked.
static STRICT: LazyLock<Agent> = LazyLock::new(|| agent(false));
static OPEN: LazyLock<Agent> = LazyLock::new(|| agent(true));

/// The client that keeps to the policy.
pub(super) fn of(policy: &Policy) -> &'static Agent {
    match policy.allow_private {
        true => &OPEN,
        false => &STRICT,
    }
}

fn agent(allow_private: bool) -> Agent {
    let certificates = rustls_native_certs::load_native_certs().certs;
    let roots: RootCerts = certificates
        .iter()
        .map(|der| Certificate::from_der(der).to_owned())
        .into();
    let tls = TlsConfig::builder()
        .unversioned_rustls_crypto_provider(Arc::new(ring::default_provider()))
        .root_certs(roots)
        .build();
    let config = Agent::config_builder()
        .tls_config(tls)
        .proxy(None)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        .timeout_connect(Some(CONNECT))
        .timeout_global(Some(OVERALL))
        .user_agent(concat!("Leadline/", env!("CARGO_PKG_VERSION")))
        .build();
    let checked = Checked(Policy { allow_private });
    Agent::with_parts(config, DefaultConnector::new(), checked)
}

/// Looks hosts up and leaves out the addresses that the policy forbids.
#[derive(Debug)]
struct Checked(Policy);

impl Resolver for Checked {
    fn resolve(&self, uri: &Uri, _: &Config, _: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
        let host = uri.host().ok_or(Error::HostNotFound)?;
        let usual = if uri.scheme() == Some(&Scheme::HTTPS) {
            443
        } else {
            80
        };
        let found = address::look_up(host, uri.port_u16().unwrap_or(usual), &self.0)
            .map_err(|why| Error::Other(Box::new(why)))?;
        let mut addresses = self.empty();
        for address in found.into_iter().take(ADDRESSES) {
            addresses.push(address);
        }
        Ok(addresses)
    }
}

/// Why no answer came. Whether the request arrived is not known then; that it is sent again does
/// no harm, as it carries its id.
pub(super) fn failure(error: Error, host: &str) -> Failure {
    Failure::Retry(match error {
        Error::Other(why) => match why.downcast_ref::<Unreachable>() {
            Some(why) => return why.failure(host),
            None => format!("{host} could not be reached."),
        },
        Error::Timeout(_) => format!("{host} took too long to answer."),
        Error::Tls(_) | Error::Rustls(_) => no_trust(host),
        Error::Io(error) if error.get_ref().is_some_and(|why| why.is::<rustls::Error>()) => {
            no_trust(host)
        }
        Error::Io(_) | Error::ConnectionFailed => format!("{host} could not be reached."),
        _ => format!("{host} gave an answer that is not HTTP."),
    })
}

fn no_trust(host: &str) -> String {
    format!(
        "{host} and this server could not agree on a secure connection; its certificate may not be one this server trusts."
    )
}
