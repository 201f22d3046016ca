/**
 * Who is in a room, how each came in, and what can be done about each.
 *
 * Never: presence, ratings, or a real name other than as the person's own note.
 */
import { putOut, putOutSeveral, recall, stopPhone } from "./acts-out.js";
import { field, form } from "./dialog.js";
import { el, refill, said } from "./dom.js";
import { tell } from "./events.js";
import { icon } from "./icons.js";
import { menu } from "./menu.js";
import { done, trying } from "./notice.js";
import { drawnScreen } from "./room-head.js";
import { call, variant } from "./rpc.js";
import { go } from "./router.js";
import { methodWords } from "./sentences.js";
import { sure } from "./dialog.js";
import { firstOf, peopleIn } from "./store.js";
import { monogram } from "./text.js";
import { date, list, say } from "./words.js";

const STATES = { severed: "page-past-severed", stopped: "page-past-stopped", lifted: "page-past-lifted", member: "page-past-left" };
const CHANGES = ["joined", "device_joined", "removed", "rejoined", "confirmed", "review_needed", "motion_carried", "rooms", "noted", "again"];

/** @param {Record<string, string>} names */
export function people(names) {
  return drawnScreen(names, "/people", say("page-tab-people"), CHANGES, drawAll);
}

/** @param {HTMLElement} body @param {string} room */
async function drawAll(body, room) {
  const [members, past, motions] = await Promise.all([call("members", { room }), call("past_members", { room }), call("motions", { room }).catch(() => [])]);
  const you = members.find((/** @type {any} */ one) => one.is_you);
  const review = members.filter((/** @type {any} */ one) => one.is_under_review);
  if (body.contains(document.activeElement) && document.querySelector(".menu")) return;
  refill(body,
    review.length > 0 ? reviewNote(review) : null,
    motions.length > 0 ? el("a.note-line", { href: `#/room/${room}/rules` }, icon("rules"), say("page-motions-waiting", { count: motions.length })) : null,
    el("h2", {}, say("page-people-in", { count: peopleIn({ members }) })),
    el("ul.people", { role: "list" }, members.map((/** @type {any} */ one) => memberLine(one, members, you, room))),
    el("p.row-acts", {}, el("a.button.quiet", { href: `#/room/${room}/door` }, icon("door"), say("page-people-bring")),
      el("a.button.quiet", { href: `#/meet/link-${room}` }, icon("phone"), say("page-link-phone")),
      you?.is_organizer && members.length > 2 ? el("button.quiet", { type: "button", on: { click: () => void putOutSeveral(room, members) } }, icon("out"), say("page-put-out-several")) : null),
    past.length > 0 ? el("details", {}, el("summary", {}, say("page-people-past", { count: past.length })),
      el("ul.people", { role: "list" }, past.map((/** @type {any} */ one) => pastLine(one, you, room)))) : null);
}

/** @param {any[]} review */
function reviewNote(review) {
  return el("div.note-line.warn", {}, icon("alarm"), el("div", {},
    el("p", {}, say("page-review-who", { who: list(review.map((one) => one.handle)) })), el("p.soft", {}, say("page-review-why"))));
}

/** @param {any} one @param {any[]} members @param {any} you @param {string} room */
function memberLine(one, members, you, room) {
  const marks = [
    one.is_you ? el("span.badge.you", {}, say("page-you")) : null,
    one.is_organizer ? el("span.badge", {}, say("page-organizer")) : null,
    one.is_under_review ? el("span.badge.warn", {}, say("page-under-review")) : null,
    one.probation_until && one.probation_until > Date.now() ? el("span.badge.soft", {}, say("page-probation", { until: date(one.probation_until) })) : null,
  ];
  return el("li.person", {}, monogram(one.handle, one.id),
    el("div.person-words", {}, el("p.person-name", {}, said(one.handle, "strong"), marks),
      el("p.soft", {}, origin(one), " ", say("page-branch", { of: one.branch })),
      one.note ? el("p.own-note", {}, icon("edit"), said(one.note)) : null),
    menu({ name: say("page-person-more", { who: one.handle }), choices: () => choices(one, members, you, room) }));
}

/** How somebody came in, in one sentence. @param {any} one */
export function origin(one) {
  const [kind, about] = variant(one.origin);
  const when = date(one.joined_at);
  if (kind === "founder") return say("page-origin-founder", { when });
  if (kind === "device_of") return say("page-origin-device", { of: about.handle, when });
  const by = list((about ?? []).map((/** @type {any} */ voucher) => say("page-origin-voucher", { who: voucher.handle, how: methodWords(voucher.method) })));
  return say("page-origin-vouched", { by, when });
}

