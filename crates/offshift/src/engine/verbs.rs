//! The one table of verbs: what can be asked of an engine, in this process or over a socket.
//!
//! ```text
//! verbs! { send(room: RoomId, text: String as &str, ...) -> MessageId; ... }
//!    |-> Client::send(&self, RoomId, &str, ...) -> Result<MessageId, ClientError>      for commands
//!    |-> call(&client, "send", {"room": .., "text": ..}) -> JSON                       for the socket and the page
//!    \-> VERBS, with the names of their parameters                                     for the documents' test
//! ```
//! No face has a verb of its own (OS-RPC-001). A verb is named like the method of `offshift_client::Client`, its parameters as there. A new one is one line here.
//! `Owned as &Lent` is for a parameter that the method borrows.

use std::path::{Path, PathBuf};

use offshift_client::{
    AlarmView, ApplicantView, Care, ClientError, ContactId, ContactView, ContradictionView,
    DeviceView, Exposure, FileLook, Founding, MeetingId, MeetingView, MemberId, MemberView,
    MessageId, MessageView, MessagesPage, Method, MotionId, MotionView, NoteOn, PastMemberView,
    Planned, PolicyView, Position, Proposal, RelayLink, RelayView, ReturningView, RoomId, RoomView,
    ShownCode, StepView, StrengthView, Synced, TransferId, TransferView, WaitingView, text::Oddity,
};
use zeroize::Zeroizing;

use super::{
    lend::{Lend, Own},
    remote::Remote,
    wire::{self, Params, RpcError},
};

/// What the method takes.
macro_rules! taken {
    ($owned:ty) => {
        $owned
    };
    ($owned:ty, $lent:ty) => {
        $lent
    };
}

/// How it gets it from what travelled.
macro_rules! lent {
    ($name:ident) => {
        $name
    };
    ($name:ident, $lent:ty) => {
        Lend::<$lent>::lend(&$name)
    };
}

