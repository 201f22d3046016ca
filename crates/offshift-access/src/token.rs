//! One-time tokens that a relay can't link to the ticket that bought them: a VOPRF (RFC 9497, ristretto255-SHA512).
//!
//! ```text
//! Order: 32 nonces, blinded --> Issuer: evaluated, DLEQ proof --> Order::finish: 32 x Unspent
//! Unspent + connection --> Token: nonce, tag --> Issuer: the same output again, the same tag?
//! ```
//! The issuer sees blinded elements with the ticket, nonces without it. A token carries no output but a tag made with it
//! for one connection (as in Privacy Pass, Davidson et al., PETS 2018): seen, it is good nowhere else.
//!
//! Never: a blind or an output outside these types.

use ed25519_dalek::{Signature, Signer, VerifyingKey};
use offshift_wire::{
    Malformed, UnixMillis,
    limits::TOKEN_BATCH,
    token::{Batch, Issued, IssuerKey, Period, Token},
};
use rand_core::CryptoRng;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use voprf::{
    BlindedElement, EvaluationElement, Group, Proof, Ristretto255, VoprfClient, VoprfServer,
    VoprfServerBatchEvaluateResult,
};
use zeroize::Zeroizing;

use crate::{Binding, ReceiptKey, RelayKey, mac::mac};

const INPUT_LABEL: &[u8] = b"offshift token v1";
const TAG_LABEL: &[u8] = b"offshift spend v1";
const ISSUER_LABEL: &[u8] = b"offshift issuer key v1";
const SEED_LABEL: &[u8] = b"offshift issuer v1";
const SPENT_LABEL: &[u8] = b"offshift spent v1";
const OUTPUT: usize = 64;
const UNSPENT: usize = 4 + 32 + OUTPUT;

type Client = VoprfClient<Ristretto255>;
type Server = VoprfServer<Ristretto255>;

/// What of a token stays with its holder until it is spent. Zeroized when dropped.
pub struct Unspent {
    period: Period,
    nonce: [u8; 32],
    output: Zeroizing<[u8; OUTPUT]>,
}

/// A batch that was asked for.
pub struct Order {
    nonces: Vec<[u8; 32]>,
    clients: Vec<Client>,
    blinded: Box<Batch>,
}

/// The relay's answer is not what it must be. Nothing of it may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadBatch {
    /// An element or a proof is none, or the proof does not fit the key (RFC 9497, section 2.2.2).
    #[error("the relay's proof does not fit its tokens")]
    Proof,
    /// The relay did not sign this key, or it is not of this week.
    #[error("the relay did not sign the key of its tokens for this week")]
    Key,
}

/// A token is none of this issuer, of another week or of another connection. Says not which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the token is not good here")]
pub struct BadToken;

/// By which a relay remembers a spent token: half a hash of its nonce.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SpentId(pub [u8; 16]);

/// Shows no byte of it (N7).
impl std::fmt::Debug for SpentId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SpentId(..)")
    }
}

impl Order {
    /// A fresh batch.
    ///
    /// # Errors
    /// [`Malformed`] never happens: a nonce hashes to an element.
    pub fn new(rng: &mut dyn CryptoRng) -> Result<Self, Malformed> {
        let mut nonces = vec![[0; 32]; TOKEN_BATCH];
        nonces.iter_mut().for_each(|nonce| rng.fill_bytes(nonce));
        let mut blinded = Box::new([[0; 32]; TOKEN_BATCH]);
        let mut clients = Vec::with_capacity(TOKEN_BATCH);
        for (nonce, element) in nonces.iter().zip(blinded.iter_mut()) {
            let one = Client::blind(&input(nonce), &mut Older(rng));
            let one = one.map_err(|_| Malformed("nonce"))?;
            *element = one.message.serialize().into();
            clients.push(one.state);
        }
        Ok(Self { nonces, clients, blinded })
    }

    /// What the relay is asked to evaluate.
    pub const fn blinded(&self) -> &Batch {
        &self.blinded
    }

