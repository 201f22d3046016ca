/**
 * Characters that do not show what they are, in words: what pasted text can carry to mark who had it, or to mislead.
 */
import { variant } from "./rpc.js";
import { say } from "./words.js";

const KINDS = {
  zero_width: "page-odd-zero-width", bidi: "page-odd-bidi", direction: "page-odd-bidi", look_alike: "page-odd-look-alike",
  confusable: "page-odd-look-alike", mixed_scripts: "page-odd-look-alike", private_use: "page-odd-private", tag: "page-odd-zero-width",
};

/** One sentence for each kind that was found. @param {any} found @returns {string[]} */
export function oddWords(found) {
  const list = Array.isArray(found) ? found : (found?.oddities ?? []);
  const keys = list.map((/** @type {any} */ one) => {
    const name = typeof one === "object" && one !== null && "kind" in one ? variant(one.kind)[0] : variant(one)[0];
    return KINDS[/** @type {keyof typeof KINDS} */ (name)] ?? "page-odd-other";
  });
  return [...new Set(keys)].map((key) => say(/** @type {string} */ (key)));
}
