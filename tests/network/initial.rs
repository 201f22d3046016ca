//! Reads first packets as an observer can: their keys follow from a public salt (RFC 9001, section 5.2).
//!
//! ```text
//! datagrams -> Initial packets -> CRYPTO frames -> ClientHello
//! ```

use std::collections::BTreeMap;

use rustls::{
    crypto::aws_lc_rs::cipher_suite::TLS13_AES_128_GCM_SHA256,
    quic::{Keys, Version},
    {Side, SupportedCipherSuite},
};

/// What a first flight says in the clear.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FirstFlight {
    pub(crate) destination: Vec<u8>,
    pub(crate) source: Vec<u8>,
    pub(crate) token: Vec<u8>,
    pub(crate) hello: ClientHello,
}

/// The parts of a ClientHello that tell something (RFC 8446, section 4.1.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ClientHello {
    pub(crate) bytes: Vec<u8>,
    pub(crate) random: Vec<u8>,
    pub(crate) session_id: Vec<u8>,
    pub(crate) extensions: BTreeMap<u16, Vec<u8>>,
}

pub(crate) const SERVER_NAME: u16 = 0;
pub(crate) const ALPN: u16 = 16;
pub(crate) const PRE_SHARED_KEY: u16 = 41;
pub(crate) const EARLY_DATA: u16 = 42;
pub(crate) const KEY_SHARE: u16 = 51;

/// Takes bytes off the front.
struct Cursor<'a>(&'a [u8]);

impl<'a> Cursor<'a> {
    fn take(&mut self, count: usize) -> &'a [u8] {
        let (front, rest) = self.0.split_at(count);
        self.0 = rest;
        front
    }

    fn number(&mut self, bytes: usize) -> usize {
        self.take(bytes).iter().fold(0, |number, byte| number << 8 | usize::from(*byte))
    }

    /// RFC 9000, section 16.
    fn varint(&mut self) -> usize {
        let bytes = 1 << (self.0[0] >> 6);
        self.number(bytes) & ((1 << (8 * bytes - 2)) - 1)
    }

    fn block(&mut self, length_bytes: usize) -> &'a [u8] {
        let length = self.number(length_bytes);
        self.take(length)
    }
}

/// Whether a datagram begins with a long header, so is part of a handshake.
pub(crate) fn is_long(datagram: &[u8]) -> bool {
    datagram[0] & 0x80 != 0
}

/// Both connection ids in a long header: destination, source.
pub(crate) fn long_ids(datagram: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let mut cursor = Cursor(&datagram[5..]);
    (cursor.block(1).to_vec(), cursor.block(1).to_vec())
}

impl FirstFlight {
    /// What the first datagrams of a client say.
    pub(crate) fn read(datagrams: &[Vec<u8>]) -> Self {
        let (destination, source) = long_ids(&datagrams[0]);
        let mut crypto = BTreeMap::new();
        let mut token = Vec::new();
        for datagram in datagrams.iter().filter(|datagram| is_initial(datagram)) {
            token.extend_from_slice(&open(datagram, &destination, &mut crypto));
        }
        let mut hello = Vec::new();
        for (offset, bytes) in crypto {
            if offset == hello.len() {
                hello.extend_from_slice(&bytes);
            }
        }
        Self { destination, source, token, hello: ClientHello::parse(&hello) }
    }
}

fn is_initial(datagram: &[u8]) -> bool {
    datagram[0] & 0xf0 == 0xc0
}

/// Removes header protection and decrypts one Initial; its token.
fn open(datagram: &[u8], first_id: &[u8], crypto: &mut BTreeMap<usize, Vec<u8>>) -> Vec<u8> {
    let SupportedCipherSuite::Tls13(suite) = TLS13_AES_128_GCM_SHA256;
    let quic = suite.quic_suite().unwrap();
    let keys = Keys::initial(Version::V1, quic.suite, quic.quic, first_id, Side::Server).remote;
    let mut cursor = Cursor(&datagram[5..]);
    cursor.block(1);
    cursor.block(1);
    let token_length = cursor.varint();
    let token = cursor.take(token_length).to_vec();
    let length = cursor.varint();
    let at = datagram.len() - cursor.0.len();
    let mut packet = datagram[..at + length].to_vec();
    let sample = packet[at + 4..at + 20].to_vec();
    let (head, rest) = packet.split_at_mut(1);
    keys.header.decrypt_in_place(&sample, &mut head[0], &mut rest[at - 1..at + 3]).unwrap();
    let number_length = usize::from(packet[0] & 3) + 1;
    let (header, payload) = packet.split_at_mut(at + number_length);
    let number = Cursor(&header[at..]).number(number_length);
    let plain = keys.packet.decrypt_in_place(number as u64, header, payload);
    // A later Initial under another destination id is of no interest here.
    if let Ok(plain) = plain {
        crypto_frames(plain, crypto);
    }
    token
}

fn crypto_frames(plain: &[u8], crypto: &mut BTreeMap<usize, Vec<u8>>) {
    let mut cursor = Cursor(plain);
    while !cursor.0.is_empty() {
        match cursor.varint() {
            0 | 1 => {}
            6 => {
                let offset = cursor.varint();
                let length = cursor.varint();
                crypto.insert(offset, cursor.take(length).to_vec());
            }
            // An acknowledgement or a close: no CRYPTO behind it in a client's packets.
            _ => return,
        }
    }
}

impl ClientHello {
    fn parse(bytes: &[u8]) -> Self {
        let mut cursor = Cursor(bytes);
        assert_eq!(cursor.number(1), 1, "a ClientHello");
        let mut body = Cursor(cursor.block(3));
        body.take(2);
        let random = body.take(32).to_vec();
        let session_id = body.block(1).to_vec();
        body.block(2);
        body.block(1);
        let mut list = Cursor(body.block(2));
        let mut extensions = BTreeMap::new();
        while !list.0.is_empty() {
            let kind = u16::try_from(list.number(2)).unwrap();
            extensions.insert(kind, list.block(2).to_vec());
        }
        Self { bytes: bytes.to_vec(), random, session_id, extensions }
    }

    /// The shares of its key exchanges: group and public value.
    pub(crate) fn key_shares(&self) -> Vec<(usize, Vec<u8>)> {
        let mut cursor = Cursor(&self.extensions[&KEY_SHARE]);
        let mut list = Cursor(cursor.block(2));
        let mut shares = Vec::new();
        while !list.0.is_empty() {
            let group = list.number(2);
            shares.push((group, list.block(2).to_vec()));
        }
        shares
    }
}
