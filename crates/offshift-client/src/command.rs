//! What an app asks of the engine. Each has one answer.

use std::path::PathBuf;

use offshift_access::{RelayKey, TicketCode};
use offshift_link::Said;
use offshift_protocol::{
    ids::{ContactId, MeetingId, TransferId},
    meeting::{DeviceCode, MeetingCode},
    room::{MemberId, MessageId, RoomId},
};
use offshift_wire::{Position, link::RelayLink, standing::Method};
use tokio::sync::oneshot;

use crate::{
    error::ClientError,
    files::{FileReader, prepare::Prepared},
    vault::Passphrase,
    view::{
        AlarmView, ApplicantView, Care, ContactView, ContradictionView, DeviceView, Exposure,
        Founding, MeetingView, MemberView, MessageView, MessagesPage, MotionId, MotionView, NoteOn,
        PastMemberView, Planned, PolicyView, Proposal, RelayView, ReturningView, RoomView,
        ShownCode, StepView, Synced, TransferView, WaitingView,
    },
};

/// Where an answer goes. Whoever asked may have gone; then nobody minds.
pub(crate) type Reply<T> = oneshot::Sender<Result<T, ClientError>>;

/// One request.
pub(crate) enum Command {
    Handle(Reply<String>),
    AddRelay(RelayLink, Reply<()>),
    RelayWas { old: RelayLink, new: RelayLink, reply: Reply<()> },
    AddTicket(Box<TicketCode>, Reply<()>),
    Greet(RelayLink, Box<(Said, RelayKey)>, Reply<()>),
    Relays(Reply<Vec<RelayView>>),
    Contradictions(Reply<Vec<ContradictionView>>),
    MeetShow { relay: Option<RelayLink>, like: Option<ContactId>, reply: Reply<ShownCode> },
    MeetScan { code: MeetingCode, like: Option<ContactId>, reply: Reply<MeetingId> },
    LinkScan(DeviceCode, Reply<MeetingId>),
    Meetings(Reply<Vec<MeetingView>>),
    MeetConfirm { meeting: MeetingId, method: Method, reply: Reply<ContactView> },
    MeetAbort(MeetingId, Reply<()>),
    Contacts(Reply<Vec<ContactView>>),
    Found(Founding, Reply<RoomId>),
    AddFounder { room: RoomId, contact: ContactId, organizer: bool, reply: Reply<()> },
    About(RoomId, Ask),
    File(FileAsk),
    Alarms(Reply<Vec<AlarmView>>),
    Note(NoteOn, String, Reply<()>),
    Rooms(Reply<Vec<RoomView>>),
    Talk(RoomId, Talk),
    Search { words: String, room: Option<RoomId>, limit: u32, reply: Reply<Vec<MessageView>> },
    Export { path: PathBuf, passphrase: Passphrase, reply: Reply<()> },
    ExportMessages { path: PathBuf, passphrase: Passphrase, room: Option<RoomId>, reply: Reply<()> },
    ChangePassphrase { old: Passphrase, new: Passphrase, reply: Reply<()> },
    Sync(Reply<Synced>),
    Close(oneshot::Sender<()>),
}

/// One request about a file.
pub(crate) enum FileAsk {
    Send {
        room: RoomId,
        file: Box<Prepared>,
        reply: Reply<TransferId>,
    },
    Fetch {
        room: RoomId,
        message: MessageId,
        reply: Reply<TransferId>,
    },
    Open {
        room: RoomId,
        message: MessageId,
        reply: Reply<FileReader>,
    },
    Preview {
        room: RoomId,
        message: MessageId,
        reply: Reply<bytes::Bytes>,
    },
    List(Reply<Vec<TransferView>>),
    Cancel(TransferId, Reply<()>),
    #[cfg(feature = "for-testing")]
    OfferForTesting {
        room: RoomId,
        file: Box<offshift_wire::content::File>,
        reply: Reply<MessageId>,
    },
}

/// One request about who is in a room.
pub(crate) enum Ask {
    Vouch(ContactId, Reply<()>),
    Revouch(MemberId, Method, Reply<()>),
    Object(MemberId, String, Reply<()>),
    Admit { applicant: MemberId, despite_objections: bool, reply: Reply<()> },
    Applicants(Reply<Vec<ApplicantView>>),
    Members(Reply<Vec<MemberView>>),
    PastMembers(Reply<Vec<PastMemberView>>),
    Confirm(MemberId, Reply<()>),
    Sever(Vec<MemberId>, Reply<StepView>),
    Recall(MemberId, Reply<StepView>),
    Stop(MemberId, Reply<()>),
    Exposure(MemberId, Reply<Exposure>),
    Policy(Reply<PolicyView>),
    Propose(Proposal, Reply<StepView>),
    Motions(Reply<Vec<MotionView>>),
    Approve(MotionId, Reply<StepView>),
    Returning(Reply<Vec<ReturningView>>),
    ConfirmReturn(MemberId, Reply<()>),
    GoOn(Reply<()>),
    LinkShow(Reply<ShownCode>),
    Devices(Reply<Vec<DeviceView>>),
}

/// One request about what is written in a room.
pub(crate) enum Talk {
    Say(Saying, Reply<MessageId>),
    History {
        unread_only: bool,
        reply: Reply<Vec<MessageView>>,
    },
    Messages {
        before: Option<Position>,
        limit: u32,
        reply: Reply<MessagesPage>,
    },
    Message(MessageId, Reply<MessageView>),
    /// The first ones behind a position.
    After(Position, Reply<Vec<MessageView>>),
    Pinned(Reply<Vec<MessageView>>),
    #[cfg(feature = "for-testing")]
    FillForTesting(u64, Reply<()>),
    MarkRead(Position, Reply<()>),
    ReadUpTo(Reply<Position>),
    Draft(Reply<String>),
    SetDraft(String, Reply<()>),
    Waiting(Reply<Vec<WaitingView>>),
}

/// What a person wants to say.
pub(crate) enum Saying {
    Text {
        text: String,
        reply_to: Option<MessageId>,
        care: Care,
    },
    Announce(String),
    React(MessageId, String),
    Edit(MessageId, String),
    TakeBack(MessageId),
    Pin(MessageId, bool),
    Poll(String, Vec<String>, bool),
    Answer(MessageId, Vec<u32>),
    ClosePoll(MessageId),
    /// A new one, or a change of one.
    Plan(Option<MessageId>, Planned),
    CallOff(MessageId),
    #[cfg(feature = "for-testing")]
    Anything(Box<offshift_protocol::room::Content>),
}
