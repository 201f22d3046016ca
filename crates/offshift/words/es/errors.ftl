### Offshift: errors

failure-line = offshift: { $sentence }. Ahora: { $next_word }
failure-no-resources = el sistema no dio recursos para funcionar
failure-no-resources-next = cierra otros programas y prueba otra vez

next-version = offshift --version
next-other-network = usa otra red, por ejemplo datos móviles, y repite el mismo comando
next-again-kept = repite el mismo comando; lo que espera se guarda
next-again = repite el mismo comando
next-ticket = offshift relay ticket CODE, con el código entero entre comillas
next-relay = offshift relay add offshift://...
next-handle = offshift start --handle NAME
next-room-name = offshift room found NAME --with HANDLE
next-text = offshift send ROOM TEXT
next-meet = offshift meet show
next-rooms = offshift room list
next-members = offshift members ROOM
next-refused = offshift members ROOM, offshift policy show ROOM
next-applicants = offshift room applicants ROOM
next-objections = offshift room applicants ROOM, y luego el mismo comando con --despite-objections
next-policy = offshift policy show ROOM
next-device-code = offshift phone link ROOM, en tu otro teléfono
next-note = offshift note ROOM PERSON TEXT
next-help = offshift --help
next-start = offshift start
next-other-profile = offshift --profile OTHER start
next-inbox = offshift inbox
next-confirm = offshift meet confirm
next-mobile-data = usa datos móviles y luego: offshift inbox
next-close = ciérralo allí y repite el mismo comando

error-no_relay = este perfil no tiene ningún repetidor todavía; añade uno primero
error-unknown_relay = este repetidor no es de este perfil; añádelo primero
error-other_relay = estos dos enlaces tienen direcciones distintas, así que son repetidores distintos; añade solo el nuevo
error-too_many = este perfil ya tiene el máximo de { $what ->
        [rooms] salas
        [relays] repetidores
        [meetings] encuentros
        [contacts] contactos
       *[other] { $what }
    }
error-bad_handle = un alias tiene de 1 a 32 caracteres simples en una línea; elige otro
error-bad_room_name = el nombre de una sala tiene de 1 a 128 caracteres simples en una línea; elige otro
error-bad_text = un mensaje tiene al menos un carácter y como máximo 48 KiB; hazlo más corto
error-unknown_meeting = este encuentro terminó o nunca existió; haz otro con un código nuevo
error-no_words = no hay palabras que comparar; haz otro encuentro con un código nuevo
error-meeting_expired = el encuentro terminó; haz otro con un código nuevo
error-meeting_stopped = el encuentro terminó; haz otro con un código nuevo
error-meeting_second_scanner = el encuentro terminó; haz otro con un código nuevo
error-meeting_misbehaved = el encuentro terminó; haz otro con un código nuevo
error-unknown_contact = no has hecho un encuentro con esta persona
error-contact_used = tu encuentro con esta persona ya se usó para una sala; para otra sala haz otro encuentro
error-card_used = la tarjeta que recibió esta persona está usada o es demasiado vieja; haz otro encuentro con las dos, uno igual que el otro
error-objections = { $count ->
        [one] 1 miembro se opone; lee por qué y luego decide: dejar entrar de todos modos o no
        [many] { $count } de miembros se oponen; lee por qué y luego decide: dejar entrar de todos modos o no
       *[other] { $count } miembros se oponen; lee por qué y luego decide: dejar entrar de todos modos o no
    }
error-unknown_room = no hay ninguna sala así en este dispositivo
error-unknown_member = esta persona no está en la sala
error-unknown_applicant = nadie avala a esta persona aquí; mira otra vez la lista de quienes quieren entrar
error-unknown_motion = no existe esa propuesta, o ya terminó; mira otra vez la lista de propuestas
error-unknown_message = no existe ese mensaje en este dispositivo; puede que haya desaparecido
error-not_yours = solo quien escribió un mensaje lo cambia o lo retira, y solo sus palabras
error-bad_mark = una reacción es un emoji o una palabra corta
error-bad_poll = una encuesta tiene una pregunta y de 2 a 16 respuestas cortas; cámbiala
error-bad_plan = un plan tiene un título y una hora; haz sus textos de menos de 512 bytes
error-not_a_poll = este mensaje no es una encuesta
error-not_a_plan = este mensaje no es un plan
error-bad_answer = la encuesta no acepta esta respuesta; mírala otra vez
error-poll_closed = esta encuesta está cerrada; las respuestas ya no cuentan
error-bad_note = una nota tiene como máximo 512 bytes; hazla más corta
error-refused = { $why }
error-not_allowed = las reglas de la sala no lo permiten: { $why }
error-closed = el perfil está cerrado; ábrelo otra vez
error-bug = un fallo de este programa: { $what }; por favor, avisa de él

