//! Tickets and tokens as they travel: what buys deposits at a relay that is not open to all (`proto/spec/tokens.md`).
//!
//! ```text
//! ticket --Redeem (32 blinded elements)--> relay --Issued--> 32 tokens --Spend, elsewhere--> credit --> deposits
//! ```
//! `offshift-access` gives the bytes their meaning.

use bytes::Bytes;

use crate::{
    Life, Malformed, SizeClass, UnixMillis,
    card::exact,
    limits::{CREDIT_PER_TOKEN, TICKET_STEPS_MAX, TOKEN_BATCH},
    v1,
};

const WEEK_MS: u64 = 7 * 24 * 3_600_000;
const HOUR_MS: u64 = 3_600_000;

/// An element of the group ristretto255 as it travels (RFC 9496, section 4.3.2).
pub type ElementBytes = [u8; 32];

/// A batch of elements, as many as every batch has.
pub type Batch = [ElementBytes; TOKEN_BATCH];

/// A week since 1970: a relay has one issuer key for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Period(pub u32);

impl Period {
    /// The one that it is now.
    pub fn at(now: UnixMillis) -> Self {
        Self(u32::try_from(now.0 / WEEK_MS).unwrap_or(u32::MAX))
    }

    /// When it begins.
    pub const fn begins(self) -> UnixMillis {
        UnixMillis(self.0 as u64 * WEEK_MS)
    }

    /// The one behind it.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }

    /// Whether tokens of it are taken in `now`: its own week and the one behind it (OS-TOK-012).
    pub fn is_spendable_in(self, now: Self) -> bool {
        self == now || self.next() == now
    }
}

/// Names a ticket at its relay.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TicketId(pub [u8; 8]);

/// One share made of a ticket or of another share.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Step {
    /// Random.
    pub id: [u8; 8],
    /// Whether shares may be made of it in turn.
    pub may_share: bool,
}

/// How a share was made from its ticket: at most [`TICKET_STEPS_MAX`] steps, only the last of which may not share.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct TicketPath(Vec<Step>);

impl TicketPath {
    /// The path with one more step; nothing when there may be none.
    pub fn then(&self, step: Step) -> Option<Self> {
        if !self.may_share() {
            return None;
        }
        Some(Self(self.0.iter().copied().chain([step]).collect()))
    }

    /// Whether a share may be made of what lies at its end.
    pub fn may_share(&self) -> bool {
        self.0.len() < TICKET_STEPS_MAX && self.0.last().is_none_or(|step| step.may_share)
    }

    /// From the ticket on.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// Its bytes: 9 for each step.
    pub fn encode(&self) -> Vec<u8> {
        let bytes = |step: &Step| [&step.id[..], &[u8::from(step.may_share)]].concat();
        self.0.iter().flat_map(bytes).collect()
    }

    /// The path with these bytes.
    ///
    /// # Errors
    /// [`Malformed`] when there is no such path.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        const BAD: Malformed = Malformed("path of a ticket");
        let (steps, rest) = bytes.as_chunks::<9>();
        if !rest.is_empty() {
            return Err(BAD);
        }
        steps.iter().try_fold(Self::default(), |path, [id @ .., flag]| {
            let may_share = match flag {
                0 => false,
                1 => true,
                _ => return Err(BAD),
            };
            path.then(Step { id: *id, may_share }).ok_or(BAD)
        })
    }
}

/// Asks for a batch.
#[derive(Clone, PartialEq, Eq)]
pub struct Redeem {
    /// By which ticket.
    pub ticket: TicketId,
    /// By which share of it.
    pub path: TicketPath,
    /// HMAC-SHA-256 by the share's secret.
    pub proof: [u8; 32],
    /// What is to be signed without being seen.
    pub blinded: Box<Batch>,
}

/// A batch.
#[derive(Clone, PartialEq, Eq)]
pub struct Issued {
    /// Under which key.
    pub key: IssuerKey,
    /// The evaluated elements.
    pub evaluated: Box<Batch>,
    /// DLEQ proof over all of them (RFC 9497, section 2.2).
    pub proof: [u8; 64],
}

