/**
 * What several screens need of the engine at once: the rooms, how many alarms, whether relays are there.
 *
 * ```text
 * engine events --> read again, at most a few times a second --> tell("rooms") --> whoever shows them
 * ```
 * Never: messages, codes or passphrases; those live only in the screen that shows them.
 */
import { later } from "./dom.js";
import { on, tell } from "./events.js";
import { byPosition, call, variant } from "./rpc.js";

/** @type {{ rooms: any[], handle: string, alarms: any[], relays: any[] }} */
export const store = { rooms: [], handle: "", alarms: [], relays: [] };

/** What changes a room's line in the list. */
const ABOUT_ROOMS = [
  "message", "changed", "sent", "room_opened", "joined", "device_joined", "removed", "rejoined", "returned", "you_were_removed",
  "disappeared", "fresh_again", "confirmed", "motion_carried", "keys_changed",
];

/** What belongs to an earlier opening counts no more. */
let opening = 0;

/** Nothing of the rooms stays in this page while it is locked: who holds some of it hears "forgotten". */
export function forgetAll() {
  opening += 1;
  Object.assign(store, { rooms: [], handle: "", alarms: [], relays: [] });
  tell("forgotten");
}

/** Keeps an answer unless the page was locked meanwhile. @param {Promise<any>} asked @param {(answer: any) => void} keep */
async function fetching(asked, keep) {
  const mine = opening;
  const answer = await asked;
  if (mine === opening) keep(answer);
}

export async function fetchAll() {
  await Promise.all([fetchRooms(), fetchAlarms(), fetchRelays(), fetchHandle()]);
}

export const fetchRooms = () => fetching(call("rooms"), (rooms) => {
  store.rooms = rooms.sort(byNews);
  tell("rooms");
});

/** The room with the newest message first. @param {any} a @param {any} b */
function byNews(a, b) {
  const last = byPosition(b.last ?? "", a.last ?? "");
  return Number(a.is_removed) - Number(b.is_removed) || last || a.name.localeCompare(b.name);
}

export const fetchAlarms = () => fetching(call("alarms"), (alarms) => {
  store.alarms = alarms;
  tell("alarms");
});

export const fetchRelays = () => fetching(call("relays"), (relays) => {
  store.relays = relays;
  tell("relays");
});

const fetchHandle = () => fetching(call("handle"), (handle) => (store.handle = handle));

/** @param {string} id */
export const roomOf = (id) => store.rooms.find((room) => room.id === id);

/** The first device of whose device this is, though it may be gone by now. @param {any} member @returns {string} */
export const firstOf = (member) => variant(member.origin)[1]?.member ?? member.id;

/** How many people are in a room: a second device of somebody is not one more, and the last one of somebody is one. @param {any} room */
export const peopleIn = (room) => new Set((room?.members ?? []).map(firstOf)).size;

/** How the relays are: "here", "some" (some are away), "away", "trust" (somebody else answers) or "none". */
export function reach() {
  if (store.relays.length === 0) return "none";
  const states = store.relays.map((relay) => variant(relay.reach));
  if (states.some(([name, why]) => name === "away" && variant(why)[0] === "identity")) return "trust";
  if (states.every(([name]) => name !== "away")) return "here";
  return states.some(([name]) => name === "here") ? "some" : "away";
}

/** Reads again what events say has changed. */
export function follow() {
  const rooms = later(150, () => void fetchRooms().catch(() => {}));
  const relays = later(150, () => void fetchRelays().catch(() => {}));
  for (const name of ABOUT_ROOMS) on(name, () => rooms());
  on("alarm", () => void fetchAlarms().catch(() => {}));
  for (const name of ["reach", "ticket", "relay_followed"]) on(name, () => relays());
  on("again", () => void fetchAll().catch(() => {}));
}
