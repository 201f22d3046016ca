//! Files between the browser and a room.
//!
//! ```text
//! POST /file?room=..&caption=..  Offshift-Name: ..  bytes --> memory, under that name --> send_file: sealed copy
//! GET  /file?room=..&message=..                           <-- decrypted pieces, as bytes of no kind
//! ```
//! Never: what is in a file, in clear, on a disk; a name from elsewhere in a header, or as a path; a type that a browser
//! would run; half a file that looks whole.

use std::{
    env,
    fs::{File, Permissions},
    io::{self, Write},
    os::{
        fd::AsRawFd,
        unix::fs::{PermissionsExt, symlink},
    },
    path::{Path, PathBuf},
};

use hyper::{
    Request,
    body::{Bytes, Incoming},
    header::{CONTENT_DISPOSITION, HeaderName, HeaderValue},
};
use offshift_client::{FileReader, MessageId, RoomId, json::Json};
use rustix::fs::{MemfdFlags, memfd_create};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::{OwnedSemaphorePermit, mpsc};

use super::{
    Page,
    answer::{self, Answer},
    guard::{Refused, Row},
    limits::{NAME_BYTES_MAX, STREAM_FRAMES_MAX},
    server::body,
};
use crate::engine::wire::RpcError;

/// The file's own name, percent-encoded UTF-8.
const NAME: HeaderName = HeaderName::from_static("offshift-name");

/// Takes a file from the browser into a room.
pub(super) async fn put(
    page: &Page,
    row: &Row,
    request: Request<Incoming>,
) -> Result<Answer, Refused> {
    let Ok(_place) = page.files.try_acquire() else { return Ok(answer::busy()) };
    let name = request.headers().get(NAME).and_then(|name| file_name(name.to_str().ok()?));
    let (name, asked) = (name.ok_or(Refused)?, Asked::of(request.uri().query())?);
    let bytes = body(row, request).await?;
    Ok(match send(page, &asked, &name, &bytes).await {
        Ok(transfer) => answer::json(&json!({ "transfer": transfer })),
        Err(error) => answer::failure(&error),
    })
}

async fn send(page: &Page, asked: &Asked, name: &str, bytes: &[u8]) -> Result<Value, RpcError> {
    // Locked: nothing is done for nothing.
    page.host.client().await?;
    let here = InMemory::new(page.host.directory(), name, bytes).map_err(|_| RpcError::defect())?;
    let (room, caption) = (&asked.room, &asked.caption);
    let params = json!({ "room": room, "path": here.path, "caption": caption });
    page.host.call("send_file", params).await
}

/// Bytes that have a path and are on no disk: a folder of ours holds a link to memory (OS-PAG-033).
struct InMemory {
    path: PathBuf,
    _folder: TempDir,
    _memory: File,
}

impl InMemory {
    fn new(profile: &Path, name: &str, bytes: &[u8]) -> io::Result<Self> {
        let mut memory = File::from(memfd_create("offshift", MemfdFlags::CLOEXEC)?);
        memory.write_all(bytes)?;
        // Where the session has a folder in memory, not even the name is on a disk.
        let session =
            env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from).filter(|path| path.is_dir());
        let mut folder = tempfile::Builder::new();
        folder.prefix("offshift-").permissions(Permissions::from_mode(0o700));
        let folder = folder.tempdir_in(session.as_deref().unwrap_or(profile))?;
        let path = folder.path().join(name);
        symlink(format!("/proc/self/fd/{}", memory.as_raw_fd()), &path)?;
        Ok(Self { path, _folder: folder, _memory: memory })
    }
}

/// Gives a file of a room, decrypted, to the page that asks.
pub(super) async fn take(page: &Page, query: Option<&str>) -> Result<Answer, Refused> {
    let Ok(place) = page.files.clone().try_acquire_owned() else { return Ok(answer::busy()) };
    let asked = Asked::of(query)?;
    Ok(match open(page, asked).await {
        Ok(reader) => download(reader, place),
        Err(error) => answer::failure(&error),
    })
}

async fn open(page: &Page, asked: Asked) -> Result<FileReader, RpcError> {
    let client = page.host.client().await?;
    let wrong = |_| RpcError::bad_params("room");
    let room: Json<RoomId> = serde_json::from_value(asked.room.into()).map_err(wrong)?;
    let message: Json<MessageId> = serde_json::from_value(asked.message.into()).map_err(wrong)?;
    Ok(client.open_file(room.0, message.0).await?)
}

