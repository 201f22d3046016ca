//! Lines of a socket, none longer than its limit.

use tokio::io::{AsyncRead, AsyncReadExt};
use zeroize::Zeroizing;

/// Why there are no more lines.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Ended {
    /// The other side is gone.
    Gone,
    /// It sent more than a line may have (OS-RPC-004).
    TooLong,
}

/// The lines that come from `R`.
pub(super) struct Lines<R> {
    from: R,
    /// A passphrase may be among them.
    buffer: Zeroizing<Vec<u8>>,
    /// So far there is no end of a line in the buffer.
    searched: usize,
    bytes_max: usize,
}

impl<R: AsyncRead + Unpin> Lines<R> {
    pub(super) fn new(from: R, bytes_max: usize) -> Self {
        Self { from, buffer: Zeroizing::new(Vec::new()), searched: 0, bytes_max }
    }

    /// The next line, without its end. Cancel-safe: what has come stays in the buffer.
    pub(super) async fn next(&mut self) -> Result<Zeroizing<Vec<u8>>, Ended> {
        loop {
            if let Some(line) = self.whole()? {
                return Ok(line);
            }
            match self.from.read_buf(&mut *self.buffer).await {
                Ok(0) | Err(_) => return Err(Ended::Gone),
                Ok(_) => {}
            }
        }
    }

    fn whole(&mut self) -> Result<Option<Zeroizing<Vec<u8>>>, Ended> {
        let unseen = self.buffer.get(self.searched..).unwrap_or_default();
        let Some(at) = unseen.iter().position(|byte| *byte == b'\n') else {
            self.searched = self.buffer.len();
            return if self.searched > self.bytes_max { Err(Ended::TooLong) } else { Ok(None) };
        };
        let end = self.searched.saturating_add(at);
        if end > self.bytes_max {
            return Err(Ended::TooLong);
        }
        let mut line: Vec<u8> = self.buffer.drain(..=end).collect();
        line.pop();
        self.searched = 0;
        Ok(Some(Zeroizing::new(line)))
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::limits::{ANSWER_BYTES_MAX, LINE_BYTES_MAX},
        *,
    };

    async fn lines(bytes: &[u8]) -> (Vec<usize>, Ended) {
        let mut lines = Lines::new(bytes, LINE_BYTES_MAX);
        let mut lengths = Vec::new();
        loop {
            match lines.next().await {
                Ok(line) => lengths.push(line.len()),
                Err(ended) => return (lengths, ended),
            }
        }
    }

    #[tokio::test]
    async fn os_rpc_004_a_line_is_as_long_as_it_may_be_and_no_longer() {
        assert_eq!(lines(b"one\n\nthree\nrest").await, (vec![3, 0, 5], Ended::Gone));
        let mut longest = vec![b'a'; LINE_BYTES_MAX];
        longest.extend(b"\nb\n");
        assert_eq!(lines(&longest).await, (vec![LINE_BYTES_MAX, 1], Ended::Gone));
        longest.insert(0, b'a');
        assert_eq!(lines(&longest).await, (Vec::new(), Ended::TooLong));
        assert_eq!(lines(&vec![b'a'; LINE_BYTES_MAX + 9000]).await, (Vec::new(), Ended::TooLong));
    }

    #[tokio::test]
    async fn os_rpc_004_an_answer_is_longer_than_a_request_may_be() {
        let mut line = vec![b'a'; LINE_BYTES_MAX + 9000];
        line.push(b'\n');
        let mut lines = Lines::new(&*line, ANSWER_BYTES_MAX);
        assert_eq!(lines.next().await.unwrap().len(), LINE_BYTES_MAX + 9000);
    }
}
