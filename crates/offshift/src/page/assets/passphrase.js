/**
 * What needs a passphrase: another one, with its strength in words while it is typed; a copy of everything; the end of it all.
 *
 * Never: a passphrase kept in this page once it was sent.
 */
import { expectTheEnd } from "./bye.js";
import { field, form, show } from "./dialog.js";
import { el, later, said } from "./dom.js";
import { on } from "./events.js";
import { done } from "./notice.js";
import { call, Failure } from "./rpc.js";
import { say } from "./words.js";

const STRENGTHS = { very_weak: "page-strength-very-weak", weak: "page-strength-weak", good: "page-strength-good", strong: "page-strength-strong" };
const WEAK_BY = { common: "page-weak-common", word: "page-weak-word", date: "page-weak-date", pattern: "page-weak-pattern" };

const secret = () => el("input", { type: "password", required: true, autocomplete: "off", spellcheck: "false", autocapitalize: "none" });

/** Two fields for a new passphrase, and how strong it is. @param {string} label */
function freshFields(label) {
  const [fresh, again] = [secret(), secret()];
  const words = el("p.hint", { role: "status" });
  const weigh = later(300, async () => {
    const strength = fresh.value === "" ? null : await call("strength", { passphrase: fresh.value }).catch(() => null);
    words.textContent = strength === null ? "" : strengthWords(strength);
  });
  fresh.addEventListener("input", weigh);
  const typed = () => {
    if (fresh.value !== again.value) throw new Failure("differ", say("page-passphrase-differ"));
    return fresh.value;
  };
  const forget = () => [fresh, again].forEach((input) => (input.value = ""));
  return { nodes: [field(label, fresh, say("page-passphrase-hint")), words, field(say("page-passphrase-again"), again)], typed, forget };
}

export function passphraseForm() {
  const old = secret();
  const fresh = freshFields(say("page-passphrase-new"));
  return form({
    title: say("page-passphrase-change"), yes: say("page-passphrase-change"), intro: el("p.soft", {}, say("page-passphrase-lost")),
    fields: [field(say("page-passphrase-old"), old), fresh.nodes],
    act: async () => {
      await call("change_passphrase", { old: old.value, new: fresh.typed() });
      old.value = "";
      fresh.forget();
      done(say("page-passphrase-changed"));
    },
  });
}

/** A copy of everything, where downloads go: the engine names the file. */
export function copyForm() {
  const own = secret();
  const fresh = freshFields(say("page-copy-passphrase"));
  const bar = el("progress", { max: "1", value: 0, hidden: true, "aria-label": say("page-copy-write") });
  const stop = on("copying", (event) => {
    bar.hidden = false;
    bar.value = event.done / Math.max(1, event.total);
  });
  let path = "";
  return form({
    title: say("page-copy-write"), yes: say("page-copy-write"), intro: el("p.soft", {}, say("safety-export-about")),
    fields: [field(say("page-passphrase-old"), own), fresh.nodes, bar],
    act: async () => {
      ({ path } = await call("take_copy", { passphrase: own.value, copy: fresh.typed() }));
      own.value = "";
      fresh.forget();
    },
  }).then((isDone) => {
    stop();
    if (isDone) show(say("page-copy-written"), [el("p", {}, said(path, "code.command")), el("p", {}, say("safety-exported"))]);
  });
}

/** The end of the profile on this device, in plain words first. */
export function wipeForm() {
  const own = secret();
  const lines = ["safety-wipe-what", "safety-wipe-rooms", "safety-wipe-others", "safety-wipe-copies"].map((key) => el("li", {}, say(key)));
  return form({
    title: say("page-wipe"), yes: say("page-wipe-yes"), grave: true, intro: el("ul.plan", {}, lines),
    fields: [field(say("page-passphrase-old"), own)],
    act: async () => {
      // The engine ends with it: what stands here then says why.
      expectTheEnd(true);
      const passphrase = own.value;
      own.value = "";
      await call("wipe", { passphrase }).catch((/** @type {any} */ error) => {
        if (error.kind === "gone") return;
        expectTheEnd(false);
        throw error;
      });
    },
  });
}

/** How strong, and what makes it weak. @param {{ strength: string, weak_by: string | null }} view */
function strengthWords(view) {
  const why = WEAK_BY[/** @type {keyof typeof WEAK_BY} */ (view.weak_by ?? "")];
  const key = STRENGTHS[/** @type {keyof typeof STRENGTHS} */ (view.strength)];
  return [key, why].filter(Boolean).map((one) => say(/** @type {string} */ (one))).join(" ");
}
