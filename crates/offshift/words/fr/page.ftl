### Offshift: page

page-title = { $place } · Offshift
page-skip = Aller au contenu
page-close = Fermer
page-cancel = Annuler
page-no = Non, revenir
page-save = Enregistrer
page-see = Regarder
page-you = Toi
page-somebody = quelqu’un
page-copied = Copié.
page-copy-text = Copier le texte
page-copy-address = Copier cette adresse
page-show-all = Tout montrer
page-everybody-sees = Tout le salon le voit.
page-cannot-erase = Cela ne peut pas effacer ce qui a déjà été reçu.

page-error-gone = Offshift ne répond pas. Ouvre-le à nouveau dans le terminal.
page-error-refused = Cette page ne peut pas continuer. Ouvre-la à nouveau dans le terminal.
page-error-garbled = La réponse ne peut pas être lue. Réessaie.
page-error-busy = Offshift a beaucoup à faire en ce moment. Attends un instant et réessaie.
page-error-locked = Offshift est verrouillé. Tape ta phrase de passe.
page-error-too-old = Cette version d’Offshift ne peut pas faire cela. Mets-la à jour.
page-error-page = Quelque chose n’a pas marché dans cette page. Charge-la à nouveau.
page-error-other = Cela n’a pas marché. Réessaie.

page-locked-title = Verrouillé
page-locked-text = Tape ta phrase de passe pour ouvrir tes salons.
page-passphrase = Phrase de passe
page-passphrase-show = Montrer ce que je tape
page-unlock = Ouvrir
page-unlocking = Ouverture…
page-lock = Verrouiller maintenant
page-bye-title = Ouvre cette page depuis le terminal
page-bye-text = Cette adresse marche une fois, pour un onglet. Obtiens-en une nouvelle avec cette commande :
page-stopped-title = Offshift a été fermé
page-stopped-text = Tes messages sont en sûreté sur cet appareil. Pour continuer, utilise cette commande :
page-crowded-title = Trop d’onglets
page-crowded-text = Offshift est ouvert dans autant d’onglets qu’il peut servir. Ferme-en un, puis charge à nouveau cette page.
page-notice = Nouveaux messages.

page-rooms = Salons
page-rooms-none = Pas encore de salon.
page-to-rooms = Retour aux salons
page-home = Accueil
page-search = Chercher
page-alarms = Alarmes
page-settings = Réglages
page-meet = Rencontrer quelqu’un
page-found = Fonder un salon
page-reach-here = Connecté
page-reach-some = Un relais est injoignable. Certains messages attendent.
page-reach-away = Pas de connexion. Les messages attendent.
page-reach-trust = Quelque chose répond à la place de ton relais. Utilise les données mobiles.
page-reach-none = Pas encore de relais
page-unread = { $count ->
    [one] { $count } nouveau message
    [many] { $count } de nouveaux messages
   *[other] { $count } nouveaux messages
}
page-room-people = { $count ->
    [one] { $count } personne
    [many] { $count } de personnes
   *[other] { $count } personnes
}
page-room-safe = { $count ->
    [one] { $count } personne. Seules les personnes de ce salon peuvent lire ceci.
    [many] { $count } de personnes. Seules les personnes de ce salon peuvent lire ceci.
   *[other] { $count } personnes. Seules les personnes de ce salon peuvent lire ceci.
}
page-room-out = On t’a fait sortir de ce salon
page-room-lost = Attend de pouvoir revenir
page-room-stale = Aucun signe des responsables
page-room-waiting = { $count ->
    [one] { $count } message attend
    [many] { $count } de messages attendent
   *[other] { $count } messages attendent
}
page-room-draft = Tu as commencé à écrire
page-room-parts = Parties de ce salon
page-tab-talk = Discussion
page-tab-people = Personnes
page-tab-door = Entrées
page-tab-plans = Rendez-vous
page-tab-files = Fichiers
page-tab-rules = Règles

page-hello-morning = Bonjour, { $name }
page-hello-day = Bon après-midi, { $name }
page-hello-evening = Bonsoir, { $name }
page-hello-night = Bonsoir, { $name }
page-home-read = Tu as tout lu.
page-home-choose = Choisis un salon, ou appuie sur ? pour voir les touches.
page-home-unread = { $count ->
    [one] Il y a du nouveau dans { $count } salon.
    [many] Il y a du nouveau dans { $count } de salons.
   *[other] Il y a du nouveau dans { $count } salons.
}
page-home-mentions = { $count ->
    [one] { $count } message est pour toi.
    [many] { $count } de messages sont pour toi.
   *[other] { $count } messages sont pour toi.
}
page-begin = Trois étapes, et tu as un salon.
page-begin-done = Fait.
page-begin-relay = Ajoute un relais
page-begin-relay-text = Un relais passe les messages et ne peut pas les lire. Demande à ton syndicat son lien ou un ticket.
page-begin-relay-do = Ajouter un relais dans les réglages
page-begin-meet = Rencontre tes collègues
page-begin-meet-text = Asseyez-vous ensemble. Une personne montre un code, l’autre l’utilise. Puis vous comparez toutes les deux trois mots.
page-begin-found = Fonde un salon
page-begin-found-text = Avec des personnes que tu as rencontrées. Les nouvelles personnes entrent plus tard, quand deux membres les parrainent.

