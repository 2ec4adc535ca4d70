//! The running server: pages, API and due work, in one process or apart.

use std::net::{SocketAddr, TcpListener};
use std::num::NonZeroUsize;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use actix_web::dev::Server;
use actix_web::middleware::{Compress, from_fn};
use actix_web::rt::{self, System};
use actix_web::{App, HttpServer, web};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use crate::clock::Clock;
use crate::db::{self, Db};
use crate::error::{Error, Result};
use crate::observe::{Metrics, observe};
use crate::outreach::Policy;
use crate::routes::Route;
use crate::secrets::Sealer;
use crate::slow::Slow;
use crate::state::State;
use crate::uploads::Uploads;
use crate::workflows::dispatch::Links;
use crate::{api, web as pages, worker};

/// Database work one HTTP worker does at a time; the pool has as many connections for each.
pub const BLOCKING_THREADS: usize = 4;
/// One for the steps, one for a file whose leads come in, some for what comes back from other
/// systems.
const WORKER_CONNECTIONS: u32 = 5;
const SENDING_THREADS: usize = 8;
const SLOW_THREADS: usize = 2;
const ERRAND_THREADS: usize = 2;
/// Each holds a connection of the pool for as long as its file takes.
const IMPORT_THREADS: usize = 2;
const EXPORT_THREADS: usize = 1;
/// How long requests under way may take when the server is told to stop.
const LAST_SECONDS: u64 = 20;

/// A connection on which nothing happens is closed after this.
const KEEP_ALIVE: Duration = Duration::from_secs(30);
/// A client that has not sent its request's head by then is cut off.
const HEAD_TIMEOUT: Duration = Duration::from_secs(10);

/// How to run.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where uploaded files are kept.
    pub uploads: Uploads,
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// The Postgres to use, migrated already.
    pub database_url: String,
    /// How people reach this server; `http://` and where it listens when it is not given.
    pub public_url: Option<String>,
    /// Whether `X-Forwarded-For` is believed.
    pub trust_proxy: bool,
    /// What connectors may reach.
    pub policy: Policy,
    /// HTTP workers; one on each core when it is not given.
    pub workers: Option<NonZeroUsize>,
    /// What this process does.
    pub role: Role,
    /// Whether SIGTERM and SIGINT stop it.
    pub signals: bool,
    /// Where the time comes from.
    pub clock: Clock,
}

/// What a process does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Everything.
    All,
    /// Pages and API.
    Web,
    /// Due work.
    Worker,
}

/// A server that runs on a thread of its own.
pub struct Running {
    /// Where it listens; nowhere when it only does due work.
    pub addr: Option<SocketAddr>,
    stop: watch::Sender<bool>,
    thread: thread::JoinHandle<Result<()>>,
}

impl Running {
    /// Stops it: no new connections, requests under way are finished, within 20 s.
    ///
    /// # Errors
    /// Those of the server's last moments.
    pub fn stop(self) -> Result<()> {
        self.stop.send_replace(true);
        self.wait()
    }

    /// Waits until it has stopped.
    ///
    /// # Errors
    /// Those of the server's last moments.
    pub fn wait(self) -> Result<()> {
        self.thread
            .join()
            .map_err(|_| Error::internal("the server's thread panicked"))?
    }
}

/// Starts a server and returns as soon as it listens.
///
/// # Errors
/// [`Error::Internal`] when the address is taken or the database does not answer.
pub fn start(settings: Settings) -> Result<Running> {
    let (stop, stopped) = watch::channel(false);
    let (listens, listening) = mpsc::channel();
    let stopper = stop.clone();
    let thread = thread::Builder::new()
        .name("server".to_owned())
        .spawn(move || System::new().block_on(run(settings, &stopper, stopped, &listens)))
        .map_err(Error::internal)?;
    match listening.recv() {
        Ok(addr) => Ok(Running { addr, stop, thread }),
        // It went down before it stood; its own error says why.
        Err(_) => match thread.join() {
            Ok(Err(error)) => Err(error),
            _ => Err(Error::internal("the server's thread ended at once")),
        },
    }
}

/// Every route of this version: method and path.
pub fn routes() -> impl Iterator<Item = &'static Route> {
    pages::routes().chain(api::ROUTES)
}

