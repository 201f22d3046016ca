//! From the vault's records to running machines.

use std::collections::{BTreeMap, HashMap};

use offshift_protocol::{
    Change, OutboxId, OutboxSequence, Outgoing,
    card::{Application, Contact},
    ids::{ApplicationId, ContactId, MeetingId},
    inbox::Inbox,
    meeting::Meeting,
    room::{Handle, Room, RoomId, Rules},
};
use offshift_wire::{Malformed, UnixMillis, link::RelayLink};
use tokio::sync::{broadcast, mpsc};
use zeroize::Zeroizing;

use super::{
    Engine, Tools,
    copies::Copying,
    effects::{SEQUENCE, in_batches},
    files::Files,
    history::rebuild,
    joining::{self, NotJoined},
    lines::Purpose,
    meetings::RELAY,
    successors,
    unread::Unread,
};
use crate::{
    error::ClientError,
    event::Event,
    limits::REPORTS_MAX,
    receipts::{self, Receipts},
    vault::{Vault, VaultError},
    wallet::{WALLET, Wallet},
};

const HANDLE: &str = "profile/handle";

/// By which version's kinds of messages the histories are folded.
const FOLDED: &str = "folded/version";
/// Goes up with each kind of message that changes others.
const FOLD_VERSION: u8 = 2;

/// A record is not what this program writes. The vault's own checks passed, so another version wrote it, or a defect.
const DAMAGED: ClientError = ClientError::Vault(VaultError::Damaged);

impl From<Malformed> for ClientError {
    fn from(_: Malformed) -> Self {
        DAMAGED
    }
}

impl Engine {
    /// What makes a new vault a profile.
    pub(crate) fn profile_of(handle: &Handle) -> Change {
        let value = Zeroizing::new(handle.as_str().as_bytes().to_vec());
        Change::Put { key: HANDLE.to_owned(), value }
    }

    /// Loads a profile and starts its lines.
    pub(crate) fn load(
        vault: Vault,
        rules: Rules,
        events: broadcast::Sender<Event>,
    ) -> Result<Self, ClientError> {
        let outbox = outbox(&vault)?;
        let rooms = rooms(&vault, rules)?;
        let mut engine = Self {
            tools: Tools::new(sequence(&vault, &outbox))?,
            handle: text(&vault, HANDLE)?.parse()?,
            relays: relays(&vault)?,
            meetings: meetings(&vault)?,
            contacts: contacts(&vault)?,
            applications: applications(&vault)?,
            leads: joining::load(&vault)?,
            unread: Unread::of(rooms.keys()),
            rooms,
            rooms_rest_until: UnixMillis(0),
            forget_at: UnixMillis(0),
            caught_up_again: UnixMillis(0),
            not_joined: NotJoined::default(),
            rules,
            lines: HashMap::new(),
            receipts: receipts(&vault)?,
            files: Files::load(&vault)?,
            copying: Copying::default(),
            sources: BTreeMap::new(),
            pending: BTreeMap::new(),
            waiters: Vec::new(),
            told: HashMap::new(),
            lines_started: 0,
            events,
            successors: successors::load(&vault)?,
            wallet: Wallet::load(vault.under(WALLET))?,
            bought: mpsc::channel(REPORTS_MAX),
            told_tickets: HashMap::new(),
            reports: mpsc::channel(REPORTS_MAX),
            vault: Some(vault),
        };
        engine.rebuild_histories()?;
        engine.outfit_rooms();
        engine.tell_rooms_of_successors();
        engine.follow_all();
        engine.deposit_all(outbox);
        Ok(engine)
    }

    /// Once for each version that folds histories in another way than the one before.
    fn rebuild_histories(&mut self) -> Result<(), ClientError> {
        let vault = self.vault.as_mut().ok_or(ClientError::Closed)?;
        if vault.get(FOLDED).is_some_and(|version| version.first() == Some(&FOLD_VERSION)) {
            return Ok(());
        }
        let mut changes = Vec::new();
        for room in self.rooms.values() {
            changes.extend(rebuild(vault, room)?);
        }
        // Who dies on the way folds again: nothing is erased before what was made of it is there.
        changes.sort_by_key(|change| matches!(change, Change::Delete { .. }));
        let value = Zeroizing::new(vec![FOLD_VERSION]);
        changes.push(Change::Put { key: FOLDED.to_owned(), value });
        for batch in in_batches(changes) {
            vault.apply(&batch)?;
        }
        Ok(())
    }

