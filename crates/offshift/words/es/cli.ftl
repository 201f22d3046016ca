### Offshift: cli

answer-either = [s/n]
answer-rather-no = [s/N]
answer-yes = s sí si
answer-no = n no

screen-reaching = Llamando al repetidor...

sure-question = ¿Lo hago?
sure-nobody = aquí no hay nadie para decir que sí, así que no se hizo nada
sure-nobody-next = el mismo comando con --yes
sure-no = no dijiste que sí, así que no se hizo nada
sure-no-next = el mismo comando, si de verdad lo quieres

passphrase-prompt = Contraseña:
passphrase-choose = Elige una contraseña (cuatro o cinco palabras van bien):
passphrase-again = Escríbela otra vez:
passphrase-differ = las dos contraseñas son distintas
passphrase-short = la contraseña es demasiado corta; usa al menos { $count } caracteres, mejor cuatro o cinco palabras
passphrase-long = la contraseña es demasiado larga; usa como máximo { $count } caracteres
passphrase-file = no se puede leer el archivo de la contraseña
passphrase-file-next = mira el nombre del archivo y prueba otra vez
passphrase-nobody = aquí no hay nadie para escribir la contraseña
passphrase-nobody-next = da --passphrase-file FILE o define OFFSHIFT_PASSPHRASE

profile-name = el nombre de un perfil solo tiene letras, cifras, - y _
profile-name-next = offshift --profile NAME ...
profile-no-home = aquí no se conoce ninguna carpeta personal
profile-no-home-next = offshift --profile ./FOLDER ...

list-comma = { $list_word }, { $next }
list-and = { $list_word } y { $next }

when-now = ahora mismo
when-minutes-ago = { $count ->
    [one] hace { $count } min
    [many] hace { $count } min
   *[other] hace { $count } min
}
when-hours-ago = { $count ->
    [one] hace { $count } h
    [many] hace { $count } h
   *[other] hace { $count } h
}
when-days-ago = { $count ->
    [one] hace { $count } d
    [many] hace { $count } d
   *[other] hace { $count } d
}
when-month = { $month ->
    [1] ene
    [2] feb
    [3] mar
    [4] abr
    [5] may
    [6] jun
    [7] jul
    [8] ago
    [9] sep
    [10] oct
    [11] nov
   *[12] dic
}
when-day = { $day } { $month }
when-day-of-year = { $day } { $month } { $year }
when-moment = { $day } { $time }
when-days = { $from } al { $to }

start-name = Nombre que ven los demás (no tiene que ser tu nombre real):
start-no-handle = falta un alias
start-ready = Tu perfil está listo, { $handle }. Está solo en este dispositivo.
    Tu contraseña lo cierra, y nadie puede darte otra si la olvidas.
    Ahora: offshift relay add offshift://...

relay-added = Repetidor añadido: { $relay }. { -relay-promise }
relay-answers = Responde, y es el correcto.
relay-none = Todavía no hay ningún repetidor. Ahora: offshift relay add offshift://...
relay-unused = ahora no se usa
relay-connected = conectado
relay-meet-next = Ahora: offshift meet show
relay-refuses-ticket = el repetidor no acepta este ticket
relay-refuses-ticket-next = { $known ->
    [no] pide uno nuevo a quien administra el repetidor, y luego: offshift relay ticket CODE
   *[yes] pide uno nuevo a { $contact }, y luego: offshift relay ticket CODE
}

contact-none = Todavía no te has encontrado con nadie. Ahora: offshift meet show
contact-line = { $handle }  { $method }, { $day }
contact-own-phone = { $handle }  tu otro teléfono, { $day }
contact-used = para una sala tuya
meet-show-who = Deja que una persona escanee esto, o que lo escriba:
meet-show-warning = Sirve diez minutos y para una sola persona. No lo enseñes a nadie más.
meet-waiting = Esperando al otro dispositivo.
meet-minutes-left = { $count ->
    [one] Esperando. Queda { $count } min.
    [many] Esperando. Quedan { $count } min.
   *[other] Esperando. Quedan { $count } min.
}
meet-read-aloud = { $handle } está ahí. Díganse las palabras en voz alta:
meet-same-words = ¿Muestran las dos pantallas las mismas palabras?
meet-compare-next = Si las dos pantallas muestran las mismas palabras: offshift meet confirm
    Si no: offshift meet confirm --differ
