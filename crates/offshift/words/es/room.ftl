### Offshift: room

method-in_person = encuentro en persona
method-call = encuentro por llamada

motion-sever = sacar a { $handles }
motion-recall = sacar a { $handle } por palabra de los miembros
motion-terms-same = las reglas como están ahora
motion-terms = cambiar las reglas: { $changes }
motion-name-organizer = nombrar responsable a { $handle }
motion-drop-organizer = { $handle } deja de ser responsable
motion-lift = permitir que se avale otra vez a { $handle }

term-vouches = miembros que avalan a alguien nuevo, cada uno de otra rama
term-probation = tiempo en que no cuentan los avales de alguien nuevo
term-vouch-budget = avales de un miembro que cuentan en 90 días
term-calls = si cuenta un aval después de una llamada
term-recall = miembros que juntos pueden sacar a cualquiera
term-rejoin = ausencia tras la que un responsable confirma la vuelta
term-key-age = edad máxima de las llaves mientras se escribe
term-message-life = tiempo que los repetidores guardan mensajes
term-change-life = tiempo que guardan cambios e invitaciones
term-disappear = tiempo que duran aquí los mensajes; 0: hasta borrarlos
term-organizers-post = si solo escriben responsables; todos contestan y reaccionan

alarm-none = Ninguna alarma. Eso es bueno.
alarm-some-room = una sala
alarm-line = !! ALARMA { $sentence }
alarm-when = { $count ->
    [1] ({ $ago })
   *[other] ({ $ago }, { $count } veces)
}
alarm-what-to-do = Qué hacer: { $advice }

alarm-fork = Tú y { $who } ven salas distintas en { $room }, o el dispositivo de { $who } miente.
alarm-gap = { $count ->
    [one] Falta aquí 1 mensaje de { $who } en { $room }.
    [many] Faltan aquí { $count } de mensajes de { $who } en { $room }.
   *[other] Faltan aquí { $count } mensajes de { $who } en { $room }.
}
alarm-stale = Ninguna señal de los responsables de { $room } desde hace dos días.
alarm-behind = Otros en { $room } van más adelante que este dispositivo.
alarm-rolled_back = Este perfil es más viejo que lo que escribió en { $room }: es una copia.
alarm-time = { $who } hizo un cambio en { $room } que el repetidor muestra con una hora falsa.
alarm-refused = { $who } intentó un cambio en { $room } que no está permitido: { $why }.
alarm-stranded = Un cambio de { $who } dejó este dispositivo fuera de { $room }.
alarm-relay_contradicts = { $known ->
    [no] Un repetidor se contradice: { $why }.
   *[yes] El repetidor { $who } se contradice: { $why }.
}
alarm-issuer_keys = { $known ->
    [no] Un repetidor dio a los miembros llaves distintas para las fichas, así que podría distinguirlos. Las fichas de la llave más rara no se usan.
   *[yes] { $who } dio a los miembros llaves distintas para las fichas, así que podría distinguirlos. Las fichas de la llave más rara no se usan.
}
alarm-false_tokens = { $known ->
    [no] Un repetidor dio fichas con una prueba falsa, así que podría haberlas marcado. No se usa ninguna.
   *[yes] { $who } dio fichas con una prueba falsa, así que podría haberlas marcado. No se usa ninguna.
}
alarm-contradiction = { $known ->
    [no] Un repetidor contradice lo que firmó. Las pruebas se guardan: offshift alarms.
   *[yes] { $who } contradice lo que firmó. Las pruebas se guardan: offshift alarms.
}

alarm-advice-fork = Pregunta a un tercer miembro. Si ve lo mismo que tú, saca al otro y sigue: offshift room go-on. Si no, funda otra vez la sala en otro repetidor.
alarm-advice-gap = Pregunta a esa persona qué escribió. Si pasa otra vez, usa otra red.
alarm-advice-stale = No envíes nada secreto aquí hasta que sepas algo de un responsable.
alarm-advice-behind = Usa otra red y actualiza los mensajes otra vez.
alarm-advice-rolled_back = Espera: este dispositivo pide a los responsables volver a entrar.
alarm-advice-time = Mira el reloj de tu dispositivo. Si está bien, puede que esa persona y el repetidor mientan sobre la hora: comprueba con otro responsable qué cambió.
alarm-advice-refused = No cambió nada. Pregunta a esa persona; si no lo explica, sácala.
alarm-advice-stranded = Espera: este dispositivo pide a los responsables volver a entrar. Pregunta quién hizo ese cambio.
alarm-advice-relay_contradicts = Enseña las pruebas a quien administra el repetidor, y cambia a otro.
alarm-advice-issuer_keys = Pregunta el motivo a quien administra el repetidor. Si no sabe decirlo, funda otra vez la sala en otro repetidor.
alarm-advice-false_tokens = Pregunta el motivo a quien administra el repetidor. Si no sabe decirlo, funda otra vez la sala en otro repetidor.

