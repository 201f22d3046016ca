### Offshift: page

page-title = { $place } · Offshift
page-skip = Ir al contenido
page-close = Cerrar
page-cancel = Cancelar
page-no = No, volver
page-save = Guardar
page-see = Míralo
page-you = Tú
page-somebody = alguien
page-copied = Copiado.
page-copy-text = Copiar el texto
page-copy-address = Copiar esta dirección
page-show-all = Mostrar todo
page-everybody-sees = Toda la sala lo ve.
page-cannot-erase = Esto no puede borrar lo que ya tienen.

page-error-gone = Offshift no responde. Ábrelo otra vez en la terminal.
page-error-refused = Esta página no puede seguir. Ábrela otra vez en la terminal.
page-error-garbled = No se puede leer la respuesta. Prueba otra vez.
page-error-busy = Offshift tiene mucho que hacer ahora. Espera un momento y prueba otra vez.
page-error-locked = Offshift está bloqueado. Escribe tu contraseña.
page-error-too-old = Esta versión de Offshift no puede hacer eso. Actualízala.
page-error-page = Algo falló en esta página. Cárgala otra vez.
page-error-other = No funcionó. Prueba otra vez.

page-locked-title = Bloqueado
page-locked-text = Escribe tu contraseña para abrir tus salas.
page-passphrase = Contraseña
page-passphrase-show = Mostrar lo que escribo
page-unlock = Abrir
page-unlocking = Abriendo…
page-lock = Bloquear ahora
page-bye-title = Abre esta página desde la terminal
page-bye-text = Esta dirección sirve una vez, para una pestaña. Consigue una nueva con este comando:
page-stopped-title = Offshift se cerró
page-stopped-text = Tus mensajes están a salvo en este dispositivo. Para seguir, usa este comando:
page-crowded-title = Demasiadas pestañas
page-crowded-text = Offshift está abierto en todas las pestañas que puede atender. Cierra una y carga otra vez esta página.
page-notice = Mensajes nuevos.

page-rooms = Salas
page-rooms-none = Todavía no hay ninguna sala.
page-to-rooms = Volver a las salas
page-home = Inicio
page-search = Buscar
page-alarms = Alarmas
page-settings = Ajustes
page-meet = Hacer un encuentro
page-found = Fundar una sala
page-reach-here = Conectado
page-reach-some = No se llega a un repetidor. Algunos mensajes esperan.
page-reach-away = Sin conexión. Los mensajes esperan.
page-reach-trust = Algo responde en lugar de tu repetidor. Usa datos móviles.
page-reach-none = Todavía no hay repetidor
page-unread = { $count ->
    [one] { $count } mensaje nuevo
    [many] { $count } de mensajes nuevos
   *[other] { $count } mensajes nuevos
}
page-room-people = { $count ->
    [one] { $count } persona
    [many] { $count } de personas
   *[other] { $count } personas
}
page-room-safe = { $count ->
    [one] { $count } persona. Solo las personas de esta sala pueden leer esto.
    [many] { $count } de personas. Solo las personas de esta sala pueden leer esto.
   *[other] { $count } personas. Solo las personas de esta sala pueden leer esto.
}
page-room-out = Te sacaron de esta sala
page-room-lost = Espera para volver a entrar
page-room-stale = Ninguna señal de los responsables
page-room-waiting = { $count ->
    [one] { $count } mensaje espera
    [many] { $count } de mensajes esperan
   *[other] { $count } mensajes esperan
}
page-room-draft = Empezaste a escribir
page-room-parts = Partes de esta sala
page-tab-talk = Charla
page-tab-people = Personas
page-tab-door = Quién entra
page-tab-plans = Planes
page-tab-files = Archivos
page-tab-rules = Reglas

page-hello-morning = Buenos días, { $name }
page-hello-day = Buenas tardes, { $name }
page-hello-evening = Buenas tardes, { $name }
page-hello-night = Buenas noches, { $name }
page-home-read = Ya lo has leído todo.
page-home-choose = Elige una sala, o pulsa ? para ver las teclas.
page-home-unread = { $count ->
    [one] Hay algo nuevo en { $count } sala.
    [many] Hay algo nuevo en { $count } de salas.
   *[other] Hay algo nuevo en { $count } salas.
}
page-home-mentions = { $count ->
    [one] { $count } mensaje es para ti.
    [many] { $count } de mensajes son para ti.
   *[other] { $count } mensajes son para ti.
}
page-begin = Tres pasos, y tienes una sala.
page-begin-done = Hecho.
page-begin-relay = Añade un repetidor
page-begin-relay-text = Un repetidor pasa los mensajes y no puede leerlos. Pide a tu sindicato su enlace o un ticket.
page-begin-relay-do = Añadir un repetidor en los ajustes
page-begin-meet = Encuéntrate con tu gente
page-begin-meet-text = Siéntense juntos. Una persona muestra un código, la otra lo usa. Después las dos comparan tres palabras.
page-begin-found = Funda una sala
page-begin-found-text = Con personas con quienes hiciste un encuentro. Las personas nuevas entran después, cuando dos miembros las avalan.

