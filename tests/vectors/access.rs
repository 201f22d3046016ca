//! `proto/vectors/access_v1.json`, made by an implementation in another language.

use offshift_access::{Binding, DepositKey, Descriptor, FetchKey, Kind, Proof, verify};
use offshift_wire::{RelayId, code::Role};
use serde_json::Value;

use crate::vectors;

fn hex<const N: usize>(vector: &Value, field: &str) -> [u8; N] {
    let text = vector[field].as_str().expect("hex text");
    let bytes = data_encoding::HEXLOWER.decode(text.as_bytes()).expect("hex");
    bytes.try_into().expect("the length of its kind")
}

fn outcome(vector: &Value) -> &'static str {
    let Ok(descriptor) = Descriptor::decode(&hex(vector, "descriptor")) else { return "malformed" };
    let role = vector["role"].as_u64().expect("a number");
    let role = Role::try_from(u32::try_from(role).expect("small")).expect("a role");
    let binding = Binding::new(RelayId::from_bytes(hex(vector, "relay")), hex(vector, "exporter"));
    match verify(role, &descriptor, &Proof::from_bytes(hex(vector, "proof")), &binding) {
        Ok(_) => "accepted",
        Err(_) => "denied",
    }
}

#[test]
fn os_mbx_001_os_mbx_004_addresses_and_proofs_are_as_the_vectors_say() {
    for vector in vectors("access_v1.json") {
        assert_eq!(outcome(&vector), vector["outcome"], "{}", vector["comment"]);
        if vector["outcome"] == "malformed" {
            continue;
        }
        let fetch = FetchKey::from_seed(&hex(&vector, "fetch_seed"));
        let deposit = DepositKey::from_seed(&hex(&vector, "deposit_seed"));
        let kind = if vector["kind"] == 1 { Kind::Inbox } else { Kind::Channel };
        let descriptor = Descriptor::new(kind, fetch.public(), deposit.public());
        assert_eq!(descriptor.encode(), hex::<66>(&vector, "descriptor"));
        assert_eq!(descriptor.address().as_bytes(), &hex::<32>(&vector, "address"));
        let relay = RelayId::from_bytes(hex(&vector, "relay"));
        let binding = Binding::new(relay, hex(&vector, "exporter"));
        let proof = match vector["role"].as_u64() {
            Some(1) => fetch.prove(&descriptor.address(), &binding),
            _ => deposit.prove(&descriptor.address(), &binding),
        };
        let same = proof.as_bytes() == &hex::<64>(&vector, "proof");
        assert_eq!(same, vector["outcome"] == "accepted", "Ed25519 is deterministic");
    }
}
