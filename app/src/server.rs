//! Listening, TLS, and stopping in order.

use std::net::SocketAddr;
use std::path::Path;
use std::pin::Pin;
use std::time::Duration;

use anyhow::Context as _;
use futures_util::stream::{self, Stream, StreamExt as _};
use poem::http::uri::Scheme;
use poem::listener::{Acceptor, AcceptorExt, RustlsCertificate, RustlsConfig, TcpAcceptor};
use poem::web::{LocalAddr, RemoteAddr};
use poem::{Endpoint, Response, Server};
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::CertifiedKey;
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::watch;
use tokio_io_timeout::TimeoutStream;

use crate::config::Tls;

/// How long requests under way may take to end once the service is told to stop.
const DRAIN: Duration = Duration::from_secs(10);
/// A connection that is silent for so long is closed: it costs memory, and may be meant to.
const IDLE: Duration = Duration::from_secs(75);

/// How many requests one HTTP/2 connection may have under way, so that none fills the house alone.
const MAX_STREAMS: u32 = 100;
/// How long to wait when no connection can be accepted.
const SHORTAGE_PAUSE: Duration = Duration::from_millis(200);

/// A socket that listens. Bound before anything else is promised, so that a taken port is an early and clear error.
pub struct Bound {
    listener: TcpListener,
    /// The address, with the port that was given where 0 was asked for.
    pub address: SocketAddr,
}

impl Bound {
    /// Binds.
    ///
    /// # Errors
    /// When the address cannot be had.
    pub async fn bind(address: SocketAddr, setting: &str) -> anyhow::Result<Self> {
        let listener = TcpListener::bind(address)
            .await
            .with_context(|| format!("cannot listen on {address}: choose another address with {setting}"))?;
        let address = listener.local_addr()?;
        Ok(Self { listener, address })
    }

    /// Serves until it is told to stop, then lets requests under way end.
    ///
    /// # Errors
    /// When the certificate cannot be read.
    pub async fn serve(
        self,
        endpoint: impl Endpoint<Output = Response> + 'static,
        tls: Option<Tls>,
        mut stop: Stop,
    ) -> anyhow::Result<()> {
        let acceptor = TcpAcceptor::from_tokio(self.listener)?;
        let acceptor = match tls {
            None => AcceptorExt::boxed(Guarded::new(acceptor)),
            Some(tls) => AcceptorExt::boxed(Guarded::new(acceptor).rustls(certificates(tls)?.boxed())),
        };
        // Without an idle timeout of the server's own: silent connections are given up below, and it would wake a second
        // task with every read and every write.
        Server::new_with_acceptor(acceptor)
            .http2_max_concurrent_streams(MAX_STREAMS)
            .run_with_graceful_shutdown(endpoint, async move { stop.wait().await }, Some(DRAIN))
            .await?;
        Ok(())
    }
}

/// The certificate now, and again at every SIGHUP. One that cannot be read then changes nothing.
fn certificates(tls: Tls) -> anyhow::Result<impl Stream<Item = RustlsConfig> + Send + 'static> {
    let (first, _) = read_certificate(&tls)?;
    let hangups = signal(SignalKind::hangup())?;
    let later = stream::unfold((hangups, tls), |(mut hangups, tls)| async move {
        loop {
            hangups.recv().await?;
            match read_certificate(&tls) {
                Ok((config, _)) => {
                    tracing::info!("the TLS certificate was read again");
                    return Some((config, (hangups, tls)));
                }
                Err(error) => tracing::error!(
                    error = format!("{error:#}"),
                    "the TLS certificate cannot be read; the old one stays"
                ),
            }
        }
    });
    Ok(stream::iter([first]).chain(later))
}