page-keys-title = Teclas
page-keys-off = Apagar las teclas sueltas
page-key-search = Buscar
page-key-home = Ir al inicio
page-key-meet = Hacer un encuentro
page-key-alarms = Mostrar las alarmas
page-key-settings = Mostrar los ajustes
page-key-write = Ir a donde se escribe
page-key-unread = Ir a la próxima sala con mensajes nuevos
page-key-walk = Ir de mensaje en mensaje
page-key-act = Mostrar qué puedes hacer con un mensaje
page-key-send = Enviar lo que escribiste
page-key-line = Empezar otra línea
page-key-edit = Editar tu último mensaje, si no hay nada escrito
page-key-escape = Cerrar, o dejar de contestar
page-key-list = Mostrar estas teclas

page-messages = Mensajes
page-older = Buscando mensajes anteriores…
page-looking = Buscando el mensaje…
page-unread-line = Nuevo
page-to-newest = Al más nuevo
page-talk-empty = Nadie ha escrito aquí todavía.
page-talk-empty-next = Escribe abajo el primer mensaje. Toda la sala lo lee.
page-arrived = { $who }: { $what }
page-organizer = Responsable
page-edited = editado
page-pinned = Fijado
page-pinned-all = Mensajes fijados
page-pinned-count = { $count ->
    [one] { $count } fijado
    [many] { $count } fijados
   *[other] { $count } fijados
}
page-sent = Enviado
page-waiting = En espera
page-waiting-other = Algo tuyo sale solo cuando haya conexión.
page-announcement = Anuncio
page-taken-back = Este mensaje se retiró.
page-taken-back-own = Retiraste este mensaje.
page-unknown-kind = Este es un tipo de mensaje que esta versión no conoce. Actualiza para leerlo.
page-answer = Contestar
page-answer-message = Contestar a este mensaje
page-answer-to = Contestación a
page-answer-lost = Ese mensaje no está disponible.
page-answering = Contestas a { $who }:
page-editing = Editas:
page-more = Más
page-react = Reaccionar
page-react-with = Reaccionar con { $mark }
page-react-other = Reaccionar con tu propia palabra
page-react-word = Un emoji o una palabra corta
page-react-hint = Toda la sala lo ve, con tu alias.
page-reactions = Reacciones
page-reaction = { $count ->
    [one] { $mark } de { $who }
    [many] { $mark } de { $who }
   *[other] { $mark } de { $who }
}
page-edit = Editar
page-pin = Fijar arriba
page-unpin = Dejar de fijar
page-take-back = Retirar
page-take-back-sure = ¿Retirar este mensaje?
page-take-back-line = Desaparece de todos los dispositivos conectados. Los demás ven que retiraste algo.
page-snippet-poll = Encuesta: { $what }
page-snippet-plan = Plan: { $what }
page-snippet-file = Archivo: { $what }
page-banner-lost = Este dispositivo perdió la sala. Pide a los responsables volver a entrar. Lo que se dice mientras tanto no lo puede mostrar.
page-banner-stale = Este dispositivo no sabe nada de los responsables desde hace dos días. No envíes nada secreto aquí hasta que sepas algo.
page-banner-gap = Has estado fuera. Algunos mensajes del { $from } al { $until } no están disponibles.
page-foot-out = Te sacaron. Aquí no lees nada nuevo.
page-foot-lost = Podrás escribir otra vez cuando este dispositivo vuelva a la sala.
page-foot-organizers = Aquí solo escriben responsables. Puedes reaccionar y contestar encuestas.
page-write = Escribe un mensaje
page-write-label = Escribe un mensaje. Intro lo envía.
page-send = Enviar
page-sensitive = Enviar solo si es seguro quién lee
page-sensitive-about = Delicado: solo sale si este dispositivo sabe con seguridad quién está en la sala.
page-sensitive-off = Enviarlo como los demás
page-add = Añadir un archivo, una encuesta o un plan
page-mentions = Personas de esta sala
page-odd-zero-width = En este texto hay caracteres que no se ven. Pueden mostrar quién lo copió.
page-odd-bidi = En este texto hay marcas que cambian su dirección. Otros pueden leerlo de otra manera.
page-odd-look-alike = Algunas letras de este texto parecen otras. Una dirección puede llevar a otro lugar.
page-odd-private = En este texto hay caracteres que se ven distintos en cada dispositivo.
page-odd-other = En este texto hay caracteres raros. Escríbelo tú si puedes.
page-odd-clean = Limpiar el texto

