/**
 * Words of people as nodes: lines kept, known handles marked, addresses shown and never followed.
 *
 * Never: a link. An address in a message can be copied; this page opens and fetches none.
 */
import { copyButton } from "./copy.js";
import { el, plain, said } from "./dom.js";
import { say } from "./words.js";

const ADDRESS = /\b(?:https?:\/\/|www\.)[^\s<>"']{3,2000}/gi;
/** What is longer than this stands folded first. */
const LONG_CHARS = 1600;
const LONG_LINES = 24;

/** @param {string} text @param {string[]} handles who can be mentioned @param {string} [spec] */
export function words(text, handles, spec = "div.text") {
  const clean = plain(text);
  const lines = clean.split("\n");
  if (clean.length <= LONG_CHARS && lines.length <= LONG_LINES) return whole(clean, handles, spec);
  const short = `${lines.slice(0, LONG_LINES).join("\n").slice(0, LONG_CHARS)} …`;
  const box = el("div", {}, whole(short, handles, spec));
  const more = el("button.quiet.small", { type: "button", "aria-expanded": "false" }, say("page-show-all"));
  more.addEventListener("click", () => box.replaceWith(whole(clean, handles, spec)));
  box.append(more);
  return box;
}

/** @param {string} text @param {string[]} handles @param {string} spec */
function whole(text, handles, spec) {
  const box = el(spec, { dir: "auto" });
  let at = 0;
  for (const match of text.matchAll(ADDRESS)) {
    box.append(...mentions(text.slice(at, match.index), handles), address(match[0]));
    at = match.index + match[0].length;
  }
  box.append(...mentions(text.slice(at), handles));
  return box;
}

/** @param {string} text */
function address(text) {
  return el("span.address", {}, el("bdi", { dir: "ltr" }, text), copyButton(text, say("page-copy-address")));
}

/** Marks each "@handle" of somebody who is there, the longest that fits. @param {string} text @param {string[]} handles */
function mentions(text, handles) {
  if (!text.includes("@")) return [text];
  const longest = [...handles].sort((a, b) => b.length - a.length);
  const parts = [];
  let plainFrom = 0;
  for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", at + 1)) {
    const handle = longest.find((one) => one && text.startsWith(one, at + 1));
    if (!handle) continue;
    parts.push(text.slice(plainFrom, at), said(`@${handle}`, "span.mention"));
    plainFrom = at + 1 + handle.length;
  }
  return [...parts, text.slice(plainFrom)];
}

/** The first of somebody's handle in a round of their own colour: decoration, the name stands beside it. @param {string} handle @param {string} id */
export function monogram(handle, id) {
  const first = [...plain(handle).trim()][0] ?? "·";
  const hue = [...(id || handle)].reduce((sum, char) => (sum * 31 + (char.codePointAt(0) ?? 0)) % 997, 7) % 6;
  return el("span.monogram", { class: `hue-${hue}`, "aria-hidden": "true" }, first.toLocaleUpperCase());
}
