/**
 * Messages of some kinds, gathered page by page from a room's history, as far back as the person wants.
 *
 * Never: one kept here that was taken back or has disappeared.
 */
import { on } from "./events.js";
import { insert } from "./loaded.js";
import { call, keyOf, variant } from "./rpc.js";
import { go } from "./router.js";
import { roomOf } from "./store.js";

const PAGE = 200;
/** So many pages are looked through before the person is asked. */
const PAGES_AT_ONCE = 3;

/** @param {string} room @param {(kind: string) => boolean} fits */
export function gather(room, fits) {
  let turn = 0;
  const found = {
    /** @type {any[]} */
    all: [],
    more: true,
    /** @type {string | null} */
    before: null,
    /** From the newest on, in the place of what was found. */
    async first() {
      turn += 1;
      Object.assign(found, { all: [], more: true, before: null });
      await found.further();
    },
    async further() {
      const mine = turn;
      for (let page = 0; page < PAGES_AT_ONCE && found.more; page += 1) {
        const { messages, more } = await call("messages", { room, before: found.before, limit: PAGE });
        if (mine !== turn) return;
        // What came as an event meanwhile is newer than what this page has of it.
        const known = new Set(found.all.map(keyOf));
        const fresh = messages.filter((/** @type {any} */ one) => fits(variant(one.kind)[0]) && !known.has(keyOf(one)));
        found.all = [...fresh, ...found.all];
        found.before = messages[0]?.position ?? null;
        found.more = more && messages.length > 0;
      }
    },
    /** Takes a message that came or changed; gives whether it is one of these. @param {any} message */
    put(message) {
      const at = found.all.findIndex((one) => keyOf(one) === keyOf(message));
      const isOne = fits(variant(message.kind)[0]);
      if (at >= 0 && isOne) found.all[at] = message;
      else if (at >= 0) found.all.splice(at, 1);
      else if (isOne) insert(found.all, message);
      return at >= 0 || isOne;
    },
    /** Keeps up with what comes, changes and goes. Gives how to stop. @param {() => void} draw */
    follow(draw) {
      const put = (/** @type {any} */ message) => message.room === room && found.put(message) && draw();
      const drop = (/** @type {any} */ event) => {
        if (event.room !== room) return;
        found.all = found.all.filter((one) => one.at >= event.until);
        draw();
      };
      const stops = [on("message", put), on("changed", put), on("disappeared", drop), on("again", () => void found.first().then(draw, () => {}))];
      return () => stops.forEach((stop) => stop());
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
