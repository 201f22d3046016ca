//! A name for each error that stays the same in every version and language, and what its sentence has in it.

use std::io;

use offshift_access::BadTicketCode;
use offshift_link::LinkError;
use offshift_protocol::meeting::{BadCode, BadDeviceCode};
use offshift_wire::{code::Close, link::BadLink};

use super::{ClientError, FileError};
use crate::{
    event::MeetingOver,
    export::CopyError,
    limits::{PASSPHRASE_BYTES_MAX, PASSPHRASE_CHARACTERS_MIN},
    vault::{BadPassphrase, VaultError},
    view::BadTerm,
    why::Why,
};

/// What stands in the sentence of an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Detail {
    /// A number.
    Number(usize),
    /// A word of this program: what there is too much of, or where it failed.
    Word(&'static str),
    /// Words; under the name `why` the kind of a [`Why`].
    Words(String),
}

impl ClientError {
    /// Its kind, for scripts and for sentences in other languages.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Vault(error) => error.kind(),
            Self::Link(error) => link(*error),
            Self::BadLink(error) => bad_link(*error),
            Self::BadTicket(error) => bad_ticket(*error),
            Self::BadCode(error) => bad_code(*error),
            Self::BadDeviceCode(error) => bad_device_code(*error),
            Self::NoRelay => "no_relay",
            Self::UnknownRelay => "unknown_relay",
            Self::OtherRelay => "other_relay",
            Self::TooMany(_) => "too_many",
            Self::BadHandle => "bad_handle",
            Self::BadRoomName => "bad_room_name",
            Self::BadText => "bad_text",
            Self::UnknownMeeting => "unknown_meeting",
            Self::NoWords => "no_words",
            Self::MeetingOver(why) => why.kind(),
            Self::UnknownContact => "unknown_contact",
            Self::ContactUsed => "contact_used",
            Self::CardUsed => "card_used",
            Self::Objections(_) => "objections",
            Self::UnknownRoom => "unknown_room",
            Self::UnknownMember => "unknown_member",
            Self::UnknownApplicant => "unknown_applicant",
            Self::UnknownMotion => "unknown_motion",
            Self::BadTerm(BadTerm::Name) => "bad_term_name",
            Self::BadTerm(BadTerm::Value) => "bad_term_value",
            Self::UnknownMessage => "unknown_message",
            Self::NotYours => "not_yours",
            Self::BadMark => "bad_mark",
            Self::BadPoll => "bad_poll",
            Self::BadPlan => "bad_plan",
            Self::NotAPoll => "not_a_poll",
            Self::NotAPlan => "not_a_plan",
            Self::BadAnswer => "bad_answer",
            Self::PollClosed => "poll_closed",
            Self::BadNote => "bad_note",
            Self::BadPassphrase(BadPassphrase::Short) => "bad_passphrase_short",
            Self::BadPassphrase(BadPassphrase::Long) => "bad_passphrase_long",
            Self::Copy(error) => copy(*error),
            Self::Refused(why) if why.is_rule() => "not_allowed",
            Self::Refused(_) => "refused",
            Self::File(error) => error.kind(),
            Self::Closed => "closed",
            Self::Bug(_) => "bug",
        }
    }

    /// What its sentence says besides, by name.
    pub fn details(&self) -> Vec<(&'static str, Detail)> {
        use Detail::{Number, Word, Words};
        match self {
            Self::Vault(VaultError::Disk(why))
            | Self::File(FileError::Disk(why) | FileError::Unreadable(why)) => {
                vec![("why", Words(disk(*why).to_owned()))]
            }
            Self::Link(LinkError::Refused(why)) => {
                vec![("why", Words(Why::from(*why).kind.into_owned()))]
            }
            Self::Link(LinkError::Closed(why)) => vec![("why", Words(close(*why).to_owned()))],
            Self::Link(LinkError::Misbehaved(what) | LinkError::Bug(what))
            | Self::Vault(VaultError::Bug(what))
            | Self::TooMany(what)
            | Self::Bug(what) => vec![("what", Word(what))],
            Self::BadPassphrase(BadPassphrase::Short) => {
                vec![("count", Number(PASSPHRASE_CHARACTERS_MIN))]
            }
            Self::BadPassphrase(BadPassphrase::Long) => {
                vec![("count", Number(PASSPHRASE_BYTES_MAX))]
            }
            Self::Objections(count) => vec![("count", Number(*count))],
            Self::Refused(why) => vec![("why", Words(why.kind.to_string()))],
            _ => Vec::new(),
        }
    }
}