    /// Checks the relay's answer and unblinds it (OS-TOK-011).
    ///
    /// # Errors
    /// [`BadBatch`].
    pub fn finish(
        self,
        issued: &Issued,
        relay: &RelayKey,
        now: UnixMillis,
    ) -> Result<Vec<Unspent>, BadBatch> {
        let period = issued.key.period;
        let is_near = |at: UnixMillis| Period::at(at) == period;
        let hour = 3_600_000;
        // A clock that is an hour off must not cost a batch at midnight.
        let near = is_near(now) || is_near(now.plus_ms(hour)) || is_near(before(now, hour));
        if !near || !relay.signed_issuer(&issued.key) {
            return Err(BadBatch::Key);
        }
        let key = Ristretto255::deserialize_elem(&issued.key.key).map_err(|_| BadBatch::Proof)?;
        let proof = Proof::deserialize(&issued.proof).map_err(|_| BadBatch::Proof)?;
        let evaluated = issued.evaluated.iter().map(|bytes| EvaluationElement::deserialize(bytes));
        let evaluated: Vec<_> = evaluated.collect::<Result<_, _>>().map_err(|_| BadBatch::Proof)?;
        let inputs: Vec<Vec<u8>> = self.nonces.iter().map(input).collect();
        let outputs = Client::batch_finalize(&inputs, &self.clients, &evaluated, &proof, key);
        let outputs = outputs.map_err(|_| BadBatch::Proof)?;
        let unspent = |(nonce, output): (&[u8; 32], voprf::Result<_>)| {
            let output = Zeroizing::new(<[u8; OUTPUT]>::from(output?));
            Ok(Unspent { period, nonce: *nonce, output })
        };
        let tokens = self.nonces.iter().zip(outputs).map(unspent).collect::<voprf::Result<_>>();
        tokens.map_err(|_| BadBatch::Proof)
    }
}

impl Unspent {
    /// Of which issuer key.
    pub const fn period(&self) -> Period {
        self.period
    }

    /// The token, for one connection. It must not be on another one ever after: the relay could link both.
    pub fn spend(&self, binding: &Binding) -> Token {
        let tag = tag(&self.output, &self.nonce, binding);
        Token { period: self.period, nonce: self.nonce, tag }
    }

    /// The bytes to keep, secret.
    pub fn encode(&self) -> Zeroizing<Vec<u8>> {
        let period = self.period.0.to_be_bytes();
        Zeroizing::new([&period[..], &self.nonce, &*self.output].concat())
    }

    /// The token that was kept as these bytes.
    ///
    /// # Errors
    /// [`Malformed`] when they are too many or too few.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        const BAD: Malformed = Malformed("unspent token");
        let bytes: &[u8; UNSPENT] = bytes.try_into().map_err(|_| BAD)?;
        let (period, rest) = bytes.split_first_chunk::<4>().ok_or(BAD)?;
        let (nonce, output) = rest.split_first_chunk::<32>().ok_or(BAD)?;
        let output = Zeroizing::new(output.try_into().map_err(|_| BAD)?);
        Ok(Self { period: Period(u32::from_be_bytes(*period)), nonce: *nonce, output })
    }
}

/// The secret from which all of a relay's issuer keys follow. Zeroized when dropped.
pub struct IssuerSeed(Zeroizing<[u8; 32]>);

impl IssuerSeed {
    /// The seed with these bytes.
    pub const fn from_bytes(bytes: Zeroizing<[u8; 32]>) -> Self {
        Self(bytes)
    }

    /// A new one.
    pub fn generate(rng: &mut dyn CryptoRng) -> Self {
        let mut bytes = Zeroizing::new([0; 32]);
        rng.fill_bytes(&mut *bytes);
        Self(bytes)
    }

    /// The bytes to keep, secret.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// Issues and takes tokens of one week.
pub struct Issuer {
    server: Server,
    key: IssuerKey,
}

impl Issuer {
    /// The issuer of a period, whose key `identity` signs. The same seed gives the same key, so a relay that comes back from
    /// its backup contradicts nothing (OS-TOK-010).
    ///
    /// # Errors
    /// [`Malformed`] never happens: RFC 9497's DeriveKeyPair fails with a chance of 2^-2000.
    pub fn new(
        seed: &IssuerSeed,
        period: Period,
        identity: &ReceiptKey,
    ) -> Result<Self, Malformed> {
        let info = [SEED_LABEL, &period.0.to_be_bytes()].concat();
        let server = Server::new_from_seed(&*seed.0, &info).map_err(|_| Malformed("seed"))?;
        let key: [u8; 32] = Ristretto255::serialize_elem(server.get_public_key()).into();
        let signature = identity.signing_key().sign(&statement(period, &key)).to_bytes();
        Ok(Self { server, key: IssuerKey { period, key, signature } })
    }

