//! A copy of everything, and the end of a profile, as the page asks for them: behind the passphrase, though the engine is open.
//!
//! ```text
//! take_copy {passphrase, copy} -> the passphrase is right -> a file that this program names, where downloads go -> {"path"}
//! wipe {passphrase}            -> the passphrase is right -> locked -> the profile destroyed -> the engine ends
//! ```
//! Never: a name of a file from the page (OS-PAG-030); either of them for who only sits at an open screen (OS-PAG-037).

use std::{
    env, fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use offshift_client::{Client, ClientError, CopyError, Passphrase};
use serde_json::{Value, json};
use zeroize::Zeroizing;

use super::{Page, files};
use crate::engine::wire::{Params, RpcError};

/// Names that are tried for a copy, beside older ones.
const NAMES_TRIED: u32 = 1_000;

/// Writes a copy of the whole profile, closed by a passphrase of its own, and says where it is.
pub(super) async fn take_copy(page: &Page, params: Value) -> Result<Value, RpcError> {
    let mut params = Params::of(params)?;
    let (own, copy) = (params.take("passphrase")?, params.take("copy")?);
    params.end()?;
    let client = page.host.client().await?;
    knows(page, own).await?;
    let path = free_name().ok_or(ClientError::Copy(CopyError::Disk))?;
    client.export(path.clone(), copy).await?;
    Ok(json!({ "path": path.to_string_lossy() }))
}

/// Destroys the profile and ends its engine.
pub(super) async fn wipe(page: &Page, params: Value) -> Result<Value, RpcError> {
    let mut params = Params::of(params)?;
    let own = params.take("passphrase")?;
    params.end()?;
    page.host.client().await?;
    knows(page, own).await?;
    page.host.lock().await;
    files::sweep(page.host.directory());
    Client::wipe(page.host.directory()).await?;
    // The answer goes first: who waits for the end of an engine gives it time (OS-RPC-014).
    let host = Arc::clone(&page.host);
    tokio::spawn(async move { host.stop().await });
    Ok(Value::Null)
}

/// Whether somebody is there who knows the passphrase. One at a time: each costs a derivation.
async fn knows(page: &Page, passphrase: Zeroizing<String>) -> Result<(), RpcError> {
    let _one = page.pictures.acquire().await.map_err(|_| RpcError::defect())?;
    Ok(Client::check(page.host.directory(), Passphrase::new(passphrase)).await?)
}

fn free_name() -> Option<PathBuf> {
    let home = PathBuf::from(env::var_os("HOME")?);
    let folder = downloads(&home).unwrap_or(home);
    (1..=NAMES_TRIED)
        .map(|number| match number {
            1 => folder.join("offshift-copy.age"),
            number => folder.join(format!("offshift-copy-{number}.age")),
        })
        .find(|path| path.symlink_metadata().is_err())
}

/// Where this person's downloads go, by the system's settings or by the usual name.
fn downloads(home: &Path) -> Option<PathBuf> {
    let settings = fs::read_to_string(home.join(".config/user-dirs.dirs")).unwrap_or_default();
    let named =
        settings.lines().find_map(|line| line.trim().strip_prefix("XDG_DOWNLOAD_DIR=\"$HOME/"));
    let name = named.and_then(|rest| rest.strip_suffix('"')).unwrap_or("Downloads");
    Some(home.join(name)).filter(|folder| folder.is_dir())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn downloads_go_where_the_person_has_them() {
        let home = tempfile::tempdir().unwrap();
        assert_eq!(downloads(home.path()), None);
        fs::create_dir(home.path().join("Downloads")).unwrap();
        assert_eq!(downloads(home.path()), Some(home.path().join("Downloads")));
        fs::create_dir_all(home.path().join(".config")).unwrap();
        fs::create_dir(home.path().join("Descargas")).unwrap();
        let settings = "# theirs\nXDG_DOWNLOAD_DIR=\"$HOME/Descargas\"\n";
        fs::write(home.path().join(".config/user-dirs.dirs"), settings).unwrap();
        assert_eq!(downloads(home.path()), Some(home.path().join("Descargas")));
    }
}
