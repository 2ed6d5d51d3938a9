//! Listening, TLS, and stopping in order.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::Context as _;
use futures_util::stream::{self, Stream, StreamExt as _};
use poem::endpoint::BoxEndpoint;
use poem::listener::{AcceptorExt, IntoTlsConfigStream as _, RustlsCertificate, RustlsConfig, TcpAcceptor};
use poem::{Response, Server};
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject as _;
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::watch;

use crate::config::Tls;

/// How long requests under way may take to end once the service is told to stop.
const DRAIN: Duration = Duration::from_secs(10);
/// A connection that is silent for so long is closed: it costs memory, and may be meant to.
const IDLE: Duration = Duration::from_secs(75);

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
        endpoint: BoxEndpoint<'static, Response>,
        tls: Option<Tls>,
        mut stop: Stop,
    ) -> anyhow::Result<()> {
        let acceptor = TcpAcceptor::from_tokio(self.listener)?;
        let acceptor = match tls {
            None => AcceptorExt::boxed(acceptor),
            Some(tls) => AcceptorExt::boxed(acceptor.rustls(certificates(tls)?.boxed())),
        };
        Server::new_with_acceptor(acceptor)
            .idle_timeout(IDLE)
            .run_with_graceful_shutdown(endpoint, async move { stop.wait().await }, Some(DRAIN))
            .await?;
        Ok(())
    }
}

/// The certificate now, and again at every SIGHUP. One that cannot be read then changes nothing.
fn certificates(tls: Tls) -> anyhow::Result<impl Stream<Item = RustlsConfig> + Send + 'static> {
    let first = read_certificate(&tls)?;
    let hangups = signal(SignalKind::hangup())?;
    let later = stream::unfold((hangups, tls), |(mut hangups, tls)| async move {
        loop {
            hangups.recv().await?;
            match read_certificate(&tls) {
                Ok(config) => {
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

fn read_certificate(tls: &Tls) -> anyhow::Result<RustlsConfig> {
    let read = |path: &std::path::Path| std::fs::read(path).with_context(|| format!("cannot read {}", path.display()));
    let (cert, key) = (read(&tls.cert)?, read(&tls.key)?);
    let config = || RustlsConfig::new().fallback(RustlsCertificate::new().cert(cert.clone()).key(key.clone()));
    // The framework takes a file without a certificate for a short chain.
    let certificates: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&cert).collect();
    anyhow::ensure!(
        certificates.is_ok_and(|certificates| !certificates.is_empty()),
        "{} holds no PEM certificate",
        tls.cert.display()
    );
    // Made into a stream and dropped: that is how the framework checks the key.
    drop(
        config()
            .into_stream()
            .with_context(|| format!("{} holds no PEM key that can be used", tls.key.display()))?,
    );
    Ok(config())
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

async fn first_of(mut terminate: Signal, mut interrupt: Signal) {
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}
