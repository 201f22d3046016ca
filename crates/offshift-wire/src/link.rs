//! A relay's link: `offshift://HOST:PORT/KEY`. Everything a client needs to reach and recognise it.

use std::{fmt, str::FromStr};

use crate::{RelayId, limits::LINK_TEXT_MAX, text};

const SCHEME: &str = "offshift://";

/// Where a relay listens and who it must prove to be.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct RelayLink {
    host: String,
    port: u16,
    relay: RelayId,
}

/// What is wrong with a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadLink {
    /// It is some other text.
    #[error("this is not a relay link; a relay link starts with offshift://")]
    Scheme,
    /// No host, or one with letters that no host has.
    #[error("the relay link has no usable host name; copy the whole link again")]
    Host,
    /// No port, or not a number from 1 to 65535.
    #[error("the relay link has no usable port; copy the whole link again")]
    Port,
    /// The key is damaged.
    #[error("the relay link is damaged or cut short; copy the whole link again")]
    Key,
}

impl RelayLink {
    /// The link of the relay `relay` at `host` and `port`.
    ///
    /// # Errors
    /// [`BadLink::Host`] or [`BadLink::Port`].
    pub fn new(host: &str, port: u16, relay: RelayId) -> Result<Self, BadLink> {
        if !is_host(host) {
            return Err(BadLink::Host);
        }
        if port == 0 {
            return Err(BadLink::Port);
        }
        Ok(Self { host: host.to_ascii_lowercase(), port, relay })
    }

    /// Host name, IPv4 address, or IPv6 address without brackets.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// UDP port.
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// Who the relay must prove to be.
    pub const fn relay(&self) -> &RelayId {
        &self.relay
    }

    fn authority(host: &str, port: u16) -> String {
        if host.contains(':') {
            format!("{SCHEME}[{host}]:{port}/")
        } else {
            format!("{SCHEME}{host}:{port}/")
        }
    }
}

impl fmt::Display for RelayLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let authority = Self::authority(&self.host, self.port);
        write!(f, "{authority}{}", text::encode(&authority, self.relay.as_bytes()))
    }
}

impl fmt::Debug for RelayLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RelayLink(..)")
    }
}

impl FromStr for RelayLink {
    type Err = BadLink;

    fn from_str(text: &str) -> Result<Self, BadLink> {
        let text = text.trim();
        if text.len() > LINK_TEXT_MAX {
            return Err(BadLink::Key);
        }
        let rest = text.strip_prefix(SCHEME).ok_or(BadLink::Scheme)?;
        let (authority, key) = rest.split_once('/').ok_or(BadLink::Key)?;
        let (host, port) = authority.rsplit_once(':').ok_or(BadLink::Port)?;
        let host = host.strip_prefix('[').and_then(|h| h.strip_suffix(']')).unwrap_or(host);
        let host = host.to_ascii_lowercase();
        let port: u16 = port.parse().map_err(|_| BadLink::Port)?;
        let context = Self::authority(&host, port);
        let bytes = text::decode(&context, key).map_err(|_| BadLink::Key)?;
        let relay = bytes.try_into().map_err(|_| BadLink::Key)?;
        Self::new(&host, port, RelayId::from_bytes(relay))
    }
}

fn is_host(host: &str) -> bool {
    if host.parse::<std::net::IpAddr>().is_ok() {
        return true;
    }
    !host.is_empty()
        && host.len() <= 253
        && host.chars().all(|c| c.is_ascii_alphanumeric() || c == '.' || c == '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link() -> RelayLink {
        RelayLink::new("relay.example", 4433, RelayId::from_bytes([9; 32])).unwrap()
    }

    #[test]
    fn a_link_survives_being_written_and_read() {
        assert_eq!(link().to_string().parse(), Ok(link()));
        let six = RelayLink::new("::1", 1, RelayId::from_bytes([1; 32])).unwrap();
        assert_eq!(six.to_string().parse(), Ok(six));
    }

    #[test]
    fn each_damage_has_its_name() {
        let text = link().to_string();
        assert_eq!("https://relay.example".parse::<RelayLink>(), Err(BadLink::Scheme));
        assert_eq!(text[..text.len() - 1].parse::<RelayLink>(), Err(BadLink::Key));
        assert_eq!(text.replace("relay.", "relax.").parse::<RelayLink>(), Err(BadLink::Key));
        assert_eq!(text.replace(":4433", ":x").parse::<RelayLink>(), Err(BadLink::Port));
        assert_eq!(RelayLink::new("a b", 1, RelayId::from_bytes([9; 32])), Err(BadLink::Host));
    }
}
