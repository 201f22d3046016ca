### Offshift: faces
