/**
 * Another passphrase, with its strength in words while it is typed.
 *
 * Never: a passphrase kept in this page once it was sent.
 */
import { field, form } from "./dialog.js";
import { el, later } from "./dom.js";
import { done } from "./notice.js";
import { call, Failure } from "./rpc.js";
import { say } from "./words.js";

const STRENGTHS = { very_weak: "page-strength-very-weak", weak: "page-strength-weak", good: "page-strength-good", strong: "page-strength-strong" };
const WEAK_BY = { common: "page-weak-common", word: "page-weak-word", date: "page-weak-date", pattern: "page-weak-pattern" };

const secret = () => el("input", { type: "password", required: true, autocomplete: "off", spellcheck: "false", autocapitalize: "none" });

export function passphraseForm() {
  const [old, fresh, again] = [secret(), secret(), secret()];
  const words = el("p.hint", { role: "status" });
  const weigh = later(300, async () => {
    const strength = fresh.value === "" ? null : await call("strength", { passphrase: fresh.value }).catch(() => null);
    words.textContent = strength === null ? "" : strengthWords(strength);
  });
  fresh.addEventListener("input", weigh);
  return form({
    title: say("page-passphrase-change"), yes: say("page-passphrase-change"), intro: el("p.soft", {}, say("page-passphrase-lost")),
    fields: [field(say("page-passphrase-old"), old), field(say("page-passphrase-new"), fresh, say("page-passphrase-hint")), words, field(say("page-passphrase-again"), again)],
    act: async () => {
      if (fresh.value !== again.value) throw new Failure("differ", say("page-passphrase-differ"));
      await call("change_passphrase", { old: old.value, new: fresh.value });
      for (const input of [old, fresh, again]) input.value = "";
      done(say("page-passphrase-changed"));
    },
  });
}

/** How strong, and what makes it weak. @param {{ strength: string, weak_by: string | null }} view */
function strengthWords(view) {
  const why = WEAK_BY[/** @type {keyof typeof WEAK_BY} */ (view.weak_by ?? "")];
  const key = STRENGTHS[/** @type {keyof typeof STRENGTHS} */ (view.strength)];
  return [key, why].filter(Boolean).map((one) => say(/** @type {string} */ (one))).join(" ");
}