page-said-vouched = { $by } avala a { $who } ({ $how }).
page-said-revouched = { $by } avala otra vez a { $who } ({ $how }).
page-said-objection = { $by } se opone a dejar entrar a { $who }.
page-said-objection-why = { $by } se opone a dejar entrar a { $who }: { $why }
page-said-approved = { $by } está a favor de esto: { $what }.
page-event-joined = { $who } entró con permiso de { $by }. Avales: { $vouchers }.
page-event-founder = { $who } entró al fundarse la sala.
page-event-device = { $who } entró: segundo teléfono de { $of }.
page-event-severed = { $by } sacó a { $who }. Esto no puede borrar lo que ya tienen.
page-event-recalled = Los miembros sacaron a { $who }. La última persona en pedirlo fue { $by }. Esto no puede borrar lo que ya tienen.
page-event-stopped = { $by } desactivó el teléfono de { $who }. Esto no puede borrar lo que ya tiene.
page-event-rejoined = { $who } vuelve después de mucho tiempo fuera.
page-event-confirmed = { $who } ya no está en revisión, por palabra de { $by }.
page-event-review = Necesitan otro aval: { $who }.
page-event-carried = Decidido: { $what }. Lo hizo { $by }.
page-event-terms = Desde el { $when } es más fácil entrar. Quien se oponga, que lo diga ahora.
page-event-keys = Las llaves cambiaron.
page-event-dropped = Tu cambio no se hizo: { $why }
page-event-not-shown = Algo de { $by } no se muestra: está roto o no está permitido.
page-event-wants-back = { $who } pide volver. Decide un responsable.
page-event-without-ticket = { $who } no recibió un ticket de ti, porque no tienes ninguno para compartir. Lee, pero todavía no puede escribir.
page-motion-sever = Sacar a { $who }
page-motion-recall = Sacar a { $who } por palabra de los miembros
page-motion-terms = Cambiar las reglas: { $what }
page-motion-terms-same = Dejar las reglas como están ahora
page-motion-name = Nombrar responsable a { $who }
page-motion-drop = { $who } deja de ser responsable
page-motion-lift = Permitir que se avale otra vez a { $who }
page-motion-other = Algo que esta versión no conoce

page-poll = Encuesta
page-poll-ask = Hacer una encuesta
page-poll-question = Tu pregunta
page-poll-option = Respuesta { $at }
page-poll-more = Una respuesta más
page-poll-allow-several = Se pueden elegir varias
page-poll-several = Puedes elegir varias.
page-poll-send = Preguntar
page-poll-sent = Tu encuesta está en la sala.
page-poll-yours = lo que elegiste
page-poll-count = { $count ->
    [one] { $count } voto
    [many] { $count } de votos
   *[other] { $count } votos
}
page-poll-answers = { $count ->
    [one] Ha contestado { $count } persona.
    [many] Han contestado { $count } de personas.
   *[other] Han contestado { $count } personas.
}
page-poll-closed = { $count ->
    [one] Cerrada. Contestó { $count } persona.
    [many] Cerrada. Contestaron { $count } de personas.
   *[other] Cerrada. Contestaron { $count } personas.
}
page-poll-honest = Solo se muestran los números. Un programa cambiado podría mostrar a un miembro quién eligió qué.
page-poll-close = Cerrar la encuesta
page-poll-close-sure = ¿Cerrar esta encuesta?
page-poll-close-line = Las respuestas posteriores no cuentan. No puedes abrirla otra vez.
page-poll-close-done = La encuesta está cerrada.
page-plan = Plan
page-plan-make = Hacer un plan
page-plan-title = Qué
page-plan-when = Cuándo
page-plan-place = Dónde
page-plan-note = Qué más hay que saber
page-plan-send = Decirlo a la sala
page-plan-change = Cambiar el plan
page-plan-changed = Lo cambió { $by }.
page-plan-off = Cancelado
page-plan-call-off = Cancelarlo
page-plan-call-off-sure = ¿Cancelar «{ $what }»?
page-plan-call-off-line = Toda la sala lo ve enseguida. No puedes recuperar este plan, pero puedes hacer uno nuevo.
page-announce = Anunciar
page-announce-text = Toda la sala lo ve como palabras de un responsable.
page-announce-words = Lo que todos tienen que saber
page-announce-send = Anunciarlo
page-plans-coming = Próximos
page-plans-past = Pasados
page-plans-none = Todavía no hay ningún plan. Haz uno: qué, cuándo y dónde.
page-polls = Encuestas
page-polls-none = Todavía no hay ninguna encuesta. Pregunta algo a la sala.
page-show-in-room = Mostrarlo en la sala
page-look-back = Mirar más atrás

