//! What every page is given: who asks, and what the frame around the page shows.

use std::net::IpAddr;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};

use actix_session::{Session, SessionExt as _};
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest, HttpResponse, web};
use chrono::{DateTime, Utc};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::csrf::{self, Token};
use super::errors::Fault;
use super::flash::Flash;
use super::render::{local, redirect};
use super::session::{self, SignedIn};
use crate::accounts;
use crate::caller::{Account, Caller, Permission, Person, RequestFacts};
use crate::db::PgConnection;
use crate::error::{Error, Result, Unauthenticated};
use crate::facts;
use crate::people;
use crate::state::State;

type Waiting<T> = Pin<Box<dyn Future<Output = Result<T, Fault>>>>;

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

/// The entries of the main navigation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nav {
    /// `/leads`
    Leads,
    /// `/campaigns`
    Campaigns,
    /// `/workflows`
    Workflows,
    /// None of them: the menu's pages and the errors.
    Elsewhere,
}

/// What the frame around a signed-in page shows.
#[derive(Clone, Debug)]
pub struct Page {
    /// The account's name.
    pub account: String,
    /// Who is signed in.
    pub person: Person,
    /// Which entry of the navigation is current.
    pub nav: Nav,
    /// The token for forms.
    pub csrf: String,
    /// What the page says on top.
    pub flash: Option<Flash>,
    /// The zone of every time on the page.
    pub zone: chrono_tz::Tz,
    /// The instant of the page.
    pub now: DateTime<Utc>,
    /// Whether the menu leads to the settings.
    pub may_settings: bool,
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
            may_settings: self.may(Permission::ReadSettings),
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
        let state = state_of(&request)?;
        let session = request.get_session();
        let signed_in = session::signed_in(&session);
        let Some(signed_in) = signed_in else {
            return Err(Fault::Elsewhere(door(&state, &request).await?));
        };
        let facts = facts::of(&request, state.trust_proxy);
        let (now, ids) = (state.clock.now(), signed_in.clone());
        let caller = state
            .db
            .run(move |conn| {
                people::caller_for_user(conn, ids.account_id, ids.user_id, now, Some(facts))
            })
            .await;
        let caller = match caller {
            Err(Error::Unauthenticated(_)) => {
                session.purge();
                return Err(Fault::Elsewhere(login_path(&request)));
            }
            caller => caller?,
        };
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
    type Future = Waiting<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        Box::pin(Self::of(request.clone()))
    }
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
    /// [`Error::Internal`] when the session can't be written down.
    pub fn sign_in(&self, account: &Account, person: &Person, path: &str) -> Result<HttpResponse> {
        session::begin(&self.session, account.id, person.id, &self.facts, self.now)?;
        let mut response = redirect(path);
        let _ = response.add_cookie(&csrf::renew(&self.state));
        Ok(response)
    }

    async fn of(request: HttpRequest) -> Result<Self, Fault> {
        let state = state_of(&request)?;
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
    type Future = Waiting<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        Box::pin(Self::of(request.clone()))
    }
}

/// Whether there is an account. It is asked until the answer is yes: accounts are never deleted.
///
/// # Errors
/// [`Error::Internal`] when the database can't be asked.
pub async fn founded(state: &State) -> Result<bool> {
    if state.founded.load(Ordering::Relaxed) {
        return Ok(true);
    }
    let any = state.db.run(accounts::any).await?;
    note_founded(&state.founded, any);
    Ok(any)
}

fn note_founded(founded: &AtomicBool, any: bool) {
    if any {
        founded.store(true, Ordering::Relaxed);
    }
}

/// Where a visitor has to go first.
async fn door(state: &State, request: &HttpRequest) -> Result<String> {
    Ok(if founded(state).await? {
        login_path(request)
    } else {
        "/setup".to_owned()
    })
}

/// The sign-in page that leads back to where one was going, or to the page a form stood on.
pub fn login_path(request: &HttpRequest) -> String {
    let wanted = if request.method().is_safe() {
        request
            .uri()
            .path_and_query()
            .map(|path| path.as_str().to_owned())
    } else {
        page_before(request)
    };
    match wanted
        .as_deref()
        .and_then(local)
        .filter(|path| *path != "/")
    {
        Some(path) => format!(
            "/login?next={}",
            utf8_percent_encode(path, NON_ALPHANUMERIC)
        ),
        None => "/login".to_owned(),
    }
}

fn page_before(request: &HttpRequest) -> Option<String> {
    let referer = request.headers().get("referer")?.to_str().ok()?;
    let referer: actix_web::http::Uri = referer.parse().ok()?;
    Some(referer.path_and_query()?.as_str().to_owned())
}

fn state_of(request: &HttpRequest) -> Result<web::Data<State>> {
    let state = request.app_data::<web::Data<State>>().cloned();
    state.ok_or_else(|| Error::internal("the server was started without its state"))
}

fn token_of(request: &HttpRequest) -> String {
    request
        .extensions()
        .get::<Token>()
        .map(|token| token.0.clone())
        .unwrap_or_default()
}
