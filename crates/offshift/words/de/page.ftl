### Offshift: page
