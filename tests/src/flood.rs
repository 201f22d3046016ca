//! First packets of clients that don't exist, from as many addresses as loopback has.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::{
    collections::BTreeMap,
    net::{Ipv4Addr, SocketAddr, UdpSocket},
    sync::Arc,
    time::Duration,
};

use offshift_link::settings::SERVER_NAME;
use quinn::{Endpoint, crypto::rustls::QuicClientConfig};
use tokio::time::timeout;

use crate::{
    raw::gullible_tls,
    relay::{PATIENCE, loopback},
};

/// The datagrams with which a client begins: its hybrid key share needs two.
pub type Flight = Vec<Vec<u8>>;

const DATAGRAMS: usize = 2;
/// Begun together, so that the recorder keeps up.
const TOGETHER: usize = 32;

/// A server's flight fills its datagrams; a Retry or a refusal is short.
const AT_LENGTH: usize = 1_000;

/// So many first flights, each with keys of its own.
pub async fn first_flights(count: usize) -> Vec<Flight> {
    let crypto = QuicClientConfig::try_from(gullible_tls()).unwrap();
    let config = quinn::ClientConfig::new(Arc::new(crypto));
    let mut flights = Vec::new();
    while flights.len() < count {
        // One for each batch: what ends earlier attempts comes to an earlier one.
        let recorder = tokio::net::UdpSocket::bind(loopback()).await.unwrap();
        let to = recorder.local_addr().unwrap();
        let endpoint = Endpoint::client(loopback()).unwrap();
        let begin = || endpoint.connect_with(config.clone(), to, SERVER_NAME).unwrap();
        let begun: Vec<_> = (0..TOGETHER).map(|_| begin()).collect();
        let recorded = timeout(PATIENCE, recorded(&recorder)).await;
        flights.extend(recorded.expect("they are sent at once"));
        drop(begun);
    }
    flights.truncate(count);
    flights
}

async fn recorded(recorder: &tokio::net::UdpSocket) -> Vec<Flight> {
    let mut by_id: BTreeMap<Vec<u8>, Flight> = BTreeMap::new();
    let mut buffer = [0; 2_048];
    while by_id.values().filter(|flight| flight.len() == DATAGRAMS).count() < TOGETHER {
        let (length, _) = recorder.recv_from(&mut buffer).await.unwrap();
        let datagram = buffer[..length].to_vec();
        let id = datagram[6..6 + usize::from(datagram[5])].to_vec();
        let flight = by_id.entry(id).or_default();
        if flight.len() < DATAGRAMS {
            flight.push(datagram);
        }
    }
    by_id.into_values().filter(|flight| flight.len() == DATAGRAMS).collect()
}

/// One forged address: what went out of it and what came to it.
pub struct Source {
    socket: UdpSocket,
    /// Bytes sent.
    pub sent: usize,
    /// Bytes that came back.
    pub received: usize,
    /// Whether a key exchange was answered.
    pub answered_at_length: bool,
    /// Whether a Retry came.
    pub retried: bool,
}

impl Source {
    /// One at this address.
    pub fn at(address: Ipv4Addr) -> Self {
        let socket = UdpSocket::bind((address, 0)).unwrap();
        socket.set_nonblocking(true).unwrap();
        Self { socket, sent: 0, received: 0, answered_at_length: false, retried: false }
    }

    /// One of many, in four prefixes.
    pub fn numbered(number: usize) -> Self {
        let (network, host) = (number % 4, 1 + number % 200);
        Self::at(Ipv4Addr::new(127, 0, network.try_into().unwrap(), host.try_into().unwrap()))
    }

    /// Sends a flight; what the system drops was not sent.
    pub fn send(&mut self, flight: &Flight, to: SocketAddr) {
        for datagram in flight {
            self.sent += self.socket.send_to(datagram, to).unwrap_or(0);
        }
    }

    /// Takes what came.
    pub fn listen(&mut self) {
        let mut buffer = [0; 2_048];
        while let Ok((length, _)) = self.socket.recv_from(&mut buffer) {
            self.received += length;
            self.answered_at_length |= length >= AT_LENGTH;
            self.retried |= buffer[0] & 0xf0 == 0xf0;
        }
    }
}

/// Sends each flight from an address of its own, again and again while `goes_on`.
pub fn flood(flights: &[Flight], to: SocketAddr, goes_on: impl Fn() -> bool) -> Vec<Source> {
    let mut sources: Vec<_> = (0..flights.len()).map(Source::numbered).collect();
    while goes_on() {
        for (source, flight) in sources.iter_mut().zip(flights) {
            source.send(flight, to);
            source.listen();
        }
        // Some 10,000 in a second: more than fits through a small relay's line, and the test's machine lives.
        std::thread::sleep(Duration::from_millis(10));
    }
    sources
}

/// Resident memory of a process, bytes.
pub fn memory_of(pid: u32) -> u64 {
    let statm = std::fs::read_to_string(format!("/proc/{pid}/statm")).unwrap();
    let pages: u64 = statm.split(' ').nth(1).unwrap().parse().unwrap();
    pages * 4_096
}
