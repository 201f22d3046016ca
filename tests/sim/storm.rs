//! Many change a room in the same epoch, while byzantine members throw what is forbidden: whoever is honest ends up in
//! the same place.
//!
//! ```text
//! founded once, one admitted (the founding phase is over), started from the disks with the seed's randomness
//!   -> 20 wishes at once, each from another view: admit | sever | motion | fresh keys
//!   -> while they race: words, forbidden commits, garbage, replays, members who are away
//!   -> quiet -> Oracle: one epoch, one roster, one policy, nothing lost
//! ```

use offshift_protocol::{
    Context, Effects,
    room::{ChangeRefused, Room, RoomEvent, Rule, Suite},
};
use offshift_tests::world::World;
use offshift_wire::{MemberId, admission::Motion};

use crate::{
    byzantine::{Victims, Way, throw},
    founded::image,
};

/// How large, and how much of what.
#[derive(Clone, Copy)]
pub(crate) struct Storm {
    pub(crate) suite: Suite,
    pub(crate) founders: usize,
    pub(crate) organizers: usize,
    /// Members who follow no rule; the last organizer is one, too.
    pub(crate) byzantine: usize,
    pub(crate) admissions: usize,
    pub(crate) removals: usize,
    pub(crate) motions: usize,
    pub(crate) rekeys: usize,
    /// Forbidden things that are thrown.
    pub(crate) thrown: usize,
    pub(crate) words: usize,
}

impl Storm {
    /// Changes at once.
    pub(crate) const fn changes(&self) -> usize {
        self.admissions + self.removals + self.motions + self.rekeys
    }
}

/// What came of it.
pub(crate) struct Calm {
    pub(crate) world: World,
    /// Changes that stood.
    pub(crate) epochs: u64,
    pub(crate) came: usize,
    pub(crate) gone: usize,
}

/// Raises a storm.
///
/// # Errors
/// One line: the step, and the first invariant that is broken.
pub(crate) fn raise(storm: &Storm, seed: u64) -> Result<Calm, String> {
    let image = image(storm.suite, storm.founders, storm.organizers, 1);
    let mut world = image.get().unwrap().as_ref()?.begin(seed)?;
    let last = storm.founders - storm.byzantine;
    for at in (last..storm.founders).chain([storm.organizers - 1]) {
        world.devices[at].honest = false;
    }
    let first = world.oracle.latest();
    let done = race(storm, &mut world).map_err(|broken| format!("step {}: {broken}", world.step));
    let (came, gone) = done?;
    let epochs = world.oracle.latest() - first;
    Ok(Calm { world, epochs, came, gone })
}

fn vouched(world: &mut World, newcomer: usize, by: &[usize]) -> Result<MemberId, String> {
    world.vouched(newcomer, by).map_err(|why| why.to_string())
}

/// Who does what: everybody has one part only, so that it is known what must come of it.
struct Parts {
    /// Devices of newcomers, and the keys that they apply with.
    admissions: Vec<(usize, MemberId)>,
    severed: Vec<MemberId>,
    motions: Vec<Motion>,
    honest_organizers: usize,
    victims: Victims,
}

fn cast(storm: &Storm, world: &mut World) -> Result<Parts, String> {
    let honest_organizers = storm.organizers - 1;
    let mut cast = storm.organizers..storm.founders;
    let mut pick = || cast.next().unwrap();
    let victims = Victims { one: pick(), other: pick(), ghost: storm.founders + 1 };
    let severed: Vec<usize> = (0..storm.removals).map(|_| pick()).collect();
    let vouchers: Vec<[usize; 2]> = (0..storm.admissions).map(|_| [pick(), pick()]).collect();
    let mut admissions = Vec::new();
    for (at, by) in vouchers.iter().enumerate() {
        let newcomer = world.device(&format!("newcomer {at}"));
        admissions.push((newcomer, vouched(world, newcomer, by)?));
    }
    let mut motions = Vec::new();
    for at in 0..storm.motions {
        let motion = motion(world, at, &vouchers);
        let raised = motion.clone();
        want(world, 0, |ctx, room| room.handle_propose(ctx, raised).map(|(_, effects)| effects))?;
        motions.push(motion);
    }
    let severed = severed.iter().map(|at| world.devices[*at].id()).collect();
    world.run()?;
    Ok(Parts { admissions, severed, motions, honest_organizers, victims })
}

