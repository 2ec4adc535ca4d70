//! What every page of a signed-in person is given: who asks, and what the frame around it shows.

use std::net::IpAddr;
use std::pin::Pin;

use actix_session::{Session, SessionExt as _};
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest, HttpResponse, web};

use super::csrf::{self, Token};
use super::doors;
use super::errors::Fault;
use super::flash::Flash;
use super::page::{Nav, Page};
use super::render::redirect;
use super::session::{self, SignedIn};
use crate::caller::{Caller, Permission, Person};
use crate::db::PgConnection;
use crate::error::{Error, Result, Unauthenticated};
use crate::facts;
use crate::leads::Patience;
use crate::people;
use crate::state::State;

/// A page of a signed-in person.
#[derive(Clone)]
pub struct Ctx {
    /// What the faces share.
    pub state: web::Data<State>,
    /// Who asks.
    pub caller: Caller,
    /// Who asks, as a person.
    pub person: Person,
    /// The browser's session.
    pub signed_in: SignedIn,
    session: Session,
    token: String,
    flash: Option<Flash>,
}

impl Ctx {
    /// Asks the database, as the caller.
    ///
    /// # Errors
    /// Those of the work.
    pub async fn run<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut PgConnection, &Caller) -> Result<T> + Send + 'static,
    {
        let caller = self.caller.clone();
        self.state.db.run(move |conn| work(conn, &caller)).await
    }

    /// The same for work that may find a file of the account's being written: then it waits for it
    /// where it holds up nobody else.
    ///
    /// # Errors
    /// Those of the work; [`Error::TooMany`] when too much waits already.
    pub async fn run_patiently<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut PgConnection, &Caller, Patience) -> Result<Option<T>> + Clone + Send + 'static,
    {
        let first = work.clone();
        let at_once = self.run(move |conn, caller| first(conn, caller, Patience::GivesUp));
        if let Some(done) = at_once.await? {
            return Ok(done);
        }
        let patient =
            move |conn: &mut PgConnection, caller: &Caller| work(conn, caller, Patience::Waits);
        let done = self.run_long(patient).await?;
        done.ok_or_else(|| Error::internal("it waited and was not done"))
    }

    /// The same for work that takes long, on threads of its own, so that it holds up nobody else.
    ///
    /// # Errors
    /// As [`Ctx::run`]; [`Error::TooMany`] when too much waits already.
    pub async fn run_long<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut PgConnection, &Caller) -> Result<T> + Send + 'static,
    {
        let (db, caller) = (self.state.db.clone(), self.caller.clone());
        let work = move || db.run_blocking(|conn| work(conn, &caller));
        self.state.imports.run(work).await
    }

    /// The frame for a page.
    pub fn page(&self, nav: Nav) -> Page {
        Page {
            account: self.caller.account.name.clone(),
            person: self.person.clone(),
            nav,
            csrf: self.token.clone(),
            flash: self.flash.clone(),
            zone: self.caller.account.time_zone,
            now: self.caller.now,
            may_work: self.may(Permission::WriteLeads),
            may_settings: self.may(Permission::ReadSettings),
            may_audit: self.may(Permission::ReadAudit),
        }
    }

    /// Whether the person may do something; pages leave out what they may not.
    pub fn may(&self, permission: Permission) -> bool {
        self.caller.may(permission)
    }

    /// Where the request came from.
    pub fn ip(&self) -> Option<IpAddr> {
        self.caller.request.as_ref().and_then(|request| request.ip)
    }

    /// To another page, which says `flash` on top.
    pub fn redirect(&self, path: &str, flash: impl Into<Flash>) -> HttpResponse {
        let mut response = redirect(path);
        // Only a cookie that can't be written down fails, and ours is plain ASCII.
        let _ = response.add_cookie(&flash.into().cookie(&self.state));
        response
    }

    /// Ends the session and leads to the door.
    pub fn sign_out(&self) -> HttpResponse {
        self.session.purge();
        let mut response = self.redirect("/login", "You are signed out.");
        let _ = response.add_cookie(&csrf::renew(&self.state));
        response
    }

    async fn of(request: HttpRequest) -> Result<Self, Fault> {
        let state = State::of(&request)?;
        let session = request.get_session();
        let signed_in = session::signed_in(&session);
        let Some(signed_in) = signed_in else {
            return Err(Fault::Elsewhere(doors::door(&state, &request).await?));
        };
        let facts = facts::of(&request, state.trust_proxy);
        let (now, who) = (state.clock.now(), (signed_in.account_id, signed_in.user_id));
        let caller = state
            .db
            .run(move |conn| people::caller_of_session(conn, who, now, Some(facts)))
            .await;
        let (caller, codes_due) = match caller {
            Err(Error::Unauthenticated(_)) => {
                session.purge();
                return Err(Fault::Elsewhere(doors::login_path(&request)));
            }
            caller => caller?,
        };
        if codes_due && !doors::open_without_codes(&request) {
            return Err(Fault::Elsewhere("/profile/codes".to_owned()));
        }
        session::touch(&session, now)?;
        let person = caller.person().cloned();
        let person = person.ok_or(Error::Unauthenticated(Unauthenticated::NotSignedIn))?;
        let token = token_of(&request);
        let flash = Flash::of(&request, &state);
        let ctx = Self {
            state,
            caller,
            person,
            signed_in,
            session,
            token,
            flash,
        };
        request.extensions_mut().insert(ctx.page(Nav::Elsewhere));
        Ok(ctx)
    }
}

impl FromRequest for Ctx {
    type Error = Fault;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Fault>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        Box::pin(Self::of(request.clone()))
    }
}

/// The token for the forms of this request's page.
pub fn token_of(request: &HttpRequest) -> String {
    request
        .extensions()
        .get::<Token>()
        .map(|token| token.0.clone())
        .unwrap_or_default()
}
