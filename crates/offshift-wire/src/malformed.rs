//! The one error of decoding: the bytes are not what they claim to be.

/// Bytes that are not a valid message of their kind. It names the field, never its content (N7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("malformed {0}")]
pub struct Malformed(pub &'static str);

impl From<prost::DecodeError> for Malformed {
    fn from(_: prost::DecodeError) -> Self {
        Self("protobuf")
    }
}
