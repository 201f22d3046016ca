//! Threads, which a machine may not give: by a limit on memory or on tasks.
//!
//! Never: a process that waits for a thread which was never started (OS-OPS-013).

use std::{io, panic, process, sync::Mutex, thread};

use tokio::runtime::{Builder, Runtime};

use super::failure::{Failure, Turn};

/// Those of the store's engine, and some.
const STORE_THREADS: usize = 16;

/// The async runtime. Where tokio is given fewer threads than it takes, it panics, and half of a runtime then waits for ever
/// for the threads that it has: the process ends before that.
pub(super) fn runtime() -> Result<Runtime, Failure> {
    let hook = panic::take_hook();
    panic::set_hook(Box::new(|_| {
        let failure = too_few();
        super::tell(&failure.to_string());
        process::exit(failure.exit_code().into());
    }));
    let built = Builder::new_multi_thread().enable_all().build();
    panic::set_hook(hook);
    built.map_err(|_| too_few())
}

/// Whether there are as many as the store takes, tried once before it is opened: sled waits for ever for those that do not
/// start.
pub(super) fn try_some() -> Result<(), Failure> {
    let gate = Mutex::new(());
    let closed = gate.lock();
    let tried: io::Result<()> = thread::scope(|scope| {
        let wait = || drop(gate.lock());
        let one = |_| thread::Builder::new().spawn_scoped(scope, wait).map(drop);
        let tried = (0..STORE_THREADS).try_for_each(one);
        drop(closed);
        tried
    });
    tried.map_err(|_| too_few())
}

fn too_few() -> Failure {
    Failure::new(
        Turn::Machine,
        "this machine can't start threads: raise the relay's limit of memory or tasks",
    )
}
