/**
 * A room's conversation: the messages, what is pinned, what waits, where one writes.
 *
 * ```text
 * messages(room) --> Timeline <-- events message | changed | disappeared;   waiting, transfers --> below the newest
 * ```
 * Never: a mark to others that something was read.
 */
import { Composer } from "./composer.js";
import { show } from "./dialog.js";
import { el, fill, later, said, unseen } from "./dom.js";
import { on, tell } from "./events.js";
import { asItIsNow, outgoingCards } from "./file-card.js";
import { icon } from "./icons.js";
import { snippet } from "./kinds.js";
import { messageNode, waitingNode } from "./message.js";
import { done, failed, speak, trying } from "./notice.js";
import { roomHead } from "./room-head.js";
import { byPosition, call, variant } from "./rpc.js";
import { askFile } from "./send-file.js";
import { eventWords, sentence } from "./sentences.js";
import { monogram } from "./text.js";
import { fetchRooms, roomOf, store } from "./store.js";
import { NEWEST, Timeline } from "./timeline.js";
import { clock, date, iso, say } from "./words.js";

/** What stands in a conversation as a line of its own, while it is open. */
const HAPPENED = [
  "joined", "device_joined", "removed", "rejoined", "confirmed", "review_needed", "motion_carried", "terms_will_change",
  "change_dropped", "not_shown", "wants_back", "without_ticket",
];

/** A conversation's newest, asked for with the page's first calls. @type {{ room: string, page: Promise<any> } | null} */
let early = null;

/** Asks at once for what a place such as "/room/12ab" will show. @param {string} place */
export function askEarly(place) {
  const [kind, room] = place.split("/").filter(Boolean);
  if (kind !== "room" || !room) return;
  early = { room, page: call("messages", { room, before: null, limit: NEWEST }) };
  early.page.catch(() => {});
}

on("forgotten", () => (early = null));

/** What was asked early for this room, once; it may lack what came since. @param {string} room @param {string | null} before @param {number} limit */
function takeEarly(room, before, limit) {
  const asked = early;
  early = null;
  return asked?.room === room && before === null && limit === NEWEST ? asked.page : null;
}

