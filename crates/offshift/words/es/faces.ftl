### Offshift: faces

engine-runs = El motor de este perfil está en marcha, y los comandos lo usan. Ctrl-C lo termina.
engine-begins-locked = Está bloqueado. Ahora: offshift unlock
engine-taken = ya hay un motor de este perfil en marcha
engine-taken-next = úsalo o termínalo: offshift daemon --stop
engine-path-long = el nombre de la carpeta de este perfil es demasiado largo para un motor
engine-path-long-next = pon en XDG_RUNTIME_DIR una carpeta tuya, o usa una más corta: offshift --profile DIR daemon
engine-no-socket = el sistema no dejó que el motor escuche en la carpeta del perfil
engine-no-socket-next = revisa el disco y quién puede escribir en la carpeta, y repite el mismo comando
engine-ended = El motor terminó.
engine-none = no hay ningún motor de este perfil en marcha
engine-locked = Bloqueado. Ahora: offshift unlock
engine-unlocked = Desbloqueado.
engine-status-none = No hay ningún motor en marcha. Cada comando abre el perfil por su cuenta.
engine-status-open = El motor está en marcha, y el perfil está abierto.
engine-status-locked = El motor está en marcha, y el perfil está bloqueado. Ahora: offshift unlock
engine-none-next = offshift daemon
engine-status-idle =
    { $minutes ->
        [one] Se bloquea tras un minuto sin ti.
        [many] Se bloquea tras { $minutes } de minutos sin ti.
       *[other] Se bloquea tras { $minutes } minutos sin ti.
    }
engine-status-never = Solo se bloquea cuando lo pides: offshift lock
man-not-written = no se pueden escribir las páginas ahí
man-not-written-next = offshift man FOLDER
man-written = Las páginas están escritas. Lee la primera con: man FOLDER/offshift.1
engine-is-locked = este perfil está bloqueado
engine-is-locked-next = offshift unlock
engine-silent = el motor de este perfil está en marcha, pero no responde
engine-silent-next = termínalo allí y repite el mismo comando
engine-foreign = el motor en marcha de este perfil es de otro usuario
engine-foreign-next = usa el comando como ese usuario, o usa otro perfil: offshift --profile OTHER ...
engine-other-version = el motor en marcha es de otra versión de este programa
engine-other-version-next = termínalo y ponlo en marcha otra vez: offshift daemon
engine-no-signals = el sistema no dio señales
engine-no-signals-next = offshift inbox

open-link = Tus salas están en { $link }
open-runs = El enlace sirve una vez, durante dos minutos. Nada sale de este equipo por él. Ctrl-C lo termina.
engine-notify = Mensajes nuevos.
