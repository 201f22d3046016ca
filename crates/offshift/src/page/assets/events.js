/**
 * What happens, as it happens: one stream of lines from the engine, for as long as it lives.
 *
 * ```text
 * GET /events --> {"method":"event","params":{"event":"message",...}}\n ... --> listeners by name, "*" hears all
 * ```
 * Never: a request after the stream has ended; an event acted upon without looking: what counts is read again from the engine.
 */
import { ask } from "./ask.js";
import { trouble } from "./rpc.js";
import { tabHeaders } from "./session.js";

/** A line longer than this is not the engine's. */
const LINE_MAX = 1 << 21;

/** @type {Map<string, Set<(event: any) => void>>} */
const listeners = new Map();

/** Hears of events of one name, of this page's own too. Gives how to stop. @param {string} name @param {(event: any) => void} listener */
export function on(name, listener) {
  const all = listeners.get(name) ?? new Set();
  listeners.set(name, all.add(listener));
  return () => all.delete(listener);
}

/** @param {string} name @param {any} [event] */
export function tell(name, event = {}) {
  for (const listener of [...(listeners.get(name) ?? [])]) hears(listener, event);
  if (name !== "*") for (const listener of [...(listeners.get("*") ?? [])]) hears(listener, { event: name, ...event });
}

/** A screen that fails at an event is that screen's own matter: the stream goes on. @param {(event: any) => void} listener @param {any} event */
function hears(listener, event) {
  try {
    listener(event);
  } catch {
    console.error("an event found no place on the screen");
  }
}

/**
 * Listens for as long as the page lives, locked or open. When the stream ends, the engine has ended: another program may
 * answer at its place then.
 * @returns {Promise<boolean>} whether the engine tells what happens, as soon as that is clear
 */
export async function listen() {
  const answer = await ask("/events", { headers: tabHeaders() }).catch(() => null);
  if (answer?.ok && answer.body) {
    void lines(answer.body.pipeThrough(new TextDecoderStream()).getReader()).catch(() => {}).then(() => trouble("ended"));
    return true;
  }
  trouble({ 403: "refused", 503: "crowded" }[answer?.status ?? 0] ?? "ended");
  return false;
}

/** @param {ReadableStreamDefaultReader<string>} reader */
async function lines(reader) {
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    rest += value;
    if (rest.length > LINE_MAX) return;
    const parts = rest.split("\n");
    rest = parts.pop() ?? "";
    parts.filter((line) => line.trim() !== "").forEach(one);
  }
}

/** @param {string} line */
function one(line) {
  let event;
  try {
    event = JSON.parse(line).params;
  } catch {
    return;
  }
  if (event?.event === "missed") tell("again");
  else if (typeof event?.event === "string") tell(event.event, event);
}
