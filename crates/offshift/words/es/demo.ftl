### Offshift: demo

demo-no-folder = no se puede crear una carpeta temporal
demo-no-folder-next = libera espacio, y luego: offshift demo
demo-no-signals = el sistema no dio señales
demo-stopped = la demostración se paró
demo-next = offshift demo
demo-slow = este equipo es demasiado lento para la demostración, o algo se quedó parado
demo-words-differ = las palabras son distintas
demo-building = Primero se construye el repetidor; pasa una sola vez.
demo-not-built = no se pudo construir el repetidor
demo-not-built-next = cargo build --release -p offshift-relay
demo-no-relay = el programa offshift-relay no está junto a este
demo-no-relay-next = instala los dos en una carpeta, y luego: offshift demo
demo-relay-failed = el repetidor no empezó o no paró como debía
demo-relay-failed-next = offshift-relay serve --dev

demo-relay-starts = Empieza un repetidor. { -relay-promise }
demo-profiles = Tres personas crean perfiles. Sin número de teléfono, sin correo.
demo-ticket = ana tiene un ticket del repetidor. Los demás no lo necesitan: ella los trae.
demo-meet = Se encuentran en persona. Las dos pantallas deben mostrar las mismas palabras.
demo-found = ana funda una sala con bob y carol. Solo quienes están en ella pueden leerla.
demo-talk = Hablan.
demo-relay-stops = El repetidor se para. Un mensaje espera en el dispositivo de ana.
demo-relay-back = El repetidor vuelve. El mensaje sale solo.
demo-newcomer = dana es nueva. ana y carol la conocen y la avalan. bob la deja entrar.
demo-infiltrator = mark convenció a carol de que lo avale. Nadie más lo conoce.
demo-severed = Resulta que carol trabaja para la empresa. ana la saca.
demo-side-by-side = Lado a lado: lo que leen las personas y lo que tiene el repetidor.

demo-names = ana, bob, carol
demo-ticket-taken = el repetidor lo acepta y no puede saber qué paga
demo-have-it = bob y carol lo tienen
demo-same = iguales
demo-different = DISTINTAS
demo-sent = Enviado
demo-waiting = En espera
demo-organizer = { $handle } (responsable)
demo-before = Lo que se dijo antes, dana no lo puede leer: { $all } mensajes para ana, { $some } para dana.
demo-vouches = { $by } avala a { $handle }. Toda la sala lo ve.
demo-each-device = Al dispositivo de cada persona fundadora se le pide que lo deje entrar de todos modos:
demo-refused = dice que no: { $why }
demo-learned-nothing = el dispositivo de mark no ha sabido nada de la sala, ni su nombre.
demo-asked-again = el perfil de carol, preguntado otra vez: fuera. { $before } mensajes antes, { $now } ahora.

demo-says-bonus = Falta el plus de noche en mi nómina. ¿Y en la tuya?
demo-says-march = También en la mía. Desde marzo.
demo-says-ask = Preguntemos a los demás el viernes.
demo-says-friday = El viernes a las seis, en la parada del bus.
demo-says-hello = Hola. Soy dana, de empaquetado.
demo-says-bakery = Nuevo sitio: la panadería, viernes, siete.
demo-says-now = ¿Y ahora?

demo-read-ana-bob = ana y bob leen:
demo-read-dana = dana lee:
demo-read-carol = carol lee:
demo-holds = El repetidor tiene:
demo-column-mailbox = buzón
demo-column-size = tamaño
demo-column-left = quedan
demo-column-sealed = sellado
demo-more = { $count ->
    [one] y { $count } más como estos
    [many] y { $count } más como estos
   *[other] y { $count } más como estos
}
demo-left-minutes = { $count ->
    [one] { $count } min
    [many] { $count } min
   *[other] { $count } min
}
demo-left-hours = { $count ->
    [one] { $count } h
    [many] { $count } h
   *[other] { $count } h
}
demo-left-days = { $count ->
    [one] { $count } día
    [many] { $count } días
   *[other] { $count } días
}
demo-end = Cada mensaje llegó una vez y en orden. Nadie leyó lo que no era para sí.
    Los perfiles y los datos del repetidor se borran ahora.
    Para empezar de verdad: offshift start
