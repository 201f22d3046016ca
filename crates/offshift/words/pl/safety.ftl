### Offshift: safety
