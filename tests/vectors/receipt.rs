//! `proto/vectors/receipt_v1.json`, made by an implementation in another language.

use offshift_access::{EnvelopeHash, ReceiptKey, Receipted, RelayKey, Statement};
use offshift_wire::{Address, Position, receipt::SignedReceipt};
use serde_json::Value;

use crate::vectors;

fn bytes(vector: &Value, field: &str) -> Vec<u8> {
    let text = vector[field].as_str().expect("hex text");
    data_encoding::HEXLOWER.decode(text.as_bytes()).expect("hex")
}

fn hex<const N: usize>(vector: &Value, field: &str) -> [u8; N] {
    bytes(vector, field).try_into().expect("the length of its kind")
}

fn outcome(vector: &Value) -> &'static str {
    let Ok(signed) = SignedReceipt::decode(&bytes(vector, "signed")) else { return "malformed" };
    assert_eq!(signed.encode(), bytes(vector, "signed"));
    let Ok(receipted) = Receipted::verify(signed) else { return "refused" };
    if vector["other"].is_null() {
        return "accepted";
    }
    let other = SignedReceipt::decode(&bytes(vector, "other")).expect("well formed");
    let other = Receipted::verify(other).expect("signed");
    assert_eq!(receipted.contradicts(&other), other.contradicts(&receipted));
    if receipted.contradicts(&other) { "contradict" } else { "agree" }
}

#[test]
fn os_rcp_001_os_rcp_004_receipts_are_as_the_vectors_say() {
    for vector in vectors("receipt_v1.json") {
        assert_eq!(outcome(&vector), vector["outcome"], "{}", vector["comment"]);
    }
}

fn statement(vector: &Value) -> Statement {
    Statement {
        address: Address::from_bytes(hex(vector, "address")),
        envelope: EnvelopeHash::from_bytes(hex(vector, "envelope")),
        position: Position::new(vector["position"].as_u64().expect("a position")),
    }
}

#[test]
fn os_rcp_002_a_relay_signs_what_the_vectors_say() {
    let all = vectors("receipt_v1.json");
    let made: Vec<_> = all.iter().filter(|vector| !vector["group"].is_null()).collect();
    assert!(!made.is_empty());
    for vector in made {
        let key = ReceiptKey::from_seed(&hex(vector, "seed"));
        let group = vector["group"].as_array().expect("a list");
        let statements: Vec<_> = group.iter().map(statement).collect();
        let at = usize::try_from(vector["at"].as_u64().expect("a place")).expect("small");
        let signed = SignedReceipt::decode(&bytes(vector, "signed")).expect("well formed");
        assert_eq!(key.sign(&statements)[at], signed.receipt, "Ed25519 is deterministic");
        assert_eq!(
            RelayKey::from_bytes(signed.relay_key).relay().as_bytes(),
            &hex(vector, "relay")
        );
    }
}
