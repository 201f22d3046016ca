//! A relay that lies: it speaks the protocol to the letter and holds the key of its link, but breaks one rule.

use std::{
    collections::BTreeMap,
    path::Path,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU8, Ordering},
    },
};

use bytes::BytesMut;
use offshift_access::{Descriptor, EnvelopeHash, ReceiptKey, Receipted, RelayKey, Statement};
use offshift_client::{AlarmKind, Care, Contradicts, Event, LinkError, Reach, RoomId};
use offshift_link::{Accepted, ListenLimits, Listener, RelayIdentity, Stream};
use offshift_relay::store::{
    Deposit, Entry, Expired, Holding, Observer, ReadLimit, Statistics, Store, StoreError,
    memory::MemoryStore,
};
use offshift_tests::{
    people::{Person, found, next, soon},
    relay::{LibraryRelay, link_at, loopback},
};
use offshift_wire::{
    Address, Position, RelayId,
    limits::VERSION,
    link::RelayLink,
    receipt::{Against, Evidence},
    relay::{CapabilityId, Request, Response},
};

/// What a store does with the deposits of a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lie {
    /// Keeps them.
    None,
    /// Says that each lies where the one before it does.
    SamePlace,
    /// Keeps something else in their place.
    Swap,
    /// Says that it keeps them, and does not.
    Lose,
}

const LIES: [Lie; 4] = [Lie::None, Lie::SamePlace, Lie::Swap, Lie::Lose];

/// A store that lies when it is told to. The relay in front of it signs what it says.
struct LyingStore {
    inner: MemoryStore,
    lie: Arc<AtomicU8>,
    last: Mutex<BTreeMap<Address, Position>>,
    lost: AtomicBool,
}

impl LyingStore {
    fn new() -> Self {
        Self {
            inner: MemoryStore::new(1 << 30),
            lie: Arc::default(),
            last: Mutex::default(),
            lost: AtomicBool::new(false),
        }
    }

    fn now_does(&self, lie: Lie) {
        let number = LIES.iter().position(|one| *one == lie).unwrap();
        self.lie.store(u8::try_from(number).unwrap(), Ordering::SeqCst);
    }

    fn lie(&self) -> Lie {
        told(&self.lie)
    }

    /// The position of the deposit before this one in its mailbox.
    fn before(&self, address: Address, position: Position) -> Position {
        self.last.lock().unwrap().insert(address, position).unwrap_or(position)
    }
}

fn told(lie: &AtomicU8) -> Lie {
    LIES[usize::from(lie.load(Ordering::SeqCst))]
}

/// Shows followers nothing of what is lost.
struct Hiding {
    lie: Arc<AtomicU8>,
    inner: Arc<dyn Observer>,
}

impl Observer for Hiding {
    fn appended(&self, address: &Address, entry: &Entry) {
        if told(&self.lie) != Lie::Lose {
            self.inner.appended(address, entry);
        }
    }
}

fn swapped(mut deposit: Deposit) -> Deposit {
    let mut bytes = deposit.envelope.as_ref().to_vec();
    bytes[0] ^= 1;
    deposit.envelope = bytes.try_into().unwrap();
    deposit
}

impl Store for LyingStore {
    async fn append(&self, deposits: Vec<Deposit>) -> Result<Vec<Position>, StoreError> {
        let addresses: Vec<_> = deposits.iter().map(|deposit| deposit.address).collect();
        let kept = match self.lie() {
            Lie::Swap => deposits.into_iter().map(swapped).collect(),
            _ => deposits,
        };
        let positions = self.inner.append(kept).await?;
        let mut said = Vec::new();
        for (address, position) in addresses.into_iter().zip(positions) {
            let before = self.before(address, position);
            said.push(if self.lie() == Lie::SamePlace { before } else { position });
            if self.lie() == Lie::Lose {
                self.inner.release(address, vec![position]).await?;
                self.lost.store(true, Ordering::SeqCst);
            }
        }
        Ok(said)
    }

    fn observe(&self, observer: Arc<dyn Observer>) {
        self.inner.observe(Arc::new(Hiding { lie: Arc::clone(&self.lie), inner: observer }));
    }

    async fn read(
        &self,
        address: Address,
        after: Position,
        limit: ReadLimit,
    ) -> Result<Vec<Entry>, StoreError> {
        self.inner.read(address, after, limit).await
    }

    async fn release(&self, address: Address, positions: Vec<Position>) -> Result<(), StoreError> {
        self.inner.release(address, positions).await
    }

    async fn expire(&self) -> Result<Expired, StoreError> {
        self.inner.expire().await
    }

    async fn metadata(&self, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.inner.metadata(key).await
    }

    async fn put_metadata(&self, key: &str, value: Vec<u8>) -> Result<(), StoreError> {
        self.inner.put_metadata(key, value).await
    }

