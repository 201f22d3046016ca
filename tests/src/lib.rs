//! Fixtures that the tests share.

pub mod raw;
pub mod relay;
pub mod wire_proxy;