/// Reads a certificate and its key, and sees that they belong together: a renewal that has written only one of the two
/// files must not take the service down.
fn read_certificate(tls: &Tls) -> anyhow::Result<(RustlsConfig, CertificateDer<'static>)> {
    let read = |path: &Path| std::fs::read(path).with_context(|| format!("cannot read {}", path.display()));
    let (cert, key) = (read(&tls.cert)?, read(&tls.key)?);
    let chain: Vec<_> = CertificateDer::pem_slice_iter(&cert)
        .collect::<Result<_, _>>()
        .ok()
        .filter(|chain: &Vec<_>| !chain.is_empty())
        .with_context(|| format!("{} holds no PEM certificate", tls.cert.display()))?;
    let private =
        PrivateKeyDer::from_pem_slice(&key).map_err(|_| anyhow::anyhow!("{} holds no PEM key", tls.key.display()))?;
    let leaf = chain[0].clone();
    CertifiedKey::from_der(chain, private, &aws_lc_rs::default_provider()).map_err(|error| {
        let (cert, key) = (tls.cert.display(), tls.key.display());
        anyhow::anyhow!("{cert} and {key} are no certificate and its key: {error}")
    })?;
    let config = RustlsConfig::new().fallback(RustlsCertificate::new().cert(cert).key(key));
    Ok((config, leaf))
}

/// Sees that a certificate and its key can be served; answers the certificate.
///
/// # Errors
/// Says what is wrong with them.
pub fn prove_certificate(tls: &Tls) -> anyhow::Result<CertificateDer<'static>> {
    read_certificate(tls).map(|(_, leaf)| leaf)
}

/// Accepts connections, gives up those that are silent, and survives a shortage.
struct Guarded<A> {
    inner: A,
    has_waited: bool,
}

impl<A> Guarded<A> {
    fn new(inner: A) -> Self {
        Self {
            inner,
            has_waited: false,
        }
    }
}

impl<A: Acceptor> Acceptor for Guarded<A> {
    type Io = Pin<Box<TimeoutStream<A::Io>>>;

    fn local_addr(&self) -> Vec<LocalAddr> {
        self.inner.local_addr()
    }

    async fn accept(&mut self) -> std::io::Result<(Self::Io, LocalAddr, RemoteAddr, Scheme)> {
        if !self.has_waited {
            // TLS is made of two streams, and whoever connected before its first certificate was looked at would be
            // turned away: once, nobody is there yet.
            self.has_waited = true;
            tokio::task::yield_now().await;
        }
        match self.inner.accept().await {
            Ok((io, local, remote, scheme)) => {
                let mut io = TimeoutStream::new(io);
                io.set_read_timeout(Some(IDLE));
                io.set_write_timeout(Some(IDLE));
                Ok((Box::pin(io), local, remote, scheme))
            }
            Err(error) => {
                // Out of file descriptors, as a rule. Whoever asks again at once asks in vain, and says so each time.
                tracing::error!(%error, "no connection can be accepted");
                tokio::time::sleep(SHORTAGE_PAUSE).await;
                Err(error)
            }
        }
    }
}

/// The wish to stop, for everybody who serves.
#[derive(Clone)]
pub struct Stop(watch::Receiver<bool>);

impl Stop {
    /// Comes with SIGTERM or SIGINT.
    ///
    /// # Errors
    /// When the signals cannot be listened to.
    pub fn on_signals() -> anyhow::Result<Self> {
        let (sender, receiver) = watch::channel(false);
        let (terminate, interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
        ignore_hangups()?;
        tokio::spawn(async move {
            first_of(terminate, interrupt).await;
            tracing::info!("stopping");
            // Nobody listens any more: then all have stopped already.
            let _ = sender.send(true);
        });
        Ok(Self(receiver))
    }

    async fn wait(&mut self) {
        // An error means that the sender is gone, which it is only after it has spoken.
        let _ = self.0.wait_for(|stop| *stop).await;
    }
}

/// By default SIGHUP ends a process; here it means "read the certificate again", and nothing where there is none.
fn ignore_hangups() -> anyhow::Result<()> {
    let mut hangups = signal(SignalKind::hangup())?;
    tokio::spawn(async move { while hangups.recv().await.is_some() {} });
    Ok(())
}

async fn first_of(mut terminate: Signal, mut interrupt: Signal) {
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}
