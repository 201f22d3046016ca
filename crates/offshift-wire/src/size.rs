//! The five sizes of an envelope, and nothing else (OS-MBX-020).

use bytes::Bytes;

use crate::Malformed;

/// One of the five sizes that an envelope may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SizeClass {
    /// 1,024 bytes.
    K1,
    /// 4,096 bytes.
    K4,
    /// 16,384 bytes.
    K16,
    /// 65,536 bytes.
    K64,
    /// 262,144 bytes.
    K256,
}

impl SizeClass {
    /// All, from small to large.
    pub const ALL: [Self; 5] = [Self::K1, Self::K4, Self::K16, Self::K64, Self::K256];

    /// Its size in bytes.
    pub const fn bytes(self) -> usize {
        match self {
            Self::K1 => 1 << 10,
            Self::K4 => 4 << 10,
            Self::K16 => 16 << 10,
            Self::K64 => 64 << 10,
            Self::K256 => 256 << 10,
        }
    }

    /// Its number in hashes and records: 1 to 5.
    pub const fn number(self) -> u8 {
        match self {
            Self::K1 => 1,
            Self::K4 => 2,
            Self::K16 => 3,
            Self::K64 => 4,
            Self::K256 => 5,
        }
    }

    /// The class with exactly this many bytes.
    pub fn exactly(bytes: usize) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.bytes() == bytes)
    }

    /// The smallest class that holds this many bytes.
    pub fn holding(bytes: usize) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.bytes() >= bytes)
    }
}

/// Sealed bytes of exactly one of the five sizes. Cloning shares the bytes.
#[derive(Clone, PartialEq, Eq)]
pub struct Envelope {
    bytes: Bytes,
    class: SizeClass,
}

impl Envelope {
    /// Its size.
    pub const fn class(&self) -> SizeClass {
        self.class
    }

    /// Its bytes, shared.
    pub const fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// Its bytes, taken.
    pub fn into_bytes(self) -> Bytes {
        self.bytes
    }
}

impl TryFrom<Bytes> for Envelope {
    type Error = Malformed;

    fn try_from(bytes: Bytes) -> Result<Self, Malformed> {
        let class = SizeClass::exactly(bytes.len()).ok_or(Malformed("envelope size"))?;
        Ok(Self { bytes, class })
    }
}

impl TryFrom<Vec<u8>> for Envelope {
    type Error = Malformed;

    fn try_from(bytes: Vec<u8>) -> Result<Self, Malformed> {
        Bytes::from(bytes).try_into()
    }
}

impl AsRef<[u8]> for Envelope {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl std::fmt::Debug for Envelope {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Envelope(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn os_mbx_020_only_five_sizes_are_envelopes() {
        for class in SizeClass::ALL {
            assert_eq!(Envelope::try_from(vec![0; class.bytes()]).unwrap().class(), class);
            assert!(Envelope::try_from(vec![0; class.bytes() - 1]).is_err());
            assert!(Envelope::try_from(vec![0; class.bytes() + 1]).is_err());
        }
        assert!(Envelope::try_from(Vec::new()).is_err());
    }

    #[test]
    fn holding_picks_the_smallest_class_that_fits() {
        assert_eq!(SizeClass::holding(0), Some(SizeClass::K1));
        assert_eq!(SizeClass::holding(1025), Some(SizeClass::K4));
        assert_eq!(SizeClass::holding((256 << 10) + 1), None);
    }
}
