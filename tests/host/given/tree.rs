//! A document as a reader sees it: texts decoded, literals kept, keys in order.

use super::json::Json;
use viewcomfy_wasm::json::push::{PushError, Token, TokenSink};
use viewcomfy_wasm::json::value::Kind;
use viewcomfy_wasm::json::{self, MAX_DEPTH};

/// What was read.
#[derive(Debug, Clone, PartialEq)]
pub enum Tree {
    Null,
    Boolean(bool),
    Number(String),
    Text(String),
    Array(Vec<Tree>),
    Object(Vec<(String, Tree)>),
}

impl From<&Json> for Tree {
    fn from(json: &Json) -> Self {
        match json {
            Json::Null => Self::Null,
            Json::Boolean(value) => Self::Boolean(*value),
            Json::Number(literal) => Self::Number(literal.clone()),
            Json::Text(text) => Self::Text(text.decoded()),
            Json::Array(items) => Self::Array(items.iter().map(Self::from).collect()),
            Json::Object(entries) => {
                Self::Object(entries.iter().map(|(key, value)| (key.decoded(), value.into())).collect())
            }
        }
    }
}

impl From<json::Value<'_>> for Tree {
    fn from(value: json::Value<'_>) -> Self {
        match value.kind() {
            Kind::Null => Self::Null,
            Kind::Boolean => Self::Boolean(value.raw() == "true"),
            Kind::Number => Self::Number(value.raw().to_owned()),
            Kind::String => Self::Text(value.as_str().unwrap().decode().into_owned()),
            Kind::Array => Self::Array(value.items().into_iter().map(Self::from).collect()),
            Kind::Object => {
                let entries = value.entries().into_iter();
                Self::Object(entries.map(|(key, value)| (key.decode().into_owned(), value.into())).collect())
            }
        }
    }
}

impl Tree {
    /// True when serde_json read the same; it keeps the last of equal keys, and no literals.
    pub fn is(&self, other: &serde_json::Value) -> bool {
        use serde_json::Value;
        match (self, other) {
            (Self::Null, Value::Null) => true,
            (Self::Boolean(a), Value::Bool(b)) => a == b,
            (Self::Number(literal), Value::Number(_)) => {
                serde_json::from_str::<Value>(literal).is_ok_and(|number| number == *other)
            }
            (Self::Text(a), Value::String(b)) => a == b,
            (Self::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.is(b)),
            (Self::Object(a), Value::Object(b)) => {
                let last = |key| a.iter().rev().find(|(name, _)| name == key).map(|(_, value)| value);
                a.iter().all(|(key, _)| b.contains_key(key))
                    && b.iter().all(|(key, value)| last(key).is_some_and(|a| a.is(value)))
            }
            _ => false,
        }
    }
}

/// Builds a tree from pushed tokens.
#[derive(Default)]
pub struct Growing {
    open: Vec<Tree>,
    /// The keys of the open objects whose values have not come yet.
    keys: Vec<String>,
    text: Vec<u8>,
    root: Option<Tree>,
}

impl Growing {
    /// The tree, once the reader has finished.
    pub fn tree(self) -> Option<Tree> {
        self.root
    }

    fn value(&mut self, value: Tree) {
        match self.open.last_mut() {
            Some(Tree::Array(items)) => items.push(value),
            Some(Tree::Object(entries)) => entries.push((self.keys.pop().unwrap(), value)),
            _ => assert_eq!(self.root.replace(value), None, "two values"),
        }
    }

    fn close(&mut self) {
        let closed = self.open.pop().unwrap();
        self.value(closed);
    }
}

impl TokenSink for Growing {
    type Error = PushError;

    fn token(&mut self, token: Token<'_>) -> Result<(), PushError> {
        match token {
            Token::ObjectStart => self.open.push(Tree::Object(Vec::new())),
            Token::ArrayStart => self.open.push(Tree::Array(Vec::new())),
            Token::ObjectEnd | Token::ArrayEnd => self.close(),
            Token::Key(key) => self.keys.push(key.to_owned()),
            Token::StringPiece(piece) => self.text.extend_from_slice(piece),
            Token::StringEnd => {
                let text = String::from_utf8(std::mem::take(&mut self.text)).unwrap();
                self.value(Tree::Text(text));
            }
            Token::Number(literal) => self.value(Tree::Number(literal.to_owned())),
            Token::Boolean(value) => self.value(Tree::Boolean(value)),
            Token::Null => self.value(Tree::Null),
        }
        assert!(self.open.len() <= MAX_DEPTH);
        Ok(())
    }
}
