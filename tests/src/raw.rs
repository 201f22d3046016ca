//! A peer that speaks QUIC to a relay but keeps no other rule: it pins nobody and sends what it likes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use bytes::BytesMut;
use offshift_access::Binding;
use offshift_link::settings::{ALPN, EXPORTER_LABEL, SERVER_NAME};
use offshift_wire::{
    RelayId,
    limits::VERSION,
    relay::{Request, Response},
};
use quinn::{Connection, Endpoint, RecvStream, SendStream, crypto::rustls::QuicClientConfig};
use rustls::{
    DigitallySignedStruct, Error, SignatureScheme,
    client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    crypto::{CryptoProvider, aws_lc_rs},
    pki_types::{CertificateDer, ServerName, UnixTime},
};

use crate::relay::loopback;

/// Accepts every certificate.
#[derive(Debug)]
struct Gullible;

impl ServerCertVerifier for Gullible {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        aws_lc_rs::default_provider().signature_verification_algorithms.supported_schemes()
    }
}

/// TLS of a client that believes everybody, with the library's defaults otherwise.
pub fn gullible_tls() -> rustls::ClientConfig {
    gullible_tls_of(aws_lc_rs::default_provider())
}

/// The same with another provider.
pub fn gullible_tls_of(provider: CryptoProvider) -> rustls::ClientConfig {
    let mut tls = rustls::ClientConfig::builder_with_provider(Arc::new(provider))
        .with_protocol_versions(&[&rustls::version::TLS13])
        .unwrap()
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(Gullible))
        .with_no_client_auth();
    tls.alpn_protocols = vec![ALPN.to_vec()];
    tls
}

/// One connection with quinn's defaults.
pub struct RawPeer {
    /// The connection.
    pub connection: Connection,
    // Lives as long as the connection.
    _endpoint: Endpoint,
}

impl RawPeer {
    /// Connects; says nothing yet.
    pub async fn connect(to: SocketAddr) -> Self {
        let crypto = QuicClientConfig::try_from(gullible_tls()).unwrap();
        let mut config = quinn::ClientConfig::new(Arc::new(crypto));
        let mut transport = quinn::TransportConfig::default();
        // An attacker doesn't let its connection die.
        transport.keep_alive_interval(Some(Duration::from_secs(5)));
        config.transport_config(Arc::new(transport));
        Self::connect_with(to, config).await
    }

    /// Connects from an address of this machine.
    pub async fn connect_from(
        from: IpAddr,
        to: SocketAddr,
    ) -> Result<Self, quinn::ConnectionError> {
        let crypto = QuicClientConfig::try_from(gullible_tls()).unwrap();
        let config = quinn::ClientConfig::new(Arc::new(crypto));
        Self::try_connect_over(Endpoint::client((from, 0).into()).unwrap(), to, config).await
    }

    /// Connects with this configuration.
    pub async fn connect_with(to: SocketAddr, config: quinn::ClientConfig) -> Self {
        Self::try_connect_with(to, config).await.unwrap()
    }

    /// Tries to connect with this configuration.
    pub async fn try_connect_with(
        to: SocketAddr,
        config: quinn::ClientConfig,
    ) -> Result<Self, quinn::ConnectionError> {
        Self::try_connect_from(loopback(), to, config).await
    }

    /// Tries to connect from this address.
    pub async fn try_connect_from(
        from: SocketAddr,
        to: SocketAddr,
        config: quinn::ClientConfig,
    ) -> Result<Self, quinn::ConnectionError> {
        Self::try_connect_over(Endpoint::client(from).unwrap(), to, config).await
    }

    /// Tries to connect over a socket that others may share.
    pub async fn try_connect_over(
        endpoint: Endpoint,
        to: SocketAddr,
        config: quinn::ClientConfig,
    ) -> Result<Self, quinn::ConnectionError> {
        let connection = endpoint.connect_with(config, to, SERVER_NAME).unwrap().await?;
        Ok(Self { connection, _endpoint: endpoint })
    }

    /// Connects and says Hello; the control stream.
    pub async fn greeted(to: SocketAddr) -> (Self, RawStream) {
        let peer = Self::connect(to).await;
        let control = peer.greet().await;
        (peer, control)
    }

    /// Says Hello; the control stream.
    pub async fn greet(&self) -> RawStream {
        self.try_greet().await.expect("the relay greets")
    }

    /// The same; nothing where the connection was lost before the relay answered.
    pub async fn try_greet(&self) -> Option<RawStream> {
        let mut control = self.try_open().await.ok()?;
        control.send(&Request::Hello { version: VERSION }).await;
        let answer = control.answer().await?;
        assert_eq!(answer, Response::hello(VERSION));
        Some(control)
    }

    /// Opens a stream.
    pub async fn open(&self) -> RawStream {
        self.try_open().await.unwrap()
    }

    async fn try_open(&self) -> Result<RawStream, quinn::ConnectionError> {
        let (send, receive) = self.connection.open_bi().await?;
        Ok(RawStream { send, receive, buffer: BytesMut::new() })
    }

    /// What ties proofs to this connection.
    pub fn binding(&self, relay: RelayId) -> Binding {
        let mut value = [0; 32];
        self.connection.export_keying_material(&mut value, EXPORTER_LABEL, &[]).unwrap();
        Binding::new(relay, value)
    }

    /// The code with which the relay closes the connection.
    pub async fn close_code(&self) -> u64 {
        match self.connection.closed().await {
            quinn::ConnectionError::ApplicationClosed(close) => close.error_code.into_inner(),
            other => panic!("closed by something else: {other}"),
        }
    }
}

/// One stream of a [`RawPeer`].
pub struct RawStream {
    /// To the relay.
    pub send: SendStream,
    /// From the relay.
    pub receive: RecvStream,
    buffer: BytesMut,
}

impl RawStream {
    /// Sends a request.
    pub async fn send(&mut self, request: &Request) {
        let mut frame = BytesMut::new();
        request.put_frame(&mut frame);
        self.send_bytes(&frame).await;
    }

    /// Sends anything; a relay that wants no more of it is no failure here.
    pub async fn send_bytes(&mut self, bytes: &[u8]) {
        let _ = self.send.write_all(bytes).await;
    }

    /// The next answer's bytes, frame by frame; `None` when the stream ended or was reset.
    pub async fn answer_bytes(&mut self) -> Option<Vec<u8>> {
        loop {
            if let Ok(Some(body)) = offshift_wire::frame::take(&mut self.buffer) {
                return Some(body.to_vec());
            }
            let chunk = self.receive.read_chunk(65_536, true).await.ok()??;
            self.buffer.extend_from_slice(&chunk.bytes);
        }
    }

    /// The next answer.
    pub async fn answer(&mut self) -> Option<Response> {
        Response::decode(self.answer_bytes().await?.into()).ok()
    }

    /// The code with which the relay reset the stream; `None` when it finished it.
    pub async fn reset_code(&mut self) -> Option<u64> {
        loop {
            match self.receive.read_chunk(65_536, true).await {
                Ok(Some(_)) => {}
                Ok(None) => return None,
                Err(quinn::ReadError::Reset(code)) => return Some(code.into_inner()),
                Err(error) => panic!("ended by something else: {error}"),
            }
        }
    }
}
