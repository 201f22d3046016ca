//! The sealed form of a backup.
//!
//! ```text
//! "offshift relay backup 1\n" | salt (16) | nonce (12) | CRC-32C of all the rest (4) | sealed JSON
//! ```
//! PBES2 of RFC 8018: scrypt (RFC 7914, N = 2^17, r = 8, p = 1) gives the key, AES-256-GCM seals. The checksum tells damage
//! from a wrong passphrase; the seal alone says whether it is sound.
//!
//! Never: a cost that the file names. A file from elsewhere can't make this machine work for hours.

use pkcs5::pbes2::{EncryptionScheme, Parameters, Salt, ScryptParams};
use zeroize::Zeroizing;

use super::{BackupError, Contents};

const HEAD: &[u8; 24] = b"offshift relay backup 1\n";
const HEAD_OF_ALL: &[u8] = b"offshift relay backup ";
const SALT: usize = 16;
const NONCE: usize = 12;
const COST: u64 = 1 << 17;
const BLOCK: u16 = 8;

/// Seals it under a passphrase. Each time with new randomness: the same contents give other bytes (OS-OPS-121).
///
/// # Errors
/// [`BackupError::NoIdentity`] for one that no relay could start from.
pub fn seal(contents: &Contents, passphrase: &str) -> Result<Vec<u8>, BackupError> {
    contents.check()?;
    let json = Zeroizing::new(serde_json::to_vec(contents).map_err(|_| BackupError::Record)?);
    let (mut salt, mut nonce) = ([0; SALT], [0; NONCE]);
    let drawn = getrandom::fill(&mut salt).and_then(|()| getrandom::fill(&mut nonce));
    drawn.map_err(|_| BackupError::Io(std::io::ErrorKind::Unsupported.into()))?;
    let sealed = parameters(&salt, nonce)?.encrypt(passphrase, &json);
    let sealed = sealed.map_err(|_| BackupError::Record)?;
    let check = checksum(&salt, &nonce, &sealed).to_be_bytes();
    Ok([HEAD, &salt[..], &nonce, &check, &sealed].concat())
}

/// Whether the file is a backup whose bytes are as they were written: all that can be said without the passphrase.
///
/// # Errors
/// [`BackupError::Foreign`], [`BackupError::Newer`], [`BackupError::Damaged`].
pub fn looks_sound(file: &[u8]) -> Result<(), BackupError> {
    parts(file).map(|_| ())
}

/// Opens it again.
///
/// # Errors
/// [`BackupError`], which says whether the file or the passphrase is wrong.
pub fn open(file: &[u8], passphrase: &str) -> Result<Contents, BackupError> {
    let (salt, nonce, sealed) = parts(file)?;
    let json = parameters(salt, *nonce)?.decrypt(passphrase, sealed);
    let json = Zeroizing::new(json.map_err(|_| BackupError::Passphrase)?);
    let contents: Contents = serde_json::from_slice(&json).map_err(|_| BackupError::Record)?;
    contents.check()?;
    Ok(contents)
}

type Parts<'a> = (&'a [u8; SALT], &'a [u8; NONCE], &'a [u8]);

fn parts(file: &[u8]) -> Result<Parts<'_>, BackupError> {
    let rest = match file.strip_prefix(HEAD) {
        Some(rest) => rest,
        None if file.starts_with(HEAD_OF_ALL) => return Err(BackupError::Newer),
        None => return Err(BackupError::Foreign),
    };
    let (salt, rest) = rest.split_first_chunk::<SALT>().ok_or(BackupError::Damaged)?;
    let (nonce, rest) = rest.split_first_chunk::<NONCE>().ok_or(BackupError::Damaged)?;
    let (check, sealed) = rest.split_first_chunk::<4>().ok_or(BackupError::Damaged)?;
    if u32::from_be_bytes(*check) != checksum(salt, nonce, sealed) {
        return Err(BackupError::Damaged);
    }
    Ok((salt, nonce, sealed))
}

fn parameters(salt: &[u8; SALT], nonce: [u8; NONCE]) -> Result<Parameters, BackupError> {
    let salt = Salt::new(salt).map_err(|_| BackupError::Damaged)?;
    let kdf = ScryptParams {
        salt,
        cost_parameter: COST,
        block_size: BLOCK,
        parallelization: 1,
        key_length: None,
    };
    Ok(Parameters { kdf: kdf.into(), encryption: EncryptionScheme::Aes256Gcm { nonce } })
}

fn checksum(salt: &[u8; SALT], nonce: &[u8; NONCE], sealed: &[u8]) -> u32 {
    [salt.as_slice(), nonce, sealed].iter().fold(0, |crc, part| crc32c::crc32c_append(crc, part))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        admin::{Record, Secret},
        backup::IDENTITY,
    };

    fn contents() -> Contents {
        let record = |key: &str| Record { key: key.to_owned(), value: Secret::new("aGk=".into()) };
        Contents {
            made: "2026-11-22".parse().unwrap(),
            link: Some("offshift://relay.example:1/x".to_owned()),
            settings: Some("[relay]\n".to_owned()),
            records: vec![record(IDENTITY), record("issuer seed")],
        }
    }

    #[test]
    fn os_ops_121_a_backup_opens_with_its_passphrase_and_shows_nothing_without() {
        let sealed = seal(&contents(), "six old chairs").unwrap();
        let back = open(&sealed, "six old chairs").unwrap();
        assert_eq!(serde_json::to_vec(&back).unwrap(), serde_json::to_vec(&contents()).unwrap());
        assert!(matches!(open(&sealed, "six old chair"), Err(BackupError::Passphrase)));
        assert!(!sealed.windows(13).any(|window| window == b"relay.example"));
        assert_ne!(sealed, seal(&contents(), "six old chairs").unwrap());
    }

    #[test]
    fn os_ops_121_each_damage_has_its_name() {
        let sealed = seal(&contents(), "six old chairs").unwrap();
        let of = |bytes: &[u8]| open(bytes, "six old chairs").err();
        for at in [HEAD.len(), HEAD.len() + SALT, HEAD.len() + SALT + NONCE, sealed.len() - 1] {
            let mut bent = sealed.clone();
            bent[at] ^= 1;
            assert!(matches!(of(&bent), Some(BackupError::Damaged)), "byte {at}");
        }
        for length in [HEAD.len(), HEAD.len() + 20, sealed.len() - 1] {
            assert!(matches!(of(&sealed[..length]), Some(BackupError::Damaged)), "cut at {length}");
        }
        assert!(matches!(of(b"a photo"), Some(BackupError::Foreign)));
        assert!(matches!(of(b"offshift relay backup 2\n..."), Some(BackupError::Newer)));
        let mut none = contents();
        none.records.remove(0);
        assert!(matches!(seal(&none, "x"), Err(BackupError::NoIdentity)));
    }
}
