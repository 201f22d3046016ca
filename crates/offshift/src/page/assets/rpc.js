/**
 * Calls of the engine: the same verbs as the commands, one JSON object each.
 *
 * Never: a call without a person's act or a screen's need behind it; a retry of what changes something.
 */
import { ask, Failure } from "./ask.js";
import { isThere } from "./person.js";
import { tabHeaders } from "./session.js";

export { Failure } from "./ask.js";

/** So long after a sign of a person they are held to be there: what the page asks later puts off no lock. */
const THERE_MS = 8000;
/** Nobody sees from a person's reading that they read: the engine hears of their signs, this often at most. */
const HERE_MS = 60_000;
let lastAttended = Date.now();
let next = 1;
/** @type {(kind: string) => void} */
let heard = () => {};

/** Who wants to know when the engine is locked, gone or refuses this tab. @param {(kind: string) => void} listener */
export function onTrouble(listener) {
  heard = listener;
}

/** Calls that go out as one request. @type {{ asked: any, resolve: (result: any) => void, reject: (error: any) => void }[] | null} */
let gathered = null;

/**
 * @param {string} method
 * @param {Record<string, any>} [params]
 * @returns {Promise<any>}
 */
export async function call(method, params = {}) {
  const id = next++;
  const unattended = !isThere(THERE_MS);
  if (!unattended) lastAttended = Date.now();
  const asked = { jsonrpc: "2.0", id, method, params, unattended };
  if (gathered) return new Promise((resolve, reject) => gathered?.push({ asked, resolve, reject }));
  return (await posted(asked)).result;
}

/** What `begin` calls before it first waits goes out as one request: each costs the browser milliseconds of its own. @param {() => void} begin */
export function together(begin) {
  const mine = (gathered = /** @type {NonNullable<typeof gathered>} */ ([]));
  try {
    begin();
  } finally {
    gathered = null;
    void post(mine);
  }
}

/** @param {NonNullable<typeof gathered>} all */
async function post(all) {
  try {
    const answers = new Map((await posted(all.map((one) => one.asked))).map((/** @type {any} */ told) => [told.id, told]));
    for (const { asked, resolve, reject } of all) {
      const told = answers.get(asked.id);
      if (!told) reject(new Failure("garbled", ""));
      else if (told.error) reject(failed(told.error));
      else resolve(told.result);
    }
  } catch (error) {
    all.forEach((one) => one.reject(error));
  }
}

/** @param {any} asked */
async function posted(asked) {
  const headers = { "Content-Type": "application/json", ...tabHeaders() };
  const answer = await ask("/rpc", { method: "POST", headers, body: JSON.stringify(asked) });
  if (answer.status === 403) throw trouble("refused");
  return answered(answer);
}

/** Puts off the lock for somebody who only reads or types. */
export function here() {
  if (Date.now() - lastAttended >= HERE_MS) void call("here").catch(() => {});
}

/** What an answer holds, or why there is none. @param {Response} answer */
export async function answered(answer) {
  const wrong = refusal(answer.status);
  if (wrong) throw wrong;
  const told = await answer.json().catch(() => null);
  if (told?.error) throw failed(told.error);
  if (told === null || typeof told !== "object" || !answer.ok) throw new Failure("garbled", "");
  return told;
}

/** What a status says that has no words of the engine with it. @param {number} status */
export function refusal(status) {
  const kind = { 403: "refused_here", 503: "busy" }[status];
  return kind ? new Failure(kind, "") : null;
}

/** @param {string} kind */
export function trouble(kind) {
  heard(kind);
  return new Failure(kind, "");
}

/** @param {{ code: number, message: string, data?: { kind?: string, blame?: string, args?: any } }} error */
export function failed(error) {
  const kind = error.data?.kind ?? "other";
  if (kind === "locked") heard("locked");
  return new Failure(kind, error.message, { blame: error.data?.blame, args: error.data?.args });
}

/**
 * A choice as the engine writes it, "open" or {"waiting": {...}}, as its name and what is in it.
 * @param {any} value
 * @returns {[string, any]}
 */
export function variant(value) {
  if (typeof value === "string") return [value, null];
  if (value === null || typeof value !== "object") return ["", null];
  const [name] = Object.keys(value);
  return [name ?? "", name ? value[name] : null];
}

/** Which of two places in a room's order comes first; they are decimal numbers too long for a JS number. @param {string} a @param {string} b */
export function byPosition(a, b) {
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** What a message is known by: its author chose its number, and another author may choose the same. @param {any} message */
export const keyOf = (message) => `${message.sender}-${message.id}`;

/** Bytes that came as base64. @param {string} text */
export function bytesOf(text) {
  const raw = atob(text);
  const bytes = new Uint8Array(raw.length);
  for (let at = 0; at < raw.length; at += 1) bytes[at] = raw.charCodeAt(at);
  return bytes;
}
