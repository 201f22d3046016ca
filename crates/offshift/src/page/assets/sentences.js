/**
 * What members said about the room, and what happened in it, as sentences.
 *
 * Never: a handle as a part of a sentence without marks that hold its direction (words.js adds them).
 */
import { variant } from "./rpc.js";
import { whyWords } from "./why.js";
import { list, say, span } from "./words.js";

export const METHODS = { in_person: "method-in_person", call: "method-call" };
export const TERMS = {
  vouches: "page-term-vouches", probation: "page-term-probation", vouch_budget: "page-term-vouch-budget", calls: "page-term-calls",
  recall: "page-term-recall", rejoin: "page-term-rejoin", key_age: "page-term-key-age", message_life: "page-term-message-life",
  change_life: "page-term-change-life", disappear: "page-term-disappear", organizers_post: "page-term-organizers-post",
};
const MOTIONS = {
  sever: "page-motion-sever", recall: "page-motion-recall", terms: "page-motion-terms", name_organizer: "page-motion-name",
  drop_organizer: "page-motion-drop", lift: "page-motion-lift",
};

/** How two people met. @param {string} method */
export const methodWords = (method) => say(METHODS[/** @type {keyof typeof METHODS} */ (method)] ?? "method-in_person");

/** The line that stands in the room instead of a message; nothing for what has words of its own. @param {any} message */
export function sentence(message) {
  const [kind, about] = variant(message.kind);
  const by = message.handle;
  if (kind === "vouched") return say("page-said-vouched", { by, who: about.applicant, how: methodWords(about.method) });
  if (kind === "revouched") return say("page-said-revouched", { by, who: about.member, how: methodWords(about.method) });
  if (kind === "objection" && about.reason) return say("page-said-objection-why", { by, who: about.applicant, why: about.reason });
  if (kind === "objection") return say("page-said-objection", { by, who: about.applicant });
  if (kind === "approved") return say("page-said-approved", { by, what: motionWords(about) });
  return null;
}

/** What members decide. @param {any} motion */
export function motionWords(motion) {
  const [kind, about] = variant(motion);
  const key = MOTIONS[/** @type {keyof typeof MOTIONS} */ (kind)];
  if (!key) return say("page-motion-other");
  if (kind === "sever") return say(key, { who: list(about) });
  if (kind === "terms" && !about?.length) return say("page-motion-terms-same");
  if (kind === "terms") return say(key, { what: (about ?? []).map(termChange).join("; ") });
  return say(key, { who: about });
}

/** @param {any} change */
function termChange(change) {
  const [term, value] = Array.isArray(change) ? change : [change.term, change.value];
  return `${termWords(term)}: ${valueWords(value)}`;
}

/** @param {string} term */
export function termWords(term) {
  const key = TERMS[/** @type {keyof typeof TERMS} */ (termName(term))];
  return key ? say(key) : term;
}

/** @param {string} term */
export const termName = (term) => String(term).replaceAll("-", "_");

/** A term's value as people read it. @param {any} value @param {string} [term] */
export function valueWords(value, term) {
  const [kind, amount] = variant(value);
  if (kind === "count") return say("page-value-count", { count: amount });
  if (kind === "yes") return amount ? say("page-value-yes") : say("page-value-no");
  if (amount === 0) return term && termName(term) === "disappear" ? say("page-value-never") : say("page-value-at-once");
  return Number(amount) > 3_650 * 86_400_000 ? say("page-value-always") : span(Number(amount));
}

/** What happened in a room, for its screen and for screen readers; nothing for what shows by itself. @param {any} event */
export function eventWords(event) {
  const name = event.handle;
  switch (event.event) {
    case "joined":
      return event.vouchers?.length
        ? say("page-event-joined", { who: name, by: event.by, vouchers: list(event.vouchers.map((/** @type {any} */ one) => one.handle ?? one[0])) })
        : say("page-event-founder", { who: name });
    case "device_joined": return say("page-event-device", { who: name, of: event.of });
    case "removed": return removed(event);
    case "rejoined": return say("page-event-rejoined", { who: name });
    case "confirmed": return say("page-event-confirmed", { who: name, by: event.by });
    case "review_needed": return say("page-event-review", { who: list(event.members.map((/** @type {any} */ one) => one[1] ?? one.handle)) });
    case "motion_carried": return say("page-event-carried", { what: motionWords(event.what), by: event.by });
    case "terms_will_change": return say("page-event-terms", { when: new Date(event.binds_at).toLocaleDateString(document.documentElement.lang) });
    case "keys_changed": return say("page-event-keys");
    case "change_dropped": return say("page-event-dropped", { why: whyWords(event.why) });
    case "not_shown": return say("page-event-not-shown", { by: event.by ?? say("page-somebody") });
    case "wants_back": return say("page-event-wants-back", { who: name });
    case "without_ticket": return say("page-event-without-ticket", { who: name });
    default: return null;
  }
}

/** @param {any} event */
function removed(event) {
  const args = { who: event.handle, by: event.by };
  if (event.how === "recalled") return say("page-event-recalled", args);
  return event.how === "stopped" ? say("page-event-stopped", args) : say("page-event-severed", args);
}
