//! Fixtures that the tests share.

pub mod bare;
pub mod browser;
pub mod canary;
pub mod clock;
pub mod flood;
pub mod founded;
pub mod fuzz;
pub mod interceptor;
pub mod liar;
pub mod night;
pub mod people;
pub mod raw;
pub mod relay;
pub mod site;
pub mod tickets;
pub mod webdriver;
pub mod wire_proxy;
pub mod world;
