//! How a relay gets a new identity and those who know the old one find it.
//!
//! ```text
//! leaf <- new identity (serves) : cross certificate of the new key <- old identity      for the time of the overlap
//! ```
//! The cross certificate has a name of its own. So no leaf, whose key is held in memory for days, passes for a
//! successor, and a successor's key is no leaf (OS-LNK-005).
//!
//! Never: the old key for anything but this certificate.

use std::time::{Duration, SystemTime};

use crate::{
    identity::{BadIdentity, Credentials, RelayIdentity, named_params},
    limits::CROSS_LIFE_MAX,
    settings::SUCCESSOR_NAME,
};

/// Who a relay is, and for a time after a rotation who it was.
pub struct Identities {
    current: RelayIdentity,
    previous: Option<Previous>,
}

/// The identity before the current one.
struct Previous {
    identity: RelayIdentity,
    until: SystemTime,
}

impl From<RelayIdentity> for Identities {
    fn from(current: RelayIdentity) -> Self {
        Self { current, previous: None }
    }
}

impl Identities {
    /// `current`, to which whoever knows the relay as `previous` is led until `until`.
    pub const fn rotated(
        current: RelayIdentity,
        previous: RelayIdentity,
        until: SystemTime,
    ) -> Self {
        Self { current, previous: Some(Previous { identity: previous, until }) }
    }

    /// The identity that serves.
    pub const fn current(&self) -> &RelayIdentity {
        &self.current
    }

    /// Whether the overlap ended after certificates were issued at `issued`.
    pub(crate) fn overlap_ended(&self, issued: SystemTime, now: SystemTime) -> bool {
        self.previous.as_ref().is_some_and(|previous| (issued..now).contains(&previous.until))
    }

    /// What is shown to those who connect: two certificates, in the overlap four (OS-LNK-005).
    pub(crate) fn issue(&self, now: SystemTime) -> Result<Credentials, BadIdentity> {
        let mut credentials = self.current.issue(now)?;
        if let Some((previous, left)) = self.overlap(now) {
            let life = left.min(CROSS_LIFE_MAX);
            let params = named_params(SUCCESSOR_NAME, now, life)?;
            let cross = previous.certify(&self.current.key()?, params)?;
            credentials.chain.extend([cross, previous.certificate()?]);
        }
        Ok(credentials)
    }

    fn overlap(&self, now: SystemTime) -> Option<(&RelayIdentity, Duration)> {
        let previous = self.previous.as_ref()?;
        let left = previous.until.duration_since(now).ok()?;
        (!left.is_zero()).then_some((&previous.identity, left))
    }
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use super::*;

    const DAY: Duration = Duration::from_secs(24 * 3600);

    #[test]
    fn os_lnk_005_the_old_identity_is_shown_until_the_overlap_ends() {
        let (old, new) = (RelayIdentity::generate().unwrap(), RelayIdentity::generate().unwrap());
        let now = UNIX_EPOCH + 20_000 * DAY;
        let identities = Identities::rotated(new, old, now + 30 * DAY);
        let shown = |at| identities.issue(at).unwrap().chain.len();
        assert_eq!([now, now + 29 * DAY].map(shown), [4, 4]);
        assert_eq!([now + 30 * DAY, now + 31 * DAY].map(shown), [2, 2]);
        assert!(identities.overlap_ended(now + 29 * DAY, now + 31 * DAY));
        assert!(!identities.overlap_ended(now, now + DAY));
        assert!(!identities.overlap_ended(now + 31 * DAY, now + 32 * DAY));
    }

    #[test]
    fn an_overlap_without_end_ends_no_clock() {
        let (old, new) = (RelayIdentity::generate().unwrap(), RelayIdentity::generate().unwrap());
        let far = UNIX_EPOCH + Duration::from_secs(i64::MAX.unsigned_abs() >> 1);
        assert!(Identities::rotated(new, old, far).issue(SystemTime::now()).is_ok());
    }
}
