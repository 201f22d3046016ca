//! Who may begin a handshake: every network prefix has its share, and above it proves its address.
//!
//! ```text
//! first packet -> prefix (IPv4 /24, IPv6 /48) -> connections of the prefix now -> full?            refuse
//!    address not proved -> handshakes under way, free ones of the prefix       -> above its share? Retry
//!    address proved     -> proved handshakes of the prefix                     -> above its share? refuse
//! ```
//! All of it comes before any key exchange (OS-LNK-051). What is not proved is never refused for what was not
//! proved: whoever forges the addresses of others' networks costs them a round trip and locks nobody out.
//!
//! What a handshake leaves behind is a number beside a keyed hash. Key and numbers are thrown away together after
//! a minute (OS-LNK-052), so that nothing tells afterwards who was here. The key is drawn afresh: keys of the
//! standard library's hasher follow one from another on a thread.
//!
//! Never: an address outside this module and the listener (N7); a prefix of which no connection lives beyond a minute.

use std::{
    collections::{HashMap, hash_map::Entry},
    net::{IpAddr, Ipv6Addr},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering},
    },
    time::Duration,
};

use hmac::{Hmac, Mac, digest::KeyInit};
use sha2::Sha256;
use tokio::time::Instant;
use zeroize::Zeroizing;

use crate::limits::{
    CONNECTIONS_PER_PREFIX, FREE_HANDSHAKES, HANDSHAKES_BEFORE_RETRY,
    HANDSHAKES_PER_PREFIX_PER_MINUTE, PREFIXES_MAX, TIGHT_SHARE,
};

/// How long what a handshake leaves behind is kept, at most.
const MINUTE: Duration = Duration::from_secs(60);

/// How much a listener takes of whom. What each means for people is said beside the settings of the relay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListenLimits {
    /// Handshakes under way above which every address must first prove that it is one.
    pub handshakes_before_retry: usize,
    /// Handshakes of one prefix in a minute, of addresses that were proved; a quarter as many without proof.
    pub handshakes_per_prefix_per_minute: u32,
    /// Connections of one prefix at once.
    pub connections_per_prefix: usize,
}

impl Default for ListenLimits {
    fn default() -> Self {
        Self {
            handshakes_before_retry: HANDSHAKES_BEFORE_RETRY,
            handshakes_per_prefix_per_minute: HANDSHAKES_PER_PREFIX_PER_MINUTE,
            connections_per_prefix: CONNECTIONS_PER_PREFIX,
        }
    }
}

/// How many first packets were turned away since this was last asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TurnedAway {
    /// Answered by a Retry. An honest client comes back with it.
    pub retried: u64,
    /// Refused, as their prefix has had its share.
    pub refused: u64,
}

/// What becomes of a first packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Admit,
    Retry,
    Refuse,
}

/// The part of an address that a network operator gives to one customer, at the least.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Prefix([u8; 7]);

impl Prefix {
    fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(address) => {
                let [a, b, c, _] = address.octets();
                Self([4, a, b, c, 0, 0, 0])
            }
            IpAddr::V6(address) => Self::of_v6(address),
        }
    }

    fn of_v6(address: Ipv6Addr) -> Self {
        let [a, b, c, d, e, f, ..] = address.octets();
        Self([6, a, b, c, d, e, f])
    }
}

/// The handshakes of at most a minute, and the key without which they are of nobody.
struct Minute {
    key: Zeroizing<[u8; 32]>,
    since: Instant,
    unproved: HashMap<u64, u32>,
    proved: HashMap<u64, u32>,
}

struct State {
    limits: ListenLimits,
    tight: bool,
    minute: Option<Minute>,
    connections: HashMap<Prefix, usize>,
}

/// Keeps the door of one listener.
pub(crate) struct Gate {
    state: Mutex<State>,
    under_way: AtomicUsize,
    shedding: AtomicBool,
    retried: AtomicU64,
    refused: AtomicU64,
}

/// A handshake that is under way.
pub(crate) struct UnderWay(Arc<Gate>);

/// A connection's place among those of its prefix.
pub(crate) struct Place {
    gate: Arc<Gate>,
    prefix: Prefix,
}

impl Gate {
    pub(crate) fn new(limits: ListenLimits) -> Arc<Self> {
        let state = State { limits, tight: false, minute: None, connections: HashMap::new() };
        Arc::new(Self {
            state: Mutex::new(state),
            under_way: AtomicUsize::new(0),
            shedding: AtomicBool::new(false),
            retried: AtomicU64::new(0),
            refused: AtomicU64::new(0),
        })
    }

    pub(crate) fn set_limits(&self, limits: ListenLimits) {
        self.state().limits = limits;
    }

    pub(crate) fn set_tight(&self, tight: bool) {
        self.state().tight = tight;
    }

    pub(crate) fn set_shedding(&self, shedding: bool) {
        self.shedding.store(shedding, Ordering::Relaxed);
    }

    pub(crate) fn is_shedding(&self) -> bool {
        self.shedding.load(Ordering::Relaxed)
    }

