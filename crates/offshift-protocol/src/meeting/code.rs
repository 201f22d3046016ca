//! The codes that one shows and the other scans or types (OS-MEE-001): one type for each purpose, so that neither is
//! taken for the other.
//!
//! ```text
//! offshift:meet: | offshift:device: base32( version || secret (16) || ends (4, tens of seconds) || relay id (32) || port (2) || host || CRC-32C )
//! ```

use std::{fmt, str::FromStr};

use offshift_wire::{
    RelayId, UnixMillis,
    limits::{CODE_TEXT_MAX, LINK_TEXT_MAX},
    link::RelayLink,
    text,
};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::{card::Purpose, limits::MEETING_CLOCK_SLACK_MS};

const VERSION: u8 = 1;
const TICK_MS: u64 = 10_000;

/// A one-time code to meet: where, and a secret. Whoever holds it can try to meet; nobody is admitted by it.
pub struct MeetingCode {
    purpose: Purpose,
    relay: RelayLink,
    secret: Zeroizing<[u8; 16]>,
    ends: u32,
}

/// The same for two devices of one person.
pub struct DeviceCode(pub(super) MeetingCode);

/// A code of either purpose, in a record of this device's own.
pub(super) struct AnyCode(pub(super) MeetingCode);

/// What is wrong with a code for meeting somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadCode {
    /// A relay's link.
    #[error(
        "this is the link of a relay, not a code for meeting somebody; add it with: offshift relay add"
    )]
    RelayLink,
    /// A code for linking a second device of the same person.
    #[error(
        "this is a code for linking your own device, not for meeting somebody; ask for a meeting code"
    )]
    Device,
    /// An operator's ticket.
    #[error(
        "this is a ticket for a relay, not a code for meeting somebody; ask for a meeting code"
    )]
    Ticket,
    /// Another code of Offshift's.
    #[error("this is a code for something else, not for meeting somebody; ask for a meeting code")]
    OtherPurpose,
    /// Some other text.
    #[error("this is not a code for meeting somebody; such a code starts with offshift:meet:")]
    Foreign,
    /// A later version made it.
    #[error("this code is from a newer version; update this program, then ask for a new code")]
    Incompatible,
    /// Letters are missing or wrong.
    #[error("this code is damaged or cut short; scan it again or ask for a new code")]
    Damaged,
    /// It is too old.
    #[error("this code is too old; ask for a new code")]
    Expired,
}

/// What is wrong with a code for linking an own device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadDeviceCode {
    /// A code for meeting somebody.
    #[error(
        "this is a code for meeting somebody, not for linking your own device; show one with: phone link"
    )]
    Meeting,
    /// Another code or link of Offshift's.
    #[error("this is a code for something else; show one on your other device with: phone link")]
    OtherPurpose,
    /// Some other text.
    #[error("this is not a code for linking a device; such a code starts with offshift:device:")]
    Foreign,
    /// A later version made it.
    #[error("this code is from a newer version; update this program, then show a new code")]
    Incompatible,
    /// Letters are missing or wrong.
    #[error("this code is damaged or cut short; scan it again or show a new code")]
    Damaged,
    /// It is too old.
    #[error("this code is too old; show a new code on your other device")]
    Expired,
}

/// Other codes and links of Offshift's, by how they begin (OS-MEE-002).
const OTHERS: [(&str, BadCode); 4] = [
    ("offshift://", BadCode::RelayLink),
    ("offshift:device:", BadCode::Device),
    ("offshift:ticket:", BadCode::Ticket),
    ("offshift:", BadCode::OtherPurpose),
];

impl MeetingCode {
    /// A fresh code that ends at `ends`.
    pub(super) fn generate(
        rng: &mut dyn CryptoRng,
        purpose: Purpose,
        relay: RelayLink,
        ends: UnixMillis,
    ) -> Self {
        let mut secret = Zeroizing::new([0; 16]);
        rng.fill_bytes(&mut *secret);
        // Rounded up, so that the code never looks dead before it is. 32 bits last until the year 3331.
        let ends = u32::try_from(ends.0.div_ceil(TICK_MS)).unwrap_or(u32::MAX);
        Self { purpose, relay, secret, ends }
    }