page-keys-title = Touches
page-keys-off = Désactiver les touches simples
page-key-search = Chercher
page-key-home = Aller à l’accueil
page-key-meet = Rencontrer quelqu’un
page-key-alarms = Montrer les alarmes
page-key-settings = Montrer les réglages
page-key-write = Aller là où on écrit
page-key-unread = Aller au prochain salon avec de nouveaux messages
page-key-walk = Aller de message en message
page-key-act = Montrer ce que tu peux faire avec un message
page-key-send = Envoyer ce que tu as écrit
page-key-line = Commencer une nouvelle ligne
page-key-edit = Modifier ton dernier message, si rien n’est écrit
page-key-escape = Fermer, ou arrêter de répondre
page-key-list = Montrer ces touches

page-messages = Messages
page-older = Recherche de messages plus anciens…
page-looking = Recherche du message…
page-unread-line = Nouveau
page-to-newest = Au plus récent
page-talk-empty = Personne n’a encore écrit ici.
page-talk-empty-next = Écris le premier message ci-dessous. Tout le salon le lit.
page-arrived = { $who } : { $what }
page-organizer = Responsable
page-edited = modifié
page-pinned = Épinglé
page-pinned-all = Messages épinglés
page-pinned-count = { $count ->
    [one] { $count } épinglé
    [many] { $count } épinglés
   *[other] { $count } épinglés
}
page-sent = Envoyé
page-waiting = En attente
page-waiting-other = Quelque chose de toi part tout seul quand il y a une connexion.
page-announcement = Annonce
page-taken-back = Ce message a été retiré.
page-taken-back-own = Tu as retiré ce message.
page-unknown-kind = C’est un genre de message que cette version ne connaît pas. Mets-la à jour pour le lire.
page-answer = Répondre
page-answer-message = Répondre à ce message
page-answer-to = Réponse à
page-answer-lost = Ce message n’est pas disponible.
page-answering = Tu réponds à { $who } :
page-editing = Tu modifies :
page-more = Plus
page-react = Réagir
page-react-with = Réagir avec { $mark }
page-react-other = Réagir avec ton propre mot
page-react-word = Un emoji ou un mot court
page-react-hint = Tout le salon le voit, avec ton pseudo.
page-reactions = Réactions
page-reaction = { $count ->
    [one] { $mark } par { $who }
    [many] { $mark } par { $who }
   *[other] { $mark } par { $who }
}
page-edit = Modifier
page-pin = Épingler en haut
page-unpin = Ne plus épingler
page-take-back = Retirer
page-take-back-sure = Retirer ce message ?
page-take-back-line = Il disparaît de tous les appareils en ligne. Les autres voient que tu as retiré quelque chose.
page-snippet-poll = Sondage : { $what }
page-snippet-plan = Rendez-vous : { $what }
page-snippet-file = Fichier : { $what }
page-banner-lost = Cet appareil a perdu le salon. Il demande aux responsables de le reprendre. Ce qui se dit entre-temps, il ne peut pas le montrer.
page-banner-stale = Cet appareil n’a pas de nouvelles des responsables depuis deux jours. N’envoie rien de secret ici tant qu’il n’y en a pas.
page-banner-gap = Te revoilà. Certains messages du { $from } au { $until } ne sont pas disponibles.
page-foot-out = On t’a fait sortir. Tu ne lis plus rien de nouveau ici.
page-foot-lost = Tu peux écrire à nouveau quand cet appareil est de retour dans le salon.
page-foot-organizers = Seuls les responsables écrivent ici. Tu peux réagir et répondre aux sondages.
page-write = Écris un message
page-write-label = Écris un message. Entrée l’envoie.
page-send = Envoyer
page-sensitive = Envoyer seulement s’il est sûr qui lit
page-sensitive-about = Délicat : cela ne part que si cet appareil sait sûrement qui est dans le salon.
page-sensitive-off = Envoyer comme le reste
page-add = Ajouter un fichier, un sondage ou un rendez-vous
page-mentions = Personnes de ce salon
page-odd-zero-width = Il y a des caractères invisibles dans ce texte. Ils peuvent montrer qui l’a copié.
page-odd-bidi = Il y a dans ce texte des marques qui changent son sens de lecture. D’autres le lisent peut-être autrement.
page-odd-look-alike = Certaines lettres de ce texte ressemblent à d’autres. Une adresse peut mener ailleurs.
page-odd-private = Il y a dans ce texte des caractères qui changent d’un appareil à l’autre.
page-odd-other = Il y a des caractères bizarres dans ce texte. Tape-le toi-même si tu peux.
page-odd-clean = Nettoyer le texte

