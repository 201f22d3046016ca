/**
 * Characters that do not show what they are, in words: what pasted text can carry to mark who had it, or to mislead.
 */
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