    /// What it is for.
    pub const fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// The relay where to meet.
    pub const fn relay(&self) -> &RelayLink {
        &self.relay
    }

    pub(super) fn secret(&self) -> &[u8; 16] {
        &self.secret
    }

    /// The text for a QR code: capitals, so that QR's alphanumeric mode holds it in fewer modules.
    pub fn to_qr_text(&self) -> Zeroizing<String> {
        Zeroizing::new(format!("{}{}", prefix(self.purpose), self.payload()).to_ascii_uppercase())
    }

    /// Whether a scanner can know that the code is too old. The shower's device decides (OS-MEE-012): this
    /// device's clock may be wrong, so it refuses only what is dead by a margin.
    pub(super) fn is_surely_dead(&self, now: UnixMillis) -> bool {
        let ends = UnixMillis(u64::from(self.ends).saturating_mul(TICK_MS));
        now > ends.plus_ms(MEETING_CLOCK_SLACK_MS)
    }

    fn payload(&self) -> String {
        let mut bytes = Zeroizing::new(Vec::with_capacity(LINK_TEXT_MAX));
        bytes.push(VERSION);
        bytes.extend_from_slice(&*self.secret);
        bytes.extend_from_slice(&self.ends.to_be_bytes());
        bytes.extend_from_slice(self.relay.relay().as_bytes());
        bytes.extend_from_slice(&self.relay.port().to_be_bytes());
        bytes.extend_from_slice(self.relay.host().as_bytes());
        text::encode(prefix(self.purpose), &bytes)
    }

    fn from_payload(purpose: Purpose, payload: &[u8]) -> Option<Self> {
        let (_, rest) = payload.split_first()?;
        let (secret, rest) = rest.split_first_chunk()?;
        let (ends, rest) = rest.split_first_chunk()?;
        let (relay, rest) = rest.split_first_chunk()?;
        let (port, host) = rest.split_first_chunk()?;
        let host = std::str::from_utf8(host).ok()?;
        let relay = RelayId::from_bytes(*relay);
        let relay = RelayLink::new(host, u16::from_be_bytes(*port), relay).ok()?;
        let (secret, ends) = (Zeroizing::new(*secret), u32::from_be_bytes(*ends));
        Some(Self { purpose, relay, secret, ends })
    }

    /// None: it does not begin as codes of this purpose do.
    fn parse(purpose: Purpose, code: &str) -> Option<Result<Self, BadCode>> {
        let prefix = prefix(purpose);
        let payload = strip(code.trim(), prefix)?;
        if code.len() > CODE_TEXT_MAX {
            return Some(Err(BadCode::Damaged));
        }
        let bytes = text::decode(prefix, payload).map(Zeroizing::new).unwrap_or_default();
        Some(match bytes.first() {
            Some(&VERSION) => Self::from_payload(purpose, &bytes).ok_or(BadCode::Damaged),
            Some(_) => Err(BadCode::Incompatible),
            None => Err(BadCode::Damaged),
        })
    }
}

/// The code as people type it: groups of four joined by '-'.
impl fmt::Display for MeetingCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(prefix(self.purpose))?;
        for (at, letter) in self.payload().chars().enumerate() {
            if at > 0 && at % 4 == 0 {
                f.write_str("-")?;
            }
            write!(f, "{letter}")?;
        }
        Ok(())
    }
}

impl FromStr for MeetingCode {
    type Err = BadCode;

    fn from_str(code: &str) -> Result<Self, BadCode> {
        Self::parse(Purpose::Meet, code).unwrap_or_else(|| Err(name_of(code.trim())))
    }
}

impl FromStr for DeviceCode {
    type Err = BadDeviceCode;

    fn from_str(code: &str) -> Result<Self, BadDeviceCode> {
        match MeetingCode::parse(Purpose::Device, code) {
            Some(Ok(code)) => Ok(Self(code)),
            Some(Err(BadCode::Incompatible)) => Err(BadDeviceCode::Incompatible),
            Some(Err(_)) => Err(BadDeviceCode::Damaged),
            None if strip(code.trim(), prefix(Purpose::Meet)).is_some() => {
                Err(BadDeviceCode::Meeting)
            }
            None if name_of(code.trim()) == BadCode::Foreign => Err(BadDeviceCode::Foreign),
            None => Err(BadDeviceCode::OtherPurpose),
        }
    }
}