/// A relay's word that it issues under this key in that period.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct IssuerKey {
    /// When.
    pub period: Period,
    /// The public key.
    pub key: ElementBytes,
    /// Ed25519 by the relay's identity key.
    pub signature: [u8; 64],
}

/// A token on the connection on which it is spent.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Of which issuer key.
    pub period: Period,
    /// The token's name, which only its holder has seen before.
    pub nonce: [u8; 32],
    /// Shows that its holder has the issuer's answer to the nonce. Good for this connection.
    pub tag: [u8; 32],
}

/// Bytes of a [`Token`].
pub const TOKEN_BYTES: usize = 68;

/// Credit for deposits: KiB times hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Credit(pub u64);

impl Credit {
    /// What one token buys.
    pub const TOKEN: Self = Self(CREDIT_PER_TOKEN);

    /// What a deposit of this size and life costs.
    pub const fn cost(size: SizeClass, life: Life) -> Self {
        let kib = (size.bytes() >> 10) as u64;
        Self(kib.saturating_mul(life.ms() / HOUR_MS))
    }

    /// Tokens that buy at least this.
    pub const fn tokens(self) -> u64 {
        self.0.div_ceil(CREDIT_PER_TOKEN)
    }

    /// Both together.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// What is left when `cost` is paid; nothing when it can't be.
    pub const fn minus(self, cost: Self) -> Option<Self> {
        match self.0.checked_sub(cost.0) {
            Some(left) => Some(Self(left)),
            None => None,
        }
    }
}

impl IssuerKey {
    /// Its bytes, for a checkpoint: an `IssuerKey` message.
    pub fn encode(&self) -> Vec<u8> {
        prost::Message::encode_to_vec(&v1::IssuerKey::from(*self))
    }

    /// The statement with these bytes. Whether the relay signed it is for `offshift-access` to say.
    ///
    /// # Errors
    /// [`Malformed`] naming the field that is wrong.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        <v1::IssuerKey as prost::Message>::decode(bytes)?.try_into()
    }
}

impl Token {
    /// Its bytes.
    pub fn encode(&self) -> [u8; TOKEN_BYTES] {
        let mut bytes = [0; TOKEN_BYTES];
        let parts = [&self.period.0.to_be_bytes()[..], &self.nonce, &self.tag].concat();
        bytes.iter_mut().zip(parts).for_each(|(to, from)| *to = from);
        bytes
    }

    /// The token with these bytes.
    ///
    /// # Errors
    /// [`Malformed`] when they are too many or too few.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        const BAD: Malformed = Malformed("token");
        let (period, rest) = bytes.split_first_chunk::<4>().ok_or(BAD)?;
        let (nonce, tag) = rest.split_first_chunk::<32>().ok_or(BAD)?;
        let tag = tag.try_into().map_err(|_| BAD)?;
        Ok(Self { period: Period(u32::from_be_bytes(*period)), nonce: *nonce, tag })
    }
}

macro_rules! unshown {
    ($($name:ident)*) => { $(
        /// Shows no byte of it (N7).
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(..)"))
            }
        }
    )* };
}

unshown! { TicketId Step TicketPath Redeem Issued IssuerKey Token }

fn batch(bytes: &[u8], field: &'static str) -> Result<Box<Batch>, Malformed> {
    let (elements, rest) = bytes.as_chunks::<32>();
    let elements: Option<Batch> = elements.try_into().ok().filter(|_| rest.is_empty());
    elements.map(Box::new).ok_or(Malformed(field))
}

impl From<Redeem> for v1::Redeem {
    fn from(redeem: Redeem) -> Self {
        Self {
            ticket: Bytes::copy_from_slice(&redeem.ticket.0),
            path: redeem.path.encode().into(),
            proof: Bytes::copy_from_slice(&redeem.proof),
            blinded: Bytes::copy_from_slice(redeem.blinded.as_flattened()),
        }
    }
}

