//! A state that no input can lead to. It is returned, never panicked, so that a device keeps its other rooms.

/// What was broken, in words of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an internal error ({0}); please report it")]
pub struct Bug(pub &'static str);
