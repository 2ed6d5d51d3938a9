//! `wxlogin openapi`: prints the OpenAPI document.

use std::io::Write as _;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use crate::http;

/// Print the OpenAPI document
#[derive(Debug, Args)]
pub struct OpenapiCommand {
    /// How it is written
    #[arg(long, value_enum, default_value_t = Format::Json)]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Json,
    Yaml,
}

impl OpenapiCommand {
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        let document = match self.format {
            Format::Json => http::openapi_json(),
            Format::Yaml => http::openapi_yaml()?,
        };
        std::io::stdout().write_all(document.as_bytes())?;
        Ok(ExitCode::SUCCESS)
    }
}
