//! Members who break one rule each, by the MLS library itself: everybody else skips what they do.

use offshift_wire::{
    UnixMillis,
    admission::{Act, CommitData, Vouch},
    room::Policy,
};
use openmls::prelude::{
    BasicCredential, CommitBuilder, CredentialWithKey, Initial, KeyPackage, LeafNodeIndex,
    LeafNodeParameters, Lifetime, MlsGroup, MlsMessageBodyIn, MlsMessageIn, OpenMlsProvider as _,
    tls_codec::{DeserializeBytes as _, Serialize as _},
};
use zeroize::Zeroizing;

use crate::room::{
    Care, Forbidden, RoomEvent, Rule, SendRefused, Skipped, Suite,
    mls::{
        Provider, RoomKey, capabilities, ciphersuite, extensions, join_config, lifetime,
        storage::Storage,
    },
    tests::world::{START, World, text},
};
use crate::{admission::Table, room::tests::world::with_founder};

type Build<'a> = CommitBuilder<'a, Initial, &'a mut MlsGroup>;

/// Bytes of a commit that the member makes as it likes; its own room does not know of it.
fn commit(
    world: &mut World,
    at: usize,
    (signed_at, act): (UnixMillis, Act),
    build: impl FnOnce(Build<'_>) -> Build<'_>,
) -> Vec<u8> {
    let room = world.devices[at].room.as_mut().unwrap();
    let savepoint = room.mls.savepoint();
    let (group, provider, key) = room.mls.group_for_testing();
    provider.set_seed_for_testing(9);
    group.set_aad(CommitData { signed_at, act }.encode());
    let builder = build(group.commit_builder().force_self_update(true));
    let bundle = builder
        .load_psks(provider.storage())
        .unwrap()
        .build(provider.rand(), provider.crypto(), key, |_| true)
        .unwrap()
        .stage_commit(provider)
        .unwrap();
    let bytes = bundle.into_commit().tls_serialize_detached().unwrap();
    room.mls.rollback(savepoint).unwrap();
    bytes
}

/// Puts MLS bytes into the channel, as any member can.
fn inject(world: &mut World, at: usize, bytes: &[u8]) {
    let now = world.now;
    let device = &mut world.devices[at];
    let address = *device.room().address().unwrap();
    let envelopes = device.with(now, |ctx, room| {
        room.as_ref().unwrap().channel.as_ref().unwrap().seal(ctx.rng, bytes).unwrap()
    });
    for envelope in envelopes {
        world.logs.append(now, address, envelope);
    }
}

/// Everyone but the rogue skips what was injected, for this rule, and nothing of theirs changes.
fn assert_skipped_by_all(world: &mut World, rogue: usize, why: Skipped) {
    let records: Vec<_> = world.devices.iter().map(|device| device.records()).collect();
    let groups: Vec<_> = world.devices.iter().map(|d| d.room().mls.encode()).collect();
    for at in (0..world.devices.len()).filter(|at| *at != rogue) {
        world.devices[at].events.clear();
        while world.read_one(at, usize::MAX) {}
        let skipped =
            |event: &RoomEvent| matches!(event, RoomEvent::Skipped { why: w, .. } if *w == why);
        assert!(world.devices[at].events.iter().any(skipped), "skipped, and for this reason");
        assert!(world.devices[at].records() == records[at], "nothing is written");
        assert!(world.devices[at].room().mls.encode() == groups[at], "the group is as it was");
    }
    world.settle();
    world.assert_converged();
    world.send(0, "and on it goes");
    world.settle();
    world.assert_converged();
}

fn refused_by_all(rule: Rule, at: usize, build: impl FnOnce(&mut World) -> Vec<u8>) {
    let mut world = World::founded(&["ada", "bo", "cy"], Suite::Classical, 5);
    let bytes = build(&mut world);
    inject(&mut world, at, &bytes);
    assert_skipped_by_all(&mut world, at, Skipped::Refused(rule));
}

/// A key package as a rogue might like it.
fn key_package(handle: &str, life: Lifetime) -> KeyPackage {
    key_package_with(handle, life, 0)
}

/// The same with a key that nothing can be sealed to: the first is the init key, the second the leaf's.
fn key_package_with(handle: &str, life: Lifetime, dead: u32) -> KeyPackage {
    let provider = Provider::new(Storage::default(), Some(Zeroizing::new([3; 32])));
    provider.crypto().kill_key_for_testing(dead);
    let key = RoomKey::from_seed(&Zeroizing::new([4; 32]));
    let mut world = World::founded(&["x", "y"], Suite::Classical, 6);
    let info = world.devices[0].application(UnixMillis(1));
    let public = info.card().key_package(Suite::Classical).unwrap();
    let mut info = crate::room::key_package::inspect(Suite::Classical, public).unwrap().1;
    info.handle = handle.parse().unwrap();
    KeyPackage::builder()
        .key_package_lifetime(life)
        .leaf_node_capabilities(capabilities(Suite::Classical))
        .build(ciphersuite(Suite::Classical), &provider, &key, key.credential(&info))
        .unwrap()
        .into_key_package()
}

#[test]
fn a_commit_of_a_member_who_breaks_nothing_is_applied_by_all() {
    let mut world = World::founded(&["ada", "bo", "cy"], Suite::Classical, 5);
    let (now, before) = (world.now, world.devices[0].room().epoch());
    let bytes = commit(&mut world, 2, (now, Act::Keys), |builder| builder);
    inject(&mut world, 2, &bytes);
    for at in 0..2 {
        while world.read_one(at, usize::MAX) {}
        assert_eq!(world.devices[at].room().epoch(), before + 1);
    }
}

#[test]
fn os_pol_030_a_removal_by_an_ordinary_member_is_skipped_by_all() {
    refused_by_all(Rule::RemoveByOther, 2, |world| {
        let now = world.now;
        commit(world, 2, (now, Act::Sever(Vec::new())), |builder| {
            builder.propose_removals([LeafNodeIndex::new(1)])
        })
    });
}

#[test]
fn os_adm_020_two_removals_by_one_organizer_are_skipped_by_all() {
    refused_by_all(Rule::TooFewApprovals, 0, |world| {
        let now = world.now;
        let leaves = [LeafNodeIndex::new(1), LeafNodeIndex::new(2)];
        commit(world, 0, (now, Act::Sever(Vec::new())), |builder| builder.propose_removals(leaves))
    });
}

#[test]
fn os_ord_006_a_commit_signed_three_hours_ago_is_skipped_by_all() {
    refused_by_all(Rule::CommitTime, 1, |world| {
        let then = UnixMillis(world.now.0 - 3 * 3_600_000);
        commit(world, 1, (then, Act::Keys), |builder| builder)
    });
}

#[test]
fn os_pol_021_an_add_by_an_ordinary_member_is_skipped_by_all() {
    refused_by_all(Rule::AddByOther, 2, |world| {
        let (now, package) = (world.now, key_package("di", lifetime()));
        let policy = named(world, &package);
        commit(world, 2, (now, Act::Found(Vec::new())), |builder| {
            let builder = builder.propose_adds([package]);
            builder.propose_group_context_extensions(policy).unwrap()
        })
    });
}

fn named(
    world: &World,
    package: &KeyPackage,
) -> openmls::prelude::Extensions<openmls::prelude::GroupContext> {
    let room = world.devices[0].room();
    let id = package.leaf_node().signature_key().as_slice().try_into().unwrap();
    let id = offshift_wire::MemberId::from_bytes(id);
    let standing = with_founder(room.standing(), id, world.now);
    extensions(&Policy { standing: Table(&standing).hash(), ..room.policy().clone() }).unwrap()
}

#[test]
fn os_pol_023_a_key_package_that_expires_is_skipped_by_all() {
    refused_by_all(Rule::KeyPackage, 0, |world| {
        let (now, package) = (world.now, key_package("di", Lifetime::init(0, 4_000_000_000)));
        let policy = named(world, &package);
        commit(world, 0, (now, Act::Found(Vec::new())), |builder| {
            let builder = builder.propose_adds([package]);
            builder.propose_group_context_extensions(policy).unwrap()
        })
    });
}

#[test]
fn os_pol_023_a_key_package_that_nothing_can_be_sealed_to_is_skipped_by_all() {
    refused_by_all(Rule::KeyPackage, 0, |world| {
        let (now, package) = (world.now, key_package_with("di", lifetime(), 2));
        let policy = named(world, &package);
        commit(world, 0, (now, Act::Found(Vec::new())), |builder| {
            let builder = builder.propose_adds([package]);
            builder.propose_group_context_extensions(policy).unwrap()
        })
    });
}

#[test]
fn os_pol_023_a_card_with_a_key_that_nothing_can_be_sealed_to_is_refused_at_the_meeting() {
    for (dead, sound) in [(0, true), (1, false), (2, false)] {
        let package = key_package_with("di", lifetime(), dead).tls_serialize_detached().unwrap();
        let found = crate::room::key_package::inspect(Suite::Classical, &package);
        assert_eq!(found.is_ok(), sound);
    }
}

#[test]
fn os_pol_027_a_policy_change_is_skipped_by_all() {
    refused_by_all(Rule::PolicyChange, 0, |world| {
        let (now, mut policy) = (world.now, world.devices[0].room().policy().clone());
        policy.terms.vouches = 1;
        let extensions = extensions(&policy).unwrap();
        commit(world, 0, (now, Act::Keys), |b| {
            b.propose_group_context_extensions(extensions).unwrap()
        })
    });
}

#[test]
fn os_pol_014_a_commit_that_renames_its_author_is_skipped_by_all() {
    refused_by_all(Rule::LeafChanged, 1, |world| {
        let now = world.now;
        let room = world.devices[1].room();
        let mut info = room.members(START).into_iter().find(|member| member.own).unwrap().info;
        info.handle = "ada two".parse().unwrap();
        let credential = CredentialWithKey {
            credential: BasicCredential::new(info.encode()).into(),
            signature_key: room.own_id().as_bytes().to_vec().into(),
        };
        let leaf = LeafNodeParameters::builder().with_credential_with_key(credential).build();
        commit(world, 1, (now, Act::Keys), |builder| builder.leaf_node_parameters(leaf))
    });
}

#[test]
fn os_pol_014_a_new_leaf_that_nothing_can_be_sealed_to_is_skipped_by_all() {
    refused_by_all(Rule::LeafChanged, 2, |world| {
        let now = world.now;
        let room = world.devices[2].room.as_mut().unwrap();
        room.mls.group_for_testing().1.crypto().kill_key_for_testing(2);
        commit(world, 2, (now, Act::Keys), |builder| builder)
    });
}

#[test]
fn os_pol_011_a_proposal_on_its_own_is_skipped_by_all() {
    refused_by_all(Rule::LooseProposal, 1, |world| {
        let room = world.devices[1].room.as_mut().unwrap();
        let savepoint = room.mls.savepoint();
        let (group, provider, key) = room.mls.group_for_testing();
        provider.set_seed_for_testing(9);
        let (proposal, _) =
            group.propose_remove_member(provider, key, LeafNodeIndex::new(2)).unwrap();
        let bytes = proposal.tls_serialize_detached().unwrap();
        room.mls.rollback(savepoint).unwrap();
        bytes
    });
}

#[test]
fn os_pol_011_a_wish_to_leave_on_its_own_is_skipped_by_all() {
    let mut world = World::founded(&["ada", "bo", "cy"], Suite::Classical, 5);
    let room = world.devices[1].room.as_mut().unwrap();
    let savepoint = room.mls.savepoint();
    let (group, provider, key) = room.mls.group_for_testing();
    provider.set_seed_for_testing(9);
    let left = group.leave_group(provider, key).unwrap();
    let bytes = left.tls_serialize_detached().unwrap();
    room.mls.rollback(savepoint).unwrap();
    inject(&mut world, 1, &bytes);
    assert_skipped_by_all(&mut world, 1, Skipped::Refused(Rule::LooseProposal));
}

#[test]
fn os_ord_008_a_valid_commit_that_does_not_open_for_one_member_strands_it_by_name() {
    let mut world = World::founded(&["ada", "bo", "cy"], Suite::XWing, 5);
    let now = world.now;
    let bytes =
        sabotaged(&mut world, |world| commit(world, 0, (now, Act::Keys), |builder| builder));
    inject(&mut world, 0, &bytes);
    let before = world.devices[2].room().epoch();
    for at in 1..3 {
        while world.read_one(at, usize::MAX) {}
    }
    assert_eq!(world.devices[2].room().epoch(), before + 1, "the twin: for cy it opens");
    assert_eq!(world.devices[1].room().is_stranded(), Some("ada"));
    world.restart(1);
    assert_eq!(world.devices[1].room().is_stranded(), Some("ada"), "and stays so");
    let refused = world.devices[1].with(now, |ctx, room| {
        room.as_mut()
            .unwrap()
            .handle_send(ctx, text("hello?"), Care::Ordinary)
            .map(|_| ())
            .unwrap_err()
    });
    assert!(refused == SendRefused::Stranded);
}

#[test]
fn os_ord_008_a_path_secret_too_short_for_one_member_strands_it_by_name() {
    let mut world = World::founded(&["ada", "bo", "cy"], Suite::Classical, 5);
    let (now, before) = (world.now, world.devices[2].room().epoch());
    let ada = world.devices[0].room.as_mut().unwrap();
    ada.mls.group_for_testing().1.crypto().shorten_for_testing();
    let bytes =
        sabotaged(&mut world, |world| commit(world, 0, (now, Act::Keys), |builder| builder));
    inject(&mut world, 0, &bytes);
    for at in 1..3 {
        while world.read_one(at, usize::MAX) {}
    }
    assert_eq!(
        world.devices[2].room().epoch(),
        before + 1,
        "the twin: for cy it is as long as it must be"
    );
    assert_eq!(world.devices[1].room().is_stranded(), Some("ada"));
}

#[test]
fn os_ord_008_a_forbidden_commit_that_does_not_open_strands_nobody() {
    let mut world = World::founded(&["ada", "bo", "cy"], Suite::Classical, 5);
    let now = world.now;
    let package = key_package("di", Lifetime::init(0, 4_000_000_000));
    let policy = named(&world, &package);
    let bytes = sabotaged(&mut world, |world| {
        commit(world, 0, (now, Act::Found(Vec::new())), |builder| {
            let builder = builder.propose_adds([package]);
            builder.propose_group_context_extensions(policy).unwrap()
        })
    });
    inject(&mut world, 0, &bytes);
    assert_skipped_by_all(&mut world, 0, Skipped::Refused(Rule::KeyPackage));
}

/// Whatever ada seals to bo meanwhile does not open.
fn sabotaged(world: &mut World, act: impl FnOnce(&mut World) -> Vec<u8>) -> Vec<u8> {
    let victim = world.devices[1].room().mls.own_leaf();
    world.devices[0].room().mls.sabotage_for_testing(Some(victim));
    let bytes = act(world);
    world.devices[0].room().mls.sabotage_for_testing(None);
    bytes
}

#[test]
fn ro_04_os_roo_004_an_external_commit_is_skipped_by_all() {
    refused_by_all(Rule::NotAMember, 2, |world| {
        // Cy gives away the group's public state, with which another implementation commits from outside.
        let room = world.devices[2].room.as_mut().unwrap();
        let (group, provider, key) = room.mls.group_for_testing();
        provider.set_seed_for_testing(7);
        let info = group.export_group_info(provider.crypto(), key, true).unwrap();
        let info = info.tls_serialize_detached().unwrap();
        let info = MlsMessageIn::tls_deserialize_exact_bytes(&info).unwrap();
        let MlsMessageBodyIn::GroupInfo(info) = info.extract() else { panic!("a group info") };
        let outside = openmls_libcrux_crypto::Provider::new().unwrap();
        let ghost = RoomKey::from_seed(&Zeroizing::new([6; 32]));
        let identity = world.devices[0].room().members(START).remove(0).info;
        #[expect(deprecated, reason = "the shortest way in is the one to try")]
        let (_, commit, _) = MlsGroup::join_by_external_commit(
            &outside,
            &ghost,
            None,
            info,
            &join_config(),
            Some(capabilities(Suite::Classical)),
            None,
            &CommitData { signed_at: world.now, act: Act::Keys }.encode(),
            ghost.credential(&identity),
        )
        .unwrap();
        commit.tls_serialize_detached().unwrap()
    });
}

/// Dee's key package and these members' vouches for her, as they stand on the board.
fn vouched(world: &mut World, by: &[usize]) -> (Vec<u8>, Vec<Vouch>) {
    let dee = world.newcomer("dee", 77);
    for at in by {
        world.vouch(*at, dee).unwrap();
    }
    world.settle();
    let key = world.key_of(dee);
    // Dee has no room, and nobody asks her below.
    world.devices.pop();
    let applying = &world.devices[0].room().board.applicants[&key];
    let vouches = applying.vouches.values().map(|one| one.vouch.clone()).collect();
    (applying.package.to_vec(), vouches)
}

fn admission_refused(rule: Rule, by: &[usize], used: impl FnOnce(Vec<Vouch>) -> Vec<Vouch>) {
    let mut world = World::founded(&["ada", "bo", "cy"], Suite::Classical, 5);
    let (package, vouches) = vouched(&mut world, by);
    let act = Act::Admit(used(vouches));
    let what = Forbidden { act, adds: vec![package], removes: Vec::new(), policy: None };
    let (now, address) = (world.now, *world.devices[0].room().address().unwrap());
    let envelopes = world.devices[0].with(now, |ctx, room| {
        room.as_mut().unwrap().dangerous_commit_for_testing(ctx, what, now).unwrap()
    });
    for envelope in envelopes {
        world.logs.append(now, address, envelope);
    }
    assert_skipped_by_all(&mut world, 0, Skipped::Refused(rule));
}

#[test]
fn ei_32_os_adm_002_os_joi_023_an_organizer_who_admits_by_one_vouch_is_skipped_by_all() {
    admission_refused(Rule::TooFewVouches, &[1], |vouches| vouches);
    admission_refused(Rule::TooFewVouches, &[1, 2], |mut vouches| vouches.split_off(1));
    admission_refused(Rule::TooFewVouches, &[1, 2], |_| Vec::new());
}

#[test]
fn ei_31_os_adm_004_an_organizer_who_uses_one_vouch_twice_is_skipped_by_all() {
    admission_refused(Rule::VouchTwice, &[1, 2], |vouches| vec![vouches[0].clone(); 2]);
}

#[test]
fn mi_73_os_adm_011_an_organizer_who_edits_a_vouch_is_skipped_by_all() {
    admission_refused(Rule::VouchSignature, &[1, 2], |mut vouches| {
        vouches[0].signature[5] ^= 1;
        vouches
    });
    // The twin of all three: what the rules lead to, with the right policy after it, is another story's.
    admission_refused(Rule::PolicyChange, &[1, 2], |vouches| vouches);
}
