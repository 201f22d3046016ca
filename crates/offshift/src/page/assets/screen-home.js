/**
 * The first screen: what to read, or how to begin. On a small screen the list of rooms stands in its place.
 */
import { el, fill, said } from "./dom.js";
import { on } from "./events.js";
import { icon } from "./icons.js";
import { store } from "./store.js";
import { say } from "./words.js";

/** @returns {import("./router.js").Screen} */
export function home() {
  const body = el("div.stack", {});
  const draw = () => fill(body, store.rooms.length === 0 ? beginning() : overview());
  const stop = on("rooms", draw);
  draw();
  const node = el("section.page.home", {}, el("h1", {}, greeting()), body);
  return { node, title: say("page-home"), close: stop };
}

function greeting() {
  const hour = new Date().getHours();
  const args = { name: store.handle };
  if (hour < 5 || hour >= 21) return say("page-hello-night", args);
  if (hour < 12) return say("page-hello-morning", args);
  return hour < 18 ? say("page-hello-day", args) : say("page-hello-evening", args);
}

function overview() {
  const fresh = store.rooms.filter((room) => room.unread > 0);
  const mentions = store.rooms.reduce((sum, room) => sum + (room.unread_mentions ?? 0), 0);
  if (fresh.length === 0) return [el("p.lead", {}, say("page-home-read")), el("p.soft.only-keys", {}, say("page-home-choose"))];
  return [
    el("p.lead", {}, mentions > 0 ? say("page-home-mentions", { count: mentions }) : say("page-home-unread", { count: fresh.length })),
    el("ul.cards", { role: "list" }, fresh.map((room) => el("li", {},
      el("a.card.link", { href: `#/room/${room.id}` }, said(room.name, "strong"), el("span.soft", {}, say("page-unread", { count: room.unread })))))),
  ];
}

/** No room yet: three ways to begin, in the order in which people do them. */
function beginning() {
  return [
    el("p.lead", {}, say("page-begin")),
    el("ol.steps", {},
      step("relay", say("page-begin-relay"), say("page-begin-relay-text"), "#/settings", say("page-begin-relay-do"), store.relays.length > 0),
      step("meet", say("page-begin-meet"), say("page-begin-meet-text"), "#/meet", say("page-meet")),
      step("found", say("page-begin-found"), say("page-begin-found-text"), "#/found", say("page-found"))),
  ];
}

/** @param {any} picture @param {string} title @param {string} text @param {string} href @param {string} act @param {boolean} [isDone] */
function step(picture, title, text, href, act, isDone) {
  return el("li.card.step", { class: isDone ? "is-done" : "" }, icon(isDone ? "check" : picture),
    el("div", {}, el("h2", {}, title), el("p", {}, isDone ? say("page-begin-done") : text), isDone ? null : el("a.button.quiet", { href }, act)));
}
