//! `proto/vectors/file_v1.json`, read by code of its own: `HKDF` and `XChaCha20-Poly1305` from their crates, and the text of
//! `proto/spec/files.md`.

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use hkdf::Hkdf;
use offshift_access::{DepositKey, Descriptor, FetchKey, Kind};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::vectors;

const CHUNK: u64 = 262_064;

fn bytes(vector: &Value, field: &str) -> Vec<u8> {
    data_encoding::HEXLOWER.decode(vector[field].as_str().expect("hex").as_bytes()).expect("hex")
}

fn expand(key: &[u8], label: &str) -> [u8; 32] {
    let salt = Sha256::digest(b"offshift file v1");
    let mut out = [0; 32];
    Hkdf::<Sha256>::new(Some(&salt), key).expand(label.as_bytes(), &mut out).expect("32 bytes");
    out
}

/// The chunk in an envelope, as files.md says.
fn open(vector: &Value, address: &[u8]) -> Option<(u64, Vec<u8>)> {
    let (key, envelope) = (bytes(vector, "key"), bytes(vector, "envelope"));
    let class =
        [1024, 4096, 16_384, 65_536, 262_144].iter().position(|size| *size == envelope.len());
    let class = u8::try_from(class? + 1).ok()?;
    let (nonce, sealed) = envelope.split_first_chunk::<24>()?;
    let cipher = XChaCha20Poly1305::new((&expand(&key, "envelope")).into());
    let aad = [address, &[class]].concat();
    let payload = Payload { msg: sealed, aad: &aad };
    let part = cipher.decrypt(&XNonce::from(*nonce), payload).ok()?;
    let number = |from: usize, to: usize| {
        part[from..to].iter().fold(0, |all, byte| (all << 8) | u64::from(*byte))
    };
    let (index, count, length) = (number(32, 34), number(34, 36), number(36, 40));
    let whole = vector["bytes"].as_u64()?;
    let is_last = index + 1 == count;
    let right_length = if is_last { whole - (count - 1) * CHUNK } else { CHUNK };
    let end = 40 + usize::try_from(length).ok()?;
    let fits = part[..32] == expand(&key, "set")
        && count == whole.div_ceil(CHUNK)
        && length == right_length
        && part[end..].iter().all(|byte| *byte == 0);
    fits.then(|| (index, part[40..end].to_vec()))
}

#[test]
fn os_fil_001_files_are_cut_and_sealed_as_their_page_says() {
    for vector in vectors("file_v1.json") {
        let key = bytes(&vector, "key");
        let fetch = FetchKey::from_seed(&expand(&key, "fetch")).public();
        let deposit = DepositKey::from_seed(&expand(&key, "deposit")).public();
        let address = Descriptor::new(Kind::Channel, fetch, deposit).address();
        assert_eq!(address.as_bytes().to_vec(), bytes(&vector, "address"));
        assert_eq!(vector["count"].as_u64(), vector["bytes"].as_u64().map(|it| it.div_ceil(CHUNK)));
        let opened = open(&vector, address.as_bytes());
        let wanted = vector["chunk"].is_string();
        let wanted = wanted.then(|| (vector["index"].as_u64().unwrap(), bytes(&vector, "chunk")));
        assert_eq!(opened, wanted, "{}", vector["about"]);
    }
}
