//! UDP sockets with buffers large enough for a burst.

use std::{io, net::SocketAddr};

use socket2::{Domain, Protocol, SockRef, Socket, Type};

/// What the system granted of the buffers that were asked for, bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Granted {
    /// Asked for, each direction.
    pub asked: usize,
    /// Receive buffer.
    pub receive: usize,
    /// Send buffer.
    pub send: usize,
}

impl Granted {
    /// Whether either is less than what was asked for.
    pub const fn is_short(&self) -> bool {
        self.receive < self.asked || self.send < self.asked
    }
}

/// A socket bound to `address`; an IPv6 wildcard takes IPv4 as well.
pub(crate) fn bind(
    address: SocketAddr,
    buffer: usize,
) -> io::Result<(std::net::UdpSocket, Granted)> {
    let socket = Socket::new(Domain::for_address(address), Type::DGRAM, Some(Protocol::UDP))?;
    if address.is_ipv6() && address.ip().is_unspecified() {
        socket.set_only_v6(false)?;
    }
    socket.bind(&address.into())?;
    let socket: std::net::UdpSocket = socket.into();
    let granted = enlarge(&socket, buffer);
    Ok((socket, granted))
}

/// Asks; a system that grants less is slower, not broken.
pub(crate) fn enlarge(socket: &std::net::UdpSocket, asked: usize) -> Granted {
    let socket = SockRef::from(socket);
    let _ = socket.set_recv_buffer_size(asked);
    let _ = socket.set_send_buffer_size(asked);
    Granted {
        asked,
        receive: socket.recv_buffer_size().unwrap_or(0),
        send: socket.send_buffer_size().unwrap_or(0),
    }
}
