//! A file: sealed in chunks into a mailbox of its own, whose keys all follow from the file's key (OS-FIL-001).
//!
//! ```text
//! prk = Extract(SHA-256("offshift file v1"), file key)
//! Expand(prk, "fetch" | "deposit" | "envelope" | "set") -> two seeds, a key, the name of the set
//! file -> chunks of 262,064 bytes -> parts of that set -> envelopes, as a channel's (channel.rs)
//! ```
//! Whoever has the key, which is in the message that offers the file, can read the mailbox and write to it. The chunks
//! were all there before anybody else had the key; so of two for one place the earlier counts (OS-FIL-012).
//!
//! Never: a key for two files; a chunk taken for another place, length, file or mailbox than its own (OS-FIL-011).

use offshift_wire::{Address, Envelope, Life, SizeClass, limits::FILE_BYTES_MAX};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::{
    access::{DepositAccess, FetchAccess},
    channel::{Channel, ChannelSecrets, OVERHEAD},
    derive::{ChainKey, Secret, hash},
    limits::{FILE_LONG_BYTES, FILE_MIDDLE_BYTES},
    parts::{HEADER, TooLong, pack_one},
};

const LABEL: &[u8] = b"offshift file v1";

/// Bytes of a file in each chunk but the last.
pub const CHUNK_BYTES: usize = SizeClass::K256.bytes() - HEADER - OVERHEAD;

/// How a file is cut into chunks: its length says it all (OS-FIL-010).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cut {
    count: u16,
    last: usize,
}

impl Cut {
    /// Of a file of so many bytes; nothing if it is empty or too long.
    pub fn of(bytes: u64) -> Option<Self> {
        if bytes == 0 || bytes > FILE_BYTES_MAX {
            return None;
        }
        let chunk = u64::try_from(CHUNK_BYTES).ok()?;
        let count = u16::try_from(bytes.div_ceil(chunk)).ok()?;
        let before = u64::from(count).checked_sub(1)?.checked_mul(chunk)?;
        Some(Self { count, last: usize::try_from(bytes.checked_sub(before)?).ok()? })
    }

    /// How many chunks there are.
    pub const fn count(self) -> u16 {
        self.count
    }

    /// How many bytes of the file this chunk has; nothing if there is no such chunk.
    pub fn length(self, index: u16) -> Option<usize> {
        let left = self.count.checked_sub(index).filter(|left| *left > 0)?;
        Some(if left == 1 { self.last } else { CHUNK_BYTES })
    }

    /// The size of the envelope of this chunk.
    pub fn class(self, index: u16) -> Option<SizeClass> {
        SizeClass::holding(self.length(index)?.saturating_add(HEADER + OVERHEAD))
    }

    /// Where this chunk's envelope begins, when all lie one behind the other.
    pub fn offset(self, index: u16) -> u64 {
        u64::from(index) * SizeClass::K256.bytes() as u64
    }
}

/// How long a relay is asked to keep a file: the longer the file, the shorter, so that none costs more than some twenty
/// tokens (OS-FIL-020).
pub const fn life(bytes: u64) -> Life {
    if bytes <= FILE_MIDDLE_BYTES {
        Life::D7
    } else if bytes <= FILE_LONG_BYTES {
        Life::D3
    } else {
        Life::D1
    }
}

/// A chunk that was opened: its place, and its bytes.
pub struct Chunk {
    /// Which, from 0 on.
    pub index: u16,
    /// The file's bytes there.
    pub bytes: Zeroizing<Vec<u8>>,
}

/// The mailbox of one file, and the seal of its chunks.
pub struct FileMailbox {
    channel: Channel,
    set: Secret,
    cut: Cut,
}

impl FileMailbox {
    /// Of the file with this key, which is cut so.
    pub fn new(key: &[u8; 32], cut: Cut) -> Self {
        let prk = ChainKey::extract(&hash(&[LABEL]), key);
        let channel = Channel::new(ChannelSecrets {
            fetch: prk.expand(b"fetch"),
            deposit: prk.expand(b"deposit"),
            envelope: prk.expand(b"envelope"),
        });
        Self { channel, set: prk.expand(b"set"), cut }
    }

    /// How the file is cut.
    pub const fn cut(&self) -> Cut {
        self.cut
    }

    /// Which mailbox.
    pub const fn address(&self) -> &Address {
        self.channel.address()
    }

    /// The right to read it.
    pub fn fetch(&self) -> FetchAccess {
        self.channel.fetch()
    }

    /// The right to append to it.
    pub fn deposit(&self) -> DepositAccess {
        self.channel.deposit()
    }

    /// The envelope of a chunk.
    ///
    /// # Errors
    /// [`TooLong`] when there is no such chunk, or its length is another.
    pub fn seal(
        &self,
        rng: &mut dyn CryptoRng,
        index: u16,
        bytes: &[u8],
    ) -> Result<Envelope, TooLong> {
        if self.cut.length(index) != Some(bytes.len()) {
            return Err(TooLong);
        }
        let packed = pack_one(&self.set, index, self.cut.count, bytes, OVERHEAD)?;
        self.channel.seal_part(rng, &packed)
    }

