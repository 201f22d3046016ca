### Offshift: errors

failure-line = offshift: { $sentence }. Ensuite : { $next_word }
failure-no-resources = le système n’a pas donné de quoi fonctionner
failure-no-resources-next = ferme d’autres programmes, puis réessaie

next-version = offshift --version
next-other-network = utilise un autre réseau, par exemple les données mobiles, puis relance la même commande
next-again-kept = relance la même commande ; ce qui attend est gardé
next-again = relance la même commande
next-ticket = offshift relay ticket CODE, avec tout le code entre guillemets
next-relay = offshift relay add offshift://...
next-handle = offshift start --handle NAME
next-room-name = offshift room found NAME --with HANDLE
next-text = offshift send ROOM TEXT
next-meet = offshift meet show
next-rooms = offshift room list
next-members = offshift members ROOM
next-refused = offshift members ROOM, offshift policy show ROOM
next-applicants = offshift room applicants ROOM
next-objections = offshift room applicants ROOM, puis la même commande avec --despite-objections
next-policy = offshift policy show ROOM
next-device-code = offshift phone link ROOM, sur ton autre téléphone
next-note = offshift note ROOM PERSON TEXT
next-help = offshift --help
next-start = offshift start
next-other-profile = offshift --profile OTHER start
next-inbox = offshift inbox
next-confirm = offshift meet confirm
next-mobile-data = utilise les données mobiles, puis : offshift inbox
next-close = ferme-le là-bas, puis relance la même commande

error-no_relay = ce profil n’a pas encore de relais ; ajoutes-en un d’abord
error-unknown_relay = ce relais n’est pas dans ce profil ; ajoute-le d’abord
error-other_relay = ces deux liens ont des adresses différentes, ce sont donc deux relais différents ; ajoute seulement le nouveau
error-too_many = ce profil a déjà le maximum de { $what ->
        [rooms] salons
        [relays] relais
        [meetings] rencontres
        [contacts] contacts
       *[other] { $what }
    }
error-bad_handle = un pseudo a de 1 à 32 caractères simples sur une ligne ; choisis-en un autre
error-bad_room_name = le nom d’un salon a de 1 à 128 caractères simples sur une ligne ; choisis-en un autre
error-bad_text = un message a au moins un caractère et au plus 48 Kio ; raccourcis-le
error-unknown_meeting = cette rencontre est finie ou n’a jamais existé ; refais une rencontre avec un nouveau code
error-no_words = il n’y a pas de mots à comparer ; refais une rencontre avec un nouveau code
error-meeting_expired = la rencontre est finie ; refais une rencontre avec un nouveau code
error-meeting_stopped = la rencontre est finie ; refais une rencontre avec un nouveau code
error-meeting_second_scanner = la rencontre est finie ; refais une rencontre avec un nouveau code
error-meeting_misbehaved = la rencontre est finie ; refais une rencontre avec un nouveau code
error-unknown_contact = tu n’as pas rencontré cette personne
error-contact_used = ta rencontre avec cette personne a déjà servi pour un salon ; pour un autre salon, refais une rencontre
error-card_used = la carte que cette personne a reçue a déjà servi ou est trop vieille ; refais une rencontre avec les deux, l’une comme l’autre
error-objections = { $count ->
        [one] { $count } membre s’oppose ; lis pourquoi, puis laisse entrer quand même ou pas du tout
        [many] { $count } de membres s’opposent ; lis pourquoi, puis laisse entrer quand même ou pas du tout
       *[other] { $count } membres s’opposent ; lis pourquoi, puis laisse entrer quand même ou pas du tout
    }
