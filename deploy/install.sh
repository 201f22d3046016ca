#!/bin/sh
# Installs the relay from a single file, as the package does:  deploy/install.sh ./offshift-relay
# Takes it away again:                                         deploy/install.sh --remove
#
# Settings (/etc/offshift-relay) and data (/var/lib/offshift-relay) are never touched.
set -eu
here="$(cd "$(dirname "$0")" && pwd)"

# What goes where.
files="
systemd/offshift-relay.service /usr/lib/systemd/system/offshift-relay.service
systemd/offshift-relay.socket /usr/lib/systemd/system/offshift-relay.socket
journald/offshift-relay.conf /usr/lib/systemd/journald@offshift-relay.conf.d/offshift-relay.conf
sysusers.d/offshift-relay.conf /usr/lib/sysusers.d/offshift-relay.conf
tmpfiles.d/offshift-relay.conf /usr/lib/tmpfiles.d/offshift-relay.conf
sysctl.d/60-offshift-relay.conf /usr/lib/sysctl.d/60-offshift-relay.conf
"

if [ "${1:-}" = --remove ]; then
    systemctl disable --now offshift-relay.socket offshift-relay.service
    echo "$files" | while read -r _ to; do
        if [ -n "$to" ]; then rm -f "$to"; fi
    done
    rmdir "/usr/lib/systemd/journald@offshift-relay.conf.d" || true
    rm -f /usr/bin/offshift-relay
    systemctl daemon-reload
    exit 0
fi

program="${1:?usage: deploy/install.sh PROGRAM, or deploy/install.sh --remove}"
# Beside the old one and then in its place: a relay that runs keeps its file.
install -m 755 "$program" /usr/bin/offshift-relay.new
mv /usr/bin/offshift-relay.new /usr/bin/offshift-relay
echo "$files" | while read -r from to; do
    if [ -n "$to" ]; then install -D -m 644 "$here/$from" "$to"; fi
done
systemd-sysusers offshift-relay.conf
systemd-tmpfiles --create offshift-relay.conf
# The buffers are a wish: a container may not set them, and the relay runs without.
/usr/lib/systemd/systemd-sysctl 60-offshift-relay.conf || true
systemctl daemon-reload
systemctl try-restart offshift-relay.service
