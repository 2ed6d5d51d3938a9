//! Requests, as bytes: those that are sent again and again are written once.

/// The API key that introspects.
pub const API_KEY: &str = "load-load-load-load-load-load-load-load-load";

/// Appends a JSON request.
pub fn post_json(path: &str, body: &str, to: &mut Vec<u8>) {
    post(path, "content-type: application/json\r\n", body, to);
}

/// Appends a request that presents an access token.
pub fn verify(token: &str, to: &mut Vec<u8>) {
    for part in [
        "GET /v1/verify HTTP/1.1\r\nhost: load\r\nauthorization: Bearer ",
        token,
        "\r\n\r\n",
    ] {
        to.extend_from_slice(part.as_bytes());
    }
}

/// Appends a request that has an access token introspected.
pub fn introspect(token: &str, to: &mut Vec<u8>) {
    let fields = format!("content-type: application/x-www-form-urlencoded\r\nauthorization: Bearer {API_KEY}\r\n");
    post("/v1/introspect", &fields, &format!("token={token}"), to);
}

/// Appends a request that has no body.
pub fn get(path: &str, to: &mut Vec<u8>) {
    to.extend_from_slice(format!("GET {path} HTTP/1.1\r\nhost: load\r\n\r\n").as_bytes());
}

fn post(path: &str, fields: &str, body: &str, to: &mut Vec<u8>) {
    let length = body.len();
    let head = format!("POST {path} HTTP/1.1\r\nhost: load\r\n{fields}content-length: {length}\r\n\r\n");
    to.extend_from_slice(head.as_bytes());
    to.extend_from_slice(body.as_bytes());
}
