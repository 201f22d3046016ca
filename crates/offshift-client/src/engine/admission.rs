//! Who is in a room: what people ask for, and what they are shown.

use std::collections::BTreeMap;

use offshift_protocol::{
    Context, Effects,
    ids::ContactId,
    room::{
        self, Applicant, Came, ChangeRefused, Introduce, Member, MemberId, Room, RoomEvent, RoomId,
        Step, VouchedBy,
    },
};

use super::{
    Engine, Fatal, answer,
    exposure::handle_of,
    finish,
    meetings::{is_used_elsewhere, used},
    now,
};
use crate::{
    command::Ask,
    error::ClientError,
    view::{
        ApplicantView, DeviceView, MemberView, ObjectionView, OriginView, PastMemberView,
        ReturningView, StepView, VouchView, VoucherView,
    },
    why::Why,
};

impl Engine {
    pub(super) async fn handle_ask(&mut self, room: RoomId, ask: Ask) -> Result<(), Fatal> {
        match ask {
            Ask::Applicants(reply) => answer(reply, self.applicant_views(room)),
            Ask::Members(reply) => answer(reply, self.member_views(room)),
            Ask::PastMembers(reply) => answer(reply, self.past_member_views(room)),
            Ask::Returning(reply) => answer(reply, self.returning_views(room)),
            Ask::Devices(reply) => answer(reply, self.device_views(room)),
            Ask::Exposure(member, reply) => answer(reply, self.exposure(room, member)),
            Ask::Policy(reply) => answer(reply, self.policy_view(room)),
            Ask::Motions(reply) => answer(reply, self.motion_views(room)),
            Ask::LinkShow(reply) => finish(reply, self.link_show(room).await)?,
            Ask::Vouch(contact, reply) => finish(reply, self.vouch(room, contact).await)?,
            Ask::Admit { applicant, despite_objections, reply } => {
                finish(reply, self.admit(room, applicant, despite_objections).await)?;
            }
            Ask::Propose(proposal, reply) => finish(reply, self.propose(room, proposal).await)?,
            ask => self.handle_change(room, ask).await?,
        }
        Ok(())
    }

