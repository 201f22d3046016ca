/**
 * Settings: how the page looks and speaks, notifications, the passphrase, relays and tickets, copies, the lock.
 */
import { field, form } from "./dialog.js";
import { el, fill, said } from "./dom.js";
import { on, tell } from "./events.js";
import { icon } from "./icons.js";
import { change, look } from "./look.js";
import { done, failed, trying } from "./notice.js";
import { allow, canNotify } from "./notify.js";
import { copyForm, passphraseForm, wipeForm } from "./passphrase.js";
import { pageHead } from "./room-head.js";
import { call, variant } from "./rpc.js";
import { fetchRelays, store } from "./store.js";
import { lockNow } from "./unlock.js";
import { LANGUAGES, say } from "./words.js";

const TICKETS = {
  unknown: "page-ticket-unknown", open: "page-ticket-open", good: "page-ticket-good", missing: "page-ticket-missing", refilling: "page-ticket-refilling",
  used_up: "page-ticket-used-up", refused: "page-ticket-refused", distrusted: "page-ticket-distrusted", wrong_clock: "page-ticket-wrong-clock",
};
const REACHES = { unused: "page-relay-unused", here: "page-relay-here", away: "page-relay-away" };

/** @returns {import("./router.js").Screen} */
export function settings() {
  const relays = el("ul.cards", { role: "list" });
  const draw = () => fill(relays, store.relays.length === 0 ? el("li.empty", {}, el("p", {}, say("page-relays-none"))) : store.relays.map((one) => el("li", {}, relayCard(one))));
  draw();
  void fetchRelays().catch(() => {});
  const stop = on("relays", draw);
  const node = el("section.page.settings", {}, pageHead(say("page-settings")), el("p.soft", {}, say("page-settings-you", { name: store.handle })),
    el("section.stack", {}, el("h2", {}, say("page-settings-look")), lookFields()),
    el("section.stack", {}, el("h2", {}, say("page-settings-notices")), noticeField()),
    el("section.stack", {}, el("div.row-between", {}, el("h2", {}, say("page-relays")), el("button.quiet", { type: "button", on: { click: addRelay } }, icon("add"), say("page-relay-add"))),
      el("p.soft", {}, say("page-relays-about")), relays),
    el("section.stack", {}, el("h2", {}, say("page-settings-safe")),
      el("p", {}, say("page-lock-about")),
      el("div.row-acts", {}, el("button.primary", { type: "button", on: { click: () => void trying(lockNow) } }, icon("lock"), say("page-lock")),
        el("button.quiet", { type: "button", on: { click: () => void passphraseForm() } }, say("page-passphrase-change"))),
      el("p.soft", {}, say("page-disappear-where"))),
    el("section.stack", {}, el("h2", {}, say("page-settings-copy")), el("p", {}, say("page-export-about")),
      el("div.row-acts", {}, el("button.quiet", { type: "button", on: { click: () => void copyForm() } }, icon("save"), say("page-copy-write"))),
      el("p", {}, say("page-wipe-about")),
      el("div.row-acts", {}, el("button.quiet.danger", { type: "button", on: { click: () => void wipeForm() } }, icon("alarm"), say("page-wipe")))));
  return { node, title: say("page-settings"), close: stop };
}

function lookFields() {
  const choice = (/** @type {"theme" | "contrast" | "text" | "language"} */ name, /** @type {[string, string][]} */ options) => {
    const select = el("select", {}, options.map(([value, words]) => el("option", { value, lang: name === "language" && value ? value : null }, words)));
    select.value = look[name];
    select.addEventListener("change", async () => {
      await change({ [name]: select.value }).catch(failed);
      if (name === "language") tell("language");
    });
    return select;
  };
  return el("div.field-grid", {},
    field(say("page-look-theme"), choice("theme", [["auto", say("page-look-auto")], ["light", say("page-look-light")], ["dark", say("page-look-dark")]])),
    field(say("page-look-contrast"), choice("contrast", [["auto", say("page-look-auto")], ["more", say("page-look-more")]])),
    field(say("page-look-text"), choice("text", [["usual", say("page-look-usual")], ["large", say("page-look-large")], ["larger", say("page-look-larger")]])),
    field(say("page-look-language"), choice("language", [["", say("page-look-auto")], .../** @type {[string, string][]} */ (Object.entries(LANGUAGES))])));
}

function noticeField() {
  if (!canNotify()) return el("p.soft", {}, say("page-notices-cannot"));
  const select = el("select", {}, el("option", { value: "no" }, say("page-value-no")), el("option", { value: "yes" }, say("page-value-yes")));
  select.value = look.notices && Notification.permission === "granted" ? "yes" : "no";
  select.addEventListener("change", async () => {
    const wanted = select.value === "yes";
    if (wanted && !(await allow())) {
      select.value = "no";
      return done(say("page-notices-refused"));
    }
    await change({ notices: wanted });
  });
  return field(say("page-notices"), select, say("page-notices-about"));
}

/** @param {any} relay */
function relayCard(relay) {
  const [reach] = variant(relay.reach);
  const [ticket] = variant(relay.ticket);
  const link = String(relay.link?.text ?? relay.link);
  const test = () => trying(async () => {
    await call("try_relay", { link: relay.link });
    done(say("page-relay-answers"));
    await fetchRelays();
  });
  const ask = ["missing", "refused"].includes(ticket) ? el("p.note-line", {}, icon("person"), relay.contact ? say("page-ticket-ask", { contact: relay.contact }) : say("page-ticket-ask-host")) : null;
  return el("article.card.relay", {}, el("p.relay-name", {}, icon("relay"), said(hostOf(link), "strong"), el("span.badge", { class: reach === "away" ? "warn" : "soft" }, say(REACHES[/** @type {keyof typeof REACHES} */ (reach)] ?? "page-relay-unused"))),
    el("p", {}, say(TICKETS[/** @type {keyof typeof TICKETS} */ (ticket)] ?? "page-ticket-unknown")), ask,
    el("div.row-acts", {}, el("button.quiet.small", { type: "button", on: { click: test } }, say("page-relay-try")),
      el("button.quiet.small", { type: "button", on: { click: addTicket } }, say("page-ticket-add"))));
}

/** The part of a link that people know. @param {string} link */
const hostOf = (link) => link.replace(/^[a-z+]+:\/\//, "").replace(/^[^@]*@/, "").split(/[/#?]/)[0] || link;

function addRelay() {
  const link = el("textarea", { rows: "3", required: true, dir: "ltr", spellcheck: "false", autocomplete: "off" });
  return form({
    title: say("page-relay-add"), yes: say("page-relay-add"), fields: [field(say("page-relay-link"), link, say("page-relay-link-hint"))],
    act: async () => {
      await call("add_relay", { link: link.value.trim() });
      await fetchRelays();
      done(say("page-relay-added"));
    },
  });
}

function addTicket() {
  const code = el("textarea", { rows: "3", required: true, dir: "ltr", spellcheck: "false", autocomplete: "off" });
  return form({
    title: say("page-ticket-add"), yes: say("page-ticket-add"), fields: [field(say("page-ticket-code"), code, say("page-ticket-code-hint"))],
    act: async () => {
      await call("add_ticket", { code: code.value.trim() });
      await fetchRelays();
      done(say("page-ticket-added"));
    },
  });
}
