//! A member whose program was changed, and files (EI-39, EI-40); a device that is offered one does nothing by itself
//! (RO-01).

use offshift_client::{
    ClientError, Event, FileError, FileState, MessageId, MessageKind, RoomId, TransferState,
};
use offshift_protocol::file::{CHUNK_BYTES, Cut, FileMailbox};
use offshift_tests::{
    people::{Person, found, next},
    relay::{LibraryRelay, connect},
};
use offshift_wire::{
    Envelope, Life, RelayId, SizeClass, UnixMillis, code::Role, content::File, link::RelayLink,
};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

const LENGTH: usize = CHUNK_BYTES + 300;

/// Ana, whose program says what she wants, and Bob, who reads.
struct Night {
    folder: TempDir,
    relay: LibraryRelay,
    ana: Person,
    bob: Person,
    room: RoomId,
    rng: ChaCha20Rng,
}

/// A file, and the mailbox where its chunks should lie.
struct Crafted {
    file: File,
    bytes: Vec<u8>,
    mailbox: FileMailbox,
}

impl Night {
    async fn begins() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let relay = LibraryRelay::in_memory();
        let ana = Person::new(folder.path(), "ana", &relay.link()).await;
        let bob = Person::new(folder.path(), "bob", &relay.link()).await;
        let room = found("Night", &[&ana, &bob]).await;
        Self { folder, relay, ana, bob, room, rng: ChaCha20Rng::seed_from_u64(40) }
    }

    /// An honest file of two chunks; another one for each name.
    fn craft(&self, name: &str) -> Crafted {
        let bytes: Vec<u8> = (0..=248_u8).cycle().take(LENGTH).collect();
        let key: [u8; 32] = Sha256::digest(name.as_bytes()).into();
        let file = File {
            name: name.to_owned(),
            media_type: "application/octet-stream".to_owned(),
            bytes: LENGTH as u64,
            sha256: Sha256::digest(&bytes).into(),
            key,
            relay: self.relay.link(),
            until: UnixMillis(4_000_000_000_000),
            caption: String::new(),
            preview: bytes::Bytes::new(),
        };
        let mailbox = FileMailbox::new(&key, Cut::of(LENGTH as u64).unwrap());
        Crafted { file, bytes, mailbox }
    }

    fn chunks(&mut self, crafted: &Crafted, bytes: &[u8]) -> Vec<Envelope> {
        let all = bytes.chunks(CHUNK_BYTES).zip(0..);
        all.map(|(part, index)| crafted.mailbox.seal(&mut self.rng, index, part).unwrap()).collect()
    }

    async fn deposits(&self, crafted: &Crafted, envelopes: Vec<Envelope>) {
        let link = connect(&self.relay.link()).await;
        let to = crafted.mailbox.deposit();
        let proof = to.key().prove(&to.address(), &link.binding());
        let capability = link.prove(Role::Deposit, to.descriptor(), &proof).await.unwrap();
        let deposits = link.deposits();
        for envelope in envelopes {
            deposits.deposit(capability, Life::H1, envelope).await.unwrap();
        }
    }

    /// Ana offers it, and Bob reads that.
    async fn offers(&self, file: &File) -> MessageId {
        let mut events = self.bob.client.events();
        let offer = self.ana.client.offer_file_for_testing(self.room, file.clone());
        let id = offer.await.unwrap();
        next(&mut events, |event| match event {
            Event::Message(message) if message.id == id => Some(()),
            _ => None,
        })
        .await;
        id
    }

    /// How it ends when Bob asks for it.
    async fn bob_gets(&self, message: MessageId) -> TransferState {
        let mut events = self.bob.client.events();
        let id = self.bob.client.get_file(self.room, message).await.unwrap();
        next(&mut events, |event| match event {
            Event::Transfer(view) if view.id == id && view.state != TransferState::UnderWay => {
                Some(view.state)
            }
            _ => None,
        })
        .await
    }

    async fn bob_reads(&self, message: MessageId) -> Result<Vec<u8>, ClientError> {
        let mut reader = self.bob.client.open_file(self.room, message).await?;
        let mut bytes = Vec::new();
        while let Some(chunk) = reader.next().await? {
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ro_01_a_file_that_is_offered_is_fetched_by_nobody_who_did_not_ask() {
    let mut night = Night::begins().await;
    let crafted = night.craft("notice");
    let chunks = night.chunks(&crafted, &crafted.bytes.clone());
    night.deposits(&crafted, chunks).await;
    let message = night.offers(&crafted.file).await;
    night.bob.settled().await;
    assert!(night.bob.client.transfers().await.unwrap().is_empty());
    assert!(!night.folder.path().join("bob/files").exists());
    let not_here = Err(ClientError::File(FileError::NotHere));
    assert_eq!(night.bob_reads(message).await, not_here);
    assert_eq!(night.bob_gets(message).await, TransferState::Done, "the twin: he asks");
    assert_eq!(night.bob_reads(message).await.unwrap(), crafted.bytes);
}

#[tokio::test(flavor = "multi_thread")]
async fn ei_40_os_fil_021_a_file_at_a_relay_of_the_members_own_is_not_fetched() {
    let night = Night::begins().await;
    let mut trap = night.craft("trap").file;
    trap.relay = RelayLink::new("127.0.0.1", 9, RelayId::from_bytes([9; 32])).unwrap();
    let message = night.offers(&trap).await;
    let asked = night.bob.client.get_file(night.room, message).await;
    assert_eq!(asked, Err(ClientError::File(FileError::Elsewhere)));
    let honest = night.offers(&night.craft("honest").file).await;
    assert!(night.bob.client.get_file(night.room, honest).await.is_ok(), "the twin");
}

#[tokio::test(flavor = "multi_thread")]
async fn ei_40_os_fil_014_what_is_not_the_file_that_was_offered_is_never_opened() {
    let mut night = Night::begins().await;
    let (lie, truth) = (night.craft("lie"), night.craft("truth"));
    let mut other = lie.bytes.clone();
    other[5] ^= 1;
    for (crafted, bytes) in [(&lie, &other), (&truth, &truth.bytes)] {
        let chunks = night.chunks(crafted, bytes);
        night.deposits(crafted, chunks).await;
    }
    let (lie, truth) = (night.offers(&lie.file).await, night.offers(&truth.file).await);
    assert_eq!(night.bob_gets(lie).await, TransferState::Damaged);
    assert_eq!(night.bob_reads(lie).await, Err(ClientError::File(FileError::NotHere)));
    assert_eq!(night.bob_gets(truth).await, TransferState::Done, "the twin");
}

#[tokio::test(flavor = "multi_thread")]
async fn ei_39_os_fil_012_who_learns_the_key_can_put_no_other_chunk_in_the_place_of_one() {
    let mut night = Night::begins().await;
    let crafted = night.craft("notice");
    let mut false_bytes = crafted.bytes.clone();
    false_bytes.fill(7);
    let mut envelopes = night.chunks(&crafted, &crafted.bytes.clone());
    let late = night.chunks(&crafted, &false_bytes);
    let garbage: Envelope = vec![3; SizeClass::K256.bytes()].try_into().unwrap();
    let second = envelopes.pop().unwrap();
    envelopes.extend(late.into_iter().take(1).chain([garbage, second]));
    night.deposits(&crafted, envelopes).await;
    let message = night.offers(&crafted.file).await;
    assert_eq!(night.bob_gets(message).await, TransferState::Done);
    assert_eq!(night.bob_reads(message).await.unwrap(), crafted.bytes);
}

#[tokio::test(flavor = "multi_thread")]
async fn ei_39_a_mailbox_that_was_filled_to_keep_a_reader_busy_is_left_and_a_part_is_no_file() {
    let mut night = Night::begins().await;
    let (flood, part) = (night.craft("flood"), night.craft("part"));
    let garbage: Envelope = vec![3; SizeClass::K1.bytes()].try_into().unwrap();
    let mut envelopes = vec![garbage; 40];
    envelopes.extend(night.chunks(&flood, &flood.bytes.clone()));
    night.deposits(&flood, envelopes).await;
    let first = night.chunks(&part, &part.bytes.clone()).remove(0);
    night.deposits(&part, vec![first]).await;
    let (flood, part) = (night.offers(&flood.file).await, night.offers(&part.file).await);
    assert_eq!(night.bob_gets(flood).await, TransferState::Damaged);
    assert_eq!(night.bob_gets(part).await, TransferState::Gone);
    assert_eq!(night.bob_reads(part).await, Err(ClientError::File(FileError::NotHere)));
}

#[tokio::test(flavor = "multi_thread")]
async fn ei_40_names_and_previews_that_others_send_are_made_harmless_before_anybody_sees_them() {
    let night = Night::begins().await;
    let mut file = night.craft("../../.bashrc\u{202e}gpj.exe").file;
    file.preview = bytes::Bytes::from_static(b"<svg onload=alert(1)>");
    let message = night.offers(&file).await;
    let view = night.bob.client.message(night.room, message).await.unwrap();
    let MessageKind::File(view) = view.kind else { panic!("it is a file") };
    assert_eq!((view.name.as_str(), view.has_preview), ("bashrcgpj.exe", true));
    assert!(night.bob.client.preview(night.room, message).await.unwrap().is_empty());
    assert_eq!(view.state, FileState::Offered);
}