page-file-send-title = Enviar un archivo o una foto
page-file-send = Enviarlo
page-file-caption = Palabras que van con él
page-file-photo = Esto es una foto. Primero se pinta de nuevo: se quitan el lugar, la hora y la cámara.
page-file-inside = Este archivo se queda como está. Puede llevar nombres de autores, fechas y lugares. Míralo por dentro antes de enviarlo.
page-file-big = Un archivo puede tener como máximo { $most }. Hazlo más pequeño.
page-file-progress = Cuánto hay de { $name }
page-file-sending = Enviando, { $share } de { $total }
page-file-stopped = Por ahora no sigue. Se prueba otra vez en el próximo inicio.
page-file-stop = Parar el envío
page-file-offered = El repetidor lo guarda hasta el { $until }.
page-file-coming = Hay { $share } aquí
page-file-here = En este dispositivo
page-file-gone = El repetidor ya no lo tiene. Pídelo otra vez.
page-file-damaged = Lo que llegó no es lo que se envió. Bájalo otra vez, o pídelo.
page-file-get = Bajarlo
page-file-look = Verlo
page-file-look-at = Ver { $name }
page-file-picture-of = Imagen de { $who }
page-file-save = Guardarlo
page-file-saved = Guardado en tus descargas. Allí lo puede leer cualquiera que tenga este dispositivo.
page-file-from = { $who }, { $when }
page-files-none = Todavía no hay archivos.
page-files-none-next = Envía un archivo o una foto. Nada se baja solo: cada persona elige.

page-people-in = { $count ->
    [one] { $count } persona está en la sala
    [many] { $count } de personas están en la sala
   *[other] { $count } personas están en la sala
}
page-people-past = { $count ->
    [one] Ya no está en la sala: { $count }
    [many] Ya no están en la sala: { $count }
   *[other] Ya no están en la sala: { $count }
}
page-people-bring = Traer a alguien
page-person-more = Qué puedes hacer con { $who }
page-under-review = En revisión
page-probation = Persona nueva: sus avales cuentan desde el { $until }
page-branch = Rama de { $of }.
page-origin-founder = Fundó la sala el { $when }.
page-origin-device = Otro dispositivo de { $of }, desde el { $when }.
page-origin-vouched = Entró el { $when }. Avales: { $by }.
page-origin-voucher = { $who } ({ $how })
page-past-severed = Persona sacada el { $when }
page-past-stopped = Teléfono desactivado el { $when }
page-past-lifted = Persona sacada; los miembros pueden avalarla otra vez
page-past-left = Se fue el { $when }
page-lift = Permitir otra vez los avales
page-review-who = Necesitan otro aval: { $who }.
page-review-why = Sacaron a alguien que avaló a estas personas. A nadie se saca por eso. Quien las conozca, que avale otra vez.
page-revouch = Avalar otra vez
page-revouch-sure = ¿Avalar otra vez a { $who }?
page-revouch-line = Dices que tuvieron un encuentro en persona y que confías en que es quien dice.
page-review-end = Terminar la revisión
page-review-end-sure = ¿Terminar la revisión de { $who }?
page-review-end-line = Sus propios avales cuentan otra vez.
page-review-end-needs = Hacen falta tantos avales como para entrar.
page-note-edit = Escribir una nota
page-note-on = Tu nota sobre { $who }
page-note = Nota
page-note-hint = Solo en este dispositivo. Nadie más la ve nunca.
page-make-organizer = Nombrar responsable
page-drop-organizer = Deja de ser responsable
page-link-phone = Unir mi otro teléfono

