//! Texts in the two languages that this service speaks.

use std::borrow::Cow;

use poem::http::{HeaderMap, header};

/// A language of problem documents.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Language {
    /// Simplified Chinese, unless something else is asked for.
    #[default]
    Chinese,
    /// English.
    English,
}

impl Language {
    /// The tag of RFC 5646.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::Chinese => "zh-CN",
            Self::English => "en",
        }
    }

    /// The language that an `Accept-Language` header likes best; Chinese where it says nothing of either.
    #[must_use]
    pub fn of(headers: &HeaderMap) -> Self {
        headers
            .get(header::ACCEPT_LANGUAGE)
            .and_then(|value| value.to_str().ok())
            .map(Self::preferred)
            .unwrap_or_default()
    }

    fn preferred(accept_language: &str) -> Self {
        let mut best = (0.0, Self::default());
        for range in accept_language.split(',') {
            let mut parts = range.split(';');
            let tag = parts.next().unwrap_or_default().trim();
            let language = match tag.split('-').next().unwrap_or_default().to_ascii_lowercase().as_str() {
                "zh" | "*" => Self::Chinese,
                "en" => Self::English,
                _ => continue,
            };
            let quality = parts
                .find_map(|part| part.trim().strip_prefix("q="))
                .map_or(1.0, |quality| quality.parse::<f32>().unwrap_or(0.0));
            // Strictly better: of equals, the first one is meant.
            if quality > best.0 {
                best = (quality, language);
            }
        }
        best.1
    }
}

/// A text in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    chinese: Cow<'static, str>,
    english: Cow<'static, str>,
}

/// A fixed text.
#[must_use]
pub const fn text(chinese: &'static str, english: &'static str) -> Text {
    Text {
        chinese: Cow::Borrowed(chinese),
        english: Cow::Borrowed(english),
    }
}

impl Text {
    /// A text that was made for the occasion.
    #[must_use]
    pub fn made(chinese: String, english: String) -> Self {
        Self {
            chinese: Cow::Owned(chinese),
            english: Cow::Owned(english),
        }
    }

    /// The text in one language.
    #[must_use]
    pub fn within(&self, language: Language) -> &str {
        match language {
            Language::Chinese => &self.chinese,
            Language::English => &self.english,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn preferred_language_table() {
        for (header, language) in [
            ("", Language::Chinese),
            ("en", Language::English),
            ("en-US,en;q=0.9,zh;q=0.8", Language::English),
            ("zh-CN,zh;q=0.9,en;q=0.8", Language::Chinese),
            ("fr, en;q=0.4", Language::English),
            ("fr", Language::Chinese),
            ("en;q=0", Language::Chinese),
            ("zh;q=0.1, EN ; q=0.2", Language::English),
            ("*", Language::Chinese),
            ("en;q=x", Language::Chinese),
            (";;;,,,q=q=", Language::Chinese),
        ] {
            assert_eq!(Language::preferred(header), language, "{header:?}");
        }
    }
}
