/**
 * What a message is, by its kind: words, an announcement, a poll, a plan, a file, or something newer.
 *
 * ```text
 * kind --variant()--> text | announcement | poll | plan | file | taken_back | unknown --> a node
 * ```
 * Never: who chose what in a poll; only counts are shown.
 */
import { append, el, freshId, plain, said, unseen } from "./dom.js";
import { on } from "./events.js";
import { fileCard } from "./file-card.js";
import { icon } from "./icons.js";
import { trying } from "./notice.js";
import { call, keyOf, variant } from "./rpc.js";
import { words } from "./text.js";
import { clock, dayNumber, iso, moment, month, percent, say } from "./words.js";

/** @param {any} message @param {import("./message.js").Around} around */
export function body(message, around) {
  try {
    return drawn(message, around);
  } catch {
    // What a member's program sent has no shape that this page can draw: it must not take the others with it.
    return el("p.soft", {}, say("page-unknown-kind"));
  }
}

/** @param {any} message @param {import("./message.js").Around} around */
function drawn(message, around) {
  const [kind, about] = variant(message.kind);
  switch (kind) {
    case "text":
    case "announcement": return words(message.text ?? "", around.handles());
    case "poll": return pollCard(message, about, around);
    case "plan": return planCard(about);
    case "file": return fileCard(message, about, around.room, around.handles());
    case "taken_back": return el("p.soft", {}, message.own ? say("page-taken-back-own") : say("page-taken-back"));
    default: return el("p.soft", {}, say("page-unknown-kind"));
  }
}

/** A message in one line, for answers, pins and search. @param {any} message */
export function snippet(message) {
  const [kind, about] = variant(message.kind);
  const text = {
    poll: () => say("page-snippet-poll", { what: about.question }),
    plan: () => say("page-snippet-plan", { what: about.title }),
    file: () => say("page-snippet-file", { what: about.name }),
    taken_back: () => say("page-taken-back"),
  }[kind]?.();
  const line = (text ?? (message.text ? plain(message.text) : say("page-unknown-kind"))).replace(/\s+/g, " ").trim();
  return line.length > 160 ? `${line.slice(0, 160)}…` : line;
}

/** What a person has ticked and not sent yet, by poll: it stays when others answer meanwhile. @type {Map<string, number[]>} */
const picked = new Map();
on("forgotten", () => picked.clear());

/** @param {any} message @param {any} poll @param {import("./message.js").Around} around */
function pollCard(message, poll, around) {
  const name = freshId();
  const question = el("legend", { dir: "auto" }, said(poll.question));
  const total = Math.max(poll.answers, 1);
  const key = keyOf(message);
  const send = poll.is_closed ? null : el("button.quiet.small", { type: "submit" }, icon("check"), say("page-answer"));
  const pick = () => picked.set(key, [...form.querySelectorAll("input:checked")].map((input) => Number(input.value)));
  const answer = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const options = picked.get(key);
    if (!options || send.disabled) return;
    send.disabled = true;
    if (await trying(() => call("answer", { room: around.room, poll: message.id, options }))) picked.delete(key);
    send.disabled = false;
  };
  const form = el("form.card.poll", { on: { change: pick, submit: answer } });
  const option = (/** @type {any} */ one, /** @type {number} */ at) => {
    const share = one.count / total;
    const id = freshId();
    const input = poll.is_closed ? null : el("input", { id, type: poll.several ? "checkbox" : "radio", name, value: String(at), checked: picked.get(key)?.includes(at) ?? one.own });
    const label = poll.is_closed ? el("span", {}, said(one.text), one.own ? el("span.mark", {}, icon("check"), say("page-poll-yours")) : null) : el("label", { for: id }, said(one.text));
    const count = el("span.poll-count", {}, say("page-poll-count", { count: one.count }), unseen(` ${percent(share)}`));
    return el("div.option", { class: one.own ? "own-choice" : "" }, input, label, count, el("progress", { max: "1", value: share, "aria-hidden": "true" }));
  };
  const state = poll.is_closed ? say("page-poll-closed", { count: poll.answers }) : say("page-poll-answers", { count: poll.answers });
  append(form, [el("p.kind-label", {}, icon("poll"), say("page-poll")),
    el("fieldset", {}, question, !poll.is_closed && poll.several ? el("p.hint", {}, say("page-poll-several")) : null, poll.options.map(option)),
    send ? el("div.row-acts", {}, send) : null,
    el("p.soft.small-text", {}, state, " ", poll.is_closed ? null : say("page-poll-honest"))]);
  return form;
}

/** @param {any} plan */
export function planCard(plan) {
  const at = plan.starts_at;
  const sheet = el("div.sheet", { "aria-hidden": "true" },
    el("span", {}, month(at)), el("strong", {}, dayNumber(at)));
  return el("div.card.plan-card", { class: plan.is_called_off ? "off" : "" }, sheet, el("div", {},
    el("p.kind-label", {}, plan.is_called_off ? say("page-plan-off") : say("page-plan")),
    said(plan.title, "p.card-title"),
    el("p", {}, icon("clock"), el("time", { datetime: iso(at) }, moment(at)), unseen(clock(at))),
    plan.place ? el("p", {}, icon("door"), said(plan.place)) : null,
    plan.note ? said(plan.note, "p.soft.lines") : null,
    plan.changed_by ? el("p.soft.small-text", {}, say("page-plan-changed", { by: plan.changed_by })) : null));
}
