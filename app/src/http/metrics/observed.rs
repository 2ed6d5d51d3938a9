//! What others count: read when somebody asks for it.

use std::fmt;
use std::sync::Arc;

use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeLabelSet, EncodeMetric as _};
use prometheus_client::metrics::MetricType;
use prometheus_client::metrics::counter::ConstCounter;
use prometheus_client::metrics::gauge::ConstGauge;
use wxlogin_domain::housekeeping::Housekeeper;
use wxlogin_domain::ports::platform_health::{Circuit, PlatformHealth};

/// How WeChat does.
pub struct OfPlatform(pub Arc<dyn PlatformHealth>);

/// How many accounts and sessions there are, as of the last round of housekeeping.
pub struct OfCensus(pub Housekeeper);

#[derive(Debug, EncodeLabelSet)]
struct OfApp {
    appid: String,
}

#[derive(Debug, EncodeLabelSet)]
struct CircuitOf {
    appid: String,
    calls: &'static str,
    state: &'static str,
}

#[derive(Debug, EncodeLabelSet)]
struct CallOf {
    appid: String,
    api: &'static str,
    outcome: &'static str,
}

const STATES: [Circuit; 3] = [Circuit::Closed, Circuit::Open, Circuit::HalfOpen];

impl Collector for OfPlatform {
    fn encode(&self, mut encoder: DescriptorEncoder) -> fmt::Result {
        let health = self.0.health();
        let help = "Calls to WeChat, by how they went.";
        let mut calls = encoder.encode_descriptor("wechat_calls", help, None, MetricType::Counter)?;
        for app in &health {
            for call in &app.calls {
                let labels = CallOf {
                    appid: app.app.to_string(),
                    api: call.api,
                    outcome: call.outcome,
                };
                ConstCounter::new(call.count).encode(calls.encode_family(&labels)?)?;
            }
        }
        let help = "Calls to WeChat that are under way.";
        let mut in_flight = encoder.encode_descriptor("wechat_calls_in_flight", help, None, MetricType::Gauge)?;
        for app in &health {
            let labels = OfApp {
                appid: app.app.to_string(),
            };
            ConstGauge::new(count(app.in_flight as u64)).encode(in_flight.encode_family(&labels)?)?;
        }
        let help = "Whether WeChat is called for an app: 1 for the state that the circuit breaker is in.";
        let mut circuit = encoder.encode_descriptor("wechat_circuit", help, None, MetricType::Gauge)?;
        for app in &health {
            for (calls, found) in [("login", app.login_circuit), ("access_token", app.access_token_circuit)] {
                for state in STATES {
                    let labels = CircuitOf {
                        appid: app.app.to_string(),
                        calls,
                        state: state.as_str(),
                    };
                    ConstGauge::new(i64::from(state == found)).encode(circuit.encode_family(&labels)?)?;
                }
            }
        }
        Ok(())
    }
}

impl Collector for OfCensus {
    fn encode(&self, mut encoder: DescriptorEncoder) -> fmt::Result {
        let Some(census) = self.0.census() else { return Ok(()) };
        for (name, help, number) in [
            ("accounts", "Accounts, suspended ones included.", census.accounts),
            ("suspended_accounts", "Suspended accounts.", census.suspended_accounts),
            ("live_sessions", "Sessions that are alive.", census.live_sessions),
        ] {
            let metric = encoder.encode_descriptor(name, help, None, MetricType::Gauge)?;
            ConstGauge::new(count(number)).encode(metric)?;
        }
        Ok(())
    }
}

fn count(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

impl fmt::Debug for OfPlatform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OfPlatform")
    }
}

impl fmt::Debug for OfCensus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OfCensus")
    }
}
