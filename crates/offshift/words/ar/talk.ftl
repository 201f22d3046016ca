### Offshift: talk
