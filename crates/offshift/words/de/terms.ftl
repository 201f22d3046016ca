### Offshift: terms

-relay-promise = Es leitet Nachrichten weiter und kann sie nicht lesen.
-cannot-erase = Was jemand schon hat, lässt sich damit nicht löschen.
-waits-here = Das Relay ist weg; das hier wartet auf deinem Gerät und geht von selbst raus.