## Asked of a running engine

error-bad_params = una parte de lo pedido falta, es incorrecta o sobra; pon los dos programas en la misma versión
error-not_json = lo pedido no se puede leer; pon los dos programas en la misma versión
error-not_a_request = lo pedido no se puede leer; pon los dos programas en la misma versión
error-no_such_verb = el Offshift en marcha no sabe hacer eso; ponlo en esta versión
error-locked = el perfil está bloqueado; desbloquéalo primero
error-already_open = el perfil ya está abierto; bloquéalo primero
error-too_much = es demasiado de una vez; pide menos
error-no_page = este motor no muestra ninguna página; termínalo y abre una
error-not_for_the_page = una página no puede pedir esto; usa un comando
error-no_code_in_picture = en esta imagen no hay ningún código; hazla otra vez, más cerca y recta

error-bad_term_name = no existe esa regla; muestra las reglas para ver sus nombres
error-bad_term_value = esta regla no acepta ese valor; acepta un número, un tiempo como 7d o 12h, yes o no

error-vault_missing = aquí no hay ningún perfil; crea uno primero o di el nombre de otro
error-vault_exists = aquí ya hay un perfil; úsalo o di el nombre de otro
error-vault_in_use = este perfil está abierto en otra ventana u otro programa; ciérralo allí primero y prueba otra vez
error-vault_wrong_passphrase = la contraseña no es correcta; prueba otra vez y mira el idioma del teclado y las mayúsculas
error-vault_not_a_vault = el archivo `vault` de este perfil no es de Offshift; vuelve a poner tu copia del perfil
error-vault_newer = este perfil lo escribió un Offshift más nuevo; instala esa versión y prueba otra vez
error-vault_damaged = la contraseña es correcta, pero el archivo del perfil está dañado; vuelve a poner una copia del perfil, o crea uno nuevo y haz otra vez los encuentros
error-vault_disk = el disco no dejó leer o escribir el perfil ({ $why }); libera espacio o revisa el disco, y prueba otra vez
error-vault_unsettled = el disco no dejó escribir el perfil; revisa el disco y empieza otra vez
error-vault_full = este perfil está lleno; crea uno nuevo
error-vault_resources = el sistema tiene poca memoria para abrir un perfil; cierra otros programas y prueba otra vez
error-vault_bug = un fallo de Offshift: { $what }; por favor, avisa de él

error-link_resolve = aquí no se conoce el nombre del repetidor; revisa la red y luego el enlace
error-link_unreachable = el repetidor no responde; revisa la red o prueba otra vez en un minuto
error-link_identity = algo en esta red responde en lugar del repetidor; no te fíes de esta red y usa otra, por ejemplo datos móviles
error-link_clock = el reloj de este dispositivo parece estar mal; pon la fecha y la hora, y prueba otra vez
error-link_incompatible = el repetidor usa otra versión; actualiza este programa o pide a quien administra el repetidor que actualice
error-link_refused = { $why }
error-link_closed = { $why }
error-link_lost = se perdió la conexión con el repetidor; se hará otra vez
error-link_misbehaved = el repetidor respondió otra cosa ({ $what }); dilo a quien administra el repetidor
error-link_busy = hay demasiado esperando al repetidor; espera primero las respuestas
error-link_socket = este dispositivo no puede abrir una conexión de red; revisa sus ajustes de red
error-link_bug = un error de este programa ({ $what }); avisa de él

why-disk_full = no queda espacio
why-disk_quota = límite de espacio superado
why-disk_denied = sin permiso
why-disk_read_only = disco o soporte de solo lectura
why-disk_other = otro error

error-bad_link_scheme = esto no es un enlace de repetidor; un enlace de repetidor empieza por offshift://
error-bad_link_host = la dirección en el enlace del repetidor no sirve; copia otra vez el enlace entero
error-bad_link_port = el puerto en el enlace del repetidor no sirve; copia otra vez el enlace entero
error-bad_link_key = el enlace del repetidor está dañado o cortado; copia otra vez el enlace entero

error-bad_ticket_none = este es un enlace sin ticket; un ticket lleva un #
error-bad_ticket_damaged = el ticket está dañado o cortado; cópialo o escanéalo otra vez entero

