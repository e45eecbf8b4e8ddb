//! Who may call: a client id with its secret, or a bearer token.

use axum::http::HeaderMap;
use serde::Serialize;

/// What the endpoint accepts.
pub struct Accepted {
    pub client_id: String,
    pub client_secret: String,
    pub token: String,
}

/// Which of the two ways a caller used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum AuthorizedBy {
    Client,
    Token,
}

/// Headers whose values never appear in a log or a response.
const SECRET: [&str; 4] = ["authorization", "client_secret", "cookie", "proxy-authorization"];

impl Accepted {
    /// How the caller is authorized, if at all.
    pub fn check(&self, headers: &HeaderMap) -> Option<AuthorizedBy> {
        let sent = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        if sent("client_id") == Some(&self.client_id) && sent("client_secret") == Some(&self.client_secret) {
            return Some(AuthorizedBy::Client);
        }
        let (scheme, token) = sent("authorization")?.split_once(' ')?;
        (scheme.eq_ignore_ascii_case("bearer") && token.trim() == self.token).then_some(AuthorizedBy::Token)
    }
}

/// A header's value as it may be shown.
pub fn shown(name: &str, value: &str) -> String {
    if SECRET.contains(&name) {
        return "…".into();
    }
    value.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pairs: &[(&'static str, &str)]) -> Option<AuthorizedBy> {
        let accepted =
            Accepted { client_id: "id".into(), client_secret: "secret".into(), token: "token".into() };
        let headers =
            pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
        accepted.check(&headers)
    }

    #[test]
    fn takes_either_way() {
        assert_eq!(check(&[("client_id", "id"), ("client_secret", "secret")]), Some(AuthorizedBy::Client));
        assert_eq!(check(&[("authorization", "Bearer token")]), Some(AuthorizedBy::Token));
    }

    #[test]
    fn refuses_the_rest() {
        assert_eq!(check(&[]), None);
        assert_eq!(check(&[("client_id", "id")]), None);
        assert_eq!(check(&[("client_id", "id"), ("client_secret", "wrong")]), None);
        assert_eq!(check(&[("authorization", "token")]), None);
    }

    #[test]
    fn hides_secrets() {
        assert_eq!(shown("client_secret", "x"), "…");
        assert_eq!(shown("client_id", "x"), "x");
    }
}
