/**
 * Alarms: what may be an attack or a device left behind, each with what to do. They are kept.
 *
 * Never: an alarm that can be waved away.
 */
import { sure } from "./dialog.js";
import { el, fill, said } from "./dom.js";
import { on } from "./events.js";
import { keep } from "./file-card.js";
import { icon } from "./icons.js";
import { done, trying } from "./notice.js";
import { pageHead } from "./room-head.js";
import { bytesOf, call, variant } from "./rpc.js";
import { fetchAlarms, store } from "./store.js";
import { whyWords } from "./why.js";
import { has, moment, say } from "./words.js";

/** @returns {import("./router.js").Screen} */
export function alarms() {
  const body = el("div.stack", {});
  const draw = () => fill(body, store.alarms.length === 0
    ? el("div.empty", {}, el("p", {}, say("page-alarms-none")), el("p.soft", {}, say("page-alarms-none-next")))
    : el("ul.cards", { role: "list" }, [...store.alarms].sort((a, b) => b.at - a.at).map((one) => el("li", {}, card(one)))));
  draw();
  void fetchAlarms().catch(() => {});
  const stop = on("alarms", draw);
  return { node: el("section.page", {}, pageHead(say("page-alarms")), el("p.soft", {}, say("page-alarms-about")), body), title: say("page-alarms"), close: stop };
}

/** What it is, in the person's language. @param {any} alarm */
function sentenceOf(alarm) {
  const key = `alarm-${variant(alarm.kind)[0]}`;
  const args = {
    who: alarm.who || say("page-somebody"), known: alarm.who ? "yes" : "no", room: alarm.room?.[1] ?? say("page-alarm-some-room"),
    count: alarm.number ?? 0, why: alarm.why ? whyWords(alarm.why) : "",
  };
  return has(key) ? say(key, args) : alarm.sentence;
}

/** @param {any} alarm */
function card(alarm) {
  const [kind] = variant(alarm.kind);
  const room = alarm.room;
  const advice = `alarm-advice-${kind}`;
  const evidence = alarm.evidence ? el("button.quiet", { type: "button", on: { click: () => saveEvidence(alarm) } }, icon("save"), say("page-alarm-evidence")) : null;
  const goOn = kind === "fork" && room ? el("button.quiet", { type: "button", on: { click: () => again(room[0]) } }, say("page-alarm-go-on")) : null;
  return el("article.card.alarm", {},
    el("p.soft.small-text", {}, moment(alarm.at), room ? [" · ", said(room[1])] : null, alarm.count > 1 ? [" · ", say("page-alarm-count", { count: alarm.count })] : null),
    el("h2", {}, icon("alarm"), el("span", {}, sentenceOf(alarm))),
    el("p.advice", {}, has(advice) ? say(advice) : alarm.advice),
    el("div.row-acts", {}, room ? el("a.button.quiet", { href: `#/room/${room[0]}` }, say("page-alarm-room")) : null, evidence, goOn));
}

/** @param {any} alarm */
async function saveEvidence(alarm) {
  const bytes = typeof alarm.evidence === "string" ? bytesOf(alarm.evidence) : new Uint8Array(alarm.evidence);
  const lines = [say("page-alarm-evidence-line")];
  if (await sure({ title: say("page-alarm-evidence"), lines, yes: say("page-save") })) await keep(new Blob([bytes]), "offshift-evidence.bin");
}

/** @param {string} room */
async function again(room) {
  const lines = [say("page-alarm-go-on-line"), say("page-alarm-go-on-else")];
  if (!(await sure({ title: say("page-alarm-go-on-sure"), lines, yes: say("page-alarm-go-on"), grave: true }))) return;
  await trying(async () => {
    await call("go_on", { room });
    done(say("page-alarm-went-on"));
  });
}