    async fn remove_metadata(&self, key: &str) -> Result<(), StoreError> {
        self.inner.remove_metadata(key).await
    }

    async fn records(&self, prefix: &str) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        self.inner.records(prefix).await
    }

    async fn spend(&self, period: u32, ids: Vec<[u8; 16]>) -> Result<bool, StoreError> {
        self.inner.spend(period, ids).await
    }

    async fn forget_period(&self, before: u32) -> Result<(), StoreError> {
        self.inner.forget_period(before).await
    }

    fn mailbox_bytes(&self, address: &Address) -> u64 {
        self.inner.mailbox_bytes(address)
    }

    fn statistics(&self) -> Statistics {
        self.inner.statistics()
    }

    async fn holdings(&self, max: usize) -> Result<Vec<Holding>, StoreError> {
        self.inner.holdings(max).await
    }

    async fn close(&self) -> Result<(), StoreError> {
        self.inner.close().await
    }
}

/// Ana and Ben in a room at a relay that may lie.
struct Night {
    relay: LibraryRelay<LyingStore>,
    ana: Person,
    _ben: Person,
    room: RoomId,
}

impl Night {
    async fn begins(folder: &Path) -> Self {
        let relay = LibraryRelay::start(Arc::new(LyingStore::new()));
        let ana = Person::new(folder, "ana", &relay.link()).await;
        let ben = Person::new(folder, "ben", &relay.link()).await;
        let room = found("Night", &[&ana, &ben]).await;
        ana.sends(room, "Before all that.").await;
        Self { relay, ana, _ben: ben, room }
    }

    /// Ana says something while the relay lies, and something after it; what her screen says of the relay.
    async fn how_it_is_caught(&self, lie: Lie) -> Contradicts {
        let mut events = self.ana.client.events();
        self.relay.running.store().now_does(lie);
        self.ana.client.send(self.room, "Meet at six.", None, Care::Ordinary).await.unwrap();
        if lie == Lie::Lose {
            soon("the loss", self.has_lost()).await;
            self.relay.running.store().now_does(Lie::None);
            let after = "Is anybody there?";
            self.ana.client.send(self.room, after, None, Care::Ordinary).await.unwrap();
        }
        let relay = self.relay.link();
        next(&mut events, |event| match event {
            Event::RelayContradicts(view) => {
                assert_eq!(view.relay.as_ref(), Some(&relay), "the relay is named");
                Some(view.how)
            }
            _ => None,
        })
        .await
    }

    async fn has_lost(&self) {
        while !self.relay.running.store().lost.load(Ordering::SeqCst) {
            tokio::task::yield_now().await;
        }
    }
}

/// Somebody else, with nothing but the evidence and the relay's link, comes to the same.
fn as_others_see_it(evidence: &[u8], relay: &RelayId) -> Contradicts {
    let evidence = Evidence::decode(evidence).unwrap();
    assert!(RelayKey::from_bytes(evidence.receipt.relay_key).relay() == *relay, "its own key");
    let receipt = Receipted::verify(evidence.receipt).expect("it signed this");
    match evidence.against {
        Against::Other(other) => {
            let other = Receipted::verify(other).expect("and it signed that");
            assert!(receipt.contradicts(&other), "and both can't be true");
            Contradicts::TwoReceipts
        }
        Against::Shown(hash) => {
            assert!(!receipt.names(&EnvelopeHash::from_bytes(hash)));
            Contradicts::AnotherEnvelope
        }
        Against::PassedBy(position) => {
            assert!(position > receipt.position());
            Contradicts::Missing
        }
    }
}

/// The relay is caught, and what shows it outlives the program.
async fn caught(lie: Lie, how: Contradicts) {
    let folder = tempfile::tempdir().unwrap();
    let night = Night::begins(folder.path()).await;
    assert_eq!(night.how_it_is_caught(lie).await, how);
    let Night { relay, ana, .. } = night;
    let ana = ana.reopened().await;
    let kept = ana.client.contradictions().await.unwrap();
    assert_eq!(kept.iter().map(|view| view.how).collect::<Vec<_>>(), [how]);
    assert_eq!(as_others_see_it(&kept[0].evidence, relay.running.relay()), how);
    let alarms = ana.client.alarms().await.unwrap();
    let alarm = alarms.iter().find(|alarm| alarm.kind == AlarmKind::RelayContradicts).unwrap();
    assert_eq!(
        alarm.evidence.as_ref(),
        Some(&kept[0].evidence),
        "and it is listed, with what to do"
    );
}

/// OS-RCP-011, OS-RCP-013.
#[tokio::test(flavor = "multi_thread")]
async fn ro_17_two_receipts_that_contradict_are_kept_and_told() {
    caught(Lie::SamePlace, Contradicts::TwoReceipts).await;
}

