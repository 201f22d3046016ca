### Offshift: files

error-file_unreadable = no se puede leer este archivo: { $why }
error-file_not_a_file = esto no es un archivo; elige un archivo
error-file_empty = este archivo está vacío; elige otro
error-file_too_long = un archivo tiene como máximo 25 MiB; hazlo más pequeño o envíalo por partes
error-file_changed = el archivo cambió mientras se leía; prueba otra vez
error-file_broken_picture = no se puede leer esta imagen, así que no se le puede quitar nada; guárdala de nuevo como JPEG
error-file_large_picture = esta imagen es demasiado grande; hazla más pequeña primero
error-file_bad_caption = las palabras que van con un archivo tienen como máximo 4 KiB; hazlas más cortas
error-file_too_many = ya hay en camino todos los archivos que puede haber; espera a uno o para uno
error-file_no_file = este mensaje no es un archivo
error-file_elsewhere = este archivo no está en el repetidor de la sala, así que no se baja; pídelo otra vez
error-file_gone = el repetidor ya no tiene este archivo; pídelo otra vez
error-file_not_here = este archivo no está todavía en este dispositivo; bájalo primero
error-file_damaged = lo que llegó no es el archivo que se envió; pídelo otra vez
error-file_no_picture = este archivo no es una imagen que se pueda mostrar
error-file_exists = ya hay algo con este nombre; elige otro nombre
error-file_unknown_transfer = no hay ningún archivo así en camino
error-file_disk = el disco no lo acepta: { $why }

next-file_unreadable = offshift file send ROOM PATH
next-file_not_a_file = offshift file send ROOM PATH
next-file_no_file = offshift file list ROOM
next-file_not_here = offshift file get ROOM NUMBER
next-file_exists = offshift file get ROOM NUMBER --to OTHER
next-file_too_many = offshift file waiting
next-file_unknown_transfer = offshift file waiting

file-keeps = Este archivo sale con todo lo que lleva dentro: nombres de autores, lugares, versiones anteriores.
file-picture = Esta imagen se pinta de nuevo: se quitan el lugar, la hora y la cámara.
file-relay-keeps = { $days ->
        [one] El repetidor lo guarda un día.
        [many] El repetidor lo guarda { $days } de días.
       *[other] El repetidor lo guarda { $days } días.
    } Quien lo quiera tiene que bajarlo en ese tiempo.
file-send-question = ¿Lo envío?
file-not-sent = no se envió nada
file-keeps-nobody = este archivo sale con todo lo que lleva dentro, y no hay nadie a quien preguntar
file-keeps-nobody-next = el mismo comando con --yes
file-sent = Enviado. Los demás lo ven en la sala y lo bajan si quieren.
file-waits = Espera al repetidor. Se guarda y sigue mientras offshift funciona. Ahora: offshift file go-on

file-got = { $name } está en este dispositivo, sellado. Para guardar una copia: offshift file get { $room_word } { $number_word }
file-saved = Guardado: { $path }
file-saved-clear = Quien puede abrir este dispositivo puede abrir esa copia; no desaparece con el mensaje.
file-comes-on = el repetidor no envía más ahora; lo que ya está aquí se guarda
file-comes-on-next = repite el mismo comando: sigue donde estaba
file-failed-gone = el repetidor ya no tiene este archivo
file-failed-damaged = lo que llegó no es el archivo que se envió
file-failed-next = pídelo otra vez en la sala

file-here = Aquí, sellado. Para guardar una copia: offshift file get ROOM NUMBER
file-none = No hay ningún archivo en esta sala.
file-none-waiting = No hay ningún archivo en camino.
file-line = { $number }  { $name }, { $size }, de { $handle }: { $state }
file-waiting-line = { $number }  { $name }, { $part } de { $size }: { $state }
file-progress = { $part } de { $size }, { $speed }/s
file-cancelled = Parado. Ya no sale ni llega nada más de él.
file-state-offered = no está aquí; el repetidor lo tiene hasta el { $until }
file-state-coming = llegando
file-state-here = aquí
file-state-gone = ya no está
file-state-damaged = no es lo que se envió
file-state-leaving = saliendo
file-number-many = más de un archivo tiene este número
file-number-many-next = da más letras del número
file-number-none = ningún archivo tiene este número aquí
file-number-none-next = offshift file list ROOM
