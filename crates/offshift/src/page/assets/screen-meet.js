/**
 * Meeting somebody: one shows a code, the other uses it, both compare three words and say yes.
 *
 * ```text
 * choose --> show a code | use a code --> wait --(event words)--> compare --> met --> what next
 * ```
 * Never: a yes before both words stand on the screen; a code that stays here after the meeting.
 */
import { copyButton } from "./copy.js";
import { field, sure, tick } from "./dialog.js";
import { el, fill } from "./dom.js";
import { on } from "./events.js";
import { icon } from "./icons.js";
import { failed, failedHere, speak, trying } from "./notice.js";
import { contactList, metNext } from "./met.js";
import { pageHead } from "./room-head.js";
import { call, variant } from "./rpc.js";
import { qrDrawing, readPicture } from "./qr.js";
import { roomOf, store } from "./store.js";
import { clock, list, say } from "./words.js";

const OVER = {
  expired: "page-meet-over-expired", stopped: "page-meet-over-stopped", second_scanner: "page-meet-over-second", misbehaved: "page-meet-over-misbehaved",
};
const LIFE_MS = 10 * 60_000;

/** @param {Record<string, string>} names @returns {Promise<import("./router.js").Screen>} */
export async function meet(names) {
  const contacts = await call("contacts").catch(() => []);
  const body = el("div.stack.meet", {});
  const at = { body, isLink: names.way?.startsWith("link-") === true, meeting: "", stops: /** @type {(() => void)[]} */ ([]), contacts, method: "in_person", like: /** @type {string | null} */ (null) };
  const link = names.way?.startsWith("link-") ? names.way.slice(5) : "";
  if (link) linkPhone(at, link);
  else choose(at);
  const node = el("section.page", {}, pageHead(link ? say("page-link-phone") : say("page-meet")), body);
  return { node, title: say("page-meet"), close: () => leave(at) };
}

/** A meeting that nobody looks at any more is stopped. @param {any} at */
function leave(at) {
  at.stops.forEach((/** @type {() => void} */ stop) => stop());
  at.stops = [];
  if (at.meeting) void call("meet_abort", { meeting: at.meeting }).catch(() => {});
  at.meeting = "";
}

/** @param {any} at */
function choose(at) {
  const way = (/** @type {any} */ picture, /** @type {string} */ title, /** @type {string} */ text, /** @type {() => void} */ act) =>
    el("button.card.way", { type: "button", on: { click: act } }, icon(picture), el("strong", {}, title), el("span.soft", {}, text));
  const call = el("input", { type: "checkbox", on: { change: () => (at.method = call.checked ? "call" : "in_person") } });
  const known = at.contacts.filter((/** @type {any} */ one) => !one.is_own_device && !one.is_used);
  const like = el("select", { on: { change: () => (at.like = like.value || null) } }, el("option", { value: "" }, say("page-meet-like-nobody")),
    known.map((/** @type {any} */ one) => el("option", { value: one.id }, one.handle)));
  fill(at.body,
    el("p.lead", {}, say("page-meet-lead")),
    store.relays.length === 0 ? el("p.note-line.warn", {}, icon("relay"), el("a", { href: "#/settings" }, say("page-meet-no-relay"))) : null,
    el("div.ways", {}, way("eye", say("page-meet-show"), say("page-meet-show-text"), () => void begin(at)),
      way("edit", say("page-meet-use"), say("page-meet-use-text"), () => useCode(at))),
    el("details.more", {}, el("summary", {}, say("page-meet-more")),
      tick(say("page-meet-call"), call, say("page-meet-call-hint")),
      known.length > 0 ? field(say("page-meet-like"), like, say("page-meet-like-hint")) : null),
    contactList(at.contacts));
}

/** @param {any} at */
function begin(at) {
  return trying(async () => {
    const shown = await call("meet_show", { relay: null, like: at.like });
    showCode(at, shown, say("page-meet-let-scan"), say("page-meet-secret"));
  });
}