meet-not-confirmed = las palabras no están confirmadas todavía; esperan diez minutos
meet-stopped = el encuentro se paró
meet-none-waits = no te espera ningún encuentro
meet-several-wait = te espera más de un encuentro
meet-several-wait-next = offshift meet confirm HANDLE
meet-words-differ = las palabras son distintas, así que puede haber alguien en medio; no se añadió a nadie
meet-words-differ-next = mira quién más está cerca, y luego: offshift meet show
meet-no-ticket = nadie de los dos lados tiene un ticket de este repetidor
meet-no-ticket-next = { $known ->
    [no] pide uno a quien administra el repetidor, luego: offshift relay ticket CODE, y haz otro encuentro
   *[yes] pide uno a { $contact }, luego: offshift relay ticket CODE, y haz otro encuentro
}
meet-one-ticket = { $known ->
    [no] No tienes ticket de este repetidor. Funciona si la otra persona lo tiene.
        Si no, pide uno a quien administra el repetidor, y luego: offshift relay ticket CODE
   *[yes] No tienes ticket de este repetidor. Funciona si la otra persona lo tiene.
        Si no, pide uno a { $contact }, y luego: offshift relay ticket CODE
}
meet-linked = Dispositivo unido: { $handle }. Ahora los dos teléfonos son tuyos. En el nuevo: offshift inbox
meet-met-next = Te has encontrado con { $handle }. Ahora, si { $handle } quiere entrar en una sala tuya:
      offshift vouch ROOM { $person_word }
    Si la persona nueva eres tú, haz un encuentro con otro miembro de esa sala:
      offshift meet show --like { $person_word }
    Si van a fundar una sala:
      offshift room found NAME --with { $person_word }

find-several = hay más de una persona con el alias «{ $person }»
find-several-next = usa el número en lugar del alias: offshift members ROOM, offshift contacts
find-no-room = aquí no hay ninguna sala llamada «{ $room }»
find-no-room-next = offshift inbox, y luego: offshift room list
find-several-rooms = hay más de una sala con este nombre
find-several-rooms-next = offshift room list, y luego usa el número de la sala
find-not-met = no te has encontrado con «{ $person }»
find-not-in = «{ $person }» no está en «{ $room }»
find-members-next = offshift members { $room_word }

room-none = Todavía no hay ninguna sala. Ahora: offshift room found NAME --with HANDLE
room-not-in-it = ya no estás en ella
room-only-you = solo tú
room-people = { $count ->
    [one] { $count } persona
    [many] { $count } de personas
   *[other] { $count } personas
}
room-waiting = { $count ->
    [one] { $count } en espera
    [many] { $count } en espera
   *[other] { $count } en espera
}
room-second-organizer = una sala necesita otro responsable, para no depender de un solo teléfono
room-second-organizer-next = el mismo comando con --organizer HANDLE
room-founded = { $away ->
    [yes] La sala «{ $room }» está fundada. { -waits-here } Solo las personas de esta sala pueden leerla.
        Ahora: offshift send { $room_word } "Hola"
   *[no] La sala «{ $room }» está fundada. Solo las personas de esta sala pueden leerla.
        Ahora: offshift send { $room_word } "Hola"
}
room-added = { $away ->
    [yes] { $handle } ya está en la sala. { -waits-here } Lee lo que llega desde ahora, nada de antes.
   *[no] { $handle } ya está en la sala. Lee lo que llega desde ahora, nada de antes.
}
room-go-on-title = Escribir otra vez en «{ $room }»:
room-go-on-third = Hazlo solo si un tercer miembro ve los mismos miembros y mensajes que tú.
room-go-on-if-not = Si no, el repetidor les muestra dos salas distintas: déjalo.
room-going-on = { $away ->
    [yes] Puedes escribir otra vez en «{ $room }». { -waits-here }
   *[no] Puedes escribir otra vez en «{ $room }».
}

change-dropped-next = mira otra vez, y luego el mismo comando
change-untrusted = esta red responde en lugar del repetidor; el cambio espera en este dispositivo, no se envió nada
change-waits = Pedido. { $count } de { $needed } están a favor; hasta que lo esté la última persona, no cambia nada.
    Los demás lo encuentran con: offshift policy show { $room_word }

door-nobody = Nadie espera para entrar. Ahora, cuando te hayas encontrado con alguien: offshift vouch { $room_word } PERSON
door-returning = { $handle } pide volver; falta desde el { $day }.
    { "  " }Un responsable puede permitirlo: offshift room admit { $room_word } { $person_word }
