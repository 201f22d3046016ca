//! `proto/vectors/token_v1.json`, made by an implementation in another language.

use std::convert::Infallible;

use offshift_access::{Binding, Issuer, IssuerSeed, Order, ReceiptKey, SpentId, Ticket};
use offshift_wire::{
    RelayId,
    token::{Batch, Period},
};
use rand_core::{TryCryptoRng, TryRng};
use serde_json::Value;
use voprf::{BlindedElement, Group, Ristretto255, VoprfClient, VoprfServer};
use zeroize::Zeroizing;

use crate::vectors;

/// Gives these bytes, one after the other.
struct Known(std::vec::IntoIter<u8>);

impl Known {
    fn bytes(bytes: Vec<u8>) -> Self {
        Self(bytes.into_iter())
    }

    fn fill(&mut self, to: &mut [u8]) {
        to.fill_with(|| self.0.next().expect("randomness enough"));
    }
}

impl TryRng for Known {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        panic!("bytes are drawn")
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        panic!("bytes are drawn")
    }

    fn try_fill_bytes(&mut self, to: &mut [u8]) -> Result<(), Infallible> {
        self.fill(to);
        Ok(())
    }
}

impl TryCryptoRng for Known {}

/// The same for the crate of RFC 9497, which asks by an older trait.
impl rand_core_06::RngCore for Known {
    fn next_u32(&mut self) -> u32 {
        panic!("bytes are drawn")
    }

    fn next_u64(&mut self) -> u64 {
        panic!("bytes are drawn")
    }

    fn fill_bytes(&mut self, to: &mut [u8]) {
        self.fill(to);
    }

    fn try_fill_bytes(&mut self, to: &mut [u8]) -> Result<(), rand_core_06::Error> {
        self.fill(to);
        Ok(())
    }
}

impl rand_core_06::CryptoRng for Known {}

fn decoded(value: &Value) -> Vec<u8> {
    data_encoding::HEXLOWER.decode(value.as_str().expect("hex text").as_bytes()).expect("hex")
}

fn bytes(vector: &Value, field: &str) -> Vec<u8> {
    decoded(&vector[field])
}

fn hex<const N: usize>(vector: &Value, field: &str) -> [u8; N] {
    bytes(vector, field).try_into().expect("the length of its kind")
}

fn list(vector: &Value, field: &str) -> Vec<Vec<u8>> {
    vector[field].as_array().expect("a list").iter().map(decoded).collect()
}

fn batch(vector: &Value, field: &str) -> Batch {
    let elements = list(vector, field).into_iter().map(|bytes| bytes.try_into().unwrap());
    elements.collect::<Vec<[u8; 32]>>().try_into().unwrap()
}

fn of_kind(kind: &str) -> Vec<Value> {
    let all = vectors("token_v1.json").into_iter().filter(|vector| vector["kind"] == kind);
    let all: Vec<_> = all.collect();
    assert!(!all.is_empty());
    all
}

/// A scalar as the 64 bytes that are drawn for it.
fn draw(scalar: &[u8]) -> Known {
    Known::bytes([scalar, &[0; 32]].concat())
}

/// The crate that we build on, against RFC 9497, appendix A.1.2.
#[test]
fn os_tok_031_the_voprf_is_that_of_rfc_9497() {
    for vector in of_kind("rfc") {
        let (seed, info) = (bytes(&vector, "seed"), bytes(&vector, "info"));
        let server = VoprfServer::<Ristretto255>::new_from_seed(&seed, &info).unwrap();
        let key = Ristretto255::serialize_elem(server.get_public_key());
        assert_eq!(key.as_slice(), bytes(&vector, "key"));

        let inputs = list(&vector, "inputs");
        let blinds = list(&vector, "blinds");
        let blind = |(input, blind): (&Vec<u8>, &Vec<u8>)| {
            VoprfClient::<Ristretto255>::blind(input, &mut draw(blind)).unwrap()
        };
        let blinded: Vec<_> = inputs.iter().zip(&blinds).map(blind).collect();
        let elements: Vec<BlindedElement<_>> =
            blinded.iter().map(|one| one.message.clone()).collect();
        let shown: Vec<_> = elements.iter().map(|one| one.serialize().to_vec()).collect();
        assert_eq!(shown, list(&vector, "blinded"));

        let done = server.batch_blind_evaluate(&mut draw(&bytes(&vector, "random")), &elements);
        let done = done.unwrap();
        let shown: Vec<_> = done.messages.iter().map(|one| one.serialize().to_vec()).collect();
        assert_eq!(shown, list(&vector, "evaluated"));
        assert_eq!(done.proof.serialize().as_slice(), bytes(&vector, "proof"));

        let clients: Vec<_> = blinded.into_iter().map(|one| one.state).collect();
        let outputs = VoprfClient::batch_finalize(
            &inputs,
            &clients,
            &done.messages,
            &done.proof,
            server.get_public_key(),
        );
        let outputs: Vec<_> = outputs.unwrap().map(|one| one.unwrap().to_vec()).collect();
        assert_eq!(outputs, list(&vector, "outputs"), "{}", vector["comment"]);
    }
}