error-bad_code_relay_link = este es el enlace de un repetidor, no un código de encuentro; añádelo con: offshift relay add
error-bad_code_device = este código es para unir un dispositivo tuyo, no para un encuentro; pide un código de encuentro
error-bad_code_ticket = este es un ticket de un repetidor, no un código de encuentro; pide un código de encuentro
error-bad_code_other_purpose = este código es para otra cosa, no para un encuentro; pide un código de encuentro
error-bad_code_foreign = esto no es un código de encuentro; un código así empieza por offshift:meet:
error-bad_code_incompatible = este código es de una versión más nueva; actualiza este programa y pide un código nuevo
error-bad_code_damaged = este código está dañado o cortado; escanéalo otra vez o pide un código nuevo
error-bad_code_expired = este código es demasiado viejo; pide un código nuevo

error-bad_device_code_meeting = este es un código de encuentro, no para unir un dispositivo tuyo; muestra uno con: phone link
error-bad_device_code_other_purpose = este código es para otra cosa; muestra uno en tu otro dispositivo con: phone link
error-bad_device_code_foreign = esto no es un código para unir un dispositivo; un código así empieza por offshift:device:
error-bad_device_code_incompatible = este código es de una versión más nueva; actualiza este programa y muestra un código nuevo
error-bad_device_code_damaged = este código está dañado o cortado; escanéalo otra vez o muestra un código nuevo
error-bad_device_code_expired = este código es demasiado viejo; muestra un código nuevo en tu otro dispositivo

why-relay_malformed = el repetidor dijo que no: no pudo leer la petición; actualiza este programa
why-relay_denied = el repetidor dijo que no: la llave no es la del buzón; pide un código nuevo
why-relay_no_capability = el repetidor dijo que no: la conexión es nueva; hay que mostrar otra vez el permiso
why-relay_life_too_long = el repetidor dijo que no: no guarda nada tanto tiempo; elige un tiempo más corto
why-relay_full = el repetidor dijo que no: su disco o el buzón está lleno; prueba más tarde
why-relay_busy = el repetidor dijo que no: hay demasiado a la vez; prueba otra vez en un minuto
why-relay_stopping = el repetidor dijo que no: se está apagando; prueba otra vez en un minuto
why-relay_failed = el repetidor dijo que no: falló y no guardó nada; prueba otra vez en un minuto
why-relay_no_credit = el repetidor dijo que no: acepta mensajes de personas con ticket; pide uno a quien lo administra
why-relay_bad_token = el repetidor dijo que no: no aceptó lo que paga el mensaje; se probará otro
why-relay_bad_ticket = el repetidor dijo que no: el ticket ya no sirve; pide uno nuevo a quien lo administra
why-relay_allowance_used = el repetidor dijo que no: el ticket ya se gastó por hoy; mañana sirve otra vez

why-closed_done = la conexión está cerrada
why-closed_version = el repetidor usa otra versión; actualiza este programa
why-closed_malformed = el repetidor no pudo leer lo que envió este programa; actualiza este programa
why-closed_limit = el repetidor cerró la conexión por un límite; prueba otra vez en un minuto
why-closed_stopping = el repetidor se está apagando; la conexión se hará otra vez
why-closed_idle = el repetidor cerró una conexión sin uso; se hará otra vez
why-closed_failed = el repetidor falló; prueba otra vez en un minuto

why-contradicts_two_receipts = firmó que hay dos sobres en un mismo lugar
why-contradicts_another_envelope = muestra otro sobre que el que firmó
why-contradicts_missing = no muestra lo que firmó que guarda

why-send_stranded = este dispositivo perdió la sala; déjalo conectado hasta que el dispositivo de un responsable lo deje entrar otra vez
why-send_rolled_back = este dispositivo se restauró de una copia vieja; déjalo conectado hasta que el dispositivo de un responsable lo deje entrar otra vez
why-send_lost = parece que la sala siguió sin este dispositivo; déjalo conectado hasta que el dispositivo de un responsable lo deje entrar otra vez
why-send_forked = deja de escribir aquí: tú y otro miembro no ven la misma sala, o el dispositivo de ese miembro miente; pregunta a un tercer miembro: si ve lo mismo que tú, saca al otro; si no, funda otra vez la sala con otro repetidor
why-send_stale = esto no se envió: no se sabe nada de ningún responsable desde hace 48 horas, así que alguien a quien sacaron podría leer todavía aquí; conéctate o pregunta a un responsable
why-send_removed = ya no eres miembro de esta sala
why-send_content = esta versión no puede escribir ese tipo de mensaje; actualízala
why-send_only_organizers = en esta sala solo escriben responsables; tú puedes reaccionar y contestar encuestas
why-send_announcement = solo los responsables hacen anuncios; envíalo como mensaje
why-send_too_many = demasiados mensajes esperan al repetidor; envía otra vez cuando se llegue a él
why-change_suite = la tarjeta no sirve para esta sala; haz otro encuentro con la versión más nueva
why-change_no_such_member = no existe ese miembro; mira otra vez la lista de miembros
why-change_no_such_applicant = nadie avaló aquí a esa persona; mira otra vez la lista de quienes quieren entrar
why-change_reason = un motivo tiene como máximo 512 bytes; dilo más corto
why-change_too_many_at_once = como máximo salen 256 dispositivos a la vez; hazlo en dos pasos
why-change_no_such_motion = esa propuesta ya no existe; mira otra vez la lista de propuestas
why-change_other_meeting = este encuentro no era para eso; haz otro con un código del tipo correcto
why-change_too_many = cambios anteriores esperan todavía al repetidor; prueba otra vez cuando estén hechos
why-found_too_few_organizers = una sala necesita dos responsables; nombra responsable al menos a otra persona
why-found_suite = una de las tarjetas no sirve para este tipo de sala; haz otro encuentro con la versión más nueva

