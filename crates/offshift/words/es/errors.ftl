### Offshift: errors