const fn disk(why: io::ErrorKind) -> &'static str {
    match why {
        io::ErrorKind::StorageFull => "disk_full",
        io::ErrorKind::QuotaExceeded => "disk_quota",
        io::ErrorKind::PermissionDenied => "disk_denied",
        io::ErrorKind::ReadOnlyFilesystem => "disk_read_only",
        _ => "disk_other",
    }
}

const fn copy(error: CopyError) -> &'static str {
    match error {
        CopyError::FileExists => "copy_file_exists",
        CopyError::Busy => "copy_busy",
        CopyError::NotACopy => "copy_not_a_copy",
        CopyError::WrongPassphrase => "copy_wrong_passphrase",
        CopyError::Disk => "copy_disk",
    }
}

impl VaultError {
    const fn kind(self) -> &'static str {
        match self {
            Self::Missing => "vault_missing",
            Self::Exists => "vault_exists",
            Self::InUse => "vault_in_use",
            Self::WrongPassphrase => "vault_wrong_passphrase",
            Self::NotAVault => "vault_not_a_vault",
            Self::Newer => "vault_newer",
            Self::Damaged => "vault_damaged",
            Self::Disk(_) => "vault_disk",
            Self::Unsettled => "vault_unsettled",
            Self::Full => "vault_full",
            Self::Resources => "vault_resources",
            Self::Bug(_) => "vault_bug",
        }
    }
}

impl MeetingOver {
    const fn kind(self) -> &'static str {
        match self {
            Self::Expired => "meeting_expired",
            Self::Stopped => "meeting_stopped",
            Self::SecondScanner => "meeting_second_scanner",
            Self::Misbehaved => "meeting_misbehaved",
        }
    }
}

const fn link(error: LinkError) -> &'static str {
    match error {
        LinkError::Resolve => "link_resolve",
        LinkError::Unreachable => "link_unreachable",
        LinkError::Identity => "link_identity",
        LinkError::Clock => "link_clock",
        LinkError::Incompatible => "link_incompatible",
        LinkError::Refused(_) => "link_refused",
        LinkError::Closed(_) => "link_closed",
        LinkError::Lost => "link_lost",
        LinkError::Misbehaved(_) => "link_misbehaved",
        LinkError::Busy => "link_busy",
        LinkError::Socket => "link_socket",
        LinkError::Bug(_) => "link_bug",
    }
}

const fn close(why: Close) -> &'static str {
    match why {
        Close::Done => "closed_done",
        Close::Version => "closed_version",
        Close::Malformed => "closed_malformed",
        Close::Limit => "closed_limit",
        Close::Stopping => "closed_stopping",
        Close::Idle => "closed_idle",
        Close::Failed => "closed_failed",
    }
}

const fn bad_link(error: BadLink) -> &'static str {
    match error {
        BadLink::Scheme => "bad_link_scheme",
        BadLink::Host => "bad_link_host",
        BadLink::Port => "bad_link_port",
        BadLink::Key => "bad_link_key",
    }
}

const fn bad_ticket(error: BadTicketCode) -> &'static str {
    match error {
        BadTicketCode::Link(error) => bad_link(error),
        BadTicketCode::NoTicket => "bad_ticket_none",
        BadTicketCode::Damaged => "bad_ticket_damaged",
    }
}

const fn bad_code(error: BadCode) -> &'static str {
    match error {
        BadCode::RelayLink => "bad_code_relay_link",
        BadCode::Device => "bad_code_device",
        BadCode::Ticket => "bad_code_ticket",
        BadCode::OtherPurpose => "bad_code_other_purpose",
        BadCode::Foreign => "bad_code_foreign",
        BadCode::Incompatible => "bad_code_incompatible",
        BadCode::Damaged => "bad_code_damaged",
        BadCode::Expired => "bad_code_expired",
    }
}

const fn bad_device_code(error: BadDeviceCode) -> &'static str {
    match error {
        BadDeviceCode::Meeting => "bad_device_code_meeting",
        BadDeviceCode::OtherPurpose => "bad_device_code_other_purpose",
        BadDeviceCode::Foreign => "bad_device_code_foreign",
        BadDeviceCode::Incompatible => "bad_device_code_incompatible",
        BadDeviceCode::Damaged => "bad_device_code_damaged",
        BadDeviceCode::Expired => "bad_device_code_expired",
    }
}
