### Offshift: room

method-in_person = rencontre en personne
method-call = rencontre par appel

motion-sever = faire sortir { $handles }
motion-recall = faire sortir { $handle } sur la parole des membres
motion-terms-same = les règles comme elles sont maintenant
motion-terms = changer les règles : { $changes }
motion-name-organizer = nommer { $handle } responsable
motion-drop-organizer = { $handle } n’est plus responsable
motion-lift = permettre à nouveau de parrainer { $handle }

term-vouches = membres qui parrainent pour une entrée, chacun d’une branche
term-probation = temps sans parrainer pour une nouvelle personne
term-vouch-budget = parrainages d’un membre qui comptent en 90 jours
term-calls = si un parrainage après un appel compte
term-recall = membres qui ensemble peuvent faire sortir quelqu’un
term-rejoin = absence après laquelle un responsable confirme le retour
term-key-age = âge maximum des clés pendant qu’on écrit
term-message-life = temps que les relais gardent les messages
term-change-life = temps que les relais gardent changements et invitations
term-disappear = durée des messages sur l’appareil ; 0 : jusqu’à effacement
term-organizers-post = si seuls les responsables écrivent ; tous réagissent

alarm-none = Aucune alarme. C’est bien.
alarm-some-room = un salon
alarm-line = !! ALARME { $sentence }
alarm-when = { $count ->
    [1] ({ $ago })
   *[other] ({ $ago }, { $count } fois)
}
alarm-what-to-do = Que faire : { $advice }

alarm-fork = Toi et { $who } voyez des salons différents dans { $room }, ou l’appareil de { $who } ment.
alarm-gap = { $count ->
    [one] Il manque ici { $count } message de { $who } dans { $room }.
    [many] Il manque ici { $count } de messages de { $who } dans { $room }.
   *[other] Il manque ici { $count } messages de { $who } dans { $room }.
}
alarm-stale = Aucun signe des responsables depuis deux jours dans { $room }.
alarm-behind = D’autres dans { $room } sont plus loin que cet appareil.
alarm-rolled_back = Ce profil est plus vieux que ce qu’il a écrit dans { $room } : c’est une copie.
alarm-time = { $who } a fait dans { $room } un changement que le relais montre avec une heure fausse.
alarm-refused = { $who } a essayé dans { $room } un changement qui n’est pas permis : { $why }.
alarm-stranded = Un changement fait par { $who } a laissé cet appareil hors de { $room }.
alarm-relay_contradicts = { $known ->
    [no] Un relais se contredit : { $why }.
   *[yes] Le relais { $who } se contredit : { $why }.
}
alarm-issuer_keys = { $known ->
    [no] Un relais a donné aux membres des clés différentes pour les jetons, il pourrait donc les distinguer. Les jetons de la clé la plus rare ne sont pas utilisés.
   *[yes] { $who } a donné aux membres des clés différentes pour les jetons, et pourrait donc les distinguer. Les jetons de la clé la plus rare ne sont pas utilisés.
}
alarm-false_tokens = { $known ->
    [no] Un relais a donné des jetons avec une fausse preuve, il a donc pu les marquer. Aucun n’est utilisé.
   *[yes] { $who } a donné des jetons avec une fausse preuve, et a donc pu les marquer. Aucun n’est utilisé.
}
alarm-contradiction = { $known ->
    [no] Un relais contredit ce qu’il a signé. Les preuves sont gardées : offshift alarms.
   *[yes] { $who } contredit ce qui a été signé. Les preuves sont gardées : offshift alarms.
}

