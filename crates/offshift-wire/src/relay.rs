//! Requests of a client and responses of a relay, valid by construction.
//!
//! A stream's first frame fixes what it carries:
//!
//! ```text
//! control  (first stream): Hello -> Hello, then Prove -> Granted, Release -> Released, in order
//! deposits              : Deposit -> Receipt, in order, any number in flight
//! fetch                 : Fetch -> Entry* CaughtUp Entry* ...
//! ```
//! Any request may be answered by Refused instead.

use bytes::{Bytes, BytesMut};
use prost::Message;

use crate::{
    Envelope, Life, Malformed, Position,
    code::{Refusal, Role},
    frame,
    limits::{CONTACT_BYTES_MAX, RELEASE_POSITIONS_MAX, SPEND_TOKENS_MAX},
    receipt::Receipt,
    token::{Credit, Issued, Redeem, Token},
    v1,
};

/// A mailbox descriptor as it travels; `offshift-access` gives it meaning.
pub type DescriptorBytes = [u8; 66];

/// A capability proof as it travels: an Ed25519 signature.
pub type ProofBytes = [u8; 64];

/// Names a granted capability on one connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CapabilityId(pub u32);

/// What a client asks of a relay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    /// First frame of a connection.
    Hello {
        /// The version that the client speaks.
        version: u32,
    },
    /// Ask for a capability.
    Prove {
        /// For what.
        role: Role,
        /// Of which mailbox.
        descriptor: DescriptorBytes,
        /// Signature by the descriptor's key for that role.
        proof: ProofBytes,
    },
    /// Append an envelope.
    Deposit {
        /// A deposit capability.
        capability: CapabilityId,
        /// How long to keep it.
        life: Life,
        /// What to keep.
        envelope: Envelope,
    },
    /// Read what lies behind a position.
    Fetch {
        /// A fetch capability.
        capability: CapabilityId,
        /// Entries up to and including this position are not sent.
        after: Position,
        /// Go on with entries as they come.
        follow: bool,
    },
    /// Delete entries of an inbox.
    Release {
        /// A fetch capability of a mailbox of kind inbox.
        capability: CapabilityId,
        /// Which, at most [`RELEASE_POSITIONS_MAX`].
        positions: Vec<Position>,
    },
    /// Buy a batch of tokens.
    Redeem(Redeem),
    /// Turn tokens into credit.
    Spend {
        /// At most [`SPEND_TOKENS_MAX`].
        tokens: Vec<Token>,
        /// A mailbox that shall have the credit, for whoever deposits there; else this connection has it.
        toward: Option<CapabilityId>,
    },
}

/// Who may deposit at a relay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Access {
    /// Whoever has a capability.
    #[default]
    Open,
    /// Whoever has credit besides.
    Tickets,
}

/// What a relay answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Response {
    /// Answer to Hello.
    Hello {
        /// The version that the relay will speak on this connection.
        version: u32,
        /// Who may deposit.
        access: Access,
        /// Whom to ask for a ticket, in the host's words: at most [`CONTACT_BYTES_MAX`].
        contact: String,
    },
    /// Answer to Prove.
    Granted {
        /// Its name on this connection.
        capability: CapabilityId,
    },
    /// Answer to Deposit: the envelope is durable.
    Receipt(Receipt),
    /// One entry of a fetch.
    Entry {
        /// Where it lies.
        position: Position,
        /// What lies there.
        envelope: Envelope,
    },
    /// Everything that was stored when the fetch was asked has been sent.
    CaughtUp,
    /// Answer to Release.
    Released,
    /// Answer to Redeem.
    Issued(Issued),
    /// Answer to Spend: the credit that there is now.
    Credited(Credit),
    /// Answer to any request: no.
    Refused(Refusal),
}

impl Request {
    /// Appends the request as one frame.
    pub fn put_frame(&self, out: &mut BytesMut) {
        frame::put(&v1::ClientFrame { kind: Some(self.clone().into()) }, out);
    }

    /// The request in a frame's body.
    ///
    /// # Errors
    /// [`Malformed`] naming the field that is wrong.
    pub fn decode(body: Bytes) -> Result<Self, Malformed> {
        v1::ClientFrame::decode(body)?.kind.ok_or(Malformed("request kind"))?.try_into()
    }
}

impl Response {
    /// The Hello of a relay that is open to all.
    pub const fn hello(version: u32) -> Self {
        Self::Hello { version, access: Access::Open, contact: String::new() }
    }

    /// Appends the response as one frame.
    pub fn put_frame(&self, out: &mut BytesMut) {
        frame::put(&v1::RelayFrame { kind: Some(self.clone().into()) }, out);
    }

    /// The response in a frame's body.
    ///
    /// # Errors
    /// [`Malformed`] naming the field that is wrong.
    pub fn decode(body: Bytes) -> Result<Self, Malformed> {
        v1::RelayFrame::decode(body)?.kind.ok_or(Malformed("response kind"))?.try_into()
    }
}

