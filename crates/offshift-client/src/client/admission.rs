//! Calls about who is in a room: who comes in, who goes, what the room decides, who comes back.

use offshift_protocol::{
    ids::{ContactId, MeetingId},
    room::{MemberId, RoomId},
};
use offshift_wire::standing::Method;

use super::Client;
use crate::{
    command::{Ask, Command, Reply},
    error::ClientError,
    view::{
        AlarmView, ApplicantView, DeviceView, Exposure, MemberView, MotionId, MotionView, NoteOn,
        PastMemberView, PolicyView, Proposal, ReturningView, ShownCode, StepView,
    },
};

impl Client {
    /// Vouches in a room for somebody whom you met. Every member sees it. A meeting is good for one room.
    ///
    /// # Errors
    /// [`ClientError::UnknownRoom`], [`ClientError::UnknownContact`], [`ClientError::ContactUsed`],
    /// [`ClientError::Refused`].
    pub async fn vouch(&self, room: RoomId, contact: ContactId) -> Result<(), ClientError> {
        self.about(room, |reply| Ask::Vouch(contact, reply)).await
    }

    /// Vouches for a member who is under review.
    ///
    /// # Errors
    /// [`ClientError::UnknownRoom`], [`ClientError::UnknownMember`], [`ClientError::Refused`].
    pub async fn revouch(
        &self,
        room: RoomId,
        member: MemberId,
        method: Method,
    ) -> Result<(), ClientError> {
        self.about(room, |reply| Ask::Revouch(member, method, reply)).await
    }

    /// Says in the room that you are against letting somebody in. It binds nobody.
    ///
    /// # Errors
    /// [`ClientError::UnknownRoom`], [`ClientError::UnknownMember`], [`ClientError::Refused`].
    pub async fn object(
        &self,
        room: RoomId,
        applicant: MemberId,
        reason: &str,
    ) -> Result<(), ClientError> {
        let reason = reason.to_owned();
        self.about(room, |reply| Ask::Object(applicant, reason, reply)).await
    }

    /// Lets an applicant in. Organizers only.
    ///
    /// # Errors
    /// [`ClientError::Objections`] unless you say that you admit them all the same; [`ClientError::UnknownRoom`],
    /// [`ClientError::UnknownMember`], [`ClientError::Refused`].
    pub async fn admit(
        &self,
        room: RoomId,
        applicant: MemberId,
        despite_objections: bool,
    ) -> Result<(), ClientError> {
        self.about(room, |reply| Ask::Admit { applicant, despite_objections, reply }).await
    }

    /// For whom members vouch.
    ///
    /// # Errors
    /// [`ClientError::UnknownRoom`].
    pub async fn applicants(&self, room: RoomId) -> Result<Vec<ApplicantView>, ClientError> {
        self.about(room, Ask::Applicants).await
    }

    /// Who is in a room, each device.
    ///
    /// # Errors
    /// [`ClientError::UnknownRoom`].
    pub async fn members(&self, room: RoomId) -> Result<Vec<MemberView>, ClientError> {
        self.about(room, Ask::Members).await
    }

    /// Who was in a room and is not any more.
    ///
    /// # Errors
    /// [`ClientError::UnknownRoom`].
    pub async fn past_members(&self, room: RoomId) -> Result<Vec<PastMemberView>, ClientError> {
        self.about(room, Ask::PastMembers).await
    }

    /// Who needs to be vouched for again.
    ///
    /// # Errors
    /// [`ClientError::UnknownRoom`].
    pub async fn review(&self, room: RoomId) -> Result<Vec<MemberView>, ClientError> {
        let members = self.members(room).await?;
        Ok(members.into_iter().filter(|member| member.is_under_review).collect())
    }

    /// Ends the review of a member for whom enough have vouched again. Organizers only.
    ///
    /// # Errors
    /// [`ClientError::UnknownRoom`], [`ClientError::UnknownMember`], [`ClientError::Refused`].
    pub async fn confirm(&self, room: RoomId, member: MemberId) -> Result<(), ClientError> {
        self.about(room, |reply| Ask::Confirm(member, reply)).await
    }

    /// Removes people, all devices of each, and denies them the room. Organizers only: one alone removes one person,
    /// several take the word of two.
    ///
    /// # Errors
    /// [`ClientError::UnknownRoom`], [`ClientError::UnknownMember`], [`ClientError::Refused`].
    pub async fn sever(&self, room: RoomId, members: &[MemberId]) -> Result<StepView, ClientError> {
        let members = members.to_vec();
        self.about(room, |reply| Ask::Sever(members, reply)).await
    }

    /// Removes one person by the word of members, without an organizer.
    ///
    /// # Errors
    /// [`ClientError::UnknownRoom`], [`ClientError::UnknownMember`], [`ClientError::Refused`].
    pub async fn recall(&self, room: RoomId, member: MemberId) -> Result<StepView, ClientError> {
        self.about(room, |reply| Ask::Recall(member, reply)).await
    }

