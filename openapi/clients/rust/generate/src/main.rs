//! Reads the document that clients are generated from, and writes the Rust client's code: standard input to standard
//! output.

use std::error::Error;
use std::io::{Read as _, stdin};

use openapiv3::{OpenAPI, ReferenceOr, SchemaKind, Type};
use progenitor::{GenerationSettings, Generator, InterfaceStyle, TypeImpl};
use quote::quote;

const HEADER: &str = "\
// Made from openapi/openapi.json by `openapi/generate rust`. Do not edit: change the service, then run that again.

";

fn main() -> Result<(), Box<dyn Error>> {
    let mut document = String::new();
    stdin().read_to_string(&mut document)?;
    let document: OpenAPI = serde_json::from_str(&document)?;
    expect_known_profile(&document)?;
    let mut settings = GenerationSettings::new();
    settings
        .with_interface(InterfaceStyle::Builder)
        .with_inner_type(quote!(crate::Credentials))
        .with_derive("PartialEq")
        .with_replacement("ProfileChange", "crate::ProfileChange", std::iter::empty::<TypeImpl>());
    let tokens = Generator::new(&settings).generate_tokens(&document)?;
    print!("{HEADER}{}", prettyplease::unparse(&syn::parse2(tokens)?));
    Ok(())
}

/// The generator has one `None` for "leave it" and "clear it", so `ProfileChange` is written by hand, in `profile.rs`.
fn expect_known_profile(document: &OpenAPI) -> Result<(), Box<dyn Error>> {
    let schemas = document.components.as_ref().map(|components| &components.schemas);
    let Some(ReferenceOr::Item(schema)) = schemas.and_then(|schemas| schemas.get("ProfileChange")) else {
        return Err("the document has no ProfileChange".into());
    };
    let SchemaKind::Type(Type::Object(object)) = &schema.schema_kind else {
        return Err("ProfileChange is no object".into());
    };
    let mut known: Vec<_> = object.properties.keys().map(String::as_str).collect();
    known.sort_unstable();
    if known != ["avatar_url", "nickname"] {
        return Err(format!("src/profile.rs has to have {known:?}").into());
    }
    Ok(())
}
