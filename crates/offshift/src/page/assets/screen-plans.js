/**
 * A room's plans and polls, gathered from its messages: what comes first, then what has passed.
 */
import { el, later, refill } from "./dom.js";
import { body } from "./kinds.js";
import { icon } from "./icons.js";
import { actsOf } from "./message-acts.js";
import { askPoll, makePlan } from "./forms.js";
import { failed } from "./notice.js";
import { gather, standIn } from "./gather.js";
import { roomScreen } from "./room-head.js";
import { variant } from "./rpc.js";
import { brief, isTime, say } from "./words.js";

const HOUR = 3_600_000;

/** @param {Record<string, string>} names */
export function plans(names) {
  const room = names.room ?? "";
  const content = el("div.stack", {});
  const found = gather(room, (kind) => kind === "plan" || kind === "poll");
  const draw = later(60, () => refill(content, lists(room, found)));
  const stop = found.follow(draw);
  found.first().then(draw, failed);
  const acts = el("div.row-acts", {},
    el("button.primary", { type: "button", on: { click: () => void makePlan(room) } }, icon("plan"), say("page-plan-make")),
    el("button.quiet", { type: "button", on: { click: () => void askPoll(room) } }, icon("poll"), say("page-poll-ask")));
  return roomScreen(room, "/plans", say("page-tab-plans"), el("div.stack", {}, acts, content), stop);
}

/** @param {string} room @param {any} found */
function lists(room, found) {
  const of = (/** @type {string} */ kind) => found.all.filter((/** @type {any} */ one) => variant(one.kind)[0] === kind);
  const at = (/** @type {any} */ one) => {
    const time = variant(one.kind)[1]?.starts_at;
    return isTime(time) ? time : 0;
  };
  const plans = of("plan").sort((/** @type {any} */ a, /** @type {any} */ b) => at(a) - at(b));
  const coming = plans.filter((/** @type {any} */ one) => at(one) > Date.now() - 6 * HOUR);
  const past = plans.filter((/** @type {any} */ one) => at(one) <= Date.now() - 6 * HOUR).reverse();
  const polls = of("poll").reverse();
  const section = (/** @type {string} */ title, /** @type {any[]} */ list, /** @type {string} */ none) => [
    el("h2", {}, title),
    list.length === 0 ? el("p.soft", {}, none) : el("ul.cards", { role: "list" }, list.map((one) => item(one, room))),
  ];
  const back = el("button.quiet", { type: "button", on: { click: () => found.further().then(() => refill(back.parentElement, lists(room, found)), failed) } }, say("page-look-back"));
  return [
    section(say("page-plans-coming"), coming, say("page-plans-none")),
    section(say("page-polls"), polls, say("page-polls-none")),
    past.length > 0 ? section(say("page-plans-past"), past, "") : null,
    found.more ? back : null,
  ];
}

/** @param {any} message @param {string} room */
function item(message, room) {
  const around = standIn(room);
  return el("li", {}, body(message, around), el("div.item-foot", {},
    el("span.soft", {}, say("page-file-from", { who: message.own ? say("page-you") : message.handle, when: brief(message.at) })),
    el("a", { href: `#/room/${room}/at/${message.id}` }, say("page-show-in-room")), actsOf(message, { ...around, mayPost: () => false })));
}
