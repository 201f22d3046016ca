/**
 * Messages of some kinds, gathered page by page from a room's history, as far back as the person wants.
 */
import { call, variant } from "./rpc.js";
import { go } from "./router.js";
import { roomOf } from "./store.js";

const PAGE = 200;
/** So many pages are looked through before the person is asked. */
const PAGES_AT_ONCE = 3;

/** @param {string} room @param {(kind: string) => boolean} fits */
export function gather(room, fits) {
  const found = {
    /** @type {any[]} */
    all: [],
    more: true,
    /** @type {string | null} */
    before: null,
    first: () => found.further(),
    async further() {
      for (let page = 0; page < PAGES_AT_ONCE && found.more; page += 1) {
        const { messages, more } = await call("messages", { room, before: found.before, limit: PAGE });
        found.all = [...messages.filter((/** @type {any} */ one) => fits(variant(one.kind)[0])), ...found.all];
        found.before = messages[0]?.position ?? null;
        found.more = more && messages.length > 0;
      }
    },
    /** Takes a message that came or changed; gives whether it is one of these. @param {any} message */
    put(message) {
      const at = found.all.findIndex((one) => one.id === message.id);
      const isOne = fits(variant(message.kind)[0]);
      if (at >= 0 && isOne) found.all[at] = message;
      else if (at >= 0) found.all.splice(at, 1);
      else if (isOne) found.all.push(message);
      return at >= 0 || isOne;
    },
  };
  return found;
}

/** What messages need of a screen that is not their conversation. @param {string} room @returns {import("./message.js").Around} */
export function standIn(room) {
  const members = () => roomOf(room)?.members ?? [];
  const to = (/** @type {string} */ id) => go(`/room/${room}/at/${id}`);
  return {
    room,
    handles: () => members().map((/** @type {any} */ one) => one.handle),
    organizers: () => new Set(),
    find: () => null,
    jump: to,
    reply: (message) => to(message.id),
    edit: (message) => to(message.id),
    isOrganizer: () => members().some((/** @type {any} */ one) => one.is_you && one.is_organizer),
    mayPost: () => true,
  };
}
