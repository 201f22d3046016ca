//! Offshift's client: an async library.

mod limits;
pub mod vault;