impl FromStr for AnyCode {
    type Err = BadCode;

    fn from_str(code: &str) -> Result<Self, BadCode> {
        let codes = [Purpose::Meet, Purpose::Device];
        let found = codes.into_iter().find_map(|purpose| MeetingCode::parse(purpose, code));
        found.unwrap_or(Err(BadCode::Foreign)).map(Self)
    }
}

const fn prefix(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Meet => "offshift:meet:",
        Purpose::Device => "offshift:device:",
    }
}

/// What a text that is no meeting code is.
fn name_of(code: &str) -> BadCode {
    let known = OTHERS.iter().find(|(prefix, _)| strip(code, prefix).is_some());
    known.map_or(BadCode::Foreign, |(_, bad)| *bad)
}

/// What follows a prefix, in capitals or not.
fn strip<'a>(code: &'a str, prefix: &str) -> Option<&'a str> {
    let (head, rest) = code.split_at_checked(prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PREFIX: &str = prefix(Purpose::Meet);

    fn code() -> MeetingCode {
        let relay = RelayLink::new("relay.example", 4433, RelayId::from_bytes([9; 32])).unwrap();
        let purpose = Purpose::Meet;
        MeetingCode { purpose, relay, secret: Zeroizing::new([7; 16]), ends: 179_000_000 }
    }

    fn same(one: &MeetingCode, other: &MeetingCode) -> bool {
        one.relay == other.relay && one.secret == other.secret && one.ends == other.ends
    }

    #[test]
    fn os_mee_001_a_code_survives_typing_scanning_and_spaces() {
        let typed = code().to_string();
        for text in [
            typed.clone(),
            code().to_qr_text().to_string(),
            typed.replace('-', " "),
            format!("  {}\n", typed.to_uppercase()),
        ] {
            assert!(same(&text.parse().ok().unwrap(), &code()));
        }
    }

    #[test]
    fn os_mee_002_a_code_of_another_purpose_is_refused_by_its_name() {
        let payload = code().payload();
        let relay = code().relay.to_string();
        let cases = [
            (relay, BadCode::RelayLink),
            (format!("offshift:device:{payload}"), BadCode::Device),
            (format!("OFFSHIFT:TICKET:{payload}"), BadCode::Ticket),
            (format!("offshift:later:{payload}"), BadCode::OtherPurpose),
            (payload, BadCode::Foreign),
            (String::new(), BadCode::Foreign),
        ];
        for (text, bad) in cases {
            assert_eq!(text.parse::<MeetingCode>().err(), Some(bad));
        }
        assert!(code().to_string().parse::<MeetingCode>().is_ok(), "the twin");
    }

    #[test]
    fn os_mee_002_a_payload_of_another_purpose_under_our_prefix_is_damaged() {
        let payload = text::encode("offshift:device:", b"any payload of a link to a device");
        let text = format!("{PREFIX}{payload}");
        assert_eq!(text.parse::<MeetingCode>().err(), Some(BadCode::Damaged));
    }

    #[test]
    fn a_code_of_a_later_version_says_so() {
        let text = format!("{PREFIX}{}", text::encode(PREFIX, &[2, 0, 0]));
        assert_eq!(text.parse::<MeetingCode>().err(), Some(BadCode::Incompatible));
    }

    #[test]
    fn os_mee_012_a_scanner_with_a_wrong_clock_is_not_turned_away() {
        let ends = UnixMillis(1_790_000_000_000);
        let code = MeetingCode { ends: 179_000_000, ..code() };
        assert!(!code.is_surely_dead(UnixMillis(0)));
        assert!(!code.is_surely_dead(ends.plus_ms(MEETING_CLOCK_SLACK_MS)));
        assert!(code.is_surely_dead(ends.plus_ms(MEETING_CLOCK_SLACK_MS + 1)));
    }

    proptest! {
        #[test]
        fn any_text_parses_or_is_refused(text in ".{0,300}") {
            let _ = text.parse::<MeetingCode>();
            let _ = format!("{PREFIX}{text}").parse::<MeetingCode>();
        }
    }
}