/** @param {Record<string, string>} names @returns {Promise<import("./router.js").Screen>} */
export async function talk(names) {
  const id = names.room ?? "";
  if (!roomOf(id)) await fetchRooms().catch(() => {});
  const room = () => roomOf(id) ?? { name: "", members: [] };
  const unread = room().unread ?? 0;
  let read = "";
  const around = {
    room: id,
    handles: () => (room().members ?? []).map((/** @type {any} */ one) => one.handle),
    organizers: () => new Set((room().members ?? []).filter((/** @type {any} */ one) => one.is_organizer).map((/** @type {any} */ one) => one.id)),
    isOrganizer: () => room().is_organizer === true || (room().members ?? []).some((/** @type {any} */ one) => one.is_you && one.is_organizer),
    mayPost: () => room().may_post !== false && !room().is_removed && !room().is_lost,
    find: (/** @type {string} */ which) => timeline.find(which),
    jump: (/** @type {string} */ which) => void jump(timeline, which),
    reply: (/** @type {any} */ message) => composer.reply(message),
    edit: (/** @type {any} */ message) => composer.edit(message),
    sent: () => void fetchWaiting(),
    lastOwn: () => [...timeline.all].reverse().find((one) => one.own && ["text", "announcement"].includes(variant(one.kind)[0])),
  };
  const card = sendingCards();
  const timeline = new Timeline({
    early: (before, limit) => takeEarly(id, before, limit),
    page: (before, limit) => call("messages", { room: id, before, limit }),
    draw: (message) => messageNode(message, around),
    drawWaiting: (one) => (one.isTransfer ? card(one) : waitingNode(one, store.handle, around.handles())),
    isKnown: (which) => call("message", { room: id, id: which }).then(() => true, () => false),
    seen: (position) => {
      if (byPosition(position, read) <= 0) return;
      read = position;
      void call("mark_read", { room: id, position }).then(() => tell("sent"), () => {});
    },
  });
  const composer = new Composer(around);
  const fetchWaiting = later(60, async () => {
    const [waiting, transfers] = await Promise.all([call("waiting", { room: id }).catch(() => []), call("transfers").catch(() => [])]);
    const sending = transfers.filter((/** @type {any} */ one) => one.outgoing && one.room === id && isUnderWay(one));
    timeline.setWaiting([...waiting, ...sending.map((/** @type {any} */ one) => ({ ...one, isTransfer: true }))]);
  });
  const head = roomHead(id, "");
  const pins = el("div.pins", { hidden: true });
  const banner = el("div.banner", { hidden: true });
  const foot = el("div.foot", {});
  const drawFoot = () => place(foot, footOf(room(), composer));
  const drawBanner = () => drawState(banner, room());
  const toEnd = el("button.to-end", { type: "button", hidden: true, on: { click: () => timeline.toEnd() } }, icon("down"), el("span", {}, say("page-to-newest")));
  timeline.onEnd = (/** @type {boolean} */ isAtEnd) => (toEnd.hidden = isAtEnd);
  const node = el("section.talk", {}, head.node, banner, pins, el("div.flow", {}, timeline.scroller, toEnd), foot);
  dropping(node, id, around.mayPost);
  const fetchPins = later(100, () => void drawPins(pins, id, around.jump));
  const mine = (/** @type {(event: any) => void} */ then) => (/** @type {any} */ event) => event.room === id && then(event);
  const stops = [
    on("message", mine((message) => arrived(message, timeline, fetchWaiting))),
    on("changed", mine((message) => { timeline.change(message); composer.changed(message); fetchPins(); })),
    on("sent", mine(() => fetchWaiting())),
    on("transfer", mine(async (event) => {
      if (event.outgoing) return fetchWaiting();
      const message = await asItIsNow(event, timeline.find(event.message));
      if (message) timeline.change(message);
    })),
    on("disappeared", mine((event) => { timeline.drop((message) => message.at < event.until); composer.disappeared(event.until); fetchPins(); })),
    on("rooms", () => { drawFoot(); drawBanner(); }),
    on("again", () => { void timeline.load(0).catch(() => {}); fetchPins(); fetchWaiting(); }),
    ...HAPPENED.map((name) => on(name, mine((event) => happened({ ...event, event: name }, timeline)))),
  ];
  const look = () => document.visibilityState === "visible" && timeline.tellSeen();
  document.addEventListener("visibilitychange", look);
  window.addEventListener("focus", look);
  drawFoot();
  drawBanner();
  fetchPins();
  const close = () => {
    stops.forEach((stop) => stop());
    head.stop();
    composer.close();
    timeline.close();
    document.removeEventListener("visibilitychange", look);
    window.removeEventListener("focus", look);
  };
  void begin(timeline, unread, names.message, fetchWaiting, composer);
  const focus = () => (matchMedia("(pointer: fine)").matches && foot.contains(composer.area) && !names.message ? composer.area.focus() : undefined);
  return { node, title: say("page-tab-talk"), close, focus };
}

/** @param {Timeline} timeline @param {number} unread @param {string | undefined} message @param {() => void} fetchWaiting @param {Composer} composer */
async function begin(timeline, unread, message, fetchWaiting, composer) {
  try {
    await timeline.load(unread);
    if (timeline.all.length === 0) timeline.aside(el("li.empty", {}, el("p", {}, say("page-talk-empty")), el("p.soft", {}, say("page-talk-empty-next"))));
    if (message) await jump(timeline, message);
    fetchWaiting();
    await composer.load();
  } catch (error) {
    failed(error);
  }
}

/** Files that this device sends, as own messages that wait. */
function sendingCards() {
  const card = outgoingCards("div.content");
  /** @type {Map<string, any>} */
  const lines = new Map();
  return (/** @type {any} */ one) => {
    const content = card(one);
    const line = lines.get(one.id) ?? el("li.message.own.waiting", {}, monogram(store.handle, ""), content);
    lines.set(one.id, line);
    return line;
  };
}

/** @param {any} transfer */
const isUnderWay = (transfer) => ["under_way", "stopped"].includes(variant(transfer.state)[0]);

/** @param {Timeline} timeline @param {string} id */
async function jump(timeline, id) {
  speak(say("page-looking"));
  const found = await timeline.jump(id).catch(() => false);
  if (!found) done(say("page-answer-lost"));
}

