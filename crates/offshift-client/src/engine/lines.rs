//! Lines by purpose, and what they report.

use offshift_access::Kind;
use offshift_link::LinkError;
use offshift_protocol::{
    Change, OutboxId, Outgoing, Source,
    ids::{ApplicationId, MeetingId, TransferId},
    room::RoomId,
};
use offshift_wire::{Address, Envelope, Position, UnixMillis, code::Refusal, link::RelayLink};
use rand_core::Rng;

use super::{Engine, Fatal, successors::Successors};
use crate::{
    event::Event,
    limits::CHUNKS_ABREAST,
    line::{Line, LineId, Report, What},
    receipts::Kept,
    view::Reach,
};

/// What a line is for. Each purpose has a connection of its own, so that no relay sees on one connection which mailboxes
/// are one person's (OS-CLI-005).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Purpose {
    /// The channels of a room.
    Room(RoomId),
    /// The two mailboxes of a meeting.
    Meeting(MeetingId),
    /// An inbox of this device.
    Inbox(ApplicationId),
    /// Deposits into somebody's inbox.
    Toward(Address),
    /// The mailbox of a file.
    File(TransferId),
}

/// A line that runs.
pub(super) struct Running {
    pub(super) line: Line,
    pub(super) id: LineId,
    relay: RelayLink,
    pub(super) reach: Reach,
    /// Tokens that it asked for and has not got.
    pub(super) short: usize,
    /// Its own moment to get them, after a batch that lines waited for.
    pub(super) held_until: Option<UnixMillis>,
    /// It was told that there are none for now.
    pub(super) is_dry: bool,
}

impl Running {
    pub(super) const fn relay(&self) -> &RelayLink {
        &self.relay
    }

    /// Its relay goes by another identity now.
    pub(super) fn follow(&mut self, successors: &Successors) {
        if let Some(new) = successors.get(self.relay.relay())
            && let Ok(link) = RelayLink::new(self.relay.host(), self.relay.port(), *new)
        {
            self.relay = link.clone();
            self.line.lead_to(link);
        }
    }
}

/// A mailbox that is followed.
pub(super) struct Followed {
    pub(super) purpose: Purpose,
    last: Position,
    pub(super) caught_up: bool,
    pub(super) unreadable: bool,
}

/// A deposit without a receipt.
pub(super) struct Pending {
    pub(super) purpose: Purpose,
    /// Which line has it; none: it is held back.
    line: Option<LineId>,
    pub(super) refused: Option<Refusal>,
}

impl Engine {
    pub(super) fn follow(&mut self, purpose: Purpose, source: Source) {
        let (last, caught_up, unreadable) = (source.after, false, false);
        let followed = Followed { purpose, last, caught_up, unreadable };
        self.sources.insert(source.access.address(), followed);
        self.line(purpose, &source.relay.clone()).line.follow(source);
    }

    pub(super) fn unfollow(&mut self, address: &Address) {
        let Some(followed) = self.sources.remove(address) else { return };
        if let Some(running) = self.lines.get(&followed.purpose) {
            running.line.unfollow(address);
        }
        self.close_if_idle(followed.purpose);
    }

    pub(super) fn deposit(&mut self, purpose: Purpose, outgoing: Outgoing) {
        // An invitation must not be seen on the connection of the room that it leads to.
        let purpose = match outgoing.to.descriptor().kind() {
            Kind::Inbox => Purpose::Toward(outgoing.to.address()),
            Kind::Channel => purpose,
        };
        self.pending.insert(outgoing.id, Pending { purpose, line: None, refused: None });
        if let Some(outgoing) = self.unread.hold(purpose, outgoing) {
            self.hand_over(purpose, outgoing);
        }
    }

    pub(super) fn hand_over(&mut self, purpose: Purpose, outgoing: Outgoing) {
        let (id, running) = (outgoing.id, self.line(purpose, &outgoing.relay.clone()));
        running.line.deposit(outgoing);
        let line = Some(running.id);
        if let Some(pending) = self.pending.get_mut(&id) {
            pending.line = line;
        }
    }

    pub(super) fn cancel(&mut self, id: OutboxId) {
        self.unread.cancel(id);
        let Some(pending) = self.pending.remove(&id) else { return };
        if let Some(running) = self.lines.get(&pending.purpose) {
            running.line.cancel(id);
        }
    }