fn motion(world: &World, at: usize, vouchers: &[[usize; 2]]) -> Motion {
    if at == 0 {
        let mut terms = world.devices[0].room().policy().terms;
        terms.probation_ms += 1;
        Motion::Terms(terms)
    } else {
        let fit: Vec<usize> = vouchers.iter().flatten().copied().collect();
        Motion::NameOrganizer(world.devices[fit[at % fit.len()]].id())
    }
}

/// All wishes at once, then the storm, then quiet.
fn race(storm: &Storm, world: &mut World) -> Result<(usize, usize), String> {
    let parts = cast(storm, world)?;
    world.lags.up_ms = 3000;
    world.lags.down_ms = 2000;
    let before = world.devices[0].room().epoch();
    wish(storm, world, &parts).map_err(|refused| format!("a wish is refused: {refused}"))?;
    for at in 0..storm.thrown.max(storm.words) {
        if at < storm.words {
            let writer = world.roll(storm.founders);
            if world.devices[writer].is_in() {
                world.send(writer, &format!("word {at}"));
            }
        }
        if at < storm.thrown {
            stir(storm, world, &parts, at);
        }
        let pause = world.roll(1500);
        world.run_for(u64::try_from(pause).unwrap())?;
    }
    world.run()?;
    judge(storm, world, &parts, before)
}

/// Everything is wanted in the same epoch.
fn wish(storm: &Storm, world: &mut World, parts: &Parts) -> Result<(), String> {
    let organizer = |at: usize| 1 + at % (parts.honest_organizers - 1);
    for (at, (_, applicant)) in parts.admissions.iter().enumerate() {
        want(world, organizer(at), |ctx, room| room.handle_admit(ctx, *applicant))?;
    }
    for (at, member) in parts.severed.iter().enumerate() {
        want(world, organizer(at), |ctx, room| {
            room.handle_sever(ctx, &[*member]).map(|(_, effects)| effects)
        })?;
    }
    for (at, motion) in parts.motions.iter().enumerate() {
        want(world, organizer(at), |ctx, room| {
            room.handle_propose(ctx, motion.clone()).map(|(_, effects)| effects)
        })?;
    }
    for at in 0..storm.rekeys {
        let member = storm.founders - storm.byzantine - 1 - at;
        want(world, member, |ctx, room| room.handle_keys_for_testing(ctx))?;
    }
    Ok(())
}

fn want(
    world: &mut World,
    by: usize,
    act: impl FnOnce(&mut Context<'_>, &mut Room) -> Result<Effects<RoomEvent>, ChangeRefused>,
) -> Result<(), String> {
    world.act(by, act).map_err(|why| why.to_string())
}

fn stir(storm: &Storm, world: &mut World, parts: &Parts, at: usize) {
    let way = Way::ALL[world.roll(Way::ALL.len())];
    let member = storm.founders - 1 - world.roll(storm.byzantine);
    let by = if way.needs_organizer() { storm.organizers - 1 } else { member };
    throw(world, by, way, &parts.victims);
    if at.is_multiple_of(5) {
        let away = world.roll(storm.founders);
        world.devices[away].away_until = world.now.plus_ms(20_000);
    }
}

/// Everybody who was to come is in, or the terms changed before; everybody who was to go is out.
fn judge(
    storm: &Storm,
    world: &World,
    parts: &Parts,
    before: u64,
) -> Result<(usize, usize), String> {
    let members = world.devices[0].room().members(world.now);
    let is_in = |id: MemberId| members.iter().any(|member| member.id == id);
    let joined = |(newcomer, _): &&(usize, MemberId)| world.devices[*newcomer].is_in();
    let came = parts.admissions.iter().filter(joined).count();
    let void = world.oracle.dropped.get(&Rule::VouchTerms).copied().unwrap_or_default();
    if came + void != storm.admissions {
        return Err(format!("{came} came and {void} were void, of {}", storm.admissions));
    }
    let gone = parts.severed.iter().filter(|id| !is_in(**id)).count();
    if gone != storm.removals {
        return Err(format!("{gone} of {} are out", storm.removals));
    }
    if storm.motions > 0 && world.devices[0].room().policy().revision == 0 {
        return Err("no motion was carried".to_owned());
    }
    let all = world.devices[0].room().epoch() - before;
    let least = u64::try_from(came + gone).unwrap();
    if all < least { Err(format!("{all} epochs for {least} changes")) } else { Ok((came, gone)) }
}
