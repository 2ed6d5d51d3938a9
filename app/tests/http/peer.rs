//! The other end of the connection, which poem's test client knows nothing of.

use std::net::{IpAddr, SocketAddr};

use poem::endpoint::BoxEndpoint;
use poem::http::uri::Scheme;
use poem::web::{LocalAddr, RemoteAddr};
use poem::{Addr, Endpoint, Request, RequestParts, Response};

/// With a request: the address that it comes from.
#[derive(Clone, Copy)]
pub struct Peer(pub IpAddr);

/// An endpoint that believes what [`Peer`] says, as it would believe a socket.
pub struct AtPeer(pub BoxEndpoint<'static, Response>);

impl Endpoint for AtPeer {
    type Output = Response;

    async fn call(&self, mut request: Request) -> poem::Result<Response> {
        if let Some(Peer(address)) = request.extensions_mut().remove::<Peer>() {
            request = connected(request, address);
        }
        self.0.call(request).await
    }
}

/// The same request over a connection from this address.
fn connected(request: Request, address: IpAddr) -> Request {
    let (parts, body) = request.into_parts();
    let mut head = poem::http::Request::new(()).into_parts().0;
    head.method = parts.method;
    head.uri = parts.uri;
    head.version = parts.version;
    head.headers = parts.headers;
    head.extensions = parts.extensions;
    let remote = RemoteAddr(Addr::from(SocketAddr::new(address, 50_000)));
    Request::from_parts(
        RequestParts::from((head, LocalAddr::default(), remote, Scheme::HTTP)),
        body,
    )
}