async fn run(
    settings: Settings,
    stop: &watch::Sender<bool>,
    mut stopped: watch::Receiver<bool>,
    listens: &mpsc::Sender<Option<SocketAddr>>,
) -> Result<()> {
    let cores = || thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let workers = settings.workers.unwrap_or_else(cores).get();
    let connections = u32::try_from(workers * BLOCKING_THREADS).unwrap_or(u32::MAX);
    if settings.signals {
        rt::spawn(stop_on_signal(stop.clone()));
    }
    let listener = match settings.role {
        Role::Worker => None,
        Role::All | Role::Web => Some(listen(settings.listen)?),
    };
    let addr = match &listener {
        Some(listener) => listener.local_addr().map_err(Error::internal)?,
        None => settings.listen,
    };
    let due_work = match settings.role {
        Role::Web => None,
        Role::All | Role::Worker => {
            let tools = tools(&settings, addr).await?;
            Some(rt::spawn(worker::run(tools, stopped.clone())))
        }
    };
    if let Some(listener) = listener {
        let db = Db::new(&settings.database_url, connections)?;
        let state = web::Data::new(state(settings, db, addr).await?);
        let server = serve(listener, workers, state)?;
        let handle = server.handle();
        let served = rt::spawn(server);
        tracing::info!(%addr, workers, "listening");
        let _ = listens.send(Some(addr));
        tokio::select! {
            _ = stopped.wait_for(|stop| *stop) => handle.stop(true).await,
            ended = served => return ended.map_err(Error::internal)?.map_err(Error::internal),
        }
    } else {
        let _ = listens.send(None);
    }
    // The sender lives as long as this function, so this waits for the word itself.
    let _ = stopped.wait_for(|stop| *stop).await;
    if let Some(due_work) = due_work {
        due_work.await.map_err(Error::internal)?;
    }
    tracing::info!("stopped");
    Ok(())
}

fn listen(addr: SocketAddr) -> Result<TcpListener> {
    TcpListener::bind(addr)
        .map_err(|error| Error::internal(format!("can't listen on {addr}: {error}")))
}

/// How people reach this server.
fn public_url(settings: &Settings, addr: SocketAddr) -> String {
    let given = settings.public_url.clone();
    let url = given.unwrap_or_else(|| format!("http://{addr}"));
    url.trim_end_matches('/').to_owned()
}

/// Due work has connections of its own, so that it never waits behind the pages nor they behind it.
async fn tools(settings: &Settings, addr: SocketAddr) -> Result<worker::Tools> {
    let db = Db::new(&settings.database_url, WORKER_CONNECTIONS)?;
    let secret = db.run(db::secret).await?;
    Ok(worker::Tools {
        db,
        clock: settings.clock.clone(),
        slow: Slow::new(SENDING_THREADS)?,
        links: Arc::new(Links {
            public_url: public_url(settings, addr),
            sealer: Arc::new(Sealer::new(&secret)),
        }),
        policy: settings.policy,
        uploads: settings.uploads.clone(),
    })
}

async fn state(settings: Settings, db: Db, addr: SocketAddr) -> Result<State> {
    let public_url = public_url(&settings, addr);
    let secret = db.run(db::secret).await?;
    Ok(State {
        sealer: Arc::new(Sealer::new(&secret)),
        secret,
        db,
        clock: settings.clock,
        slow: Slow::new(SLOW_THREADS)?,
        errands: Slow::new(ERRAND_THREADS)?,
        imports: Slow::new(IMPORT_THREADS)?,
        exports: Slow::new(EXPORT_THREADS)?,
        policy: settings.policy,
        uploads: settings.uploads,
        secure_cookies: public_url.starts_with("https://"),
        public_url,
        trust_proxy: settings.trust_proxy,
        founded: AtomicBool::new(false),
        metrics: Metrics::new()?,
    })
}

fn serve(listener: TcpListener, workers: usize, state: web::Data<State>) -> Result<Server> {
    let server = HttpServer::new(move || {
        App::new()
            .app_data(state.clone())
            .wrap(Compress::default())
            .wrap(from_fn(observe))
            .configure(api::configure)
            .configure(|config| pages::configure(config, &state))
    })
    .workers(workers)
    .worker_max_blocking_threads(BLOCKING_THREADS)
    .keep_alive(KEEP_ALIVE)
    // A page leaves in pieces; without this the last waits 40 ms for the first to be acknowledged.
    .tcp_nodelay(true)
    .client_request_timeout(HEAD_TIMEOUT)
    .shutdown_timeout(LAST_SECONDS)
    .disable_signals()
    .listen(listener)
    .map_err(Error::internal)?;
    Ok(server.run())
}

async fn stop_on_signal(stop: watch::Sender<bool>) {
    let (Ok(mut terminate), Ok(mut interrupt)) = (
        signal(SignalKind::terminate()),
        signal(SignalKind::interrupt()),
    ) else {
        tracing::error!("signals can't be heard; only SIGKILL stops this server");
        return;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    tracing::info!("stopping: finishing the requests under way");
    stop.send_replace(true);
}
