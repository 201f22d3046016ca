/**
 * One message: who, when, what it answers, its words or what else it is, and the marks on it.
 *
 * Never: who read it; nobody knows that.
 */
import { el, fill, said, unseen } from "./dom.js";
import { icon } from "./icons.js";
import { body, snippet } from "./kinds.js";
import { actsOf, react } from "./message-acts.js";
import { trying } from "./notice.js";
import { call, variant } from "./rpc.js";
import { sentence } from "./sentences.js";
import { monogram, words } from "./text.js";
import { clock, iso, moment, number, say } from "./words.js";

/**
 * What messages need of the screen that they stand on.
 * @typedef {{ room: string, handles: () => string[], organizers: () => Set<string>, find: (id: string) => any, jump: (id: string) => void,
 *   reply: (message: any) => void, edit: (message: any) => void, isOrganizer: () => boolean, mayPost: () => boolean }} Around
 */

/** @param {any} message @param {Around} around */
export function messageNode(message, around) {
  const [kind] = variant(message.kind);
  const line = sentence(message);
  if (line) return el("li.message.system", {}, el("p", {}, line, " ", time(message), next(message, around)));
  const isGone = kind === "taken_back";
  const who = message.own ? say("page-you") : message.handle;
  const head = el("div.who", {}, el("strong", {}, message.own ? who : said(who)),
    around.organizers().has(message.sender) && !message.own ? el("span.badge", {}, say("page-organizer")) : null,
    time(message), message.is_edited ? el("span.mark", {}, say("page-edited")) : null,
    message.is_pinned ? el("span.mark", {}, icon("pin"), say("page-pinned")) : null,
    message.own && !isGone ? el("span.mark.sent", { title: say("page-sent") }, icon("check"), unseen(say("page-sent"))) : null);
  const node = el("li.message", { class: classes(message, kind) },
    monogram(message.handle, message.sender),
    el("div.content", {}, head, message.reply_to ? quote(message.reply_to, around) : null,
      kind === "announcement" ? el("p.announce-label", {}, icon("announce"), say("page-announcement")) : null,
      body(message, around), reactions(message, around)));
  if (!isGone) node.append(actsOf(message, around));
  return node;
}

/** @param {any} message @param {string} kind */
function classes(message, kind) {
  return [`kind-${kind}`, message.own ? "own" : "", message.mentions_you ? "mentions-you" : "", message.is_pinned ? "is-pinned" : ""].join(" ");
}

/** @param {any} message */
function time(message) {
  return el("time", { datetime: iso(message.at), title: moment(message.at) }, clock(message.at));
}

/** Where one acts on what a member said. @param {any} message @param {Around} around */
function next(message, around) {
  const [kind] = variant(message.kind);
  const to = { vouched: "/door", objection: "/door", revouched: "/people", approved: "/rules" }[kind];
  return to ? [" ", el("a", { href: `#/room/${around.room}${to}` }, say("page-see"))] : null;
}

/** What is answered, in one line, with the way there. @param {string} id @param {Around} around */
function quote(id, around) {
  const box = el("button.quote", { type: "button", on: { click: () => around.jump(id) } });
  const draw = (/** @type {any} */ to) => fill(box, icon("reply"), unseen(`${say("page-answer-to")} `),
    el("strong", {}, to.own ? say("page-you") : said(to.handle)), " ", el("span", { dir: "auto" }, snippet(to)));
  const here = around.find(id);
  if (here) draw(here);
  else {
    fill(box, icon("reply"), say("page-answer-to"), " …");
    call("message", { room: around.room, id }).then(draw, () => fill(box, icon("reply"), say("page-answer-lost")));
  }
  return box;
}

/** @param {any} message @param {Around} around */
function reactions(message, around) {
  if (!message.reactions?.length) return null;
  const one = (/** @type {any} */ mark) => {
    const words = say("page-reaction", { mark: mark.mark, who: mark.by.join(", "), count: mark.by.length });
    const press = () => trying(() => react(around.room, message, mark.own ? "" : mark.mark));
    return el("li", {}, el("button.reaction", { type: "button", "aria-pressed": mark.own ? "true" : "false", title: words, on: { click: press } },
      said(mark.mark, "span"), el("span.number", { "aria-hidden": "true" }, number(mark.by.length)), unseen(` ${words}`)));
  };
  return el("ul.reactions", { role: "list", "aria-label": say("page-reactions") }, message.reactions.map(one));
}

/** An own message that has not come through yet. @param {any} one @param {string} handle @param {string[]} handles */
export function waitingNode(one, handle, handles) {
  return el("li.message.own.waiting", {}, monogram(handle, ""), el("div.content", {},
    el("div.who", {}, el("strong", {}, say("page-you")), el("span.mark", {}, icon("clock"), say("page-waiting"))),
    one.text ? words(one.text, handles) : el("p.soft", {}, say("page-waiting-other"))));
}