impl TryFrom<v1::Redeem> for Redeem {
    type Error = Malformed;

    fn try_from(redeem: v1::Redeem) -> Result<Self, Malformed> {
        Ok(Self {
            ticket: TicketId(exact(&redeem.ticket, "ticket")?),
            path: TicketPath::decode(&redeem.path)?,
            proof: exact(&redeem.proof, "proof of a ticket")?,
            blinded: batch(&redeem.blinded, "blinded elements")?,
        })
    }
}

impl From<Issued> for v1::Issued {
    fn from(issued: Issued) -> Self {
        Self {
            key: Some(issued.key.into()),
            evaluated: Bytes::copy_from_slice(issued.evaluated.as_flattened()),
            proof: Bytes::copy_from_slice(&issued.proof),
        }
    }
}

impl TryFrom<v1::Issued> for Issued {
    type Error = Malformed;

    fn try_from(issued: v1::Issued) -> Result<Self, Malformed> {
        Ok(Self {
            key: issued.key.ok_or(Malformed("issuer key"))?.try_into()?,
            evaluated: batch(&issued.evaluated, "evaluated elements")?,
            proof: exact(&issued.proof, "proof of a batch")?,
        })
    }
}

impl From<IssuerKey> for v1::IssuerKey {
    fn from(key: IssuerKey) -> Self {
        Self {
            period: key.period.0,
            key: Bytes::copy_from_slice(&key.key),
            signature: Bytes::copy_from_slice(&key.signature),
        }
    }
}

impl TryFrom<v1::IssuerKey> for IssuerKey {
    type Error = Malformed;

    fn try_from(key: v1::IssuerKey) -> Result<Self, Malformed> {
        Ok(Self {
            period: Period(key.period),
            key: exact(&key.key, "issuer key")?,
            signature: exact(&key.signature, "signature of an issuer key")?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(id: u8, may_share: bool) -> Step {
        Step { id: [id; 8], may_share }
    }

    #[test]
    fn os_tok_021_a_path_ends_where_it_may_not_be_shared() {
        let path = TicketPath::default().then(step(1, true)).unwrap();
        assert!(path.then(step(2, false)).unwrap().then(step(3, true)).is_none());
        let long = path.then(step(2, true)).unwrap().then(step(3, true)).unwrap();
        assert!(!long.may_share() && long.then(step(4, false)).is_none());
        assert!(TicketPath::decode(&long.encode()).unwrap() == long);
        let mut bytes = path.encode();
        bytes[8] = 2;
        assert!(TicketPath::decode(&bytes).is_err() && TicketPath::decode(&bytes[1..]).is_err());
    }

    #[test]
    fn os_tok_012_tokens_are_good_for_their_week_and_the_next() {
        let week = Period(2_900);
        assert_eq!(Period::at(week.begins()), week);
        assert_eq!(Period::at(UnixMillis(week.begins().0 - 1)), Period(2_899));
        assert!(week.is_spendable_in(week) && week.is_spendable_in(Period(2_901)));
        assert!(!week.is_spendable_in(Period(2_902)) && !week.is_spendable_in(Period(2_899)));
    }

    #[test]
    fn os_tok_030_a_token_buys_the_largest_envelope_for_a_week() {
        assert_eq!(Credit::cost(SizeClass::K256, Life::D7), Credit::TOKEN);
        assert_eq!(Credit::cost(SizeClass::K4, Life::H1), Credit(4));
        assert_eq!(Credit(1).tokens(), 1);
        assert_eq!(Credit::TOKEN.plus(Credit(1)).tokens(), 2);
        assert_eq!(Credit(4).minus(Credit(5)), None);
    }

    #[test]
    fn a_token_survives_its_bytes() {
        let token = Token { period: Period(7), nonce: [1; 32], tag: [2; 32] };
        assert!(Token::decode(&token.encode()).unwrap() == token);
        assert!(Token::decode(&token.encode()[1..]).is_err());
    }
}
