//! A served page and its visitors.

use std::{
    io::{Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
};

use offshift_tests::{
    people::{Program, Running},
    relay::PATIENCE,
};
use serde_json::{Value, json};
use tempfile::TempDir;

/// `offshift open` on a profile of its own.
pub(crate) struct Served {
    running: Running,
    pub(crate) program: Program,
    pub(crate) folder: TempDir,
    /// The profile's folder.
    pub(crate) directory: PathBuf,
    /// Where it is, `127.1.2.3:40000`.
    pub(crate) at: String,
    /// What the link has behind its `#`.
    pub(crate) token: String,
}

impl Served {
    /// Open: the passphrase was given on the command line's side.
    pub(crate) fn open() -> Self {
        Self::start(true)
    }

    /// Locked: nobody gave a passphrase yet.
    pub(crate) fn locked() -> Self {
        Self::start(false)
    }

    fn start(with_passphrase: bool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let directory = folder.path().join("ana");
        let program = Program::existing(&directory);
        assert_eq!(program.run(&["start", "--handle", "ana"]).code(), 0);
        Self::serve(folder, directory, program, with_passphrase)
    }

    /// The page of a profile that is there.
    pub(crate) fn of(folder: TempDir, directory: PathBuf, program: Program) -> Self {
        Self::serve(folder, directory, program, true)
    }

    fn serve(folder: TempDir, directory: PathBuf, program: Program, with_passphrase: bool) -> Self {
        let mut running = if with_passphrase {
            program.start(&["open", "--no-browser"])
        } else {
            program.start_without_passphrase(&["open", "--no-browser"])
        };
        let (at, token) = parts(&running.next("page"));
        Self { running, program, folder, directory, at, token }
    }

    /// The same profile, opened by a new process.
    pub(crate) fn again(self) -> Self {
        let Self { running, program, folder, directory, .. } = self;
        assert_eq!(running.terminate(), Some(0));
        Self::serve(folder, directory, program, true)
    }

    /// One more link, by another command that asks this process.
    pub(crate) fn another_token(&self) -> String {
        let run = self.program.run(&["open", "--no-browser"]);
        assert_eq!(run.code(), 0, "{}", run.error);
        let (at, token) = parts(run.event("page").unwrap());
        assert_eq!(at, self.at, "it is the same page");
        token
    }

    /// The request of our own page, without a session.
    pub(crate) fn page(&self, method: &str, path: &str) -> Request {
        let mut request =
            Request::new(&self.at, method, path).with("Sec-Fetch-Site", "same-origin");
        if method == "POST" {
            request = request.with("Origin", &format!("http://{}", self.at));
        }
        request
    }

    /// The token for a session.
    pub(crate) fn launch(&self, token: &str) -> Request {
        let body = json!({ "token": token }).to_string();
        self.page("POST", "/session").with("Content-Type", "application/json").body(body)
    }

    /// A tab with a session.
    pub(crate) fn tab(&self) -> Tab<'_> {
        self.tab_of(&self.token)
    }

    pub(crate) fn tab_of(&self, token: &str) -> Tab<'_> {
        let reply = self.launch(token).ask();
        assert_eq!(reply.status, 200);
        let cookie = reply.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
        Tab { served: self, cookie, secret: reply.json()["tab"].as_str().unwrap().to_owned() }
    }
}

/// `http://127.1.2.3:40000/#TOKEN`
fn parts(line: &Value) -> (String, String) {
    let url = line["url"].as_str().unwrap().strip_prefix("http://").unwrap();
    let (at, token) = url.split_once("/#").unwrap();
    (at.to_owned(), token.to_owned())
}

/// A tab of a browser that used a link.
pub(crate) struct Tab<'a> {
    pub(crate) served: &'a Served,
    /// `offshift-40000=...`
    pub(crate) cookie: String,
    pub(crate) secret: String,
}

impl Tab<'_> {
    pub(crate) fn request(&self, method: &str, path: &str) -> Request {
        let request = self.served.page(method, path);
        request.with("Cookie", &self.cookie).with("Offshift-Tab", &self.secret)
    }

    /// One call, as our page makes it.
    pub(crate) fn calling(&self, method: &str, params: &Value) -> Request {
        let body = json!({ "jsonrpc": "2.0", "id": 7, "method": method, "params": params });
        let request = self.request("POST", "/rpc").with("Content-Type", "application/json");
        request.body(body.to_string())
    }

    /// What the call answers.
    pub(crate) fn call(&self, method: &str, params: &Value) -> Value {
        let reply = self.calling(method, params).ask();
        assert_eq!(reply.status, 200, "{method}");
        let answer = reply.json();
        assert_eq!((&answer["jsonrpc"], &answer["id"]), (&json!("2.0"), &json!(7)));
        answer
    }

    /// A call that works whatever the engine's state: the twin of every refusal.
    pub(crate) fn harmless(&self) -> Request {
        self.calling("status", &json!({}))
    }
}