/// OS-RCP-012.
#[tokio::test(flavor = "multi_thread")]
async fn ro_17_another_envelope_in_a_receipted_place_is_kept_and_told() {
    caught(Lie::Swap, Contradicts::AnotherEnvelope).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ro_17_ro_06_an_own_envelope_that_a_relay_receipts_and_withholds_is_kept_and_told() {
    caught(Lie::Lose, Contradicts::Missing).await;
}

/// The twin: the same people, the same words, the same relay, which does not lie.
#[tokio::test(flavor = "multi_thread")]
async fn ro_17_an_honest_relay_is_not_accused() {
    let folder = tempfile::tempdir().unwrap();
    let Night { relay: _relay, ana, room, .. } = Night::begins(folder.path()).await;
    ana.sends(room, "Meet at six.").await;
    let ana = ana.reopened().await;
    ana.sends(room, "Is anybody there?").await;
    ana.settled().await;
    assert!(ana.client.contradictions().await.unwrap().is_empty());
}

/// A relay that keeps nothing and signs receipts with `key`, whatever its own is.
fn forger(key: impl FnOnce(&RelayIdentity) -> ReceiptKey) -> RelayLink {
    let identity = RelayIdentity::generate().unwrap();
    let key = Arc::new(key(&identity));
    let listener = Listener::bind(loopback(), identity, ListenLimits::default()).unwrap();
    let link = link_at(listener.address().unwrap(), *listener.relay());
    tokio::spawn(async move {
        while let Some(arriving) = listener.accept().await {
            let key = Arc::clone(&key);
            tokio::spawn(async move {
                let Some(peer) = arriving.accept().await else { return };
                serve(&peer, &key).await;
            });
        }
    });
    link
}

async fn serve(peer: &Accepted, key: &Arc<ReceiptKey>) {
    let proved: Arc<Mutex<Vec<Address>>> = Arc::default();
    while let Some(mut stream) = peer.next_stream().await {
        let (key, proved) = (Arc::clone(key), Arc::clone(&proved));
        tokio::spawn(async move {
            while let Ok(Some(body)) = stream.reader.next().await {
                let request = Request::decode(body).unwrap();
                let response = forged(request, &key, &proved);
                answer(&mut stream, &response).await;
            }
            // A fetch goes on.
            std::future::pending::<()>().await;
        });
    }
}

fn forged(request: Request, key: &ReceiptKey, proved: &Mutex<Vec<Address>>) -> Response {
    let mut proved = proved.lock().unwrap();
    match request {
        Request::Redeem(_) | Request::Spend { .. } => {
            Response::Refused(offshift_wire::code::Refusal::Denied)
        }
        Request::Hello { .. } => Response::hello(VERSION),
        Request::Prove { descriptor, .. } => {
            proved.push(Descriptor::decode(&descriptor).unwrap().address());
            Response::Granted { capability: CapabilityId(u32::try_from(proved.len() - 1).unwrap()) }
        }
        Request::Deposit { capability, envelope, .. } => {
            let address = proved[usize::try_from(capability.0).unwrap()];
            let (envelope, position) = (EnvelopeHash::of(&envelope), Position::new(7));
            let receipts = key.sign(&[Statement { address, envelope, position }]);
            Response::Receipt(receipts.into_iter().next().unwrap())
        }
        Request::Fetch { .. } => Response::CaughtUp,
        Request::Release { .. } => Response::Released,
    }
}

async fn answer(stream: &mut Stream, response: &Response) {
    let mut frame = BytesMut::new();
    response.put_frame(&mut frame);
    let _ = stream.writer.write(frame.freeze()).await;
}

/// How the relay of `link` is, after Ana has answered a code at it.
async fn after_a_deposit(link: &RelayLink) -> Result<(), LinkError> {
    let folder = tempfile::tempdir().unwrap();
    let ana = Person::new(folder.path(), "ana", link).await;
    let ben = Person::new(folder.path(), "ben", link).await;
    let code = ben.client.meet_show(None, None).await.unwrap().code;
    let mut events = ana.client.events();
    ana.client.meet_scan(&code, None).await.unwrap();
    let mut synced = std::pin::pin!(ana.settled());
    tokio::select! {
        () = &mut synced => Ok(()),
        error = next(&mut events, |event| match event {
            Event::Reach { reach: Reach::Away(error), .. } => Some(error),
            _ => None,
        }) => Err(error),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ro_17_os_rcp_010_a_receipt_without_the_relays_signature_is_none() {
    let honest = forger(|identity| identity.receipt_key().unwrap());
    assert_eq!(after_a_deposit(&honest).await, Ok(()), "the twin");
    let other = forger(|_| ReceiptKey::from_seed(&[9; 32]));
    let told = Err(LinkError::Misbehaved("a receipt without its signature"));
    assert_eq!(after_a_deposit(&other).await, told);
}
