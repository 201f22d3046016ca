/**
 * What one can do with a message: react, answer, edit, take back, pin, copy; close a poll, change a plan.
 *
 * Never: an act that the engine would refuse offered as if it could be done.
 */
import { field, form, sure } from "./dialog.js";
import { el } from "./dom.js";
import { changePlan } from "./forms.js";
import { icon } from "./icons.js";
import { menu } from "./menu.js";
import { done, trying } from "./notice.js";
import { call, variant } from "./rpc.js";
import { copyText } from "./copy.js";
import { say } from "./words.js";

const MARKS = ["👍", "❤️", "✊", "🎉", "😢", "❓"];

/** An empty mark takes the own one away. @param {string} room @param {any} message @param {string} mark */
export const react = (room, message, mark) => call("react", { room, message: message.id, mark });

/** @param {any} message @param {import("./message.js").Around} around */
export function actsOf(message, around) {
  const answer = el("button.bare", { type: "button", "aria-label": say("page-answer-message"), title: say("page-answer"), on: { click: () => around.reply(message) } }, icon("reply"));
  const more = menu({ name: say("page-more"), before: (close) => marks(message, around, close), choices: () => choices(message, around) });
  return el("div.acts", {}, around.mayPost() ? answer : null, more);
}

/** @param {any} message @param {import("./message.js").Around} around @param {() => void} close */
function marks(message, around, close) {
  const own = (message.reactions ?? []).find((/** @type {any} */ one) => one.own)?.mark;
  const press = (/** @type {string} */ mark) => {
    close();
    void trying(() => react(around.room, message, mark === own ? "" : mark));
  };
  const other = () => {
    close();
    void otherMark(around.room, message);
  };
  return el("div.marks", { role: "group", "aria-label": say("page-react") },
    MARKS.map((mark) => el("button.bare.emoji", { type: "button", role: "menuitem", tabindex: "-1", class: mark === own ? "chosen" : "", "aria-label": say("page-react-with", { mark }), on: { click: () => press(mark) } }, mark)),
    el("button.bare", { type: "button", role: "menuitem", tabindex: "-1", "aria-label": say("page-react-other"), title: say("page-react-other"), on: { click: other } }, icon("smile")));
}

/** @param {string} room @param {any} message */
function otherMark(room, message) {
  const mark = el("input", { maxlength: "16", required: true, autocomplete: "off" });
  return form({
    title: say("page-react-other"), yes: say("page-react"), fields: [field(say("page-react-word"), mark, say("page-react-hint"))],
    act: () => react(room, message, mark.value.trim()),
  });
}

/** @param {any} message @param {import("./message.js").Around} around */
function choices(message, around) {
  const [kind, about] = variant(message.kind);
  const rights = message.own || around.isOrganizer();
  const at = { room: around.room, message: message.id };
  const list = [];
  const add = (/** @type {boolean} */ can, /** @type {string} */ name, /** @type {any} */ picture, /** @type {() => any} */ act, grave = false) => {
    if (can) list.push({ name, icon: picture, act, grave });
  };
  // Where nothing hovers, the button of its own is not there.
  add(around.mayPost(), say("page-answer"), "reply", () => around.reply(message));
  add(Boolean(message.text), say("page-copy-text"), "copy", () => copyText(message.text));
  add(message.own && (kind === "text" || kind === "announcement"), say("page-edit"), "edit", () => around.edit(message));
  add(around.mayPost(), message.is_pinned ? say("page-unpin") : say("page-pin"), "pin", () => trying(() => call("pin", { ...at, on: !message.is_pinned })));
  add(kind === "poll" && !about.is_closed && rights, say("page-poll-close"), "check", () => closePoll(around.room, message));
  add(kind === "plan" && !about.is_called_off && rights, say("page-plan-change"), "edit", () => changePlan(around.room, message.id, about));
  add(kind === "plan" && !about.is_called_off && rights, say("page-plan-call-off"), "close", () => callOff(around.room, message, about), true);
  add(message.own, say("page-take-back"), "undo", () => takeBack(around.room, message), true);
  return list;
}

/** @param {string} room @param {any} message */
async function takeBack(room, message) {
  const plan = { title: say("page-take-back-sure"), lines: [say("page-take-back-line"), say("page-cannot-erase")], yes: say("page-take-back"), grave: true };
  if (await sure(plan)) await trying(() => call("take_back", { room, message: message.id }));
}

/** @param {string} room @param {any} message */
export async function closePoll(room, message) {
  const plan = { title: say("page-poll-close-sure"), lines: [say("page-poll-close-line")], yes: say("page-poll-close") };
  if (!(await sure(plan))) return;
  await trying(async () => {
    await call("close_poll", { room, poll: message.id });
    done(say("page-poll-close-done"));
  });
}

/** @param {string} room @param {any} message @param {any} about */
export async function callOff(room, message, about) {
  const plan = { title: say("page-plan-call-off-sure", { what: about.title }), lines: [say("page-plan-call-off-line")], yes: say("page-plan-call-off"), grave: true };
  if (await sure(plan)) await trying(() => call("call_off", { room, plan: message.id }));
}
