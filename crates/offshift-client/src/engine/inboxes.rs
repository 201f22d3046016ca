//! Inboxes: what reaches one device, from those to whom a card was shown, and from members of the room that it led to.

use offshift_protocol::{
    Change, Context, Effect, Effects, EffectsBuilder,
    card::{Application, Contact},
    ids::ApplicationId,
    inbox::{Announcement, InboxCard, Received},
    room::{Room, RoomEvent, RoomId},
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

    /// Each message from those only who may send it. Whoever else writes here is nobody (OS-CLI-010).
    async fn inbox_message(&mut self, id: ApplicationId, received: Received) -> Result<(), Fatal> {
        let Received { message, sender } = received;
        match (message, self.leads.get(&id).copied()) {
            (InboxMessage::Welcome(welcome), None) => self.welcome(id, &welcome, &sender).await,
            (InboxMessage::Welcome(welcome), Some(room)) => {
                self.welcome_back(room, &welcome, &sender).await
            }
            (message @ InboxMessage::Keys { .. }, _) => {
                self.renew_contact(id, &Received { message, sender }).await
            }
            (InboxMessage::Checkpoint(checkpoint), Some(room)) => {
                self.hear(room, |room, ctx| room.handle_checkpoint(ctx, &sender, &checkpoint)).await
            }
            (InboxMessage::Rejoin(rejoin), Some(room)) => {
                self.hear(room, |room, ctx| room.handle_rejoin(ctx, &sender, &rejoin)).await
            }
            // An introduction comes with a Welcome, never by itself.
            _ => Ok(()),
        }
    }

    /// What members tell each other through inboxes. The room knows by which key each of them seals.
    async fn hear(
        &mut self,
        id: RoomId,
        handle: impl FnOnce(&mut Room, &mut Context<'_>) -> Effects<RoomEvent>,
    ) -> Result<(), Fatal> {
        let Some(room) = self.rooms.get_mut(&id) else { return Ok(()) };
        let effects = handle(room, &mut self.tools.context());
        self.run_room(id, effects, Vec::new()).await
    }

    /// Whom this device met has new keys.
    async fn renew_contact(&mut self, id: ApplicationId, received: &Received) -> Result<(), Fatal> {
        let renew = |contact: &Contact| contact.renewed(&received.sender, &received.message).ok();
        let Some(renewed) = self.contacts_of(id).find_map(renew) else { return Ok(()) };
        let change = Change::Put { key: renewed.id().key(), value: renewed.encode() };
        self.contacts.insert(renewed.id(), renewed);
        self.persist(vec![change]).await
    }

    /// Those to whom an application was shown.
    pub(super) fn contacts_of(&self, application: ApplicationId) -> impl Iterator<Item = &Contact> {
        self.contacts.values().filter(move |contact| contact.application() == application)
    }

    /// New keys, and old ones erased, when their time has come. The one who was met is told, by schedule and not in
    /// answer to anything (OS-CLI-003, RO-01).
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
        let to: Vec<_> = self.contacts_of(id).map(|one| one.card().inbox().clone()).collect();
        let Some(application) = self.applications.get_mut(&id) else { return Ok(()) };
        let effects = tick(application, &to, &mut self.tools.context())?;
        self.execute(Purpose::Inbox(id), effects, Vec::new()).await.map(drop)
    }
}

/// New keys and their announcement are one record: a crash must not part them.
fn tick(
    application: &mut Application,
    to: &[InboxCard],
    ctx: &mut Context<'_>,
) -> Result<Effects<Announcement>, ClientError> {
    let mut builder = EffectsBuilder::new();
    for effect in application.inbox_mut().handle_tick(ctx) {
        match effect {
            Effect::Persist(changes) => changes.into_iter().for_each(|change| match change {
                Change::Put { key, value } => builder.put(key, value),
                Change::Delete { key } => builder.delete(key),
            }),
            Effect::Event(announcement) => {
                for one in to {
                    let outgoing = application
                        .inbox()
                        .announce(ctx, one, &announcement, ANNOUNCEMENT_LIFE)
                        .map_err(|_| ClientError::Bug("announcing keys"))?;
                    outgoing.into_iter().for_each(|one| builder.deposit(one));
                }
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
        let to = [theirs.card().inbox().clone()];
        assert!(tick(&mut mine, &to, &mut ctx).unwrap().is_empty(), "nothing is due");
        ctx.now = UnixMillis(1_000 + WEEK_MS);
        let effects: Vec<_> = tick(&mut mine, &to, &mut ctx).unwrap().into_iter().collect();
        let Some(Effect::Persist(changes)) = effects.first() else { panic!("persist comes first") };
        let puts = |prefix: &str| {
            let of = |change: &&Change| matches!(change, Change::Put { key, .. } if key.starts_with(prefix));
            changes.iter().filter(of).count()
        };
        assert_eq!((puts("inbox/"), puts("outbox/") > 0), (1, true));
        assert!(effects.iter().any(|effect| matches!(effect, Effect::Deposit(_))));
    }
}