page-said-vouched = { $by } parraine { $who } ({ $how }).
page-said-revouched = { $by } parraine à nouveau { $who } ({ $how }).
page-said-objection = { $by } s’oppose à laisser entrer { $who }.
page-said-objection-why = { $by } s’oppose à laisser entrer { $who } : { $why }
page-said-approved = { $by } est pour : { $what }.
page-event-joined = { $who } a rejoint le salon, avec l’accord de { $by }. Parrainages : { $vouchers }.
page-event-founder = { $who } est là depuis la fondation.
page-event-device = { $who } a rejoint le salon : deuxième téléphone de { $of }.
page-event-severed = { $by } a fait sortir { $who }. Cela ne peut pas effacer ce qui a déjà été reçu.
page-event-recalled = Les membres ont fait sortir { $who }. La dernière personne à le demander était { $by }. Cela ne peut pas effacer ce qui a déjà été reçu.
page-event-stopped = { $by } a désactivé le téléphone de { $who }. Cela ne peut pas effacer ce qu’il a déjà.
page-event-rejoined = { $who } est de retour après une longue absence.
page-event-confirmed = { $who } n’est plus en réexamen, sur la parole de { $by }.
page-event-review = À parrainer à nouveau : { $who }.
page-event-carried = Décidé : { $what }. Fait par { $by }.
page-event-terms = À partir du { $when }, il est plus facile d’entrer. Si tu es contre, dis-le maintenant.
page-event-keys = Les clés ont changé.
page-event-dropped = Ton changement n’a pas été fait : { $why }
page-event-not-shown = Quelque chose de { $by } n’est pas montré : c’est abîmé ou pas permis.
page-event-wants-back = { $who } demande à revenir. Un responsable décide.
page-event-without-ticket = { $who } n’a pas reçu de ticket de toi, car tu n’en as pas à partager. Cette personne lit, mais ne peut pas encore écrire.
page-motion-sever = Faire sortir { $who }
page-motion-recall = Faire sortir { $who } sur la parole des membres
page-motion-terms = Changer les règles : { $what }
page-motion-terms-same = Garder les règles comme elles sont maintenant
page-motion-name = Nommer { $who } responsable
page-motion-drop = { $who } n’est plus responsable
page-motion-lift = Permettre à nouveau de parrainer { $who }
page-motion-other = Quelque chose que cette version ne connaît pas

page-poll = Sondage
page-poll-ask = Faire un sondage
page-poll-question = Ta question
page-poll-option = Réponse { $at }
page-poll-more = Une réponse de plus
page-poll-allow-several = On peut en choisir plusieurs
page-poll-several = Tu peux en choisir plusieurs.
page-poll-send = Demander
page-poll-sent = Ton sondage est dans le salon.
page-poll-yours = ton choix
page-poll-count = { $count ->
    [one] { $count } voix
    [many] { $count } de voix
   *[other] { $count } voix
}
page-poll-answers = { $count ->
    [one] { $count } personne a répondu.
    [many] { $count } de personnes ont répondu.
   *[other] { $count } personnes ont répondu.
}
page-poll-closed = { $count ->
    [one] Fermé. { $count } personne a répondu.
    [many] Fermé. { $count } de personnes ont répondu.
   *[other] Fermé. { $count } personnes ont répondu.
}
page-poll-honest = Seuls les nombres sont montrés. Un programme modifié pourrait montrer à un membre qui a choisi quoi.
page-poll-close = Fermer le sondage
page-poll-close-sure = Fermer ce sondage ?
page-poll-close-line = Les réponses qui viennent après ne comptent pas. Tu ne peux pas le rouvrir.
page-poll-close-done = Le sondage est fermé.
page-plan = Rendez-vous
page-plan-make = Fixer un rendez-vous
page-plan-title = Quoi
page-plan-when = Quand
page-plan-place = Où
page-plan-note = Quoi d’autre à savoir
page-plan-send = Le dire au salon
page-plan-change = Changer le rendez-vous
page-plan-changed = Changé par { $by }.
page-plan-off = Annulé
page-plan-call-off = L’annuler
page-plan-call-off-sure = Annuler « { $what } » ?
page-plan-call-off-line = Tout le salon le voit tout de suite. Tu ne peux pas ramener ce rendez-vous, mais tu peux en fixer un nouveau.
page-announce = Annoncer
page-announce-text = Tout le salon le voit comme la parole d’un responsable.
page-announce-words = Ce que tout le monde doit savoir
page-announce-send = L’annoncer
page-plans-coming = À venir
page-plans-past = Passés
page-plans-none = Pas encore de rendez-vous. Fixes-en un : quoi, quand et où.
page-polls = Sondages
page-polls-none = Pas encore de sondage. Demande quelque chose au salon.
page-show-in-room = Le montrer dans le salon
page-look-back = Regarder plus loin en arrière

