//! What a client is, roughly: enough for a person to tell the own devices apart, too little to follow anybody.

/// Longer `User-Agent` headers are cut: whatever matters stands at the beginning, or near it.
const MAX_USER_AGENT: usize = 512;

/// A coarse reading of a `User-Agent`: the system, and WeChat's version without its build.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientKind(Box<str>);

impl ClientKind {
    /// The longest text.
    const MAX_LENGTH: usize = 64;

    /// Reads a `User-Agent` header: `WeChat 8.0 (iOS)`, `WeChat developer tools (Windows)`, `Android`. None where
    /// neither WeChat nor a system is found in it.
    #[must_use]
    pub fn of_user_agent(header: &str) -> Option<Self> {
        let header = &header[..header.floor_char_boundary(MAX_USER_AGENT)];
        let text = match (wechat(header), system(header)) {
            (Some(wechat), Some(system)) => format!("{wechat} ({system})"),
            (Some(wechat), None) => wechat,
            (None, Some(system)) => system.to_owned(),
            (None, None) => return None,
        };
        Some(Self(text.into()))
    }

    /// Takes back what a store kept.
    #[must_use]
    pub fn restore(text: &str) -> Option<Self> {
        (text.len() <= Self::MAX_LENGTH).then(|| Self(text.into()))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn wechat(header: &str) -> Option<String> {
    if header.contains("wechatdevtools") {
        return Some("WeChat developer tools".into());
    }
    let (_, rest) = header.split_once("MicroMessenger/")?;
    let version: String = rest
        .chars()
        .take_while(|letter| letter.is_ascii_digit() || *letter == '.')
        .collect();
    let is_number = |number: &&str| (1..=4).contains(&number.len());
    let mut numbers = version.split('.');
    let (major, minor) = (numbers.next().filter(is_number), numbers.next().filter(is_number));
    Some(match (major, minor) {
        (Some(major), Some(minor)) => format!("WeChat {major}.{minor}"),
        _ => "WeChat".into(),
    })
}

/// The first that fits: an iPhone says "like Mac OS X", an Android phone says "Linux".
fn system(header: &str) -> Option<&'static str> {
    [
        ("OpenHarmony", "HarmonyOS"),
        ("HarmonyOS", "HarmonyOS"),
        ("iPhone", "iOS"),
        ("iPad", "iOS"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Macintosh", "macOS"),
        ("Linux", "Linux"),
    ]
    .into_iter()
    .find_map(|(word, system)| header.contains(word).then_some(system))
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    #[test]
    fn user_agents_table() {
        let long = format!("{}MicroMessenger/8.0.1", "x".repeat(600));
        let mut table = String::new();
        for header in [
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.49(0x18003137) NetType/WIFI Language/zh_CN",
            "Mozilla/5.0 (Linux; Android 14; 23127PN0CC Build/UKQ1.230804.001; wv) AppleWebKit/537.36 MicroMessenger/8.0.50.2701(0x28003253) WeChat/arm64 Weixin NetType/5G MiniProgramEnv/android",
            "Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 ArkWeb/4.1.6.1 Mobile MicroMessenger/1.0.6",
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 wechatdevtools/1.06.2401020 MicroMessenger/8.0.5 Language/zh_CN webview/",
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 MicroMessenger/6.8.0(0x16080000) MacWechat/3.8",
            "MicroMessenger/",
            "MicroMessenger/8",
            "MicroMessenger/99999999999999999999.1.1",
            "curl/8.5.0",
            "",
            &long,
        ] {
            let start: String = header.chars().take(60).collect();
            let kind = ClientKind::of_user_agent(header);
            writeln!(table, "{:<34} {start}", kind.as_ref().map_or("-", ClientKind::as_str)).unwrap();
        }
        insta::assert_snapshot!(table);
    }
}
