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
    fs::{self, File, Permissions},
    io::{self, Write},
    os::{
        fd::AsRawFd,
        unix::fs::{PermissionsExt, symlink},
    },
    path::{Path, PathBuf},
    time::Duration,
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
use tokio::{
    sync::{OwnedSemaphorePermit, mpsc},
    time::timeout,
};

use super::{
    Page,
    answer::{self, Answer},
    guard::{Refused, Row},
    limits::{FILE_FRAMES_MAX, NAME_BYTES_MAX, PIECE_TIME},
    server::body,
};
use crate::engine::wire::RpcError;

/// The file's own name, percent-encoded UTF-8.
const NAME: HeaderName = HeaderName::from_static("offshift-name");

/// How folders with such names begin.
const FOLDER: &str = "offshift-";

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
        folder.prefix(FOLDER).permissions(Permissions::from_mode(0o700));
        let folder = folder.tempdir_in(session.as_deref().unwrap_or(profile))?;
        let path = folder.path().join(name);
        symlink(format!("/proc/self/fd/{}", memory.as_raw_fd()), &path)?;
        Ok(Self { path, _folder: folder, _memory: memory })
    }
}

/// Removes the names that a killed engine left in its profile's folder (OS-PAG-033). Its bytes went with it.
pub(crate) fn sweep(profile: &Path) {
    let entries = fs::read_dir(profile).into_iter().flatten().filter_map(Result::ok);
    for entry in entries {
        let is_ours = entry.file_name().to_str().is_some_and(|name| name.starts_with(FOLDER));
        if is_ours && entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            // What is left is looked for again at the next start.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Gives a file of a room, decrypted, to the page that asks.
pub(super) async fn take(page: &Page, query: Option<&str>) -> Result<Answer, Refused> {
    let Ok(place) = page.files.clone().try_acquire_owned() else { return Ok(answer::busy()) };
    let asked = Asked::of(query)?;
    Ok(match open(page, asked).await {
        Ok((reader, shut)) => download(reader, shut, place),
        Err(error) => answer::failure(&error),
    })
}

/// A file, and when it must not be read any more.
async fn open(
    page: &Page,
    asked: Asked,
) -> Result<(FileReader, impl Future<Output = ()> + Send + use<>), RpcError> {
    let client = page.host.client().await?;
    let shut = page.host.shut(&client);
    let wrong = |_| RpcError::bad_params("room");
    let room: Json<RoomId> = serde_json::from_value(asked.room.into()).map_err(wrong)?;
    let message: Json<MessageId> = serde_json::from_value(asked.message.into()).map_err(wrong)?;
    Ok((client.open_file(room.0, message.0).await?, shut))
}

/// Neither its name nor its type stand in the head: both are somebody's word (OS-PAG-032).
fn download(
    reader: FileReader,
    shut: impl Future<Output = ()> + Send + 'static,
    place: OwnedSemaphorePermit,
) -> Answer {
    let (pieces, answered) = mpsc::channel(FILE_FRAMES_MAX);
    tokio::spawn(async move {
        let _place = place;
        tell(reader, pieces, PIECE_TIME, shut).await;
    });
    let mut answer = answer::pieces("application/octet-stream", answered);
    answer.headers_mut().insert(CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
    answer
}

/// Where the pieces of a file come from.
trait Source {
    async fn piece(&mut self) -> io::Result<Option<Bytes>>;
}

impl Source for FileReader {
    async fn piece(&mut self) -> io::Result<Option<Bytes>> {
        match self.next().await {
            Ok(piece) => Ok(piece.map(Bytes::from_owner)),
            Err(_) => Err(io::ErrorKind::InvalidData.into()),
        }
    }
}

/// Until its end, until the engine is locked, or until its reader has not taken a piece for long (OS-PAG-036).
async fn tell(
    mut source: impl Source,
    pieces: mpsc::Sender<io::Result<Bytes>>,
    patience: Duration,
    shut: impl Future<Output = ()>,
) {
    // There is always room for the error: without it half a file would look whole.
    let Ok(last) = pieces.clone().reserve_owned().await else { return };
    let all = async {
        while let Some(piece) = source.piece().await? {
            let place = timeout(patience, pieces.reserve()).await?;
            place.map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe))?.send(Ok(piece));
        }
        Ok(())
    };
    let told = tokio::select! {
        biased;
        () = shut => Err(io::ErrorKind::ConnectionAborted.into()),
        told = all => told,
    };
    if let Err(error) = told {
        last.send(Err(error));
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

    /// A file without end.
    struct Endless;

    impl Source for Endless {
        async fn piece(&mut self) -> io::Result<Option<Bytes>> {
            Ok(Some(Bytes::from_static(b"x")))
        }
    }

    /// A file of so many pieces.
    struct Of(u8);

    impl Source for Of {
        async fn piece(&mut self) -> io::Result<Option<Bytes>> {
            let left = self.0.checked_sub(1);
            self.0 = left.unwrap_or_default();
            Ok(left.map(|_| Bytes::from_static(b"x")))
        }
    }

    async fn rest(mut answered: mpsc::Receiver<io::Result<Bytes>>) -> (usize, bool) {
        let (mut whole, mut broken) = (0, false);
        while let Some(piece) = answered.recv().await {
            whole += usize::from(piece.is_ok());
            broken |= piece.is_err();
        }
        (whole, broken)
    }

    #[tokio::test]
    async fn os_pag_036_a_file_stops_when_the_engine_is_locked_and_does_not_look_whole() {
        let (lock, locked) = tokio::sync::oneshot::channel::<()>();
        let (pieces, mut answered) = mpsc::channel(FILE_FRAMES_MAX);
        let telling = tokio::spawn(tell(Endless, pieces, PIECE_TIME, async { drop(locked.await) }));
        for _ in 0..100 {
            assert!(answered.recv().await.unwrap().is_ok());
        }
        lock.send(()).unwrap();
        telling.await.unwrap();
        let (whole, broken) = rest(answered).await;
        assert!(broken && whole < FILE_FRAMES_MAX, "what was on its way, and no more");
        let (pieces, answered) = mpsc::channel(FILE_FRAMES_MAX);
        tokio::spawn(tell(Of(9), pieces, PIECE_TIME, std::future::pending()));
        assert_eq!(rest(answered).await, (9, false), "the twin");
    }

    #[tokio::test]
    async fn os_pag_036_a_reader_who_takes_nothing_is_left() {
        let (pieces, answered) = mpsc::channel(FILE_FRAMES_MAX);
        tell(Endless, pieces, Duration::from_millis(1), std::future::pending()).await;
        assert!(rest(answered).await.1);
    }

    #[test]
    fn os_pag_033_names_that_a_killed_engine_left_are_swept_away_and_nothing_else() {
        let profile = tempfile::tempdir().unwrap();
        let left = profile.path().join(format!("{FOLDER}a1b2c3"));
        fs::create_dir(&left).unwrap();
        symlink("/proc/self/fd/999", left.join("canary-name.txt")).unwrap();
        fs::create_dir(profile.path().join("files")).unwrap();
        fs::write(profile.path().join("offshift-notes"), b"mine").unwrap();
        sweep(profile.path());
        let mut names: Vec<_> =
            fs::read_dir(profile.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        assert_eq!(names, ["files", "offshift-notes"]);
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