page-file-send-title = Envoyer un fichier ou une photo
page-file-send = L’envoyer
page-file-caption = Mots qui vont avec
page-file-photo = C’est une photo. Elle est d’abord repeinte : le lieu, l’heure et l’appareil photo en sont enlevés.
page-file-inside = Ce fichier reste comme il est. Il peut contenir des noms d’auteurs, des dates et des lieux. Regarde dedans avant de l’envoyer.
page-file-big = Un fichier peut avoir au plus { $most }. Rends-le plus petit.
page-file-progress = Ce qui est déjà là : { $name }
page-file-sending = Envoi, { $share } sur { $total }
page-file-stopped = Cela ne continue pas pour le moment. Nouvel essai au prochain démarrage.
page-file-stop = Arrêter l’envoi
page-file-offered = Le relais le garde jusqu’au { $until }.
page-file-coming = { $share } sont là
page-file-here = Sur cet appareil
page-file-gone = Le relais ne l’a plus. Demande-le à nouveau.
page-file-damaged = Ce qui est arrivé n’est pas ce qui a été envoyé. Télécharge-le à nouveau, ou demande-le.
page-file-get = Le télécharger
page-file-look = Le regarder
page-file-look-at = Regarder { $name }
page-file-picture-of = Image de { $who }
page-file-save = L’enregistrer
page-file-saved = Enregistré dans tes téléchargements. Là, toute personne qui a cet appareil peut le lire.
page-file-from = { $who }, { $when }
page-files-none = Pas encore de fichier.
page-files-none-next = Envoie un fichier ou une photo. Rien n’est téléchargé tout seul : chaque personne choisit.

page-people-in = { $count ->
    [one] { $count } personne est dans le salon
    [many] { $count } de personnes sont dans le salon
   *[other] { $count } personnes sont dans le salon
}
page-people-past = { $count ->
    [one] Plus dans le salon : { $count }
    [many] Plus dans le salon : { $count }
   *[other] Plus dans le salon : { $count }
}
page-people-bring = Faire venir quelqu’un
page-person-more = Ce que tu peux faire : { $who }
page-under-review = En réexamen
page-probation = Nouvelle personne : ses parrainages comptent à partir du { $until }
page-branch = Branche de { $of }.
page-origin-founder = A fondé le salon le { $when }.
page-origin-device = Un autre appareil de { $of }, depuis le { $when }.
page-origin-vouched = A rejoint le salon le { $when }. Parrainages : { $by }.
page-origin-voucher = { $who } ({ $how })
page-past-severed = On l’a fait sortir le { $when }
page-past-stopped = Téléphone désactivé le { $when }
page-past-lifted = On l’a fait sortir ; les membres peuvent parrainer à nouveau
page-past-left = A quitté le salon le { $when }
page-lift = Permettre à nouveau les parrainages
page-review-who = À parrainer à nouveau : { $who }.
page-review-why = On a fait sortir quelqu’un qui a parrainé ces personnes. On ne fait sortir personne pour cela. Si tu les connais, parraine à nouveau.
page-revouch = Parrainer à nouveau
page-revouch-sure = Parrainer à nouveau { $who } ?
page-revouch-line = Tu dis que tu as rencontré cette personne en personne et que tu lui fais confiance : elle est bien qui elle dit.
page-review-end = Terminer le réexamen
page-review-end-sure = Terminer le réexamen de { $who } ?
page-review-end-line = Ses propres parrainages comptent à nouveau.
page-review-end-needs = Il faut autant de parrainages que pour entrer.
page-note-edit = Écrire une note
page-note-on = Ta note sur { $who }
page-note = Note
page-note-hint = Seulement sur cet appareil. Personne d’autre ne la voit jamais.
page-make-organizer = Nommer responsable
page-drop-organizer = Plus responsable
page-link-phone = Relier mon autre téléphone

