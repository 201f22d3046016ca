### Offshift: terms