error-unknown_room = il n’y a pas de salon de ce nom sur cet appareil
error-unknown_member = cette personne n’est pas dans le salon
error-unknown_applicant = personne ne parraine cette personne ici ; affiche à nouveau la liste de qui veut entrer
error-unknown_motion = cette proposition n’existe pas, ou elle est finie ; affiche à nouveau les propositions
error-unknown_message = ce message n’est pas sur cet appareil ; il a peut-être disparu
error-not_yours = seule la personne qui a écrit un message le change ou le retire, et seulement ses mots
error-bad_mark = une réaction est un emoji ou un mot court
error-bad_poll = un sondage a une question et de 2 à 16 réponses courtes ; change-le
error-bad_plan = un rendez-vous a un titre et une heure ; garde ses textes sous 512 octets
error-not_a_poll = ce message n’est pas un sondage
error-not_a_plan = ce message n’est pas un rendez-vous
error-bad_answer = le sondage n’accepte pas cette réponse ; regarde-le à nouveau
error-poll_closed = ce sondage est fermé ; les réponses ne comptent plus
error-bad_note = une note a au plus 512 octets ; raccourcis-la
error-refused = { $why }
error-not_allowed = les règles du salon ne le permettent pas : { $why }
error-closed = le profil est fermé ; ouvre-le à nouveau
error-bug = un défaut de ce programme : { $what } ; merci de le signaler

## Asked of a running engine

error-bad_params = une partie de la demande manque, est fausse ou est de trop ; mets les deux programmes à la même version
error-not_json = la demande est illisible ; mets les deux programmes à la même version
error-not_a_request = la demande est illisible ; mets les deux programmes à la même version
error-no_such_verb = le programme Offshift en marche ne sait pas faire cela ; mets-le à cette version
error-locked = le profil est verrouillé ; déverrouille-le d’abord
error-already_open = le profil est déjà ouvert ; verrouille-le d’abord
error-too_much = c’est trop à la fois ; demande moins
error-no_page = ce moteur ne montre pas de page ; termine-le et ouvres-en une
error-not_for_the_page = une page ne peut pas demander cela ; utilise une commande
error-no_code_in_picture = il n’y a pas de code dans cette image ; refais-la, de plus près et bien droite

error-bad_term_name = cette règle n’existe pas ; affiche les règles pour voir leurs noms
error-bad_term_value = cette règle n’accepte pas cette valeur ; elle accepte un nombre, une durée comme 7d ou 12h, yes ou no

error-vault_missing = il n’y a pas de profil ici ; crées-en un d’abord, ou donne le nom d’un autre
error-vault_exists = il y a déjà un profil ici ; utilise-le, ou donne le nom d’un autre
error-vault_in_use = ce profil est ouvert dans une autre fenêtre ou un autre programme ; ferme-le là-bas d’abord, puis réessaie
error-vault_wrong_passphrase = la phrase de passe n’est pas la bonne ; réessaie, et regarde la langue du clavier et les majuscules
error-vault_not_a_vault = le fichier `vault` de ce profil n’est pas un fichier d’Offshift ; remets ta copie du profil
error-vault_newer = ce profil a été écrit par un Offshift plus récent ; installe cette version et réessaie
error-vault_damaged = la phrase de passe est bonne, mais le fichier du profil est abîmé ; remets une copie du profil, ou crées-en un nouveau et refais les rencontres
error-vault_disk = le disque a refusé de lire ou d’écrire le profil ({ $why }) ; libère de la place ou vérifie le disque, puis réessaie
error-vault_unsettled = le disque a refusé d’écrire le profil ; vérifie le disque, puis recommence
error-vault_full = ce profil est plein ; crées-en un nouveau
error-vault_resources = le système a trop peu de mémoire pour ouvrir un profil ; ferme d’autres programmes, puis réessaie
error-vault_bug = un défaut d’Offshift : { $what } ; merci de le signaler