event-joined = { $handle } entró con permiso de { $by }
event-joined-by-vouches = { $handle } entró con permiso de { $by }. Avales: { $vouchers }
event-phone-joined = { $handle } entró: segundo teléfono de { $of }
event-rejoined = { $handle } vuelve después de mucho tiempo fuera
event-review-needed = necesitan otro aval: { $handles }.
event-confirmed = { $handle } ya no está en revisión; lo confirmó { $by }
event-severed = { $by } sacó a { $handle }. { -cannot-erase }
event-recalled = los miembros sacaron a { $handle }; { $by } fue la última persona en pedirlo. { -cannot-erase }
event-phone-stopped = { $by } desactivó el teléfono de { $handle }. { -cannot-erase }
event-decided = decidido: { $what }; lo hizo { $by }
event-terms-will-change = desde el { $day } es más fácil entrar. Quien se oponga, que lo diga ahora.
event-room-opened = estás en esta sala. Solo las personas de la sala pueden leerla.
event-returned = has vuelto. Algunos mensajes del { $days } no están disponibles.
event-keys-changed = las llaves cambiaron
event-without-ticket = { $handle } no recibió un ticket de ti, porque no tienes ninguno para compartir: lee, pero no puede escribir. Pide uno a quien administra el repetidor: offshift relay list
event-change-dropped = tu cambio no se hizo: { $why }
event-you-were-removed = { $by } te sacó. Ya no lees nada nuevo de esta sala.
event-not-shown = { $known ->
    [no] algo de alguien no se muestra: está roto o no está permitido
   *[yes] algo de { $by } no se muestra: está roto o no está permitido
}

event-refused = El repetidor no aceptó todavía un mensaje: { $why }.
event-missed = Pasaron muchas cosas a la vez. No se pierde nada: offshift inbox
event-relay-followed = El repetidor { $host } tiene una llave nueva, firmada por la anterior. No hay que hacer nada. Su enlace es ahora: { $link }
event-not-joined = { $known ->
    [no] Una invitación de alguien con quien no te has encontrado no funciona, así que no estás dentro. Haz otro encuentro.
   *[yes] Una invitación de { $handle } no funciona, así que no estás dentro. Haz otro encuentro.
}
event-met = Te has encontrado con { $handle }.
event-untrusted = No te fíes de esta red: algo en ella responde en lugar del repetidor. No se envió nada. Usa datos móviles.
event-relay-away = No se llega al repetidor. Esto es lo último que supo tu dispositivo.
event-meeting-expired = Pasaron los diez minutos, el código ya no sirve. Muestra uno nuevo: offshift meet show
event-meeting-second-scanner = Alguien más usó también este código. No se añadió a nadie. Mira quién más ve la pantalla, y luego muestra un código nuevo.
event-meeting-misbehaved = Los dos dispositivos no se pusieron de acuerdo; puede haber alguien en medio. No se añadió a nadie. Muestra un código nuevo.
event-meeting-stopped = El encuentro se paró. No se añadió a nadie.

ticket-unknown = Todavía no se le preguntó si quiere un ticket.
ticket-open = Abierto: no necesitas ticket.
ticket-good = Tu ticket sirve.
ticket-missing = { $known ->
    [no] Sin ticket. Quien te deja entrar en una sala te da uno sin que hagas nada. Para escribir antes, pide uno a quien administra el repetidor, y luego: offshift relay ticket CODE
   *[yes] Sin ticket. Quien te deja entrar en una sala te da uno sin que hagas nada. Para escribir antes, pide uno a { $contact }, y luego: offshift relay ticket CODE
}
ticket-refilling = Tu ticket sirve, pero se acaba de gastar. Sigue solo en unos minutos.
ticket-used-up = Tu ticket se gastó por hoy. Sigue solo mañana; lo que escribiste se guarda.
ticket-refused = { $known ->
    [no] Ya no acepta tu ticket. Pide uno nuevo a quien administra el repetidor, y luego: offshift relay ticket CODE
   *[yes] Ya no acepta tu ticket. Pide uno nuevo a { $contact }, y luego: offshift relay ticket CODE
}
ticket-wrong-clock = Pon en hora el reloj de este dispositivo: parece estar mal. Luego sigue solo; lo que escribiste se guarda.
ticket-distrusted = Tu ticket no se usa: este repetidor podría distinguirte por él. Mira: offshift alarms
ticket-waits = { $known ->
    [no] Lo que escribes espera un ticket: pide uno a quien administra el repetidor, y luego: offshift relay ticket CODE
   *[yes] Lo que escribes espera un ticket: pide uno a { $contact }, y luego: offshift relay ticket CODE
}

member-you = { $handle } (tú)
member-organizer = responsable
member-founder = fundó la sala
member-branch = rama de { $founder }
member-branch-of-nobody = rama de alguien que fundó la sala y se fue
member-under-review = en revisión
member-new-until = persona nueva hasta el { $day }
member-second-phone = segundo teléfono de { $handle }
member-vouched-for = con aval de { $vouchers }
member-met = { $handle } ({ $method })
member-note = nota: { $text }

past-stopped = teléfono desactivado
past-lifted = persona sacada, se la puede avalar otra vez
past-severed = persona sacada
past-unknown = (alias desconocido aquí)
past-line = { $handle }, { $how }, estuvo desde el { $since }, número { $number }
past-line-left = { $handle }, { $how } el { $left }, estuvo desde el { $since }, número { $number }

applicant-line = { $handle }, número { $number }, espera hasta el { $day }
applicant-vouch = { $handle } avala: { $method }, { $day }
applicant-vouch-refused = { $handle } avala: { $method }, { $day }. No cuenta: { $why }
applicant-objection = { $handle } se opone
applicant-objection-why = { $handle } se opone: { $reason }
applicant-not-yet = Todavía no: { $why }.
applicant-ready = Un responsable puede dejar entrar: offshift room admit { $room_word } { $person_word }
applicant-not-ready = todavía no se puede dejar entrar a { $handle }: { $why }
applicant-not-ready-next = offshift room applicants { $room_word }
