sudo systemctl start offshift-relay
sudo deploy/install.sh ./offshift-relay
relay health
sudo deploy/install.sh --remove
test -d /var/lib/offshift-relay
test ! -e /usr/bin/offshift-relay
test ! -e /usr/lib/systemd/system/offshift-relay.service
