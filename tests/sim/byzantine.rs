//! What members who follow no rule throw into the channel. None of it may change anything for anybody.

use offshift_protocol::{
    admission::signed::Statement,
    card::Application,
    room::{Forbidden, Rule, Suite},
};
use offshift_tests::world::World;
use offshift_wire::{
    MemberId,
    admission::{Act, Approval, DeviceLink, Motion},
};

/// Ways to break a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    PolicyAlone,
    MotionAlone,
    ForgedApproval,
    GhostWithoutVouch,
    GhostByOneVouch,
    GhostByOneVouchTwice,
    GhostByForgedVouch,
    GhostByAVouchForAnother,
    GhostAsFounder,
    GhostWithFreshKeys,
    GhostAsDevice,
    SeverByMember,
    SeverTwoAlone,
    RecallAlone,
    StopByMember,
    OldCommit,
    NoMessage,
    NoContent,
    Replay,
    Garbage,
}

impl Way {
    pub(crate) const ALL: [Self; 20] = [
        Self::PolicyAlone,
        Self::MotionAlone,
        Self::ForgedApproval,
        Self::GhostWithoutVouch,
        Self::GhostByOneVouch,
        Self::GhostByOneVouchTwice,
        Self::GhostByForgedVouch,
        Self::GhostByAVouchForAnother,
        Self::GhostAsFounder,
        Self::GhostWithFreshKeys,
        Self::GhostAsDevice,
        Self::SeverByMember,
        Self::SeverTwoAlone,
        Self::RecallAlone,
        Self::StopByMember,
        Self::OldCommit,
        Self::NoMessage,
        Self::NoContent,
        Self::Replay,
        Self::Garbage,
    ];

    /// Whether only an organizer's device gets as far as the rule that it breaks.
    pub(crate) const fn needs_organizer(self) -> bool {
        matches!(
            self,
            Self::GhostWithoutVouch
                | Self::GhostByOneVouch
                | Self::GhostByOneVouchTwice
                | Self::GhostByForgedVouch
                | Self::GhostByAVouchForAnother
                | Self::SeverTwoAlone
                | Self::MotionAlone
        )
    }

    /// The rule by which everybody passes it over, where there is one.
    pub(crate) const fn breaks(self) -> Option<Rule> {
        Some(match self {
            Self::PolicyAlone => Rule::PolicyChange,
            Self::MotionAlone | Self::SeverTwoAlone | Self::RecallAlone => Rule::TooFewApprovals,
            Self::ForgedApproval => Rule::ApprovalSignature,
            Self::GhostWithoutVouch | Self::GhostByOneVouch => Rule::TooFewVouches,
            Self::GhostByOneVouchTwice => Rule::VouchTwice,
            Self::GhostByForgedVouch | Self::GhostByAVouchForAnother => Rule::VouchSignature,
            Self::GhostAsFounder => Rule::NotFounding,
            Self::GhostWithFreshKeys => Rule::OneChange,
            Self::GhostAsDevice => Rule::DeviceLink,
            Self::SeverByMember | Self::StopByMember => Rule::RemoveByOther,
            Self::OldCommit => Rule::CommitTime,
            Self::NoMessage | Self::NoContent | Self::Replay | Self::Garbage => return None,
        })
    }
}

/// Two members who have nothing to do with it, and a stranger who is never to come in.
pub(crate) struct Victims {
    pub(crate) one: usize,
    pub(crate) other: usize,
    pub(crate) ghost: usize,
}