/// A request as bytes on a socket.
#[derive(Clone)]
pub(crate) struct Request {
    at: String,
    line: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Request {
    pub(crate) fn new(at: &str, method: &str, path: &str) -> Self {
        let (at, line) = (at.to_owned(), format!("{method} {path} HTTP/1.1"));
        let headers = vec![("Host".to_owned(), at.clone())];
        Self { at, line, headers, body: Vec::new() }
    }

    /// With one more header.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Without a header.
    pub(crate) fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(known, _)| known != name);
        self
    }

    /// With another value of a header.
    pub(crate) fn but(self, name: &str, value: &str) -> Self {
        self.without(name).with(name, value)
    }

    /// With another first line.
    pub(crate) fn line(self, line: &str) -> Self {
        Self { line: line.to_owned(), ..self }
    }

    pub(crate) fn body(self, body: impl Into<Vec<u8>>) -> Self {
        let body = body.into();
        let length = body.len().to_string();
        Self { body, ..self }.but("Content-Length", &length)
    }

    /// The head as it goes over the socket.
    pub(crate) fn head(&self) -> Vec<u8> {
        let lines = self.headers.iter().map(|(name, value)| format!("{name}: {value}\r\n"));
        format!("{}\r\n{}\r\n", self.line, lines.collect::<String>()).into_bytes()
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.body.clone()
    }

    /// Sends it whole.
    pub(crate) fn send(&self) -> TcpStream {
        let mut stream = connect(&self.at);
        // Who refuses does not wait for the body: that it can't be sent is no failure of the test.
        let closing = self.clone().with("Connection", "close").head();
        let _ = stream.write_all(&closing).and_then(|()| stream.write_all(&self.body));
        stream
    }

    pub(crate) fn ask(&self) -> Reply {
        Reply::read(&mut self.send())
    }

    pub(crate) fn status(&self) -> u16 {
        self.ask().status
    }
}

/// A connection that no test waits for longer than for anything else.
pub(crate) fn connect(at: &str) -> TcpStream {
    let stream = TcpStream::connect(at).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream
}

/// An answer.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    /// Everything until the server closes, which it does after one answer.
    fn read(stream: &mut TcpStream) -> Self {
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        Self::of(&bytes).expect("an answer")
    }

    pub(crate) fn of(bytes: &[u8]) -> Option<Self> {
        let at = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
        let (head, body) = (String::from_utf8(bytes[..at].to_vec()).unwrap(), &bytes[at + 4..]);
        let mut lines = head.split("\r\n");
        let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
        let pair = |line: &str| {
            let (name, value) = line.split_once(": ").unwrap_or((line, ""));
            (name.to_lowercase(), value.to_owned())
        };
        let headers: Vec<_> = lines.map(pair).collect();
        let is_chunked = headers.contains(&("transfer-encoding".into(), "chunked".into()));
        let body = if is_chunked { unchunked(body) } else { body.to_vec() };
        Some(Self { status, headers, body })
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

/// The bytes of chunks; panics where the last, empty one is missing: that is half an answer.
fn unchunked(mut rest: &[u8]) -> Vec<u8> {
    let mut whole = Vec::new();
    loop {
        let at = rest.windows(2).position(|window| window == b"\r\n").expect("a chunk");
        let size = std::str::from_utf8(&rest[..at]).unwrap();
        let size = usize::from_str_radix(size, 16).unwrap();
        if size == 0 {
            return whole;
        }
        whole.extend_from_slice(&rest[at + 2..at + 2 + size]);
        rest = &rest[at + 4 + size..];
    }
}

/// All files under a folder, with their bytes.
pub(crate) fn files(folder: &Path) -> Vec<(std::path::PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        match entry.file_type().unwrap() {
            kind if kind.is_dir() => found.extend(files(&entry.path())),
            kind if kind.is_file() => {
                found.push((entry.path(), std::fs::read(entry.path()).unwrap_or_default()));
            }
            _ => {}
        }
    }
    found
}
