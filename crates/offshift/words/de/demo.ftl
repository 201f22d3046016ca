### Offshift: demo
