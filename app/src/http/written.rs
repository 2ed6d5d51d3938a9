//! Answers in JSON that are written as they are. The framework's own payload makes a tree of each first.

use poem::http::{HeaderValue, header};
use poem::{IntoResponse, Response};
use poem_openapi::ApiResponse;
use poem_openapi::payload::{Json, Payload as _};
use poem_openapi::registry::{MetaResponses, Registry};
use poem_openapi::types::ToJSON;
use serde::Serialize;

use super::problem::{Code, Problem};

/// A JSON answer. Its type tells of itself twice: to the document, and to whom it is written for. A test of the type sees
/// that both say the same.
pub struct Written<T>(pub T);

impl<T: Serialize + Send> IntoResponse for Written<T> {
    fn into_response(self) -> Response {
        let Ok(text) = serde_json::to_vec(&self.0) else {
            return Problem::new(Code::Internal).into_refusal();
        };
        let mut response = Response::builder().body(text);
        response.headers_mut().insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static(Json::<String>::CONTENT_TYPE),
        );
        response
    }
}

impl<T: ToJSON + Serialize> ApiResponse for Written<T> {
    fn meta() -> MetaResponses {
        Json::<T>::meta()
    }

    fn register(registry: &mut Registry) {
        <Json<T> as ApiResponse>::register(registry);
    }
}
