//! The page that a problem's `type` leads to: what it means, for the person who looks it up.

use super::super::page::Page;
use super::{Code, Language};

const STYLE: &str = "body{font:16px/1.6 system-ui,sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem;\
                     color-scheme:light dark}dt{font-weight:600}";

/// The page of a code, in both languages.
#[must_use]
pub fn page(code: Code) -> Page {
    let entry = code.entry();
    let section = |language: Language, labels: [&str; 3]| {
        let [status, action, retryable] = labels;
        format!(
            "<section lang=\"{}\"><h2>{}</h2><p>{}</p>\
             <dl><dt>{status}</dt><dd>{}</dd><dt>{action}</dt><dd><code>{}</code></dd>\
             <dt>{retryable}</dt><dd>{}</dd></dl></section>",
            language.tag(),
            entry.title.within(language),
            entry.detail.within(language),
            entry.status,
            entry.action.as_str(),
            entry.retryable,
        )
    };
    let chinese = section(Language::Chinese, ["HTTP 状态码", "客户端处理方式", "可重试"]);
    let english = section(Language::English, ["HTTP status", "What a client does", "Retryable"]);
    let template = format!(
        "<!doctype html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{code}</title>\
         <style></style></head>\
         <body><h1><code>{code}</code></h1>{chinese}{english}</body></html>",
        code = code.as_str(),
    );
    Page::without_script(&template, STYLE)
}
