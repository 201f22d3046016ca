//! WebDriver's own HTTP, for what the client crate has no word for: readiness, the browser's settings, and the end.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::{
    io::{BufRead, BufReader, Lines, Read, Write},
    net::{Ipv4Addr, TcpStream},
    process::{Child, ChildStdout, Command, Stdio},
    sync::Mutex,
    time::{Duration, Instant},
};

use serde_json::Value;

use crate::relay::PATIENCE;

/// How often a driver that ended before it was ready is started anew.
const STARTS_MAX: u32 = 5;

/// A running `chromedriver`. Its browsers and it end when it is dropped.
pub struct Driver {
    child: Child,
    port: u16,
    sessions: Mutex<Vec<String>>,
}

impl Driver {
    /// Starts it on any free port; nothing, after a visible notice, where Debian's packages are not installed.
    pub fn start() -> Option<Self> {
        for program in ["chromium", "chromedriver"] {
            if !is_installed(program) {
                notice(program);
                return None;
            }
        }
        let (child, port, lines) =
            (0..STARTS_MAX).find_map(|_| spawn()).expect("no chromedriver starts");
        // It writes on: nobody must make it wait.
        std::thread::spawn(move || lines.for_each(drop));
        let driver = Self { child, port, sessions: Mutex::default() };
        driver.wait_until_ready();
        Some(driver)
    }

    fn wait_until_ready(&self) {
        let deadline = Instant::now() + PATIENCE;
        while !self.try_call("GET", "/status", "").is_ok_and(|said| said["value"]["ready"] == true)
        {
            assert!(Instant::now() < deadline, "chromedriver does not get ready");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Where it listens.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Remembers a browser, so that it ends with the driver.
    pub fn keep(&self, session: String) {
        self.sessions.lock().unwrap().push(session);
    }

    /// A command of Chromium's own protocol, in a session.
    pub fn cdp(&self, session: &str, command: &str, parameters: &Value) -> Value {
        let body = serde_json::json!({ "cmd": command, "params": parameters }).to_string();
        let path = format!("/session/{session}/goog/cdp/execute");
        let said = self.try_call("POST", &path, &body).unwrap();
        assert!(said["value"].get("error").is_none(), "{command}: {said}");
        said["value"].clone()
    }

    /// One request, one answer: no pooling, no waiting.
    fn try_call(&self, method: &str, path: &str, body: &str) -> std::io::Result<Value> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
        stream.set_read_timeout(Some(PATIENCE))?;
        let (port, length) = (self.port, body.len());
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\
             Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
        )?;
        Ok(serde_json::from_slice(&body_of(stream)?)?)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let sessions = std::mem::take(self.sessions.get_mut().unwrap());
        for session in sessions {
            let _ = self.try_call("DELETE", &format!("/session/{session}"), "");
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The body of an answer. The driver keeps connections open, whatever it is asked.
fn body_of(stream: TcpStream) -> std::io::Result<Vec<u8>> {
    let (mut reader, mut length) = (BufReader::new(stream), 0);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let line = line.trim_end().to_ascii_lowercase();
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        if line.is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    Ok(body)
}

/// Starts one and waits for its port; nothing where it ended before: it needs one port number free on two families of
/// addresses, and takes the first that the system offers on one.
fn spawn() -> Option<(Child, u16, Lines<BufReader<ChildStdout>>)> {
    let mut command = Command::new("chromedriver");
    command.arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::inherit());
    let mut child = command.spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let Some(port) = lines.find_map(|line| port_in(&line.ok()?)) else {
        let _ = child.kill();
        let _ = child.wait();
        return None;
    };
    Some((child, port, lines))
}

fn port_in(line: &str) -> Option<u16> {
    line.split("successfully on port ").nth(1)?.trim_end_matches('.').parse().ok()
}

fn is_installed(program: &str) -> bool {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&paths).any(|folder| folder.join(program).is_file())
}

/// Past the test harness, which hides what a passing test prints.
fn notice(program: &str) {
    let words = format!(
        "\nNOT TESTED: {program} is not installed, so no browser looks at the page. \
         Next: apt-get install chromium chromium-driver\n"
    );
    let _ = std::io::stderr().write_all(words.as_bytes());
}
