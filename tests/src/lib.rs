//! Fixtures that the tests share.

pub mod fuzz;
pub mod liar;
pub mod people;
pub mod raw;
pub mod relay;
pub mod wire_proxy;
pub mod world;