page-put-out = Sacar de la sala
page-put-out-sure = ¿Sacar a { $who }?
page-put-out-yes = Sacar a { $who }
page-put-out-several = Sacar a varias personas
page-put-out-who = Quién debe irse
page-put-out-nobody = Elige al menos a una persona.
page-out-reads-nothing = { $who } no leerá nada nuevo, en ningún teléfono. En los dispositivos conectados tarda segundos.
page-out-keys = Sus llaves no pueden volver hasta que dos responsables lo permitan.
page-out-vouched = Avaló a { $who }. A nadie se saca por eso, pero puede que otros tengan que avalar otra vez.
page-out-seen = Toda la sala ve que lo hiciste tú.
page-out-done = { $who } está fuera.
page-out-waiting = Pedido. Espera a otro responsable.
page-recall = Pedir que salga
page-recall-sure = ¿Pedir que se saque a { $who }?
page-recall-line = No hace falta ningún responsable: tienen que pedirlo todos, miembros de dos ramas cuya palabra cuenta.
page-recall-waiting = Pedido. Espera a otros miembros.
page-stop-phone = Desactivar ese teléfono
page-stop-sure = ¿Desactivar el teléfono de { $who }?
page-stop-reads-nothing = Ese teléfono no lee nada nuevo. En los dispositivos conectados tarda segundos.
page-stop-goes-on = Esa persona sigue con: { $who }.
page-stop-comes-back = Esa persona vuelve con un perfil nuevo: dos miembros hacen un encuentro y avalan otra vez.
page-stop-nobody = No toca a nadie a quien avaló: nadie tiene la culpa de un teléfono perdido.
page-stop-cannot-erase = Esto no puede borrar lo que ese teléfono ya tiene.
page-stop-done = El teléfono de { $who } está desactivado.
page-exposure = Lo que pudo leer
page-exposure-look = Ver lo que pudo leer
page-exposure-of = Lo que { $who } pudo leer
page-exposure-time = Desde el { $from } hasta el { $until }.
page-exposure-still = Desde el { $from }, y todavía puede.
page-exposure-messages = { $count ->
    [one] mensaje
    [many] mensajes
   *[other] mensajes
}
page-exposure-files = { $count ->
    [one] archivo
    [many] archivos
   *[other] archivos
}
page-exposure-plans = { $count ->
    [one] plan
    [many] planes
   *[other] planes
}
page-exposure-polls = { $count ->
    [one] encuesta
    [many] encuestas
   *[other] encuestas
}
page-exposure-unknown = { $count ->
    [one] de un tipo más nuevo
    [many] de tipos más nuevos
   *[other] de tipos más nuevos
}
page-exposure-dates = El primero es del { $from }, el último del { $until }, hasta donde los tiene este dispositivo.
page-exposure-blind = Este dispositivo entró el { $when }. Lo que se dijo antes no lo puede contar.
page-exposure-next = Qué hacer ahora
page-exposure-brought = Habla con quienes entraron por su palabra: { $who }.
page-exposure-brought-none = Nadie entró por su palabra.
page-exposure-review = Avala otra vez a quien está en revisión: { $who }.
page-exposure-change-plans = Cambia las reuniones y los planes que conocía.

page-door-who = Quién quiere entrar
page-door-none = Nadie espera para entrar.
page-door-none-next = Cuando te hayas encontrado con alguien en persona, avala aquí.
page-door-until = Hasta el { $until }
page-door-missing = Todavía no: { $why }.
page-door-ready = Hay bastantes avales. Un responsable puede dejar entrar.
page-vouch = Avalar
page-vouch-too = Avalar también
page-vouch-title = Avalar a alguien
page-vouch-who = Con quién te encontraste
page-vouch-for = ¿Avalar a { $who } en «{ $room }»?
page-vouch-line = Dices que tuvieron un encuentro y que confías en que es quien dice.
page-vouch-once = Un encuentro sirve para una sala. Para otra sala, haz otro encuentro.
page-vouch-none = No te has encontrado con nadie nuevo
page-vouch-none-next = Primero haz un encuentro en persona. Después puedes avalar.
page-vouched = Ya está tu aval. Toda la sala lo ve.
page-vouch-fact = { $who } avala: { $how }, { $when }
page-vouch-not = No cuenta: { $why }.
page-against = { $who } se opone.
page-against-why = { $who } se opone: { $why }
page-object = Decir que no
page-object-sure = ¿Decir que no a { $who }?
page-object-line = Toda la sala lee por qué. No obliga a nadie: deciden los responsables.
page-object-why = Por qué
page-admit = Dejar entrar
page-admit-sure = ¿Dejar entrar a { $who }?
page-admit-reads = Lee lo que llega desde ahora, nada de antes.
page-admit-seen = Toda la sala ve quién dio permiso y quién avaló.
page-admit-back = Puedes sacar otra vez a esta persona. Esto no puede borrar lo que haya leído hasta entonces.
page-admit-changed = Algo ha cambiado sobre esta persona. Vuelve a leerlo antes de dejarla entrar.
page-admitted = { $who } entra.
page-returning = Pide volver. Su dispositivo falta desde el { $since }.
page-return = Dejar volver
page-return-sure = ¿Dejar volver a { $who }?
page-return-away = Su dispositivo dice que falta desde el { $since }.
page-return-ask = Pregunta antes a { $who }, cara a cara o en una llamada: vuelve quien tenga ese teléfono.
page-return-reads = Lee lo que llega desde ahora, nada del tiempo entre medias.

