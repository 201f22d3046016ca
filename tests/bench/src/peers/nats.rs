//! nats-server with JetStream on files: one stream, a subject for each box, a consumer that is pushed to.

use std::{io, path::Path, process::Child, sync::Arc};

use tokio::io::AsyncWriteExt;

use super::{PAYLOAD, Reads, Wire, bytes, line, number_in, payload, silent, writer};
use crate::load::{Arrivals, Offer};

const FLUSHED: &str = "written and flushed before it acknowledges (sync_interval: always)";
const LATER: &str = "this version can't be told to flush before it acknowledges: it does each two minutes, and a power \
                     cut loses what was acknowledged since";

pub(super) fn start(folder: &Path, port: u16) -> io::Result<(Child, &'static str)> {
    let file = folder.join("nats.conf");
    let store = folder.join("store");
    let settings = |flush: &str| {
        let store = store.display();
        format!(
            "listen: \"127.0.0.1:{port}\"\nping_interval: \"1h\"\njetstream {{ store_dir: \"{store}\"\n{flush} }}\n"
        )
    };
    std::fs::write(&file, settings("sync_interval: always"))?;
    let tested = silent("nats-server").arg("-t").arg("-c").arg(&file).status()?;
    if !tested.success() {
        std::fs::write(&file, settings(""))?;
    }
    let child = silent("nats-server").arg("-c").arg(&file).spawn()?;
    Ok((child, if tested.success() { FLUSHED } else { LATER }))
}

const HELLO: &str = "CONNECT {\"verbose\":false,\"pedantic\":false,\"headers\":true}\r\n";

/// Makes the stream.
pub(super) async fn prepare(mut wire: Wire) {
    let stream = r#"{"name":"boxes","subjects":["box.*"],"storage":"file","retention":"limits","num_replicas":1}"#;
    let out =
        format!("{HELLO}SUB made 1\r\n{}", ask("$JS.API.STREAM.CREATE.boxes", "made", stream));
    wire.writes.write_all(out.as_bytes()).await.unwrap();
    let answer = message(&mut wire).await.expect("an answer");
    assert!(!String::from_utf8_lossy(&answer).contains("\"error\""), "the stream is made");
}

fn ask(subject: &str, answer: &str, body: &str) -> String {
    format!("PUB {subject} {answer} {}\r\n{body}\r\n", body.len())
}

pub(super) async fn open(
    at: usize,
    mut follower: Wire,
    mut publisher: Wire,
    arrivals: &Arc<Arrivals>,
) -> Offer {
    let consumer = format!(
        "{{\"stream_name\":\"boxes\",\"config\":{{\"deliver_subject\":\"to.{at}\",\"filter_subject\":\"box.{at}\",\
         \"ack_policy\":\"none\",\"deliver_policy\":\"all\"}}}}"
    );
    let subject = "$JS.API.CONSUMER.CREATE.boxes";
    let made = format!("made.{at}");
    let out = format!("{HELLO}SUB {made} 1\r\nSUB to.{at} 2\r\n{}", ask(subject, &made, &consumer));
    follower.writes.write_all(out.as_bytes()).await.unwrap();
    let answer = message(&mut follower).await.expect("an answer");
    assert!(!String::from_utf8_lossy(&answer).contains("\"error\""), "the consumer is made");
    let arrivals = arrivals.clone();
    tokio::spawn(async move {
        while let Some(body) = message(&mut follower).await {
            arrivals.arrived(at, number_in(&body));
        }
    });
    let begin = format!("{HELLO}SUB done.{at} 1\r\n");
    publisher.writes.write_all(begin.as_bytes()).await.unwrap();
    let Wire { mut reads, writes } = publisher;
    tokio::spawn(async move { while body(&mut reads, None).await.is_some() {} });
    writer(writes, move |number, out| {
        out.extend(format!("PUB box.{at} done.{at} {PAYLOAD}\r\n").bytes());
        out.extend(payload(number));
        out.extend(b"\r\n");
    })
}

async fn message(wire: &mut Wire) -> Option<Vec<u8>> {
    body(&mut wire.reads, Some(&mut wire.writes)).await
}

/// The next message's bytes; a ping on the way is answered where that is possible.
async fn body(
    reads: &mut Reads,
    mut writes: Option<&mut tokio::net::tcp::OwnedWriteHalf>,
) -> Option<Vec<u8>> {
    loop {
        let line = line(reads).await;
        if line.is_empty() {
            return None;
        }
        if line == "PING"
            && let Some(writes) = &mut writes
        {
            writes.write_all(b"PONG\r\n").await.ok()?;
        }
        if line.starts_with("MSG ") {
            let length: usize = line.rsplit(' ').next()?.parse().ok()?;
            let mut body = bytes(reads, length + 2).await;
            body.truncate(length);
            return Some(body);
        }
        assert!(!line.starts_with("-ERR"), "{line}");
    }
}
