/**
 * Founding a room with people whom one met: its name, who, and who of them is an organizer too.
 */
import { field, tick } from "./dialog.js";
import { el, said } from "./dom.js";
import { icon } from "./icons.js";
import { done, failedHere } from "./notice.js";
import { pageHead } from "./room-head.js";
import { call, Failure } from "./rpc.js";
import { go } from "./router.js";
import { fetchRooms } from "./store.js";
import { say } from "./words.js";

/** A room's suite is fixed for ever; this is the one that the commands take, too. */
const SUITE = "x_wing";

/** @returns {Promise<import("./router.js").Screen>} */
export async function found() {
  const contacts = (await call("contacts").catch(() => [])).filter((/** @type {any} */ one) => !one.is_used && !one.is_own_device);
  const body = contacts.length === 0
    ? el("div.empty", {}, el("p", {}, say("page-found-none")), el("a.button.primary", { href: "#/meet" }, icon("meet"), say("page-meet")))
    : form(contacts);
  return { node: el("section.page", {}, pageHead(say("page-found")), body), title: say("page-found") };
}

/** @param {any[]} contacts */
function form(contacts) {
  const name = el("input", { required: true, maxlength: "64", dir: "auto", autocomplete: "off" });
  const wrong = el("p.wrong", { role: "alert" });
  const rows = contacts.map((one) => {
    const is = el("input", { type: "checkbox" });
    const organizer = el("input", { type: "checkbox", disabled: true });
    is.addEventListener("change", () => {
      organizer.disabled = !is.checked;
      if (!is.checked) organizer.checked = false;
    });
    return { one, is, organizer, node: el("li.founder", {}, tick(said(one.handle, "strong"), is), tick(say("page-found-organizer", { who: one.handle }), organizer)) };
  });
  const yes = el("button.primary", { type: "submit" }, icon("found"), say("page-found"));
  const node = el("form.stack", {}, el("p.lead", {}, say("page-found-lead")), field(say("page-found-name"), name, say("page-found-name-hint")),
    el("fieldset", {}, el("legend", {}, say("page-found-who")), el("ul.founders", { role: "list" }, rows.map((row) => row.node))), wrong, el("div.ends", {}, yes));
  node.addEventListener("submit", async (/** @type {Event} */ event) => {
    event.preventDefault();
    yes.disabled = true;
    try {
      const members = rows.filter((row) => row.is.checked).map((row) => row.one.id);
      const organizers = rows.filter((row) => row.is.checked && row.organizer.checked).map((row) => row.one.id);
      if (organizers.length === 0) throw new Failure("founders", say("page-found-needs"));
      const room = await call("found", { founding: { name: name.value.trim(), members, organizers, suite: SUITE, relay: null } });
      await fetchRooms();
      done(say("page-founded"));
      go(`/room/${room}`);
    } catch (error) {
      failedHere(wrong, error);
    }
    yes.disabled = false;
  });
  return node;
}

