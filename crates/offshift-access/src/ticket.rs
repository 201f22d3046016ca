//! Tickets: what a host gives to organizers, and they, in part, to those whom they bring in.
//!
//! ```text
//! share's secret = HMAC-SHA-256(secret it was made of, "offshift ticket share v1" || id || may share)
//! proof          = HMAC-SHA-256(secret, "offshift redeem v1" || connection || SHA-256(blinded elements))
//! code           = LINK#base32(version || ticket id || path || secret), with a checksum
//! ```
//! A share shows nothing of the secrets above it, so who has one uses up its own allowance alone. The relay keeps the
//! ticket's secret and works the shares' out. (The same idea as the caveats of macaroons, Birgisson et al., NDSS 2014.)
//!
//! Never: a secret in `Debug`.

use std::{fmt, str::FromStr};

use offshift_wire::{
    Malformed,
    link::RelayLink,
    text,
    token::{Batch, Redeem, Step, TicketId, TicketPath},
};
use rand_core::CryptoRng;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::{Binding, mac::mac};

const SHARE_LABEL: &[u8] = b"offshift ticket share v1";
const REDEEM_LABEL: &[u8] = b"offshift redeem v1";
const SEAT_LABEL: &[u8] = b"offshift ticket seat v1";
const VERSION: u8 = 1;
const SECRET: usize = 32;

/// A ticket, or a share of one. Whoever has its secret may use it. Zeroized when dropped.
pub struct Ticket {
    id: TicketId,
    path: TicketPath,
    secret: Zeroizing<[u8; SECRET]>,
}

/// By which a relay tells the shares of a ticket apart.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Seat(pub [u8; 16]);

/// A ticket and the link of its relay: what is printed.
pub struct TicketCode {
    /// Where it is good.
    pub link: RelayLink,
    /// What is good there.
    pub ticket: Ticket,
}

/// Shows no byte of it (N7).
impl fmt::Debug for Seat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Seat(..)")
    }
}

/// The proof is not by the ticket's secret, or not for this connection and batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the proof does not fit the ticket")]
pub struct BadProof;

impl Ticket {
    /// A new one.
    pub fn generate(rng: &mut dyn CryptoRng) -> Self {
        let (mut id, mut secret) = ([0; 8], Zeroizing::new([0; SECRET]));
        rng.fill_bytes(&mut id);
        rng.fill_bytes(&mut *secret);
        Self { id: TicketId(id), path: TicketPath::default(), secret }
    }

    /// Its name at the relay.
    pub const fn id(&self) -> TicketId {
        self.id
    }

    /// Whether shares may be made of it.
    pub fn may_share(&self) -> bool {
        self.path.may_share()
    }

    /// By which the relay tells it from other shares.
    pub fn seat(&self) -> Seat {
        let hash = Sha256::new().chain_update(SEAT_LABEL).chain_update(self.path.encode());
        let [half @ .., _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _] =
            <[u8; 32]>::from(hash.finalize());
        Seat(half)
    }

    /// A share for somebody else; nothing when none may be made (OS-TOK-021).
    pub fn share(&self, rng: &mut dyn CryptoRng, may_share: bool) -> Option<Self> {
        let mut id = [0; 8];
        rng.fill_bytes(&mut id);
        self.step(Step { id, may_share })
    }

    fn step(&self, step: Step) -> Option<Self> {
        let path = self.path.then(step)?;
        let parts: [&[u8]; 3] = [SHARE_LABEL, &step.id, &[u8::from(step.may_share)]];
        Some(Self { id: self.id, path, secret: Zeroizing::new(mac(&self.secret, &parts)) })
    }

    /// The share at the end of `path` below this ticket: what the relay works out.
    pub fn at(&self, path: &TicketPath) -> Option<Self> {
        let secret = self.secret.clone();
        let start = Self { id: self.id, path: self.path.clone(), secret };
        path.steps().iter().try_fold(start, |ticket, step| ticket.step(*step))
    }

    /// Asks for a batch on one connection.
    pub fn redeem(&self, blinded: &Batch, binding: &Binding) -> Redeem {
        let proof = self.proof(blinded, binding);
        Redeem { ticket: self.id, path: self.path.clone(), proof, blinded: Box::new(*blinded) }
    }

    /// Whether the asker has the secret of the share that it names, on this connection (OS-TOK-022).
    ///
    /// # Errors
    /// [`BadProof`].
    pub fn verify(&self, redeem: &Redeem, binding: &Binding) -> Result<Seat, BadProof> {
        let share = self.at(&redeem.path).filter(|share| share.id == redeem.ticket);
        let share = share.ok_or(BadProof)?;
        let proof = share.proof(&redeem.blinded, binding);
        bool::from(proof.ct_eq(&redeem.proof)).then(|| share.seat()).ok_or(BadProof)
    }

    fn proof(&self, blinded: &Batch, binding: &Binding) -> [u8; 32] {
        let hash: [u8; 32] = Sha256::digest(blinded.as_flattened()).into();
        mac(&self.secret, &[REDEEM_LABEL, &binding.bytes(), &hash])
    }

    /// The bytes to keep, or to seal for somebody: secret.
    pub fn encode(&self) -> Zeroizing<Vec<u8>> {
        let path = self.path.encode();
        Zeroizing::new([&[VERSION], &self.id.0[..], &*self.secret, &path].concat())
    }

