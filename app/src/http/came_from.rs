//! Where a request comes from, as handlers are told it by the envelope.

use std::net::IpAddr;

use poem::{FromRequest, Request, RequestBody};
use wxlogin_domain::client_kind::ClientKind;
use wxlogin_domain::origin::{Actor, Origin};

use super::problem::{Code, Problem};

/// Where a request comes from.
pub struct CameFrom(pub Origin);

/// What the envelope knows of a request. Most handlers never ask for it: nothing is read out of it before.
#[derive(Clone)]
struct Noted {
    request_id: Box<str>,
    address: Option<IpAddr>,
}

/// Leaves with the request what its handler may want to know of it.
pub fn note(request: &mut Request, request_id: &str, address: Option<IpAddr>) {
    request.extensions_mut().insert(Noted {
        request_id: request_id.into(),
        address,
    });
}

/// Where a request comes from that this actor makes.
///
/// # Errors
/// Never: every request has passed the envelope.
pub fn origin(request: &Request, actor: Actor) -> Result<Origin, Problem> {
    let noted = request
        .extensions()
        .get::<Noted>()
        .ok_or(Problem::new(Code::Internal))?;
    Ok(Origin {
        actor,
        request_id: Some(noted.request_id.clone()),
        address: noted.address,
        client: request.header("user-agent").and_then(ClientKind::of_user_agent),
    })
}

impl<'a> FromRequest<'a> for CameFrom {
    async fn from_request(request: &'a Request, _body: &mut RequestBody) -> poem::Result<Self> {
        Ok(Self(origin(request, Actor::Person)?))
    }
}