    /// The line for a purpose; it is started when there is none.
    pub(super) fn line(&mut self, purpose: Purpose, relay: &RelayLink) -> &Running {
        let mut seed = [0; 32];
        self.tools.rng.fill_bytes(&mut seed);
        let sponsored = match purpose {
            Purpose::Meeting(id) => self.meetings.get(&id).map(|one| *one.their_mailbox()),
            _ => None,
        };
        let abreast = match purpose {
            Purpose::File(_) => CHUNKS_ABREAST,
            _ => 1,
        };
        let relay = &self.current(relay);
        let id = LineId(self.lines_started);
        let reports = self.reports.0.clone();
        self.lines_started = self.lines_started.saturating_add(1);
        self.lines.entry(purpose).or_insert_with(|| Running {
            line: Line::start(id, relay.clone(), sponsored, abreast, seed, reports),
            id,
            relay: relay.clone(),
            reach: Reach::Unused,
            short: 0,
            held_until: None,
            is_dry: false,
        })
    }

    /// A line for nothing is closed: rooms keep theirs.
    fn close_if_idle(&mut self, purpose: Purpose) {
        let keeps = matches!(purpose, Purpose::Room(_));
        if keeps || !self.lines.get(&purpose).is_some_and(|running| running.line.is_idle()) {
            return;
        }
        if let Some(running) = self.lines.remove(&purpose) {
            tokio::spawn(running.line.close());
        }
    }

    /// How a relay can be reached: the worst of its lines, and worst of all where somebody else answers.
    pub(super) fn reach(&self, relay: &RelayLink) -> Reach {
        let reaches = self.lines.values().filter(|running| running.relay == *relay);
        reaches.map(|running| running.reach).fold(Reach::Unused, worse)
    }

    pub(super) async fn handle_report(&mut self, mut report: Report) -> Result<(), Fatal> {
        if let Some(file) = self.file_of(report.line) {
            match self.handle_file_report(report.line, file, report.what).await? {
                Some(what) => report.what = what,
                None => return Ok(()),
            }
        }
        match report.what {
            What::Entry { address, position, envelope } => {
                self.handle_entry(address, position, &envelope).await
            }
            What::CaughtUp(address) => {
                let Some(followed) = self.sources.get_mut(&address) else { return Ok(()) };
                followed.caught_up = true;
                match followed.purpose {
                    Purpose::Room(id) => {
                        self.room_caught_up(id, &address).await?;
                        self.release(id, &address);
                        Ok(())
                    }
                    _ => Ok(()),
                }
            }
            What::Unreadable(address) => {
                if let Some(followed) = self.sources.get_mut(&address) {
                    followed.unreadable = true;
                }
                self.tell_refusal(report.line, Refusal::Denied);
                Ok(())
            }
            What::Receipt(id, kept) => self.handle_receipt(report.line, id, *kept).await,
            What::Refused(id, refusal) => {
                self.handle_refusal(report.line, id, refusal);
                Ok(())
            }
            What::Short(tokens) => self.handle_short(report.line, tokens).await,
            What::Greeting(said, key) => self.handle_greeting(report.line, &said, &key).await,
            What::Reach(reach) => {
                self.handle_reach(report.line, reach);
                Ok(())
            }
        }
    }

    async fn handle_entry(
        &mut self,
        address: Address,
        position: Position,
        envelope: &Envelope,
    ) -> Result<(), Fatal> {
        let Some(followed) = self.sources.get_mut(&address) else { return Ok(()) };
        if position <= followed.last {
            return Ok(());
        }
        let after = std::mem::replace(&mut followed.last, position);
        let purpose = followed.purpose;
        self.hold_against_receipts(address, after, position, envelope).await?;
        match purpose {
            Purpose::Room(room) => self.room_entry(room, address, position, envelope).await?,
            Purpose::Meeting(id) => self.meeting_entry(id, address, position, envelope).await?,
            Purpose::Inbox(id) => self.inbox_entry(id, position, envelope).await?,
            Purpose::Toward(_) | Purpose::File(_) => {}
        }
        if let Some(running) = self.lines.get(&purpose) {
            running.line.handled(&address, position);
        }
        Ok(())
    }

