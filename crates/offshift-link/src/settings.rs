//! Every QUIC and TLS setting that differs from a library's default, with its reason.
//!
//! | setting | value | why |
//! |---|---|---|
//! | TLS | 1.3, X25519MLKEM768 first, the relay takes no other (OS-LNK-001) | recordings stay closed |
//! | trust | one pinned key | no authority can be made to lie |
//! | ALPN, server name | `h3`, generic (OS-LNK-010) | nothing names the service on the wire |
//! | connection ids | random, both sides (OS-LNK-012) | a hashed one links ids that one process made |
//! | tickets, resumption, NEW_TOKEN, 0-RTT | off (OS-LNK-011) | each links connections; 0-RTT can be replayed |
//! | before an address is proved | at most 3 bytes out for each that came in (OS-LNK-053) | quinn's own rule; no amplifier |
//! | migration | off (OS-LNK-013) | the relay and the network would link old and new address |
//! | spin bit | off (OS-LNK-014) | shows the round-trip time to observers |
//! | datagrams | 1200 bytes, always (OS-LNK-014) | sizes tell what is said |
//! | acknowledgements | one for nine packets (draft-ietf-quic-ack-frequency) | each is a whole padded datagram |
//! | congestion control | CUBIC, padded acknowledgements set apart | they would choke it: see `congestion` |
//! | windows, streams | small | an idle connection costs memory |
//! | keep-alive | client only, each its own interval | NAT bindings; a common beat links connections |

use std::{sync::Arc, time::Duration};

use offshift_wire::RelayId;
use quinn::{
    AckFrequencyConfig, EndpointConfig, IdleTimeout, NoneTokenLog, NoneTokenStore, TransportConfig,
    ValidationTokenConfig, VarInt,
    crypto::rustls::{QuicClientConfig, QuicServerConfig},
};
use quinn_proto::RandomConnectionIdGenerator;
use rustls::{
    client::Resumption,
    crypto::{CryptoProvider, aws_lc_rs},
    pki_types::PrivateKeyDer,
    server::NoServerSessionStorage,
    version::TLS13,
};

use crate::{
    backoff::fraction,
    congestion,
    error::LinkError,
    groups::{CLASSICAL, HYBRID},
    identity::{BadIdentity, Credentials},
    limits::{
        ACKNOWLEDGE_AFTER, CONNECTION_WINDOW, DATAGRAM, IDLE, INCOMING_BYTES_EACH,
        INCOMING_BYTES_MAX, INCOMING_MAX, KEEP_ALIVE_MAX, KEEP_ALIVE_MIN, SEND_WINDOW,
        STREAM_WINDOW, STREAMS_MAX,
    },
    pin::{Pinned, Verdict},
};

/// The application protocol on the wire: HTTP/3's, the most common there is.
pub const ALPN: &[u8] = b"h3";

/// The server name on the wire and in the leaf certificate (RFC 2606, reserved): the same for all.
pub const SERVER_NAME: &str = "www.example.com";

/// The name in the certificate by which an old identity names its successor: no leaf has it.
pub const SUCCESSOR_NAME: &str = "next.example.com";

/// Bytes of a connection id: QUIC's usual. Random, so 2^64 of them.
const CONNECTION_ID: usize = 8;

/// Label of the TLS exporter that ties capability proofs to a connection (RFC 8446, section 7.5).
pub const EXPORTER_LABEL: &[u8] = b"EXPORTER-offshift-access";

/// How a client connects to the relay `relay`; `verdict` learns why the relay was refused.
pub(crate) fn client(
    relay: RelayId,
    verdict: Verdict,
    random: u32,
) -> Result<quinn::ClientConfig, LinkError> {
    let provider = provider(vec![&HYBRID, &CLASSICAL]);
    let pinned = Pinned::new(relay, provider.signature_verification_algorithms, verdict);
    let mut tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&TLS13])
        .map_err(|_| LinkError::Bug("tls versions"))?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(pinned))
        .with_no_client_auth();
    tls.alpn_protocols = vec![ALPN.to_vec()];
    tls.resumption = Resumption::disabled();
    tls.enable_early_data = false;
    let crypto = QuicClientConfig::try_from(tls).map_err(|_| LinkError::Bug("cipher suite"))?;
    let mut config = quinn::ClientConfig::new(Arc::new(crypto));
    let mut transport = transport();
    transport
        .max_concurrent_bidi_streams(VarInt::from_u32(0))
        .keep_alive_interval(Some(keep_alive(random)));
    config.transport_config(Arc::new(transport)).token_store(Arc::new(NoneTokenStore));
    Ok(config)
}

