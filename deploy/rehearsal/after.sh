# The runbooks, after the README's steps; each line as it stands there.
relay() { sudo -u offshift-relay offshift-relay "$@"; }
link="$(relay link | head -1)"

# What the unit's hardening would break: a self-message, a reload, a stop in time, a second start with the same link.
sudo systemctl reload offshift-relay
relay health
sudo systemctl restart offshift-relay
relay health
test "$(relay link | head -1)" = "$link"
# The log is in memory: nothing of it under /var, and something of it under /run.
test -z "$(find /var/log/journal -path '*offshift*' -type f)"
test -n "$(find /run/log/journal -path '*offshift*' -type f)"
# The process has no rights, can get none, and its system calls are filtered.
process="/proc/$(systemctl show --property=MainPID --value offshift-relay)/status"
grep '^CapBnd:.0000000000000000$' "$process"
grep '^NoNewPrivs:.1$' "$process"
grep '^Seccomp:.2$' "$process"

# A bad settings file changes nothing: the relay goes on, `check` names the line, and the log says it.
cp -p /etc/offshift-relay/relay.toml /var/tmp/relay.toml
echo 'nonsense = 1' >>/etc/offshift-relay/relay.toml
sudo systemctl reload offshift-relay
relay health --config /var/tmp/relay.toml
code=0; relay check || code=$?
test "$code" = 78
cp -p /var/tmp/relay.toml /etc/offshift-relay/relay.toml
sudo systemctl reload offshift-relay

# The watchdog leaves a relay alone that answers itself, and starts one again that hangs.
mkdir -p /run/systemd/system/offshift-relay.service.d
printf '[Service]\nWatchdogSec=9\nRestartSec=1\n' >/run/systemd/system/offshift-relay.service.d/soon.conf
systemctl daemon-reload
systemctl restart offshift-relay
before="$(systemctl show --property=MainPID --value offshift-relay)"
sleep 15
test "$(systemctl show --property=MainPID --value offshift-relay)" = "$before"
kill -STOP "$before"
tries=0
until systemctl is-active --quiet offshift-relay &&
    test "$(systemctl show --property=MainPID --value offshift-relay)" != "$before"; do
    tries=$((tries + 1))
    test "$tries" -lt 60
    sleep 1
done
relay health
rm -r /run/systemd/system/offshift-relay.service.d
systemctl daemon-reload
systemctl restart offshift-relay

# Keys in memory only: the unit can do that, too, and the identity stays.
sed -i 's/^custody = .*/custody = "memory"/; s/^#custody = .*/custody = "memory"/' /etc/offshift-relay/relay.toml
grep '^custody = "memory"' /etc/offshift-relay/relay.toml
relay check
systemctl restart offshift-relay
relay health
systemctl restart offshift-relay
test "$(relay link | head -1)" = "$link"
relay health
cp -p /var/tmp/relay.toml /etc/offshift-relay/relay.toml
systemctl restart offshift-relay

# upgrade.md: the way back.
sudo cp /usr/bin/offshift-relay /var/tmp/offshift-relay.before
sudo systemctl stop offshift-relay
sudo cp /var/tmp/offshift-relay.before /usr/bin/offshift-relay
sudo systemctl start offshift-relay
relay health

# restore.md, on a machine whose data and settings are gone.
sudo systemctl stop offshift-relay
mv /var/lib/offshift-relay /var/tmp/data
mv /etc/offshift-relay /var/tmp/settings
sudo systemd-tmpfiles --create offshift-relay.conf
relay backup verify --passphrase-file /tmp/passphrase /var/backups/offshift-relay/relay.backup
relay backup restore --passphrase-file /tmp/passphrase --data /var/lib/offshift-relay /var/backups/offshift-relay/relay.backup
sudo -u offshift-relay mv /var/lib/offshift-relay/relay.toml /etc/offshift-relay/relay.toml
relay check
sudo systemctl start offshift-relay
test "$(relay link | head -1)" = "$link"
relay ticket list
relay health

# move.md: a tar of the folder, and the owner after it.
sudo systemctl stop offshift-relay
sudo tar -C /var/lib -cf /var/tmp/offshift-relay.tar offshift-relay
rm -r /var/lib/offshift-relay
sudo tar -C /var/lib -xpf /var/tmp/offshift-relay.tar
sudo systemd-tmpfiles --create offshift-relay.conf
sudo chown -R offshift-relay:offshift-relay /var/lib/offshift-relay
sudo systemctl start offshift-relay
test "$(relay link | head -1)" = "$link"
relay health

# The socket unit: the port comes from systemd, with large buffers.
sudo systemctl stop offshift-relay
sudo systemctl enable --now offshift-relay.socket
sudo systemctl start offshift-relay
relay health
ss -ulnmp
sudo systemctl disable --now offshift-relay.socket
sudo systemctl restart offshift-relay

# rotate-keys.md
relay identity rotate --yes
sudo systemctl restart offshift-relay
relay identity show
test "$(relay link | head -1)" != "$link"
relay health

# flood.md
sudo journalctl --namespace=offshift-relay --no-pager
ticket="$(relay ticket list --json | tr -d ' \n' | sed 's/.*"id":"\([a-z0-9]*\)".*/\1/')"
relay ticket revoke --yes "$ticket"
sudo systemctl reload offshift-relay

# legal-demand.md
relay dpia
relay config show --source
sudo systemctl stop offshift-relay
relay inspect

# seizure.md
echo 'See you at the gate at six' >canary.txt
sudo cp -r /var/lib/offshift-relay /var/tmp/image
sudo offshift-relay inspect --image /var/tmp/image --canary canary.txt
sudo rm -r /var/tmp/image
