/**
 * Which screen is shown: the address behind "#/", so that the browser's own back and forward work.
 *
 * ```text
 * #/room/<id>/people --> the first route that fits, with its names --> a screen, with the focus on its heading
 * ```
 * Never: a secret or a text of people in the address; rooms and messages stand there by their numbers only.
 */

/** @typedef {{ node: HTMLElement, title: string, close?: () => void, focus?: () => void }} Screen */
/** @typedef {(names: Record<string, string>) => Promise<Screen> | Screen} Opener */

/** @type {{ pattern: string[], opener: Opener }[]} */
const routes = [];
/** @type {Screen | null} */
let current = null;
let turn = 0;
/** While nothing may be shown, the browser's back and forward change the address alone. */
let isAway = true;
/** @type {(screen: Screen, isFirst: boolean) => void} */
let show = () => {};

/** @param {string} pattern such as "room/:room/people" @param {Opener} opener */
export function route(pattern, opener) {
  routes.push({ pattern: pattern.split("/").filter(Boolean), opener });
}

/** @param {(screen: Screen, isFirst: boolean) => void} shower */
export function start(shower) {
  show = shower;
  isAway = false;
  window.addEventListener("hashchange", () => void turnTo());
  return turnTo();
}

/** Shows where one was, in a new frame. @param {(screen: Screen, isFirst: boolean) => void} shower */
export function restart(shower) {
  show = shower;
  isAway = false;
  return turnTo();
}

/** @param {string} path such as "/room/12ab" */
export function go(path) {
  if (location.hash === `#${path}`) void turnTo();
  else location.hash = path;
}

/** Shows the same place anew, as after another language was chosen. */
export const again = () => turnTo();

/** Ends the screen that is shown; none is until `restart`. */
export function leave() {
  isAway = true;
  turn += 1;
  current?.close?.();
  current = null;
}

export const here = () => location.hash.slice(1) || "/";

async function turnTo() {
  if (isAway) return;
  turn += 1;
  const mine = turn;
  document.querySelectorAll("dialog[open]").forEach((box) => /** @type {HTMLDialogElement} */ (box).close());
  const parts = here().split("/").filter(Boolean);
  for (const { pattern, opener } of routes) {
    const names = fits(pattern, parts);
    if (!names) continue;
    const screen = await opener(names);
    // Somebody has gone elsewhere in the meantime.
    if (mine !== turn) return screen.close?.();
    const isFirst = current === null;
    current?.close?.();
    current = screen;
    return show(screen, isFirst);
  }
  go("/");
}

/** @param {string[]} pattern @param {string[]} parts */
function fits(pattern, parts) {
  if (pattern.length !== parts.length) return null;
  /** @type {Record<string, string>} */
  const names = {};
  for (const [at, piece] of pattern.entries()) {
    const part = parts[at] ?? "";
    if (piece.startsWith(":")) names[piece.slice(1)] = part;
    else if (piece !== part) return null;
  }
  return names;
}
