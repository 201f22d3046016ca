//! A relay is ended and started again, and everybody who followed comes back in the same moment.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use offshift_tests::{bare, relay::Mailbox};
use offshift_wire::{Position, RelayId, relay::Response};
use quinn::Endpoint;
use tokio::task::JoinSet;

use crate::{
    Bench,
    delivery::{PER_SOCKET, follow, gather},
    idle::{Held, linger},
    load::{Sorted, micros},
    process::{self, BareProcess, cpu_of},
    report::{Row, Section},
};

const CLIENTS: usize = 5_000;

/// Until each was back, and what that took of the server.
struct Back {
    times: Sorted,
    cpu: Duration,
}

pub(crate) fn run(bench: &Bench, section: &mut Section) {
    let clients = bench.pick(CLIENTS, 40);
    section.say(format!(
        "{clients} clients begin at once, the relay makes each prove its address under that load (Retry); on bare \
         quinn a handshake and two streams; some packets are lost where buffers are full, and are sent again after 1 s"
    ));
    let ours = bench.runtime.block_on(to_relay(bench, clients));
    let bare = bench.runtime.block_on(to_bare(clients));
    for (name, share) in
        [("half of them follow again", 0.5), ("99 % of them", 0.99), ("the last", 1.0)]
    {
        let seconds = |back: &Back| back.times.at(share) / 1e6;
        section.add(Row::new(name, seconds(&ours), "s").beside("bare quinn", seconds(&bare)));
    }
    let each = |back: &Back| micros(back.cpu) / clients as f64;
    section.add(
        Row::new("server's CPU for each", each(&ours), "us").beside("bare quinn", each(&bare)),
    );
}

async fn to_relay(bench: &Bench, clients: usize) -> Back {
    let folder = bench.folder("storm");
    let relay = process::relay(&folder);
    let (to, id) = (relay.address(), *relay.link().relay());
    let followed = gather(clients, |endpoint, number| follows(endpoint, to, id, number)).await;
    relay.kill();
    drop(followed);
    let relay = process::relay_at(&folder, to);
    let pid = relay.pid();
    all_at_once(pid, clients, move |endpoint, number| follows(endpoint, to, id, number)).await
}

async fn follows(endpoint: Endpoint, to: SocketAddr, id: RelayId, number: u64) -> Held {
    let mailbox = Mailbox::inbox(number);
    let (peer, control, mut fetch) = follow(endpoint, to, id, &mailbox, Position::START).await;
    assert_eq!(fetch.answer().await, Some(Response::CaughtUp));
    (peer, vec![control, fetch])
}

async fn to_bare(clients: usize) -> Back {
    let server = BareProcess::start(&["hold"]);
    let to = server.address;
    all_at_once(server.pid(), clients, move |endpoint, _| linger(endpoint, to)).await
}

async fn all_at_once<C: Future<Output = Held> + Send + 'static>(
    server: u32,
    clients: usize,
    arrive: impl Fn(Endpoint, u64) -> C,
) -> Back {
    let endpoints: Vec<_> = (0..clients.div_ceil(PER_SOCKET)).map(|_| bare::endpoint()).collect();
    let (cpu, began, mut arriving) = (cpu_of(server), Instant::now(), JoinSet::new());
    for number in 0..clients {
        let arriving_one = arrive(endpoints[number % endpoints.len()].clone(), number as u64);
        arriving.spawn(async move {
            let held = arriving_one.await;
            (micros(began.elapsed()), held)
        });
    }
    let (times, held): (Vec<f64>, Vec<Held>) = arriving.join_all().await.into_iter().unzip();
    assert_eq!(held.len(), clients);
    Back { times: Sorted::of(times), cpu: cpu_of(server).saturating_sub(cpu) }
}
