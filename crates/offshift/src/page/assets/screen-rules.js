/**
 * The rules of a room, what will change, what waits for approval, and how an organizer proposes a change.
 *
 * Never: a change that looks as if one person could make it.
 */
import { field, form, sure } from "./dialog.js";
import { el, refill, said } from "./dom.js";
import { icon } from "./icons.js";
import { done, trying } from "./notice.js";
import { drawnScreen } from "./room-head.js";
import { call, variant } from "./rpc.js";
import { motionWords, termName, termWords, valueWords } from "./sentences.js";
import { date, list, say } from "./words.js";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const CHANGES = ["motion_raised", "motion_carried", "terms_will_change", "message", "removed", "again"];

/** @param {Record<string, string>} names */
export function rules(names) {
  return drawnScreen(names, "/rules", say("page-tab-rules"), CHANGES, drawAll);
}

/** @param {HTMLElement} body @param {string} room */
async function drawAll(body, room) {
  const [policy, motions, members] = await Promise.all([call("policy", { room }), call("motions", { room }), call("members", { room })]);
  const organizer = members.some((/** @type {any} */ one) => one.is_you && one.is_organizer);
  refill(body,
    motions.length > 0 ? [el("h2", {}, say("page-motions")), el("ul.cards", { role: "list" }, motions.map((/** @type {any} */ one) => el("li", {}, motionCard(one, room))))] : null,
    el("h2", {}, say("page-rules")),
    el("p.soft", {}, say("page-rules-organizers", { who: list(policy.organizers.map((/** @type {any} */ one) => one[1] ?? one.handle)) }), " ",
      policy.is_founding ? say("page-rules-founding") : ""),
    el("p.soft", {}, organizer ? say("page-rules-change") : say("page-rules-read")),
    el("dl.terms", {}, policy.terms.map((/** @type {any} */ term) => termLine(term, room, organizer))));
}

/** @param {any} motion @param {string} room */
function motionCard(motion, room) {
  const who = list(motion.approvals.map((/** @type {any} */ one) => one[1] ?? one.handle));
  const yes = el("button.primary", { type: "button", on: { click: () => approve(room, motion) } }, icon("check"), say("page-approve"));
  return el("article.card", {}, el("h3", {}, motionWords(motion.what)),
    el("p", {}, say("page-motion-state", { count: motion.approvals.length, needed: motion.needed })),
    el("p.soft", {}, say("page-motion-for", { who }), " ", say("page-motion-until", { until: date(motion.until) })),
    motion.is_approved_by_you ? el("p.state.good", {}, icon("check"), say("page-motion-yours")) : el("div.row-acts", {}, yes));
}

/** @param {string} room @param {any} motion */
async function approve(room, motion) {
  const [kind] = variant(motion.what);
  const removal = kind === "sever" || kind === "recall";
  const lines = [
    say("page-approve-last", { count: motion.approvals.length, needed: motion.needed }),
    ...(removal ? [say("page-approve-out"), say("page-cannot-erase")] : []), say("page-everybody-sees"),
  ];
  if (!(await sure({ title: motionWords(motion.what), lines, yes: say("page-approve"), grave: removal }))) return;
  await trying(async () => {
    const [step] = variant(await call("approve", { room, motion: motion.id }));
    done(step === "waiting" ? say("page-approved") : say("page-decided"));
  });
}

/** @param {any} term @param {string} room @param {boolean} organizer */
function termLine(term, room, organizer) {
  const coming = term.coming ? el("p.note-line", {}, icon("clock"), say("page-term-coming", { value: valueWords(term.coming[0], term.term), when: date(term.coming[1]) })) : null;
  const change = organizer ? el("button.bare", { type: "button", "aria-label": say("page-term-change", { term: termWords(term.term) }), title: say("page-term-change-short"), on: { click: () => changeTerm(term, room) } }, icon("edit")) : null;
  return el("div.term", {}, el("dt", {}, termWords(term.term)), el("dd", {}, el("strong", {}, said(valueWords(term.value, term.term))), change, coming));
}

/** @param {any} term @param {string} room */
function changeTerm(term, room) {
  const [kind, amount] = variant(term.value);
  const edit = kind === "yes" ? yesNo(amount) : kind === "count" ? count(term, amount) : time(amount);
  return form({
    title: termWords(term.term), yes: say("page-propose"),
    intro: el("ul.plan", {}, el("li", {}, say("page-propose-two")), el("li", {}, say("page-propose-later"))),
    fields: edit.fields,
    act: async () => {
      const [step] = variant(await call("propose", { room, proposal: { terms: [[term.term, edit.value()]] } }));
      done(step === "waiting" ? say("page-proposed") : say("page-decided"));
    },
  });
}

/** @param {boolean} now */
function yesNo(now) {
  const choice = el("select", {}, el("option", { value: "yes" }, say("page-value-yes")), el("option", { value: "no" }, say("page-value-no")));
  choice.value = now ? "yes" : "no";
  return { fields: [field(say("page-term-value"), choice)], value: () => ({ yes: choice.value === "yes" }) };
}

/** @param {any} term @param {number} now */
function count(term, now) {
  const range = (term.range ?? []).map((/** @type {any} */ end) => variant(end)[1]);
  const input = el("input", { type: "number", required: true, min: range[0], max: range[1], value: String(now) });
  return { fields: [field(say("page-term-value"), input)], value: () => ({ count: Number(input.value) }) };
}

/** @param {number} now */
function time(now) {
  const inDays = now === 0 || now % DAY === 0;
  const input = el("input", { type: "number", required: true, min: "0", value: String(inDays ? now / DAY : Math.ceil(now / HOUR)) });
  const unit = el("select", {}, el("option", { value: "d" }, say("page-days")), el("option", { value: "h" }, say("page-hours")));
  unit.value = inDays ? "d" : "h";
  return { fields: [field(say("page-term-value"), input), field(say("page-term-unit"), unit)], value: () => ({ time: Number(input.value) * (unit.value === "d" ? DAY : HOUR) }) };
}

