### Offshift: files