struct Composed {
    vector: Value,
    issuer: Issuer,
    identity: ReceiptKey,
    here: Binding,
}

fn composed() -> Vec<Composed> {
    let compose = |vector: Value| {
        let identity = ReceiptKey::from_seed(&hex(&vector, "identity_seed"));
        let seed = IssuerSeed::from_bytes(Zeroizing::new(hex(&vector, "issuer_seed")));
        let period = Period(u32::try_from(vector["period"].as_u64().unwrap()).unwrap());
        let issuer = Issuer::new(&seed, period, &identity).unwrap();
        let relay = RelayId::from_bytes(hex(&vector, "relay"));
        let here = Binding::new(relay, hex(&vector, "exporter"));
        Composed { vector, issuer, identity, here }
    };
    of_kind("token").into_iter().map(compose).collect()
}

#[test]
fn os_tok_010_an_issuer_key_is_as_the_vectors_say() {
    for Composed { vector, issuer, identity, .. } in composed() {
        assert_eq!(identity.public().as_bytes(), &hex::<32>(&vector, "relay_key"));
        assert_eq!(issuer.key().key, hex(&vector, "issuer_key"));
        assert_eq!(issuer.key().signature, hex(&vector, "issuer_signature"));
    }
}

#[test]
fn os_tok_031_a_token_is_as_the_vectors_say() {
    for Composed { vector, issuer, identity, here } in composed() {
        let drawn = [list(&vector, "nonces"), list(&vector, "blind_draws")].concat().concat();
        let order = Order::new(&mut Known::bytes(drawn)).unwrap();
        assert_eq!(order.blinded(), &batch(&vector, "blinded"));
        let proof_draw = &mut Known::bytes(bytes(&vector, "proof_draw"));
        let issued = issuer.issue(proof_draw, order.blinded()).unwrap();
        assert_eq!(*issued.evaluated, batch(&vector, "evaluated"));
        assert_eq!(issued.proof, hex(&vector, "proof"));

        let now = issuer.key().period.begins();
        let unspent = order.finish(&issued, &identity.public(), now).unwrap();
        assert!(unspent[0].encode().ends_with(&bytes(&vector, "output")));
        let token = unspent[0].spend(&here);
        assert_eq!(token.encode().to_vec(), bytes(&vector, "token"));
        let spent = SpentId(hex(&vector, "spent_id"));
        assert!(issuer.check(&token, &here) == Ok(spent), "{}", vector["comment"]);
    }
}

#[test]
fn os_tok_021_os_tok_022_a_share_and_its_proof_are_as_the_vectors_say() {
    for Composed { vector, here, .. } in composed() {
        let (ticket, share) = (bytes(&vector, "ticket"), bytes(&vector, "share"));
        let ticket = Ticket::decode(&ticket).unwrap();
        let step = share[41..49].to_vec();
        let made = ticket.share(&mut Known::bytes(step), true).unwrap();
        assert_eq!(made.encode().to_vec(), share);
        assert_eq!(made.seat().0, hex(&vector, "seat"));
        let redeem = made.redeem(&batch(&vector, "blinded"), &here);
        assert_eq!(redeem.proof, hex(&vector, "redeem_proof"));
        assert!(ticket.verify(&redeem, &here).is_ok());
    }
}
