/**
 * What somebody could read, and what to do next: the report after a removal, or before one.
 *
 * Never: that more is known than this device's own history tells.
 */
import { el, fill } from "./dom.js";
import { icon } from "./icons.js";
import { failed } from "./notice.js";
import { roomScreen } from "./room-head.js";
import { call } from "./rpc.js";
import { date, list, number, say } from "./words.js";

/** Counts by kind, for those kinds that this version counts. */
const KINDS = {
  messages: "page-exposure-messages", files: "page-exposure-files", plans: "page-exposure-plans", polls: "page-exposure-polls", unknown: "page-exposure-unknown",
};

/** @param {Record<string, string>} names */
export function exposure(names) {
  const room = names.room ?? "";
  const body = el("div.stack", {});
  call("exposure", { room, member: names.member }).then((report) => fill(body, content(report, room)), failed);
  return roomScreen(room, "/people", say("page-exposure"), body);
}

/** @param {any} report @param {string} room */
function content(report, room) {
  const tiles = Object.entries(KINDS)
    .filter(([name]) => typeof report[name] === "number" && (name === "messages" || report[name] > 0))
    .map(([name, key]) => el("li.tile", {}, el("strong", {}, number(report[name])), el("span", {}, say(key, { count: report[name] }))));
  const from = date(report.from);
  return [
    el("h2", {}, say("page-exposure-of", { who: report.handle })),
    el("p.lead", {}, report.until ? say("page-exposure-time", { from, until: date(report.until) }) : say("page-exposure-still", { from })),
    el("ul.tiles", { role: "list" }, tiles),
    report.dates ? el("p.soft", {}, say("page-exposure-dates", { from: date(report.dates[0]), until: date(report.dates[1]) })) : null,
    report.blind_before ? el("p.soft", {}, say("page-exposure-blind", { when: date(report.blind_before) })) : null,
    el("p.note-line.warn", {}, icon("alarm"), say("page-cannot-erase")),
    el("h2", {}, say("page-exposure-next")),
    el("ul.todo", {},
      report.brought_in.length > 0 ? el("li", {}, say("page-exposure-brought", { who: list(report.brought_in) })) : el("li", {}, say("page-exposure-brought-none")),
      report.review.length > 0 ? el("li", {}, say("page-exposure-review", { who: list(report.review) })) : null,
      el("li", {}, say("page-exposure-change-plans"))),
    el("p.row-acts", {}, el("a.button.quiet", { href: `#/room/${room}/people` }, icon("person"), say("page-tab-people")),
      el("a.button.quiet", { href: `#/room/${room}/plans` }, icon("plan"), say("page-tab-plans"))),
  ];
}
