//! Records as this device writes them for itself: fixed order, lengths before what varies, nothing after.

use offshift_wire::Malformed;
use zeroize::Zeroizing;

const BAD: Malformed = Malformed("record");

/// Builds a record.
pub(crate) struct Writer(Zeroizing<Vec<u8>>);

impl Writer {
    pub(crate) fn new(version: u8) -> Self {
        Self(Zeroizing::new(vec![version]))
    }

    /// The same, with room for so many bytes: what grows by itself is copied and erased as often as it doubles.
    pub(crate) fn sized(version: u8, bytes: usize) -> Self {
        let mut record = Zeroizing::new(Vec::with_capacity(bytes.saturating_add(1)));
        record.push(version);
        Self(record)
    }

    pub(crate) fn u8(self, value: u8) -> Self {
        self.fixed(&[value])
    }

    pub(crate) fn u64(self, value: u64) -> Self {
        self.fixed(&value.to_be_bytes())
    }

    /// A buffer that grows by itself leaves copies of keys behind; this one erases what it leaves.
    pub(crate) fn fixed(mut self, bytes: &[u8]) -> Self {
        let length = self.0.len() + bytes.len();
        if length > self.0.capacity() {
            let mut larger = Zeroizing::new(Vec::with_capacity(2 * length));
            larger.extend_from_slice(&self.0);
            self.0 = larger;
        }
        self.0.extend_from_slice(bytes);
        self
    }

    /// What is longer than `u32` can count can't be read back: nothing here is.
    pub(crate) fn bytes(self, bytes: &[u8]) -> Self {
        let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        self.fixed(&length.to_be_bytes()).fixed(bytes)
    }

    pub(crate) fn list<T>(
        self,
        items: impl IntoIterator<Item = T, IntoIter: ExactSizeIterator>,
        write: impl Fn(Self, T) -> Self,
    ) -> Self {
        let items = items.into_iter();
        let count = self.u64(u64::try_from(items.len()).unwrap_or(u64::MAX));
        items.fold(count, write)
    }

    pub(crate) fn done(self) -> Zeroizing<Vec<u8>> {
        self.0
    }
}

/// Reads a record.
pub(crate) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8], version: u8) -> Result<Self, Malformed> {
        let (first, rest) = bytes.split_first().ok_or(BAD)?;
        if *first == version { Ok(Self(rest)) } else { Err(Malformed("record version")) }
    }

    pub(crate) fn u8(&mut self) -> Result<u8, Malformed> {
        let (value, rest) = self.0.split_first().ok_or(BAD)?;
        self.0 = rest;
        Ok(*value)
    }

    pub(crate) fn u64(&mut self) -> Result<u64, Malformed> {
        self.fixed::<8>().map(u64::from_be_bytes)
    }

    pub(crate) fn fixed<const N: usize>(&mut self) -> Result<[u8; N], Malformed> {
        let (value, rest) = self.0.split_first_chunk::<N>().ok_or(BAD)?;
        self.0 = rest;
        Ok(*value)
    }

    pub(crate) fn bytes(&mut self) -> Result<&'a [u8], Malformed> {
        let length = u32::from_be_bytes(self.fixed()?);
        let length = usize::try_from(length).map_err(|_| BAD)?;
        let (bytes, rest) = self.0.split_at_checked(length).ok_or(BAD)?;
        self.0 = rest;
        Ok(bytes)
    }

    /// Text that means something.
    pub(crate) fn parse<T: std::str::FromStr>(&mut self) -> Result<T, Malformed> {
        let text = std::str::from_utf8(self.bytes()?).map_err(|_| BAD)?;
        text.parse().map_err(|_| BAD)
    }

    pub(crate) fn list<T>(
        &mut self,
        read: impl Fn(&mut Self) -> Result<T, Malformed>,
    ) -> Result<Vec<T>, Malformed> {
        let count = self.u64()?;
        let mut items = Vec::new();
        for _ in 0..count {
            items.push(read(self)?);
        }
        Ok(items)
    }

    /// Whether nothing is left: what a later version has added is missing in older records.
    pub(crate) const fn is_done(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn done(self) -> Result<(), Malformed> {
        if self.0.is_empty() { Ok(()) } else { Err(BAD) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_read_as_it_was_written_and_no_other_way() {
        let bytes = Writer::new(1)
            .u8(7)
            .bytes(b"abc")
            .list(&[1_u64, 2], |w, item| w.u64(*item))
            .fixed(&[9; 4])
            .done();
        let read = |bytes: &[u8]| {
            let mut reader = Reader::new(bytes, 1)?;
            let all = (reader.u8()?, reader.bytes()?.to_vec(), reader.list(Reader::u64)?);
            let fixed: [u8; 4] = reader.fixed()?;
            reader.done().map(|()| (all, fixed))
        };
        assert_eq!(read(&bytes), Ok(((7, b"abc".to_vec(), vec![1, 2]), [9; 4])));
        for cut in 0..bytes.len() {
            assert!(read(&bytes[..cut]).is_err());
        }
        assert!(read(&[bytes.as_slice(), &[0]].concat()).is_err());
        assert!(Reader::new(&bytes, 2).is_err());
    }
}
