//! A member who breaks the rules, for tests: whatever bytes, under this epoch's seal.

use offshift_wire::Envelope;
use rand_core::CryptoRng;

use super::Room;

impl Room {
    /// Envelopes of this epoch's channel that carry `whole`, which may be anything. None if this device is no
    /// longer in the room, or there is nothing or too much to carry.
    pub fn seal_anything_for_testing(
        &self,
        rng: &mut dyn CryptoRng,
        whole: &[u8],
    ) -> Option<Vec<Envelope>> {
        self.channel.as_ref()?.seal(rng, whole).ok()
    }
}
