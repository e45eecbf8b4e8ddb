//! Server-Sent Events as sse-starlette writes them.

/// One event, with CRLF line ends and one `data` line per line of the data.
pub fn event(name: &str, data: &str) -> String {
    let mut text = String::with_capacity(name.len() + data.len() + 24);
    text.push_str("event: ");
    text.push_str(name);
    text.push_str("\r\n");
    for line in data.replace("\r\n", "\n").split(['\n', '\r']) {
        text.push_str("data: ");
        text.push_str(line);
        text.push_str("\r\n");
    }
    text.push_str("\r\n");
    text
}

/// A comment that keeps the connection alive.
pub fn ping() -> String {
    format!(": ping - {}\r\n\r\n", httpdate::fmt_http_date(std::time::SystemTime::now()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_one_data_line_per_line() {
        assert_eq!(event("log_message", "a"), "event: log_message\r\ndata: a\r\n\r\n");
        assert_eq!(event("error", "a\r\nb\nc"), "event: error\r\ndata: a\r\ndata: b\r\ndata: c\r\n\r\n");
        assert_eq!(event("error", ""), "event: error\r\ndata: \r\n\r\n");
    }
}