/** @param {any} one @param {any[]} members @param {any} you @param {string} room */
function choices(one, members, you, room) {
  const organizer = you?.is_organizer === true;
  const acts = [{ name: say("page-note-edit"), icon: "edit", act: () => noteOn({ member: [room, one.id] }, one), grave: false }];
  const add = (/** @type {boolean} */ can, /** @type {string} */ name, /** @type {any} */ picture, /** @type {() => any} */ act, grave = false) => {
    if (can) acts.push({ name, icon: picture, act, grave });
  };
  add(true, say("page-exposure-look"), "eye", () => go(`/room/${room}/exposure/${one.id}`));
  add(one.is_under_review && !one.is_you, say("page-revouch"), "check", () => revouch(one, room));
  add(one.is_under_review && organizer, say("page-review-end"), "check", () => endReview(one, room));
  add(organizer && !one.is_organizer, say("page-make-organizer"), "add", () => propose(room, { name_organizer: one.id }, say("page-motion-name", { who: one.handle })));
  add(organizer && one.is_organizer, say("page-drop-organizer"), "undo", () => propose(room, { drop_organizer: one.id }, say("page-motion-drop", { who: one.handle })));
  add(organizer || isOwn(one, members), say("page-stop-phone"), "phone", () => stopPhone(room, one, members), true);
  add(organizer && !one.is_you, say("page-put-out"), "out", () => putOut(room, [one], members), true);
  add(!organizer && !one.is_you, say("page-recall"), "out", () => recall(room, one, members), true);
  return acts;
}

/** Another device of one's own. @param {any} one @param {any[]} members */
function isOwn(one, members) {
  const you = members.find((other) => other.is_you);
  return Boolean(you) && !one.is_you && firstOf(one) === firstOf(you);
}

/** @param {any} on @param {any} one */
export function noteOn(on, one) {
  const text = el("input", { value: one.note ?? "", maxlength: "256", dir: "auto", autocomplete: "off" });
  return form({
    title: say("page-note-on", { who: one.handle }), yes: say("page-save"),
    fields: [field(say("page-note"), text, say("page-note-hint"))],
    act: () => call("note", { on, text: text.value.trim() }),
  }).then((isDone) => isDone && tell("noted"));
}

/** @param {any} one @param {string} room */
async function revouch(one, room) {
  const plan = { title: say("page-revouch-sure", { who: one.handle }), lines: [say("page-revouch-line"), say("page-everybody-sees")], yes: say("page-revouch") };
  if (await sure(plan)) await trying(() => call("revouch", { room, member: one.id, method: "in_person" }));
}

/** @param {any} one @param {string} room */
async function endReview(one, room) {
  const plan = { title: say("page-review-end-sure", { who: one.handle }), lines: [say("page-review-end-line"), say("page-review-end-needs")], yes: say("page-review-end") };
  if (await sure(plan)) await trying(() => call("confirm", { room, member: one.id }));
}

/** @param {string} room @param {any} proposal @param {string} words */
export async function propose(room, proposal, words) {
  const plan = { title: words, lines: [say("page-propose-two"), say("page-propose-later")], yes: say("page-propose") };
  if (!(await sure(plan))) return;
  await trying(async () => {
    const [step] = variant(await call("propose", { room, proposal }));
    done(step === "waiting" ? say("page-proposed") : say("page-decided"));
  });
}

/** @param {any} one @param {any} you @param {string} room */
function pastLine(one, you, room) {
  const words = say(STATES[/** @type {keyof typeof STATES} */ (one.state)] ?? "page-past-left", { when: one.left_at ? date(one.left_at) : "" });
  const lift = you?.is_organizer && one.state === "severed"
    ? el("button.quiet.small", { type: "button", on: { click: () => propose(room, { lift: one.id }, say("page-motion-lift", { who: one.handle })) } }, say("page-lift")) : null;
  return el("li.person.past", {}, monogram(one.handle, one.id),
    el("div.person-words", {}, el("p.person-name", {}, said(one.handle, "strong")), el("p.soft", {}, words), one.note ? el("p.own-note", {}, icon("edit"), said(one.note)) : null),
    el("div.row-acts", {}, el("a.button.quiet.small", { href: `#/room/${room}/exposure/${one.id}` }, say("page-exposure-look")), lift));
}