/// How a relay answers with `credentials`.
pub(crate) fn relay(credentials: Credentials) -> Result<quinn::ServerConfig, BadIdentity> {
    let provider = provider(vec![aws_lc_rs::kx_group::X25519MLKEM768]);
    let mut tls = rustls::ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&TLS13])
        .map_err(|_| BadIdentity)?
        .with_no_client_auth()
        .with_single_cert(credentials.chain, PrivateKeyDer::Pkcs8(credentials.key))
        .map_err(|_| BadIdentity)?;
    tls.alpn_protocols = vec![ALPN.to_vec()];
    tls.send_tls13_tickets = 0;
    tls.session_storage = Arc::new(NoServerSessionStorage {});
    tls.max_early_data_size = 0;
    let crypto = QuicServerConfig::try_from(tls).map_err(|_| BadIdentity)?;
    let mut config = quinn::ServerConfig::with_crypto(Arc::new(crypto));
    let mut transport = transport();
    transport.max_concurrent_bidi_streams(VarInt::from_u32(STREAMS_MAX));
    let mut tokens = ValidationTokenConfig::default();
    tokens.sent(0).log(Arc::new(NoneTokenLog));
    config
        .transport_config(Arc::new(transport))
        .validation_token_config(tokens)
        .migration(false)
        .max_incoming(INCOMING_MAX)
        .incoming_buffer_size(INCOMING_BYTES_EACH)
        .incoming_buffer_size_total(INCOMING_BYTES_MAX);
    Ok(config)
}

/// Both ends' endpoint: connection ids without structure. Public so that a bench can measure bare quinn
/// with the same settings.
pub fn endpoint() -> EndpointConfig {
    let mut config = EndpointConfig::default();
    config.cid_generator(|| Box::new(RandomConnectionIdGenerator::new(CONNECTION_ID)));
    config
}

/// What both ends have in common. Public so that a bench can measure bare quinn with the same settings.
pub fn transport() -> TransportConfig {
    let mut config = TransportConfig::default();
    let mut acknowledge = AckFrequencyConfig::default();
    acknowledge.ack_eliciting_threshold(VarInt::from_u32(ACKNOWLEDGE_AFTER));
    config
        .ack_frequency_config(Some(acknowledge))
        .max_concurrent_uni_streams(VarInt::from_u32(0))
        .datagram_receive_buffer_size(None)
        .stream_receive_window(VarInt::from_u32(STREAM_WINDOW))
        .receive_window(VarInt::from_u32(CONNECTION_WINDOW))
        .send_window(SEND_WINDOW)
        .initial_mtu(DATAGRAM)
        .min_mtu(DATAGRAM)
        .mtu_discovery_config(None)
        .pad_to_mtu(true)
        .congestion_controller_factory(Arc::new(congestion::Factory::default()))
        .allow_spin(false)
        .max_idle_timeout(IdleTimeout::try_from(IDLE).ok());
    config
}

/// Evenly between the shortest and the longest (OS-LNK-020).
fn keep_alive(random: u32) -> Duration {
    KEEP_ALIVE_MIN + (KEEP_ALIVE_MAX - KEEP_ALIVE_MIN).mul_f64(fraction(random))
}

fn provider(groups: Vec<&'static dyn rustls::crypto::SupportedKxGroup>) -> Arc<CryptoProvider> {
    Arc::new(CryptoProvider { kx_groups: groups, ..aws_lc_rs::default_provider() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn os_lnk_020_keep_alives_differ_and_stay_inside_nat_time() {
        assert_eq!(keep_alive(0), KEEP_ALIVE_MIN);
        assert_eq!(keep_alive(u32::MAX), KEEP_ALIVE_MAX);
        assert!(keep_alive(1 << 31) > KEEP_ALIVE_MIN && keep_alive(1 << 31) < KEEP_ALIVE_MAX);
        assert!(2 * KEEP_ALIVE_MAX < IDLE, "one lost keep-alive kills nothing");
    }
}
