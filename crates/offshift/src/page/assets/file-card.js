/**
 * A file in a room, or on its way: how far it is, and what one can do with it.
 *
 * Never: a file fetched by itself; a file shown before its sum is right; a preview that is not this program's own picture.
 */
import { el, fill, said } from "./dom.js";
import { on, tell } from "./events.js";
import { icon } from "./icons.js";
import { done, failed, trying } from "./notice.js";
import { ask } from "./ask.js";
import { answered, bytesOf, call, Failure, variant } from "./rpc.js";
import { show } from "./dialog.js";
import { tabHeaders } from "./session.js";
import { words } from "./text.js";
import { date, percent, say, size } from "./words.js";

const STATES = { offered: "page-file-offered", coming: "page-file-coming", here: "page-file-here", gone: "page-file-gone", damaged: "page-file-damaged" };

/** @param {any} message @param {any} file @param {string} room @param {string[]} handles */
export function fileCard(message, file, room, handles) {
  const [state, about] = variant(file.state);
  const bar = el("progress", { max: String(file.bytes || 1), "aria-label": say("page-file-progress", { name: file.name }) });
  const line = el("p.soft.small-text", {});
  const draw = (/** @type {number} */ bytes) => {
    bar.value = bytes;
    fill(line, say("page-file-coming", { share: percent(Math.min(1, bytes / Math.max(1, file.bytes))) }));
  };
  if (state === "coming") draw(about?.bytes ?? 0);
  else fill(line, stateWords(state, file));
  const card = el("div.card.file-card", { class: state }, picture(file, state, message, room),
    el("div.file-words", {}, said(file.name, "p.file-name"), el("p.soft.small-text", {}, size(file.bytes)), line,
      state === "coming" ? bar : null, el("div.file-acts", {}, acts(message, file, room, state))),
    file.caption ? words(file.caption, handles, "div.text.caption") : null);
  if (state === "coming" || state === "offered") follow(card, message, draw);
  return card;
}

/** @type {Set<string>} */
const asking = new Set();

/**
 * What a message with a file is now, when a transfer says that its state is another one than that on the screen.
 * @param {any} event @param {any} shown the message as it stands on the screen
 */
export async function asItIsNow(event, shown) {
  if (event.outgoing || !shown || asking.has(event.message)) return null;
  const [state] = variant(variant(shown.kind)[1]?.state);
  const [now] = variant(event.state);
  if (now === "under_way" && state === "coming") return null;
  asking.add(event.message);
  const message = await call("message", { room: event.room, id: event.message }).catch(() => null);
  asking.delete(event.message);
  return message;
}

/** @param {string} state @param {any} file */
function stateWords(state, file) {
  const key = STATES[/** @type {keyof typeof STATES} */ (state)] ?? "page-file-offered";
  return say(key, { until: date(file.until), share: "" });
}

/** Moves the bar while it comes, as long as the card stands in the page. @param {any} card @param {any} message @param {(bytes: number) => void} draw */
function follow(card, message, draw) {
  const stop = on("transfer", (event) => {
    if (!card.isConnected) return stop();
    if (event.message === message.id && !event.outgoing && event.bytes > 0) draw(event.bytes);
  });
}

/** @param {any} message @param {any} file @param {string} room @param {string} state */
function acts(message, file, room, state) {
  const params = { room, message: message.id };
  const button = (/** @type {string} */ name, /** @type {any} */ pic, /** @type {() => void} */ act) =>
    el("button.quiet.small", { type: "button", on: { click: act } }, icon(pic), name);
  if (state === "offered" || state === "damaged") {
    return [button(say("page-file-get"), "down", () => trying(() => call("get_file", params)))];
  }
  if (state !== "here") return [];
  const save = () => trying(async () => {
    await keep(await fetchFile(room, message.id), file.name);
    done(say("page-file-saved"));
  });
  return [isPicture(file) ? button(say("page-file-look"), "eye", () => lookAt(room, message, file)) : null, button(say("page-file-save"), "save", save)];
}

/** @param {any} file */
const isPicture = (file) => /^image\/(jpeg|png|webp)$/.test(file.media_type);

