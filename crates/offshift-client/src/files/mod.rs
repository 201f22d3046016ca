//! Files on this device: made ready to send, and kept sealed.
//!
//! ```text
//! path -> cleaned (filename, picture) -> sealed chunks on disk (prepare) -> relay      files/{id}.out
//! relay -> sealed chunks on disk (sealed) -> whole? -> a reader, or a copy in clear    files/{id}.in
//! ```
//! A file lies here as the envelopes that the relay has, one behind the other; its key is in the vault alone.
//!
//! Never: a file in clear on disk, but where the person saves it; a picture that leaves with what its camera wrote
//! into it; a path that somebody else chose.

pub(crate) mod filename;
mod fresh;
pub(crate) mod picture;
pub(crate) mod prepare;
mod reader;
pub(crate) mod sealed;
pub(crate) mod transfer;

pub(crate) use fresh::Fresh;
pub use picture::Kept;
pub use prepare::FileLook;
pub use reader::FileReader;
pub(crate) use reader::parent;
pub(crate) use transfer::Offering;
