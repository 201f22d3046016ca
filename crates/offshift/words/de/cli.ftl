### Offshift: cli