impl From<Request> for v1::client_frame::Kind {
    fn from(request: Request) -> Self {
        match request {
            Request::Hello { version } => {
                Self::Hello(v1::Hello { version, ..v1::Hello::default() })
            }
            Request::Prove { role, descriptor, proof } => Self::Prove(v1::Prove {
                role: u32::from(role.number()),
                descriptor: Bytes::copy_from_slice(&descriptor),
                proof: Bytes::copy_from_slice(&proof),
            }),
            Request::Deposit { capability, life, envelope } => Self::Deposit(v1::Deposit {
                capability: capability.0,
                life: u32::from(life.number()),
                envelope: envelope.into_bytes(),
            }),
            Request::Fetch { capability, after, follow } => {
                Self::Fetch(v1::Fetch { capability: capability.0, after: after.value(), follow })
            }
            Request::Release { capability, positions } => Self::Release(v1::Release {
                capability: capability.0,
                positions: positions.into_iter().map(Position::value).collect(),
            }),
            Request::Redeem(redeem) => Self::Redeem(redeem.into()),
            Request::Spend { tokens, toward } => Self::Spend(v1::Spend {
                tokens: tokens.iter().map(|t| Bytes::copy_from_slice(&t.encode())).collect(),
                toward: toward.map(|capability| capability.0),
            }),
        }
    }
}

impl TryFrom<v1::client_frame::Kind> for Request {
    type Error = Malformed;

    fn try_from(kind: v1::client_frame::Kind) -> Result<Self, Malformed> {
        use v1::client_frame::Kind;
        Ok(match kind {
            Kind::Hello(hello) => Self::Hello { version: hello.version },
            Kind::Prove(prove) => Self::Prove {
                role: prove.role.try_into()?,
                descriptor: exact(&prove.descriptor, "descriptor")?,
                proof: exact(&prove.proof, "proof")?,
            },
            Kind::Deposit(deposit) => Self::Deposit {
                capability: CapabilityId(deposit.capability),
                life: deposit.life.try_into()?,
                envelope: deposit.envelope.try_into()?,
            },
            Kind::Fetch(fetch) => Self::Fetch {
                capability: CapabilityId(fetch.capability),
                after: Position::new(fetch.after),
                follow: fetch.follow,
            },
            Kind::Release(release) => Self::Release {
                capability: CapabilityId(release.capability),
                positions: positions(&release.positions)?,
            },
            Kind::Redeem(redeem) => Self::Redeem(redeem.try_into()?),
            Kind::Spend(spend) => Self::Spend {
                tokens: tokens(&spend.tokens)?,
                toward: spend.toward.map(CapabilityId),
            },
        })
    }
}

impl From<Response> for v1::relay_frame::Kind {
    fn from(response: Response) -> Self {
        match response {
            Response::Hello { version, access, contact } => {
                let access = u32::from(access == Access::Tickets);
                Self::Hello(v1::Hello { version, access, contact })
            }
            Response::Granted { capability } => {
                Self::Granted(v1::Granted { capability: capability.0 })
            }
            Response::Receipt(receipt) => Self::Receipt(receipt.into()),
            Response::Entry { position, envelope } => Self::Entry(v1::Entry {
                position: position.value(),
                envelope: envelope.into_bytes(),
            }),
            Response::CaughtUp => Self::CaughtUp(v1::CaughtUp {}),
            Response::Released => Self::Released(v1::Released {}),
            Response::Issued(issued) => Self::Issued(issued.into()),
            Response::Credited(Credit(credit)) => Self::Credited(v1::Credited { credit }),
            Response::Refused(code) => Self::Refused(v1::Refused { code: code.number() }),
        }
    }
}

impl TryFrom<v1::relay_frame::Kind> for Response {
    type Error = Malformed;

    fn try_from(kind: v1::relay_frame::Kind) -> Result<Self, Malformed> {
        use v1::relay_frame::Kind;
        Ok(match kind {
            Kind::Hello(hello) => Self::Hello {
                version: hello.version,
                access: access(hello.access)?,
                contact: contact(hello.contact)?,
            },
            Kind::Granted(granted) => {
                Self::Granted { capability: CapabilityId(granted.capability) }
            }
            Kind::Receipt(receipt) => Self::Receipt(receipt.try_into()?),
            Kind::Entry(entry) => Self::Entry {
                position: Position::new(entry.position),
                envelope: entry.envelope.try_into()?,
            },
            Kind::CaughtUp(_) => Self::CaughtUp,
            Kind::Released(_) => Self::Released,
            Kind::Issued(issued) => Self::Issued(issued.try_into()?),
            Kind::Credited(credited) => Self::Credited(Credit(credited.credit)),
            Kind::Refused(refused) => Self::Refused(refused.code.try_into()?),
        })
    }
}

