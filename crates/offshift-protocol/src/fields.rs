//! Records of a vault: a version byte, then fields, each a length (4 bytes, big-endian) and its bytes.
//!
//! Private keys lie in them, so a record is erased when dropped.

use offshift_wire::Malformed;
use zeroize::Zeroizing;

/// Writes a record.
pub(crate) struct Fields(Zeroizing<Vec<u8>>);

impl Fields {
    /// An empty record of this version.
    pub(crate) fn new(version: u8) -> Self {
        // A buffer that grows leaves copies behind; most records are shorter than this.
        let mut bytes = Zeroizing::new(Vec::with_capacity(32 << 10));
        bytes.push(version);
        Self(bytes)
    }

    /// Appends a field. None is as long as 4 GiB: all are made here from bounded parts.
    pub(crate) fn put(&mut self, field: &[u8]) {
        let length = u32::try_from(field.len()).unwrap_or(u32::MAX);
        self.0.extend_from_slice(&length.to_be_bytes());
        self.0.extend_from_slice(field);
    }

    /// Appends a number.
    pub(crate) fn put_u64(&mut self, number: u64) {
        self.put(&number.to_be_bytes());
    }

    /// The record.
    pub(crate) fn done(self) -> Zeroizing<Vec<u8>> {
        self.0
    }
}

/// Reads a record.
pub(crate) struct FieldsReader<'a> {
    rest: &'a [u8],
    what: &'static str,
}

impl<'a> FieldsReader<'a> {
    /// The fields of a record of this version; `what` names it in errors.
    pub(crate) fn new(
        version: u8,
        record: &'a [u8],
        what: &'static str,
    ) -> Result<Self, Malformed> {
        match record.split_first() {
            Some((found, rest)) if *found == version => Ok(Self { rest, what }),
            _ => Err(Malformed(what)),
        }
    }

    /// The next field.
    pub(crate) fn take(&mut self) -> Result<&'a [u8], Malformed> {
        let (length, rest) = self.rest.split_first_chunk::<4>().ok_or(Malformed(self.what))?;
        let length = usize::try_from(u32::from_be_bytes(*length)).unwrap_or(usize::MAX);
        let (field, rest) = rest.split_at_checked(length).ok_or(Malformed(self.what))?;
        self.rest = rest;
        Ok(field)
    }

    /// The next field, of exactly `N` bytes.
    pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N], Malformed> {
        self.take()?.try_into().map_err(|_| Malformed(self.what))
    }

    /// The next field, a number.
    pub(crate) fn u64(&mut self) -> Result<u64, Malformed> {
        self.array().map(u64::from_be_bytes)
    }

    /// The next field, text that means something.
    pub(crate) fn parse<T: std::str::FromStr>(&mut self) -> Result<T, Malformed> {
        let text = std::str::from_utf8(self.take()?).ok();
        text.and_then(|text| text.parse().ok()).ok_or(Malformed(self.what))
    }

    /// A list: its count, then that many fields, at most `count_max`.
    pub(crate) fn list<T>(
        &mut self,
        count_max: usize,
        mut one: impl FnMut(&mut Self) -> Result<T, Malformed>,
    ) -> Result<Vec<T>, Malformed> {
        let count = usize::try_from(self.u64()?).unwrap_or(usize::MAX);
        if count > count_max {
            return Err(Malformed(self.what));
        }
        (0..count).map(|_| one(self)).collect()
    }

    /// Nothing may follow.
    pub(crate) fn end(self) -> Result<(), Malformed> {
        if self.rest.is_empty() { Ok(()) } else { Err(Malformed(self.what)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_come_back_as_they_went_and_no_cut_is_accepted() {
        let mut fields = Fields::new(1);
        fields.put(b"one");
        fields.put_u64(2);
        let record = fields.done();
        let read = |bytes: &[u8]| -> Result<(Vec<u8>, u64), Malformed> {
            let mut reader = FieldsReader::new(1, bytes, "test")?;
            let both = (reader.take()?.to_vec(), reader.u64()?);
            reader.end().map(|()| both)
        };
        assert_eq!(read(&record), Ok((b"one".to_vec(), 2)));
        for cut in 0..record.len() {
            assert!(read(&record[..cut]).is_err());
        }
        assert!(read(&[record.as_slice(), &[0]].concat()).is_err());
        assert!(FieldsReader::new(2, &record, "test").is_err());
    }
}
