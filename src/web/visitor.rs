//! What a page in front of the door is given.

use std::pin::Pin;

use actix_session::{Session, SessionExt as _};
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use chrono::{DateTime, Utc};

use super::csrf;
use super::ctx::token_of;
use super::doors::founded;
use super::errors::Fault;
use super::flash::Flash;
use super::render::redirect;
use super::session::{self, SignedIn};
use crate::caller::{Account, Person, RequestFacts};
use crate::error::Result;
use crate::facts;
use crate::state::State;

/// A page in front of the door: setting up, signing in, an invitation.
#[derive(Clone)]
pub struct Visitor {
    /// What the faces share.
    pub state: web::Data<State>,
    /// What the audit keeps of the request.
    pub facts: RequestFacts,
    /// The instant.
    pub now: DateTime<Utc>,
    /// What the page says on top.
    pub flash: Option<Flash>,
    /// Whether somebody is signed in already.
    pub signed_in: Option<SignedIn>,
    /// For the forms.
    pub csrf: String,
    /// Whether there is an account; without one only `/setup` is open.
    pub founded: bool,
    session: Session,
}

impl Visitor {
    /// The name people know this server by.
    pub fn host(&self) -> &str {
        let url = &self.state.public_url;
        url.split_once("://").map_or(url.as_str(), |(_, host)| host)
    }

    /// Signs a person in, in a new session, and leads on to `path` of ours.
    ///
    /// # Errors
    /// [`crate::error::Error::Internal`] when the session can't be written down.
    pub fn sign_in(&self, account: &Account, person: &Person, path: &str) -> Result<HttpResponse> {
        session::begin(&self.session, account.id, person.id, &self.facts, self.now)?;
        let mut response = redirect(path);
        let _ = response.add_cookie(&csrf::renew(&self.state));
        Ok(response)
    }

    async fn of(request: HttpRequest) -> Result<Self, Fault> {
        let state = State::of(&request)?;
        let founded = founded(&state).await?;
        if !founded && request.path() != "/setup" {
            return Err(Fault::Elsewhere("/setup".to_owned()));
        }
        let session = request.get_session();
        Ok(Self {
            facts: facts::of(&request, state.trust_proxy),
            now: state.clock.now(),
            flash: Flash::of(&request, &state),
            signed_in: session::signed_in(&session),
            csrf: token_of(&request),
            founded,
            session,
            state,
        })
    }
}

impl FromRequest for Visitor {
    type Error = Fault;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Fault>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        Box::pin(Self::of(request.clone()))
    }
}
