//! Where a request comes from, as handlers are told it by the envelope.

use poem::{FromRequest, Request, RequestBody};
use wxlogin_domain::client_kind::ClientKind;
use wxlogin_domain::origin::{Actor, Origin};

use super::problem::{Code, Problem};

/// Where a request comes from.
pub struct CameFrom(pub Origin);

/// Leaves with the request what its handler will want to know of it.
pub fn note(request: &mut Request, request_id: &str, address: Option<std::net::IpAddr>) {
    let client = request.header("user-agent").and_then(ClientKind::of_user_agent);
    request.extensions_mut().insert(Origin {
        actor: Actor::Person,
        request_id: Some(request_id.into()),
        address,
        client,
    });
}

impl<'a> FromRequest<'a> for CameFrom {
    async fn from_request(request: &'a Request, _body: &mut RequestBody) -> poem::Result<Self> {
        // Every request has passed the envelope.
        let origin = request.extensions().get::<Origin>().cloned();
        Ok(Self(origin.ok_or(Problem::new(Code::Internal))?))
    }
}
