//! What the relay may say aloud: in logs, and when it fails.
//!
//! ```text
//! value --said()--> text in a log      only for types on the list below: closed sets, kinds, spans of time
//! panic --hook--> file and line        never its message, which may hold anything
//! ```
//! A macro of `tracing` takes a literal text and fields of the form `name = %said(value)`; `tests/rules/` refuses
//! any other (OS-OPS-010). So what is not [`Sayable`] reaches no log, whatever it implements.
//!
//! ```compile_fail
//! // An address of the network, of a mailbox, a size: each has a Display or a Debug, and none is said.
//! let _ = offshift_relay::quiet::said(std::net::Ipv4Addr::LOCALHOST);
//! ```
//! ```compile_fail
//! let _ = offshift_relay::quiet::said(offshift_wire::Address::from_bytes([1; 32]));
//! ```
//! ```compile_fail
//! let _ = offshift_relay::quiet::said(1024_u64);
//! ```
//! ```compile_fail
//! let _ = offshift_relay::quiet::said(String::from("text of somebody"));
//! ```
//! ```
//! let _ = offshift_relay::quiet::said(std::io::ErrorKind::NotFound);
//! ```
//!
//! Never: an implementation for a type that can hold what a peer chose or what tells peers apart (N7).

use std::{fmt, io, panic, time::Duration};

use offshift_link::{BadIdentity, ListenError};
use offshift_wire::{
    Life,
    code::{Close, Refusal},
};

use crate::store::StoreError;

/// What may stand in a log: a value out of a closed set that the relay itself fixed, or a span of time of its own.
pub trait Sayable {
    /// Says it.
    ///
    /// # Errors
    /// Those of the formatter.
    fn say(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result;
}

/// A value that may stand in a log.
pub struct Said<T>(T);

/// The only way of a value into a log.
pub const fn said<T: Sayable>(value: T) -> Said<T> {
    Said(value)
}

impl<T: Sayable> fmt::Display for Said<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.say(f)
    }
}

/// Errors whose sentences are fixed.
macro_rules! by_sentence {
    ($($type:ty),+) => {$(
        impl Sayable for $type {
            fn say(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }
    )+};
}

/// Enums by the name of their variant. One that holds anything does not compile here.
macro_rules! by_name {
    ($($type:ty),+) => {$(
        impl Sayable for $type {
            fn say(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                const _: fn($type) -> isize = |only_a_name| only_a_name as isize;
                fmt::Debug::fmt(self, f)
            }
        }
    )+};
}

by_sentence!(StoreError, ListenError, BadIdentity, io::ErrorKind, &'static str);
by_name!(Close, Refusal, Life);

impl Sayable for Duration {
    fn say(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} s", self.as_secs())
    }
}

/// From now on a panic says its place and a fixed sentence, and nothing of its message (OS-OPS-011).
pub fn hush_panics() {
    panic::set_hook(Box::new(|info| {
        let (file, line) = info.location().map_or(("?", 0), |at| (at.file(), at.line()));
        eprintln!(
            "offshift-relay: a defect at {}:{line}; the connection it served is lost, the relay goes on. \
             Report this line: it holds nothing of anybody.",
            within_its_crate(file)
        );
    }));
}

/// The path from the folder of its crate on: what is before it is of the machine that built the program.
fn within_its_crate(file: &str) -> &str {
    let above = file.rfind("/src/").and_then(|src| file.get(..src)?.rfind('/'));
    above.and_then(|slash| file.get(slash.checked_add(1)?..)).unwrap_or(file)
}

/// From now on the process leaves no core dump and no other process of its user can read its memory: what is in it
/// would survive on a disk what the relay forgets (OS-OPS-012). Says whether the system agreed.
pub fn forbid_core_dumps() -> bool {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let none = Rlimit { current: Some(0), maximum: Some(0) };
    setrlimit(Resource::Core, none).is_ok() && is_closed_to_others()
}

/// A pipe in `core_pattern` ignores the limit of the size; a process that is not dumpable is not dumped at all.
#[cfg(target_os = "linux")]
fn is_closed_to_others() -> bool {
    use rustix::process::{DumpableBehavior, set_dumpable_behavior};
    set_dumpable_behavior(DumpableBehavior::NotDumpable).is_ok()
}

#[cfg(not(target_os = "linux"))]
const fn is_closed_to_others() -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn os_ops_010_what_is_said_are_fixed_words() {
        assert_eq!(said(Close::Idle).to_string(), "Idle");
        assert_eq!(said(Refusal::Full).to_string(), "Full");
        assert_eq!(said(StoreError::Full).to_string(), StoreError::Full.to_string());
        assert_eq!(said(Duration::from_millis(61_234)).to_string(), "61 s");
        assert_eq!(said(io::ErrorKind::NotFound).to_string(), "entity not found");
    }

    #[test]
    fn a_place_is_told_from_its_crate_on() {
        let own = "crates/offshift-relay/src/server.rs";
        assert_eq!(within_its_crate(own), "offshift-relay/src/server.rs");
        let built_elsewhere = "/home/someone/.cargo/registry/src/index/quinn-0.11.9/src/a.rs";
        assert_eq!(within_its_crate(built_elsewhere), "quinn-0.11.9/src/a.rs");
        assert_eq!(within_its_crate("main.rs"), "main.rs");
    }
}
