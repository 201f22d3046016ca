/**
 * Notifications of the desktop, where the person wants them: that something came, never what or from whom.
 *
 * Never: a name, a room or a word of a message in a notification; it stands on lock screens and in logs.
 */
import { later } from "./dom.js";
import { on } from "./events.js";
import { look } from "./look.js";
import { say } from "./words.js";

const PAUSE_MS = 20_000;
let last = 0;

/** Whether this browser has them at all. */
export const canNotify = () => "Notification" in window;

/** Asks the browser; gives whether it allows them. */
export async function allow() {
  return canNotify() && (await Notification.requestPermission()) === "granted";
}

export function watch() {
  const soon = later(400, notify);
  on("message", (message) => {
    if (!message.own && document.visibilityState === "hidden") soon();
  });
  on("alarm", () => {
    if (document.visibilityState === "hidden") soon();
  });
}

function notify() {
  if (!look.notices || !canNotify() || Notification.permission !== "granted") return;
  if (Date.now() - last < PAUSE_MS) return;
  last = Date.now();
  const note = new Notification("Offshift", { body: say("page-notice"), tag: "offshift", icon: "/app/icon.svg" });
  note.addEventListener("click", () => {
    window.focus();
    note.close();
  });
}
