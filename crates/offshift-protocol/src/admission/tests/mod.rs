//! Each rule and each field by itself, with its twin that is allowed; and all of them against a model.

mod commits;
mod joined;
mod motions;
mod newcomers;
mod removals;
mod signatures;
mod stage;
mod vouches;
