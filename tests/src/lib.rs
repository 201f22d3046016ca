//! Fixtures that the tests share.

pub mod fuzz;
pub mod raw;
pub mod relay;
pub mod wire_proxy;
