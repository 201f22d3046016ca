# The same version again is what an upgrade does; then away with it, and with what it left.
sudo systemctl start offshift-relay
sudo dpkg -i ./offshift-relay.deb
relay health
man -w offshift-relay 2>/dev/null || ls /usr/share/man/man1/offshift-relay.1.gz
sudo apt-get remove -y offshift-relay
test -d /var/lib/offshift-relay
test ! -e /usr/bin/offshift-relay
test ! -e /usr/lib/systemd/system/offshift-relay.service
sudo dpkg --purge offshift-relay
test ! -e /var/lib/offshift-relay
test ! -e /etc/offshift-relay
