//! How everyone who ever was in a room came in, and what became of them.
//!
//! The policy in the group context has the hash of these bytes; they travel in the Welcome. Decoding says only
//! that the rows are well formed: what they must mean is the protocol crate's to check.

use bytes::Bytes;
use prost::Message as _;

use crate::{
    Malformed, UnixMillis,
    card::exact,
    id::MemberId,
    limits::{STANDING_ROWS_MAX, VOUCHES_MAX},
    room::canonical,
    v1,
};

const VERSION: u32 = 1;

/// The place of a row in the standing of a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RowNumber(pub u32);

/// Everyone who ever was in a room. Rows stay for ever.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Standing {
    /// By number.
    pub rows: Vec<Row>,
}

/// One member, or one who was.
#[derive(Clone, PartialEq, Eq)]
pub struct Row {
    /// The member's key in this room.
    pub key: MemberId,
    /// When the commit that added the member was signed.
    pub joined_at: UnixMillis,
    /// What became of the member.
    pub state: State,
    /// When the commit that removed the member was signed.
    pub left_at: Option<UnixMillis>,
    /// How the member came in.
    pub origin: Origin,
}

/// What became of a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// In the room.
    Member,
    /// This device was stopped; its owner is trusted as before.
    Stopped,
    /// Severed or recalled: denied.
    Severed,
    /// Was severed; two organizers lifted that.
    Lifted,
}

/// How a member came in.
#[derive(Clone, PartialEq, Eq)]
pub enum Origin {
    /// With the founding: the root of a branch.
    Founder,
    /// By vouches.
    Vouched {
        /// The founder's row: the branch of the first voucher.
        branch: RowNumber,
        /// Vouches that the admission needed.
        needed: u32,
        /// Who vouched.
        vouchers: Vec<Voucher>,
    },
    /// As another device of a member.
    Device {
        /// The row of the person's first device.
        of: RowNumber,
    },
}

/// One vouch that was used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Voucher {
    /// Whose.
    pub by: RowNumber,
    /// How they met.
    pub method: Method,
    /// When the commit that used it was signed.
    pub at: UnixMillis,
}

/// How two people met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// Face to face.
    InPerson,
    /// In a call in which they knew each other's voice or face.
    Call,
}

impl Method {
    /// Its number.
    pub const fn number(self) -> u8 {
        match self {
            Self::InPerson => 1,
            Self::Call => 2,
        }
    }

    pub(crate) fn of_number(number: i32) -> Result<Self, Malformed> {
        match number {
            1 => Ok(Self::InPerson),
            2 => Ok(Self::Call),
            _ => Err(Malformed("method")),
        }
    }
}

impl Standing {
    /// Its bytes.
    pub fn encode(&self) -> Vec<u8> {
        let rows = self.rows.iter().map(v1::Row::from).collect();
        v1::Standing { version: VERSION, rows }.encode_to_vec()
    }

    /// The standing with these bytes, in their one encoding.
    ///
    /// # Errors
    /// [`Malformed`] naming the field that is wrong.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let standing = v1::Standing::decode(bytes)?;
        if standing.version != VERSION || standing.rows.len() > STANDING_ROWS_MAX {
            return Err(Malformed("standing"));
        }
        let rows = standing.rows.into_iter().map(Row::try_from).collect::<Result<_, _>>()?;
        let standing = Self { rows };
        canonical(standing.encode() == bytes)?;
        Ok(standing)
    }
}

impl From<&Row> for v1::Row {
    fn from(row: &Row) -> Self {
        use v1::row::Origin as Wire;
        let origin = match &row.origin {
            Origin::Founder => Wire::Founder(v1::FounderOrigin {}),
            Origin::Vouched { branch, needed, vouchers } => Wire::Vouched(v1::VouchedOrigin {
                branch: branch.0,
                needed: *needed,
                vouchers: vouchers.iter().map(v1::Voucher::from).collect(),
            }),
            Origin::Device { of } => Wire::Device(v1::DeviceOrigin { of: of.0 }),
        };
        let state = match row.state {
            State::Member => v1::State::Member,
            State::Stopped => v1::State::Stopped,
            State::Severed => v1::State::Severed,
            State::Lifted => v1::State::Lifted,
        };
        Self {
            key: Bytes::copy_from_slice(row.key.as_bytes()),
            joined_at_ms: row.joined_at.0,
            state: state.into(),
            left_at_ms: row.left_at.map_or(0, |at| at.0),
            origin: Some(origin),
        }
    }
}

impl TryFrom<v1::Row> for Row {
    type Error = Malformed;

    fn try_from(row: v1::Row) -> Result<Self, Malformed> {
        use v1::row::Origin as Wire;
        let state = match row.state() {
            v1::State::Member => State::Member,
            v1::State::Stopped => State::Stopped,
            v1::State::Severed => State::Severed,
            v1::State::Lifted => State::Lifted,
            v1::State::Unspecified => return Err(Malformed("state")),
        };
        let origin = match row.origin.ok_or(Malformed("origin"))? {
            Wire::Founder(_) => Origin::Founder,
            Wire::Device(device) => Origin::Device { of: RowNumber(device.of) },
            Wire::Vouched(vouched) => Origin::Vouched {
                branch: RowNumber(vouched.branch),
                needed: vouched.needed,
                vouchers: vouchers(&vouched.vouchers)?,
            },
        };
        Ok(Self {
            key: MemberId::from_bytes(exact(&row.key, "row key")?),
            joined_at: UnixMillis(row.joined_at_ms),
            state,
            left_at: (row.left_at_ms != 0).then_some(UnixMillis(row.left_at_ms)),
            origin,
        })
    }
}

fn vouchers(list: &[v1::Voucher]) -> Result<Vec<Voucher>, Malformed> {
    if list.len() > VOUCHES_MAX {
        return Err(Malformed("vouchers"));
    }
    let voucher = |one: &v1::Voucher| {
        Ok(Voucher {
            by: RowNumber(one.by),
            method: Method::of_number(one.method)?,
            at: UnixMillis(one.at_ms),
        })
    };
    list.iter().map(voucher).collect()
}

impl From<&Voucher> for v1::Voucher {
    fn from(voucher: &Voucher) -> Self {
        Self { by: voucher.by.0, method: voucher.method.number().into(), at_ms: voucher.at.0 }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn standing() -> Standing {
        let row = |key, origin| Row {
            key: MemberId::from_bytes([key; 32]),
            joined_at: UnixMillis(7),
            state: State::Member,
            left_at: None,
            origin,
        };
        let voucher = Voucher { by: RowNumber(0), method: Method::InPerson, at: UnixMillis(9) };
        let vouched =
            Origin::Vouched { branch: RowNumber(0), needed: 2, vouchers: vec![voucher; 2] };
        Standing {
            rows: vec![
                row(1, Origin::Founder),
                row(2, vouched),
                Row {
                    state: State::Severed,
                    left_at: Some(UnixMillis(8)),
                    ..row(3, Origin::Device { of: RowNumber(0) })
                },
            ],
        }
    }

    #[test]
    fn a_standing_survives_being_written_and_read() {
        assert!(Standing::decode(&standing().encode()) == Ok(standing()));
    }

    #[test]
    fn a_second_encoding_of_the_same_standing_is_refused() {
        let longer = [standing().encode().as_slice(), &[0xfa, 0x01, 1, 0]].concat();
        assert!(Standing::decode(&longer).is_err());
    }

    proptest! {
        #[test]
        fn any_bytes_decode_or_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = Standing::decode(&bytes);
        }
    }
}
