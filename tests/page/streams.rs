//! What happens, told to a page that looks.

use std::{
    io::{BufRead, BufReader},
    net::TcpStream,
};

use serde_json::{Value, json};

use crate::served::{Served, Tab};

/// A stream of events, behind its head.
pub(crate) struct Stream(BufReader<TcpStream>);

impl Stream {
    /// One that is told.
    pub(crate) fn of(tab: &Tab<'_>) -> Self {
        let (status, stream) = Self::open(tab);
        assert_eq!(status, 200);
        stream
    }

    /// Its status, and itself.
    fn open(tab: &Tab<'_>) -> (u16, Self) {
        let mut lines = BufReader::new(tab.request("GET", "/events").send());
        let mut first = String::new();
        lines.read_line(&mut first).unwrap();
        let mut line = String::from("x");
        while !line.trim().is_empty() {
            line.clear();
            lines.read_line(&mut line).unwrap();
        }
        (first.split(' ').nth(1).unwrap().parse().unwrap(), Self(lines))
    }

    /// The next notification, or the end.
    pub(crate) fn next(&mut self) -> Option<Value> {
        loop {
            let mut line = String::new();
            if self.0.read_line(&mut line).unwrap_or(0) == 0 {
                return None;
            }
            // Between them stand the sizes of chunks.
            if line.starts_with('{') {
                return Some(serde_json::from_str(&line).unwrap());
            }
        }
    }
}

#[test]
fn what_happens_is_told_to_every_stream() {
    let served = Served::open();
    let tab = served.tab();
    let mut streams: Vec<_> = (0..2).map(|_| Stream::open(&tab)).collect();
    tab.call("lock", &json!({}));
    for (status, stream) in &mut streams {
        assert_eq!(*status, 200);
        let told = stream.next().unwrap();
        assert_eq!((&told["jsonrpc"], &told["method"]), (&json!("2.0"), &json!("event")));
        assert_eq!(told["params"]["event"], "locked");
    }
}

#[test]
fn os_pag_003_streams_are_bounded_and_one_that_ends_makes_room() {
    let served = Served::open();
    let tab = served.tab();
    let mut streams: Vec<_> = (0..4).map(|_| Stream::open(&tab)).collect();
    assert!(streams.iter().all(|(status, _)| *status == 200));
    assert_eq!(Stream::open(&tab).0, 503);
    assert_eq!(tab.harmless().status(), 200, "calls go on");
    streams.pop();
    // The server hears of the end when the system tells it.
    while Stream::open(&tab).0 != 200 {
        std::thread::yield_now();
    }
}

#[test]
fn os_pag_034_a_stream_ends_with_the_process() {
    let served = Served::open();
    let (_, mut stream) = Stream::open(&served.tab());
    let _later = served.again();
    while stream.next().is_some() {}
}
