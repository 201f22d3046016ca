/**
 * Search in what this device has. Nothing leaves it for that.
 */
import { el, fill, later, plain, said } from "./dom.js";
import { field } from "./dialog.js";
import { on } from "./events.js";
import { snippet } from "./kinds.js";
import { speak, wordsOf } from "./notice.js";
import { pageHead } from "./room-head.js";
import { call } from "./rpc.js";
import { roomOf, store } from "./store.js";
import { monogram } from "./text.js";
import { moment, say } from "./words.js";

const FOUND_MAX = 50;
/** What was looked for last, while the page is open: so that "back" leads to the same list. */
let last = { words: "", room: "" };
/** What is on the screen of it. @type {any[]} */
let hits = [];

/** The words of a search are of an open page. */
export function forgetSearch() {
  last = { words: "", room: "" };
  hits = [];
}

/** @returns {import("./router.js").Screen} */
export function searching() {
  const words = el("input", { type: "search", value: last.words, dir: "auto", autocomplete: "off", spellcheck: "false" });
  const room = el("select", {}, el("option", { value: "" }, say("page-search-all")), store.rooms.map((one) => el("option", { value: one.id }, one.name)));
  room.value = last.room;
  const results = el("div.results", {});
  const search = later(180, () => void look(words.value.trim(), room.value, results));
  words.addEventListener("input", () => search());
  room.addEventListener("change", () => search());
  const form = el("form.search-form", { role: "search", on: { submit: (/** @type {Event} */ event) => { event.preventDefault(); search(); search.now(); } } },
    field(say("page-search-words"), words), field(say("page-search-room"), room));
  // What was taken back or has disappeared stands here no more.
  const isHit = (/** @type {any} */ event) => hits.some((one) => one.room === event.room && (event.event === "disappeared" || one.id === event.id));
  const stops = ["changed", "disappeared", "again"].map((name) => on(name, (event) => (name === "again" ? hits.length > 0 : isHit(event)) && search()));
  if (last.words) search();
  else fill(results, el("p.soft", {}, say("page-search-hint")));
  const node = el("section.page", {}, pageHead(say("page-search")), form, results);
  return { node, title: say("page-search"), focus: () => words.focus(), close: () => { search.drop(); stops.forEach((stop) => stop()); hits = []; } };
}

/** @param {string} words @param {string} room @param {HTMLElement} results */
async function look(words, room, results) {
  last = { words, room };
  hits = [];
  if (words === "") return fill(results, el("p.soft", {}, say("page-search-hint")));
  try {
    const asked = last;
    const found = await call("search", { words, room: room || null, limit: FOUND_MAX });
    if (last !== asked) return;
    hits = found;
    speak(say("page-search-found", { count: found.length }));
    if (found.length === 0) return fill(results, el("div.empty", {}, el("p", {}, say("page-search-none")), el("p.soft", {}, say("page-search-none-next"))));
    const count = found.length >= FOUND_MAX ? say("page-search-many", { count: found.length }) : say("page-search-found", { count: found.length });
    fill(results, el("p.soft", {}, count), el("ul.found-list", { role: "list" }, found.map((/** @type {any} */ one) => el("li", {}, hit(one, words)))));
  } catch (error) {
    fill(results, el("p.wrong.shown", {}, wordsOf(error)));
  }
}

/** @param {any} message @param {string} words */
function hit(message, words) {
  return el("a.hit", { href: `#/room/${message.room}/at/${message.id}` }, monogram(message.handle, message.sender),
    el("span.hit-words", {}, el("span.soft.small-text", {}, said(roomOf(message.room)?.name ?? ""), " · ", moment(message.at)),
      el("strong", {}, message.own ? say("page-you") : said(message.handle)), marked(around(message, words), words)));
}

/** The part of a long text where the first word is. @param {any} message @param {string} words */
function around(message, words) {
  const text = (message.text ? plain(message.text) : snippet(message)).replace(/\s+/g, " ");
  const at = text.toLowerCase().indexOf(words.toLowerCase().split(/\s+/)[0] ?? "");
  const from = Math.max(0, at - 60);
  return (from > 0 ? "…" : "") + text.slice(from, from + 200) + (text.length > from + 200 ? "…" : "");
}

/** @param {string} text @param {string} words */
function marked(text, words) {
  const box = el("span.hit-text", { dir: "auto" });
  const lower = text.toLowerCase();
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  let from = 0;
  // Only where lower case has the same length do places in one fit the other.
  while (lower.length === text.length) {
    const next = wanted.map((word) => [lower.indexOf(word, from), word.length]).filter(([at]) => (at ?? -1) >= 0).sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0))[0];
    if (!next) break;
    const [at = 0, length = 0] = next;
    box.append(text.slice(from, at), el("mark", {}, text.slice(at, at + length)));
    from = at + length;
  }
  box.append(text.slice(from));
  return box;
}
