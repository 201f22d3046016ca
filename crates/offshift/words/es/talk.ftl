### Offshift: talk

message-own = tú
message-reply = (a { $number })
message-announcement = A TODOS: { $text }
message-taken-back = (retirado)
message-unknown = (un tipo de mensaje que esta versión no conoce; actualiza para leerlo)
message-edited = (editado)
message-pinned = (fijado)
message-mentions-you = (te menciona)
message-see = Mira: offshift { $command_word } { $room_word }
message-none = ningún mensaje de esta sala tiene este número
message-none-next = offshift read { $room_word }
message-many = más de un mensaje tiene este número
message-many-next = da más letras del número; offshift --json inbox las muestra todas
take-back-done = Los dispositivos quitan las palabras cuando se enteran. Quien lo ha leído, lo ha leído.
pinned-none = Aquí no hay nada fijado.

message-vouched = { $by } avala a { $handle } ({ $method }).
message-vouched-again = { $by } avala otra vez a { $handle } ({ $method }).
message-objected = { $by } se opone a dejar entrar a { $handle }.
message-objected-why = { $by } se opone a dejar entrar a { $handle }: { $reason }
message-approved = { $by } está a favor de esto: { $what }.

send-sent = Enviado.
send-waiting = En espera. El mensaje se guarda y sale solo con el próximo: offshift inbox
send-waiting-why = En espera. { $why } El mensaje se guarda y sale solo con el próximo: offshift inbox
send-put-out = antes de eso te sacaron de esta sala; no se envió nada
send-untrusted = esta red responde en lugar del repetidor; el mensaje espera, no se envió nada
send-no-text = lo que entró no es texto

poll-question = Encuesta: { $question }
poll-option = { $number }. { $text } - { $count }
poll-option-own = { $number }. { $text } - { $count } (tu respuesta)
poll-answered = { $count ->
    [0] Nadie ha contestado todavía.
    [one] Ha contestado { $count } persona.
    [many] Han contestado { $count } de personas.
   *[other] Han contestado { $count } personas.
}
poll-closed = Cerrada: las respuestas posteriores no cuentan.
poll-how = Contestar: offshift poll answer { $room_word } { $number_word } ...
poll-none = Aquí no hay ninguna encuesta.

plan-line = Plan: { $title }, { $when }
plan-line-at = Plan: { $title }, { $when }, { $place }
plan-called-off = { $handle } lo CANCELÓ
plan-changed = { $handle } lo cambió
plan-none = Aquí no hay ningún plan próximo.
plan-time-bad = esto no es una hora
plan-time-bad-next = un día y una hora de los relojes de aquí, como en: --at "2027-01-29 18:00"

size-bytes = { $count } B
size-kib = { $count } KiB
size-mib = { $whole },{ $tenths } MiB

message-file = Archivo: { $name }, { $size }

read-older = Mensajes anteriores: offshift read { $room_word } --before { $number_word }
read-none = Aquí no se ha dicho nada todavía.
search-none = No se encontró nada en este dispositivo.
draft-kept = Se guarda solo en este dispositivo.
draft-gone = El borrador se borró.
draft-none = Aquí no hay ningún borrador.

room-unread = { $count } sin leer

odd-hidden = Atención: el texto tiene caracteres que nadie ve. Pueden marcar una copia. Escríbelo de nuevo si tienes dudas.
odd-turning = Atención: el texto tiene caracteres que cambian el orden de otros.
odd-looks-like = Atención: «{ $text }» mezcla letras que se parecen. Puede no ser la palabra que lees.

exposure-plans = { $count ->
    [one] { $count } de ellos es un plan: una hora y un lugar.
    [many] { $count } de ellos son planes: horas y lugares.
   *[other] { $count } de ellos son planes: horas y lugares.
}
exposure-polls = { $count ->
    [one] { $count } de ellos es una encuesta.
    [many] { $count } de ellos son encuestas.
   *[other] { $count } de ellos son encuestas.
}
exposure-files = { $count ->
    [one] { $count } de ellos es una foto u otro archivo.
    [many] { $count } de ellos son fotos u otros archivos.
   *[other] { $count } de ellos son fotos u otros archivos.
}
