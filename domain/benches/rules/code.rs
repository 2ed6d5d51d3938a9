//! Codes.

use std::hint::black_box;

use criterion::Criterion;
use wxlogin_domain::code::JsCode;

pub fn parsed(criterion: &mut Criterion) {
    criterion.bench_function("code, parsed", |bencher| {
        bencher.iter(|| JsCode::parse(black_box("0a3WxI000dQzDT1xfF100xUSrY3WxI0Q")).expect("a code"));
    });
}
