/**
 * Who wants to come in, or back: who vouched and how, who is against it, what is missing, and the acts of each member.
 *
 * Never: an admission without who vouched on the same screen.
 */
import { field, form, sure } from "./dialog.js";
import { el, refill, said } from "./dom.js";
import { icon } from "./icons.js";
import { done, trying } from "./notice.js";
import { drawnScreen } from "./room-head.js";
import { call, Failure } from "./rpc.js";
import { methodWords } from "./sentences.js";
import { roomOf } from "./store.js";
import { monogram } from "./text.js";
import { date, say } from "./words.js";
import { whyWords } from "./why.js";

const CHANGES = ["applied", "objected", "joined", "wants_back", "rejoined", "motion_carried", "message", "again"];

/** @param {Record<string, string>} names */
export function door(names) {
  return drawnScreen(names, "/door", say("page-tab-door"), CHANGES, drawAll);
}

/** @param {HTMLElement} body @param {string} room */
async function drawAll(body, room) {
  const [applicants, returning, contacts] = await Promise.all([call("applicants", { room }), call("returning", { room }), call("contacts")]);
  const organizer = roomOf(room)?.members?.some((/** @type {any} */ one) => one.is_you && one.is_organizer) ?? false;
  const free = contacts.filter((/** @type {any} */ one) => !one.is_used && !one.is_own_device);
  refill(body,
    el("div.row-between", {}, el("h2", {}, say("page-door-who")), vouchButton(room, free)),
    applicants.length + returning.length === 0 ? el("div.empty", {}, el("p", {}, say("page-door-none")), el("p.soft", {}, say("page-door-none-next"))) : null,
    el("ul.cards", { role: "list" }, applicants.map((/** @type {any} */ one) => el("li", {}, applicantCard(one, room, organizer, free))),
      returning.map((/** @type {any} */ one) => el("li", {}, returningCard(one, room, organizer)))));
}

/** @param {string} room @param {any[]} free */
function vouchButton(room, free) {
  return el("button.primary", { type: "button", on: { click: () => vouch(room, free) } }, icon("check"), say("page-vouch"));
}

/** @param {string} room @param {any[]} free */
function vouch(room, free) {
  if (free.length === 0) {
    return sure({ title: say("page-vouch-none"), lines: [say("page-vouch-none-next")], yes: say("page-meet") }).then((yes) => {
      if (yes) location.hash = "/meet";
    });
  }
  const who = el("select", { required: true }, free.map((one) => el("option", { value: one.id }, one.handle)));
  return form({
    title: say("page-vouch-title"), yes: say("page-vouch"),
    intro: el("ul.plan", {}, el("li", {}, say("page-vouch-line")), el("li", {}, say("page-vouch-once")), el("li", {}, say("page-everybody-sees"))),
    fields: [field(say("page-vouch-who"), who)],
    act: async () => {
      await call("vouch", { room, contact: who.value });
      done(say("page-vouched"));
    },
  });
}

/** @param {any} one @param {string} room @param {boolean} organizer @param {any[]} free */
function applicantCard(one, room, organizer, free) {
  // By the key that was met: whoever applies chooses the handle.
  const mine = one.contact ? free.find((contact) => contact.id === one.contact) : null;
  return el("article.card.applicant", {},
    el("div.row", {}, monogram(one.handle, one.id), el("h3", {}, said(one.handle)), el("span.soft.end", {}, say("page-door-until", { until: date(one.until) }))),
    el("ul.facts", { role: "list" }, one.vouches.map(vouchLine), one.objections.map(objectionLine)),
    one.missing ? el("p.state", {}, icon("clock"), say("page-door-missing", { why: whyWords(one.missing) })) : el("p.state.good", {}, icon("check"), say("page-door-ready")),
    el("div.row-acts", {},
      organizer && !one.missing ? el("button.primary", { type: "button", on: { click: () => admit(room, one) } }, icon("door"), say("page-admit")) : null,
      mine ? el("button.quiet", { type: "button", on: { click: () => vouchToo(room, mine) } }, icon("check"), say("page-vouch-too")) : null,
      el("button.quiet", { type: "button", on: { click: () => object(room, one) } }, icon("close"), say("page-object"))));
}

