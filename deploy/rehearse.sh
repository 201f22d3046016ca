#!/bin/sh
# Runs the steps of README.md on a fresh Debian, as root:  deploy/rehearse.sh package|binary DIR PROGRAM-OR-PACKAGE
#
#   debootstrap -> DIR/fresh (once) -> a copy of it -> booted by systemd-nspawn -> the README's blocks, in order
#
# Needs debootstrap, systemd-container, and Debian's packages for the first run. Whatever fails ends it; what the steps
# print is in DIR/said. The container has its own network with nothing in it: no step needs any.
set -eu
way="${1:?package or binary}"
dir="${2:?a folder to work in}"
thing="$(realpath "${3:?the package or the program}")"
here="$(cd "$(dirname "$0")" && pwd)"
mirror="${DEBIAN_MIRROR:-http://deb.debian.org/debian}"

mkdir -p "$dir"
fresh="$dir/fresh"
root="$dir/machine"
if [ ! -d "$fresh" ]; then
    debootstrap --variant=minbase \
        --include=systemd,systemd-sysv,dbus,iproute2,nftables,procps,sudo,ca-certificates,libc6 \
        bookworm "$fresh.part" "$mirror"
    mv "$fresh.part" "$fresh"
fi
rm -rf "$root"
cp -a "$fresh" "$root"

# The machine's own log and name; the files that a host would have copied there.
echo relay >"$root/etc/hostname"
echo '127.0.0.1 localhost relay' >"$root/etc/hosts"
mkdir -p "$root/root/deploy"
cp -a "$here/." "$root/root/deploy/"
if [ "$way" = package ]; then
    cp "$thing" "$root/root/offshift-relay.deb"
else
    cp "$thing" "$root/root/offshift-relay"
fi

# Name (not known here: keep it), port, access, contact, data, custody.
printf '%s\n' relay.example.org yes '' '' 'the union office, Main Street 1' '' '' >"$root/root/answers"

# The blocks to run: `sh` alone, and those for this way. Those with another word are for people or for elsewhere.
blocks() {
    awk -v way="$way" '
        # The package is set up by answering questions, the single file by a file of answers.
        $2 == "asks"    && /^```sh/ { on = way == "package"; stdin = " </root/answers"; next }
        $2 == "answers" && /^```sh/ { on = way == "binary"; stdin = ""; next }
        /^```sh/ { on = ($2 == "" || $2 == way || $2 == "nft"); stdin = ""; next }
        /^```/   { on = 0; next }
        on       { print $0 stdin }
    ' "$1"
}
{
    echo 'set -eux'
    echo 'cd /root'
    # What a firewall of a fresh machine looks like.
    echo 'nft add table inet filter; nft "add chain inet filter input { type filter hook input priority 0; }"'
    blocks "$here/README.md"
    # The runbooks that can run by themselves, in the order of a year.
    cat "$here/rehearsal/after.sh"
    cat "$here/rehearsal/$way.sh"
    echo 'echo REHEARSED'
} >"$root/root/steps.sh"

cat >"$root/etc/systemd/system/rehearsal.service" <<'END'
[Unit]
After=multi-user.target
[Service]
Type=oneshot
WorkingDirectory=/root
Environment=HOME=/root DEBIAN_FRONTEND=noninteractive
ExecStart=/bin/sh -c 'sh /root/steps.sh >/root/said 2>&1'
ExecStopPost=-/bin/sh -c 'journalctl --no-pager -u "offshift*" >>/root/said 2>&1; journalctl --no-pager --namespace=offshift-relay >>/root/said 2>&1; systemctl --no-block poweroff'
END
mkdir -p "$root/etc/systemd/system/graphical.target.wants"
ln -sf ../rehearsal.service "$root/etc/systemd/system/graphical.target.wants/rehearsal.service"

SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=1 timeout 900 systemd-nspawn --quiet --directory="$root" --boot --register=no --keep-unit \
    --private-network --hostname=relay --console=passive </dev/null >"$dir/console" 2>&1 || true
cp "$root/root/said" "$dir/said"
if grep -q '^REHEARSED$' "$dir/said"; then
    echo "every step ran; see $dir/said"
else
    tail -40 "$dir/said" >&2
    exit 1
fi