why-rule_not_a_member = solo los miembros pueden hacer esto
why-rule_commit_data = el cambio lleva datos de otra versión
why-rule_commit_time = el cambio se firmó más de dos horas antes o después de llegar
why-rule_loose_proposal = una propuesta debe ser parte de su cambio
why-rule_proposal_kind = este tipo de propuesta no está permitido
why-rule_one_change = un cambio cada vez
why-rule_leaf_changed = la identidad de un miembro no puede cambiar
why-rule_not_founding = la fase de fundación terminó
why-rule_add_by_other = solo un responsable que funda la sala puede añadir a quienes la fundan
why-rule_member_info = la identidad de la persona nueva no es válida
why-rule_key_package = las llaves de la persona nueva no son de esta versión
why-rule_too_many_founders = una sala la fundan ocho personas como máximo
why-rule_key_twice = esta llave ya estuvo en la sala; haz otro encuentro para tener una nueva
why-rule_handle_taken = alguien en la sala ya usa este alias
why-rule_policy_change = las reglas de la sala no se pueden cambiar así
why-rule_too_few_organizers = una sala necesita dos responsables
why-rule_remove_by_other = solo un responsable puede sacar a un miembro
why-rule_welcome = sus miembros y sus reglas no encajan
why-rule_admit_by_other = solo un responsable puede dejar entrar a alguien
why-rule_too_few_vouches = antes tienen que avalar más miembros
why-rule_too_few_branches = quienes avalan entraron por la misma persona fundadora; tiene que avalar alguien de otra rama
why-rule_vouch_twice = cada persona avala una sola vez
why-rule_voucher_unknown = una de las personas que avalan ya no es miembro
why-rule_voucher_on_probation = una de las personas que avalan es nueva o está en revisión
why-rule_vouch_budget = una de las personas que avalan trajo a demasiada gente últimamente
why-rule_vouch_time = un aval sirve 14 días después del encuentro; haz otro encuentro
why-rule_vouch_terms = las reglas de la sala cambiaron desde entonces; avala otra vez
why-rule_vouch_method = en esta sala solo cuentan los encuentros en persona
why-rule_vouch_signature = un aval no es para esta persona y esta sala
why-rule_denied = a esta persona la sacaron; antes dos responsables deben levantarlo
why-rule_room_full = la sala ha tenido ya todos los miembros que puede tener; funda una nueva
why-rule_not_under_review = este miembro no está en revisión
why-rule_too_few_approvals = antes tienen que aprobar más personas
why-rule_approval_by = aprobó alguien que no puede
why-rule_approval_time = una aprobación sirve siete días; aprueba otra vez
why-rule_approval_signature = una aprobación no es para este cambio
why-rule_recall_branches = tienen que pedirlo miembros de dos ramas
why-rule_terms_floor = ninguna sala puede pasar de estos límites
why-rule_motion_empty = esto no cambiaría nada
why-rule_organizer_unfit = este miembro no puede ser responsable
why-rule_removed_in_part = a una persona se la saca con todos sus dispositivos, y nunca a sí misma
why-rule_rejoin_other = solo un responsable puede traer de vuelta a un miembro, y como la misma persona
why-rule_rejoin_proof = la petición de volver es demasiado vieja o no es del miembro
why-rule_device_by_other = solo un dispositivo de la propia persona puede unir otro
why-rule_device_link = la unión del dispositivo es demasiado vieja o no es de la persona
why-rule_too_many_devices = una persona tiene como máximo tres dispositivos
why-rule_other = una regla que esta versión no conoce
