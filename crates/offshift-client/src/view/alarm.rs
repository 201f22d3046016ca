//! Alarms: what may be an attack, or a device that was left behind, kept until the profile is removed.

use std::borrow::Cow;

use offshift_protocol::room::RoomId;
use offshift_wire::UnixMillis;
use serde::{Deserialize, Serialize};

use crate::why::Why;

/// Something that a person must know, with what to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlarmView {
    /// When it was raised; the latest time, where it was raised more than once.
    #[serde(with = "crate::json")]
    pub at: UnixMillis,
    /// How often.
    pub count: u32,
    /// In which room, and its name.
    #[serde(with = "crate::json")]
    pub room: Option<(RoomId, String)>,
    /// What it is.
    pub kind: AlarmKind,
    /// The member, or the relay's host, whom it is about; may be empty.
    pub who: String,
    /// How many messages are missing, where some are.
    pub number: u32,
    /// The rule that was broken, or how a relay contradicts itself.
    pub why: Option<Why>,
    /// The same in words.
    pub sentence: String,
    /// What to do.
    pub advice: Cow<'static, str>,
    /// What others can check, where there is something: an `Evidence` of `proto/offshift/v1/evidence.proto`; for
    /// [`AlarmKind::IssuerKeys`] the relay's key and two statements that it signed (`proto/spec/client.md`).
    #[serde(with = "crate::json")]
    pub evidence: Option<Vec<u8>>,
}

/// What an alarm is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlarmKind {
    /// The relay shows two halves of the room different changes, or a member says so and lies.
    Fork,
    /// Messages of somebody are missing.
    Gap,
    /// No sign of the organizers for two days: a removal may be withheld.
    Stale,
    /// Others are further than what the relay shows to this device.
    Behind,
    /// This profile is older than the world: it was put back from a copy.
    RolledBack,
    /// A change stands at another time than that at which it came.
    Time,
    /// A member's device made a change that the rules refuse.
    Refused,
    /// A member's change left this device out.
    Stranded,
    /// A relay contradicts what it signed.
    RelayContradicts,
    /// A relay gave members different keys for tokens, by which it could tell them apart.
    IssuerKeys,
    /// A relay gave tokens whose proof is false: it may have marked them.
    FalseTokens,
}

impl AlarmKind {
    /// Its name, as scripts and other languages know it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Fork => "fork",
            Self::Gap => "gap",
            Self::Stale => "stale",
            Self::Behind => "behind",
            Self::RolledBack => "rolled_back",
            Self::Time => "time",
            Self::Refused => "refused",
            Self::Stranded => "stranded",
            Self::RelayContradicts => "relay_contradicts",
            Self::IssuerKeys => "issuer_keys",
            Self::FalseTokens => "false_tokens",
        }
    }

    /// What to do.
    pub const fn advice(self) -> &'static str {
        match self {
            Self::Fork => {
                "Ask a third member. If they see the same as you, put the other out and go on: \
                 offshift room go-on. If not, found the room again at another relay."
            }
            Self::Gap => "Ask them what they wrote. If it happens again, use another network.",
            Self::Stale => "Send nothing secret here until you have heard from an organizer.",
            Self::Behind => "Use another network, then sync again.",
            Self::RolledBack => "Wait: this device asks the organizers to take it back.",
            Self::Time => {
                "Look at your device's clock. If it is right, they and the relay may lie about time: \
                 check what changed with another organizer."
            }
            Self::Refused => "Nothing changed. Ask them; if they do not explain it, remove them.",
            Self::Stranded => {
                "Wait: this device asks the organizers to take it back. Ask who made that change."
            }
            Self::RelayContradicts => {
                "Show the evidence to whoever runs the relay, and move to another one."
            }
            Self::IssuerKeys | Self::FalseTokens => {
                "Ask whoever runs the relay why. If they can't say, found the room again at another relay."
            }
        }
    }

    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Fork,
        Self::Gap,
        Self::Stale,
        Self::Behind,
        Self::RolledBack,
        Self::Time,
        Self::Refused,
        Self::Stranded,
        Self::RelayContradicts,
        Self::IssuerKeys,
        Self::FalseTokens,
    ];
}
