//! Disks of devices after something dear, copied into many worlds: a founding once, then each seed starts from there.
//!
//! ```text
//! World -> Image (records of each device, who met whom) -> World of another seed: all devices start from their disks
//! ```
//! Nothing else goes over: each world has its own randomness, its own relays, and its oracle begins with what the rooms
//! say.

use std::{collections::BTreeSet, sync::Arc};

use offshift_protocol::{
    card::{Application, Contact},
    ids::ApplicationId,
    room::Rules,
};
use offshift_wire::{Address, MemberId, UnixMillis, link::RelayLink};
use rand_core::Rng;

use super::{
    Broken, World,
    device::{Device, Met, Records},
};

/// One device's disk, and what people know.
struct Disk {
    name: String,
    relay: RelayLink,
    ids: Vec<ApplicationId>,
    inboxes: Vec<Address>,
    /// As they are read from that disk.
    applications: Vec<Arc<Application>>,
    met: Vec<(usize, usize, Contact)>,
    followed: BTreeSet<Address>,
    vault: Records,
}

/// A world that stands still.
pub struct Image {
    disks: Vec<Disk>,
    never: BTreeSet<MemberId>,
    now: UnixMillis,
    rules: Rules,
    relays: u8,
}

impl Image {
    /// What is on the disks of a quiet world.
    pub fn of(world: &World) -> Self {
        let disk = |device: &Device| Disk {
            name: device.name.clone(),
            relay: device.relay.clone(),
            ids: device.ids.clone(),
            inboxes: device.inboxes.clone(),
            applications: device.ids.iter().map(|id| device.load_application(*id)).collect(),
            met: device.met.iter().map(|m| (m.application, m.with, m.contact.clone())).collect(),
            followed: device.reading.keys().copied().collect(),
            vault: device.vault.clone(),
        };
        Self {
            disks: world.devices.iter().map(disk).collect(),
            never: world.oracle.never.clone(),
            now: world.now,
            rules: world.rules,
            relays: u8::try_from(world.others.len() + 1).unwrap(),
        }
    }

    /// A planted fault: a device of that world has the disk of then, and does not know.
    pub fn put_back(&self, world: &mut World, at: usize) {
        world.devices[at].vault.clone_from(&self.disks[at].vault);
        world.restart(at);
    }

    /// A world of its own that goes on from here.
    ///
    /// # Errors
    /// The first invariant that is broken.
    pub fn begin(&self, seed: u64) -> Result<World, Broken> {
        let mut world = World::with_relays(seed, self.rules, self.relays);
        world.set_time(self.now);
        world.oracle.never.clone_from(&self.never);
        for disk in &self.disks {
            let mut device = Device::new(&disk.name, 0, disk.relay.clone());
            device.ids.clone_from(&disk.ids);
            device.inboxes.clone_from(&disk.inboxes);
            device.applications.clone_from(&disk.applications);
            device.vault.clone_from(&disk.vault);
            let met = disk.met.iter().map(|(application, with, contact)| Met {
                application: *application,
                with: *with,
                contact: contact.clone(),
            });
            device.met = met.collect();
            device.restart(self.rules, world.dice.next_u64());
            world.devices.push(device);
        }
        for (at, disk) in self.disks.iter().enumerate() {
            for source in world.devices[at].sources(&disk.followed) {
                world.follow(at, &source);
            }
            world.start_deposits(at);
            let World { oracle, devices, now, .. } = &mut world;
            oracle.observe(at, &devices[at], None, &[], *now)?;
        }
        // They read that nothing came since.
        world.tick()?;
        Ok(world)
    }
}
