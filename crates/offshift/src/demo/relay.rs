//! The real relay binary as a child process, closed to all but those with a ticket.

use std::{
    env,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use serde_json::Value;
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
    time::timeout,
};

use crate::{failure::Failure, screen::Screen, words::say};

const NAME: &str = "offshift-relay";
const PATIENCE: Duration = Duration::from_secs(15);

/// What its host would have answered to `offshift-relay init`.
const SETTINGS: &str = "\
[relay]
listen = \"127.0.0.1:0\"
public = \"127.0.0.1\"
contact = \"demo\"
[access]
mode = \"tickets\"
";

/// A running relay. It is killed when this is dropped.
pub(super) struct RelayProcess {
    child: Option<Child>,
    data: PathBuf,
    link: String,
}

/// One envelope as the relay holds it.
pub(super) struct Held {
    pub(super) mailbox: String,
    pub(super) bytes: u64,
    pub(super) seconds_left: u64,
    pub(super) sealed: String,
}

/// The relay's binary, beside this one. Run by cargo, it is built first if it is not there.
pub(super) async fn binary(screen: &Screen) -> Result<PathBuf, Failure> {
    let own = env::current_exe().map_err(|_| missing())?;
    let folder = own.parent().ok_or_else(missing)?;
    let binary = folder.join(NAME).with_extension(env::consts::EXE_EXTENSION);
    if binary.is_file() {
        return Ok(binary);
    }
    let cargo = env::var_os("CARGO").ok_or_else(missing)?;
    screen.say(&say!("demo-building"));
    let mut build = Command::new(cargo);
    build.args(["build", "--locked", "-p", NAME, "--bin", NAME]);
    if folder.ends_with("release") {
        build.arg("--release");
    }
    if let Some(target) = folder.parent() {
        build.arg("--target-dir").arg(target);
    }
    if let Some(source) = env::var_os("CARGO_MANIFEST_DIR") {
        build.current_dir(source);
    }
    let built = build.stdin(Stdio::null()).stdout(Stdio::null()).kill_on_drop(true).status().await;
    if built.is_ok_and(|status| status.success()) && binary.is_file() {
        return Ok(binary);
    }
    Err(Failure::fixable(say!("demo-not-built"), say!("demo-not-built-next")))
}

fn missing() -> Failure {
    Failure::fixable(say!("demo-no-relay"), say!("demo-no-relay-next"))
}

impl RelayProcess {
    /// Starts it on a free port of this computer, or on `port`.
    pub(super) async fn start(
        binary: &Path,
        data: PathBuf,
        port: Option<&str>,
    ) -> Result<Self, Failure> {
        std::fs::create_dir_all(&data).map_err(|_| failed())?;
        std::fs::write(data.join("relay.toml"), SETTINGS).map_err(|_| failed())?;
        let mut command = Command::new(binary);
        command.args(["serve", "--data"]).arg(&data);
        if let Some(port) = port {
            command.args(["--listen", &format!("127.0.0.1:{port}")]);
        }
        // Ctrl-C is ours: we stop it.
        let child = command
            .process_group(0)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn();
        let mut child = child.map_err(|_| failed())?;
        let link = timeout(PATIENCE, first_line(&mut child)).await.map_err(|_| failed())??;
        let link = link.strip_prefix("link: ").ok_or_else(failed)?.to_owned();
        Ok(Self { child: Some(child), data, link })
    }

    pub(super) fn link(&self) -> &str {
        &self.link
    }

    /// A ticket, as its host makes one for an organizer.
    pub(super) async fn ticket(&self, binary: &Path) -> Result<String, Failure> {
        let mut command = Command::new(binary);
        command.args(["ticket", "new", "--json", "--data"]).arg(&self.data);
        let output = command.stdin(Stdio::null()).output().await.map_err(|_| failed())?;
        let tickets: Value = serde_json::from_slice(&output.stdout).map_err(|_| failed())?;
        let code = tickets.get(0).and_then(|ticket| ticket.get("code"));
        code.and_then(Value::as_str).map(str::to_owned).ok_or_else(failed)
    }

    /// Asks it to stop, as its host would, and waits until it has.
    pub(super) async fn stop(&mut self) -> Result<(), Failure> {
        let Some(mut child) = self.child.take() else { return Ok(()) };
        if let Some(id) = child.id() {
            let _ = Command::new("kill").arg("-TERM").arg(id.to_string()).status().await;
        }
        match timeout(PATIENCE, child.wait()).await {
            Ok(Ok(status)) if status.success() => Ok(()),
            _ => Err(failed()),
        }
    }

    /// Starts it again on the same data and the same port.
    pub(super) async fn restart(&mut self, binary: &Path) -> Result<(), Failure> {
        let port = self.link.rsplit_once('/').and_then(|(head, _)| head.rsplit_once(':'));
        let port = port.map(|(_, port)| port.to_owned()).ok_or_else(failed)?;
        *self = Self::start(binary, self.data.clone(), Some(&port)).await?;
        Ok(())
    }

    /// What it holds, as its own program tells. It must not run.
    pub(super) async fn holdings(&self, binary: &Path) -> Result<Vec<Held>, Failure> {
        let mut command = Command::new(binary);
        command.args(["holdings", "--json", "--data"]).arg(&self.data);
        let output = command.stdin(Stdio::null()).output().await.map_err(|_| failed())?;
        let report: Value = serde_json::from_slice(&output.stdout).map_err(|_| failed())?;
        let shown = report.get("shown").and_then(Value::as_array).ok_or_else(failed)?;
        shown.iter().map(held).collect::<Option<_>>().ok_or_else(failed)
    }
}

fn held(line: &Value) -> Option<Held> {
    let text = |name: &str| Some(line.get(name)?.as_str()?.to_owned());
    let number = |name: &str| line.get(name)?.as_u64();
    Some(Held {
        mailbox: text("mailbox")?,
        bytes: number("bytes")?,
        seconds_left: number("seconds_left")?,
        sealed: text("sealed")?,
    })
}

async fn first_line(child: &mut Child) -> Result<String, Failure> {
    let out = child.stdout.take().ok_or_else(failed)?;
    let mut lines = BufReader::new(out).lines();
    let line = lines.next_line().await.ok().flatten().ok_or_else(failed)?;
    // It goes on printing; somebody has to read, or it would find its output closed.
    tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
    Ok(line)
}

fn failed() -> Failure {
    Failure::outside(say!("demo-relay-failed"), say!("demo-relay-failed-next"))
}