    /// Whether a line speaks of a deposit that another line has, or none that runs: of a chunk of a file that was stopped,
    /// for instance. Nothing leaves the outbox by such a word (N10, OS-FIL-045).
    fn is_stray(&self, line: LineId, id: OutboxId) -> bool {
        match self.pending.get(&id) {
            Some(pending) => pending.line != Some(line),
            None => !self.lines.values().any(|running| running.id == line),
        }
    }

    /// The deposit is durable at the relay; it leaves the outbox.
    async fn handle_receipt(
        &mut self,
        line: LineId,
        id: OutboxId,
        kept: Kept,
    ) -> Result<(), Fatal> {
        if self.is_stray(line, id) {
            return Ok(());
        }
        let Some(pending) = self.pending.remove(&id) else {
            return self.keep_receipt(kept, Vec::new()).await;
        };
        self.keep_receipt(kept, vec![Change::Delete { key: id.key() }]).await?;
        self.close_if_idle(pending.purpose);
        Ok(())
    }

    fn handle_refusal(&mut self, line: LineId, id: OutboxId, refusal: Refusal) {
        if self.is_stray(line, id) {
            return;
        }
        let Some(pending) = self.pending.get_mut(&id) else { return };
        let is_new = pending.refused.replace(refusal) != Some(refusal);
        let purpose = pending.purpose;
        if matches!(refusal, Refusal::Denied | Refusal::Malformed | Refusal::LifeTooLong) {
            // Asking again can't help. It stays in the vault and is tried once more by the next program that opens it.
            if let Some(running) = self.lines.get(&purpose) {
                running.line.cancel(id);
            }
        }
        if is_new {
            self.tell_refusal(line, refusal);
            self.tell_unpaid(purpose, refusal);
        }
    }

    fn tell_unpaid(&mut self, purpose: Purpose, refusal: Refusal) {
        let (Purpose::Meeting(meeting), Refusal::NoCredit) = (purpose, refusal) else { return };
        let Some(running) = self.lines.get(&purpose) else { return };
        let relay = running.relay.clone();
        let (state, contact) = (self.ticket_state(relay.relay()), self.contact_of(relay.relay()));
        self.tell(Event::MeetingUnpaid { meeting, relay, state, contact });
    }

    pub(super) fn tell_refusal(&mut self, line: LineId, refusal: Refusal) {
        let Some(running) = self.lines.values().find(|running| running.id == line) else { return };
        if refusal == Refusal::NoCredit {
            let relay = *running.relay.relay();
            self.tell_ticket(&relay);
        } else {
            self.tell(Event::Refused { relay: running.relay.clone(), why: refusal.into() });
        }
    }

    fn handle_reach(&mut self, line: LineId, reach: Result<(), LinkError>) {
        let Some((purpose, running)) = self.lines.iter_mut().find(|(_, r)| r.id == line) else {
            return;
        };
        let (purpose, relay) = (*purpose, running.relay.clone());
        running.reach = reach.map_or_else(Reach::Away, |()| Reach::Here);
        // A new connection reads everything to its end again, and without one nothing is known.
        for followed in self.sources.values_mut().filter(|f| f.purpose == purpose) {
            followed.caught_up = false;
        }
        let reach = self.reach(&relay);
        if self.told.insert(relay.clone(), reach) != Some(reach) {
            self.tell(Event::Reach { relay, reach });
        }
    }
}

const fn worse(one: Reach, other: Reach) -> Reach {
    match (one, other) {
        (Reach::Away(LinkError::Identity), _) | (_, Reach::Away(LinkError::Identity)) => {
            Reach::Away(LinkError::Identity)
        }
        (Reach::Away(error), _) | (_, Reach::Away(error)) => Reach::Away(error),
        (Reach::Here, _) | (_, Reach::Here) => Reach::Here,
        (Reach::Unused, Reach::Unused) => Reach::Unused,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn os_cli_004_a_false_relay_is_told_whatever_the_other_lines_say() {
        let (false_one, away) =
            (Reach::Away(LinkError::Identity), Reach::Away(LinkError::Unreachable));
        for other in [away, Reach::Here, Reach::Unused] {
            assert_eq!(worse(false_one, other), false_one);
            assert_eq!(worse(other, false_one), false_one);
        }
        assert_eq!(worse(away, Reach::Here), away, "the twin");
    }
}