/** @param {any} at @param {string} room */
async function linkPhone(at, room) {
  fill(at.body, el("p.lead", {}, say("page-link-lead", { room: roomOf(room)?.name ?? "" })), el("p", {}, say("page-link-warning")),
    el("div.row-acts", {}, el("button.primary", { type: "button", on: { click: () => trying(async () => showCode(at, await call("link_show", { room }), say("page-link-scan"), say("page-link-warning"))) } },
      icon("phone"), say("page-meet-show")),
      el("button.quiet", { type: "button", on: { click: () => useCode(at) } }, say("page-meet-use"))));
}

/** @param {any} at @param {any} shown @param {string} who @param {string} warning */
async function showCode(at, shown, who, warning) {
  if (wasLeft(at, shown.meeting)) return;
  const qr = await qrDrawing(shown.qr_text, say("page-meet-qr")).catch(() => null);
  const until = Date.now() + LIFE_MS;
  const left = el("p.soft", { role: "timer" }, say("page-meet-until", { time: clock(until) }));
  fill(at.body,
    el("p.lead", {}, who),
    qr ? el("div.qr", {}, qr) : null,
    el("details.typed", { open: qr === null }, el("summary", {}, say("page-meet-type")), el("p.code-line", {}, el("code.code", { dir: "ltr" }, shown.code), copyButton(shown.code, say("page-meet-copy")))),
    el("p", {}, warning), left, ticketNote(), waitingLine(at));
  wait(at, shown.meeting);
}

/** One ticket of the two is enough; who has none must know whom to ask. */
function ticketNote() {
  const relay = store.relays[0];
  if (!relay || !["missing", "refused"].includes(relay.ticket)) return null;
  return el("p.note-line", {}, icon("relay"), relay.contact ? say("page-meet-ticket-ask", { contact: relay.contact }) : say("page-meet-ticket"));
}

/** @param {any} at */
function waitingLine(at) {
  return el("div.row-between", {}, el("p.waiting-line", {}, el("span.pulse", { "aria-hidden": "true" }), say("page-meet-waiting")),
    el("button.quiet", { type: "button", on: { click: () => { leave(at); choose(at); } } }, say("page-meet-stop")));
}

/** @param {any} at */
function useCode(at) {
  const code = el("textarea", { rows: "3", dir: "ltr", required: true, autocomplete: "off", spellcheck: "false", autocapitalize: "none" });
  const wrong = el("p.wrong", { role: "alert" });
  const picture = el("input", { type: "file", accept: "image/png,image/jpeg,image/webp" });
  picture.addEventListener("change", async () => {
    try {
      if (picture.files?.[0]) code.value = await readPicture(picture.files[0]);
      speak(say("page-meet-read"));
    } catch (error) {
      failedHere(wrong, error);
    }
  });
  const form = el("form.stack", {}, field(say("page-meet-code"), code, say("page-meet-code-hint")), field(say("page-meet-picture"), picture, say("page-meet-picture-hint")), wrong,
    el("div.ends", {}, el("button.quiet", { type: "button", on: { click: () => choose(at) } }, say("page-cancel")), el("button.primary", { type: "submit" }, say("page-meet-go"))));
  form.addEventListener("submit", async (/** @type {Event} */ event) => {
    event.preventDefault();
    try {
      const meeting = await scan(at, code.value.trim());
      if (!meeting || wasLeft(at, meeting)) return;
      fill(at.body, el("p.lead", {}, say("page-meet-used")), waitingLine(at));
      wait(at, meeting);
    } catch (error) {
      failedHere(wrong, error);
    }
  });
  fill(at.body, form);
  code.focus();
}

/**
 * The engine knows by itself which kind of code it is. One that links devices is used only by who came for that, or says
 * so: it could be somebody else's. Gives nothing when they say no.
 * @param {any} at @param {string} code
 */
async function scan(at, code) {
  try {
    return await call("meet_scan", { code, like: at.like });
  } catch (error) {
    if (/** @type {any} */ (error).kind !== "bad_code_device") throw error;
    const plan = { title: say("page-link-sure"), lines: [say("page-link-own")], yes: say("page-link-phone"), grave: true };
    return at.isLink || (await sure(plan)) ? call("link_scan", { code }) : null;
  }
}

