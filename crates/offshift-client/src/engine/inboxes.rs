//! Inboxes: what reaches one device, from one person who was met.

use offshift_protocol::{
    Change, Context, Effect, Effects, EffectsBuilder,
    card::{Application, Contact},
    ids::ApplicationId,
    inbox::{Announcement, InboxCard, Received},
};
use offshift_wire::{Envelope, Life, Position, UnixMillis, inbox::InboxMessage};

use super::{Engine, Fatal, lines::Purpose};
use crate::error::ClientError;

/// New keys of an inbox must reach a person who is away for long.
const ANNOUNCEMENT_LIFE: Life = Life::D30;

impl Engine {
    pub(super) async fn inbox_entry(
        &mut self,
        id: ApplicationId,
        position: Position,
        envelope: &Envelope,
    ) -> Result<(), Fatal> {
        let Some(application) = self.applications.get_mut(&id) else { return Ok(()) };
        let handled = application.inbox_mut().handle_entry(position, envelope);
        if let Ok(received) = handled.outcome {
            self.inbox_message(id, received).await?;
        }
        // Only now: a crash before this line hands the message over again, and it changes nothing then.
        self.persist(handled.changes).await
    }

    async fn inbox_message(&mut self, id: ApplicationId, received: Received) -> Result<(), Fatal> {
        let Some(contact) = self.contact_of(id) else { return Ok(()) };
        // The inbox was given to one person. Whoever else writes there is nobody.
        if received.sender != contact.card().inbox().keys().dh {
            return Ok(());
        }
        match received.message {
            InboxMessage::Welcome(ref welcome) => self.welcome(id, welcome, &received.sender).await,
            InboxMessage::Keys { .. } => self.renew_contact(id, &received).await,
            InboxMessage::Introduction(_)
            | InboxMessage::Checkpoint(_)
            | InboxMessage::Rejoin(_)
            | InboxMessage::Unknown(_) => Ok(()),
        }
    }

    /// Whom this device met has new keys.
    async fn renew_contact(&mut self, id: ApplicationId, received: &Received) -> Result<(), Fatal> {
        let Some(contact) = self.contact_of(id) else { return Ok(()) };
        let Ok(renewed) = contact.renewed(&received.sender, &received.message) else {
            return Ok(());
        };
        let change = Change::Put { key: renewed.id().key(), value: renewed.encode() };
        self.contacts.insert(renewed.id(), renewed);
        self.persist(vec![change]).await
    }

    fn contact_of(&self, application: ApplicationId) -> Option<&Contact> {
        self.contacts.values().find(|contact| contact.application() == application)
    }

    /// New keys, and old ones erased, when their time has come. The one who was met is told, by schedule and not in
    /// answer to anything (RO-01).
    pub(super) async fn tick_inboxes(&mut self, now: UnixMillis) -> Result<(), Fatal> {
        let applications = self.applications.iter();
        let due: Vec<_> = applications
            .filter(|(_, application)| application.inbox().deadline() <= now)
            .map(|(id, _)| *id)
            .collect();
        for id in due {
            self.tick_inbox(id).await?;
        }
        Ok(())
    }

    async fn tick_inbox(&mut self, id: ApplicationId) -> Result<(), Fatal> {
        let contact = self.contacts.values().find(|contact| contact.application() == id);
        let to = contact.map(|contact| contact.card().inbox().clone());
        let Some(application) = self.applications.get_mut(&id) else { return Ok(()) };
        let effects = tick(application, to.as_ref(), &mut self.tools.context())?;
        self.execute(Purpose::Inbox(id), effects, Vec::new()).await.map(drop)
    }
}

/// New keys and their announcement are one record: a crash must not part them.
fn tick(
    application: &mut Application,
    to: Option<&InboxCard>,
    ctx: &mut Context<'_>,
) -> Result<Effects<Announcement>, ClientError> {
    let mut builder = EffectsBuilder::new();
    for effect in application.inbox_mut().handle_tick(ctx) {
        match (effect, to) {
            (Effect::Persist(changes), _) => changes.into_iter().for_each(|change| match change {
                Change::Put { key, value } => builder.put(key, value),
                Change::Delete { key } => builder.delete(key),
            }),
            (Effect::Event(announcement), Some(to)) => {
                let outgoing = application
                    .inbox()
                    .announce(ctx, to, &announcement, ANNOUNCEMENT_LIFE)
                    .map_err(|_| ClientError::Bug("announcing keys"))?;
                outgoing.into_iter().for_each(|one| builder.deposit(one));
            }
            _ => {}
        }
    }
    Ok(builder.build())
}

#[cfg(test)]
mod tests {
    use offshift_protocol::OutboxSequence;
    use offshift_wire::RelayId;
    use rand_chacha::ChaCha20Rng;
    use rand_core::SeedableRng;

    use super::*;

    const WEEK_MS: u64 = 7 * 24 * 3_600_000;

    #[test]
    fn os_cli_003_new_inbox_keys_are_announced_by_the_calendar_and_recorded_with_it() {
        let mut rng = ChaCha20Rng::from_seed([1; 32]);
        let mut outbox = OutboxSequence::new();
        let mut ctx = Context { now: UnixMillis(1_000), rng: &mut rng, outbox: &mut outbox };
        let relay =
            offshift_wire::link::RelayLink::new("h", 1, RelayId::from_bytes([1; 32])).unwrap();
        let mut mine = Application::new(&mut ctx, &relay, "ana").unwrap();
        let theirs = Application::new(&mut ctx, &relay, "bob").unwrap();
        let to = theirs.card().inbox();
        assert!(tick(&mut mine, Some(to), &mut ctx).unwrap().is_empty(), "nothing is due");
        ctx.now = UnixMillis(1_000 + WEEK_MS);
        let effects: Vec<_> = tick(&mut mine, Some(to), &mut ctx).unwrap().into_iter().collect();
        let Some(Effect::Persist(changes)) = effects.first() else { panic!("persist comes first") };
        let puts = |prefix: &str| {
            let of = |change: &&Change| matches!(change, Change::Put { key, .. } if key.starts_with(prefix));
            changes.iter().filter(of).count()
        };
        assert_eq!((puts("inbox/"), puts("outbox/") > 0), (1, true));
        assert!(effects.iter().any(|effect| matches!(effect, Effect::Deposit(_))));
    }
}
