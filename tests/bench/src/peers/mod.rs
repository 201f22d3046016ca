//! Brokers that an operator could pick instead, where they are installed: each with the safest settings that it has,
//! as a child process on loopback, its data in a folder of its own.
//!
//! ```text
//! publisher -> broker (stores) -> subscriber          a box is a stream key, a subject or a topic
//! ```
//! Only what is measured is spoken of the three protocols: publish, acknowledgement, delivery. No encryption: theirs
//! would cost them more, not less.

mod mqtt;
mod nats;
mod redis;

use std::{
    io,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::Path,
    process::{Child, Command, Stdio},
    sync::Arc,
    time::Duration,
};

use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, BufReader},
    net::{
        TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    sync::mpsc,
};

use crate::load::{Arrivals, Offer};

/// What every envelope of the comparison holds.
pub(crate) const PAYLOAD: usize = 1_024;

/// A kind of broker.
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    program: &'static str,
    package: &'static str,
    start: fn(&Path, u16) -> io::Result<(Child, &'static str)>,
    protocol: Protocol,
}

#[derive(Clone, Copy)]
enum Protocol {
    Redis,
    Nats,
    Mqtt,
}

pub(crate) const KINDS: [Kind; 3] = [
    Kind {
        name: "redis streams",
        program: "redis-server",
        package: "redis-server",
        start: redis::start,
        protocol: Protocol::Redis,
    },
    Kind {
        name: "nats JetStream",
        program: "nats-server",
        package: "nats-server",
        start: nats::start,
        protocol: Protocol::Nats,
    },
    Kind {
        name: "mosquitto",
        program: "mosquitto",
        package: "mosquitto",
        start: mqtt::start,
        protocol: Protocol::Mqtt,
    },
];

/// A running broker. Killed when dropped.
pub(crate) struct Broker {
    child: Child,
    address: SocketAddr,
    protocol: Protocol,
    /// What its acknowledgement means.
    pub(crate) durability: &'static str,
}

impl Drop for Broker {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Kind {
    /// Starts one; what to do when it is not installed.
    pub(crate) async fn start(&self, folder: &Path) -> Result<Broker, String> {
        let port = free_port();
        let (child, durability) = (self.start)(folder, port).map_err(|_| {
            format!(
                "{} is absent: no program {}; Debian package {}",
                self.name, self.program, self.package
            )
        })?;
        let address = (Ipv4Addr::LOCALHOST, port).into();
        let broker = Broker { child, address, protocol: self.protocol, durability };
        for _ in 0..500 {
            if TcpStream::connect(address).await.is_ok() {
                return Ok(broker);
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Err(format!("{} does not answer", self.name))
    }
}

impl Broker {
    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// So many boxes, each with a publisher and a subscriber on connections of their own.
    pub(crate) async fn boxes(&self, arrivals: &Arc<Arrivals>, count: usize) -> Vec<Offer> {
        if let Protocol::Nats = self.protocol {
            nats::prepare(self.connect().await).await;
        }
        let mut offers: Vec<Offer> = Vec::new();
        for at in 0..count {
            let (follower, publisher) = (self.connect().await, self.connect().await);
            offers.push(match self.protocol {
                Protocol::Redis => redis::open(at, follower, publisher, arrivals).await,
                Protocol::Nats => nats::open(at, follower, publisher, arrivals).await,
                Protocol::Mqtt => mqtt::open(at, follower, publisher, arrivals).await,
            });
        }
        offers
    }

    async fn connect(&self) -> Wire {
        let stream = TcpStream::connect(self.address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        let (reads, writes) = stream.into_split();
        Wire { reads: BufReader::with_capacity(64 << 10, reads), writes }
    }
}

/// A connection to a broker.
struct Wire {
    reads: BufReader<OwnedReadHalf>,
    writes: OwnedWriteHalf,
}

type Reads = BufReader<OwnedReadHalf>;

/// A line without its end; empty when the broker is gone.
async fn line(reads: &mut Reads) -> String {
    let mut line = String::new();
    reads.read_line(&mut line).await.unwrap();
    line.trim_end().to_owned()
}

async fn bytes(reads: &mut Reads, count: usize) -> Vec<u8> {
    let mut bytes = vec![0; count];
    // A broker that was killed in the middle ends the reading, nothing else.
    let _ = reads.read_exact(&mut bytes).await;
    bytes
}

fn payload(number: u64) -> [u8; PAYLOAD] {
    let mut payload = [7; PAYLOAD];
    payload[..8].copy_from_slice(&number.to_be_bytes());
    payload
}

fn number_in(payload: &[u8]) -> u64 {
    u64::from_be_bytes(payload[..8].try_into().unwrap())
}

/// Writes what is offered, as many at once as wait.
fn writer(
    mut writes: OwnedWriteHalf,
    mut encode: impl FnMut(u64, &mut Vec<u8>) + Send + 'static,
) -> Offer {
    use tokio::io::AsyncWriteExt;
    let (offer, mut offered) = mpsc::unbounded_channel::<u64>();
    tokio::spawn(async move {
        let mut numbers = Vec::new();
        while offered.recv_many(&mut numbers, 64).await > 0 {
            let mut out = Vec::new();
            numbers.drain(..).for_each(|number| encode(number, &mut out));
            if writes.write_all(&out).await.is_err() {
                return;
            }
        }
    });
    Box::new(move |number| offer.send(number).unwrap())
}

/// A port that nobody had a moment ago: none of the three tells which one it took.
fn free_port() -> u16 {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port()
}

fn silent(program: &str) -> Command {
    let mut command = Command::new(program);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}