error-link_resolve = le nom du relais n’est pas connu ici ; vérifie le réseau, puis le lien
error-link_unreachable = le relais ne répond pas ; vérifie le réseau, ou réessaie dans une minute
error-link_identity = quelque chose sur ce réseau répond à la place du relais ; ne fais pas confiance à ce réseau, utilises-en un autre, par exemple les données mobiles
error-link_clock = l’horloge de cet appareil semble fausse ; règle la date et l’heure, puis réessaie
error-link_incompatible = le relais parle une autre version ; mets ce programme à jour ou demande à qui gère le relais de le mettre à jour
error-link_refused = { $why }
error-link_closed = { $why }
error-link_lost = la connexion au relais est perdue ; elle va être refaite
error-link_misbehaved = le relais a répondu autre chose ({ $what }) ; dis-le à qui gère le relais
error-link_busy = trop de choses attendent le relais ; attends d’abord les réponses
error-link_socket = cet appareil ne peut pas ouvrir de connexion au réseau ; vérifie ses réglages réseau
error-link_bug = une erreur de ce programme ({ $what }) ; signale-la

why-disk_full = plus de place
why-disk_quota = limite de place dépassée
why-disk_denied = pas le droit
why-disk_read_only = disque ou support en lecture seule
why-disk_other = autre erreur

error-bad_link_scheme = ce n’est pas un lien de relais ; un lien de relais commence par offshift://
error-bad_link_host = l’adresse dans le lien du relais n’est pas utilisable ; copie à nouveau le lien entier
error-bad_link_port = le port dans le lien du relais n’est pas utilisable ; copie à nouveau le lien entier
error-bad_link_key = le lien du relais est abîmé ou coupé ; copie à nouveau le lien entier

error-bad_ticket_none = c’est un lien sans ticket ; dans un ticket il y a un #
error-bad_ticket_damaged = le ticket est abîmé ou coupé ; copie-le ou scanne-le à nouveau en entier

error-bad_code_relay_link = c’est le lien d’un relais, pas un code de rencontre ; ajoute-le avec : offshift relay add
error-bad_code_device = c’est un code pour relier un appareil à toi, pas pour une rencontre ; demande un code de rencontre
error-bad_code_ticket = c’est un ticket de relais, pas un code de rencontre ; demande un code de rencontre
error-bad_code_other_purpose = ce code est pour autre chose, pas pour une rencontre ; demande un code de rencontre
error-bad_code_foreign = ce n’est pas un code de rencontre ; un tel code commence par offshift:meet:
error-bad_code_incompatible = ce code vient d’une version plus récente ; mets ce programme à jour, puis demande un nouveau code
error-bad_code_damaged = ce code est abîmé ou coupé ; scanne-le à nouveau ou demande un nouveau code
error-bad_code_expired = ce code est trop vieux ; demande un nouveau code

error-bad_device_code_meeting = c’est un code de rencontre, pas un code pour relier un appareil à toi ; affiches-en un avec : phone link
error-bad_device_code_other_purpose = ce code est pour autre chose ; affiches-en un sur ton autre appareil avec : phone link
error-bad_device_code_foreign = ce n’est pas un code pour relier un appareil ; un tel code commence par offshift:device:
error-bad_device_code_incompatible = ce code vient d’une version plus récente ; mets ce programme à jour, puis affiche un nouveau code
error-bad_device_code_damaged = ce code est abîmé ou coupé ; scanne-le à nouveau ou affiche un nouveau code
error-bad_device_code_expired = ce code est trop vieux ; affiche un nouveau code sur ton autre appareil

