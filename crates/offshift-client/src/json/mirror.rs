//! The enums of the crates below, as serde would write them. A variant that has no mirror does not compile.

use std::io;

use offshift_access::BadTicketCode;
use offshift_link::LinkError;
use offshift_protocol::{
    meeting::{BadCode, BadDeviceCode},
    room::{Care, How, Suite},
};
use offshift_wire::{
    code::{Close, Refusal},
    link::BadLink,
    standing::{Method, State},
};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Portable;

macro_rules! portable {
    ($($meant:ident by $mirror:ident),* $(,)?) => {$(
        impl Portable for $meant {
            fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $mirror::serialize(self, serializer)
            }

            fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $mirror::deserialize(deserializer)
            }
        }
    )*};
}

portable! {
    Suite by SuiteMirror,
    How by HowMirror,
    Care by CareMirror,
    Method by MethodMirror,
    State by StateMirror,
    LinkError by LinkErrorMirror,
    BadLink by BadLinkMirror,
    BadTicketCode by BadTicketMirror,
    BadCode by BadCodeMirror,
    BadDeviceCode by BadDeviceCodeMirror,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Suite", rename_all = "snake_case")]
enum SuiteMirror {
    XWing,
    Classical,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "How", rename_all = "snake_case")]
enum HowMirror {
    Severed,
    Recalled,
    Stopped,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Care", rename_all = "snake_case")]
enum CareMirror {
    Ordinary,
    Sensitive,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Method", rename_all = "snake_case")]
enum MethodMirror {
    InPerson,
    Call,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "State", rename_all = "snake_case")]
enum StateMirror {
    Member,
    Stopped,
    Severed,
    Lifted,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "LinkError", rename_all = "snake_case")]
enum LinkErrorMirror {
    Resolve,
    Unreachable,
    Identity,
    Clock,
    Incompatible,
    Refused(#[serde(with = "RefusalMirror")] Refusal),
    Closed(#[serde(with = "CloseMirror")] Close),
    Lost,
    Misbehaved(#[serde(with = "super::fixed")] super::Words),
    Busy,
    Socket,
    Bug(#[serde(with = "super::fixed")] super::Words),
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Refusal", rename_all = "snake_case")]
enum RefusalMirror {
    Malformed,
    Denied,
    NoCapability,
    LifeTooLong,
    Full,
    Busy,
    Stopping,
    Failed,
    NoCredit,
    BadToken,
    BadTicket,
    AllowanceUsed,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Close", rename_all = "snake_case")]
enum CloseMirror {
    Done,
    Version,
    Malformed,
    Limit,
    Stopping,
    Idle,
    Failed,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "BadLink", rename_all = "snake_case")]
enum BadLinkMirror {
    Scheme,
    Host,
    Port,
    Key,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "BadTicketCode", rename_all = "snake_case")]
enum BadTicketMirror {
    Link(#[serde(with = "BadLinkMirror")] BadLink),
    NoTicket,
    Damaged,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "BadCode", rename_all = "snake_case")]
enum BadCodeMirror {
    RelayLink,
    Device,
    Ticket,
    OtherPurpose,
    Foreign,
    Incompatible,
    Damaged,
    Expired,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "BadDeviceCode", rename_all = "snake_case")]
enum BadDeviceCodeMirror {
    Meeting,
    OtherPurpose,
    Foreign,
    Incompatible,
    Damaged,
    Expired,
}

/// Those that a disk has; any other is told as "other".
const KINDS: [io::ErrorKind; 9] = [
    io::ErrorKind::NotFound,
    io::ErrorKind::PermissionDenied,
    io::ErrorKind::StorageFull,
    io::ErrorKind::QuotaExceeded,
    io::ErrorKind::ReadOnlyFilesystem,
    io::ErrorKind::FileTooLarge,
    io::ErrorKind::ResourceBusy,
    io::ErrorKind::UnexpectedEof,
    io::ErrorKind::Interrupted,
];

impl Portable for io::ErrorKind {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let words = String::deserialize(deserializer)?;
        let known = KINDS.into_iter().find(|kind| kind.to_string() == words);
        Ok(known.unwrap_or(Self::Other))
    }
}