/** @param {any} message @param {Timeline} timeline @param {() => void} fetchWaiting */
function arrived(message, timeline, fetchWaiting) {
  timeline.add(message);
  if (message.own) fetchWaiting();
  else speak(sentence(message) ?? say("page-arrived", { who: message.handle, what: snippet(message) }));
}

/** @param {any} event @param {Timeline} timeline */
function happened(event, timeline) {
  const words = eventWords(event);
  if (!words) return;
  const at = Date.now();
  timeline.aside(el("li.message.system", {}, el("p", {}, words, " ", el("time", { datetime: iso(at) }, clock(at)))));
  speak(words);
}

/** Puts `wanted` into `holder` unless it is there: what a person types in stays where it is. @param {HTMLElement} holder @param {HTMLElement} wanted */
function place(holder, wanted) {
  if (holder.firstElementChild !== wanted) fill(holder, wanted);
}

/** @type {Map<string, HTMLElement>} */
const notes = new Map();

/** @param {any} room @param {Composer} composer */
function footOf(room, composer) {
  const why = room.is_removed ? "page-foot-out" : room.is_lost ? "page-foot-lost" : room.may_post === false ? "page-foot-organizers" : "";
  if (!why) return composer.node;
  const words = say(why);
  const note = notes.get(words) ?? el("p.foot-note", {}, icon("lock"), el("span", {}, words));
  notes.set(words, note);
  return note;
}

/** Gaps that the person has read about in this tab. @type {Set<string>} */
const knownGaps = new Set();
on("forgotten", () => knownGaps.clear());

/** @param {HTMLElement} banner @param {any} room */
function drawState(banner, room) {
  const gap = room.gap_until && !knownGaps.has(`${room.id}-${room.gap_until}`);
  const words = room.is_lost ? say("page-banner-lost") : room.is_stale ? say("page-banner-stale") : gap ? gapWords(room) : "";
  banner.hidden = words === "";
  if (banner.textContent === words) return;
  const read = () => {
    knownGaps.add(`${room.id}-${room.gap_until}`);
    drawState(banner, room);
  };
  const close = gap && !room.is_lost && !room.is_stale ? el("button.bare", { type: "button", "aria-label": say("page-close"), on: { click: read } }, icon("close")) : null;
  fill(banner, words ? [icon(close ? "clock" : "alarm"), el("p", {}, words), close] : null);
}

/** What this device can't show, since it was away too long. @param {any} room */
const gapWords = (room) => say("page-banner-gap", { from: date(room.gap_from), until: date(room.gap_until) });

/** @param {HTMLElement} pins @param {string} room @param {(id: string) => void} jump */
async function drawPins(pins, room, jump) {
  const pinned = await call("pinned", { room }).catch(() => []);
  pins.hidden = pinned.length === 0;
  const last = pinned[0];
  if (!last) return fill(pins);
  const first = el("button.pin", { type: "button", on: { click: () => jump(last.id) } }, icon("pin"), unseen(`${say("page-pinned")}: `), el("span", { dir: "auto" }, snippet(last)));
  const all = () => {
    const close = show(say("page-pinned-all"), [el("ul.plain-list", { role: "list" }, pinned.map((/** @type {any} */ one) => el("li", {},
      el("button.pin.row", { type: "button", on: { click: () => { close(); jump(one.id); } } }, el("strong", {}, one.own ? say("page-you") : said(one.handle)), " ", el("span", { dir: "auto" }, snippet(one))))))]);
  };
  fill(pins, first, pinned.length > 1 ? el("button.quiet.small", { type: "button", on: { click: all } }, say("page-pinned-count", { count: pinned.length })) : null);
}

/** A file let fall on the conversation. @param {HTMLElement} node @param {string} room @param {() => boolean} mayPost */
function dropping(node, room, mayPost) {
  node.addEventListener("dragover", (event) => {
    if (!mayPost() || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    node.classList.add("dropping");
  });
  node.addEventListener("dragleave", () => node.classList.remove("dropping"));
  node.addEventListener("drop", (event) => {
    node.classList.remove("dropping");
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    event.preventDefault();
    if (mayPost()) void trying(() => askFile(room, file));
  });
}
