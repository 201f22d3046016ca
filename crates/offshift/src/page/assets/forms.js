/**
 * What is written with more than words: a poll, a plan, an announcement.
 */
import { field, form, tick } from "./dialog.js";
import { el } from "./dom.js";
import { done } from "./notice.js";
import { call } from "./rpc.js";
import { isTime, say } from "./words.js";

/** As many as a poll may have (content.proto). */
const OPTIONS_MAX = 16;

/** @param {string} room */
export function askPoll(room) {
  const question = el("input", { required: true, maxlength: "500", dir: "auto", autocomplete: "off" });
  const several = el("input", { type: "checkbox" });
  const options = el("div.options", {});
  const add = () => {
    const at = options.children.length + 1;
    options.append(field(say("page-poll-option", { at }), el("input", { required: at <= 2, maxlength: "200", dir: "auto", autocomplete: "off", class: "poll-option" })));
    more.hidden = at >= OPTIONS_MAX;
  };
  const more = el("button.quiet.small", { type: "button", on: { click: () => { add(); options.lastElementChild?.querySelector("input")?.focus(); } } }, say("page-poll-more"));
  add();
  add();
  const texts = () => [...options.querySelectorAll("input")].map((input) => input.value.trim()).filter(Boolean);
  return form({
    title: say("page-poll-ask"), yes: say("page-poll-send"), isForAll: true,
    fields: [field(say("page-poll-question"), question), options, more, tick(say("page-poll-allow-several"), several), el("p.hint", {}, say("page-poll-honest"))],
    act: async () => {
      await call("poll", { room, question: question.value.trim(), options: texts(), several: several.checked });
      done(say("page-poll-sent"));
    },
  });
}

/** @param {string} room */
export function makePlan(room) {
  return planForm(say("page-plan-make"), say("page-plan-send"), null, (planned) => call("plan", { room, planned }));
}

/** @param {string} room @param {string} id @param {any} plan */
export function changePlan(room, id, plan) {
  return planForm(say("page-plan-change"), say("page-plan-change"), plan, (planned) => call("change_plan", { room, plan: id, planned }));
}

/** @param {string} title @param {string} yes @param {any} before @param {(planned: any) => Promise<any>} act */
function planForm(title, yes, before, act) {
  const text = (/** @type {string} */ value, /** @type {number} */ most, needed = false) =>
    el("input", { value, required: needed, maxlength: String(most), dir: "auto", autocomplete: "off" });
  const name = text(before?.title ?? "", 200, true);
  const place = text(before?.place ?? "", 200);
  const note = el("textarea", { rows: "3", maxlength: "2000", dir: "auto", value: before?.note ?? "" });
  const at = el("input", { type: "datetime-local", required: true, value: local(isTime(before?.starts_at) ? before.starts_at : nextEvening()) });
  return form({
    title, yes, isForAll: true,
    fields: [field(say("page-plan-title"), name), field(say("page-plan-when"), at), field(say("page-plan-place"), place), field(say("page-plan-note"), note)],
    act: () => act({ title: name.value.trim(), place: place.value.trim(), starts_at: new Date(at.value).getTime(), note: note.value.trim() }),
  });
}

/** When people have come off the shift. */
function nextEvening() {
  const at = new Date();
  at.setDate(at.getDate() + 1);
  return at.setHours(18, 0, 0, 0);
}

/** As the field for a date and a time writes it. @param {number} ms */
function local(ms) {
  const at = new Date(ms - new Date(ms).getTimezoneOffset() * 60_000);
  return at.toISOString().slice(0, 16);
}

/** @param {string} room */
export function announce(room) {
  const text = el("textarea", { rows: "6", required: true, dir: "auto" });
  return form({
    title: say("page-announce"), intro: el("p.soft", {}, say("page-announce-text")), yes: say("page-announce-send"), isForAll: true,
    fields: [field(say("page-announce-words"), text)],
    act: () => call("announce", { room, text: text.value }),
  });
}
