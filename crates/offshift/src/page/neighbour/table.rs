//! The kernel's whole table of TCP sockets, `/proc/net/tcp` and `/proc/net/tcp6`: proc(5).
//!
//! ```text
//! our listening socket -> uid of this program      the peer's end -> uid of who connects
//! ```

use std::{
    fs::File,
    io::{BufRead, BufReader},
    net::SocketAddrV4,
};

/// Sockets of either family: a program may reach an IPv4 address through an IPv6 socket.
const TABLES: [&str; 2] = ["/proc/net/tcp", "/proc/net/tcp6"];

/// What comes before the IPv4 address, on machines of either order.
const MAPPED: [&str; 2] = ["0000000000000000FFFF0000", "00000000000000000000FFFF"];

/// States, as the kernel numbers them. An end that is closed already is listed under root, whoever had it.
const ESTABLISHED: &str = "01";
const LISTENING: &str = "0A";

/// Whether the table has both: who listens at `ours`, and the same account's end of a connection to it.
pub(super) fn is_same(ours: SocketAddrV4, peer: SocketAddrV4) -> bool {
    let rows = TABLES.iter().filter_map(|table| File::open(table).ok()).flat_map(rows_of);
    are_of_one(rows, ours, peer)
}

/// One socket of the machine.
struct Row {
    local: String,
    remote: String,
    state: String,
    uid: u32,
}

fn rows_of(table: File) -> impl Iterator<Item = Row> {
    BufReader::new(table).lines().map_while(Result::ok).filter_map(|line| row(&line))
}

/// proc(5): `sl local_address rem_address st tx:rx tr:tm retrnsmt uid ...`
fn row(line: &str) -> Option<Row> {
    let mut fields = line.split_whitespace().skip(1).map(str::to_owned);
    let (local, remote, state) = (fields.next()?, fields.next()?, fields.next()?);
    let uid = fields.nth(3)?.parse().ok()?;
    Some(Row { local, remote, state, uid })
}

fn are_of_one(rows: impl Iterator<Item = Row>, ours: SocketAddrV4, peer: SocketAddrV4) -> bool {
    let (ours, peer) = (written(ours), written(peer));
    let (mut listens, mut connects) = (None, None);
    for row in rows {
        if row.state == LISTENING && row.local == ours {
            listens = Some(row.uid);
        }
        let is_end = mapped(&row.local) == peer && mapped(&row.remote) == ours;
        if row.state == ESTABLISHED && is_end {
            connects = Some(row.uid);
        }
        // The rest is not read: the kernel walks a table of hundreds of thousands of places for it.
        if listens.is_some() && connects.is_some() {
            break;
        }
    }
    listens.is_some() && listens == connects
}

/// An address as the kernel writes it: the address's word in this machine's order, the port as a number.
fn written(address: SocketAddrV4) -> String {
    let word = u32::from_ne_bytes(address.ip().octets());
    format!("{word:08X}:{:04X}", address.port())
}

/// The IPv4 address that an IPv6 socket's address stands for (`::ffff:127.0.0.1`), or the address itself.
fn mapped(address: &str) -> &str {
    MAPPED.iter().find_map(|prefix| address.strip_prefix(prefix)).unwrap_or(address)
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    const OURS: SocketAddrV4 = SocketAddrV4::new(Ipv4Addr::new(127, 9, 8, 7), 40_000);
    const PEER: SocketAddrV4 = SocketAddrV4::new(Ipv4Addr::LOCALHOST, 50_000);

    fn line(local: &str, remote: &str, state: &str, uid: u32) -> String {
        format!(
            "  0: {local} {remote} {state} 00000000:00000000 00:00000000 00000000 {uid:5} 0 1 1"
        )
    }

    fn judge(connects: &[String]) -> bool {
        let nobody = "00000000:0000";
        let listens = line(&written(OURS), nobody, LISTENING, 1000);
        let accepted = line(&written(OURS), &written(PEER), ESTABLISHED, 1000);
        let lines = [listens, accepted].into_iter().chain(connects.iter().cloned());
        are_of_one(lines.filter_map(|line| row(&line)), OURS, PEER)
    }

    fn end(uid: u32, state: &str) -> String {
        line(&written(PEER), &written(OURS), state, uid)
    }

    #[test]
    fn os_pag_002_another_account_is_told_from_this_one() {
        assert!(judge(&[end(1000, ESTABLISHED)]));
        assert!(!judge(&[end(1001, ESTABLISHED)]));
        assert!(!judge(&[end(0, ESTABLISHED)]));
    }

    #[test]
    fn an_end_that_is_closed_or_not_listed_is_nobodys() {
        assert!(!judge(&[end(1000, "05")]) && !judge(&[]));
    }

    #[test]
    fn an_ipv6_socket_that_reaches_an_ipv4_address_counts() {
        let mapped = |address| format!("0000000000000000FFFF0000{}", written(address));
        assert!(judge(&[line(&mapped(PEER), &mapped(OURS), ESTABLISHED, 1000)]));
        assert!(!judge(&[line(&mapped(PEER), &mapped(OURS), ESTABLISHED, 1001)]));
        let other = |address| format!("000080FE0000000000000000{}", written(address));
        assert!(!judge(&[line(&other(PEER), &other(OURS), ESTABLISHED, 1000)]), "not the same end");
    }
}
