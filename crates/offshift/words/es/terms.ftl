### Offshift: terms

-relay-promise = Pasa los mensajes y no puede leerlos.
-cannot-erase = Esto no puede borrar lo que ya tienen.
-waits-here = No se llega al repetidor; esto espera en tu dispositivo y sale solo.
