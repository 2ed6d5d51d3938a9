//! An endpoint on a free port of its own.

use poem::listener::TcpAcceptor;
use poem::{IntoEndpoint, Server};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// An endpoint that is served until this is dropped.
pub struct Serving {
    /// Where it is, such as `http://127.0.0.1:49152`.
    pub url: String,
    task: JoinHandle<()>,
}

impl Drop for Serving {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Listens on a port that was free.
pub(crate) async fn free_port() -> TcpListener {
    TcpListener::bind("127.0.0.1:0").await.expect("a port")
}

impl Serving {
    /// Serves an endpoint on a free port.
    pub async fn start<E>(endpoint: E) -> Self
    where
        E: IntoEndpoint + Send + 'static,
        E::Endpoint: 'static,
    {
        Self::start_on(free_port().await, endpoint)
    }

    /// Serves an endpoint where somebody listens already.
    pub fn start_on<E>(listener: TcpListener, endpoint: E) -> Self
    where
        E: IntoEndpoint + Send + 'static,
        E::Endpoint: 'static,
    {
        let bound = listener.local_addr().expect("an address");
        let acceptor = TcpAcceptor::from_tokio(listener).expect("a listener");
        let task = tokio::spawn(async move {
            Server::new_with_acceptor(acceptor)
                .run(endpoint)
                .await
                .expect("it serves");
        });
        Self {
            url: format!("http://{bound}"),
            task,
        }
    }
}