/// A member throws one forbidden thing into the room as that member sees it now.
pub(crate) fn throw(world: &mut World, by: usize, way: Way, victims: &Victims) {
    if !world.devices[by].is_in() {
        return;
    }
    let address = *world.devices[by].room().address().unwrap();
    let envelopes = match way {
        Way::Garbage => {
            let bytes = (0..1024).map(|_| u8::try_from(world.roll(256)).unwrap());
            vec![bytes.collect::<Vec<u8>>().try_into().unwrap()]
        }
        Way::Replay => world.relay.log(&address),
        Way::NoMessage => {
            world.made(by, |ctx, room| room.dangerous_message_for_testing(ctx, &[7; 200]))
        }
        Way::NoContent => {
            world.made(by, |ctx, room| room.dangerous_content_for_testing(ctx, &[0xff; 40]))
        }
        _ => {
            let forbidden = forbidden(world, by, way, victims);
            let late_ms = if way == Way::OldCommit { 3 * 3_600_000 } else { 0 };
            let signed_at = offshift_wire::UnixMillis(world.now.0 - late_ms);
            world.made(by, |ctx, room| room.dangerous_commit_for_testing(ctx, forbidden, signed_at))
        }
    };
    world.throw(address, envelopes);
}

fn forbidden(world: &World, by: usize, way: Way, victims: &Victims) -> Forbidden {
    let room = world.devices[by].room();
    let ghost = &world.devices[victims.ghost].applications[0];
    let [one, other] = [victims.one, victims.other].map(|at| world.devices[at].id());
    let mine = world.forged_vouch(by, ghost);
    let adds = vec![ghost.card().key_package(room.suite()).unwrap().to_vec()];
    let admit = |vouches| Forbidden { act: Act::Admit(vouches), adds: adds.clone(), ..nothing() };
    let remove = |act, removes| Forbidden { act, removes, ..nothing() };
    let motion = Motion::NameOrganizer(room.own_id());
    match way {
        Way::PolicyAlone => {
            let mut policy = room.policy().clone();
            policy.organizers.push(one);
            policy.terms.vouch_budget = 20;
            Forbidden { policy: Some(policy), ..nothing() }
        }
        Way::MotionAlone => Forbidden { act: Act::Decide(motion, Vec::new()), ..nothing() },
        Way::ForgedApproval => {
            let forged = room.policy().organizers.iter().filter(|id| **id != room.own_id());
            let forge = |of: &MemberId| Approval { by: *of, ..world.forged_approval(by, &motion) };
            Forbidden {
                act: Act::Decide(motion.clone(), forged.take(1).map(forge).collect()),
                ..nothing()
            }
        }
        Way::GhostWithoutVouch => admit(Vec::new()),
        Way::GhostByOneVouch => admit(vec![mine]),
        Way::GhostByOneVouchTwice => admit(vec![mine.clone(), mine]),
        Way::GhostByForgedVouch => {
            let mut forged = mine.clone();
            forged.by = one;
            admit(vec![mine, forged])
        }
        Way::GhostByAVouchForAnother => {
            let other = &world.devices[victims.one].applications[0];
            admit(vec![world.forged_vouch(by, other), world.forged_vouch(victims.one, other)])
        }
        Way::GhostAsFounder => Forbidden { act: Act::Found(Vec::new()), adds, ..nothing() },
        Way::GhostWithFreshKeys => Forbidden { adds, ..nothing() },
        Way::GhostAsDevice => {
            Forbidden { act: Act::Device(link(world, by, ghost)), adds, ..nothing() }
        }
        Way::SeverByMember => remove(Act::Sever(Vec::new()), vec![one]),
        Way::SeverTwoAlone => remove(Act::Sever(Vec::new()), vec![one, other]),
        Way::RecallAlone => remove(Act::Recall(Vec::new()), vec![one]),
        Way::StopByMember => remove(Act::Stop, vec![one]),
        _ => nothing(),
    }
}

const fn nothing() -> Forbidden {
    Forbidden::keys()
}

/// A link of a device that its own key signed, not the person's.
fn link(world: &World, by: usize, ghost: &Application) -> DeviceLink {
    let room = world.devices[by].room();
    let suite: Suite = room.suite();
    let (id, package) = ghost.newcomer_for_testing(suite).unwrap();
    let statement = Statement::device(&room.id(), &id, &package, &room.own_id(), world.now);
    let signature = ghost.sign_for_testing(suite, &statement).unwrap();
    DeviceLink { by: room.own_id(), signed_at: world.now, signature }
}