    /// What becomes of a first packet from `address`, which was `proved` by a Retry or not (OS-LNK-050, 051).
    pub(crate) fn judge(&self, address: IpAddr, proved: bool, now: Instant) -> Verdict {
        let busy = self.under_way.load(Ordering::Relaxed);
        let verdict = self.state().judge(Prefix::of(address), proved, busy, now);
        match verdict {
            Verdict::Admit => {}
            Verdict::Retry => drop(self.retried.fetch_add(1, Ordering::Relaxed)),
            Verdict::Refuse => drop(self.refused.fetch_add(1, Ordering::Relaxed)),
        }
        verdict
    }

    pub(crate) fn begin(self: &Arc<Self>) -> UnderWay {
        self.under_way.fetch_add(1, Ordering::Relaxed);
        UnderWay(self.clone())
    }

    /// A place for a connection whose handshake is over; `None` when its prefix has taken the last one since.
    pub(crate) fn place(self: &Arc<Self>, address: IpAddr) -> Option<Place> {
        let prefix = Prefix::of(address);
        let taken = self.state().take_place(prefix);
        if !taken {
            self.refused.fetch_add(1, Ordering::Relaxed);
        }
        taken.then(|| Place { gate: self.clone(), prefix })
    }

    /// When the numbers of this minute are to be forgotten, if there are any.
    pub(crate) fn forgets_at(&self) -> Option<Instant> {
        self.state().minute.as_ref().map(|minute| minute.since + MINUTE)
    }

    /// Forgets the minute that is over (OS-LNK-052).
    pub(crate) fn forget(&self, now: Instant) {
        self.state().forget(now);
    }