page-rules = Reglas de esta sala
page-rules-organizers = Responsables: { $who }.
page-rules-founding = Todavía se puede añadir a quienes fundan: nadie entró aún con avales.
page-rules-change = Puedes proponer un cambio. Otro responsable tiene que aprobarlo.
page-rules-read = Los responsables pueden cambiarlas, dos juntos.
page-motions = Espera aprobación
page-motions-waiting = { $count ->
    [one] { $count } decisión espera aprobación
    [many] { $count } de decisiones esperan aprobación
   *[other] { $count } decisiones esperan aprobación
}
page-motion-state = { $count ->
    [one] { $count } de { $needed } está a favor.
    [many] { $count } de { $needed } están a favor.
   *[other] { $count } de { $needed } están a favor.
}
page-motion-for = A favor: { $who }.
page-motion-until = Espera hasta el { $until }.
page-motion-yours = Estás a favor.
page-approve = Aprobar
page-approve-last = { $count ->
    [one] { $count } de { $needed } está a favor hasta ahora. Con la última persona queda hecho.
    [many] { $count } de { $needed } están a favor hasta ahora. Con la última persona queda hecho.
   *[other] { $count } de { $needed } están a favor hasta ahora. Con la última persona queda hecho.
}
page-approve-out = La persona sacada no lee nada nuevo, en ningún teléfono.
page-approved = Estás a favor. Espera a otros.
page-decided = Decidido.
page-propose = Proponerlo
page-proposed = Propuesto. Espera a otro responsable.
page-propose-two = Dos responsables tienen que aprobar. Tu voto es el primero; toda la sala lo ve.
page-propose-later = Lo que hace más fácil entrar vale tres días después de la segunda aprobación.
page-term-vouches = Miembros que tienen que avalar a una persona nueva
page-term-probation = Tiempo hasta que cuentan los avales de una persona nueva
page-term-vouch-budget = Personas nuevas que un miembro puede avalar en 90 días
page-term-calls = Un aval después de una llamada cuenta
page-term-recall = Miembros que juntos pueden sacar a cualquiera
page-term-rejoin = Tiempo fuera tras el que un responsable confirma la vuelta
page-term-key-age = Edad máxima de las llaves mientras la gente escribe
page-term-message-life = Cuánto tiempo guardan los mensajes los repetidores
page-term-change-life = Cuánto tiempo guardan cambios e invitaciones los repetidores
page-term-disappear = Cuánto tiempo guardan los mensajes los dispositivos
page-term-organizers-post = Solo pueden escribir responsables
page-term-change = Cambiar: { $term }
page-term-change-short = Cambiar
page-term-coming = { $value } desde el { $when }
page-term-value = Valor nuevo
page-term-unit = Unidad
page-days = días
page-hours = horas
page-value-count = { $count }
page-value-yes = Sí
page-value-no = No
page-value-never = Hasta que los borres
page-value-at-once = Enseguida
page-value-always = En cualquier momento