why-relay_malformed = le relais a refusé : il n’a pas pu lire la demande ; mets ce programme à jour
why-relay_denied = le relais a refusé : la clé n’est pas celle de la boîte aux lettres ; demande un nouveau code
why-relay_no_capability = le relais a refusé : la connexion est nouvelle ; il faut montrer à nouveau le droit
why-relay_life_too_long = le relais a refusé : il ne garde rien aussi longtemps ; choisis une durée plus courte
why-relay_full = le relais a refusé : son disque ou la boîte aux lettres est plein ; réessaie plus tard
why-relay_busy = le relais a refusé : trop de choses à la fois ; réessaie dans une minute
why-relay_stopping = le relais a refusé : il s’arrête ; réessaie dans une minute
why-relay_failed = le relais a refusé : il a eu une panne et n’a rien gardé ; réessaie dans une minute
why-relay_no_credit = le relais a refusé : il prend les messages des personnes qui ont un ticket ; demandes-en un à qui le gère
why-relay_bad_token = le relais a refusé : il n’a pas pris ce qui paie le message ; un autre va être essayé
why-relay_bad_ticket = le relais a refusé : le ticket n’est plus bon ; demandes-en un nouveau à qui le gère
why-relay_allowance_used = le relais a refusé : le ticket est épuisé pour aujourd’hui ; il sera bon à nouveau demain

why-closed_done = la connexion est fermée
why-closed_version = le relais parle une autre version ; mets ce programme à jour
why-closed_malformed = le relais n’a pas pu lire ce que ce programme a envoyé ; mets ce programme à jour
why-closed_limit = le relais a fermé la connexion à cause d’une limite ; réessaie dans une minute
why-closed_stopping = le relais s’arrête ; la connexion va être refaite
why-closed_idle = le relais a fermé une connexion qui ne servait pas ; elle va être refaite
why-closed_failed = le relais a eu une panne ; réessaie dans une minute

why-contradicts_two_receipts = il a signé que deux enveloppes sont au même endroit
why-contradicts_another_envelope = il montre une autre enveloppe que celle qu’il a signée
why-contradicts_missing = il ne montre pas ce qu’il a signé qu’il garde

why-send_stranded = cet appareil a perdu le salon ; laisse-le en ligne jusqu’à ce que l’appareil d’un responsable le laisse revenir
why-send_rolled_back = cet appareil a été remis à partir d’une vieille copie ; laisse-le en ligne jusqu’à ce que l’appareil d’un responsable le laisse revenir
why-send_lost = le salon semble avoir continué sans cet appareil ; laisse-le en ligne jusqu’à ce que l’appareil d’un responsable le laisse revenir
why-send_forked = arrête d’écrire ici : toi et un autre membre ne voyez pas le même salon, ou l’appareil de ce membre ment ; demande à un troisième membre : s’il voit la même chose que toi, fais sortir l’autre ; sinon, fonde à nouveau le salon sur un autre relais
why-send_stale = cela n’a pas été envoyé : aucun responsable n’a donné signe depuis 48 heures, donc quelqu’un qu’on a fait sortir pourrait encore lire ici ; mets-toi en ligne, ou demande à un responsable
why-send_removed = tu n’es plus membre de ce salon
why-send_content = cette version ne peut pas écrire ce genre de message ; mets-la à jour
why-send_only_organizers = dans ce salon, seuls les responsables écrivent ; tu peux quand même réagir et répondre aux sondages
why-send_announcement = seuls les responsables font des annonces ; envoie-le comme message
why-send_too_many = trop de messages attendent le relais ; envoie à nouveau quand il est joignable
why-change_suite = la carte ne va pas avec ce salon ; refais une rencontre avec la version la plus récente
why-change_no_such_member = ce membre n’existe pas ; affiche à nouveau la liste des membres
why-change_no_such_applicant = personne n’a parrainé cette personne ici ; affiche à nouveau la liste de qui veut entrer
why-change_reason = une raison a au plus 512 octets ; dis-la plus court
why-change_too_many_at_once = au plus 256 appareils partent à la fois ; fais-le en deux étapes
why-change_no_such_motion = cette proposition n’existe plus ; affiche à nouveau les propositions
why-change_other_meeting = cette rencontre n’était pas pour cela ; refais une rencontre avec un code du bon genre
why-change_too_many = des changements d’avant attendent encore le relais ; réessaie quand ils sont faits
why-found_too_few_organizers = un salon a besoin de deux responsables ; nomme responsable au moins une des autres personnes
why-found_suite = une des cartes ne va pas avec ce genre de salon ; refais une rencontre avec la version la plus récente