/// Neither its name nor its type stand in the head: both are somebody's word (OS-PAG-032).
fn download(reader: FileReader, place: OwnedSemaphorePermit) -> Answer {
    let (pieces, answered) = mpsc::channel(STREAM_FRAMES_MAX);
    tokio::spawn(tell(reader, pieces, place));
    let mut answer = answer::pieces("application/octet-stream", answered);
    answer.headers_mut().insert(CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
    answer
}

async fn tell(
    mut reader: FileReader,
    pieces: mpsc::Sender<io::Result<Bytes>>,
    _place: OwnedSemaphorePermit,
) {
    loop {
        let piece: io::Result<Bytes> = match reader.next().await {
            Ok(None) => return,
            Ok(Some(piece)) => Ok(Bytes::from_owner(piece)),
            Err(_) => Err(io::ErrorKind::InvalidData.into()),
        };
        if pieces.send(piece).await.is_err() {
            return;
        }
    }
}

/// What the query says. Ids and texts are the engine's to judge.
#[derive(Debug, Default, PartialEq, Eq)]
struct Asked {
    room: String,
    message: String,
    caption: String,
}

impl Asked {
    fn of(query: Option<&str>) -> Result<Self, Refused> {
        let mut asked = Self::default();
        for pair in query.ok_or(Refused)?.split('&') {
            let (name, value) = pair.split_once('=').ok_or(Refused)?;
            let place = match name {
                "room" => &mut asked.room,
                "message" => &mut asked.message,
                "caption" => &mut asked.caption,
                _ => return Err(Refused),
            };
            // As forms and URLSearchParams write it.
            *place = decoded(&value.replace('+', " ")).ok_or(Refused)?;
        }
        Ok(asked)
    }
}

/// A name alone, that leads nowhere (OS-PAG-032).
fn file_name(encoded: &str) -> Option<String> {
    let name = decoded(encoded)?;
    let leads = |c: char| c == '/' || c == '\\' || c.is_control();
    let is_name = !name.is_empty() && name.len() <= NAME_BYTES_MAX && !name.contains(leads);
    (is_name && name != "." && name != "..").then_some(name)
}

/// `%C3%A9` to é, as `encodeURIComponent` writes it: nothing else is left as it is but plain ASCII.
fn decoded(encoded: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(encoded.len());
    let mut rest = encoded.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => digit(rest.next()?)? << 4 | digit(rest.next()?)?,
            _ => byte,
        });
    }
    String::from_utf8(bytes).ok()
}

fn digit(letter: u8) -> Option<u8> {
    char::from(letter).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn os_pag_032_a_name_is_a_name_alone() {
        for (encoded, name) in
            [("a.jpg", "a.jpg"), ("%C3%A9%20%F0%9F%8C%B9.png", "é 🌹.png"), ("...", "...")]
        {
            assert_eq!(file_name(encoded).as_deref(), Some(name));
        }
        let long = "x".repeat(NAME_BYTES_MAX + 1);
        for wrong in [
            "",
            ".",
            "..",
            "a/b",
            "a%2Fb",
            "%2e%2e%2fx",
            "a%5Cb",
            "a%00b",
            "a%0d%0ab",
            "%",
            "%4",
            "%zz",
            "%FF",
            &long,
        ] {
            assert_eq!(file_name(wrong), None, "{wrong}");
        }
        assert!(file_name(&long[1..]).is_some());
    }

    #[test]
    fn a_query_has_what_it_may_have_and_nothing_else() {
        let asked = Asked::of(Some("room=0f&caption=a%26b+c%2B")).unwrap();
        assert_eq!((asked.room.as_str(), asked.caption.as_str()), ("0f", "a&b c+"));
        for wrong in
            [None, Some(""), Some("room"), Some("room=0f&path=/etc/passwd"), Some("room=%FF")]
        {
            assert!(Asked::of(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn os_pag_033_what_a_browser_sends_is_in_memory_and_gone_afterwards() {
        let profile = tempfile::tempdir().unwrap();
        let here = InMemory::new(profile.path(), "a.txt", b"canary").unwrap();
        assert_eq!(std::fs::read(&here.path).unwrap(), b"canary");
        assert!(here.path.symlink_metadata().unwrap().is_symlink(), "the bytes are elsewhere");
        assert!(here.path.canonicalize().is_err(), "in no folder");
        let path = here.path.clone();
        drop(here);
        assert!(path.symlink_metadata().is_err() && !path.parent().unwrap().exists());
    }
}