    /// The ticket with these bytes.
    ///
    /// # Errors
    /// [`Malformed`] when there is none.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        const BAD: Malformed = Malformed("ticket");
        let rest = bytes.strip_prefix(&[VERSION]).ok_or(BAD)?;
        let (id, rest) = rest.split_first_chunk::<8>().ok_or(BAD)?;
        let (secret, path) = rest.split_first_chunk::<SECRET>().ok_or(BAD)?;
        let (secret, path) = (Zeroizing::new(*secret), TicketPath::decode(path)?);
        Ok(Self { id: TicketId(*id), path, secret })
    }
}

/// What is wrong with a ticket's code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadTicketCode {
    /// The part before `#` is no relay link.
    #[error(transparent)]
    Link(#[from] offshift_wire::link::BadLink),
    /// There is no `#`.
    #[error("this is a link without a ticket; a ticket has a # in it")]
    NoTicket,
    /// The part behind `#` is damaged.
    #[error("the ticket is damaged or cut short; copy or scan all of it again")]
    Damaged,
}

impl fmt::Display for TicketCode {
    /// Secret: for a screen or a page, never for a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let link = self.link.to_string();
        write!(f, "{link}#{}", text::encode(&link, &self.ticket.encode()))
    }
}

impl FromStr for TicketCode {
    type Err = BadTicketCode;

    fn from_str(code: &str) -> Result<Self, BadTicketCode> {
        let (link, ticket) = code.trim().split_once('#').ok_or(BadTicketCode::NoTicket)?;
        let link: RelayLink = link.parse()?;
        let bytes = text::decode(&link.to_string(), ticket).map_err(|_| BadTicketCode::Damaged)?;
        let ticket = Ticket::decode(&Zeroizing::new(bytes)).map_err(|_| BadTicketCode::Damaged)?;
        Ok(Self { link, ticket })
    }
}

#[cfg(test)]
mod tests {
    use offshift_wire::{RelayId, limits::TOKEN_BATCH};
    use rand_chacha::ChaCha20Rng;
    use rand_core::SeedableRng;

    use super::*;

    const BATCH: Batch = [[3; 32]; TOKEN_BATCH];

    fn rng() -> ChaCha20Rng {
        ChaCha20Rng::seed_from_u64(4)
    }

    fn connection(exporter: u8) -> Binding {
        Binding::new(RelayId::from_bytes([1; 32]), [exporter; 32])
    }

    #[test]
    fn os_tok_022_a_ticket_is_good_for_its_holder_batch_and_connection_only() {
        let (ticket, mut rng) = (Ticket::generate(&mut rng()), rng());
        let share = ticket.share(&mut rng, true).unwrap().share(&mut rng, false).unwrap();
        for one in [&ticket, &share] {
            let redeem = one.redeem(&BATCH, &connection(1));
            assert!(ticket.verify(&redeem, &connection(1)) == Ok(one.seat()), "the twin");
            assert!(ticket.verify(&redeem, &connection(2)).is_err(), "another connection");
            let other = Redeem { blinded: Box::new([[4; 32]; TOKEN_BATCH]), ..redeem.clone() };
            assert!(ticket.verify(&other, &connection(1)).is_err(), "another batch");
            let other =
                Redeem { path: TicketPath::default(), ..share.redeem(&BATCH, &connection(1)) };
            assert!(ticket.verify(&other, &connection(1)).is_err(), "a share for its ticket");
        }
    }

    #[test]
    fn os_tok_021_a_share_says_itself_whether_it_may_be_shared() {
        let (ticket, mut rng) = (Ticket::generate(&mut rng()), rng());
        let member = ticket.share(&mut rng, false).unwrap();
        assert!(member.share(&mut rng, false).is_none());
        // Who writes the flag over asks by a secret that the relay does not come to.
        let [step] = member.path.steps() else { panic!("one step") };
        let path = TicketPath::default().then(Step { may_share: true, ..*step }).unwrap();
        let lied = Ticket { path, id: member.id, secret: member.secret.clone() };
        assert!(ticket.verify(&lied.redeem(&BATCH, &connection(1)), &connection(1)).is_err());
        let redeem = member.redeem(&BATCH, &connection(1));
        assert!(ticket.verify(&redeem, &connection(1)).is_ok(), "the twin");
    }

    #[test]
    fn a_code_survives_being_printed_and_each_damage_has_its_name() {
        let link = RelayLink::new("relay.example", 4433, RelayId::from_bytes([9; 32])).unwrap();
        let ticket = Ticket::generate(&mut rng());
        let seat = ticket.share(&mut rng(), true).unwrap();
        for ticket in [ticket, seat] {
            let code = TicketCode { link: link.clone(), ticket };
            let text = code.to_string();
            let back: TicketCode = text.parse().unwrap();
            assert!(back.ticket.encode() == code.ticket.encode() && back.link == code.link);
            let cut = text[..text.len() - 1].parse::<TicketCode>();
            assert_eq!(cut.err(), Some(BadTicketCode::Damaged));
            let other = text.replace("relay.example", "relax.example").parse::<TicketCode>();
            assert!(matches!(other.err(), Some(BadTicketCode::Link(_))));
        }
        let bare = link.to_string().parse::<TicketCode>();
        assert_eq!(bare.err(), Some(BadTicketCode::NoTicket));
    }
}
