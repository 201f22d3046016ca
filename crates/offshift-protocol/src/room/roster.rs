//! Who is in an epoch: leaves with their identities.

use std::collections::BTreeMap;

use offshift_wire::{Malformed, MemberId, room::MemberInfo};

/// One leaf: its key and the bytes of its identity, as they were authenticated.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Leaf {
    pub(crate) index: u32,
    pub(crate) id: MemberId,
    pub(crate) identity: Vec<u8>,
}

/// All leaves of an epoch.
#[derive(Clone, PartialEq, Eq, Default)]
pub(crate) struct Roster(BTreeMap<u32, (Leaf, MemberInfo)>);

impl Roster {
    pub(crate) fn new(leaves: impl Iterator<Item = Option<Leaf>>) -> Result<Self, Malformed> {
        let mut roster = BTreeMap::new();
        for leaf in leaves {
            let leaf = leaf.ok_or(Malformed("leaf"))?;
            let info = MemberInfo::decode(&leaf.identity)?;
            roster.insert(leaf.index, (leaf, info));
        }
        Ok(Self(roster))
    }

    pub(crate) fn at(&self, index: u32) -> Option<(&Leaf, &MemberInfo)> {
        self.0.get(&index).map(|(leaf, info)| (leaf, info))
    }

    pub(crate) fn find(&self, id: &MemberId) -> Option<(&Leaf, &MemberInfo)> {
        self.iter().find(|(leaf, _)| leaf.id == *id)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&Leaf, &MemberInfo)> {
        self.0.values().map(|(leaf, info)| (leaf, info))
    }

    /// The handle at a leaf, for words to people.
    pub(crate) fn handle(&self, index: u32) -> String {
        self.at(index).map(|(_, info)| info.handle.as_str().to_owned()).unwrap_or_default()
    }

    /// Whether somebody goes by this handle, whatever its case.
    pub(crate) fn has_handle(&self, handle: &str) -> bool {
        let handle = handle.to_lowercase();
        self.iter().any(|(_, info)| info.handle.as_str().to_lowercase() == handle)
    }
}