    /// Puts one device out, lost or taken. Its owner is trusted as before.
    ///
    /// # Errors
    /// [`ClientError::UnknownRoom`], [`ClientError::UnknownMember`], [`ClientError::Refused`].
    pub async fn stop(&self, room: RoomId, device: MemberId) -> Result<(), ClientError> {
        self.about(room, |reply| Ask::Stop(device, reply)).await
    }

    /// What somebody could read, or can, as far as this device knows.
    ///
    /// # Errors
    /// [`ClientError::UnknownRoom`], [`ClientError::UnknownMember`].
    pub async fn exposure(&self, room: RoomId, member: MemberId) -> Result<Exposure, ClientError> {
        self.about(room, |reply| Ask::Exposure(member, reply)).await
    }

    /// A room's policy.
    ///
    /// # Errors
    /// [`ClientError::UnknownRoom`].
    pub async fn policy(&self, room: RoomId) -> Result<PolicyView, ClientError> {
        self.about(room, Ask::Policy).await
    }

    /// Proposes a change of the policy. Organizers only; it takes the word of two.
    ///
    /// # Errors
    /// [`ClientError::UnknownRoom`], [`ClientError::BadTerm`], [`ClientError::Refused`].
    pub async fn propose(&self, room: RoomId, proposal: Proposal) -> Result<StepView, ClientError> {
        self.about(room, |reply| Ask::Propose(proposal, reply)).await
    }

    /// What waits for approvals.
    ///
    /// # Errors
    /// [`ClientError::UnknownRoom`].
    pub async fn motions(&self, room: RoomId) -> Result<Vec<MotionView>, ClientError> {
        self.about(room, Ask::Motions).await
    }

    /// Approves a motion.
    ///
    /// # Errors
    /// [`ClientError::UnknownRoom`], [`ClientError::UnknownMotion`], [`ClientError::Refused`].
    pub async fn approve(&self, room: RoomId, motion: MotionId) -> Result<StepView, ClientError> {
        self.about(room, |reply| Ask::Approve(motion, reply)).await
    }

    /// Who lost the room and asks an organizer to be taken back.
    ///
    /// # Errors
    /// [`ClientError::UnknownRoom`].
    pub async fn returning(&self, room: RoomId) -> Result<Vec<ReturningView>, ClientError> {
        self.about(room, Ask::Returning).await
    }

    /// Takes somebody back who was away longer than the policy lets devices decide. Organizers only.
    ///
    /// # Errors
    /// [`ClientError::UnknownRoom`], [`ClientError::UnknownMember`], [`ClientError::Refused`].
    pub async fn confirm_return(&self, room: RoomId, member: MemberId) -> Result<(), ClientError> {
        self.about(room, |reply| Ask::ConfirmReturn(member, reply)).await
    }

    /// Writes on in a room about which there was [`crate::AlarmKind::Fork`]: the person compared with others, and they
    /// see the same. Nothing happens in any other room.
    ///
    /// # Errors
    /// [`ClientError::UnknownRoom`].
    pub async fn go_on(&self, room: RoomId) -> Result<(), ClientError> {
        self.about(room, Ask::GoOn).await
    }

    /// Begins to bring another device of your own into a room, and gives the code to show it. [`crate::Event::Words`]
    /// follows; confirm as at a meeting.
    ///
    /// # Errors
    /// [`ClientError::UnknownRoom`], [`ClientError::TooMany`].
    pub async fn link_show(&self, room: RoomId) -> Result<ShownCode, ClientError> {
        self.about(room, Ask::LinkShow).await
    }

    /// Begins to bring this device into the rooms of your other one, which shows `code`.
    ///
    /// # Errors
    /// [`ClientError::BadDeviceCode`].
    pub async fn link_scan(&self, code: &str) -> Result<MeetingId, ClientError> {
        let code = code.parse()?;
        self.ask(|reply| Command::LinkScan(code, reply)).await
    }

    /// Your own devices in a room.
    ///
    /// # Errors
    /// [`ClientError::UnknownRoom`].
    pub async fn devices(&self, room: RoomId) -> Result<Vec<DeviceView>, ClientError> {
        self.about(room, Ask::Devices).await
    }

    /// All alarms, the oldest first.
    ///
    /// # Errors
    /// [`ClientError::Closed`].
    pub async fn alarms(&self) -> Result<Vec<AlarmView>, ClientError> {
        self.ask(Command::Alarms).await
    }

    /// Keeps a note of your own on somebody, such as a real name. It never leaves this device; an empty one erases it.
    ///
    /// # Errors
    /// [`ClientError::UnknownRoom`], [`ClientError::UnknownContact`], [`ClientError::BadNote`].
    pub async fn note(&self, on: NoteOn, text: &str) -> Result<(), ClientError> {
        let text = text.to_owned();
        self.ask(|reply| Command::Note(on, text, reply)).await
    }

    async fn about<T>(
        &self,
        room: RoomId,
        ask: impl FnOnce(Reply<T>) -> Ask,
    ) -> Result<T, ClientError> {
        self.ask(|reply| Command::About(room, ask(reply))).await
    }
}
