/**
 * The head of each screen of a room: its name, who can read it, and the ways to its other screens.
 */
import { el, fill, later, said } from "./dom.js";
import { on } from "./events.js";
import { icon } from "./icons.js";
import { failed } from "./notice.js";
import { peopleIn, roomOf } from "./store.js";
import { say } from "./words.js";

const TABS = [
  { path: "", icon: "rooms", say: "page-tab-talk" },
  { path: "/people", icon: "person", say: "page-tab-people" },
  { path: "/door", icon: "door", say: "page-tab-door" },
  { path: "/plans", icon: "plan", say: "page-tab-plans" },
  { path: "/files", icon: "file", say: "page-tab-files" },
  { path: "/rules", icon: "rules", say: "page-tab-rules" },
];

/** @param {string} id @param {string} tab @param {{ actions?: any }} [more] */
export function roomHead(id, tab, more = {}) {
  const name = el("h1", { tabindex: "-1" });
  const note = el("p.room-safe", {});
  const draw = () => {
    const room = roomOf(id);
    fill(name, said(room?.name ?? "…"));
    fill(note, icon("lock"), el("span", {}, room?.is_removed ? say("page-room-out") : say("page-room-safe", { count: peopleIn(room) })));
  };
  draw();
  const node = el("header.room-head", {},
    el("div.room-title", {},
      el("a.bare.to-list", { href: "#/", "aria-label": say("page-to-rooms") }, icon("back")),
      el("div.room-words", {}, name, note), more.actions),
    el("nav.tabs", { "aria-label": say("page-room-parts") }, TABS.map((one) => el("a.tab", {
      href: `#/room/${id}${one.path}`, "aria-current": one.path === tab ? "page" : null,
    }, icon(/** @type {any} */ (one.icon)), el("span", {}, say(one.say))))));
  // What is drawn later may bring a scroll bar, and push the tab out of sight.
  const seen = new ResizeObserver(() => node.querySelector(".tab[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" }));
  seen.observe(node);
  const stop = on("rooms", draw);
  return { node, stop: () => { seen.disconnect(); stop(); } };
}

/** A screen of a room that is no conversation: head, then content that scrolls. @param {string} id @param {string} tab @param {string} title @param {HTMLElement} body @param {() => void} [close] */
export function roomScreen(id, tab, title, body, close) {
  const head = roomHead(id, tab);
  const node = el("section.room-screen", {}, head.node, el("div.page", {}, body));
  return { node, title, close: () => { head.stop(); close?.(); } };
}

/**
 * A screen of a room that is drawn from what the engine says, and again when something of the room has changed.
 * @param {Record<string, string>} names @param {string} tab @param {string} title @param {string[]} changes
 * @param {(body: HTMLElement, room: string) => Promise<void>} drawAll
 */
export function drawnScreen(names, tab, title, changes, drawAll) {
  const room = names.room ?? "";
  const body = el("div.stack", {});
  const draw = later(80, () => void drawAll(body, room).catch(failed));
  draw();
  draw.now();
  const stops = changes.map((name) => on(name, (event) => (!event.room || event.room === room) && draw()));
  return roomScreen(room, tab, title, body, () => stops.forEach((stop) => stop()));
}

/** A head for the screens outside of rooms. @param {string} title @param {any} [more] */
export function pageHead(title, more) {
  return el("header.page-head", {}, el("a.bare.to-list", { href: "#/", "aria-label": say("page-to-rooms") }, icon("back")), el("h1", { tabindex: "-1" }, title), more);
}
