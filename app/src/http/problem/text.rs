//! Texts in the two languages that this service speaks.

use std::borrow::Cow;

use poem::http::HeaderValue;

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

    /// The language that the lines of `Accept-Language` like best; Chinese where they say nothing of either.
    #[must_use]
    pub fn of(lines: &[HeaderValue]) -> Self {
        let ranges: Vec<_> = lines.iter().filter_map(|line| line.to_str().ok()).collect();
        Self::preferred(&ranges.join(","))
    }

    /// RFC 9110, section 12.5.4: the quality that a language has by its own range, or by `*` where none names it. Of
    /// equals the one that is named first.
    fn preferred(ranges: &str) -> Self {
        let (mut named, mut any) = (Vec::new(), None);
        for range in ranges.split(',') {
            let mut parts = range.split(';');
            let tag = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
            let quality = parts
                .find_map(|part| part.trim().strip_prefix("q="))
                .map_or(1.0, |quality| quality.parse::<f32>().unwrap_or(0.0));
            match tag.split('-').next().unwrap_or_default() {
                "zh" => named.push((Self::Chinese, quality)),
                "en" => named.push((Self::English, quality)),
                "*" => any = Some(quality),
                _ => {}
            }
        }
        for language in [Self::Chinese, Self::English] {
            let is_named = named.iter().any(|(other, _)| *other == language);
            named.extend(any.filter(|_| !is_named).map(|quality| (language, quality)));
        }
        let mut best = (Self::default(), 0.0);
        for (language, quality) in named {
            if quality > best.1 {
                best = (language, quality);
            }
        }
        best.0
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
            ("zh;q=0, *", Language::English),
            ("zh;q=0.5, *", Language::English),
            ("*;q=0.1, zh;q=0.5", Language::Chinese),
            ("en;q=0.8, en-US;q=0.9, zh;q=0.85", Language::English),
            ("en;q=x", Language::Chinese),
            (";;;,,,q=q=", Language::Chinese),
        ] {
            assert_eq!(Language::preferred(header), language, "{header:?}");
        }
    }
}
