/**
 * The keyboard: single keys outside of fields go to places, "?" lists them.
 *
 * Never: a single key that changes something, or that works while a person types.
 */
import { show as showDialog, tick } from "./dialog.js";
import { el, fill } from "./dom.js";
import { go } from "./router.js";
import { store } from "./store.js";
import { say } from "./words.js";

const PLACES = [
  { key: "/", say: "page-key-search", act: () => go("/search") },
  { key: "h", say: "page-key-home", act: () => go("/") },
  { key: "m", say: "page-key-meet", act: () => go("/meet") },
  { key: "a", say: "page-key-alarms", act: () => go("/alarms") },
  { key: "s", say: "page-key-settings", act: () => go("/settings") },
  { key: "c", say: "page-key-write", act: () => document.getElementById("composer")?.focus() },
  { key: "n", say: "page-key-unread", act: nextUnread },
];
/** Keys that work inside of something; listed, and done where they belong. */
const LISTED = [
  { keys: ["↑", "↓"], say: "page-key-walk" },
  { keys: ["Enter"], say: "page-key-act" },
  { keys: ["Enter"], say: "page-key-send" },
  { keys: ["Shift", "Enter"], say: "page-key-line" },
  { keys: ["↑"], say: "page-key-edit" },
  { keys: ["Esc"], say: "page-key-escape" },
];
const OFF = "offshift-keys-off";

export function keys() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (document.querySelector("dialog[open]") || document.getElementById("side") === null) return;
    if (event.key === "?") {
      event.preventDefault();
      list();
    } else if (sessionStorage.getItem(OFF) === null) press(event);
  });
}

/** @param {KeyboardEvent} event */
function press(event) {
  const place = PLACES.find(({ key }) => key === event.key);
  if (!place) return;
  event.preventDefault();
  place.act();
}

/** @param {EventTarget | null} target */
function isTyping(target) {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

function nextUnread() {
  const here = location.hash.split("/")[2];
  const room = store.rooms.find((one) => one.unread > 0 && one.id !== here);
  if (room) go(`/room/${room.id}`);
}

/** All of them, and how to switch the single ones off (WCAG 2.1.4). */
export function list() {
  const caps = (/** @type {string[]} */ names) => names.map((name) => el("kbd", {}, name));
  const row = (/** @type {string[]} */ names, /** @type {string} */ text) => [el("dt", {}, caps(names)), el("dd", {}, text)];
  const off = el("input", { type: "checkbox", checked: sessionStorage.getItem(OFF) !== null });
  off.addEventListener("change", () => (off.checked ? sessionStorage.setItem(OFF, "1") : sessionStorage.removeItem(OFF)));
  const table = el("dl.keys", {});
  fill(table, PLACES.map((one) => row([one.key], say(one.say))), LISTED.map((one) => row(one.keys, say(one.say))), row(["?"], say("page-key-list")));
  showDialog(say("page-keys-title"), [table, tick(say("page-keys-off"), off)]);
}
