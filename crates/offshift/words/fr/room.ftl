### Offshift: room
