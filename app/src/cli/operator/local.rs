//! The admin API within this process, on a store that it has opened.

use anyhow::Context as _;
use poem::endpoint::BoxEndpoint;
use poem::http::{Method, header};
use poem::{Body, Endpoint as _, Request, Response};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;
use wxlogin_domain::api_key::ApiKeyName;

use super::Answer;
use crate::config::{ApiKey, Config, MasterKey};
use crate::wiring::{self, Foundations, OpenStore};

/// The admin API within this process.
pub(in crate::cli) struct Local {
    api: BoxEndpoint<'static, Response>,
    open: OpenStore,
    /// Made for this process: nobody else has ever seen it.
    key: SecretString,
}

impl Local {
    /// On an open store.
    pub(super) async fn on(open: OpenStore, mut config: Config, master_key: &MasterKey) -> anyhow::Result<Self> {
        let key = wiring::new_api_key();
        config
            .api_keys
            .push(ApiKey::internal(ApiKeyName::command_line(), key.clone()));
        let services = async {
            let foundations = Foundations::new(&config, master_key, open.store.clone()).await?;
            wiring::services(&config, master_key, foundations).await
        }
        .await;
        match services {
            Ok(services) => Ok(Self {
                api: wiring::api(&config, &services),
                open,
                key,
            }),
            Err(error) => {
                open.close().await;
                Err(error.into())
            }
        }
    }

    pub(super) async fn call(&self, method: Method, path: &str, body: Option<Value>) -> anyhow::Result<Answer> {
        let mut request = Request::builder()
            .method(method)
            .uri_str(path)
            .header(header::AUTHORIZATION, format!("Bearer {}", self.key.expose_secret()))
            .header(header::ACCEPT_LANGUAGE, "en");
        if body.is_some() {
            request = request.content_type("application/json");
        }
        let body = body.map_or_else(Body::empty, |body| Body::from_string(body.to_string()));
        let mut response = self.api.get_response(request.body(body)).await;
        let bytes = response.take_body().into_vec().await?;
        let body = if bytes.is_empty() {
            Value::Null
        } else {
            serde_json::from_slice(&bytes).context("the answer is JSON")?
        };
        Ok(Answer {
            status: response.status().as_u16(),
            body,
        })
    }

    pub(super) async fn close(self) {
        let Self { api, open, .. } = self;
        drop(api);
        open.close().await;
    }
}
