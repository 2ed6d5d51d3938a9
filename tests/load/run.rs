//! The run: ceilings first, then the service, everything on the same processors.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use anyhow::ensure;
use wxlogin_tests::program;

use crate::callers::{Login, Numbers, Refresh, Repeat, Tokens, Users, VerifyNew};
use crate::child::Part;
use crate::drive::{Caller, drive};
use crate::measured::{Measured, Operation, Point, Start, Subject};
use crate::options::Options;
use crate::process::{self, Process};
use crate::service::{Service, Setup};
use crate::store;
use crate::{ceiling, commits, fill, request, signatures};

/// How many sessions are refreshed in turn, and how many tokens are presented again and again.
const SESSIONS: u64 = 2048;
/// Of one account, no more sessions than it may have.
const SESSIONS_OF_ONE: u64 = 10;
/// How many connections fill the store.
const FILLING: usize = 32;
/// For how long signatures are made: that nothing else happens meanwhile makes it an even figure.
const SIGNING: Duration = Duration::from_secs(1);
/// Filling ends when it is full; this is for whoever made a mistake with the number.
const NO_HURRY: Duration = Duration::from_hours(2);

/// A run.
pub struct Run<'a> {
    options: &'a Options,
    measured: Duration,
    platform: Part,
    /// A code is sent once in the whole run.
    codes: Numbers,
    points: Vec<Point>,
}

/// Runs everything.
///
/// # Errors
/// When something does not start, or a connection is lost.
pub async fn run(options: &Options) -> anyhow::Result<Measured> {
    let measured = options.measured()?;
    let (program, plain) = (options.program()?, options.plain_program()?);
    let others = process::busy_with_others()?;
    let mut run = Run {
        options,
        measured,
        platform: Part::start(&["platform"])?,
        codes: Arc::default(),
        points: Vec::new(),
    };
    say("signatures");
    let signatures = signatures::rates(measured.min(SIGNING))?;
    run.framework().await?;
    if let Some(plain) = plain {
        run.plain(&plain).await?;
    }
    let mut starts = Vec::new();
    let (mut commits, mut restored) = (None, None);
    for &accounts in &options.accounts {
        let directory = program::directory();
        let server = options.store_url.as_deref();
        let store = store::empty(options.store, server, directory.path())?;
        commits = commits.or_else(|| commits::rate(options.store, &store, directory.path(), measured));
        let setup = run.setup(&program, store, directory.path());
        if options.store.is_restored() {
            say(&format!("{accounts} accounts"));
            let empty = || store::empty_again(options.store, server, directory.path());
            restored = Some(fill::restored(&setup, accounts, empty).await?);
        }
        starts.push(run.service(&setup, accounts).await?);
        store::remove(options.store, server)?;
    }
    Ok(Measured {
        store: options.store,
        others,
        signatures,
        commits,
        restored,
        starts,
        points: run.points,
    })
}

fn say(what: &str) {
    eprintln!("load: {what}");
}