door-objected = { $away ->
    [yes] Te opones a dejar entrar a { $handle }. Toda la sala «{ $room }» lee por qué. { -waits-here }
   *[no] Te opones a dejar entrar a { $handle }. Toda la sala «{ $room }» lee por qué.
}
door-admitted = { $away ->
    [yes] { $handle } entra en «{ $room }». { -waits-here } Lee lo que llega desde ahora, nada de antes.
   *[no] { $handle } entra en «{ $room }». Lee lo que llega desde ahora, nada de antes.
}
door-admit-title = Dejar entrar a { $handle } en «{ $room }»:
door-reads-from-now = Lee lo que llega desde ahora, nada de antes.
door-everybody-sees = Toda la sala ve quién dio permiso y quién avaló.
door-put-out-again = Puedes sacar otra vez a esta persona. Esto no puede borrar lo que haya leído hasta entonces.
door-return-title = Dejar volver a { $handle } a «{ $room }»:
door-return-away = Su dispositivo dice que falta desde el { $day }.
door-return-ask = Pregunta antes a { $handle }, cara a cara o en una llamada: vuelve quien tenga ese teléfono.
door-return-reads = Lee lo que llega desde ahora, nada del tiempo entre medias.
door-unknown = nadie avaló a «{ $person }» en «{ $room }»
door-unknown-next = haz un encuentro, y luego: offshift vouch { $room_word } PERSON

vouch-done = { $away ->
    [yes] Avalas a { $handle } en «{ $room }». Toda la sala lo ve. { -waits-here }
   *[no] Avalas a { $handle } en «{ $room }». Toda la sala lo ve.
}
vouch-again = { $away ->
    [yes] Avalas otra vez a { $handle } en «{ $room }». Toda la sala lo ve. { -waits-here }
        Cuando haya bastantes avales, un responsable termina la revisión:
          offshift review { $room_word } --confirm { $person_word }
   *[no] Avalas otra vez a { $handle } en «{ $room }». Toda la sala lo ve.
        Cuando haya bastantes avales, un responsable termina la revisión:
          offshift review { $room_word } --confirm { $person_word }
}
review-nobody = En «{ $room }» nadie está en revisión.
review-title = Sacaron a alguien que avaló a estas personas. Sus propios avales no cuentan
    hasta que otros las avalen otra vez:
review-next = Quien las conoce: offshift vouch { $room_word } PERSON --again
    Luego un responsable: offshift review { $room_word } --confirm PERSON
review-end-title = Terminar la revisión de { $handle } en «{ $room }»:
review-end-counts = Sus propios avales cuentan otra vez. Toda la sala ve que lo hiciste tú.
review-end-needs = Hacen falta tantos avales como para entrar, todos de personas de confianza.
review-ended = { $away ->
    [yes] { $handle } ya no está en revisión. { -waits-here }
   *[no] { $handle } ya no está en revisión.
}

out-title = Sacar a { $handles } de «{ $room }»:
out-several = Para sacar a varias personas a la vez hacen falta dos responsables; tu voto es el primero o el segundo.
out-recall = No hace falta ningún responsable: tienen que pedirlo todos, miembros de dos ramas cuya palabra cuenta.
out-reads-nothing = Nada nuevo para { $handles }, en ningún teléfono. En los dispositivos conectados tarda segundos.
out-keys-stay-out = Sus llaves no pueden volver hasta que dos responsables lo permitan.
out-vouched-for = Avaló a { $handles }. A nadie se saca por eso, pero puede que otros tengan que avalar otra vez.
out-everybody-sees = Toda la sala ve que lo hiciste tú.
out-cannot-erase = { -cannot-erase }
out-done = { $away ->
    [yes] { $handles }: fuera de «{ $room }». { -waits-here } { -cannot-erase }
        Ahora: offshift exposure { $room_word } { $person_word }, y luego: offshift review { $room_word }
   *[no] { $handles }: fuera de «{ $room }». { -cannot-erase }
        Ahora: offshift exposure { $room_word } { $person_word }, y luego: offshift review { $room_word }
}

