//! Who may come in, who may be put out, and by whose word: the rules that every member's device checks for itself.
//!
//! ```text
//! epoch (roster, policy, standing) + commit (facts, data) + position -> check -> Allowed | the broken rule
//!                                                                          \-> decide: one function for each act
//! own wish -> decide -> what the commit must hold -> commit -> check, as everybody does
//! ```
//! Nothing else is read: no clock, no memory, no wish of this device. So every device of an epoch decides alike
//! (OS-POL-001), and a commit that is refused is skipped by all of them and changes nothing.
//!
//! Reading order: [`rule`], `standing`, `terms`, `signed`, `vouch`, `approval`, `decide` with `adding`, `removing` and
//! `motion`, `check`, `joined`.
//!
//! Never: this device's clock, what this device wants, what this device has not read yet.

mod adding;
mod approval;
mod check;
mod decide;
mod facts;
#[cfg(any(test, feature = "for-testing"))]
mod hooks;
mod joined;
mod motion;
mod removing;
pub mod rule;
pub mod signed;
mod standing;
pub mod terms;
mod vouch;

#[cfg(test)]
mod tests;

pub(crate) use check::{check, is_timely};
pub(crate) use decide::{Allowed, Case, RoomChange, decide};
pub(crate) use facts::{CommitFacts, Epoch, Newcomer, PathLeaf};
#[cfg(any(test, feature = "for-testing"))]
pub use hooks::{TrialCommit, TrialRoom, key_for_testing, sign_for_testing};
pub(crate) use joined::check_joined;
pub use rule::{Rule, Rules};
pub(crate) use standing::Table;
pub(crate) use vouch::{Subject, check_vouch};