    /// The relay's word on its key.
    pub const fn key(&self) -> &IssuerKey {
        &self.key
    }

    /// Evaluates a batch and proves that it was this key (RFC 9497, section 3.3.2).
    ///
    /// # Errors
    /// [`Malformed`] when an element is none.
    pub fn issue(&self, rng: &mut dyn CryptoRng, blinded: &Batch) -> Result<Issued, Malformed> {
        const BAD: Malformed = Malformed("blinded elements");
        let elements = blinded.iter().map(|bytes| BlindedElement::deserialize(bytes));
        let elements: Vec<_> = elements.collect::<Result<_, _>>().map_err(|_| BAD)?;
        let done = self.server.batch_blind_evaluate(&mut Older(rng), &elements);
        let VoprfServerBatchEvaluateResult { messages, proof } = done.map_err(|_| BAD)?;
        let mut evaluated = Box::new([[0; 32]; TOKEN_BATCH]);
        for (bytes, element) in evaluated.iter_mut().zip(&messages) {
            *bytes = element.serialize().into();
        }
        Ok(Issued { key: self.key, evaluated, proof: proof.serialize().into() })
    }

    /// By which this token, if it is good on this connection, must not have been spent before (OS-TOK-031).
    ///
    /// # Errors
    /// [`BadToken`].
    pub fn check(&self, token: &Token, binding: &Binding) -> Result<SpentId, BadToken> {
        if token.period != self.key.period {
            return Err(BadToken);
        }
        let output = self.server.evaluate(&input(&token.nonce)).map_err(|_| BadToken)?;
        let output = Zeroizing::new(<[u8; OUTPUT]>::from(output));
        let is_good = tag(&output, &token.nonce, binding).ct_eq(&token.tag);
        bool::from(is_good).then(|| SpentId::of(token)).ok_or(BadToken)
    }
}

impl SpentId {
    /// Of this token, good or not.
    pub fn of(token: &Token) -> Self {
        let hash = Sha256::new().chain_update(SPENT_LABEL).chain_update(token.nonce).finalize();
        let [half @ .., _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _] = <[u8; 32]>::from(hash);
        Self(half)
    }
}

impl RelayKey {
    /// Whether it signed this issuer key (OS-TOK-010).
    pub fn signed_issuer(&self, issuer: &IssuerKey) -> bool {
        let Ok(key) = VerifyingKey::from_bytes(self.as_bytes()) else { return false };
        let signature = Signature::from_bytes(&issuer.signature);
        key.verify_strict(&statement(issuer.period, &issuer.key), &signature).is_ok()
    }
}

fn before(now: UnixMillis, ms: u64) -> UnixMillis {
    UnixMillis(now.0.saturating_sub(ms))
}

fn statement(period: Period, key: &[u8; 32]) -> Vec<u8> {
    [ISSUER_LABEL, &period.0.to_be_bytes(), key].concat()
}

fn input(nonce: &[u8; 32]) -> Vec<u8> {
    [INPUT_LABEL, nonce].concat()
}

fn tag(output: &[u8; OUTPUT], nonce: &[u8; 32], binding: &Binding) -> [u8; 32] {
    mac(output, &[TAG_LABEL, nonce, &binding.bytes()])
}

/// Our source of randomness as the crate `voprf` asks for it.
struct Older<'a>(&'a mut dyn CryptoRng);

impl rand_core_06::RngCore for Older<'_> {
    fn next_u32(&mut self) -> u32 {
        self.0.next_u32()
    }

    fn next_u64(&mut self) -> u64 {
        self.0.next_u64()
    }

    fn fill_bytes(&mut self, bytes: &mut [u8]) {
        self.0.fill_bytes(bytes);
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), rand_core_06::Error> {
        self.0.fill_bytes(bytes);
        Ok(())
    }
}

impl rand_core_06::CryptoRng for Older<'_> {}

#[cfg(test)]
mod tests {
    use offshift_wire::RelayId;
    use rand_chacha::ChaCha20Rng;
    use rand_core::SeedableRng;

    use super::*;

    fn rng() -> ChaCha20Rng {
        ChaCha20Rng::seed_from_u64(4)
    }

    fn identity() -> ReceiptKey {
        ReceiptKey::from_seed(&[5; 32])
    }

