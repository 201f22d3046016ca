#!/bin/sh
# The Debian package: target/debian/offshift-relay_VERSION_ARCH.deb. Needs cargo-deb (cargo install cargo-deb --locked).
#
# The same sources, toolchain and SOURCE_DATE_EPOCH give the same package: paths are remapped, symbols are stripped.
set -eu
cd "$(dirname "$0")/.."
SOURCE_DATE_EPOCH="${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date +%s)}"
export SOURCE_DATE_EPOCH
RUSTFLAGS="-C strip=symbols --remap-path-prefix=$PWD=/offshift --remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=/cargo" \
    cargo build --release --locked -p offshift-relay
program="target/release/offshift-relay"

rm -rf target/package
mkdir -p target/package/man
"$program" man --dir target/package/man
"$program" completions bash >target/package/offshift-relay.bash
"$program" completions zsh >target/package/_offshift-relay
"$program" completions fish >target/package/offshift-relay.fish

cargo deb --no-build --no-strip -p offshift-relay --output target/debian/