page-put-out = Faire sortir du salon
page-put-out-sure = Faire sortir { $who } ?
page-put-out-yes = Faire sortir { $who }
page-put-out-several = Faire sortir plusieurs personnes
page-put-out-who = Qui doit partir
page-put-out-nobody = Choisis au moins une personne.
page-out-reads-nothing = { $who } ne lira plus rien de nouveau, sur aucun téléphone. Pour les appareils en ligne, cela prend quelques secondes.
page-out-keys = Ses clés ne peuvent pas revenir tant que deux responsables ne le permettent pas.
page-out-vouched = Cette personne a parrainé { $who }. On ne fait sortir personne pour cela, mais d’autres devront peut-être parrainer à nouveau.
page-out-seen = Tout le salon voit que c’est toi qui l’as fait.
page-out-done = { $who } n’est plus dans le salon.
page-out-waiting = Demandé. Cela attend un autre responsable.
page-recall = Demander à faire sortir
page-recall-sure = Demander à faire sortir { $who } ?
page-recall-line = Aucun responsable n’est nécessaire : des membres de deux branches dont la parole compte doivent tous le demander.
page-recall-waiting = Demandé. Cela attend d’autres membres.
page-stop-phone = Désactiver ce téléphone
page-stop-sure = Désactiver le téléphone de { $who } ?
page-stop-reads-nothing = Ce téléphone ne lit plus rien de nouveau. Pour les appareils en ligne, cela prend quelques secondes.
page-stop-goes-on = Cette personne continue avec : { $who }.
page-stop-comes-back = Cette personne revient avec un nouveau profil : deux membres la rencontrent et parrainent à nouveau.
page-stop-nobody = Les personnes qu’elle a parrainées ne sont pas touchées : un téléphone perdu n’est la faute de personne.
page-stop-cannot-erase = Cela ne peut pas effacer ce que ce téléphone a déjà.
page-stop-done = Le téléphone de { $who } est désactivé.
page-exposure = Ce qui a pu être lu
page-exposure-look = Voir ce qui a pu être lu
page-exposure-of = Ce que { $who } a pu lire
page-exposure-time = Du { $from } au { $until }.
page-exposure-still = Depuis le { $from }, et c’est encore possible.
page-exposure-messages = { $count ->
    [one] message
    [many] messages
   *[other] messages
}
page-exposure-files = { $count ->
    [one] fichier
    [many] fichiers
   *[other] fichiers
}
page-exposure-plans = { $count ->
    [one] rendez-vous
    [many] rendez-vous
   *[other] rendez-vous
}
page-exposure-polls = { $count ->
    [one] sondage
    [many] sondages
   *[other] sondages
}
page-exposure-unknown = { $count ->
    [one] d’un genre plus récent
    [many] de genres plus récents
   *[other] de genres plus récents
}
page-exposure-dates = Le premier est du { $from }, le dernier du { $until }, pour ce que cet appareil en a.
page-exposure-blind = Cet appareil est entré le { $when }. Ce qui a été dit avant, il ne peut pas le compter.
page-exposure-next = Que faire maintenant
page-exposure-brought = Parle aux personnes entrées sur sa parole : { $who }.
page-exposure-brought-none = Personne n’est entré sur sa parole.
page-exposure-review = Parraine à nouveau les personnes en réexamen : { $who }.
page-exposure-change-plans = Change les réunions et les rendez-vous que cette personne connaissait.

page-door-who = Qui veut entrer
page-door-none = Personne n’attend pour entrer.
page-door-none-next = Quand tu as rencontré quelqu’un en personne, parraine ici.
page-door-until = Jusqu’au { $until }
page-door-missing = Pas encore : { $why }.
page-door-ready = Assez de membres parrainent. Un responsable peut laisser entrer.
page-vouch = Parrainer
page-vouch-too = Parrainer aussi
page-vouch-title = Parrainer quelqu’un
page-vouch-who = Qui tu as rencontré
page-vouch-for = Parrainer { $who } dans « { $room } » ?
page-vouch-line = Tu dis que tu as rencontré cette personne et que tu lui fais confiance : elle est bien qui elle dit.
page-vouch-once = Une rencontre est bonne pour un salon. Pour un autre salon, refais une rencontre.
page-vouch-none = Tu n’as rencontré personne de nouveau
page-vouch-none-next = Fais d’abord une rencontre en personne. Ensuite tu peux parrainer.
page-vouched = Tu parraines cette personne. Tout le salon le voit.
page-vouch-fact = { $who } parraine : { $how }, { $when }
page-vouch-not = Cela ne compte pas : { $why }.
page-against = { $who } s’y oppose.
page-against-why = { $who } s’y oppose : { $why }
page-object = Dire non
page-object-sure = Dire non à { $who } ?
page-object-line = Tout le salon lit pourquoi. Cela n’oblige personne : les responsables décident.
page-object-why = Pourquoi
page-admit = Laisser entrer
page-admit-sure = Laisser entrer { $who } ?
page-admit-reads = Cette personne lit ce qui arrive à partir de maintenant, rien d’avant.
page-admit-seen = Tout le salon voit qui l’a laissé entrer et qui a parrainé.
page-admit-back = Tu peux faire sortir cette personne plus tard. Cela ne peut pas effacer ce qu’elle aura lu d’ici là.
page-admit-changed = Quelque chose a changé pour cette personne. Relis avant de la laisser entrer.
page-admitted = { $who } entre.
page-returning = Cette personne demande à revenir. Son appareil était absent depuis le { $since }.
page-return = Laisser revenir
page-return-sure = Laisser revenir { $who } ?
page-return-away = Son appareil dit qu’il était absent depuis le { $since }.
page-return-ask = Demande d’abord à { $who }, face à face ou dans un appel : qui a ce téléphone revient.
page-return-reads = Cette personne lit ce qui arrive à partir de maintenant, rien du temps entre les deux.