/** Whether the person has gone elsewhere while the engine began; then nobody looks at this meeting. @param {any} at @param {string} meeting */
function wasLeft(at, meeting) {
  if (at.body.isConnected) return false;
  void call("meet_abort", { meeting }).catch(() => {});
  return true;
}

/** Reads how far it is: what came before anybody listened, or was missed. @param {any} at @param {string} meeting */
async function catchUp(at, meeting) {
  const all = await call("meetings").catch(() => null);
  const one = all?.find((/** @type {any} */ other) => other.id === meeting);
  const [state, about] = variant(one?.state ?? null);
  if (at.meeting === meeting && state === "words" && !at.body.querySelector(".three-words")) compare(at, about.words, about.with);
}

/** @param {any} at @param {string} meeting */
function wait(at, meeting) {
  at.meeting = meeting;
  const mine = (/** @type {(event: any) => void} */ then) => (/** @type {any} */ event) => event.meeting === at.meeting && then(event);
  at.stops = [
    on("again", () => void catchUp(at, meeting)),
    on("words", mine((event) => !at.body.querySelector(".three-words") && compare(at, event.words, event.with))),
    on("met", mine((event) => { at.meeting = ""; met(at, event.contact); })),
    on("meeting_over", mine((event) => over(at, event.why))),
    on("meeting_unpaid", mine((event) => unpaid(at, event))),
  ];
  void catchUp(at, meeting);
}

/** @param {any} at @param {string[]} words @param {string} other */
function compare(at, words, other) {
  speak(say("page-words-spoken", { who: other, words: list(words) }));
  const yes = el("button.primary.big", { type: "button" }, icon("check"), say("page-words-same"));
  const no = el("button.quiet.big", { type: "button" }, icon("close"), say("page-words-differ"));
  yes.addEventListener("click", async () => {
    yes.disabled = true;
    const meeting = at.meeting;
    try {
      const contact = await call("meet_confirm", { meeting, method: at.method });
      at.meeting = "";
      met(at, contact);
    } catch (error) {
      failed(error);
      yes.disabled = false;
    }
  });
  no.addEventListener("click", () => {
    leave(at);
    fill(at.body, el("div.card.alarm", { role: "alert" }, el("h2", {}, icon("alarm"), say("page-words-differ-title")), el("p", {}, say("page-words-differ-text"))), again(at));
  });
  fill(at.body,
    el("p.lead", { tabindex: "-1" }, say("page-words-read", { who: other })),
    el("ol.three-words", { role: "list", "aria-label": say("page-words-three") }, words.map((word) => el("li", { dir: "ltr" }, word))),
    el("p", {}, say("page-words-question")), el("div.row-acts", {}, yes, no));
  at.body.querySelector(".lead")?.focus();
}

/** @param {any} at @param {any} contact */
function met(at, contact) {
  at.stops.forEach((/** @type {() => void} */ stop) => stop());
  at.stops = [];
  fill(at.body, metNext(contact), again(at));
  at.body.querySelector("h2")?.focus();
}

/** @param {any} at @param {string} why */
function over(at, why) {
  at.meeting = "";
  leave(at);
  const key = OVER[/** @type {keyof typeof OVER} */ (why)] ?? "page-meet-over-stopped";
  const grave = why === "second_scanner" || why === "misbehaved";
  fill(at.body, el("div.card", { role: "alert", class: grave ? "alarm" : "" }, el("p", {}, icon("alarm"), say(key))), again(at));
}

/** @param {any} at @param {any} event */
function unpaid(at, event) {
  at.body.querySelector(".unpaid")?.remove();
  at.body.prepend(el("p.note-line.warn.unpaid", { role: "alert" }, icon("relay"), event.contact ? say("page-meet-unpaid-ask", { contact: event.contact }) : say("page-meet-unpaid")));
}

/** @param {any} at */
function again(at) {
  const start = async () => {
    at.contacts = await call("contacts").catch(() => at.contacts);
    at.like = null;
    choose(at);
  };
  return el("p.row-acts", {}, el("button.quiet", { type: "button", on: { click: start } }, icon("meet"), say("page-meet-again")));
}