alarm-advice-fork = Demande à un troisième membre. S’il voit la même chose que toi, fais sortir l’autre et continue : offshift room go-on. Sinon, fonde à nouveau le salon sur un autre relais.
alarm-advice-gap = Demande à cette personne ce qu’elle a écrit. Si cela se répète, utilise un autre réseau.
alarm-advice-stale = N’envoie rien de secret ici tant que tu n’as pas de nouvelles d’un responsable.
alarm-advice-behind = Utilise un autre réseau, puis mets à jour les messages à nouveau.
alarm-advice-rolled_back = Attends : cet appareil demande aux responsables de le reprendre.
alarm-advice-time = Regarde l’horloge de ton appareil. Si elle est juste, cette personne et le relais mentent peut-être sur l’heure : vérifie ce qui a changé avec un autre responsable.
alarm-advice-refused = Rien n’a changé. Demande à cette personne ; si elle ne l’explique pas, fais-la sortir.
alarm-advice-stranded = Attends : cet appareil demande aux responsables de le reprendre. Demande qui a fait ce changement.
alarm-advice-relay_contradicts = Montre les preuves à qui gère le relais, et passe à un autre.
alarm-advice-issuer_keys = Demande pourquoi à qui gère le relais. Sans explication, fonde à nouveau le salon sur un autre relais.
alarm-advice-false_tokens = Demande pourquoi à qui gère le relais. Sans explication, fonde à nouveau le salon sur un autre relais.

event-joined = { $handle } a rejoint le salon, avec l’accord de { $by }
event-joined-by-vouches = { $handle } a rejoint le salon, avec l’accord de { $by }. Parrainages : { $vouchers }
event-phone-joined = { $handle } a rejoint le salon : deuxième téléphone de { $of }
event-rejoined = { $handle } est de retour après une longue absence
event-review-needed = à parrainer à nouveau : { $handles }.
event-confirmed = { $handle } n’est plus en réexamen, confirmation par { $by }
event-severed = { $by } a fait sortir { $handle }. { -cannot-erase }
event-recalled = les membres ont fait sortir { $handle } ; la dernière personne à le demander était { $by }. { -cannot-erase }
event-phone-stopped = { $by } a désactivé le téléphone de { $handle }. { -cannot-erase }
event-decided = décidé : { $what }, fait par { $by }
event-terms-will-change = à partir du { $day }, il est plus facile d’entrer. Si tu es contre, dis-le maintenant.
event-room-opened = tu es dans ce salon. Seules les personnes qui y sont peuvent le lire.
event-returned = tu es de retour. Certains messages du { $days } ne sont pas disponibles.
event-keys-changed = les clés ont changé
event-without-ticket = { $handle } n’a pas reçu de ticket de toi, car tu n’en as pas à partager : cette personne lit, mais ne peut pas écrire. Demandes-en un à qui gère le relais : offshift relay list
event-change-dropped = ton changement n’a pas été fait : { $why }
event-you-were-removed = { $by } t’a fait sortir. Tu ne lis plus rien de nouveau de ce salon.
event-not-shown = { $known ->
    [no] quelque chose de quelqu’un n’est pas montré : abîmé ou pas permis
   *[yes] quelque chose de { $by } n’est pas montré : abîmé ou pas permis
}

event-refused = Le relais n’a pas encore pris un message : { $why }.
event-missed = Beaucoup de choses sont arrivées à la fois. Rien n’est perdu : offshift inbox
event-relay-followed = Le relais { $host } a une nouvelle clé, signée par l’ancienne. Rien à faire. Son lien est maintenant : { $link }
event-not-joined = { $known ->
    [no] Une invitation de quelqu’un que tu n’as pas rencontré ne marche pas, donc tu n’es pas dans le salon. Refais une rencontre.
   *[yes] Une invitation de { $handle } ne marche pas, donc tu n’es pas dans le salon. Refais une rencontre.
}
event-met = Tu as rencontré { $handle }.
event-untrusted = Ne fais pas confiance à ce réseau : quelque chose y répond à la place du relais. Rien n’a été envoyé. Utilise les données mobiles.
event-relay-away = Le relais est injoignable. Voici ce que ton appareil savait en dernier.
event-meeting-expired = Les dix minutes sont passées, le code est mort. Affiche un nouveau code : offshift meet show
event-meeting-second-scanner = Quelqu’un d’autre a aussi utilisé ce code. Personne n’a été ajouté. Regarde qui d’autre voit l’écran, puis affiche un nouveau code.
event-meeting-misbehaved = Les deux appareils ne se sont pas mis d’accord ; il y a peut-être quelqu’un entre vous. Personne n’a été ajouté. Affiche un nouveau code.
event-meeting-stopped = La rencontre a été arrêtée. Personne n’a été ajouté.

