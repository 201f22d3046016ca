#!/bin/sh
# One file that runs on any x86-64 Linux, whatever its C library: target/x86_64-unknown-linux-gnu/release/offshift-relay.
#
# With glibc, because that is what everybody has to build with. What speaks against it: looking up names loads files of
# the system at run time. The running relay looks up none; `init` and `health --public` look up the name of the relay once,
# and where that fails `init` says so and goes on. A static program reads /dev/urandom: it must be there.
set -eu
cd "$(dirname "$0")/.."
target="$(uname -m)-unknown-linux-gnu"
# --target keeps these flags away from build scripts and macros, which can't be static.
# --remap-path-prefix: the same sources give the same file, in whatever folder they lie.
RUSTFLAGS="-C target-feature=+crt-static -C strip=symbols --remap-path-prefix=$PWD=/offshift --remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=/cargo" \
    cargo build --release --locked --target "$target" -p offshift-relay "$@"
program="${CARGO_TARGET_DIR:-target}/$target/release/offshift-relay"
# No interpreter: nothing of the system is loaded.
if readelf -l "$program" | grep -q INTERP; then
    echo "$program is not static" >&2
    exit 1
fi
"$program" --version
ls -l "$program"
