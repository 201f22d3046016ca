//! Our primitives under OpenMLS speak with those of another provider, in both suites and both ways.

use openmls::prelude::{
    Ciphersuite, KeyPackage, MlsGroup, MlsMessageBodyIn, MlsMessageIn, MlsMessageOut,
    OpenMlsProvider, ProcessedMessageContent, ProtocolMessage, StagedWelcome,
    tls_codec::{DeserializeBytes as _, Serialize as _},
};
use openmls_libcrux_crypto::Provider as Libcrux;
use zeroize::Zeroizing;

use crate::room::{
    Suite,
    key_package::inspect,
    mls::{
        Provider, RoomKey, capabilities, ciphersuite, create_config, join_config, storage::Storage,
    },
    tests::world::{START, World},
};

/// One side: a provider and a key.
struct Side<P> {
    provider: P,
    key: RoomKey,
}

fn ours(seed: u8) -> Side<Provider> {
    let provider = Provider::new(Storage::default(), Some(Zeroizing::new([seed; 32])));
    Side { provider, key: RoomKey::from_seed(&Zeroizing::new([seed; 32])) }
}

fn theirs(seed: u8) -> Side<Libcrux> {
    let provider = Libcrux::new().unwrap();
    Side { provider, key: RoomKey::from_seed(&Zeroizing::new([seed; 32])) }
}

fn read(message: &MlsMessageOut) -> MlsMessageBodyIn {
    let bytes = message.tls_serialize_detached().unwrap();
    MlsMessageIn::tls_deserialize_exact_bytes(&bytes).unwrap().extract()
}

fn protocol(body: MlsMessageBodyIn) -> ProtocolMessage {
    let MlsMessageBodyIn::PrivateMessage(message) = body else { panic!("a private message") };
    message.into()
}

/// Founder and newcomer talk and commit, each with its provider.
fn talk<A: OpenMlsProvider, B: OpenMlsProvider>(suite: Suite, a: &Side<A>, b: &Side<B>) {
    let world = World::founded(&["x", "y"], suite, 3);
    let policy = world.devices[0].room().policy().clone();
    let info = world.devices[0].room().members(START).remove(0).info;
    let cipher: Ciphersuite = ciphersuite(suite);
    let package = KeyPackage::builder()
        .leaf_node_capabilities(capabilities(suite))
        .build(cipher, &b.provider, &b.key, b.key.credential(&info))
        .unwrap();
    let config = create_config(suite, &policy).unwrap();
    let mut one = MlsGroup::new(&a.provider, &a.key, &config, a.key.credential(&info)).unwrap();
    let (_, welcome, _) =
        one.add_members(&a.provider, &a.key, &[package.key_package().clone()]).unwrap();
    one.merge_pending_commit(&a.provider).unwrap();
    let MlsMessageBodyIn::Welcome(welcome) = read(&welcome) else { panic!("a welcome") };
    let mut two = StagedWelcome::build_from_welcome(&b.provider, &join_config(), welcome)
        .unwrap()
        .build()
        .unwrap()
        .into_group(&b.provider)
        .unwrap();
    for _ in 0..2 {
        exchange(&mut one, a, &mut two, b);
        exchange(&mut two, b, &mut one, a);
    }
    assert_eq!(one.epoch_authenticator().as_slice(), two.epoch_authenticator().as_slice());
}

/// A message and a commit from one to the other.
fn exchange<A: OpenMlsProvider, B: OpenMlsProvider>(
    from: &mut MlsGroup,
    a: &Side<A>,
    to: &mut MlsGroup,
    b: &Side<B>,
) {
    let words = from.create_message(&a.provider, &a.key, b"words").unwrap();
    let read_words = to.process_message(&b.provider, protocol(read(&words))).unwrap();
    let ProcessedMessageContent::ApplicationMessage(got) = read_words.into_content() else {
        panic!("a message")
    };
    assert_eq!(got.into_bytes(), b"words");
    let builder = from.commit_builder().force_self_update(true);
    let commit = builder
        .load_psks(a.provider.storage())
        .unwrap()
        .build(a.provider.rand(), a.provider.crypto(), &a.key, |_| true)
        .unwrap()
        .stage_commit(&a.provider)
        .unwrap()
        .into_commit();
    from.merge_pending_commit(&a.provider).unwrap();
    let staged = to.process_message(&b.provider, protocol(read(&commit))).unwrap();
    let ProcessedMessageContent::StagedCommitMessage(staged) = staged.into_content() else {
        panic!("a commit")
    };
    to.merge_staged_commit(&b.provider, *staged).unwrap();
}

#[test]
fn os_roo_002_our_primitives_and_another_provider_form_one_group() {
    for suite in Suite::ALL {
        talk(suite, &ours(1), &theirs(2));
        talk(suite, &theirs(3), &ours(4));
    }
}

#[test]
fn os_roo_003_the_same_seed_and_inputs_make_the_same_key_package() {
    let make = |seed| {
        let side = ours(seed);
        let world = World::founded(&["x", "y"], Suite::XWing, 3);
        let info = world.devices[0].room().members(START).remove(0).info;
        KeyPackage::builder()
            .key_package_lifetime(crate::room::mls::lifetime())
            .leaf_node_capabilities(capabilities(Suite::XWing))
            .build(ciphersuite(Suite::XWing), &side.provider, &side.key, side.key.credential(&info))
            .unwrap()
            .key_package()
            .tls_serialize_detached()
            .unwrap()
    };
    assert_eq!(make(1), make(1));
    assert_ne!(make(1), make(2));
    assert!(inspect(Suite::XWing, &make(1)).is_ok());
}
