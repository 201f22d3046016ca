//! What `init` asks, and how each answer is checked before the next question.
//!
//! ```text
//! line -> the key takes it (as a settings file would) -> a look at this machine -> Fine | Doubt: keep it? | Wrong: again
//! ```

use std::{
    fs, io,
    net::{Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs, UdpSocket},
    os::unix::fs::DirBuilderExt,
    path::Path,
};

use offshift_relay::config::{Access, Settings, host_and_port};

/// One question: it sets one key.
pub(super) struct Question {
    pub(super) key: (&'static str, &'static str),
    /// What the person reads.
    pub(super) text: &'static str,
    /// The answer when nothing is typed; empty: the key stays unset.
    pub(super) usual: fn(&Settings) -> String,
    /// What was typed, as the key takes it.
    pub(super) meant: fn(&str) -> String,
    pub(super) is_asked: fn(&Settings) -> bool,
    pub(super) check: fn(&Settings) -> Finding,
}

/// What a look at the machine says of an answer.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Finding {
    Fine,
    /// It may be right later.
    Doubt(String),
    Wrong(String),
}

/// In the order of asking.
pub(super) const QUESTIONS: [Question; 6] = [
    Question {
        key: ("relay", "public"),
        text: "How do members reach this machine? A name or an address, as others know it.",
        usual: |settings| settings.relay.public.clone().unwrap_or_default(),
        meant: str::to_owned,
        is_asked: |_| true,
        check: public_name,
    },
    Question {
        key: ("relay", "listen"),
        text: "Which UDP port? Your firewall must let it in.",
        usual: |settings| settings.relay.listen.port().to_string(),
        meant: |typed| match typed.parse::<u16>() {
            Ok(port) => format!("[::]:{port}"),
            Err(_) => typed.to_owned(),
        },
        is_asked: |_| true,
        check: free_port,
    },
    Question {
        key: ("access", "mode"),
        text: "Who may use it?\n\
               \x20 \"tickets\": people who have a ticket, or a share of one.\n\
               \x20 \"open\": whoever has the link.",
        usual: |settings| match settings.access {
            Access::Tickets => "tickets".to_owned(),
            Access::Open => "open".to_owned(),
        },
        meant: str::to_owned,
        is_asked: |_| true,
        check: |_| Finding::Fine,
    },
    Question {
        key: ("relay", "contact"),
        text: "Whom shall people ask for a ticket? Everybody with the link can read this:\n\
               name a role and a place, not a person. Empty: nobody is named.",
        usual: |settings| settings.relay.contact.clone(),
        meant: str::to_owned,
        is_asked: |settings| settings.access == Access::Tickets,
        check: |_| Finding::Fine,
    },
    Question {
        key: ("relay", "data"),
        text: "Where shall the relay keep its identity, its tickets and the sealed envelopes?",
        usual: |settings| {
            settings
                .relay
                .data
                .as_deref()
                .map_or_else(String::new, |path| path.display().to_string())
        },
        meant: str::to_owned,
        is_asked: |_| true,
        check: |settings| settings.relay.data.as_deref().map_or(Finding::Fine, usable_directory),
    },
    Question {
        key: ("keep", "custody"),
        text: "Where shall the keys of waiting messages be?\n\
               \x20 \"disk\": a restart loses nothing. Who takes the machine sees which\n\
               \x20   mailboxes hold how much, never the messages.\n\
               \x20 \"memory\": a machine that is off holds nothing readable. Every restart\n\
               \x20   forgets all waiting messages.",
        usual: |_| "disk".to_owned(),
        meant: str::to_owned,
        is_asked: |_| true,
        check: |_| Finding::Fine,
    },
];

/// Whether the name has an address. A name that is not known here may be made tomorrow.
fn public_name(settings: &Settings) -> Finding {
    let Some(public) = &settings.relay.public else {
        return Finding::Doubt(
            "Without a name or an address only people in this machine's own network reach it."
                .to_owned(),
        );
    };
    let Some((host, port)) = host_and_port(public) else { return Finding::Fine };
    let port = port.unwrap_or_else(|| settings.relay.listen.port());
    let addresses = (host.as_str(), port).to_socket_addrs();
    match addresses.is_ok_and(|mut addresses| addresses.next().is_some()) {
        true => Finding::Fine,
        false => {
            Finding::Doubt(format!("{host} has no address yet, as far as this machine knows."))
        }
    }
}

/// Whether somebody else has the port.
fn free_port(settings: &Settings) -> Finding {
    let port = settings.relay.listen.port();
    if port == 0 {
        return Finding::Wrong(
            "Port 0 is another one at each start; members need one that stays.".to_owned(),
        );
    }
    match bind(settings.relay.listen) {
        Ok(_) => Finding::Fine,
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Finding::Wrong(format!(
            "This user may not listen on port {port}; choose one from 1024 on."
        )),
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
            Finding::Wrong(format!("Another program has port {port} already; choose another one."))
        }
        Err(error) => {
            Finding::Wrong(format!("This machine can't listen there ({}).", error.kind()))
        }
    }
}

/// As the relay will: IPv4 where there is no IPv6.
pub(in crate::cli) fn bind(listen: SocketAddr) -> io::Result<UdpSocket> {
    UdpSocket::bind(listen).or_else(|error| {
        let no_ipv6 = listen.ip() == Ipv6Addr::UNSPECIFIED
            && matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::AddrNotAvailable);
        if no_ipv6 { UdpSocket::bind((Ipv4Addr::UNSPECIFIED, listen.port())) } else { Err(error) }
    })
}

/// Makes the directory, and a file in it, to see whether the relay could.
fn usable_directory(path: &Path) -> Finding {
    let made = fs::DirBuilder::new().recursive(true).mode(0o700).create(path);
    match made.and_then(|()| tempfile::tempfile_in(path)) {
        Ok(_) => Finding::Fine,
        Err(error) => Finding::Wrong(format!(
            "This user can't write to {} ({}); choose another directory, or run this as the relay's user.",
            path.display(),
            error.kind()
        )),
    }
}

#[cfg(test)]
mod tests {
    use offshift_relay::config::Loaded;

    use super::*;

    fn settings(text: &str) -> Settings {
        Loaded::parse(text).unwrap().settings
    }

    #[test]
    fn a_port_that_somebody_has_is_wrong_and_a_free_one_is_fine() {
        let taken = UdpSocket::bind("127.0.0.1:0").unwrap();
        let text = format!("[relay]\nlisten = '{}'\n", taken.local_addr().unwrap());
        assert!(
            matches!(free_port(&settings(&text)), Finding::Wrong(why) if why.contains("Another program"))
        );
        drop(taken);
        assert_eq!(free_port(&settings(&text)), Finding::Fine);
    }

    #[test]
    fn a_name_without_an_address_is_a_doubt_and_an_address_is_fine() {
        assert!(matches!(
            public_name(&settings("[relay]\npublic = 'relay.invalid'")),
            Finding::Doubt(_)
        ));
        assert!(matches!(public_name(&settings("")), Finding::Doubt(_)));
        assert_eq!(public_name(&settings("[relay]\npublic = '127.0.0.1'")), Finding::Fine);
    }

    #[test]
    fn a_directory_in_a_file_is_wrong() {
        let file = tempfile::NamedTempFile::new().unwrap();
        assert!(matches!(usable_directory(&file.path().join("data")), Finding::Wrong(_)));
        let directory = tempfile::tempdir().unwrap();
        assert_eq!(usable_directory(&directory.path().join("data")), Finding::Fine);
    }
}