    /// What a room does by itself when it is asked.
    async fn handle_change(&mut self, room: RoomId, ask: Ask) -> Result<(), Fatal> {
        match ask {
            Ask::Revouch(member, method, reply) => {
                let revouch = |room: &mut Room, ctx: &mut Context<'_>| {
                    let met_at = ctx.now;
                    room.handle_revouch(ctx, member, method, met_at)
                };
                finish(reply, self.change(room, revouch).await)
            }
            Ask::Object(applicant, reason, reply) => {
                let object = self.change(room, |r, ctx| r.handle_object(ctx, applicant, &reason));
                finish(reply, object.await)
            }
            Ask::Confirm(member, reply) => {
                finish(reply, self.change(room, |r, ctx| r.handle_confirm(ctx, member)).await)
            }
            Ask::ConfirmReturn(member, reply) => {
                let confirm = self.change(room, |r, ctx| r.handle_confirm_return(ctx, member));
                finish(reply, confirm.await)
            }
            Ask::GoOn(reply) => {
                finish(reply, self.change(room, |r, ctx| Ok(r.handle_go_on(ctx))).await)
            }
            Ask::Stop(device, reply) => {
                finish(reply, self.change(room, |r, ctx| r.handle_stop(ctx, device)).await)
            }
            Ask::Sever(members, reply) => {
                finish(reply, self.step(room, |r, ctx| r.handle_sever(ctx, &members)).await)
            }
            Ask::Recall(member, reply) => {
                finish(reply, self.step(room, |r, ctx| r.handle_recall(ctx, member)).await)
            }
            Ask::Approve(motion, reply) => {
                finish(reply, self.step(room, |r, ctx| r.handle_approve(ctx, motion)).await)
            }
            // `handle_ask` takes the others.
            _ => Ok(()),
        }
    }

    async fn change(
        &mut self,
        id: RoomId,
        make: impl FnOnce(&mut Room, &mut Context<'_>) -> Result<Effects<RoomEvent>, ChangeRefused>,
    ) -> Result<(), ClientError> {
        let room = self.rooms.get_mut(&id).ok_or(ClientError::UnknownRoom)?;
        let effects = make(room, &mut self.tools.context())?;
        self.run_room(id, effects, Vec::new()).await
    }

    pub(super) async fn step(
        &mut self,
        id: RoomId,
        make: impl FnOnce(
            &mut Room,
            &mut Context<'_>,
        ) -> Result<(Step, Effects<RoomEvent>), ChangeRefused>,
    ) -> Result<StepView, ClientError> {
        let room = self.rooms.get_mut(&id).ok_or(ClientError::UnknownRoom)?;
        let (step, effects) = make(room, &mut self.tools.context())?;
        self.run_room(id, effects, Vec::new()).await?;
        Ok(match step {
            Step::Committing => StepView::Committing,
            Step::Waiting { approvals, needed } => StepView::Waiting { approvals, needed },
        })
    }

    /// A meeting is good for one room (OS-CLI-007). In that room it may be used again: a vouch expires.
    async fn vouch(&mut self, room: RoomId, id: ContactId) -> Result<(), ClientError> {
        let contact = self.contacts.get(&id).ok_or(ClientError::UnknownContact)?;
        if is_used_elsewhere(self.vault.as_ref().ok_or(ClientError::Closed)?, id, room) {
            return Err(ClientError::ContactUsed);
        }
        let application = self.applications.get(&contact.application());
        let application = application.ok_or(ClientError::Bug("a contact without application"))?;
        let state = self.rooms.get_mut(&room).ok_or(ClientError::UnknownRoom)?;
        let introduce = Introduce { contact, application };
        let effects = state.handle_vouch(&mut self.tools.context(), &introduce)?;
        self.run_room(room, effects, vec![used(id, room)]).await
    }

    async fn admit(
        &mut self,
        room: RoomId,
        applicant: MemberId,
        despite_objections: bool,
    ) -> Result<(), ClientError> {
        let applicants = self.known_room(room)?.applicants(now());
        let found = applicants.iter().find(|one| one.id == applicant);
        let objections = found.map_or(0, |one| one.objections.len());
        if objections > 0 && !despite_objections {
            return Err(ClientError::Objections(objections));
        }
        self.change(room, |room, ctx| room.handle_admit(ctx, applicant)).await
    }

    pub(super) fn known_room(&self, id: RoomId) -> Result<&Room, ClientError> {
        self.rooms.get(&id).ok_or(ClientError::UnknownRoom)
    }

    fn applicant_views(&self, room: RoomId) -> Result<Vec<ApplicantView>, ClientError> {
        let room = self.known_room(room)?;
        // By the key: anybody can take somebody else's handle.
        let met: BTreeMap<MemberId, ContactId> = self
            .contacts
            .values()
            .filter_map(|contact| Some((room.key_of(contact)?, contact.id())))
            .collect();
        let view = |one: Applicant| {
            let contact = met.get(&one.id).copied();
            ApplicantView { contact, ..applicant_view(one) }
        };
        Ok(room.applicants(now()).into_iter().map(view).collect())
    }

    pub(super) fn member_views(&self, id: RoomId) -> Result<Vec<MemberView>, ClientError> {
        let room = self.known_room(id)?;
        let view = |member: Member| MemberView {
            note: self.note_on_member(id, member.id),
            ..member_view(room, member)
        };
        Ok(room.members(now()).into_iter().map(view).collect())
    }

    fn past_member_views(&self, id: RoomId) -> Result<Vec<PastMemberView>, ClientError> {
        let past = self.known_room(id)?.past_members();
        let view = |one: room::Past| PastMemberView {
            note: self.note_on_member(id, one.id),
            id: one.id,
            handle: one.handle,
            state: one.state,
            joined_at: one.joined_at,
            left_at: one.left_at,
        };
        Ok(past.into_iter().map(view).collect())
    }

    fn returning_views(&self, room: RoomId) -> Result<Vec<ReturningView>, ClientError> {
        let view = |one: room::Returning| ReturningView {
            id: one.id,
            handle: one.handle,
            absent_since: one.absent_since,
        };
        Ok(self.known_room(room)?.returning().into_iter().map(view).collect())
    }

    /// The devices of the person whose device this is.
    fn device_views(&self, room: RoomId) -> Result<Vec<DeviceView>, ClientError> {
        let members = self.member_views(room)?;
        let first = |member: &MemberView| match member.origin {
            OriginView::DeviceOf { member, .. } => member,
            _ => member.id,
        };
        let own = members.iter().find(|member| member.is_you).map(first);
        let devices = members.iter().filter(|member| Some(first(member)) == own);
        let view = |member: &MemberView| DeviceView {
            id: member.id,
            handle: member.handle.clone(),
            is_this: member.is_you,
            is_first: Some(member.id) == own,
            joined_at: member.joined_at,
        };
        Ok(devices.map(view).collect())
    }
}

fn member_view(room: &Room, member: Member) -> MemberView {
    MemberView {
        id: member.id,
        handle: member.info.handle.as_str().to_owned(),
        is_organizer: member.organizer,
        is_you: member.own,
        branch: member.branch.map(|branch| branch.handle).unwrap_or_default(),
        origin: origin_view(room, member.came),
        joined_at: member.joined_at,
        probation_until: member.probation_until,
        is_under_review: member.under_review,
        note: None,
    }
}

fn origin_view(room: &Room, came: Came) -> OriginView {
    let voucher =
        |one: VouchedBy| VoucherView { member: one.member, handle: one.handle, method: one.method };
    match came {
        Came::Founding => OriginView::Founder,
        Came::Vouched(by) => OriginView::Vouched(by.into_iter().map(voucher).collect()),
        Came::Device(member) => OriginView::DeviceOf { member, handle: handle_of(room, &member) },
    }
}

fn applicant_view(one: Applicant) -> ApplicantView {
    let vouch = |given: room::GivenVouch| VouchView {
        by: given.by,
        handle: given.handle,
        method: given.method,
        met_at: given.met_at,
        refused: given.counts.err().map(Why::from),
    };
    let objection = |(handle, reason)| ObjectionView { handle, reason };
    ApplicantView {
        id: one.id,
        handle: one.handle,
        contact: None,
        vouches: one.vouches.into_iter().map(vouch).collect(),
        objections: one.objections.into_iter().map(objection).collect(),
        missing: one.ready.err().map(Why::from),
        until: one.until,
    }
}
