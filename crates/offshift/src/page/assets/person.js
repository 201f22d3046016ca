/**
 * Whether a person is there: by keys, presses and scrolls, never by what the page does itself.
 */

/** So often at most the rest of the page is told of it. */
const TOLD_MS = 1000;
let last = Date.now();
let told = 0;
/** @type {Set<() => void>} */
const listeners = new Set();

function sign() {
  last = Date.now();
  if (last - told < TOLD_MS) return;
  told = last;
  for (const listener of [...listeners]) listener();
}

for (const name of ["keydown", "pointerdown", "wheel", "touchmove"]) {
  window.addEventListener(name, sign, { capture: true, passive: true });
}

/** Whether there was a sign within the last `ms`. @param {number} ms */
export const isThere = (ms) => Date.now() - last <= ms;

/** Hears of signs. Gives how to stop. @param {() => void} listener */
export function onSign(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
