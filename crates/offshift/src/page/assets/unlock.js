/**
 * The lock: a passphrase opens the profile, and nothing else is on the screen.
 *
 * Never: the passphrase kept after it was sent, or in the browser's own store.
 */
import { keepNow } from "./composer.js";
import { el, fill, later } from "./dom.js";
import { field, tick } from "./dialog.js";
import { icon } from "./icons.js";
import { failedHere } from "./notice.js";
import { call } from "./rpc.js";
import { say } from "./words.js";

/** @param {HTMLElement} app @param {() => Promise<void>} opened */
export function lockScreen(app, opened) {
  document.title = say("page-title", { place: say("page-locked-title") });
  const secret = el("input", { type: "password", name: "passphrase", autocomplete: "off", required: true, spellcheck: "false", autocapitalize: "none" });
  const wrong = el("p.wrong", { role: "alert" });
  const yes = el("button.primary.wide", { type: "submit" }, say("page-unlock"));
  const show = el("input", { type: "checkbox", on: { change: () => (secret.type = show.checked ? "text" : "password") } });
  const form = el("form", {}, field(say("page-passphrase"), secret), tick(say("page-passphrase-show"), show), wrong, yes);
  form.addEventListener("submit", (/** @type {Event} */ event) => {
    event.preventDefault();
    void unlock(secret, yes, wrong, opened);
  });
  fill(app, el("main.alone", { id: "main" },
    el("p.wordmark", {}, "Offshift"),
    el("div.card.locked", {},
      el("h1", {}, icon("lock"), say("page-locked-title")),
      el("p", {}, say("page-locked-text")),
      form)));
  secret.focus();
}

/** @param {any} secret @param {any} yes @param {any} wrong @param {() => Promise<void>} opened */
async function unlock(secret, yes, wrong, opened) {
  yes.disabled = true;
  // Opening takes a second or two on purpose; say so only where it shows.
  const busy = later(300, () => (yes.textContent = say("page-unlocking")));
  busy();
  try {
    await call("unlock", { passphrase: secret.value }).catch((/** @type {any} */ error) => {
      // Somebody opened it just now, and nobody looked at this passphrase: the page goes on as it would by itself.
      if (error.kind !== "already_open") throw error;
    });
    secret.value = "";
    await opened();
  } catch (error) {
    failedHere(wrong, error);
    secret.select();
    secret.focus();
  }
  busy.drop();
  yes.textContent = say("page-unlock");
  yes.disabled = false;
}

/** Locks now, on this page and for everything else on this machine. */
export async function lockNow() {
  await keepNow();
  await call("lock");
  window.dispatchEvent(new Event("offshift-lock"));
}
