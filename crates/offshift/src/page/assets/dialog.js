/**
 * Questions in front of the page: a yes before what can't be undone, and small forms.
 *
 * The browser's own <dialog> holds the focus, closes by Escape and gives the focus back.
 * Never: a yes as the default of what can't be undone.
 */
import { append, el, freshId } from "./dom.js";
import { icon } from "./icons.js";
import { failedHere } from "./notice.js";
import { oddNote } from "./odd.js";
import { say } from "./words.js";

/**
 * What is about to happen, in words; true with a yes.
 * @param {{ title: string, lines: string[], yes: string, grave?: boolean }} plan
 * @returns {Promise<boolean>}
 */
export function sure(plan) {
  return new Promise((answer) => {
    const lines = el("ul.plan", {}, plan.lines.map((line) => el("li", {}, line)));
    const box = open(plan.title, [lines], () => answer(false));
    const yes = el(plan.grave ? "button.grave" : "button.primary", { type: "button" }, plan.yes);
    yes.addEventListener("click", () => {
      answer(true);
      box.close();
    });
    const no = el("button.quiet", { type: "button", autofocus: true, on: { click: () => box.close() } }, say("page-no"));
    box.append(el("div.ends", {}, no, yes));
    box.showModal();
  });
}

/**
 * A form; `act` gets its values, and the form stays open with the reason when `act` fails.
 * `isForAll`: it is sent to a room; `signal` tells `act` when the person closes the form before that.
 * @param {{ title: string, intro?: any, fields: any[], yes: string, act: (form: HTMLFormElement, signal: AbortSignal) => Promise<any>, grave?: boolean, isForAll?: boolean }} what
 * @returns {Promise<boolean>} whether it was done
 */
export function form(what) {
  return new Promise((answer) => {
    let isDone = false;
    const closed = new AbortController();
    const end = () => {
      closed.abort();
      answer(isDone);
    };
    // A press beside it would lose what was typed.
    const box = open(what.title, what.intro ? [what.intro] : [], end, false);
    const wrong = el("p.wrong", { role: "alert" });
    const yes = el(what.grave ? "button.grave" : "button.primary", { type: "submit" }, what.yes);
    const no = el("button.quiet", { type: "button", on: { click: () => box.close() } }, say("page-cancel"));
    const body = el("form", { novalidate: false }, what.fields);
    // What everybody will read is looked at for characters that mislead.
    append(body, [what.isForAll ? oddNote(body) : null, wrong, el("div.ends", {}, no, yes)]);
    body.addEventListener("submit", async (/** @type {Event} */ event) => {
      event.preventDefault();
      yes.disabled = true;
      try {
        await what.act(body, closed.signal);
        isDone = true;
        box.close();
      } catch (error) {
        failedHere(wrong, error);
      }
      yes.disabled = false;
    });
    box.append(body);
    box.showModal();
  });
}

/** Something to read or choose from; gives how to close it. @param {string} title @param {any[]} content */
export function show(title, content) {
  const box = open(title, content, () => {});
  box.showModal();
  return () => box.close();
}

/** @param {string} title @param {any[]} content @param {() => void} closed @param {boolean} [shutsBeside] */
function open(title, content, closed, shutsBeside = true) {
  const id = freshId();
  const shut = el("button.bare.shut", { type: "button", "aria-label": say("page-close") }, icon("close"));
  const head = el("header", {}, el("h2", { id }, title), shut);
  const box = el("dialog", { "aria-labelledby": id }, head, content);
  const before = /** @type {HTMLElement | null} */ (document.activeElement);
  shut.addEventListener("click", () => box.close());
  box.addEventListener("close", () => {
    box.remove();
    closed();
    if (before?.isConnected) before.focus();
  });
  // A press beside the dialog closes it, as Escape does; its own edge is not beside it.
  box.addEventListener("mousedown", (/** @type {MouseEvent} */ event) => {
    if (shutsBeside && event.target === box && isBeside(box.getBoundingClientRect(), event)) box.close();
  });
  document.body.append(box);
  return box;
}

/** @param {DOMRect} box @param {MouseEvent} at */
function isBeside(box, at) {
  return at.clientX < box.left || at.clientX > box.right || at.clientY < box.top || at.clientY > box.bottom;
}

/**
 * A labelled field.
 * @param {string} label
 * @param {any} input
 * @param {string} [hint]
 */
export function field(label, input, hint) {
  input.id ||= freshId();
  const help = hint ? el("p.hint", { id: freshId() }, hint) : null;
  if (help) input.setAttribute("aria-describedby", help.id);
  return el("div.field", {}, el("label", { for: input.id }, label), help, input);
}

/** A box to tick, or one of several to choose. @param {string | any} label @param {any} input @param {string} [hint] */
export function tick(label, input, hint) {
  input.id ||= freshId();
  const help = hint ? el("span.hint", { id: freshId() }, hint) : null;
  if (help) input.setAttribute("aria-describedby", help.id);
  return el("div.tick", {}, input, el("label", { for: input.id }, label), help);
}

/** A group of fields under one question. @param {string} question @param {...any} fields */
export function group(question, ...fields) {
  return el("fieldset", {}, el("legend", {}, question), fields);
}