    fn follow_all(&mut self) {
        let rooms = self.rooms.iter().filter_map(|(id, r)| Some((Purpose::Room(*id), r.source()?)));
        let meetings = self.meetings.iter().flat_map(|(id, meeting)| {
            meeting.sources().map(|source| (Purpose::Meeting(*id), source))
        });
        let inboxes = self
            .applications
            .iter()
            .filter(|(id, _)| !self.leads_nowhere(**id))
            .map(|(id, application)| (Purpose::Inbox(*id), application.inbox().source()));
        let all: Vec<_> = rooms.chain(meetings).chain(inboxes).collect();
        for (purpose, source) in all {
            self.follow(purpose, source);
        }
    }

    fn deposit_all(&mut self, outbox: Vec<Outgoing>) {
        for outgoing in outbox {
            let address = outgoing.to.address();
            let followed = self.sources.get(&address).map(|followed| followed.purpose);
            self.deposit(followed.unwrap_or(Purpose::Toward(address)), outgoing);
        }
    }
}

fn text(vault: &Vault, key: &str) -> Result<String, ClientError> {
    let bytes = vault.get(key).ok_or(DAMAGED)?;
    String::from_utf8(bytes.to_vec()).map_err(|_| DAMAGED)
}

fn relays(vault: &Vault) -> Result<Vec<RelayLink>, ClientError> {
    vault.under(RELAY).map(|(key, _)| text(vault, key)?.parse().map_err(|_| DAMAGED)).collect()
}

fn outbox(vault: &Vault) -> Result<Vec<Outgoing>, ClientError> {
    let decode = |(key, value): (&str, &[u8])| {
        let id = OutboxId::from_key(key).ok_or(DAMAGED)?;
        Ok(Outgoing::decode(id, value)?)
    };
    vault.under("outbox/").map(decode).collect()
}

fn sequence(vault: &Vault, outbox: &[Outgoing]) -> OutboxSequence {
    let highest = vault.get(SEQUENCE).and_then(|key| std::str::from_utf8(key).ok());
    let highest = highest.and_then(OutboxId::from_key);
    OutboxSequence::resume(outbox.iter().map(|outgoing| outgoing.id).chain(highest))
}

fn meetings(vault: &Vault) -> Result<BTreeMap<MeetingId, Meeting>, ClientError> {
    let load = |(key, value): (&str, &[u8])| {
        let id = MeetingId::from_key(key).ok_or(DAMAGED)?;
        Ok((id, Meeting::load(id, value)?))
    };
    vault.under(MeetingId::PREFIX).map(load).collect()
}

fn contacts(vault: &Vault) -> Result<BTreeMap<ContactId, Contact>, ClientError> {
    let load = |(key, value): (&str, &[u8])| {
        let id = ContactId::from_key(key).ok_or(DAMAGED)?;
        Ok((id, Contact::decode(id, value)?))
    };
    vault.under(ContactId::PREFIX).map(load).collect()
}

fn applications(vault: &Vault) -> Result<BTreeMap<ApplicationId, Application>, ClientError> {
    let load = |(key, value): (&str, &[u8])| {
        let id = ApplicationId::from_key(key).ok_or(DAMAGED)?;
        let inbox = Inbox::load(id, vault.under(&inbox_prefix(id)))?;
        Ok((id, Application::load(inbox, value)?))
    };
    vault.under(ApplicationId::PREFIX).map(load).collect()
}

pub(super) fn inbox_prefix(id: ApplicationId) -> String {
    format!("inbox/{}", id.hex())
}

fn receipts(vault: &Vault) -> Result<Receipts, ClientError> {
    let values = |prefix| vault.under(prefix).map(|(_, value)| value);
    Ok(Receipts::load(values(receipts::KEPT), values(receipts::EVIDENCE))?)
}

/// Rooms keep many records each, under `room/{id}/`.
fn rooms(vault: &Vault, rules: Rules) -> Result<BTreeMap<RoomId, Room>, ClientError> {
    let mut ids: Vec<RoomId> = vault.under("room/").filter_map(|(key, _)| room_of(key)).collect();
    ids.dedup();
    let load = |id: RoomId| {
        let prefix = format!("room/{}/", id.hex());
        let room = Room::load(id, vault.under(&prefix), rules);
        Ok((id, room.map_err(|_| DAMAGED)?))
    };
    ids.into_iter().map(load).collect()
}

pub(super) fn room_of(key: &str) -> Option<RoomId> {
    let (id, _) = key.strip_prefix("room/")?.split_once('/')?;
    RoomId::from_hex(id).ok()
}
