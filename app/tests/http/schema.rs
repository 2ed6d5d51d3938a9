//! As much of JSON Schema as the OpenAPI document uses, and stricter: a field that is not described is an error.

use serde_json::Value;

/// Checks a value against a schema of the document.
pub fn check(document: &Value, schema: &Value, value: &Value, place: &str) {
    if let Some(reference) = schema["$ref"].as_str() {
        let pointer = reference
            .strip_prefix('#')
            .expect("references stay within the document");
        let schema = document
            .pointer(pointer)
            .unwrap_or_else(|| panic!("{place}: no {reference}"));
        return check(document, schema, value, place);
    }
    for part in list(&schema["allOf"]) {
        check(document, part, value, place);
    }
    if let Some(words) = schema["enum"].as_array() {
        assert!(words.contains(value), "{place}: {value} is none of {words:?}");
    }
    let fits = match schema["type"].as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("boolean") => value.is_boolean(),
        Some("integer") => value.is_u64() || value.is_i64(),
        Some(other) => panic!("{place}: the type {other} is new here"),
        None => true,
    };
    assert!(fits, "{place}: {value} is no {}", schema["type"]);
    for item in list(value).iter().filter(|_| schema["type"] == "array") {
        check(document, &schema["items"], item, place);
    }
    if schema["type"] == "object" {
        check_object(document, schema, value, place);
    }
}

fn check_object(document: &Value, schema: &Value, value: &Value, place: &str) {
    for name in list(&schema["required"]) {
        let name = name.as_str().expect("names are texts");
        assert!(value.get(name).is_some(), "{place}: {name} is missing in {value}");
    }
    for (name, field) in value.as_object().into_iter().flatten() {
        let described = schema["properties"]
            .get(name)
            .unwrap_or(&schema["additionalProperties"]);
        assert!(described.is_object(), "{place}: {name} is not described");
        check(document, described, field, &format!("{place}: {name}"));
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}
