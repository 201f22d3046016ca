//! What a device that was away too long can't show any more: from when until when, for as long as people would look for it.
//!
//! ```text
//! RoomEvent::Returned -> gap/{room} = from (8) | until (8), in the record that it comes with -> RoomView
//! ```

use offshift_protocol::{
    Change, Effect, Effects,
    room::{Room, RoomEvent, RoomId},
};
use offshift_wire::UnixMillis;
use zeroize::Zeroizing;

use super::Engine;

/// From when until when.
type Gap = (UnixMillis, UnixMillis);

impl Engine {
    /// The latest gap of a room, unless what was said then would have disappeared by now.
    pub(super) fn gap(&self, id: RoomId, room: &Room, now: UnixMillis) -> Option<Gap> {
        let (from, until) = decode(self.vault.as_ref()?.get(&key(id))?)?;
        let life = room.terms(now).disappear_ms;
        (life == 0 || now < until.plus_ms(life)).then_some((from, until))
    }
}

/// A later gap takes the place of an earlier one.
pub(super) fn gap_of(id: RoomId, effects: &Effects<RoomEvent>) -> Option<Change> {
    let gap = effects.iter().rev().find_map(|effect| match effect {
        Effect::Event(RoomEvent::Returned { gap }) => Some(*gap),
        _ => None,
    })?;
    Some(Change::Put { key: key(id), value: Zeroizing::new(encode(gap)) })
}

fn key(id: RoomId) -> String {
    format!("gap/{}", id.hex())
}

fn encode((from, until): Gap) -> Vec<u8> {
    [from.0.to_be_bytes(), until.0.to_be_bytes()].concat()
}

fn decode(value: &[u8]) -> Option<Gap> {
    let (from, until) = value.split_first_chunk::<8>()?;
    let until = <[u8; 8]>::try_from(until).ok()?;
    Some((UnixMillis(u64::from_be_bytes(*from)), UnixMillis(u64::from_be_bytes(until))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_is_kept_as_it_was_and_what_is_none_is_none() {
        let gap = (UnixMillis(5), UnixMillis(u64::MAX));
        let kept = encode(gap);
        assert_eq!(decode(&kept), Some(gap));
        assert_eq!((decode(&kept[..15]), decode(&[])), (None, None));
    }
}
