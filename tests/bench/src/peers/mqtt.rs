//! mosquitto with persistent sessions and QoS 1 (MQTT 3.1.1).

use std::{io, path::Path, process::Child, sync::Arc};

use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::{Reads, Wire, bytes, number_in, payload, silent, writer};
use crate::load::{Arrivals, Offer};

const DURABILITY: &str = "acknowledges from memory; all that waits is written to its file once a second, so a crash \
                          loses that second; nothing is stored for a subscriber that has it";

pub(super) fn start(folder: &Path, port: u16) -> io::Result<(Child, &'static str)> {
    let file = folder.join("mosquitto.conf");
    let settings = format!(
        "listener {port} 127.0.0.1\nallow_anonymous true\nuser root\nlog_dest none\nset_tcp_nodelay true\n\
         persistence true\npersistence_location {}/\nautosave_interval 1\n\
         max_inflight_messages 0\nmax_queued_messages 0\n",
        folder.display()
    );
    std::fs::write(&file, settings)?;
    Ok((silent("mosquitto").arg("-c").arg(&file).spawn()?, DURABILITY))
}

const CONNACK: u8 = 2;
const PUBLISH: u8 = 3;
const SUBACK: u8 = 9;

pub(super) async fn open(
    at: usize,
    mut follower: Wire,
    mut publisher: Wire,
    arrivals: &Arc<Arrivals>,
) -> Offer {
    let topic = string(&format!("box/{at}"));
    connect(&mut follower, &format!("follower{at}")).await;
    connect(&mut publisher, &format!("publisher{at}")).await;
    let subscribe = [&[0, 1][..], &topic, &[1]].concat();
    follower.writes.write_all(&packet(0x82, &subscribe)).await.unwrap();
    assert_eq!(next(&mut follower.reads).await.unwrap().0 >> 4, SUBACK);
    let (arrivals, skip) = (arrivals.clone(), topic.len());
    tokio::spawn(async move {
        while let Some((kind, body)) = next(&mut follower.reads).await {
            if kind >> 4 == PUBLISH {
                let id = &body[skip..skip + 2];
                if follower.writes.write_all(&packet(0x40, id)).await.is_err() {
                    return;
                }
                arrivals.arrived(at, number_in(&body[skip + 2..]));
            }
        }
    });
    let Wire { mut reads, writes } = publisher;
    tokio::spawn(async move { while next(&mut reads).await.is_some() {} });
    let mut id = 0_u16;
    writer(writes, move |number, out| {
        id = id.checked_add(1).unwrap_or(1);
        out.extend(packet(0x32, &[&topic[..], &id.to_be_bytes(), &payload(number)].concat()));
    })
}

/// A session that outlives its connection, without keep-alive.
async fn connect(wire: &mut Wire, name: &str) {
    let body = [&string("MQTT")[..], &[4, 0, 0, 0], &string(name)].concat();
    wire.writes.write_all(&packet(0x10, &body)).await.unwrap();
    assert_eq!(next(&mut wire.reads).await.unwrap().0 >> 4, CONNACK);
}

fn string(words: &str) -> Vec<u8> {
    let length = u16::try_from(words.len()).unwrap();
    [&length.to_be_bytes()[..], words.as_bytes()].concat()
}

fn packet(kind: u8, body: &[u8]) -> Vec<u8> {
    let (mut packet, mut length) = (vec![kind], body.len());
    loop {
        let low = u8::try_from(length % 128).unwrap();
        length /= 128;
        packet.push(if length > 0 { low | 128 } else { low });
        if length == 0 {
            break;
        }
    }
    packet.extend(body);
    packet
}

async fn next(reads: &mut Reads) -> Option<(u8, Vec<u8>)> {
    let kind = reads.read_u8().await.ok()?;
    let (mut length, mut shift) = (0, 0);
    loop {
        let byte = reads.read_u8().await.ok()?;
        length |= usize::from(byte & 127) << shift;
        shift += 7;
        if byte & 128 == 0 {
            break;
        }
    }
    Some((kind, bytes(reads, length).await))
}