page-rules = Règles de ce salon
page-rules-organizers = Responsables : { $who }.
page-rules-founding = On peut encore ajouter des personnes fondatrices : personne n’est encore entré par parrainage.
page-rules-change = Tu peux proposer un changement. Un autre responsable doit l’approuver.
page-rules-read = Les responsables peuvent les changer, à deux.
page-motions = Attend une approbation
page-motions-waiting = { $count ->
    [one] { $count } décision attend une approbation
    [many] { $count } de décisions attendent une approbation
   *[other] { $count } décisions attendent une approbation
}
page-motion-state = { $count ->
    [one] { $count } sur { $needed } est pour.
    [many] { $count } sur { $needed } sont pour.
   *[other] { $count } sur { $needed } sont pour.
}
page-motion-for = Pour : { $who }.
page-motion-until = Cela attend jusqu’au { $until }.
page-motion-yours = Tu es pour.
page-approve = Approuver
page-approve-last = { $count ->
    [one] { $count } sur { $needed } est pour jusqu’ici. Avec la dernière personne, c’est fait.
    [many] { $count } sur { $needed } sont pour jusqu’ici. Avec la dernière personne, c’est fait.
   *[other] { $count } sur { $needed } sont pour jusqu’ici. Avec la dernière personne, c’est fait.
}
page-approve-out = La personne qu’on fait sortir ne lit plus rien de nouveau, sur aucun téléphone.
page-approved = Tu es pour. Cela attend d’autres personnes.
page-decided = Décidé.
page-propose = Le proposer
page-proposed = Proposé. Cela attend un autre responsable.
page-propose-two = Deux responsables doivent approuver. Ta voix est la première ; tout le salon le voit.
page-propose-later = Ce qui rend l’entrée plus facile vaut trois jours après la deuxième approbation.
page-term-vouches = Membres qui doivent parrainer une nouvelle personne
page-term-probation = Temps avant que les parrainages d’une nouvelle personne comptent
page-term-vouch-budget = Nouvelles personnes qu’un membre peut parrainer en 90 jours
page-term-calls = Un parrainage après un appel compte
page-term-recall = Membres qui ensemble peuvent faire sortir quelqu’un
page-term-rejoin = Absence après laquelle un responsable confirme le retour
page-term-key-age = Âge maximum des clés pendant qu’on écrit
page-term-message-life = Combien de temps les relais gardent les messages
page-term-change-life = Combien de temps les relais gardent les changements et les invitations
page-term-disappear = Combien de temps les appareils gardent les messages
page-term-organizers-post = Seuls les responsables peuvent écrire
page-term-change = Changer : { $term }
page-term-change-short = Changer
page-term-coming = { $value } à partir du { $when }
page-term-value = Nouvelle valeur
page-term-unit = Unité
page-days = jours
page-hours = heures
page-value-count = { $count }
page-value-yes = Oui
page-value-no = Non
page-value-never = Jusqu’à ce que tu les effaces
page-value-at-once = Tout de suite
page-value-always = N’importe quand