    pub(crate) fn turned_away(&self) -> TurnedAway {
        TurnedAway {
            retried: self.retried.swap(0, Ordering::Relaxed),
            refused: self.refused.swap(0, Ordering::Relaxed),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn judge(&mut self, prefix: Prefix, proved: bool, under_way: usize, now: Instant) -> Verdict {
        if self.is_full(prefix) {
            return Verdict::Refuse;
        }
        let limits = self.limits;
        if !proved && under_way >= limits.handshakes_before_retry {
            return Verdict::Retry;
        }
        let most = limits.handshakes_per_prefix_per_minute;
        // Without randomness nobody's share can be told: then each address is proved, and no more is counted.
        let Some(minute) = self.minute(now) else {
            return if proved { Verdict::Admit } else { Verdict::Retry };
        };
        let name = minute.name(prefix);
        match proved {
            true if count(&mut minute.proved, name, most) => Verdict::Admit,
            true => Verdict::Refuse,
            false if count(&mut minute.unproved, name, most / FREE_HANDSHAKES) => Verdict::Admit,
            false => Verdict::Retry,
        }
    }

    fn minute(&mut self, now: Instant) -> Option<&mut Minute> {
        self.forget(now);
        if self.minute.is_none() {
            self.minute = Minute::new(now);
        }
        self.minute.as_mut()
    }

    fn forget(&mut self, now: Instant) {
        self.minute.take_if(|minute| now.duration_since(minute.since) >= MINUTE);
    }

    fn is_full(&self, prefix: Prefix) -> bool {
        let held = self.connections.get(&prefix).copied().unwrap_or(0);
        let most = self.limits.connections_per_prefix;
        held >= if self.tight { most / TIGHT_SHARE } else { most }
    }

    fn take_place(&mut self, prefix: Prefix) -> bool {
        let free = !self.is_full(prefix);
        if free {
            let held = self.connections.entry(prefix).or_default();
            *held = held.saturating_add(1);
        }
        free
    }

    fn leave(&mut self, prefix: Prefix) {
        let Entry::Occupied(mut held) = self.connections.entry(prefix) else { return };
        match held.get().checked_sub(1) {
            None | Some(0) => drop(held.remove()),
            Some(rest) => drop(held.insert(rest)),
        }
    }
}

impl Minute {
    fn new(since: Instant) -> Option<Self> {
        let mut key = Zeroizing::new([0; 32]);
        getrandom::fill(&mut *key).ok()?;
        Some(Self { key, since, unproved: HashMap::new(), proved: HashMap::new() })
    }

    fn name(&self, prefix: Prefix) -> u64 {
        let mac = Hmac::<Sha256>::new_from_slice(&*self.key).map(|mac| mac.chain_update(prefix.0));
        let bytes = mac.map(|mac| mac.finalize().into_bytes());
        bytes.ok().and_then(|all| all.first_chunk().copied()).map_or(0, u64::from_be_bytes)
    }
}

/// One more for `name`, if that is not above `most` and there is room to remember it.
fn count(table: &mut HashMap<u64, u32>, name: u64, most: u32) -> bool {
    let room = table.len() < PREFIXES_MAX;
    let counted = match table.entry(name) {
        Entry::Occupied(entry) => entry.into_mut(),
        Entry::Vacant(entry) if room => entry.insert(0),
        Entry::Vacant(_) => return false,
    };
    let below = *counted < most;
    if below {
        *counted = counted.saturating_add(1);
    }
    below
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.under_way.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.gate.state().leave(self.prefix);
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    const HERE: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 7));
    const BESIDE: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 200));
    const ELSEWHERE: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 3, 7));

    fn gate() -> Arc<Gate> {
        Gate::new(ListenLimits {
            handshakes_before_retry: 2,
            handshakes_per_prefix_per_minute: 8,
            connections_per_prefix: 16,
        })
    }

    fn verdicts(gate: &Gate, address: IpAddr, proved: bool, at: Instant) -> Vec<Verdict> {
        (0..10).map(|_| gate.judge(address, proved, at)).collect()
    }

    #[test]
    fn os_lnk_051_a_prefix_above_its_share_proves_its_addresses_and_then_is_refused() {
        let (gate, now) = (gate(), Instant::now());
        let unproved = verdicts(&gate, HERE, false, now);
        assert_eq!(unproved[..2], [Verdict::Admit; 2]);
        assert_eq!(unproved[2..], [Verdict::Retry; 8]);
        let proved = verdicts(&gate, BESIDE, true, now);
        assert_eq!(proved[..8], [Verdict::Admit; 8], "what was forged took nothing of this");
        assert_eq!(proved[8..], [Verdict::Refuse; 2]);
        assert_eq!(gate.judge(ELSEWHERE, false, now), Verdict::Admit, "another prefix");
        assert_eq!(gate.turned_away(), TurnedAway { retried: 8, refused: 2 });
        assert_eq!(gate.turned_away(), TurnedAway::default());
    }

    #[test]
    fn os_lnk_050_under_load_every_address_is_proved_first() {
        let (gate, now) = (gate(), Instant::now());
        let under_way = [gate.begin(), gate.begin()];
        assert_eq!(gate.judge(HERE, false, now), Verdict::Retry);
        assert_eq!(gate.judge(HERE, true, now), Verdict::Admit);
        drop(under_way);
        assert_eq!(gate.judge(HERE, false, now), Verdict::Admit);
    }

    #[test]
    fn os_lnk_052_numbers_and_key_are_gone_after_a_minute() {
        let (gate, now) = (gate(), Instant::now());
        verdicts(&gate, HERE, true, now);
        let name = |gate: &Gate| gate.state().minute.as_ref().map(|m| m.name(Prefix::of(HERE)));
        let before = name(&gate).unwrap();
        let over = gate.forgets_at().unwrap();
        assert!(over - now <= MINUTE);
        gate.forget(over - Duration::from_millis(1));
        assert!(name(&gate).is_some(), "the twin");
        gate.forget(over);
        assert!(gate.forgets_at().is_none() && name(&gate).is_none());
        assert_eq!(gate.judge(HERE, true, over), Verdict::Admit, "a new minute");
        assert_ne!(name(&gate), Some(before), "under another key");
    }

    #[test]
    fn a_place_comes_back_with_its_connection_and_leaves_no_trace() {
        let (gate, now) = (gate(), Instant::now());
        let places: Vec<_> = (0..16).map(|_| gate.place(HERE).unwrap()).collect();
        assert!(gate.place(BESIDE).is_none());
        assert_eq!(gate.judge(BESIDE, true, now), Verdict::Refuse);
        assert_eq!(gate.judge(BESIDE, false, now), Verdict::Refuse, "before any key exchange");
        assert!(gate.place(ELSEWHERE).is_some());
        drop(places);
        assert!(gate.state().connections.is_empty());
        assert!(gate.place(BESIDE).is_some());
    }

    #[test]
    fn while_memory_is_short_a_prefix_with_many_gets_no_more() {
        let (gate, now) = (gate(), Instant::now());
        let _places = [gate.place(HERE), gate.place(HERE)];
        assert_eq!(gate.judge(HERE, true, now), Verdict::Admit, "the twin");
        gate.set_tight(true);
        assert_eq!(gate.judge(HERE, true, now), Verdict::Refuse);
        assert_eq!(gate.judge(ELSEWHERE, true, now), Verdict::Admit);
    }

    #[test]
    fn prefixes_are_those_that_a_customer_has() {
        let prefix = |text: &str| Prefix::of(text.parse().unwrap());
        assert!(prefix("192.0.2.1") == prefix("::ffff:192.0.2.9"), "IPv4 in IPv6");
        assert!(prefix("2001:db8:1::1") == prefix("2001:db8:1:ffff::2"));
        assert!(prefix("2001:db8:1::1") != prefix("2001:db8:2::1"));
        assert!(prefix("127.0.0.1") != prefix("127.1.0.1"));
    }

    #[test]
    fn the_table_of_a_minute_is_bounded() {
        let mut table = (0..).take(PREFIXES_MAX).map(|name| (name, 1)).collect();
        assert!(!count(&mut table, u64::MAX, 9), "no room: nobody new is counted");
        assert!(count(&mut table, 7, 9), "who is known goes on");
        assert_eq!(table.len(), PREFIXES_MAX);
    }
}
