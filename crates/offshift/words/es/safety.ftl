### Offshift: safety

safety-strength-very-weak = Esta contraseña es muy débil. Quien se lleve este dispositivo puede abrirlo en un día.
safety-strength-weak = Esta contraseña es débil. Quien se lleve este dispositivo y tenga dinero puede abrirlo en semanas.
safety-strength-good = Esta contraseña es buena. Aguanta años.
safety-strength-strong = Esta contraseña es fuerte.
safety-weak-by-common = Mucha gente usa una parecida.
safety-weak-by-word = Es una sola palabra o un nombre.
safety-weak-by-date = Es una fecha o un año.
safety-weak-by-pattern = Se repite, o sigue el teclado.
safety-strength-advice = Mejor: cinco palabras que nadie pondría juntas.
safety-strength-question = ¿Usarla de todos modos?
safety-strength-no = no dijiste que sí, así que no se hizo nada

safety-passphrase-again = el mismo comando con otra contraseña
safety-passphrase-changed = Desde ahora solo la contraseña nueva abre este perfil. Las copias que hiciste antes se abren todavía con la suya.

safety-export-about = La copia lleva todo lo de este perfil: tus salas, lo que se dijo, tus notas. Elige una contraseña para ella.
safety-export-messages-about = La copia lleva lo que se dijo, como texto. De ella no desaparecen los mensajes. Elige una contraseña para ella.
safety-export-progress = { $done } de { $total } MiB escritos.
safety-exported = La copia está escrita. Quien tenga la copia y su contraseña lo lee todo.
safety-no-path = el archivo no se puede llamar así
safety-copy-prompt = Contraseña de la copia:
safety-import-no-file = no existe ese archivo
safety-import-exists = ya hay un perfil { $profile }; una copia se convierte en un perfil nuevo
safety-import-exists-next = el mismo comando con --profile OTHER
safety-import-passphrase = Ahora elige una contraseña para el perfil en este dispositivo.
safety-imported = El perfil está aquí. Pide a sus salas volver a entrar antes de que puedas escribir: el teléfono de un responsable lo hace solo, o pregunta. No sigas con el viejo: lo que ese compra y dice, este no lo puede saber.
error-bad_passphrase_short = { $count ->
        [one] la contraseña es demasiado corta; usa al menos 1 carácter, mejor cuatro o cinco palabras
        [many] la contraseña es demasiado corta; usa al menos { $count } de caracteres, mejor cuatro o cinco palabras
       *[other] la contraseña es demasiado corta; usa al menos { $count } caracteres, mejor cuatro o cinco palabras
    }
error-bad_passphrase_long = { $count ->
        [one] la contraseña es demasiado larga; usa como máximo 1 carácter
        [many] la contraseña es demasiado larga; usa como máximo { $count } de caracteres
       *[other] la contraseña es demasiado larga; usa como máximo { $count } caracteres
    }
error-copy_busy = ya se está haciendo una copia; espera a que termine
error-copy_file_exists = ya hay un archivo con este nombre; elige otro nombre
error-copy_not_a_copy = este archivo no es una copia hecha por Offshift, o está dañado; elige otro archivo
error-copy_wrong_passphrase = la contraseña de la copia no es correcta; prueba otra vez
error-copy_disk = el disco no dejó leer o escribir la copia; libera espacio o revisa el disco, y prueba otra vez
next-copy = el mismo comando con otro archivo
next-passphrase = offshift passphrase

safety-wipe-title = Vas a destruir el perfil { $profile } en este dispositivo.
safety-wipe-what = Se va todo lo que hay en él: tus salas, lo que se dijo, tus contactos y notas. Nadie puede recuperarlo.
safety-wipe-rooms = Sigues siendo miembro de tus salas, en un teléfono que ya no existe. Pide a un responsable que lo desactive.
safety-wipe-others = Esto no puede borrar lo que otros tienen.
safety-wipe-copies = Esto no puede borrar las copias que hiciste tú o que hizo otra persona. Se abren con su contraseña.
safety-wiped = El perfil está destruido.

safety-profiles-none = Todavía no hay ningún perfil en este dispositivo. Ahora: offshift start
safety-profile-used = { $name } (el que usas)

safety-crash = offshift: un fallo de este programa en { $place }; por favor, avisa de él