ticket-unknown = On ne lui a pas encore demandé s’il veut un ticket.
ticket-open = Ouvert : tu n’as pas besoin de ticket.
ticket-good = Ton ticket est bon.
ticket-missing = { $known ->
    [no] Pas de ticket. Qui te fait entrer dans un salon t’en donne un, tu n’as rien à faire. Pour écrire avant cela, demande à qui gère le relais, puis : offshift relay ticket CODE
   *[yes] Pas de ticket. Qui te fait entrer dans un salon t’en donne un, tu n’as rien à faire. Pour écrire avant cela, demande à { $contact }, puis : offshift relay ticket CODE
}
ticket-refilling = Ton ticket est bon, mais il vient d’être épuisé. Cela repart tout seul dans quelques minutes.
ticket-used-up = Ton ticket est épuisé pour aujourd’hui. Cela repart tout seul demain ; ce que tu as écrit est gardé.
ticket-refused = { $known ->
    [no] Il n’accepte plus ton ticket. Demandes-en un nouveau à qui gère le relais, puis : offshift relay ticket CODE
   *[yes] Il n’accepte plus ton ticket. Demandes-en un nouveau à { $contact }, puis : offshift relay ticket CODE
}
ticket-wrong-clock = Règle l’horloge de cet appareil : elle semble fausse. Ensuite, cela repart tout seul ; ce que tu as écrit est gardé.
ticket-distrusted = Ton ticket n’est pas utilisé : ce relais pourrait te distinguer par lui. Regarde : offshift alarms
ticket-waits = { $known ->
    [no] Ce que tu écris attend un ticket : demande à qui gère le relais, puis : offshift relay ticket CODE
   *[yes] Ce que tu écris attend un ticket : demande à { $contact }, puis : offshift relay ticket CODE
}

member-you = { $handle } (toi)
member-organizer = responsable
member-founder = a fondé le salon
member-branch = branche de { $founder }
member-branch-of-nobody = branche d’une personne fondatrice qui n’est plus là
member-under-review = en réexamen
member-new-until = nouvelle personne jusqu’au { $day }
member-second-phone = deuxième téléphone de { $handle }
member-vouched-for = parrainages : { $vouchers }
member-met = { $handle } ({ $method })
member-note = note : { $text }

past-stopped = téléphone désactivé
past-lifted = parrainage possible à nouveau, on l’a fait sortir
past-severed = on l’a fait sortir
past-unknown = (pseudo inconnu ici)
past-line = { $handle }, { $how }, arrivée le { $since }, numéro { $number }
past-line-left = { $handle }, { $how } le { $left }, arrivée le { $since }, numéro { $number }

applicant-line = { $handle }, numéro { $number }, attend jusqu’au { $day }
applicant-vouch = { $handle } parraine : { $method }, { $day }
applicant-vouch-refused = { $handle } parraine : { $method }, { $day }. Cela ne compte pas : { $why }
applicant-objection = { $handle } s’y oppose
applicant-objection-why = { $handle } s’y oppose : { $reason }
applicant-not-yet = Pas encore : { $why }.
applicant-ready = Un responsable peut la laisser entrer : offshift room admit { $room_word } { $person_word }
applicant-not-ready = { $handle } ne peut pas encore entrer : { $why }
applicant-not-ready-next = offshift room applicants { $room_word }
