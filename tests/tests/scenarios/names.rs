//! Names that steps give to ids and cursors, so that other steps can refer to them.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

#[derive(Debug, Default)]
pub(crate) struct Names(BTreeMap<String, Value>);

impl Names {
    /// Gives a value a name. A name stands for one value in the whole scenario.
    pub(crate) fn bind(&mut self, name: &str, value: Value) -> Result<(), String> {
        if !name.starts_with('$') {
            return Err(format!("{name}: a name begins with $"));
        }
        if !value.is_string() {
            return Err(format!("{name} would stand for {value}, which is no text"));
        }
        match self.0.insert(name.to_owned(), value) {
            None => Ok(()),
            Some(_) => Err(format!("{name} stands for something already")),
        }
    }

    /// Names parts of an answer by JSON pointers.
    pub(crate) fn bind_parts(&mut self, parts: &BTreeMap<String, String>, answer: &Value) -> Result<(), String> {
        parts.iter().try_for_each(|(name, pointer)| {
            let part = answer.pointer(pointer).ok_or_else(|| format!("{name}: nothing at {pointer}"))?;
            self.bind(name, part.clone())
        })
    }

    /// The value with every text that is a name replaced by what it stands for, and every `$repeat` by its text.
    pub(crate) fn put_in(&self, value: &Value) -> Result<Value, String> {
        Ok(match value {
            Value::String(name) if name.starts_with('$') => {
                self.0.get(name).cloned().ok_or_else(|| format!("{name} stands for nothing yet"))?
            }
            Value::Array(items) => items.iter().map(|item| self.put_in(item)).collect::<Result<_, _>>()?,
            Value::Object(members) if members.contains_key("$repeat") => repeated(value)?,
            Value::Object(members) => Value::Object(
                members
                    .iter()
                    .map(|(key, member)| Ok((key.clone(), self.put_in(member)?)))
                    .collect::<Result<_, String>>()?,
            ),
            other => other.clone(),
        })
    }

    /// The value as a scenario would write it: texts that have a name replaced by the name.
    pub(crate) fn take_out(&self, value: &Value) -> Value {
        match value {
            Value::String(_) => {
                self.0.iter().find(|(_, v)| *v == value).map_or(value.clone(), |(name, _)| Value::String(name.clone()))
            }
            Value::Array(items) => items.iter().map(|item| self.take_out(item)).collect(),
            Value::Object(members) => {
                Value::Object(members.iter().map(|(key, member)| (key.clone(), self.take_out(member))).collect())
            }
            other => other.clone(),
        }
    }
}

/// `{"$repeat": {"text": "ab", "times": 2, "before": "x", "after": "y"}}` is `xababy`.
fn repeated(value: &Value) -> Result<Value, String> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Written {
        #[serde(rename = "$repeat")]
        repeat: Repeat,
    }
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Repeat {
        text: String,
        times: usize,
        #[serde(default)]
        before: String,
        #[serde(default)]
        after: String,
    }
    let Written { repeat } = Written::deserialize(value).map_err(|e| format!("$repeat: {e}"))?;
    Ok(Value::String([repeat.before, repeat.text.repeat(repeat.times), repeat.after].concat()))
}

#[test]
fn a_long_text_is_written_short() {
    let names = Names::default();
    let written = serde_json::json!({"a": [{"$repeat": {"text": "é🙂", "times": 3, "after": "."}}]});
    assert_eq!(names.put_in(&written).unwrap(), serde_json::json!({"a": ["é🙂é🙂é🙂."]}));
    for wrong in [
        serde_json::json!({"$repeat": {"text": "a"}}),
        serde_json::json!({"$repeat": {"text": "a", "times": 1}, "more": 1}),
        serde_json::json!({"$repeat": {"text": "a", "times": 1, "befor": ""}}),
    ] {
        assert!(names.put_in(&wrong).is_err());
    }
}

#[test]
fn a_name_stands_for_one_value_and_must_have_one() {
    let mut names = Names::default();
    names.bind_parts(&BTreeMap::from([("$a".into(), "/x/0".into())]), &serde_json::json!({"x": ["7"]})).unwrap();
    assert_eq!(names.put_in(&serde_json::json!([{"k": "$a"}, 1])).unwrap(), serde_json::json!([{"k": "7"}, 1]));
    assert_eq!(names.take_out(&serde_json::json!(["7", "8"])), serde_json::json!(["$a", "8"]));
    assert!(names.put_in(&serde_json::json!("$b")).is_err());
    assert!(names.bind("$a", "8".into()).is_err());
    assert!(names.bind("a", "8".into()).is_err());
    assert!(names.bind("$c", 8.into()).is_err());
}
