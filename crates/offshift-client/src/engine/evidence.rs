//! Receipts of relays, as they come and as logs confirm them.

use offshift_access::{EnvelopeHash, RelayKey};
use offshift_protocol::Change;
use offshift_wire::{Address, Envelope, Position, receipt::Evidence};

use super::{Engine, Fatal, now};
use crate::{
    event::Event,
    receipts::{Kept, Noted, Shown},
    view::ContradictionView,
};

impl Engine {
    /// Keeps a receipt, in one record with `more`.
    pub(super) async fn keep_receipt(
        &mut self,
        kept: Kept,
        more: Vec<Change>,
    ) -> Result<(), Fatal> {
        let noted = self.receipts.handle_receipt(kept, now());
        self.note(noted, more).await
    }

    /// Holds the entry at `position`, which follows `after` in its log, against the receipts.
    pub(super) async fn hold_against_receipts(
        &mut self,
        address: Address,
        after: Position,
        position: Position,
        envelope: &Envelope,
    ) -> Result<(), Fatal> {
        let envelope = EnvelopeHash::of(envelope);
        let shown = Shown { address, after, position, envelope };
        let noted = self.receipts.handle_shown(shown, now());
        self.note(noted, Vec::new()).await
    }

    /// What was found is kept before anybody is told (OS-CLI-001).
    async fn note(&mut self, noted: Noted, more: Vec<Change>) -> Result<(), Fatal> {
        let changes = noted.changes.into_iter().chain(more).collect();
        self.persist(changes).await?;
        for evidence in noted.found {
            self.tell(Event::RelayContradicts(self.contradiction_view(&evidence)));
        }
        Ok(())
    }

    /// All evidence that relays contradict what they signed.
    pub(super) fn contradiction_views(&self) -> Vec<ContradictionView> {
        self.receipts.evidence().map(|evidence| self.contradiction_view(evidence)).collect()
    }

    fn contradiction_view(&self, evidence: &Evidence) -> ContradictionView {
        let relay = RelayKey::from_bytes(evidence.receipt.relay_key).relay();
        let links = self.lines.values().map(|running| running.relay()).chain(&self.relays);
        let link = links.into_iter().find(|link| *link.relay() == relay).cloned();
        ContradictionView::of(link, evidence)
    }
}
