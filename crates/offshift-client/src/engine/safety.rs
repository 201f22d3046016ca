//! What a room's time does to what was said there: it is not shown any more, then it is removed (PT-61).
//!
//! ```text
//! a message's time + the room's time is past -> not shown, not searched, not counted
//! its whole day is past -> rooms write a fresh base; the day's key, records, files and drafts of its age go;
//!                          for that the vault is written anew, and the key of the old file is destroyed
//! ```
//! Never: a day that goes while something of it may still be shown.

use std::collections::BTreeMap;

use offshift_protocol::{Change, room::RoomId};
use offshift_wire::{Position, UnixMillis};

use super::{Engine, Fatal, history, now};
use crate::{
    command::Reply,
    error::ClientError,
    event::Event,
    limits::FORGET_EVERY_MS,
    vault::{DAY, Day, Passphrase, Vault, VaultError},
};

impl Engine {
    /// Where the part of a room's history begins that may still be shown (OS-CLI-020).
    pub(super) fn shown_from(&self, room: RoomId) -> Position {
        let now = now();
        let since = self.disappear_ms(room, now).map_or(0, |life_ms| now.0.saturating_sub(life_ms));
        Position::new(since.saturating_mul(1000))
    }

    /// How long what is said in a room is kept; nothing: for good.
    fn disappear_ms(&self, room: RoomId, now: UnixMillis) -> Option<u64> {
        let life_ms = self.rooms.get(&room)?.terms(now).disappear_ms;
        (life_ms > 0).then_some(life_ms)
    }

    /// Removes the days that are past their room's time: at the start, then each hour (OS-CLI-021).
    pub(super) async fn tick_disappearing(&mut self, now: UnixMillis) -> Result<(), Fatal> {
        if !is_due(self.forget_at, now) {
            return Ok(());
        }
        self.forget_at = now.plus_ms(FORGET_EVERY_MS);
        let past = self.past_days(now)?;
        let (mut said, mut keys) = (self.past_drafts(now)?, Vec::new());
        let drafts_went = !said.is_empty();
        for (room, until) in &past {
            if let Some(state) = self.rooms.get_mut(room) {
                let effects = state.handle_forget();
                self.run_room(*room, effects, Vec::new()).await?;
            }
            let vault = self.vault.as_ref().ok_or(ClientError::Closed)?;
            said.extend(history::forget(vault, *room, last_before(*until))?);
            keys.extend(keys_of_days(vault, *room, *until));
        }
        self.persist_in_batches(said).await?;
        self.forget_lost_files().await?;
        // The days' keys go last, and with them the file that held all the rest: whoever dies before that does it again.
        let keys_went = !keys.is_empty();
        self.persist_in_batches(keys).await?;
        if drafts_went && !keys_went {
            self.write_anew().await?;
        }
        for (room, until) in past {
            self.tell(Event::Disappeared { room, until: until.time() });
        }
        Ok(())
    }

    /// A draft has no key of its own: it is in the file until the vault is written anew (OS-VLT-021). A full disk puts it
    /// off.
    async fn write_anew(&mut self) -> Result<(), Fatal> {
        match self.with_vault(Vault::compact).await? {
            Err(error @ VaultError::Unsettled) => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// Up to where each room is past its time, if a day of it is.
    fn past_days(&self, now: UnixMillis) -> Result<BTreeMap<RoomId, Position>, ClientError> {
        let vault = self.vault.as_ref().ok_or(ClientError::Closed)?;
        let days = vault.under(DAY).filter_map(|(name, _)| {
            let day = Day::of_key(name)?;
            let room = RoomId::from_hex(day.room).ok()?;
            let life_ms = self.disappear_ms(room, now)?;
            (day.over_at().plus_ms(life_ms) <= now).then_some((room, day.end()))
        });
        // Days are in their order: the last one of a room stands.
        Ok(days.collect())
    }

    fn past_drafts(&self, now: UnixMillis) -> Result<Vec<Change>, ClientError> {
        let vault = self.vault.as_ref().ok_or(ClientError::Closed)?;
        let drafts = vault.under("draft/").filter(|(name, value)| {
            let room = name.strip_prefix("draft/").and_then(|hex| RoomId::from_hex(hex).ok());
            let life_ms = room.and_then(|room| self.disappear_ms(room, now));
            let at = value.first_chunk().map(|at| UnixMillis(u64::from_be_bytes(*at)));
            at.zip(life_ms).is_some_and(|(at, life_ms)| at.plus_ms(life_ms) <= now)
        });
        Ok(drafts.map(|(name, _)| Change::Delete { key: name.to_owned() }).collect())
    }

    /// Closes the profile by another passphrase. The old one opens it if this fails, unless the disk gave up.
    pub(super) async fn change_passphrase(
        &mut self,
        old: Passphrase,
        new: Passphrase,
        reply: Reply<()>,
    ) -> Result<(), Fatal> {
        let changed = self.with_vault(move |vault| vault.change_passphrase(&old, &new)).await?;
        let _ = reply.send(changed.map_err(ClientError::Vault));
        match changed {
            Err(error @ VaultError::Unsettled) => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// Does what takes long with the vault where it holds nobody else's task up. The engine waits.
    pub(super) async fn with_vault<T: Send + 'static>(
        &mut self,
        act: impl FnOnce(&mut Vault) -> T + Send + 'static,
    ) -> Result<T, Fatal> {
        let mut vault = self.vault.take().ok_or(ClientError::Closed)?;
        let done = tokio::task::spawn_blocking(move || {
            let done = act(&mut vault);
            (vault, done)
        });
        let (vault, done) = done.await.map_err(|_| ClientError::Bug("working on the vault"))?;
        self.vault = Some(vault);
        Ok(done)
    }
}

/// Whether days are looked for. A time that is further ahead than it was ever set is of a clock that was wrong then.
fn is_due(forget_at: UnixMillis, now: UnixMillis) -> bool {
    now >= forget_at || forget_at.since_ms(now) > FORGET_EVERY_MS
}

/// The keys of a room's days that end there or before.
fn keys_of_days(vault: &Vault, room: RoomId, until: Position) -> Vec<Change> {
    let days = format!("{DAY}{}/", room.hex());
    let names = vault.under(&days).map(|(name, _)| name);
    let past = names.filter(|name| Day::of_key(name).is_some_and(|day| day.end() <= until));
    past.map(|name| Change::Delete { key: name.to_owned() }).collect()
}

const fn last_before(position: Position) -> Position {
    Position::new(position.value().saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn os_cli_021_a_clock_that_was_ahead_and_is_set_right_puts_nothing_off() {
        let now = UnixMillis(1_795_305_600_000);
        let hour = now.plus_ms(FORGET_EVERY_MS);
        assert!(!is_due(hour, now) && is_due(hour, hour), "the twin: an hour is waited for");
        assert!(is_due(now.plus_ms(365 * 24 * FORGET_EVERY_MS), now));
    }
}
