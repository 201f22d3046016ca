/**
 * Characters that do not show what they are, in words: what pasted text can carry to mark who had it, or to mislead.
 */
import { el, fill, later } from "./dom.js";
import { icon } from "./icons.js";
import { call } from "./rpc.js";
import { say } from "./words.js";

const KINDS = { hidden: "page-odd-zero-width", turning: "page-odd-bidi", looks_like: "page-odd-look-alike", private: "page-odd-private" };

/** @typedef {{ kind: string, at: number, what: string }} Oddity */

/** One sentence for each kind that was found. @param {Oddity[]} found @returns {string[]} */
export function oddWords(found) {
  const keys = found.map((one) => KINDS[/** @type {keyof typeof KINDS} */ (one.kind)] ?? "page-odd-other");
  return [...new Set(keys)].map((key) => say(key));
}

/** The text without the characters that show nothing; nothing when there are none, for a letter that looks like another stays. @param {string} text @param {Oddity[]} found */
export function cleaned(text, found) {
  const odd = new Set(found.filter((one) => one.kind !== "looks_like").map((one) => one.at));
  return odd.size === 0 ? null : [...text].filter((_, at) => !odd.has(at)).join("");
}

/** A note in a form, as long as what is written in it holds odd characters. @param {HTMLElement} form */
export function oddNote(form) {
  const note = el("div.odd.in-form", { hidden: true, role: "status" });
  const check = later(350, async () => {
    const fields = /** @type {any[]} */ ([...form.querySelectorAll("textarea, input:not([type])")]).filter((field) => field.value !== "");
    const looks = await Promise.all(fields.map(async (field) => ({ field, text: field.value, found: await call("check_text", { text: field.value }).catch(() => []) })));
    draw(note, looks.filter(({ field, text, found }) => found.length > 0 && field.value === text));
  });
  form.addEventListener("input", () => check());
  return note;
}

/** @param {any} note @param {{ field: any, text: string, found: Oddity[] }[]} odd */
function draw(note, odd) {
  note.hidden = odd.length === 0;
  const clean = odd.map(({ field, text, found }) => ({ field, text: cleaned(text, found) })).filter(({ text }) => text !== null);
  const use = () => clean.forEach(({ field, text }) => {
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  fill(note, icon("alarm"), el("div", {}, oddWords(odd.flatMap(({ found }) => found)).map((line) => el("p", {}, line))),
    clean.length > 0 ? el("button.quiet.small", { type: "button", on: { click: use } }, say("page-odd-clean")) : null);
}
