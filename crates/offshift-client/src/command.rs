//! What an app asks of the engine. Each has one answer.

use offshift_protocol::{
    ids::{ContactId, MeetingId},
    meeting::MeetingCode,
    room::{MemberId, MessageId, RoomId},
};
use offshift_wire::{Position, link::RelayLink};
use tokio::sync::oneshot;

use crate::{
    error::ClientError,
    view::{
        ContactView, ContradictionView, Founding, MeetingView, MessageView, RelayView, RoomView,
        ShownCode, Synced,
    },
};

/// Where an answer goes. Whoever asked may have gone; then nobody minds.
pub(crate) type Reply<T> = oneshot::Sender<Result<T, ClientError>>;

/// One request.
pub(crate) enum Command {
    Handle(Reply<String>),
    AddRelay(RelayLink, Reply<()>),
    Relays(Reply<Vec<RelayView>>),
    Contradictions(Reply<Vec<ContradictionView>>),
    MeetShow(Option<RelayLink>, Reply<ShownCode>),
    MeetScan(MeetingCode, Reply<MeetingId>),
    Meetings(Reply<Vec<MeetingView>>),
    MeetConfirm(MeetingId, Reply<ContactView>),
    MeetAbort(MeetingId, Reply<()>),
    Contacts(Reply<Vec<ContactView>>),
    Found(Founding, Reply<RoomId>),
    AddFounder { room: RoomId, contact: ContactId, organizer: bool, reply: Reply<()> },
    Remove { room: RoomId, member: MemberId, reply: Reply<()> },
    Rooms(Reply<Vec<RoomView>>),
    Send { room: RoomId, text: String, reply_to: Option<MessageId>, reply: Reply<MessageId> },
    History { room: RoomId, unread_only: bool, reply: Reply<Vec<MessageView>> },
    MarkRead { room: RoomId, position: Position, reply: Reply<()> },
    Sync(Reply<Synced>),
    Close(oneshot::Sender<()>),
}