page-meet-lead = Asseyez-vous ensemble, face à face. Cela prend une minute.
page-meet-no-relay = Ajoute d’abord un relais. Sans lui, pas de rencontre possible.
page-meet-show = Montrer un code
page-meet-show-text = L’autre personne le scanne ou le tape.
page-meet-use = Utiliser son code
page-meet-use-text = L’autre personne te le montre.
page-meet-more = Autres façons
page-meet-call = C’est une rencontre par appel, pas face à face
page-meet-call-hint = Beaucoup de salons ne comptent pas cela. Tu entends une voix, et tu ne vois pas qui d’autre est là.
page-meet-like = La nouvelle personne, c’est moi, et je rencontre un autre membre du salon de :
page-meet-like-nobody = Personne
page-meet-like-hint = Choisis ceci quand deux membres d’un salon te parrainent.
page-meet-let-scan = Laisse une seule personne scanner ceci.
page-meet-qr = Le code de cette rencontre en image
page-meet-type = Plutôt le taper
page-meet-copy = Copier le code
page-meet-secret = C’est bon pour dix minutes et pour une seule personne. Ne le montre à personne d’autre.
page-meet-until = Bon jusqu’à { $time }.
page-meet-ticket = Tu n’as pas de ticket de ce relais. Cela marche si l’autre personne en a un.
page-meet-ticket-ask = Tu n’as pas de ticket de ce relais. Cela marche si l’autre personne en a un. Sinon, demande à : { $contact }.
page-meet-waiting = En attente de l’autre appareil
page-meet-stop = Arrêter
page-meet-code = Le code
page-meet-code-hint = Tape-le ou colle-le, comme l’autre écran le montre.
page-meet-picture = Ou une photo du code
page-meet-picture-hint = La photo reste sur cet appareil.
page-meet-read = Le code est lu.
page-meet-no-code = Il n’y a pas de code dans cette image. Refais-la, de plus près et bien droite.
page-meet-no-picture = Ce n’est pas une image qui peut être lue. Choisis une photo.
page-meet-go = Continuer
page-meet-used = Le code est utilisé.
page-meet-again = Faire une autre rencontre
page-meet-over-expired = Les dix minutes sont passées. Refais une rencontre avec un nouveau code.
page-meet-over-stopped = La rencontre a été arrêtée. Refais une rencontre avec un nouveau code.
page-meet-over-second = Un autre appareil a utilisé le même code. Regarde qui d’autre est tout près, puis refais une rencontre avec un nouveau code.
page-meet-over-misbehaved = L’autre appareil, ou quelqu’un entre vous, n’a pas suivi l’ordre d’une rencontre. Regarde qui d’autre est tout près, puis refais une rencontre.
page-meet-unpaid = Aucun de vous deux n’a de ticket de ce relais. Demande à qui gère le relais, ajoute le ticket, et refais une rencontre.
page-meet-unpaid-ask = Aucun de vous deux n’a de ticket de ce relais. Demande à { $contact }, ajoute le ticket, et refais une rencontre.
page-words-spoken = { $who } est là. Les mots sont : { $words }.
page-words-read = { $who } est là. Lisez-vous les mots à haute voix.
page-words-three = Trois mots
page-words-question = Les deux écrans montrent-ils les mêmes mots ?
page-words-same = Oui, les mêmes
page-words-differ = Non, ils sont différents
page-words-differ-title = Il y a peut-être quelqu’un entre vous
page-words-differ-text = Les mots sont différents, donc personne n’a été ajouté. Regarde qui d’autre est tout près, puis refais une rencontre avec un nouveau code.
page-met = Tu as rencontré { $who }
page-met-vouch = Si { $who } veut entrer dans un salon à toi, parraine là-bas :
page-met-new = Si c’est toi qui veux entrer dans un salon de { $who }, rencontre un autre membre de ce salon.
page-met-found = Si tu fondes un salon avec { $who }, fais-le ici.
page-linked = Appareil relié : { $who }
page-linked-next = Les deux appareils sont maintenant à toi.
page-contacts = Personnes que tu as rencontrées
page-contact-met = { $how }, { $when }.
page-contact-own = Ton autre appareil, depuis le { $when }.
page-contact-used = Déjà utilisé pour un salon.
page-link-lead = Fais venir ton autre téléphone dans « { $room } ».
page-link-scan = Scanne ceci avec ton autre téléphone.
page-link-warning = C’est bon pour dix minutes. Qui le scanne et montre les mêmes mots, c’est toi, dans ce salon.
page-link-sure = Ce code relie un appareil. Le relier au tien ?
page-link-own = Accepte seulement si le code est sur ton propre autre appareil. Ensuite, toi et qui te le montre êtes une seule personne dans son salon.

page-found-lead = Un salon commence avec deux à huit personnes qui se sont rencontrées.
page-found-none = Pour fonder un salon, rencontre d’abord quelqu’un.
page-found-name = Nom du salon
page-found-name-hint = Seules les personnes du salon le voient.
page-found-who = Qui le fonde avec toi
page-found-organizer = { $who } est responsable aussi
page-found-needs = Au moins une de ces personnes doit être responsable aussi. Coche-le à côté de son nom.
page-founded = Le salon est là.

page-search-words = Mots
page-search-room = Où
page-search-all = Tous les salons
page-search-hint = La recherche se fait seulement sur cet appareil.
page-search-found = { $count ->
    [one] { $count } message trouvé
    [many] { $count } de messages trouvés
   *[other] { $count } messages trouvés
}
page-search-many = { $count ->
    [one] Le message le plus récent est montré. Ajoute un mot pour trouver moins.
    [many] Les { $count } plus récents sont montrés. Ajoute un mot pour trouver moins.
   *[other] Les { $count } plus récents sont montrés. Ajoute un mot pour trouver moins.
}
page-search-none = Rien trouvé.
page-search-none-next = Essaie avec moins de mots. Ce qui a disparu n’est plus trouvé.

page-alarms-about = Ce qui est peut-être une attaque, ou un appareil resté en arrière. Les alarmes sont gardées.
page-alarms-none = Aucune alarme.
page-alarms-none-next = Si quelque chose semble anormal, c’est ici, avec ce qu’il faut faire.
page-alarm-count = { $count ->
    [one] { $count } fois
    [many] { $count } de fois
   *[other] { $count } fois
}
page-alarm-some-room = un salon
page-alarm-room = Aller au salon
page-alarm-evidence = Enregistrer les preuves
page-alarm-evidence-line = D’autres peuvent les vérifier. Qui les reçoit apprend de quelle boîte aux lettres il s’agit.
page-alarm-go-on = Continuer à écrire ici
page-alarm-go-on-sure = As-tu comparé avec d’autres ?
page-alarm-go-on-line = Continue seulement si un troisième membre voit la même chose que toi.
page-alarm-go-on-else = Sinon, fonde à nouveau le salon sur un autre relais.
page-alarm-went-on = Tu peux à nouveau écrire ici.

