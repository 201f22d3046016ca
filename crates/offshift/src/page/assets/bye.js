/**
 * What stands here when this tab may not go on: it was never let in, or the engine has ended.
 *
 * Never: anything sent from here on, or the tab's secret kept.
 */
import { el, fill } from "./dom.js";
import { forget } from "./session.js";
import { say } from "./words.js";

/** @param {HTMLElement} app */
export function bye(app) {
  forget();
  plain(app, "page-bye-title", "page-bye-text", "offshift open");
}

let isTheEnd = false;

/** Whether the person has destroyed the profile: the engine ends by that. @param {boolean} is */
export function expectTheEnd(is) {
  isTheEnd = is;
}

/** @param {HTMLElement} app */
export function stopped(app) {
  forget();
  if (isTheEnd) return plain(app, "page-wiped-title", "page-wiped-text");
  plain(app, "page-stopped-title", "page-stopped-text", "offshift open");
}

/** As many tabs as the engine serves. @param {HTMLElement} app */
export function crowded(app) {
  plain(app, "page-crowded-title", "page-crowded-text");
}

/** @param {HTMLElement} app @param {string} title @param {string} text @param {string} [command] */
function plain(app, title, text, command) {
  document.title = say("page-title", { place: say(title) });
  fill(app, el("main.alone", { id: "main" },
    el("p.wordmark", {}, "Offshift"),
    el("h1", {}, say(title)),
    el("p", {}, say(text)),
    command ? el("p", {}, el("code.command", { dir: "ltr" }, command)) : null));
}