fn positions(values: &[u64]) -> Result<Vec<Position>, Malformed> {
    if values.is_empty() || values.len() > RELEASE_POSITIONS_MAX {
        return Err(Malformed("release positions"));
    }
    Ok(values.iter().copied().map(Position::new).collect())
}

fn tokens(values: &[Bytes]) -> Result<Vec<Token>, Malformed> {
    if values.is_empty() || values.len() > SPEND_TOKENS_MAX {
        return Err(Malformed("tokens"));
    }
    values.iter().map(|bytes| Token::decode(bytes)).collect()
}

fn access(number: u32) -> Result<Access, Malformed> {
    match number {
        0 => Ok(Access::Open),
        1 => Ok(Access::Tickets),
        _ => Err(Malformed("access")),
    }
}

/// One line, and no sign that moves a terminal's cursor: a person reads it.
fn contact(text: String) -> Result<String, Malformed> {
    let fits = text.len() <= CONTACT_BYTES_MAX && !text.chars().any(char::is_control);
    fits.then_some(text).ok_or(Malformed("contact"))
}

fn exact<const N: usize>(bytes: &[u8], field: &'static str) -> Result<[u8; N], Malformed> {
    bytes.try_into().map_err(|_| Malformed(field))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        SizeClass,
        limits::TOKEN_BATCH,
        token::{IssuerKey, Period, TicketId, TicketPath},
    };

    fn requests() -> Vec<Request> {
        let capability = CapabilityId(7);
        let envelope = Envelope::try_from(vec![3; SizeClass::K1.bytes()]).unwrap();
        vec![
            Request::Hello { version: 1 },
            Request::Prove { role: Role::Fetch, descriptor: [1; 66], proof: [2; 64] },
            Request::Deposit { capability, life: Life::D7, envelope },
            Request::Fetch { capability, after: Position::new(9), follow: true },
            Request::Release { capability, positions: vec![Position::new(1)] },
            Request::Redeem(Redeem {
                ticket: TicketId([1; 8]),
                path: TicketPath::default(),
                proof: [2; 32],
                blinded: Box::new([[3; 32]; TOKEN_BATCH]),
            }),
            Request::Spend {
                tokens: vec![Token::decode(&[4; 68]).unwrap()],
                toward: Some(capability),
            },
            Request::Spend { tokens: vec![Token::decode(&[4; 68]).unwrap(); 32], toward: None },
        ]
    }

    #[test]
    fn every_request_survives_its_own_encoding() {
        for request in requests() {
            let mut buffer = BytesMut::new();
            request.put_frame(&mut buffer);
            let body = frame::take(&mut buffer).unwrap().unwrap();
            assert_eq!(Request::decode(body).unwrap(), request);
            assert!(buffer.is_empty());
        }
    }

    #[test]
    fn every_answer_about_access_survives_its_own_encoding() {
        let key = IssuerKey { period: Period(7), key: [1; 32], signature: [2; 64] };
        let evaluated = Box::new([[3; 32]; TOKEN_BATCH]);
        let contact = "ask the office".to_owned();
        for response in [
            Response::Hello { version: 1, access: Access::Tickets, contact },
            Response::Issued(Issued { key, evaluated, proof: [4; 64] }),
            Response::Credited(Credit(9)),
            Response::Refused(Refusal::AllowanceUsed),
        ] {
            let mut buffer = BytesMut::new();
            response.put_frame(&mut buffer);
            let body = frame::take(&mut buffer).unwrap().unwrap();
            assert_eq!(Response::decode(body).unwrap(), response);
        }
    }

    #[test]
    fn a_contact_that_moves_the_cursor_is_malformed() {
        let hello = |contact: &str| {
            let hello = v1::Hello { version: 1, access: 0, contact: contact.to_owned() };
            let frame = v1::RelayFrame { kind: Some(v1::relay_frame::Kind::Hello(hello)) };
            Response::decode(frame.encode_to_vec().into())
        };
        assert!(hello("ask the office").is_ok());
        assert_eq!(hello("ask\u{1b}[2J"), Err(Malformed("contact")));
        assert_eq!(hello(&"x".repeat(CONTACT_BYTES_MAX + 1)), Err(Malformed("contact")));
    }

    #[test]
    fn a_deposit_of_another_size_is_malformed() {
        let frame = v1::ClientFrame {
            kind: Some(v1::client_frame::Kind::Deposit(v1::Deposit {
                capability: 0,
                life: 1,
                envelope: Bytes::from(vec![0; 1000]),
            })),
        };
        assert_eq!(Request::decode(frame.encode_to_vec().into()), Err(Malformed("envelope size")));
    }

    proptest! {
        #[test]
        fn decoding_any_bytes_never_panics(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = Request::decode(Bytes::from(bytes.clone()));
            let _ = Response::decode(Bytes::from(bytes));
        }
    }
}