page-settings-you = Les autres te voient comme { $name }.
page-settings-look = Apparence et langue
page-settings-notices = Notifications
page-settings-safe = Sécurité sur cet appareil
page-settings-copy = Copies, et fin
page-look-theme = Couleurs
page-look-contrast = Contraste
page-look-text = Taille du texte
page-look-language = Langue
page-look-auto = Comme sur cet appareil
page-look-light = Clair
page-look-dark = Sombre
page-look-more = Fort
page-look-usual = Normal
page-look-large = Grand
page-look-larger = Plus grand
page-notices = Me prévenir quand quelque chose arrive
page-notices-about = Cela dit seulement qu’il y a de nouveaux messages : pas de noms, pas de mots.
page-notices-cannot = Ce navigateur n’a pas de notifications.
page-notices-refused = Ton navigateur ne le permet pas. Change cela dans ses réglages pour cette page.
page-relays = Relais
page-relays-about = Un relais passe les messages et ne peut pas les lire.
page-relays-none = Pas encore de relais. Demande à ton syndicat son lien ou un ticket.
page-relay-add = Ajouter un relais
page-relay-added = Le relais est ajouté.
page-relay-link = Lien ou ticket
page-relay-link-hint = Prends-le auprès de qui gère le relais, de préférence en personne.
page-relay-try = Essayer
page-relay-answers = Le relais répond, et c’est le bon.
page-relay-here = Connecté
page-relay-away = Injoignable
page-relay-unused = Pas utilisé en ce moment
page-ticket-add = Ajouter un ticket
page-ticket-added = Le ticket est ajouté.
page-ticket-code = Le ticket
page-ticket-code-hint = Copie-le en entier. Il prend la place du précédent.
page-ticket-ask = Demandes-en un : { $contact }.
page-ticket-ask-host = Demandes-en un à qui gère le relais.
page-ticket-unknown = On ne lui a pas encore demandé s’il veut un ticket.
page-ticket-open = Ouvert : tu n’as pas besoin de ticket.
page-ticket-good = Ton ticket est bon.
page-ticket-missing = Pas de ticket. Qui te fait entrer dans un salon t’en donne un, tu n’as rien à faire.
page-ticket-refilling = Ton ticket est bon, mais il vient d’être épuisé. Cela repart tout seul dans quelques minutes.
page-ticket-used-up = Ton ticket est épuisé pour aujourd’hui. Cela repart tout seul demain ; ce que tu as écrit est gardé.
page-ticket-refused = Il n’accepte plus ton ticket.
page-ticket-distrusted = Ton ticket n’est pas utilisé : ce relais pourrait te distinguer par lui. Regarde les alarmes.
page-ticket-wrong-clock = Règle l’horloge de cet appareil : elle semble fausse. Ensuite, cela repart tout seul ; ce que tu as écrit est gardé.
page-lock-about = Quand c’est verrouillé, qui prend cet appareil ne lit pas tes salons. Cela se verrouille aussi tout seul quand tu ne fais rien pendant un moment.
page-disappear-where = La durée des messages est une règle de chaque salon : regarde ses règles.
page-export-about = Emporte une copie de tout, fermée par sa propre phrase de passe. Elle ne disparaît pas.
page-copy-write = Écrire une copie
page-copy-passphrase = Une phrase de passe pour la copie
page-copy-written = La copie est écrite
page-wipe-about = Retire de cet appareil tout ce qui est d’Offshift, pour toujours.
page-wipe = Détruire ce profil
page-wipe-yes = Le détruire pour toujours
page-wiped-title = Le profil est détruit
page-wiped-text = Il n’en reste rien sur cet appareil. Tu peux fermer cet onglet.
page-passphrase-change = Changer la phrase de passe
page-passphrase-changed = La phrase de passe est changée.
page-passphrase-old = La phrase de passe actuelle
page-passphrase-new = La nouvelle
page-passphrase-again = La nouvelle encore une fois
page-passphrase-hint = Cinq mots ou plus que personne ne mettrait ensemble.
page-strength-very-weak = Très faible : n’importe qui avec cet appareil l’ouvre.
page-strength-weak = Faible : une machine la trouve en quelques jours.
page-strength-good = Bonne.
page-strength-strong = Forte.
page-weak-common = Beaucoup de gens l’utilisent.
page-weak-word = C’est un seul mot. Ajoute des mots.
page-weak-date = Cela ressemble à une date.
page-weak-pattern = Elle se répète, ou suit les touches.
page-passphrase-differ = Les deux nouvelles ne sont pas pareilles. Tape les deux à nouveau.
page-passphrase-lost = Si tu l’oublies, personne ne peut ouvrir ce profil : ni toi, ni nous.
