//! Every way to end badly: a code, one plain sentence, the next command.

use std::process::ExitCode;

use offshift_client::{Blame, ClientError, Detail, LinkError, VaultError, Why};
use serde_json::json;

use crate::{
    engine::{remote::Unusable, wire::RpcError},
    plain,
    screen::Screen,
    words::{self, Arg, say},
};

const PERSON: u8 = 1;
const DEFECT: u8 = 2;
pub(crate) const OUTSIDE: u8 = 3;
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
        Self { code: DEFECT, sentence: sentence.into(), next: say!("next-version") }
    }

    /// The running engine is locked.
    pub(crate) fn locked() -> Self {
        Self::fixable(say!("engine-is-locked"), say!("engine-is-locked-next"))
    }

    /// Prints it to the error output and gives the exit code.
    pub(crate) fn show(&self, screen: &Screen) -> ExitCode {
        if screen.is_json() {
            let (error, next) = (&self.sentence, &self.next);
            let object = json!({ "error": error, "next": next, "code": self.code });
            eprintln!("{}", plain::json(&object));
        } else {
            let (sentence, next) = (self.sentence.as_str(), self.next.as_str());
            eprintln!("{}", say!("failure-line", sentence = sentence, next_word = next));
        }
        ExitCode::from(self.code)
    }
}

pub(crate) fn no_runtime() -> Failure {
    Failure::outside(say!("failure-no-resources"), say!("failure-no-resources-next"))
}

impl From<Unusable> for Failure {
    fn from(why: Unusable) -> Self {
        match why {
            Unusable::Silent => Self::outside(say!("engine-silent"), say!("engine-silent-next")),
            Unusable::Foreign => Self::fixable(say!("engine-foreign"), say!("engine-foreign-next")),
            Unusable::OtherVersion => {
                Self::fixable(say!("engine-other-version"), say!("engine-other-version-next"))
            }
        }
    }
}

impl From<RpcError> for Failure {
    /// What the library did not say has the engine's own words, and its blame.
    fn from(error: RpcError) -> Self {
        match error.data.error {
            Some(error) => error.into(),
            None if error.is("locked") => Self::locked(),
            None => Self {
                code: exit_code(error.data.blame),
                sentence: words::of_kind("error-", &error.data.kind, &[])
                    .unwrap_or_else(|| plain::line(&error.message)),
                next: say!("next-help"),
            },
        }
    }
}

const fn exit_code(blame: Blame) -> u8 {
    match blame {
        Blame::Person => PERSON,
        Blame::Program => DEFECT,
        Blame::Outside => OUTSIDE,
        Blame::Trust => TRUST,
    }
}

impl From<ClientError> for Failure {
    fn from(error: ClientError) -> Self {
        let code = exit_code(error.blame());
        Self { code, sentence: sentence(&error), next: next(&error) }
    }
}

/// An error in the person's language, by its kind; a kind that has no words yet says itself in English.
pub(crate) fn sentence(error: &ClientError) -> String {
    let details = error.details();
    let args: Vec<(&str, Arg<'_>)> =
        details.iter().map(|(name, detail)| (*name, arg(name, detail))).collect();
    words::of_kind("error-", error.kind(), &args).unwrap_or_else(|| plain::line(&error.to_string()))
}

fn arg<'a>(name: &str, detail: &'a Detail) -> Arg<'a> {
    match detail {
        Detail::Number(number) => Arg::from(*number),
        Detail::Word(word) => Arg::from(*word),
        Detail::Words(kind) if name == "why" => Arg::from(reason(kind, kind)),
        Detail::Words(words) => Arg::from(plain::line(words)),
    }
}

/// A reason in the person's language.
pub(crate) fn why(why: &Why) -> String {
    reason(&why.kind, &why.sentence)
}

fn reason(kind: &str, english: &str) -> String {
    words::of_kind("why-", kind, &[]).unwrap_or_else(|| plain::line(english))
}

/// The command that helps.
fn next(error: &ClientError) -> String {
    match error {
        ClientError::Vault(error) => next_for_profile(*error),
        ClientError::Link(LinkError::Identity) => say!("next-other-network"),
        ClientError::Link(_) => say!("next-again-kept"),
        ClientError::BadTicket(_) => say!("next-ticket"),
        ClientError::BadLink(_)
        | ClientError::NoRelay
        | ClientError::OtherRelay
        | ClientError::UnknownRelay => say!("next-relay"),
        ClientError::BadHandle => say!("next-handle"),
        ClientError::BadRoomName => say!("next-room-name"),
        ClientError::BadText => say!("next-text"),
        ClientError::BadCode(_)
        | ClientError::UnknownMeeting
        | ClientError::NoWords
        | ClientError::MeetingOver(_)
        | ClientError::ContactUsed
        | ClientError::CardUsed
        | ClientError::UnknownContact => say!("next-meet"),
        ClientError::UnknownRoom => say!("next-rooms"),
        ClientError::UnknownMember => say!("next-members"),
        ClientError::Refused(_) => say!("next-refused"),
        ClientError::UnknownApplicant => say!("next-applicants"),
        ClientError::Objections(_) => say!("next-objections"),
        ClientError::UnknownMotion | ClientError::BadTerm(_) => say!("next-policy"),
        ClientError::BadDeviceCode(_) => say!("next-device-code"),
        ClientError::BadPassphrase(_) => say!("next-passphrase"),
        ClientError::Copy(_) => say!("next-copy"),
        ClientError::BadNote => say!("next-note"),
        // Areas have their own next steps, by kind.
        error => words::of_kind("next-", error.kind(), &[]).unwrap_or_else(|| say!("next-help")),
    }
}

fn next_for_profile(error: VaultError) -> String {
    match error {
        VaultError::Missing => say!("next-start"),
        VaultError::InUse => say!("next-close"),
        VaultError::Exists | VaultError::Damaged | VaultError::NotAVault | VaultError::Full => {
            say!("next-other-profile")
        }
        VaultError::Bug(_) => say!("next-version"),
        _ => say!("next-again"),
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

    #[test]
    fn an_engine_elsewhere_keeps_its_code_and_its_words() {
        let failure = Failure::from(RpcError::no_page());
        assert_eq!(failure.code, PERSON);
        assert_eq!(failure.sentence, RpcError::no_page().message);
        assert_eq!(Failure::from(RpcError::no_such_verb()).code, DEFECT, "the twin");
        let of_library = Failure::from(RpcError::from(ClientError::UnknownRoom));
        assert_eq!(of_library.sentence, sentence(&ClientError::UnknownRoom));
    }

    #[test]
    fn an_error_says_the_same_in_english_as_the_library() {
        for error in [
            ClientError::UnknownRoom,
            ClientError::TooMany("rooms"),
            ClientError::Objections(3),
            ClientError::MeetingOver(offshift_client::MeetingOver::Expired),
            ClientError::Vault(VaultError::Disk(std::io::ErrorKind::PermissionDenied)),
            ClientError::Link(LinkError::Misbehaved("frame")),
        ] {
            assert_eq!(sentence(&error), error.to_string());
        }
    }
}
