/**
 * What stands around each screen: the rooms, the places, and whether the relays are there.
 *
 * Below 720 px the list and the screen take turns: the list is the place "/".
 */
import { el, fill, said, unseen } from "./dom.js";
import { on } from "./events.js";
import { icon } from "./icons.js";
import { list as listKeys } from "./keys.js";
import { trying } from "./notice.js";
import { here } from "./router.js";
import { peopleIn, reach, store } from "./store.js";
import { lockNow } from "./unlock.js";
import { brief, number, say } from "./words.js";

const REACH = {
  here: "page-reach-here", some: "page-reach-some", away: "page-reach-away", trust: "page-reach-trust", none: "page-reach-none",
};
/** @type {(() => void)[]} */
let stops = [];

/** Builds it into `app`; gives what shows a screen in it. @param {HTMLElement} app */
export function shell(app) {
  stops.forEach((stop) => stop());
  const rooms = el("ul.rooms", { role: "list" });
  const state = el("p.reach", {});
  const places = el("div.places", {});
  const starts = el("div.starts", {});
  const main = el("main", { id: "main", tabindex: "-1" });
  const side = el("nav.side", { id: "side", "aria-label": say("page-rooms") },
    el("div.side-head", {}, el("a.wordmark", { href: "#/" }, "Offshift"), lockButton()),
    state, el("h2.side-title", { id: "rooms-title" }, say("page-rooms")), rooms,
    starts, places);
  const frame = el("div.frame", {}, side, main);
  const skip = el("a.skip", { href: "#main", on: { click: (/** @type {Event} */ e) => { e.preventDefault(); main.focus(); } } }, say("page-skip"));
  fill(app, skip, frame);
  const drawRooms = () => keepFocus(rooms, () => fill(rooms, store.rooms.length === 0 ? el("li.none", {}, say("page-rooms-none")) : store.rooms.map(roomLine)));
  const drawState = () => drawReach(state);
  const drawPlaces = () => {
    keepFocus(places, () => fill(places, placesOf()));
    keepFocus(starts, () => fill(starts, place("/meet", "meet", say("page-meet")), place("/found", "found", say("page-found"))));
  };
  stops = [on("rooms", drawRooms), on("relays", drawState), on("alarms", drawPlaces)];
  drawRooms();
  drawState();
  drawPlaces();
  return (/** @type {import("./router.js").Screen} */ screen, /** @type {boolean} */ isFirst) => {
    const place = here();
    frame.classList.toggle("at-list", place === "/");
    fill(main, screen.node);
    main.querySelector(".tab[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
    document.title = titled(screen.title);
    drawRooms();
    drawPlaces();
    main.scrollTop = 0;
    if (!isFirst) focusOn(screen, main);
    else screen.focus?.();
  };
}

/** Without names: the browser keeps titles in its history. @param {string} title */
export function titled(title) {
  const unread = store.rooms.reduce((sum, room) => sum + (room.unread ?? 0), 0);
  const words = say("page-title", { place: title });
  return unread > 0 ? `(${number(unread)}) ${words}` : words;
}

/** @param {import("./router.js").Screen} screen @param {HTMLElement} main */
function focusOn(screen, main) {
  if (screen.focus) return screen.focus();
  const head = main.querySelector("h1");
  head?.setAttribute("tabindex", "-1");
  (head ?? main).focus({ preventScroll: true });
}

/** Draws anew without losing the place of a person on the keyboard. @param {any} list @param {() => void} draw */
function keepFocus(list, draw) {
  const href = list.contains(document.activeElement) ? document.activeElement?.getAttribute("href") : null;
  draw();
  if (href) list.querySelector(`a[href="${CSS.escape(href)}"]`)?.focus();
}

/** @param {any} room */
function roomLine(room) {
  const isHere = here().split("/")[2] === room.id;
  const unread = room.unread > 0
    ? el("span.count", { class: room.unread_mentions > 0 ? "mentioned" : "" }, unseen(say("page-unread", { count: room.unread })),
        el("span", { "aria-hidden": "true" }, room.unread_mentions > 0 ? `@ ${number(room.unread)}` : number(room.unread)))
    : null;
  return el("li", {}, el("a.room", { href: `#/room/${room.id}`, "aria-current": isHere ? "page" : null, class: room.is_removed ? "gone" : "" },
    said(room.name, "span.room-name"), unread, el("span.room-note", {}, noteOf(room))));
}

/** One line below a room's name: what matters most. @param {any} room */
function noteOf(room) {
  if (room.is_removed) return say("page-room-out");
  if (room.is_lost) return say("page-room-lost");
  if (room.is_stale) return say("page-room-stale");
  const waiting = typeof room.waiting === "number" ? room.waiting : 0;
  if (waiting > 0) return say("page-room-waiting", { count: waiting });
  if (room.draft) return say("page-room-draft");
  const people = say("page-room-people", { count: peopleIn(room) });
  return room.last_at ? `${people} · ${brief(room.last_at)}` : people;
}

function placesOf() {
  const count = store.alarms.length;
  const alarm = place("/alarms", "alarm", say("page-alarms"), count > 0 ? number(count) : "");
  const keysButton = el("button.place.only-keys", { type: "button", on: { click: listKeys } }, el("kbd", { "aria-hidden": "true" }, "?"), say("page-keys-title"));
  return [place("/search", "search", say("page-search")), alarm, place("/settings", "settings", say("page-settings")), keysButton];
}

/** @param {string} path @param {any} picture @param {string} name @param {string} [count] */
function place(path, picture, name, count) {
  const isHere = here() === path || here().startsWith(`${path}/`);
  return el("a.place", { href: `#${path}`, "aria-current": isHere ? "page" : null }, icon(picture), el("span", {}, name),
    count ? el("span.count.warn", {}, count) : null);
}

function lockButton() {
  return el("button.bare.lock", { type: "button", on: { click: () => void trying(lockNow) }, "aria-label": say("page-lock"), title: say("page-lock") },
    icon("lock"));
}

/** @param {HTMLElement} state */
function drawReach(state) {
  const how = reach();
  state.className = `reach ${how}`;
  const words = say(REACH[/** @type {keyof typeof REACH} */ (how)]);
  if (state.textContent !== words) fill(state, el("span.dot", { "aria-hidden": "true" }), el("span", {}, words));
}