    /// The chunk in an envelope; nothing if it is not one of this file, whole and in the size that is its own.
    pub fn open(&self, envelope: &Envelope) -> Option<Chunk> {
        let part = self.channel.open(envelope)?;
        let index = part.place_in(&self.set, self.cut.count)?;
        let bytes = part.into_bytes();
        let fits = self.cut.length(index) == Some(bytes.len())
            && self.cut.class(index) == Some(envelope.class());
        fits.then_some(Chunk { index, bytes })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_chacha::ChaCha20Rng;
    use rand_core::SeedableRng;

    const KEY: [u8; 32] = [7; 32];

    fn mailbox(bytes: u64) -> FileMailbox {
        FileMailbox::new(&KEY, Cut::of(bytes).unwrap())
    }

    fn rng() -> ChaCha20Rng {
        ChaCha20Rng::seed_from_u64(9)
    }

    #[test]
    fn os_fil_010_a_file_is_cut_by_its_length_alone() {
        let chunk = CHUNK_BYTES as u64;
        let cuts = [
            (1, 1, SizeClass::K1),
            (chunk, 1, SizeClass::K256),
            (chunk + 1, 2, SizeClass::K1),
            (FILE_BYTES_MAX, 101, SizeClass::K16),
        ];
        for (bytes, count, last) in cuts {
            let cut = Cut::of(bytes).unwrap();
            assert_eq!((cut.count(), cut.class(count - 1)), (count, Some(last)), "{bytes}");
            let lengths = (0..count).map(|index| cut.length(index).unwrap() as u64);
            assert_eq!(lengths.sum::<u64>(), bytes);
            assert_eq!(cut.length(count), None);
        }
        assert!(Cut::of(0).is_none() && Cut::of(FILE_BYTES_MAX + 1).is_none());
    }

    #[test]
    fn os_fil_011_a_chunk_opens_in_its_own_file_place_size_and_mailbox_only() {
        let (two, mut rng) = (mailbox(CHUNK_BYTES as u64 + 5), rng());
        let first = two.seal(&mut rng, 0, &vec![1; CHUNK_BYTES]).unwrap();
        let last = two.seal(&mut rng, 1, &[2; 5]).unwrap();
        for (index, envelope, length) in [(0, &first, CHUNK_BYTES), (1, &last, 5)] {
            let chunk = two.open(envelope).expect("the twin");
            assert_eq!((chunk.index, chunk.bytes.len()), (index, length));
        }
        let other_file = FileMailbox::new(&[8; 32], two.cut());
        assert!(other_file.open(&last).is_none(), "another file's");
        assert!(mailbox(CHUNK_BYTES as u64 + 6).open(&last).is_none(), "a truncated one");
        assert!(mailbox(5).open(&last).is_none(), "another count");
        let mut bytes = last.bytes().to_vec();
        bytes[100] ^= 1;
        assert!(two.open(&bytes.try_into().unwrap()).is_none(), "an altered one");
        assert!(two.seal(&mut rng, 1, &[2; 6]).is_err() && two.seal(&mut rng, 2, &[2; 5]).is_err());
        // By whoever has the key, but in a larger envelope than is its own: it would tell this file from others.
        let mut packed = pack_one(&two.set, 1, 2, &[2; 5], OVERHEAD).unwrap();
        packed.class = SizeClass::K4;
        packed.plaintext.resize(SizeClass::K4.bytes() - OVERHEAD, 0);
        let large = two.channel.seal_part(&mut rng, &packed).unwrap();
        assert!(two.open(&large).is_none(), "another size");
        // A part of a room's message under the same key is none of a file.
        let room = two.channel.seal(&mut rng, &[2; 5]).unwrap().remove(0);
        assert!(two.open(&room).is_none() && mailbox(5).open(&room).is_none(), "of another set");
    }

    #[test]
    fn os_fil_020_no_file_costs_more_than_twenty_two_tokens() {
        use offshift_wire::token::Credit;
        for bytes in [1, FILE_MIDDLE_BYTES, FILE_LONG_BYTES, FILE_BYTES_MAX] {
            let cut = Cut::of(bytes).unwrap();
            let cost = |index| Credit::cost(cut.class(index).unwrap(), life(bytes)).0;
            let tokens = (0..cut.count()).map(cost).sum::<u64>().div_ceil(Credit::TOKEN.0);
            assert!(tokens <= 22, "{tokens}");
        }
        assert_eq!(life(FILE_MIDDLE_BYTES), Life::D7);
        assert_eq!(life(FILE_MIDDLE_BYTES + 1), Life::D3);
        assert_eq!(life(FILE_LONG_BYTES + 1), Life::D1);
    }

    #[test]
    fn os_fil_013_the_same_chunk_never_makes_the_same_envelope() {
        let (one, mut rng) = (mailbox(5), rng());
        let [a, b] = [1, 2].map(|_| one.seal(&mut rng, 0, b"words").unwrap());
        assert!(a != b && one.open(&a).unwrap().bytes == one.open(&b).unwrap().bytes);
    }

    fn hex(value: &serde_json::Value) -> Vec<u8> {
        data_encoding::HEXLOWER.decode(value.as_str().unwrap().as_bytes()).unwrap()
    }

    /// `proto/vectors/file_v1.json`: what another implementation must compute, cut and open.
    #[test]
    fn os_fil_001_the_known_answers_of_files_hold() {
        let all = include_str!("../../../proto/vectors/file_v1.json");
        let all: serde_json::Value = serde_json::from_str(all).unwrap();
        for vector in all["vectors"].as_array().unwrap() {
            let key = hex(&vector["key"]).try_into().unwrap();
            let cut = Cut::of(vector["bytes"].as_u64().unwrap()).unwrap();
            let here = FileMailbox::new(&key, cut);
            assert_eq!(here.address().as_bytes().to_vec(), hex(&vector["address"]));
            assert_eq!(u64::from(cut.count()), vector["count"].as_u64().unwrap());
            let opened = here.open(&hex(&vector["envelope"]).try_into().unwrap());
            let chunk = opened.map(|chunk| (u64::from(chunk.index), chunk.bytes.to_vec()));
            let wanted = vector["chunk"]
                .is_string()
                .then(|| (vector["index"].as_u64().unwrap(), hex(&vector["chunk"])));
            assert_eq!(chunk, wanted, "{}", vector["about"]);
        }
    }
}
