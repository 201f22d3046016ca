//! A person's devices: linking another, and stopping one.

use offshift_wire::{
    MemberId,
    admission::{Act, DeviceLink},
};

use super::{
    commit::invite, errors::ChangeRefused, event::RoomEvent, intent::Intent, state::Room,
    vouching::Introduce,
};
use crate::{admission::signed::Statement, card::Purpose, context::Context, effect::Effects};

impl Room {
    /// Brings the person's other device into the room. The two met by a code for linking devices.
    ///
    /// # Errors
    /// [`ChangeRefused`]; nothing changed.
    pub fn handle_device(
        &mut self,
        ctx: &mut Context<'_>,
        introduce: &Introduce<'_>,
    ) -> Result<Effects<RoomEvent>, ChangeRefused> {
        introduce.check(Purpose::Device)?;
        let invite = invite(self.suite(), introduce.contact.card(), introduce.application)?;
        let invite = invite.ok_or(ChangeRefused::Suite)?;
        let one = self.newcomer(&invite.key_package).map_err(ChangeRefused::Rule)?;
        let (by, signed_at) = (self.own_id(), ctx.now);
        let statement = Statement::device(&self.id, &one.id, &one.package, &by, signed_at);
        let signature = self.mls.key().sign_statement(&statement);
        let act = Act::Device(DeviceLink { by, signed_at, signature });
        self.handle_change(ctx, Intent { act, adds: vec![invite], removes: Vec::new() })
    }

    /// Stops a device that is lost or seized. Its owner is trusted as before, and those who came in by the owner's
    /// word are not under review.
    ///
    /// # Errors
    /// [`ChangeRefused`]; nothing changed.
    pub fn handle_stop(
        &mut self,
        ctx: &mut Context<'_>,
        device: MemberId,
    ) -> Result<Effects<RoomEvent>, ChangeRefused> {
        if self.roster.find(&device).is_none() || device == self.own_id() {
            return Err(ChangeRefused::NoSuchMember);
        }
        self.handle_change(ctx, Intent { act: Act::Stop, adds: Vec::new(), removes: vec![device] })
    }
}
