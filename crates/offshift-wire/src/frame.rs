//! Framing: a 4-byte big-endian length and then that many bytes.
//!
//! Incremental and allocation-free until a whole frame is there: a peer that announces a large frame
//! and sends nothing costs four bytes.

use bytes::{Buf, BufMut, Bytes, BytesMut};

use crate::{
    Malformed,
    limits::{FRAME_MAX, FRAME_PREFIX},
};

/// Takes the next whole frame's body off `buffer`, or `None` if more bytes are needed.
///
/// # Errors
/// [`Malformed`] when the announced length is 0 or over [`FRAME_MAX`]; the stream is then useless.
pub fn take(buffer: &mut BytesMut) -> Result<Option<Bytes>, Malformed> {
    let Some(prefix) = buffer.first_chunk::<FRAME_PREFIX>() else { return Ok(None) };
    let length = body_length(*prefix)?;
    if buffer.len() < FRAME_PREFIX.saturating_add(length) {
        return Ok(None);
    }
    buffer.advance(FRAME_PREFIX);
    Ok(Some(buffer.split_to(length).freeze()))
}

/// The body length that a prefix announces.
///
/// # Errors
/// [`Malformed`] when it is 0 or over [`FRAME_MAX`].
pub fn body_length(prefix: [u8; FRAME_PREFIX]) -> Result<usize, Malformed> {
    let length = usize::try_from(u32::from_be_bytes(prefix)).unwrap_or(usize::MAX);
    if length == 0 || length > FRAME_MAX {
        return Err(Malformed("frame length"));
    }
    Ok(length)
}

/// Appends one frame whose body is `message`.
pub(crate) fn put(message: &impl prost::Message, out: &mut BytesMut) {
    let length = message.encoded_len();
    debug_assert!(length <= FRAME_MAX, "our own frames fit");
    out.reserve(length.saturating_add(FRAME_PREFIX));
    out.put_u32(u32::try_from(length).unwrap_or(u32::MAX));
    // A BytesMut grows: encoding can't run out of room.
    let _ = message.encode(out);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_comes_out_only_when_whole() {
        let mut buffer = BytesMut::from(&[0, 0, 0, 3, 1, 2][..]);
        assert_eq!(take(&mut buffer), Ok(None));
        buffer.put_u8(3);
        buffer.put_u8(9);
        assert_eq!(take(&mut buffer).unwrap().unwrap().as_ref(), &[1, 2, 3]);
        assert_eq!(buffer.as_ref(), &[9]);
    }

    #[test]
    fn empty_and_oversized_frames_are_refused_by_their_prefix_alone() {
        assert!(take(&mut BytesMut::from(&[0, 0, 0, 0][..])).is_err());
        let over = u32::try_from(FRAME_MAX + 1).unwrap().to_be_bytes();
        assert!(take(&mut BytesMut::from(&over[..])).is_err());
    }
}
