/**
 * What happens, as it happens: one stream of lines from the engine, for as long as it lives.
 *
 * ```text
 * GET /events --> {"method":"event","params":{"event":"message",...}}\n ... --> listeners by name, "*" hears all
 * ```
 * Never: a request after the stream has ended; an event acted upon without looking: what counts is read again from the engine.
 */
import { trouble } from "./rpc.js";
import { tabHeaders } from "./session.js";

/** A line longer than this is not the engine's. */
const LINE_MAX = 1 << 21;

/** @type {Map<string, Set<(event: any) => void>>} */
const listeners = new Map();
/** @type {AbortController | null} */
let stream = null;

/** Hears of events of one name, of this page's own too. Gives how to stop. @param {string} name @param {(event: any) => void} listener */
export function on(name, listener) {
  const all = listeners.get(name) ?? new Set();
  listeners.set(name, all.add(listener));
  return () => all.delete(listener);
}

/** @param {string} name @param {any} [event] */
export function tell(name, event = {}) {
  for (const listener of [...(listeners.get(name) ?? [])]) listener(event);
  if (name !== "*") for (const listener of [...(listeners.get("*") ?? [])]) listener({ event: name, ...event });
}

/** Begins to listen, once. When the stream ends, the engine has ended: another program may answer at its place then. */
export async function listen() {
  if (stream) return;
  const mine = new AbortController();
  stream = mine;
  const why = await follow(mine.signal);
  if (stream === mine) stream = null;
  if (!mine.signal.aborted) trouble(why);
}

/** Ends listening. */
export function hush() {
  stream?.abort();
  stream = null;
}

/** The life of the stream; how it ended. @param {AbortSignal} signal */
async function follow(signal) {
  try {
    const answer = await fetch("/events", { credentials: "same-origin", headers: tabHeaders(), signal });
    if (answer.status === 403) return "refused";
    if (answer.status === 503) return "crowded";
    if (answer.ok && answer.body) await lines(answer.body.pipeThrough(new TextDecoderStream()).getReader());
  } catch {
    // Broken or ended is the same: nobody whom this page knows is there any more.
  }
  return "ended";
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
