//! Half-open connections: from some moment on, what one end or both say is lost, and nobody is told.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU8, Ordering},
    },
};

use offshift_tests::wire_proxy::{Fate, From, WireProxy};

use crate::chance::Chance;

/// A way that can be cut in either direction.
pub(crate) struct Hole {
    proxy: WireProxy,
    cut: Arc<AtomicU8>,
}

const TO_RELAY: u8 = 1;
const TO_CLIENT: u8 = 2;

impl Hole {
    /// In front of a relay; whole so far.
    pub(crate) async fn before(relay: SocketAddr) -> Self {
        let cut = Arc::new(AtomicU8::new(0));
        let state = cut.clone();
        let policy = move |_: usize, datagram: &offshift_tests::wire_proxy::Datagram| {
            let way = match datagram.from {
                From::Client(_) => TO_RELAY,
                From::Relay(_) => TO_CLIENT,
            };
            if state.load(Ordering::SeqCst) & way > 0 { Fate::Drop } else { Fate::Pass }
        };
        Self { proxy: WireProxy::with_policy(relay, Box::new(policy)).await, cut }
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.proxy.address()
    }

    /// Nothing comes through any more, one way or both.
    pub(crate) fn tear(&self, chance: &mut Chance) {
        let cut = [TO_RELAY, TO_CLIENT, TO_RELAY | TO_CLIENT][chance.index(3)];
        self.cut.store(cut, Ordering::SeqCst);
    }

    /// It is whole again.
    pub(crate) fn mend(&self) {
        self.cut.store(0, Ordering::SeqCst);
    }
}