phone-line = { $this ->
    [yes] { $first ->
        [yes] { $handle }, este, el que otros avalaron, en la sala desde el { $day }
       *[no] { $handle }, este, en la sala desde el { $day }
    }
   *[no] { $first ->
        [yes] { $handle }, el que otros avalaron, en la sala desde el { $day }
       *[no] { $handle }, en la sala desde el { $day }
    }
}
phone-list-next = Ahora: offshift phone link { $room_word }
phone-link-who = En tu otro teléfono:
phone-link-warning = Sirve diez minutos. Quien lo escanee y muestre las mismas palabras eres tú, en esta sala.
phone-stop-title = Desactivar el teléfono de { $handle } en «{ $room }», número { $number }:
phone-stop-reads-nothing = Ese teléfono no lee nada nuevo. En los dispositivos conectados tarda segundos.
phone-stop-new-profile = Esa persona vuelve con un perfil nuevo: dos miembros hacen un encuentro y avalan otra vez.
phone-stop-goes-on = Esa persona sigue con: { $handles }.
phone-stop-nobody-touched = No toca a nadie a quien avaló: nadie tiene la culpa de un teléfono perdido.
phone-stop-cannot-erase = Esto no puede borrar lo que ese teléfono ya tiene.
phone-stopped = { $away ->
    [yes] El teléfono de { $handle } está desactivado en «{ $room }». { -waits-here } Esto no puede borrar lo que ya tiene.
   *[no] El teléfono de { $handle } está desactivado en «{ $room }». Esto no puede borrar lo que ya tiene.
}

members-title = { $room }, número { $number }
    Repetidor { $relay }. { -relay-promise }
    En esta sala:
members-past = Ya no están en ella:
note-gone = La nota se borró.
note-kept = Se guarda solo en este dispositivo.

exposure-can-read = { $handle } puede leer desde el { $day }.
exposure-could-read = { $handle } pudo leer del { $days }.
exposure-could-read-on = { $handle } pudo leer el { $day }.
exposure-no-message = Este dispositivo no tiene ningún mensaje de ese tiempo.
exposure-messages = { $count ->
    [one] Tiene { $count } mensaje del { $days }.
    [many] Tiene { $count } de mensajes del { $days }.
   *[other] Tiene { $count } mensajes del { $days }.
}
exposure-unknown = { $count ->
    [one] { $count } de ellos es de un tipo que no se muestra aquí.
    [many] { $count } de ellos son de un tipo que no se muestra aquí.
   *[other] { $count } de ellos son de un tipo que no se muestra aquí.
}
exposure-blind-before = Entraste el { $day }: lo que se dijo antes, este dispositivo no lo puede contar. Pregunta a alguien que estaba.
exposure-vouched-for = Avaló a { $handles }.
exposure-review = Necesitan otro aval: { $handles }.

policy-title = { $founding ->
    [yes] Reglas de { $room }. Responsables: { $organizers }. Todavía se puede añadir a quienes fundan: nadie entró aún con avales.
   *[no] Reglas de { $room }. Responsables: { $organizers }.
}
policy-waits = Espera aprobación:
policy-coming = { $value } desde el { $day }
policy-motion-state = { $count } de { $needed } están a favor: { $handles }. Espera hasta el { $day }.
policy-you-are-for-it = Estás a favor.
policy-approve-next = Si estás a favor: offshift policy approve { $room_word } { $number_word }
policy-propose-title = En «{ $room }»: { $what }
policy-two-must-approve = Dos responsables tienen que aprobar. Tu voto es el primero; toda la sala lo ve.
policy-easier-later = Lo que hace más fácil entrar vale tres días después de la segunda aprobación.
policy-lift = permitir que se avale otra vez a { $handle }
policy-not-a-rule = «{ $text }» no es RULE=VALUE
policy-next = offshift policy show { $room_word }
policy-was-not-out = nadie sacó a «{ $person }» de «{ $room }»
policy-unknown-motion = nada con este número espera aprobación
policy-so-far = { $count } de { $needed } están a favor hasta ahora. Con la última persona queda hecho.
policy-reads-nothing = La persona sacada no lee nada nuevo, en ningún teléfono.
policy-everybody-sees = Toda la sala ve que aprobaste.
policy-approve-title = Aprobar en «{ $room }»: { $what }
policy-decided = { $away ->
    [yes] Decidido: { $what }. { -waits-here } Míralo: offshift policy show { $room_word }
   *[no] Decidido: { $what }. Míralo: offshift policy show { $room_word }
}

inbox-nothing = Nada nuevo.
inbox-slow = el repetidor va muy lento; todavía no ha llegado todo
inbox-coming-back = Pidiendo a los dispositivos de los responsables que dejen volver a este a la sala.
inbox-watching = Mirando. Ctrl-C lo termina.
inbox-no-signals = el sistema no dio señales
inbox-lost = Ahora no puedes leer ni escribir aquí. Mira por qué: offshift alarms
