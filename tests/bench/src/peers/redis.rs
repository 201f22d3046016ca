//! redis streams with an append-only file that is flushed before each answer.

use std::{io, path::Path, process::Child, sync::Arc};

use tokio::io::AsyncWriteExt;

use super::{PAYLOAD, Reads, Wire, bytes, line, number_in, payload, silent, writer};
use crate::load::{Arrivals, Offer};

const DURABILITY: &str =
    "written and flushed to its log before it answers; all of it in memory as well";

pub(super) fn start(folder: &Path, port: u16) -> io::Result<(Child, &'static str)> {
    let mut command = silent("redis-server");
    command.args(["--bind", "127.0.0.1", "--port", &port.to_string(), "--save", ""]);
    command.args(["--appendonly", "yes", "--appendfsync", "always"]);
    command.args(["--auto-aof-rewrite-percentage", "0", "--dir"]).arg(folder);
    Ok((command.spawn()?, DURABILITY))
}

pub(super) async fn open(
    at: usize,
    mut follower: Wire,
    mut publisher: Wire,
    arrivals: &Arc<Arrivals>,
) -> Offer {
    tokio::spawn(async move { while !line(&mut publisher.reads).await.is_empty() {} });
    let arrivals = arrivals.clone();
    tokio::spawn(async move {
        let mut last = "0-0".to_owned();
        loop {
            let name = format!("box{at}");
            let ask = ["XREAD", "COUNT", "256", "BLOCK", "0", "STREAMS", &name, &last];
            if follower.writes.write_all(&command(&ask)).await.is_err() {
                return;
            }
            let Some(read) = entries(&mut follower.reads, &arrivals, at).await else { return };
            last = read;
        }
    });
    writer(publisher.writes, move |number, out| {
        out.extend(
            format!("*5\r\n$4\r\nXADD\r\n{}$1\r\n*\r\n$1\r\nd\r\n", word(&format!("box{at}")))
                .bytes(),
        );
        out.extend(format!("${PAYLOAD}\r\n").bytes());
        out.extend(payload(number));
        out.extend(b"\r\n");
    })
}

fn word(word: &str) -> String {
    format!("${}\r\n{word}\r\n", word.len())
}

fn command(words: &[&str]) -> Vec<u8> {
    let all: String = words.iter().map(|one| word(one)).collect();
    format!("*{}\r\n{all}", words.len()).into_bytes()
}

/// One answer: `[[key, [[id, [field, value]] ...]]]`. Gives the last id.
async fn entries(reads: &mut Reads, arrivals: &Arrivals, at: usize) -> Option<String> {
    head(reads, '*').await?;
    head(reads, '*').await?;
    string(reads).await?;
    let mut last = None;
    for _ in 0..head(reads, '*').await? {
        head(reads, '*').await?;
        last = Some(String::from_utf8(string(reads).await?).ok()?);
        head(reads, '*').await?;
        string(reads).await?;
        arrivals.arrived(at, number_in(&string(reads).await?));
    }
    last
}

/// The count behind a mark.
async fn head(reads: &mut Reads, mark: char) -> Option<usize> {
    line(reads).await.strip_prefix(mark)?.parse().ok()
}

async fn string(reads: &mut Reads) -> Option<Vec<u8>> {
    let length = head(reads, '$').await?;
    let mut string = bytes(reads, length + 2).await;
    string.truncate(length);
    Some(string)
}
