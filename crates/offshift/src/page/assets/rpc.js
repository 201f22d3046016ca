/**
 * Calls of the engine: the same verbs as the commands, one JSON object each.
 *
 * Never: a call without a person's act or a screen's need behind it; a retry of what changes something.
 */
import { tabHeaders } from "./session.js";

/** So long after a press, a key or a scroll a person is held to be there: what the page asks later puts off no lock. */
const THERE_MS = 8000;
let lastSign = Date.now();
for (const sign of ["keydown", "pointerdown", "wheel", "touchmove"]) {
  window.addEventListener(sign, () => (lastSign = Date.now()), { capture: true, passive: true });
}
let next = 1;
let isSilent = false;
/** @type {(kind: string) => void} */
let heard = () => {};

/** Why a call failed. `kind` is the engine's name for it, or `gone`, `refused`, `garbled` of this page. */
export class Failure extends Error {
  /** @param {string} kind @param {string} message @param {{ blame?: string, args?: any }} [more] */
  constructor(kind, message, more = {}) {
    super(message);
    this.kind = kind;
    this.blame = more.blame ?? "outside";
    this.args = more.args ?? {};
  }
}

/** From now on this page sends nothing. */
export function silence() {
  isSilent = true;
}

/** Who wants to know when the engine is locked, gone or refuses this tab. @param {(kind: string) => void} listener */
export function onTrouble(listener) {
  heard = listener;
}

/**
 * @param {string} method
 * @param {Record<string, any>} [params]
 * @returns {Promise<any>}
 */
export async function call(method, params = {}) {
  const id = next++;
  const unattended = Date.now() - lastSign > THERE_MS;
  const body = JSON.stringify({ jsonrpc: "2.0", id, method, params, unattended });
  const answer = await post("/rpc", body);
  if (answer.error) throw failed(answer.error);
  return answer.result;
}

/** @param {string} path @param {string} body */
async function post(path, body) {
  if (isSilent) throw new Failure("gone", "");
  let answer;
  try {
    answer = await fetch(path, {
      method: "POST",
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", ...tabHeaders() },
      body,
    });
  } catch {
    throw trouble("gone");
  }
  if (answer.status === 403) throw trouble("refused");
  try {
    return await answer.json();
  } catch {
    throw new Failure("garbled", "");
  }
}

/** @param {string} kind */
export function trouble(kind) {
  heard(kind);
  return new Failure(kind, "");
}

/** An error that came another way than by /rpc, in the same shape. @param {any} error */
export const failedElsewhere = (error) => (error ? failed(error) : new Failure("garbled", ""));

/** @param {{ code: number, message: string, data?: { kind?: string, blame?: string, args?: any } }} error */
function failed(error) {
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

/** Bytes that came as base64. @param {string} text */
export function bytesOf(text) {
  const raw = atob(text);
  const bytes = new Uint8Array(raw.length);
  for (let at = 0; at < raw.length; at += 1) bytes[at] = raw.charCodeAt(at);
  return bytes;
}