why-rule_not_a_member = seuls les membres peuvent faire cela
why-rule_commit_data = le changement porte des données d’une autre version
why-rule_commit_time = le changement a été signé plus de deux heures avant ou après son arrivée
why-rule_loose_proposal = une proposition doit faire partie de son changement
why-rule_proposal_kind = ce genre de proposition n’est pas permis
why-rule_one_change = un changement à la fois
why-rule_leaf_changed = l’identité d’un membre ne peut pas changer
why-rule_not_founding = la phase de fondation est finie
why-rule_add_by_other = seul un responsable qui fonde le salon peut ajouter d’autres personnes fondatrices
why-rule_member_info = l’identité de la nouvelle personne n’est pas valable
why-rule_key_package = les clés de la nouvelle personne ne sont pas de cette version
why-rule_too_many_founders = un salon a au plus huit personnes fondatrices
why-rule_key_twice = cette clé a déjà été dans le salon ; refais une rencontre pour en avoir une nouvelle
why-rule_handle_taken = quelqu’un dans le salon a déjà ce pseudo
why-rule_policy_change = les règles du salon ne peuvent pas être changées comme cela
why-rule_too_few_organizers = un salon a besoin de deux responsables
why-rule_remove_by_other = seul un responsable peut faire sortir un membre
why-rule_welcome = ses membres et ses règles ne vont pas ensemble
why-rule_admit_by_other = seul un responsable peut laisser entrer quelqu’un
why-rule_too_few_vouches = plus de membres doivent d’abord parrainer
why-rule_too_few_branches = les personnes qui parrainent sont entrées par la même personne fondatrice ; il en faut une d’une autre branche
why-rule_vouch_twice = chaque personne parraine une seule fois
why-rule_voucher_unknown = une des personnes qui parrainent n’est plus membre
why-rule_voucher_on_probation = une des personnes qui parrainent est nouvelle ou en réexamen
why-rule_vouch_budget = une des personnes qui parrainent a fait entrer trop de monde ces derniers temps
why-rule_vouch_time = un parrainage est bon 14 jours après la rencontre ; refais une rencontre
why-rule_vouch_terms = les règles du salon ont changé depuis ; parraine à nouveau
why-rule_vouch_method = dans ce salon, seules les rencontres en personne comptent
why-rule_vouch_signature = un parrainage n’est pas pour cette personne et ce salon
why-rule_denied = on a fait sortir cette personne ; deux responsables doivent d’abord lever cela
why-rule_room_full = le salon a déjà eu autant de membres qu’un salon peut en avoir ; fondes-en un nouveau
why-rule_not_under_review = ce membre n’est pas en réexamen
why-rule_too_few_approvals = plus de personnes doivent d’abord approuver
why-rule_approval_by = quelqu’un a approuvé sans en avoir le droit
why-rule_approval_time = une approbation est bonne sept jours ; approuve à nouveau
why-rule_approval_signature = une approbation n’est pas pour ce changement
why-rule_recall_branches = des membres de deux branches doivent le demander
why-rule_terms_floor = aucun salon ne peut dépasser ces limites
why-rule_motion_empty = cela ne changerait rien
why-rule_organizer_unfit = ce membre ne peut pas être responsable
why-rule_removed_in_part = on fait sortir une personne avec tous ses appareils, et jamais soi-même
why-rule_rejoin_other = seul un responsable peut faire revenir un membre, et comme la même personne
why-rule_rejoin_proof = la demande de revenir est trop vieille, ou ne vient pas du membre
why-rule_device_by_other = seul un appareil de la même personne peut en relier un autre
why-rule_device_link = le lien de l’appareil est trop vieux, ou ne vient pas de la personne
why-rule_too_many_devices = une personne a au plus trois appareils
why-rule_other = une règle que cette version ne connaît pas