    fn issuer(period: u32) -> Issuer {
        let seed = IssuerSeed::from_bytes(Zeroizing::new([6; 32]));
        Issuer::new(&seed, Period(period), &identity()).unwrap()
    }

    fn connection(exporter: u8) -> Binding {
        Binding::new(RelayId::from_bytes([1; 32]), [exporter; 32])
    }

    fn bought() -> (Issuer, Vec<Unspent>) {
        let (issuer, mut rng) = (issuer(2_900), rng());
        let order = Order::new(&mut rng).unwrap();
        let issued = issuer.issue(&mut rng, order.blinded()).unwrap();
        let now = Period(2_900).begins().plus_ms(1);
        let tokens = order.finish(&issued, &identity().public(), now).unwrap();
        (issuer, tokens)
    }

    #[test]
    fn os_tok_031_a_token_is_good_on_its_connection_for_its_issuer_only() {
        let (here, (issuer_here, tokens)) = (connection(1), bought());
        assert_eq!(tokens.len(), TOKEN_BATCH);
        let token = tokens[0].spend(&here);
        assert!(issuer_here.check(&token, &here) == Ok(SpentId::of(&token)), "the twin");
        assert_eq!(issuer_here.check(&token, &connection(2)), Err(BadToken), "another connection");
        assert_eq!(issuer(2_901).check(&token, &here), Err(BadToken), "another week");
        let other = Token { nonce: tokens[1].nonce, ..token };
        assert_eq!(issuer_here.check(&other, &here), Err(BadToken), "another's tag");
        let elsewhere = IssuerSeed::from_bytes(Zeroizing::new([7; 32]));
        let elsewhere = Issuer::new(&elsewhere, Period(2_900), &identity()).unwrap();
        assert_eq!(elsewhere.check(&token, &here), Err(BadToken), "another issuer");
    }

    #[test]
    fn os_tok_011_an_answer_that_proves_nothing_is_refused() {
        let (issuer_here, mut rng) = (issuer(2_900), rng());
        let (relay, now) = (identity().public(), Period(2_900).begins().plus_ms(7_200_000));
        let mut ask = |change: &dyn Fn(&mut Issued)| {
            let order = Order::new(&mut rng).unwrap();
            let mut issued = issuer_here.issue(&mut rng, order.blinded()).unwrap();
            change(&mut issued);
            order.finish(&issued, &relay, now).map(|tokens| tokens.len())
        };
        assert_eq!(ask(&|_| {}), Ok(TOKEN_BATCH), "the twin");
        assert_eq!(ask(&|issued| issued.proof[3] ^= 1), Err(BadBatch::Proof));
        assert_eq!(ask(&|issued| issued.evaluated.swap(0, 1)), Err(BadBatch::Proof));
        assert_eq!(ask(&|issued| issued.evaluated[0] = [0xff; 32]), Err(BadBatch::Proof));
        assert_eq!(ask(&|issued| issued.key.signature[0] ^= 1), Err(BadBatch::Key));
        assert_eq!(ask(&|issued| issued.key = *issuer(2_901).key()), Err(BadBatch::Key));
        // Evaluated by one key, and another one of the same relay is shown.
        let other = IssuerSeed::from_bytes(Zeroizing::new([7; 32]));
        let other = *Issuer::new(&other, Period(2_900), &identity()).unwrap().key();
        assert_eq!(ask(&|issued| issued.key = other), Err(BadBatch::Proof));
    }

    #[test]
    fn os_tok_010_an_issuer_key_is_that_of_its_seed_and_week() {
        let (one, same, next) = (issuer(2_900), issuer(2_900), issuer(2_901));
        assert!(one.key().key == same.key().key && one.key().key != next.key().key);
        let relay = identity().public();
        assert!(
            relay.signed_issuer(one.key())
                && !ReceiptKey::from_seed(&[1; 32]).public().signed_issuer(one.key())
        );
        assert!(!relay.signed_issuer(&IssuerKey { period: Period(2_901), ..*one.key() }));
    }

    #[test]
    fn an_unspent_token_survives_being_kept() {
        let (issuer, tokens) = bought();
        let kept = Unspent::decode(&tokens[0].encode()).unwrap();
        assert!(issuer.check(&kept.spend(&connection(1)), &connection(1)).is_ok());
        assert!(Unspent::decode(&tokens[0].encode()[1..]).is_err());
    }
}