macro_rules! verbs {
    ($($(#[$doc:meta])* $verb:ident($($name:ident: $owned:ty $(as $lent:ty)?),*) -> $answer:ty;)*) => {
        /// A profile that a command asks.
        pub(crate) enum Client {
            /// Open in this process.
            Local(offshift_client::Client),
            /// Open in another one.
            Remote(Remote),
        }

        impl Client {
            $($(#[$doc])*
            #[allow(dead_code, reason = "a verb need not have a command: pages and scripts ask, too")]
            pub(crate) async fn $verb(
                &self,
                $($name: taken!($owned $(, $lent)?)),*
            ) -> Result<$answer, ClientError> {
                match self {
                    Self::Local(client) => client.$verb($($name),*).await,
                    Self::Remote(remote) => {
                        #[allow(unused_mut, reason = "some verbs take nothing")]
                        let mut params = Params::new();
                        $(params.give::<$owned>(stringify!($name), Own::own($name))?;)*
                        remote.ask(stringify!($verb), params).await
                    }
                }
            })*
        }

        /// Asks an engine in this process, as somebody outside of it wishes.
        pub(super) async fn call(
            client: &offshift_client::Client,
            verb: &str,
            mut params: Params,
        ) -> Result<serde_json::Value, RpcError> {
            match verb {
                $(stringify!($verb) => {
                    $(let $name: $owned = params.take(stringify!($name))?;)*
                    params.end()?;
                    wire::value(client.$verb($(lent!($name $(, $lent)?)),*).await?)
                })*
                _ => Err(RpcError::no_such_verb()),
            }
        }

        /// Every verb of the table, with its parameters.
        #[cfg(test)]
        const VERBS: &[(&str, &[&str])] = &[$((stringify!($verb), &[$(stringify!($name)),*])),*];
    };
}

verbs! {
    handle() -> String;
    add_relay(link: String as &str) -> RelayLink;
    add_ticket(code: String as &str) -> RelayLink;
    relay_was(link: RelayLink as &RelayLink, was: String as &str) -> ();
    try_relay(link: RelayLink as &RelayLink) -> ();
    relays() -> Vec<RelayView>;
    contradictions() -> Vec<ContradictionView>;
    meet_show(relay: Option<String> as Option<&str>, like: Option<ContactId>) -> ShownCode;
    meet_scan(code: String as &str, like: Option<ContactId>) -> MeetingId;
    meetings() -> Vec<MeetingView>;
    meet_confirm(meeting: MeetingId, method: Method) -> ContactView;
    meet_abort(meeting: MeetingId) -> ();
    contacts() -> Vec<ContactView>;
    found(founding: Founding) -> RoomId;
    add_founder(room: RoomId, contact: ContactId, organizer: bool) -> ();
    rooms() -> Vec<RoomView>;
    room(room: RoomId) -> RoomView;
    send(
        room: RoomId, text: String as &str, reply_to: Option<MessageId>, care: Care
    ) -> MessageId;
    history(room: RoomId) -> Vec<MessageView>;
    unread(room: RoomId) -> Vec<MessageView>;
    announce(room: RoomId, text: String as &str) -> MessageId;
    react(room: RoomId, message: MessageId, mark: String as &str) -> ();
    edit(room: RoomId, message: MessageId, text: String as &str) -> ();
    take_back(room: RoomId, message: MessageId) -> ();
    poll(
        room: RoomId, question: String as &str, options: Vec<String>, several: bool
    ) -> MessageId;
    answer(room: RoomId, poll: MessageId, options: Vec<u32>) -> ();
    close_poll(room: RoomId, poll: MessageId) -> ();
    plan(room: RoomId, planned: Planned) -> MessageId;
    change_plan(room: RoomId, plan: MessageId, planned: Planned) -> ();
    call_off(room: RoomId, plan: MessageId) -> ();
    pin(room: RoomId, message: MessageId, on: bool) -> ();
    messages(room: RoomId, before: Option<Position>, limit: u32) -> MessagesPage;
    message(room: RoomId, id: MessageId) -> MessageView;
    pinned(room: RoomId) -> Vec<MessageView>;
    search(words: String as &str, room: Option<RoomId>, limit: u32) -> Vec<MessageView>;
    draft(room: RoomId) -> String;
    set_draft(room: RoomId, text: String as &str) -> ();
    waiting(room: RoomId) -> Vec<WaitingView>;
    check_text(text: String as &str) -> Vec<Oddity>;
    mark_read(room: RoomId, position: Position) -> ();
    change_passphrase(old: Zeroizing<String>, new: Zeroizing<String>) -> ();
    strength(passphrase: Zeroizing<String>) -> StrengthView;
    export(path: PathBuf, passphrase: Zeroizing<String>) -> ();
    export_messages(path: PathBuf, passphrase: Zeroizing<String>, room: Option<RoomId>) -> ();
    sync() -> Synced;
    look_at_file(path: PathBuf as &Path) -> FileLook;
    send_file(room: RoomId, path: PathBuf as &Path, caption: String as &str) -> TransferId;
    get_file(room: RoomId, message: MessageId) -> TransferId;
    save_file(room: RoomId, message: MessageId, to: PathBuf as &Path) -> PathBuf;
    picture(room: RoomId, message: MessageId) -> Vec<u8>;
    preview(room: RoomId, message: MessageId) -> Vec<u8>;
    transfers() -> Vec<TransferView>;
    cancel_transfer(id: TransferId) -> ();
    vouch(room: RoomId, contact: ContactId) -> ();
    revouch(room: RoomId, member: MemberId, method: Method) -> ();
    object(room: RoomId, applicant: MemberId, reason: String as &str) -> ();
    admit(room: RoomId, applicant: MemberId, despite_objections: bool) -> ();
    applicants(room: RoomId) -> Vec<ApplicantView>;
    members(room: RoomId) -> Vec<MemberView>;
    past_members(room: RoomId) -> Vec<PastMemberView>;
    review(room: RoomId) -> Vec<MemberView>;
    confirm(room: RoomId, member: MemberId) -> ();
    sever(room: RoomId, members: Vec<MemberId> as &[MemberId]) -> StepView;
    recall(room: RoomId, member: MemberId) -> StepView;
    stop(room: RoomId, device: MemberId) -> ();
    exposure(room: RoomId, member: MemberId) -> Exposure;
    policy(room: RoomId) -> PolicyView;
    propose(room: RoomId, proposal: Proposal) -> StepView;
    motions(room: RoomId) -> Vec<MotionView>;
    approve(room: RoomId, motion: MotionId) -> StepView;
    returning(room: RoomId) -> Vec<ReturningView>;
    confirm_return(room: RoomId, member: MemberId) -> ();
    go_on(room: RoomId) -> ();
    link_show(room: RoomId) -> ShownCode;
    link_scan(code: String as &str) -> MeetingId;
    devices(room: RoomId) -> Vec<DeviceView>;
    alarms() -> Vec<AlarmView>;
    note(on: NoteOn, text: String as &str) -> ();
}

#[cfg(test)]
mod tests {
    use super::*;

    /// OS-RPC-001: each verb has its row in the document, with its parameters by name.
    #[test]
    fn every_verb_stands_in_the_document() {
        let page = include_str!("../../../../proto/spec/rpc.md");
        for (verb, params) in VERBS {
            let row = format!(
                "| `{verb}` | {}",
                params.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
            );
            assert!(page.contains(&row), "proto/spec/rpc.md lacks: {row} | ... |");
        }
    }
}
