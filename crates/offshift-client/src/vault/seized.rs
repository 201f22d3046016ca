//! What a file gives to who has it and the passphrase: all that was ever written to it and is still there. For tests.

use super::{
    Records, Value,
    days::{self, Day, Opener},
    error::VaultError,
    header::{Header, WrappingKey},
    passphrase::Passphrase,
    record::{self, Batch, Chain},
};

/// Names and values of all records in these bytes of a vault's file, replaced and deleted ones too; values of days are
/// opened where a key of theirs is among them.
///
/// # Errors
/// As for opening a profile.
pub fn seized_for_testing(
    bytes: &[u8],
    passphrase: &Passphrase,
) -> Result<Vec<(String, Vec<u8>)>, VaultError> {
    let (header, mut rest) = Header::split(bytes)?;
    let key = header.open(&WrappingKey::derive(header.cost(), header.salt(), passphrase)?)?;
    let (mut chain, mut ever) = (Chain::START, Vec::<(String, Value)>::new());
    while let Some((opened, after)) = rest.first_chunk::<8>().and_then(|head| {
        let (record, after) = rest.split_at_checked(record::size(head)?)?;
        Some((record::open(&key, chain, record)?, after))
    }) {
        let mut written = Records::new();
        Batch::replay(&opened.changes, &mut written).ok_or(VaultError::Damaged)?;
        ever.extend(written);
        (chain, rest) = (opened.chain, after);
    }
    let keys: Records =
        ever.iter().filter(|(name, _)| Day::of_key(name).is_some()).cloned().collect();
    let mut opener = Opener::new(&keys);
    let mut all = Vec::new();
    for (name, value) in &ever {
        let opened = days::is_sealed(name).then(|| opener.open(name, value)).flatten();
        all.push((name.clone(), opened.map_or_else(|| value.to_vec(), |opened| opened.to_vec())));
    }
    Ok(all)
}
