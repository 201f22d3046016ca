//! Each rule and each field by itself, with its twin that is allowed; and all of them against a model.

mod against_model;
mod chances;
mod commits;
mod deeds;
mod joined;
mod model;
mod motions;
mod newcomers;
mod removals;
mod signatures;
mod stage;
mod vouches;
