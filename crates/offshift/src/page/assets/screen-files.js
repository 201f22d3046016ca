/**
 * A room's files and photos, and what is on its way.
 */
import { arrange, el, later, refill } from "./dom.js";
import { on } from "./events.js";
import { asItIsNow, fileCard, outgoingCards } from "./file-card.js";
import { gather } from "./gather.js";
import { icon } from "./icons.js";
import { failed } from "./notice.js";
import { roomScreen } from "./room-head.js";
import { call, variant } from "./rpc.js";
import { chooseFile } from "./send-file.js";
import { brief, say } from "./words.js";

/** @param {Record<string, string>} names */
export function files(names) {
  const room = names.room ?? "";
  const content = el("div.stack", {});
  const sending = el("ul.cards", { role: "list" });
  const found = gather(room, (kind) => kind === "file");
  const draw = later(60, () => refill(content, list(room, found, draw)));
  const card = outgoingCards("li");
  const drawSending = later(200, async () => {
    const all = await call("transfers").catch(() => []);
    arrange(sending, all.filter((/** @type {any} */ one) => one.outgoing && one.room === room && ["under_way", "stopped"].includes(variant(one.state)[0]))
      .map(card));
  });
  const stops = [found.follow(draw), on("again", drawSending), on("transfer", drawSending), on("transfer", async (event) => {
    const message = await asItIsNow(event, found.all.find((/** @type {any} */ one) => one.id === event.message));
    if (message && found.put(message)) draw();
  })];
  found.first().then(draw, failed);
  drawSending();
  const add = el("button.primary", { type: "button", on: { click: () => chooseFile(room) } }, icon("add"), say("page-file-send-title"));
  return roomScreen(room, "/files", say("page-tab-files"), el("div.stack", {}, el("div.row-acts", {}, add), sending, content), () => stops.forEach((stop) => stop()));
}

/** @param {string} room @param {any} found @param {() => void} draw */
function list(room, found, draw) {
  const newest = [...found.all].reverse();
  const item = (/** @type {any} */ message) => el("li", {}, fileCard(message, variant(message.kind)[1], room, []),
    el("div.item-foot", {}, el("span.soft", {}, say("page-file-from", { who: message.own ? say("page-you") : message.handle, when: brief(message.at) })),
      el("a", { href: `#/room/${room}/at/${message.id}` }, say("page-show-in-room"))));
  return [
    newest.length === 0 ? el("div.empty", {}, el("p", {}, say("page-files-none")), el("p.soft", {}, say("page-files-none-next"))) : el("ul.cards", { role: "list" }, newest.map(item)),
    found.more ? el("button.quiet", { type: "button", on: { click: () => found.further().then(draw, failed) } }, say("page-look-back")) : null,
  ];
}
