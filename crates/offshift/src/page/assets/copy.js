/**
 * Copies text for the person, who asked for it.
 *
 * Never: reads the clipboard.
 */
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { done, trying } from "./notice.js";
import { say } from "./words.js";

/** @param {string} text */
export function copyText(text) {
  return trying(async () => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      byHand(text);
    }
    done(say("page-copied"));
  });
}

/** Where the page's own policy gives it no clipboard. @param {string} text */
function byHand(text) {
  const place = document.querySelector("dialog[open]") ?? document.body;
  const area = el("textarea.unseen", { value: text, "aria-hidden": "true", tabindex: "-1" });
  const before = /** @type {HTMLElement | null} */ (document.activeElement);
  place.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
  before?.focus();
}

/** @param {string} text what is copied @param {string} name */
export function copyButton(text, name) {
  return el("button.bare.tiny", { type: "button", "aria-label": name, title: name, on: { click: () => copyText(text) } }, icon("copy"));
}
