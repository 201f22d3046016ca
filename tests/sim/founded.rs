//! Rooms that are founded once: to meet and to found is dear, and the same for each seed.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use offshift_protocol::room::{Rules, Suite};
use offshift_tests::world::{Broken, Card, Founding, Image, World};

type Shape = (u16, usize, usize, u8);
type Images = Mutex<BTreeMap<Shape, Arc<OnceLock<Result<Image, Broken>>>>>;

/// The disks of a room of these founders whose founding phase is over, for one was admitted since. The last device, behind
/// that one, is of a stranger who met a founder and is never to come in.
pub(crate) fn image(
    suite: Suite,
    founders: usize,
    organizers: usize,
    relays: u8,
) -> Arc<OnceLock<Result<Image, Broken>>> {
    static IMAGES: Images = Mutex::new(BTreeMap::new());
    let shape = (suite.number(), founders, organizers, relays);
    let mut images = IMAGES.lock().unwrap_or_else(PoisonError::into_inner);
    let image = Arc::clone(images.entry(shape).or_default());
    drop(images);
    image.get_or_init(|| found(Founding { suite, founders, organizers }, relays));
    image
}

fn found(founding: Founding, relays: u8) -> Result<Image, Broken> {
    let mut world = World::with_relays(1, Rules::with_founders_max_for_testing(256), relays);
    world.founded(&founding)?;
    let ana = world.device("ana");
    let key = world.vouched(ana, &[0, 1]).map_err(|why| why.to_string())?;
    world.run()?;
    world.act(0, |ctx, room| room.handle_admit(ctx, key)).map_err(|why| why.to_string())?;
    world.run()?;
    let ghost = world.device("ghost");
    world.meet((1, Card::Fresh), (ghost, Card::Fresh));
    let ghost = &world.devices[ghost].applications[0];
    world.oracle.never.insert(ghost.newcomer_for_testing(founding.suite).unwrap().0);
    Ok(Image::of(&world))
}
