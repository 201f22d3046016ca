//! Wire: a UDP proxy on loopback that records all datagrams and may drop, delay, double or replay them.
//!
//! ```text
//! client -- proxy (one upstream socket for each client address) -- relay
//! ```
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::{
    collections::HashMap,
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};

use tokio::{net::UdpSocket, task::JoinSet};

use crate::relay::loopback;

/// Where a datagram came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From {
    /// From a client; which one, counted from 0 in the order of their first datagrams.
    Client(usize),
    /// From the relay to that client.
    Relay(usize),
}

/// A recorded datagram, before its fate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Datagram {
    /// Its sender.
    pub from: From,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What becomes of a datagram.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It arrives.
    Pass,
    /// It doesn't.
    Drop,
    /// It arrives twice.
    Twice,
    /// It arrives later, perhaps behind others.
    Delay(Duration),
}

/// Decides the fate of the nth datagram.
pub type Policy = Box<dyn Fn(usize, &Datagram) -> Fate + Send + Sync>;

/// From 0 to 99, the same for the same number in each run. The number is hashed, as any regular pattern falls into step
/// with the retransmissions (SplitMix64, Steele et al. 2014).
pub const fn percentile(number: usize) -> u64 {
    let mut hash = (number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (hash ^ (hash >> 31)) % 100
}

struct Flow {
    client: SocketAddr,
    upstream: Arc<UdpSocket>,
}

struct State {
    front: UdpSocket,
    relay: SocketAddr,
    policy: Policy,
    recorded: Mutex<Vec<Datagram>>,
    flows: Mutex<Vec<Flow>>,
    tasks: Mutex<JoinSet<()>>,
}

/// The proxy. Its tasks end with it.
pub struct WireProxy {
    state: Arc<State>,
    _task: JoinSet<()>,
}

impl WireProxy {
    /// In front of `relay`, passing everything.
    pub async fn start(relay: SocketAddr) -> Self {
        Self::with_policy(relay, Box::new(|_, _| Fate::Pass)).await
    }

    /// In front of `relay`, with a policy.
    pub async fn with_policy(relay: SocketAddr, policy: Policy) -> Self {
        let state = Arc::new(State {
            front: UdpSocket::bind(loopback()).await.unwrap(),
            relay,
            policy,
            recorded: Mutex::default(),
            flows: Mutex::default(),
            tasks: Mutex::default(),
        });
        let mut task = JoinSet::new();
        task.spawn(from_clients(state.clone()));
        Self { state, _task: task }
    }

    /// Where clients connect to.
    pub fn address(&self) -> SocketAddr {
        self.state.front.local_addr().unwrap()
    }

    /// Everything so far, in order.
    pub fn recorded(&self) -> Vec<Datagram> {
        self.state.recorded.lock().unwrap().clone()
    }

    /// What a client sent so far.
    pub fn sent_by(&self, client: usize) -> Vec<Vec<u8>> {
        let of_client = |datagram: &Datagram| datagram.from == From::Client(client);
        self.recorded().into_iter().filter(of_client).map(|datagram| datagram.bytes).collect()
    }

    /// What the relay sent to a client so far.
    pub fn sent_to(&self, client: usize) -> Vec<Vec<u8>> {
        let to_client = |datagram: &Datagram| datagram.from == From::Relay(client);
        self.recorded().into_iter().filter(to_client).map(|datagram| datagram.bytes).collect()
    }

    /// Sends these bytes to the relay as if this client had.
    pub async fn replay(&self, client: usize, bytes: &[u8]) {
        let upstream = self.state.flows.lock().unwrap()[client].upstream.clone();
        upstream.send_to(bytes, self.state.relay).await.unwrap();
    }

    /// From now on this client's datagrams reach the relay from another port, as after a move from
    /// Wi-Fi to mobile. What the relay sends to the old port is lost.
    pub async fn rebind(&self, client: usize) {
        let upstream = Arc::new(UdpSocket::bind(loopback()).await.unwrap());
        self.state.flows.lock().unwrap()[client].upstream = upstream.clone();
        let to_client = from_relay(self.state.clone(), client, upstream);
        self.state.tasks.lock().unwrap().spawn(to_client);
    }
}

impl Drop for WireProxy {
    fn drop(&mut self) {
        // The tasks hold the state that holds them.
        self.state.tasks.lock().unwrap().abort_all();
    }
}

async fn from_clients(state: Arc<State>) {
    let mut numbers = HashMap::new();
    let mut buffer = vec![0; 65_536];
    loop {
        // A closed client port answers with an ICMP error: not ours to care about.
        let Ok((length, client)) = state.front.recv_from(&mut buffer).await else { continue };
        let number = match numbers.get(&client) {
            Some(number) => *number,
            None => {
                let number = new_flow(&state, client).await;
                numbers.insert(client, number);
                number
            }
        };
        let datagram = Datagram { from: From::Client(number), bytes: buffer[..length].to_vec() };
        pass_on(&state, datagram);
    }
}

async fn new_flow(state: &Arc<State>, client: SocketAddr) -> usize {
    let upstream = Arc::new(UdpSocket::bind(loopback()).await.unwrap());
    let number = {
        let mut flows = state.flows.lock().unwrap();
        flows.push(Flow { client, upstream: upstream.clone() });
        flows.len() - 1
    };
    let to_client = from_relay(state.clone(), number, upstream);
    state.tasks.lock().unwrap().spawn(to_client);
    number
}

async fn from_relay(state: Arc<State>, client: usize, upstream: Arc<UdpSocket>) {
    let mut buffer = vec![0; 65_536];
    loop {
        let Ok((length, _)) = upstream.recv_from(&mut buffer).await else { continue };
        let current = state.flows.lock().unwrap()[client].upstream.clone();
        if !Arc::ptr_eq(&current, &upstream) {
            return;
        }
        pass_on(&state, Datagram { from: From::Relay(client), bytes: buffer[..length].to_vec() });
    }
}

fn pass_on(state: &Arc<State>, datagram: Datagram) {
    let number = {
        let mut recorded = state.recorded.lock().unwrap();
        recorded.push(datagram.clone());
        recorded.len() - 1
    };
    match (state.policy)(number, &datagram) {
        Fate::Drop => {}
        Fate::Pass => send(state, &datagram),
        Fate::Twice => {
            send(state, &datagram);
            send(state, &datagram);
        }
        Fate::Delay(time) => {
            let later = state.clone();
            state.tasks.lock().unwrap().spawn(async move {
                tokio::time::sleep(time).await;
                send(&later, &datagram);
            });
        }
    }
}

/// Sends at once where the socket is known to be ready, else as soon as it is.
fn send(state: &Arc<State>, datagram: &Datagram) {
    let (socket, to) = match datagram.from {
        From::Client(client) => (Some(state.flow(client).1), state.relay),
        From::Relay(client) => (None, state.flow(client).0),
    };
    let now = socket.as_deref().unwrap_or(&state.front).try_send_to(&datagram.bytes, to);
    if now.is_err() {
        let (later, bytes) = (state.clone(), datagram.bytes.clone());
        state.tasks.lock().unwrap().spawn(async move {
            let _ = socket.as_deref().unwrap_or(&later.front).send_to(&bytes, to).await;
        });
    }
}

impl State {
    fn flow(&self, client: usize) -> (SocketAddr, Arc<UdpSocket>) {
        let flows = self.flows.lock().unwrap();
        (flows[client].client, flows[client].upstream.clone())
    }
}
