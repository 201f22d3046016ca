//! One TCP socket of this machine, asked for by its two ends: sock_diag(7).

use std::{io, net::SocketAddrV4};

use netlink_packet_core::{NLM_F_REQUEST, NetlinkHeader, NetlinkMessage, NetlinkPayload};
use netlink_packet_sock_diag::{
    SockDiagMessage,
    constants::{AF_INET, IPPROTO_TCP, TCP_ESTABLISHED},
    inet::{ExtensionFlags, InetRequest, SocketId, StateFlags},
};
use netlink_sys::{Socket, SocketAddr, protocols::NETLINK_SOCK_DIAG};

/// "Whichever socket has these ends."
const ANY_COOKIE: [u8; 8] = [0xff; 8];

/// More than one answer takes.
const ANSWER_BYTES: usize = 4096;

/// The account whose socket is connected from `local` to `remote`; an IPv6 socket that reaches an IPv4 address counts.
/// Nothing where there is none, or where the kernel does not tell.
pub(super) fn owner(local: SocketAddrV4, remote: SocketAddrV4) -> Option<u32> {
    let answer = ask(local, remote).ok()?;
    let answer = NetlinkMessage::<SockDiagMessage>::deserialize(&answer).ok()?;
    let NetlinkPayload::InnerMessage(SockDiagMessage::InetResponse(found)) = answer.payload else {
        return None;
    };
    let (found, ends) = (&found.header, &found.header.socket_id);
    // Where no connection has these ends, the kernel may answer with a socket that listens at one of them.
    let is_it = found.state == TCP_ESTABLISHED
        && (ends.source_address.to_canonical(), ends.source_port) == end(local)
        && (ends.destination_address.to_canonical(), ends.destination_port) == end(remote);
    is_it.then_some(found.uid)
}

fn end(address: SocketAddrV4) -> (std::net::IpAddr, u16) {
    ((*address.ip()).into(), address.port())
}

fn ask(local: SocketAddrV4, remote: SocketAddrV4) -> io::Result<Vec<u8>> {
    let mut socket = Socket::new(NETLINK_SOCK_DIAG)?;
    socket.bind_auto()?;
    socket.connect(&SocketAddr::new(0, 0))?;
    // The kernel answers before `send` returns: what it did not answer then, it never does.
    socket.set_non_blocking(true)?;
    socket.send(&question(local, remote), 0)?;
    let mut answer = Vec::with_capacity(ANSWER_BYTES);
    socket.recv(&mut answer, 0)?;
    Ok(answer)
}

fn question(local: SocketAddrV4, remote: SocketAddrV4) -> Vec<u8> {
    let socket_id = SocketId {
        source_port: local.port(),
        destination_port: remote.port(),
        source_address: (*local.ip()).into(),
        destination_address: (*remote.ip()).into(),
        interface_id: 0,
        cookie: ANY_COOKIE,
    };
    let request = InetRequest {
        family: AF_INET,
        protocol: IPPROTO_TCP,
        extensions: ExtensionFlags::empty(),
        states: StateFlags::all(),
        socket_id,
    };
    let mut header = NetlinkHeader::default();
    header.flags = NLM_F_REQUEST;
    let mut message = NetlinkMessage::new(header, SockDiagMessage::InetRequest(request).into());
    message.finalize();
    let mut bytes = vec![0; message.buffer_len()];
    message.serialize(&mut bytes);
    bytes
}