/** @param {any} file @param {string} state @param {any} message @param {string} room */
function picture(file, state, message, room) {
  const none = () => el("span.file-icon", { "aria-hidden": "true" }, icon("file"));
  if (!file.has_preview) return none();
  const img = el("img.preview", { alt: "", decoding: "async", width: "160", height: "120" });
  preview(img, room, message).catch(() => img.replaceWith(none()));
  if (state !== "here" || !isPicture(file)) return img;
  return el("button.bare.preview-button", { type: "button", "aria-label": say("page-file-look-at", { name: file.name }), on: { click: () => lookAt(room, message, file) } }, img);
}

/** Asks for the engine's own picture of what was sent to look at. @param {any} img @param {string} room @param {any} message */
async function preview(img, room, message) {
  const painted = bytesOf(await call("preview", { room, message: message.id }));
  if (!painted.length) throw new Failure("no_picture", "");
  const address = URL.createObjectURL(new Blob([painted], { type: "image/jpeg" }));
  img.addEventListener("load", () => URL.revokeObjectURL(address), { once: true });
  img.src = address;
}

/** @param {string} room @param {any} message @param {any} file */
async function lookAt(room, message, file) {
  try {
    const painted = bytesOf(await call("picture", { room, message: message.id }));
    const address = URL.createObjectURL(new Blob([painted], { type: "image/jpeg" }));
    const img = el("img.whole", { src: address, alt: say("page-file-picture-of", { who: message.handle }) });
    img.addEventListener("load", () => URL.revokeObjectURL(address), { once: true });
    show(file.name, [el("div.picture-box", {}, img)]);
  } catch (error) {
    failed(error);
  }
}

/** A file's bytes, unsealed by the engine for this tab only. @param {string} room @param {string} message @returns {Promise<Blob>} */
async function fetchFile(room, message) {
  const query = new URLSearchParams({ room, message });
  const answer = await ask(`/file?${query}`, { headers: tabHeaders() });
  if (!answer.ok) await answered(answer);
  // A stream that breaks off is not the whole file.
  return answer.blob().catch(() => {
    throw new Failure("garbled", "");
  });
}

/** Gives a file to the browser to keep: outside of the vault, by the person's own act. @param {Blob} blob @param {string} name */
export async function keep(blob, name) {
  const address = URL.createObjectURL(new Blob([blob], { type: "application/octet-stream" }));
  const link = el("a", { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 30_000);
}

/**
 * Cards of what this device sends: how far, and how to stop. Each is made once: a button that is about to be pressed
 * stays where it is.
 * @param {string} spec
 */
export function outgoingCards(spec) {
  /** @type {Map<string, { node: any, draw: (transfer: any) => void }>} */
  const known = new Map();
  return (/** @type {any} */ transfer) => {
    const card = known.get(transfer.id) ?? outgoingCard(transfer, spec);
    known.set(transfer.id, card);
    card.draw(transfer);
    return card.node;
  };
}

/** @param {any} first @param {string} spec */
function outgoingCard(first, spec) {
  const stop = () => trying(async () => {
    await call("cancel_transfer", { id: first.id });
    tell("transfer", { room: first.room, outgoing: true });
  });
  const line = el("p.soft.small-text", {});
  const bar = el("progress", { max: String(first.total || 1), "aria-label": say("page-file-progress", { name: first.name }) });
  const draw = (/** @type {any} */ transfer) => {
    const share = percent(Math.min(1, transfer.bytes / Math.max(1, transfer.total)));
    line.textContent = variant(transfer.state)[0] === "stopped" ? say("page-file-stopped") : say("page-file-sending", { share, total: size(transfer.total) });
    bar.value = transfer.bytes;
  };
  const node = el(spec, {}, el("div.card.file-card.sending", {}, el("span.file-icon", { "aria-hidden": "true" }, icon("file")), el("div.file-words", {},
    said(first.name, "p.file-name"), line, bar,
    el("div.file-acts", {}, el("button.quiet.small", { type: "button", on: { click: stop } }, icon("close"), say("page-file-stop"))))));
  return { node, draw };
}
