//! An endpoint on a free port of its own.

use poem::listener::{Acceptor as _, Listener as _, TcpListener};
use poem::{IntoEndpoint, Server};
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

impl Serving {
    /// Serves an endpoint on a free port.
    pub async fn start<E>(endpoint: E) -> Self
    where
        E: IntoEndpoint + Send + 'static,
        E::Endpoint: 'static,
    {
        Self::start_at("127.0.0.1:0", endpoint).await
    }

    /// Serves an endpoint at this address.
    pub async fn start_at<E>(address: &str, endpoint: E) -> Self
    where
        E: IntoEndpoint + Send + 'static,
        E::Endpoint: 'static,
    {
        let acceptor = TcpListener::bind(address.to_owned())
            .into_acceptor()
            .await
            .expect("a port");
        let bound = acceptor.local_addr()[0].as_socket_addr().copied().expect("an address");
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
