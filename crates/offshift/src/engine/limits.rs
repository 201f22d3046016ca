//! What another program on this device may make an engine hold (N6).

use std::time::Duration;

/// A request's line: the longest message, announced in JSON with every character escaped, is below it.
pub(crate) const LINE_BYTES_MAX: usize = 1 << 20;

/// An answer's line: a page of messages, each as long as it may be and with every character escaped, and the largest
/// picture in base64 are below it.
pub(crate) const ANSWER_BYTES_MAX: usize = 64 << 20;

/// Calls that one connection has under way. Further ones wait in the socket, and their sender with them (OS-RPC-006).
pub(crate) const CALLS_MAX: usize = 64;

/// Connections at once: some commands, bots and pages of one person.
pub(crate) const CONNECTIONS_MAX: usize = 64;

/// After a connection that could not be accepted.
pub(crate) const ACCEPT_PAUSE: Duration = Duration::from_millis(200);

/// The longest path that a unix socket can have on Linux (`sun_path`, less the byte that ends it).
pub(crate) const SOCKET_PATH_MAX: usize = 107;

/// How long a command waits for the first word of an engine on the same device.
pub(crate) const HELLO: Duration = Duration::from_secs(5);

/// Events that wait in a command until it looks at them. The engine's own queue is as long.
pub(crate) const EVENTS_MAX: usize = 1024;

/// What others did and no command has told yet; of more, the oldest is dropped. Members, alarms and messages are in the
/// vault all the same.
pub(crate) const NEWS_MAX: usize = 256;

/// How often an engine looks whether nobody was there for long. A device that slept notices within this time.
pub(crate) const IDLE_LOOK: Duration = Duration::from_secs(30);

/// Notifications come no closer than this: the first of a burst is enough.
pub(crate) const NOTIFY_PAUSE: Duration = Duration::from_secs(10);
