//! Every way to end badly: a code, one plain sentence, the next command.

use std::process::ExitCode;

use offshift_client::{Blame, ClientError, LinkError, VaultError};
use serde_json::json;

use crate::{plain, screen::Screen};

const PERSON: u8 = 1;
const DEFECT: u8 = 2;
const OUTSIDE: u8 = 3;
const TRUST: u8 = 4;

/// Wrong usage.
pub(crate) const USAGE: u8 = 64;

/// Why a command failed.
#[derive(Debug)]
pub(crate) struct Failure {
    code: u8,
    sentence: String,
    next: String,
}

impl Failure {
    /// Something that the person can fix, and how.
    pub(crate) fn fixable(sentence: impl Into<String>, next: impl Into<String>) -> Self {
        Self { code: PERSON, sentence: sentence.into(), next: next.into() }
    }

    /// The network or the disk.
    pub(crate) fn outside(sentence: impl Into<String>, next: impl Into<String>) -> Self {
        Self { code: OUTSIDE, sentence: sentence.into(), next: next.into() }
    }

    /// Somebody may be in between.
    pub(crate) fn trust(sentence: impl Into<String>, next: impl Into<String>) -> Self {
        Self { code: TRUST, sentence: sentence.into(), next: next.into() }
    }

    /// A defect of this program.
    pub(crate) fn defect(sentence: impl Into<String>) -> Self {
        Self { code: DEFECT, sentence: sentence.into(), next: "offshift --version".into() }
    }

    /// Prints it to the error output and gives the exit code.
    pub(crate) fn show(&self, screen: &Screen) -> ExitCode {
        if screen.is_json() {
            let (error, next) = (&self.sentence, &self.next);
            let object = json!({ "error": error, "next": next, "code": self.code });
            eprintln!("{}", plain::json(&object));
        } else {
            eprintln!("offshift: {}. Next: {}", self.sentence, self.next);
        }
        ExitCode::from(self.code)
    }
}

pub(crate) fn no_runtime() -> Failure {
    Failure::outside("the system gave no resources to run", "close other programs, then try again")
}

impl From<ClientError> for Failure {
    fn from(error: ClientError) -> Self {
        let code = match error.blame() {
            Blame::Person => PERSON,
            Blame::Program => DEFECT,
            Blame::Outside => OUTSIDE,
            Blame::Trust => TRUST,
        };
        Self { code, sentence: error.to_string(), next: next(&error).to_owned() }
    }
}

/// The command that helps.
const fn next(error: &ClientError) -> &'static str {
    match error {
        ClientError::Vault(error) => next_for_profile(error),
        ClientError::Link(LinkError::Identity) => {
            "use another network, for instance mobile data, then run the same command"
        }
        ClientError::Link(_) => "run the same command again; what waits is kept",
        ClientError::BadTicket(_) => "offshift relay ticket CODE, with all of the code in quotes",
        ClientError::BadLink(_)
        | ClientError::NoRelay
        | ClientError::OtherRelay
        | ClientError::UnknownRelay => "offshift relay add offshift://...",
        ClientError::BadHandle => "offshift start --handle NAME",
        ClientError::BadRoomName => "offshift room found NAME --with HANDLE",
        ClientError::BadText => "offshift send ROOM TEXT",
        ClientError::BadCode(_)
        | ClientError::UnknownMeeting
        | ClientError::NoWords
        | ClientError::MeetingOver(_)
        | ClientError::ContactUsed
        | ClientError::UnknownContact => "offshift meet show",
        ClientError::UnknownRoom => "offshift room list",
        ClientError::UnknownMember => "offshift members ROOM",
        ClientError::Refused(_) => "offshift members ROOM, offshift policy show ROOM",
        ClientError::UnknownApplicant => "offshift room applicants ROOM",
        ClientError::Objections(_) => {
            "offshift room applicants ROOM, then the same command with --despite-objections"
        }
        ClientError::UnknownMotion | ClientError::BadTerm(_) => "offshift policy show ROOM",
        ClientError::BadDeviceCode(_) => "offshift phone link ROOM, on your other phone",
        ClientError::BadNote => "offshift note ROOM PERSON TEXT",
        ClientError::CardUsed => "offshift meet show",
        _ => "offshift --help",
    }
}

const fn next_for_profile(error: &VaultError) -> &'static str {
    match error {
        VaultError::Missing => "offshift start",
        VaultError::Exists => "offshift --profile OTHER start",
        VaultError::InUse => "close it there, then run the same command",
        VaultError::Damaged | VaultError::NotAVault | VaultError::Full => {
            "offshift --profile OTHER start"
        }
        VaultError::Bug(_) => "offshift --version",
        _ => "run the same command again",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exit_codes_are_by_blame() {
        let code = |error: ClientError| Failure::from(error).code;
        assert_eq!(code(ClientError::UnknownRoom), PERSON);
        assert_eq!(code(ClientError::Vault(VaultError::WrongPassphrase)), PERSON);
        assert_eq!(code(ClientError::Bug("")), DEFECT);
        assert_eq!(code(ClientError::Link(LinkError::Unreachable)), OUTSIDE);
        assert_eq!(code(ClientError::Link(LinkError::Identity)), TRUST);
    }
}