page-meet-lead = Siéntense juntos, cara a cara. Tarda un minuto.
page-meet-no-relay = Añade primero un repetidor. Sin él no se puede hacer un encuentro.
page-meet-show = Mostrar un código
page-meet-show-text = La otra persona lo escanea o lo escribe.
page-meet-use = Usar su código
page-meet-use-text = La otra persona te lo muestra.
page-meet-more = Otras maneras
page-meet-call = Es un encuentro por llamada, no cara a cara
page-meet-call-hint = En muchas salas eso no cuenta. Oyes una voz, y no ves quién más está ahí.
page-meet-like = La persona nueva soy yo, y me encuentro con otro miembro de la sala de:
page-meet-like-nobody = Nadie
page-meet-like-hint = Elígelo cuando dos miembros de una sala te avalan.
page-meet-let-scan = Deja que una persona escanee esto.
page-meet-qr = El código de este encuentro como imagen
page-meet-type = Mejor escribirlo
page-meet-copy = Copiar el código
page-meet-secret = Sirve diez minutos y para una sola persona. No lo enseñes a nadie más.
page-meet-until = Sirve hasta las { $time }.
page-meet-ticket = No tienes ticket de este repetidor. Funciona si la otra persona lo tiene.
page-meet-ticket-ask = No tienes ticket de este repetidor. Funciona si la otra persona lo tiene. Si no, pregunta a: { $contact }.
page-meet-waiting = Esperando al otro dispositivo
page-meet-stop = Parar
page-meet-code = El código
page-meet-code-hint = Escríbelo o pégalo, como lo muestra la otra pantalla.
page-meet-picture = O una foto del código
page-meet-picture-hint = La foto se queda en este dispositivo.
page-meet-read = El código está leído.
page-meet-no-code = En esta imagen no hay ningún código. Hazla otra vez, más cerca y recta.
page-meet-no-picture = Esto no es una imagen que se pueda leer. Elige una foto.
page-meet-go = Seguir
page-meet-used = El código está usado.
page-meet-again = Hacer otro encuentro
page-meet-over-expired = Pasaron los diez minutos. Haz otro encuentro con un código nuevo.
page-meet-over-stopped = El encuentro se paró. Haz otro con un código nuevo.
page-meet-over-second = Otro dispositivo usó el mismo código. Mira quién más está cerca, y haz otro encuentro con un código nuevo.
page-meet-over-misbehaved = El otro dispositivo, o alguien en medio, rompió el orden de un encuentro. Mira quién más está cerca, y haz otro encuentro.
page-meet-unpaid = Nadie de los dos lados tiene un ticket de este repetidor. Pide uno a quien administra el repetidor, añádelo y haz otro encuentro.
page-meet-unpaid-ask = Nadie de los dos lados tiene un ticket de este repetidor. Pide uno a { $contact }, añádelo y haz otro encuentro.
page-words-spoken = { $who } está ahí. Las palabras son: { $words }.
page-words-read = { $who } está ahí. Díganse las palabras en voz alta.
page-words-three = Tres palabras
page-words-question = ¿Muestran las dos pantallas las mismas palabras?
page-words-same = Sí, las mismas
page-words-differ = No, son distintas
page-words-differ-title = Puede haber alguien en medio
page-words-differ-text = Las palabras son distintas, así que no se añadió a nadie. Mira quién más está cerca, y haz otro encuentro con un código nuevo.
page-met = Te has encontrado con { $who }
page-met-vouch = Si { $who } quiere entrar en una sala tuya, avala allí:
page-met-new = Si eres tú quien entra en una sala de { $who }, haz un encuentro con otro miembro de ella.
page-met-found = Si fundas una sala con { $who }, hazlo aquí.
page-linked = Dispositivo unido: { $who }
page-linked-next = Ahora los dos dispositivos son tuyos.
page-contacts = Personas con quienes te encontraste
page-contact-met = { $how }, { $when }.
page-contact-own = Tu otro dispositivo, desde el { $when }.
page-contact-used = Ya usado para una sala.
page-link-lead = Trae tu otro teléfono a «{ $room }».
page-link-scan = Escanea esto con tu otro teléfono.
page-link-warning = Sirve diez minutos. Quien lo escanee y muestre las mismas palabras eres tú, en esta sala.
page-link-sure = Este código une un dispositivo. ¿Unirlo al tuyo?
page-link-own = Acepta solo si el código está en tu propio otro dispositivo. Después, tú y quien te lo muestra son una sola persona en su sala.

page-found-lead = Una sala empieza con entre dos y ocho personas que se han encontrado.
page-found-none = Para fundar una sala, haz primero un encuentro.
page-found-name = Nombre de la sala
page-found-name-hint = Solo lo ven las personas de la sala.
page-found-who = Quién la funda contigo
page-found-organizer = { $who } también es responsable
page-found-needs = Al menos una de estas personas tiene que ser también responsable. Márcalo junto a su nombre.
page-founded = La sala está lista.

page-search-words = Palabras
page-search-room = Dónde
page-search-all = Todas las salas
page-search-hint = La búsqueda se hace solo en este dispositivo.
page-search-found = { $count ->
    [one] { $count } mensaje encontrado
    [many] { $count } de mensajes encontrados
   *[other] { $count } mensajes encontrados
}
page-search-many = { $count ->
    [one] Se muestra el mensaje más nuevo. Añade una palabra para encontrar menos.
    [many] Se muestran los { $count } más nuevos. Añade una palabra para encontrar menos.
   *[other] Se muestran los { $count } más nuevos. Añade una palabra para encontrar menos.
}
page-search-none = No se encontró nada.
page-search-none-next = Prueba con menos palabras. Lo que ha desaparecido ya no se encuentra.

page-alarms-about = Lo que puede ser un ataque, o un dispositivo que se quedó atrás. Las alarmas se guardan.
page-alarms-none = Ninguna alarma.
page-alarms-none-next = Si algo parece estar mal, aparece aquí con lo que hay que hacer.
page-alarm-count = { $count ->
    [one] { $count } vez
    [many] { $count } de veces
   *[other] { $count } veces
}
page-alarm-some-room = una sala
page-alarm-room = Ir a la sala
page-alarm-evidence = Guardar las pruebas
page-alarm-evidence-line = Otros pueden comprobarlas. Quien las recibe sabe de qué buzón se trata.
page-alarm-go-on = Seguir escribiendo aquí
page-alarm-go-on-sure = ¿Comparaste con otros?
page-alarm-go-on-line = Sigue solo si un tercer miembro ve lo mismo que tú.
page-alarm-go-on-else = Si no, funda otra vez la sala en otro repetidor.
page-alarm-went-on = Puedes escribir aquí otra vez.