impl Run<'_> {
    fn setup(&self, program: &Path, store: String, directory: &Path) -> Setup {
        Setup {
            program: program.to_owned(),
            store,
            directory: directory.to_owned(),
            platform: self.platform.address,
        }
    }

    async fn framework(&mut self) -> anyhow::Result<()> {
        let part = Part::start(&["ceiling"])?;
        let (server, figure) = ((part.address, part.process()), Figure::of(Subject::Framework, 0));
        for (operation, path, status) in [
            (Operation::ConstantEmpty, ceiling::EMPTY, 204),
            (Operation::ConstantJson, ceiling::JSON, 200),
            (Operation::ConstantToken, ceiling::TOKEN, 200),
        ] {
            for &connections in &self.options.connections {
                let mut asked = Vec::new();
                request::get(path, &mut asked);
                let callers = Repeat::callers(connections, vec![asked], status);
                self.point(server, figure.asking(operation), callers).await?;
            }
        }
        Ok(())
    }

    /// The service with the store left out, as nearly as that can be had: a map in its own memory.
    async fn plain(&mut self, program: &Path) -> anyhow::Result<()> {
        let accounts = self.options.accounts.iter().copied().min().unwrap_or(1).min(100_000);
        let directory = program::directory();
        let setup = self.setup(program, "mem://".into(), directory.path());
        let service = Service::start(&setup).await?;
        self.fill(&service, accounts).await?;
        let figure = Figure::of(Subject::Plain, accounts);
        self.logins(&service, figure).await?;
        let sessions = self.sessions(&service, accounts).await?;
        self.refreshes(&service, figure, &sessions).await?;
        service.stop()
    }

    async fn service(&mut self, setup: &Setup, accounts: u64) -> anyhow::Result<Start> {
        let service = Service::start(setup).await?;
        let idle = service.process().memory()?;
        if !self.options.store.is_restored() {
            self.fill(&service, accounts).await?;
        }
        self.exercise(&service, accounts).await?;
        let start = Start {
            accounts,
            ready_millis: service.ready_after.as_secs_f64() * 1e3,
            idle,
            loaded: service.process().memory()?,
        };
        service.stop()?;
        Ok(start)
    }

    async fn exercise(&mut self, service: &Service, accounts: u64) -> anyhow::Result<()> {
        let figure = Figure::of(Subject::Service, accounts);
        for &connections in &self.options.connections {
            let mut asked = Vec::new();
            request::get("/livez", &mut asked);
            let callers = Repeat::callers(connections, vec![asked], 200);
            self.point(service.server(), figure.asking(Operation::Alive), callers)
                .await?;
        }
        self.logins(service, figure).await?;
        let newcomers: Numbers = Arc::new(AtomicU64::new(accounts));
        for &connections in &self.options.connections {
            let users = Users::InTurn(Arc::clone(&newcomers), u64::MAX);
            let callers = self.people(connections, &users, Duration::ZERO);
            self.point(service.server(), figure.asking(Operation::FirstLogin), callers)
                .await?;
        }
        let sessions = self.sessions(service, accounts).await?;
        let unseen = self.refreshes(service, figure, &sessions).await?;
        self.verifications(service, figure, unseen).await?;
        let (mut verify, mut introspect) = (Vec::new(), Vec::new());
        for tokens in &sessions {
            let (mut one, mut other) = (Vec::new(), Vec::new());
            request::verify(&tokens.access, &mut one);
            request::introspect(&tokens.access, &mut other);
            verify.push(one);
            introspect.push(other);
        }
        // From now on they have been seen.
        let tokens = sessions.into_iter().map(|tokens| tokens.access).collect();
        drive(service.server(), vec![VerifyNew { tokens }], NO_HURRY).await?;
        for &connections in &self.options.connections {
            let callers = Repeat::callers(connections, verify.clone(), 204);
            self.point(service.server(), figure.asking(Operation::VerifySeen), callers)
                .await?;
        }
        for &connections in &self.options.connections {
            let callers = Repeat::callers(connections, introspect.clone(), 200);
            self.point(service.server(), figure.asking(Operation::Introspect), callers)
                .await?;
        }
        Ok(())
    }

    /// Logins of people who have accounts.
    async fn logins(&mut self, service: &Service, figure: Figure) -> anyhow::Result<()> {
        for &latency in &self.options.latency {
            for &connections in &self.options.connections {
                let callers = self.people(
                    connections,
                    &Users::Anyone(figure.accounts),
                    Duration::from_millis(latency),
                );
                let figure = Figure { latency, ..figure };
                self.point(service.server(), figure.asking(Operation::Login), callers)
                    .await?;
            }
        }
        Ok(())
    }

    /// Refreshes of sessions, each in its turn; answers the access tokens that came of it.
    async fn refreshes(
        &mut self,
        service: &Service,
        figure: Figure,
        sessions: &[Tokens],
    ) -> anyhow::Result<Vec<String>> {
        let mut unseen = Vec::new();
        let mut waiting: VecDeque<String> = sessions.iter().map(|tokens| tokens.refresh.clone()).collect();
        for &connections in &self.options.connections {
            let share = waiting.len().div_ceil(connections.max(1)).max(1);
            let mut callers: Vec<Refresh> = (0..connections)
                .map(|_| Refresh {
                    sessions: waiting.drain(..share.min(waiting.len())).collect(),
                    gathered: Vec::new(),
                })
                .collect();
            callers = self
                .point(service.server(), figure.asking(Operation::Refresh), callers)
                .await?;
            for caller in callers {
                waiting.extend(caller.sessions);
                unseen.extend(caller.gathered);
            }
        }
        Ok(unseen)
    }

    async fn verifications(
        &mut self,
        service: &Service,
        figure: Figure,
        mut unseen: Vec<String>,
    ) -> anyhow::Result<()> {
        // The more connections, the more tokens are used up: in the ratio of the processors, at the most two to one.
        let share = unseen.len() / (self.options.connections.len() + 1).max(1);
        for &connections in &self.options.connections {
            let each = share / connections.max(1);
            let callers: Vec<VerifyNew> = (0..connections)
                .map(|_| VerifyNew {
                    tokens: unseen.split_off(unseen.len().saturating_sub(each)),
                })
                .collect();
            self.point(service.server(), figure.asking(Operation::VerifyNew), callers)
                .await?;
        }
        Ok(())
    }

    /// Sessions that live until the end, of people who have accounts.
    async fn sessions(&mut self, service: &Service, accounts: u64) -> anyhow::Result<Vec<Tokens>> {
        let wanted = SESSIONS.min(accounts * SESSIONS_OF_ONE);
        let users = Users::InTurn(Arc::default(), accounts);
        let callers = self.finite(&users, wanted, true);
        let (tally, callers) = drive(service.server(), callers, NO_HURRY).await?;
        ensure!(
            tally.failed == 0,
            "a login failed: {}",
            tally.failure.unwrap_or_default()
        );
        Ok(callers
            .into_iter()
            .filter_map(|caller| caller.gathered)
            .flatten()
            .collect())
    }

    /// Makes accounts, by logging their people in.
    async fn fill(&mut self, service: &Service, accounts: u64) -> anyhow::Result<()> {
        say(&format!("{accounts} accounts"));
        let users = Users::InTurn(Arc::default(), u64::MAX);
        let callers = self.finite(&users, accounts, false);
        let (tally, _) = drive(service.server(), callers, NO_HURRY).await?;
        ensure!(
            tally.failed == 0,
            "a login failed: {}",
            tally.failure.unwrap_or_default()
        );
        Ok(())
    }

    /// People who log in so many times altogether.
    fn finite(&self, users: &Users, logins: u64, is_gathering: bool) -> Vec<Login> {
        let connections = FILLING as u64;
        let mut callers = self.people(FILLING, users, Duration::ZERO);
        for (place, caller) in (0..).zip(&mut callers) {
            caller.left = Some(logins / connections + u64::from(place < logins % connections));
            caller.gathered = is_gathering.then(Vec::new);
        }
        callers
    }

    fn people(&self, connections: usize, users: &Users, latency: Duration) -> Vec<Login> {
        let person = |_| Login {
            users: users.clone(),
            codes: Arc::clone(&self.codes),
            latency,
            left: None,
            gathered: None,
        };
        (0..connections).map(person).collect()
    }

    async fn point<C: Caller>(
        &mut self,
        server: (SocketAddr, Process),
        figure: Figure,
        callers: Vec<C>,
    ) -> anyhow::Result<Vec<C>> {
        let (tally, callers) = drive(server, callers, self.measured).await?;
        let Figure {
            subject,
            operation,
            accounts,
            latency,
        } = figure;
        say(&format!(
            "{}, {}, {} connections: {:.0}/s, {} codes so far",
            subject.name(),
            operation.name(),
            tally.connections,
            tally.rate,
            self.codes.load(Ordering::Relaxed),
        ));
        self.points.push(Point {
            subject,
            operation,
            accounts,
            latency,
            tally,
        });
        Ok(callers)
    }
}

/// What a figure is of.
#[derive(Clone, Copy)]
struct Figure {
    subject: Subject,
    operation: Operation,
    accounts: u64,
    latency: u64,
}

impl Figure {
    fn of(subject: Subject, accounts: u64) -> Self {
        Self {
            subject,
            operation: Operation::Login,
            accounts,
            latency: 0,
        }
    }

    fn asking(self, operation: Operation) -> Self {
        Self { operation, ..self }
    }
}
