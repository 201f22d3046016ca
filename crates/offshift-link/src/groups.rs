//! Key exchange groups of a client: the hybrid, and a classical one that is offered and never used.
//!
//! A browser offers both, and so does a device, or its first packet would tell it from a browser (NO-21). A relay
//! that picks the classical one gets no connection (OS-LNK-001, RO-15).

use rustls::{
    Error, NamedGroup, PeerMisbehaved, ProtocolVersion,
    crypto::{ActiveKeyExchange, SharedSecret, SupportedKxGroup, aws_lc_rs::kx_group},
};

/// X25519MLKEM768, without the exchange by its classical half alone.
pub(crate) static HYBRID: Group = Group { inner: kx_group::X25519MLKEM768, completes: true };

/// X25519, offered only.
pub(crate) static CLASSICAL: Group = Group { inner: kx_group::X25519, completes: false };

const REFUSED: Error = Error::PeerMisbehaved(PeerMisbehaved::WrongGroupForKeyShare);

/// A group, and whether an exchange by it is ever completed.
#[derive(Debug)]
pub(crate) struct Group {
    inner: &'static dyn SupportedKxGroup,
    completes: bool,
}

struct Exchange {
    inner: Box<dyn ActiveKeyExchange>,
    completes: bool,
}

impl SupportedKxGroup for Group {
    fn start(&self) -> Result<Box<dyn ActiveKeyExchange>, Error> {
        Ok(Box::new(Exchange { inner: self.inner.start()?, completes: self.completes }))
    }

    fn name(&self) -> NamedGroup {
        self.inner.name()
    }

    fn fips(&self) -> bool {
        self.inner.fips()
    }

    fn usable_for_version(&self, version: ProtocolVersion) -> bool {
        self.inner.usable_for_version(version)
    }
}

impl ActiveKeyExchange for Exchange {
    fn complete(self: Box<Self>, peer_pub_key: &[u8]) -> Result<SharedSecret, Error> {
        if self.completes { self.inner.complete(peer_pub_key) } else { Err(REFUSED) }
    }

    fn hybrid_component(&self) -> Option<(NamedGroup, &[u8])> {
        self.inner.hybrid_component()
    }

    fn complete_hybrid_component(self: Box<Self>, _: &[u8]) -> Result<SharedSecret, Error> {
        Err(REFUSED)
    }

    fn pub_key(&self) -> &[u8] {
        self.inner.pub_key()
    }

    fn group(&self) -> NamedGroup {
        self.inner.group()
    }
}
