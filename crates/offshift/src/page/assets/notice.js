/**
 * Short notices: what was done, what failed and what to do next; the same words for screen readers.
 *
 * Never: a notice that covers what the person types in, or that vanishes before it can be read when it matters.
 */
import { el, fill } from "./dom.js";
import { icon } from "./icons.js";
import { Failure } from "./rpc.js";
import { has, say } from "./words.js";

const STAYS_MS = 5000;
const SHOWN_MAX = 3;

/** What this page itself can say about a failure; all else comes in words from the engine. */
const OWN_WORDS = {
  gone: "page-error-gone",
  refused: "page-error-refused",
  refused_here: "page-error-other",
  busy: "page-error-busy",
  garbled: "page-error-garbled",
  locked: "page-error-locked",
  no_such_verb: "page-error-too-old",
};

let hush = 0;
let isMuted = true;

/** Says `text` to screen readers, at their next pause. It goes then: a message that is taken back must not stay here. @param {string} text */
export function speak(text) {
  const place = document.getElementById("polite");
  if (!place) return;
  place.textContent = text;
  clearTimeout(hush);
  hush = setTimeout(() => (place.textContent = ""), STAYS_MS);
}

/** Takes all notices away, and lets none come before the page is open again: what they say is of an open page. */
export function mute() {
  isMuted = true;
  for (const id of ["polite", "urgent", "toasts"]) document.getElementById(id)?.replaceChildren();
}

/** The page is open: what is done and what fails is said from now on. */
export function unmute() {
  isMuted = false;
}

/** Says that something is done. @param {string} text */
export function done(text) {
  if (isMuted) return;
  speak(text);
  show(text, "done", STAYS_MS);
}

/** Says why something failed. @param {unknown} error */
export function failed(error) {
  if (isMuted) return;
  const text = wordsOf(error);
  const place = document.getElementById("urgent");
  if (place) place.textContent = text;
  show(text, isTrust(error) ? "trust" : "failed", 0);
}

/** The sentence of a failure. @param {unknown} error */
export function wordsOf(error) {
  if (!(error instanceof Failure)) return say("page-error-page");
  const key = OWN_WORDS[/** @type {keyof typeof OWN_WORDS} */ (error.kind)];
  if (key) return say(key);
  const text = inWords(error) || error.message || say("page-error-other");
  return text.charAt(0).toLocaleUpperCase() + text.slice(1) + (/[.!?؟]$/.test(text) ? "" : ".");
}

/** The sentence of a kind in the person's language, with what the engine says besides. @param {Failure} error */
function inWords(error) {
  const args = { ...error.args };
  if (typeof args.why === "string" && has(`why-${args.why}`)) args.why = say(`why-${args.why}`);
  return has(`error-${error.kind}`) ? say(`error-${error.kind}`, args) : "";
}

/** Whether somebody may be in between. @param {unknown} error */
export const isTrust = (error) => error instanceof Failure && error.blame === "trust";

/** Runs what a person asked for, and says so where it fails. Gives whether it went well. @param {() => Promise<any>} work */
export async function trying(work) {
  try {
    await work();
    return true;
  } catch (error) {
    failed(error);
    return false;
  }
}

/** @param {string} text @param {string} kind @param {number} stays */
function show(text, kind, stays) {
  const place = document.getElementById("toasts");
  if (!place) return;
  const box = el("div.toast", { class: kind }, icon(kind === "done" ? "check" : "alarm"), el("p", {}, text));
  const away = () => box.remove();
  box.append(el("button.bare", { type: "button", "aria-label": say("page-close"), on: { click: away } }, icon("close")));
  while (place.children.length >= SHOWN_MAX) place.firstElementChild?.remove();
  place.append(box);
  if (stays > 0) setTimeout(away, stays);
}

/** An error inside a form, beside what it is about. @param {Element} place @param {unknown} error */
export function failedHere(place, error) {
  fill(place, icon("alarm"), el("span", {}, wordsOf(error)));
  place.classList.add("shown");
}
