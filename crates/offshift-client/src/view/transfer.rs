//! Files on their way.

use offshift_protocol::{
    ids::TransferId,
    room::{MessageId, RoomId},
};
use serde::{Deserialize, Serialize};

use crate::error::ClientError;

/// A file that leaves or comes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TransferView {
    /// Its name on this device.
    #[serde(with = "crate::json")]
    pub id: TransferId,
    /// In which room.
    #[serde(with = "crate::json")]
    pub room: RoomId,
    /// The message that offers it. Nothing while a file leaves: the message is sent when all of it is at the relay.
    #[serde(with = "crate::json")]
    pub message: Option<MessageId>,
    /// What it is called, made harmless.
    pub name: String,
    /// Whether it leaves this device.
    pub outgoing: bool,
    /// So many bytes have arrived.
    pub bytes: u64,
    /// So many there are.
    pub total: u64,
    /// How it stands.
    pub state: TransferState,
}

/// How a file on its way stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TransferState {
    /// It goes on by itself, also after a restart.
    UnderWay,
    /// All of it has arrived; what leaves is offered in the room.
    Done,
    /// The relay does not have all of it any more.
    Gone,
    /// What came is not what was sent.
    Damaged,
    /// It does not go on for now, and why. It is tried again at the next start.
    Stopped(ClientError),
}