page-settings-you = Los demás te ven como { $name }.
page-settings-look = Aspecto e idioma
page-settings-notices = Avisos
page-settings-safe = Seguridad en este dispositivo
page-settings-copy = Copias, y el final
page-look-theme = Colores
page-look-contrast = Contraste
page-look-text = Tamaño del texto
page-look-language = Idioma
page-look-auto = Como en este dispositivo
page-look-light = Claro
page-look-dark = Oscuro
page-look-more = Alto
page-look-usual = Normal
page-look-large = Grande
page-look-larger = Más grande
page-notices = Avisarme cuando llega algo
page-notices-about = Solo dice que hay mensajes nuevos: sin nombres, sin palabras.
page-notices-cannot = Este navegador no tiene avisos.
page-notices-refused = Tu navegador no lo permite. Cámbialo en sus ajustes para esta página.
page-relays = Repetidores
page-relays-about = Un repetidor pasa los mensajes y no puede leerlos.
page-relays-none = Todavía no hay ningún repetidor. Pide a tu sindicato su enlace o un ticket.
page-relay-add = Añadir un repetidor
page-relay-added = El repetidor está añadido.
page-relay-link = Enlace o ticket
page-relay-link-hint = Que te lo dé quien administra el repetidor, mejor en persona.
page-relay-try = Probarlo
page-relay-answers = El repetidor responde, y es el correcto.
page-relay-here = Conectado
page-relay-away = Sin conexión
page-relay-unused = Ahora no se usa
page-ticket-add = Añadir un ticket
page-ticket-added = El ticket está añadido.
page-ticket-code = El ticket
page-ticket-code-hint = Cópialo entero. Ocupa el lugar de uno anterior.
page-ticket-ask = Pide uno a: { $contact }.
page-ticket-ask-host = Pide uno a quien administra el repetidor.
page-ticket-unknown = Todavía no se le preguntó si quiere un ticket.
page-ticket-open = Abierto: no necesitas ticket.
page-ticket-good = Tu ticket sirve.
page-ticket-missing = Sin ticket. Quien te deja entrar en una sala te da uno sin que hagas nada.
page-ticket-refilling = Tu ticket sirve, pero se acaba de gastar. Sigue solo en unos minutos.
page-ticket-used-up = Tu ticket se gastó por hoy. Sigue solo mañana; lo que escribiste se guarda.
page-ticket-refused = Ya no acepta tu ticket.
page-ticket-distrusted = Tu ticket no se usa: este repetidor podría distinguirte por él. Mira las alarmas.
page-ticket-wrong-clock = Pon en hora el reloj de este dispositivo: parece estar mal. Luego sigue solo; lo que escribiste se guarda.
page-lock-about = Con el bloqueo, nadie que se lleve este dispositivo lee tus salas. También se bloquea solo cuando no haces nada durante un rato.
page-disappear-where = Cuánto tiempo quedan los mensajes es una regla de cada sala: mira sus reglas.
page-export-about = Llévate una copia de todo, cerrada con su propia contraseña. No desaparece.
page-copy-write = Hacer una copia
page-copy-passphrase = Una contraseña para la copia
page-copy-written = La copia está hecha
page-wipe-about = Quita de este dispositivo todo lo de Offshift, para siempre.
page-wipe = Destruir este perfil
page-wipe-yes = Destruirlo para siempre
page-wiped-title = El perfil está destruido
page-wiped-text = No queda nada de él en este dispositivo. Puedes cerrar esta pestaña.
page-passphrase-change = Cambiar la contraseña
page-passphrase-changed = La contraseña está cambiada.
page-passphrase-old = La contraseña de ahora
page-passphrase-new = La nueva
page-passphrase-again = La nueva otra vez
page-passphrase-hint = Cinco o más palabras que nadie pondría juntas.
page-strength-very-weak = Muy débil: cualquiera con este dispositivo lo abre.
page-strength-weak = Débil: una máquina la encuentra en días.
page-strength-good = Buena.
page-strength-strong = Fuerte.
page-weak-common = Mucha gente la usa.
page-weak-word = Es una sola palabra. Añade más palabras.
page-weak-date = Parece una fecha.
page-weak-pattern = Se repite, o sigue las teclas.
page-passphrase-differ = Las dos nuevas no son iguales. Escribe las dos otra vez.
page-passphrase-lost = Si la olvidas, nadie puede abrir este perfil: ni tú ni nosotros.