/** @param {string} room @param {any} contact */
async function vouchToo(room, contact) {
  const lines = [
    say("page-contact-met", { how: methodWords(contact.method), when: date(contact.met_at) }), say("page-vouch-line"), say("page-vouch-once"), say("page-everybody-sees"),
  ];
  if (!(await sure({ title: say("page-vouch-for", { who: contact.handle, room: roomOf(room)?.name ?? "" }), lines, yes: say("page-vouch") }))) return;
  await trying(async () => {
    await call("vouch", { room, contact: contact.id });
    done(say("page-vouched"));
  });
}

/** @param {any} vouch */
function vouchLine(vouch) {
  const words = say("page-vouch-fact", { who: vouch.handle, how: methodWords(vouch.method), when: date(vouch.met_at) });
  return el("li", { class: vouch.refused ? "not" : "" }, icon(vouch.refused ? "close" : "check"),
    el("span", {}, words, vouch.refused ? el("span.soft", {}, " ", say("page-vouch-not", { why: whyWords(vouch.refused) })) : null));
}

/** @param {any} one */
function objectionLine(one) {
  return el("li.against", {}, icon("alarm"), el("span", {}, one.reason ? say("page-against-why", { who: one.handle, why: one.reason }) : say("page-against", { who: one.handle })));
}

/** @param {string} room @param {any} one */
async function admit(room, one) {
  const lines = [
    ...one.vouches.map((/** @type {any} */ vouch) => say("page-vouch-fact", { who: vouch.handle, how: methodWords(vouch.method), when: date(vouch.met_at) })),
    ...one.objections.map((/** @type {any} */ against) => (against.reason ? say("page-against-why", { who: against.handle, why: against.reason }) : say("page-against", { who: against.handle }))),
    say("page-admit-reads"), say("page-admit-seen"), say("page-admit-back"),
  ];
  if (!(await sure({ title: say("page-admit-sure", { who: one.handle }), lines, yes: say("page-admit") }))) return;
  await trying(async () => {
    await unchanged(room, one);
    await call("admit", { room, applicant: one.id, despite_objections: one.objections.length > 0 });
    done(say("page-admitted", { who: one.handle }));
  });
}

/** Nobody is let in against an objection that the person has not seen. @param {string} room @param {any} one */
async function unchanged(room, one) {
  const now = (await call("applicants", { room })).find((/** @type {any} */ other) => other.id === one.id);
  const said = (/** @type {any} */ of) => JSON.stringify([of?.objections, of?.vouches, of?.missing]);
  if (said(now) !== said(one)) throw new Failure("has_changed", say("page-admit-changed"));
}

/** @param {string} room @param {any} one */
function object(room, one) {
  const reason = el("textarea", { rows: "3", maxlength: "500", dir: "auto" });
  return form({
    title: say("page-object-sure", { who: one.handle }), intro: el("p.soft", {}, say("page-object-line")), yes: say("page-object"),
    fields: [field(say("page-object-why"), reason)],
    act: () => call("object", { room, applicant: one.id, reason: reason.value.trim() }),
  });
}

/** @param {any} one @param {string} room @param {boolean} organizer */
function returningCard(one, room, organizer) {
  const since = date(one.absent_since);
  const back = async () => {
    const lines = [say("page-return-away", { since }), say("page-return-ask", { who: one.handle }), say("page-return-reads")];
    if (await sure({ title: say("page-return-sure", { who: one.handle }), lines, yes: say("page-return") })) {
      await trying(() => call("confirm_return", { room, member: one.id }));
    }
  };
  return el("article.card", {},
    el("div.row", {}, monogram(one.handle, one.id), el("h3", {}, said(one.handle))), el("p", {}, say("page-returning", { since })),
    organizer ? el("div.row-acts", {}, el("button.primary", { type: "button", on: { click: back } }, say("page-return"))) : null);
}
