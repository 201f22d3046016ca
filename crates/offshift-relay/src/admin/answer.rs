//! What a host may ask a relay, and what it answers: the same over the socket, from the data directory, and as `--json`.

use std::{fmt, net::SocketAddr};

use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

use super::Day;

/// A question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Ask {
    /// How is it?
    Status,
    /// Make tickets.
    TicketNew {
        /// How many.
        count: u16,
        /// Shares of each, itself included, that may be used.
        seats: u16,
        /// Batches of tokens that each share may have a day.
        daily: u16,
        /// Days until it ends.
        days: u16,
    },
    /// Which tickets are there?
    TicketList,
    /// End a ticket.
    TicketRevoke {
        /// The first letters of its id.
        id: String,
    },
    /// Make tokens for the relay's own check.
    CheckTokens {
        /// How many.
        n: u8,
    },
    /// Read the settings file again.
    Reload,
    /// Hand over what a backup holds.
    Records,
    /// Who is it, and who was it before?
    Identity,
    /// Take a new identity; be the old one, too, for so long.
    IdentityRotate {
        /// Days.
        overlap_days: u16,
    },
    /// Stop being the old one.
    IdentityFinish,
}

/// An answer.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// To [`Ask::Status`].
    Status(Box<Status>),
    /// To [`Ask::TicketNew`].
    Printed(Vec<Printed>),
    /// To [`Ask::TicketList`].
    Tickets(Vec<TicketLine>),
    /// To [`Ask::CheckTokens`]: where to knock, and with what.
    Tokens {
        /// Where the relay listens.
        at: SocketAddr,
        /// Its link, as members have it.
        link: String,
        /// One-time tokens in base64; none where access is open.
        tokens: Vec<Secret>,
    },
    /// To [`Ask::Records`].
    Records(Vec<Record>),
    /// To [`Ask::Identity`] and the acts on it.
    Identity(Shown),
    /// It is done.
    Done,
    /// It is not done. One sentence with the next step.
    No(String),
}

/// Secret text on its way to the host. Serialized because the socket and the printed sheet are where it must go;
/// zeroized afterwards.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// Keeps this text.
    pub const fn new(text: String) -> Self {
        Self(text)
    }

    /// The text.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl Drop for Secret {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// One record of the relay's own: for a backup.
#[derive(Serialize, Deserialize)]
pub struct Record {
    /// Its key in the store.
    pub key: String,
    /// Its value in base64.
    pub value: Secret,
}

/// How a relay is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    /// What only a running one knows; nothing when it does not run.
    pub running: Option<Live>,
    /// Its link, when it ever had one.
    pub link: Option<String>,
    /// Who may deposit.
    pub access: Mode,
    /// Tickets that are good; only a running relay says so here.
    pub tickets_good: Option<u64>,
    /// Tickets that are over or were ended.
    pub tickets_over: Option<u64>,
    /// Envelopes held.
    pub envelopes: Rounded,
    /// Disk that they take, MB of 2^20 bytes, rounded up.
    pub disk_mb: u64,
    /// Disk that they may take.
    pub disk_mb_max: u64,
    /// What is not as it should be.
    pub troubles: Vec<Trouble>,
}

/// What a running relay says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Live {
    /// When it started, in seconds since 1970: the hour only.
    pub since: u64,
    /// Where it listens.
    pub listen: SocketAddr,
    /// Memory that it takes, MB of 2^20 bytes, rounded up to tens.
    pub memory_mb: u64,
    /// Memory that it may take.
    pub memory_mb_max: u64,
    /// What it does about that: calm, tight or full.
    pub pressure: String,
    /// Connections.
    pub connections: Rounded,
    /// Hours since the certificate of its connections was made.
    pub certificate_hours: u64,
    /// Its last message to itself.
    pub checked: Option<Checked>,
}

/// How the last message to itself went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checked {
    /// Minutes ago.
    pub minutes: u64,
    /// Whether it came back.
    pub passed: bool,
}

/// Who may deposit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Whoever has the link.
    Open,
    /// Whoever has a ticket, and whom they bring in.
    Tickets,
}

/// A number that could be somebody's: below ten it is not told, above in whole tens (OS-OPS-111).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Rounded(u64);

impl Rounded {
    /// Rounds down.
    pub const fn of(number: u64) -> Self {
        Self(number - number % 10)
    }

    /// The tens: 0 stands for "fewer than ten".
    pub const fn tens(self) -> u64 {
        self.0
    }
}

impl fmt::Display for Rounded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            0 => f.write_str("fewer than 10"),
            tens => write!(f, "about {tens}"),
        }
    }
}

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    /// It works, and could work better.
    Hint,
    /// It works; do something about it some day soon.
    Warning,
    /// Members are cut off, or will be very soon.
    Critical,
}

/// Something that is not as it should be, with the next step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    /// How bad.
    pub urgency: Urgency,
    /// One plain sentence.
    pub sentence: String,
}

/// A new ticket.
#[derive(Serialize, Deserialize)]
pub struct Printed {
    /// Its short name at the relay.
    pub id: String,
    /// What is printed: whoever has it can use it.
    pub code: Secret,
    /// Shares of it, itself included, that may be used.
    pub seats: u16,
    /// Batches a day for each.
    pub daily: u16,
    /// The last day on which it is good.
    pub until: Day,
}

/// A ticket as the host sees it later: the code is not kept in a readable way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketLine {
    /// Its short name at the relay.
    pub id: String,
    /// Shares that were used.
    pub seats_used: u16,
    /// Shares that may be.
    pub seats: u16,
    /// Batches a day for each.
    pub daily: u16,
    /// The day on which it was made.
    pub made: Day,
    /// The last day on which it is good.
    pub until: Day,
    /// Whether it is good.
    pub state: State,
}

/// Whether a ticket is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It is.
    Good,
    /// Its time is over.
    Over,
    /// The host ended it.
    Revoked,
}

/// A relay's identities.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// The link with the identity of now.
    pub link: String,
    /// The one before, while it lasts.
    pub before: Option<Before>,
    /// Whether a restart is needed until the link is true.
    pub restart: bool,
}

/// The identity before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Before {
    /// Its link.
    pub link: String,
    /// The last day on which the relay still answers to it.
    pub until: Day,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn os_ops_111_a_number_that_could_be_somebodys_is_told_in_tens_and_not_below_ten() {
        let told = |number| Rounded::of(number).to_string();
        assert_eq!([0, 1, 9].map(told), ["fewer than 10"; 3].map(str::to_owned));
        assert_eq!([10, 19, 127].map(told), ["about 10", "about 10", "about 120"]);
        let json = [3, 14].map(|number| serde_json::to_string(&Rounded::of(number)).unwrap());
        assert_eq!(json, ["0", "10"]);
    }

    #[test]
    fn an_ask_with_a_foreign_word_is_none() {
        let ask = serde_json::from_str::<Ask>(r#"{"check_tokens":{"n":1}}"#).unwrap();
        assert_eq!(ask, Ask::CheckTokens { n: 1 });
        for wrong in
            [r#"{"check_tokens":{"n":1,"m":2}}"#, r#""stat""#, r#"{"check_tokens":{"n":300}}"#]
        {
            assert!(serde_json::from_str::<Ask>(wrong).is_err());
        }
    }
}
