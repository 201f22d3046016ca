### Offshift: terms

-relay-promise = Il passe les messages et ne peut pas les lire.
-cannot-erase = Cela ne peut pas effacer ce qui a déjà été reçu.
-waits-here = Le relais est injoignable ; cela attend sur ton appareil et part tout seul.
