/**
 * Whom one met, and what can follow from a meeting: a vouch, a founding, one more meeting.
 */
import { el, fill, said } from "./dom.js";
import { sure } from "./dialog.js";
import { on } from "./events.js";
import { icon } from "./icons.js";
import { menu } from "./menu.js";
import { done, trying } from "./notice.js";
import { call } from "./rpc.js";
import { go } from "./router.js";
import { noteOn } from "./screen-people.js";
import { methodWords } from "./sentences.js";
import { store } from "./store.js";
import { monogram } from "./text.js";
import { capital, date, say } from "./words.js";

/** What the two may do now. @param {any} contact */
export function metNext(contact) {
  if (contact.is_own_device) {
    return el("div.card.good", {}, el("h2", { tabindex: "-1" }, icon("check"), say("page-linked", { who: contact.handle })), el("p", {}, say("page-linked-next")));
  }
  const rooms = store.rooms.filter((room) => !room.is_removed && !room.is_lost);
  return el("div.card.good", {},
    el("h2", { tabindex: "-1" }, icon("check"), say("page-met", { who: contact.handle })),
    rooms.length > 0 ? el("p", {}, say("page-met-vouch", { who: contact.handle })) : null,
    el("div.row-acts", {}, rooms.map((room) => el("button.quiet", { type: "button", on: { click: () => vouchFor(room, contact) } }, icon("door"), said(room.name)))),
    el("ul.todo", {}, el("li", {}, say("page-met-new", { who: contact.handle })), el("li", {}, el("a", { href: "#/found" }, say("page-met-found", { who: contact.handle })))));
}

/** @param {any} room @param {any} contact */
async function vouchFor(room, contact) {
  const lines = [say("page-vouch-line"), say("page-vouch-once"), say("page-everybody-sees")];
  if (!(await sure({ title: say("page-vouch-for", { who: contact.handle, room: room.name }), lines, yes: say("page-vouch") }))) return;
  await trying(async () => {
    await call("vouch", { room: room.id, contact: contact.id });
    done(say("page-vouched"));
    go(`/room/${room.id}/door`);
  });
}

/** @param {any[]} contacts */
export function contactList(contacts) {
  if (contacts.length === 0) return null;
  const list = el("ul.people", { role: "list" });
  const draw = (/** @type {any[]} */ all) => fill(list, all.map(line));
  draw([...contacts].sort((a, b) => b.met_at - a.met_at));
  const again = async () => {
    if (list.isConnected) draw((await call("contacts")).sort((/** @type {any} */ a, /** @type {any} */ b) => b.met_at - a.met_at));
    else stop();
  };
  const stop = on("noted", again);
  return el("section.stack", {}, el("h2", {}, say("page-contacts")), list);
}

/** @param {any} one */
function line(one) {
  const how = one.is_own_device ? say("page-contact-own", { when: date(one.met_at) }) : say("page-contact-met", { how: capital(methodWords(one.method)), when: date(one.met_at) });
  return el("li.person", {}, monogram(one.handle, one.id),
    el("div.person-words", {}, el("p.person-name", {}, said(one.handle, "strong")), el("p.soft", {}, how, " ", one.is_used ? say("page-contact-used") : ""),
      one.note ? el("p.own-note", {}, icon("edit"), said(one.note)) : null),
    menu({ name: say("page-person-more", { who: one.handle }), choices: () => [{ name: say("page-note-edit"), icon: "edit", act: () => void noteOn({ contact: one.id }, one) }] }));
}
