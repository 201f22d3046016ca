/**
 * The one way out of this page: each request passes here, so that one switch ends them all.
 *
 * ```text
 * rpc, events, files, pictures, words, the session --> ask(path) --> the engine;   silence() --> nothing, for good
 * ```
 * Never: a request after the stream of events has ended: another program may listen at the same port then (OS-PAG-034).
 */

const end = new AbortController();

/** Why a call failed. `kind` is the engine's name for it, or `gone`, `refused`, `busy`, `garbled` of this page. */
export class Failure extends Error {
  /** @param {string} kind @param {string} message @param {{ blame?: string, args?: any }} [more] */
  constructor(kind, message, more = {}) {
    super(message);
    this.kind = kind;
    this.blame = more.blame ?? "outside";
    this.args = more.args ?? {};
  }
}

/** From now on this page sends nothing; what is on its way is broken off. */
export function silence() {
  end.abort();
}

/** Whether this page has fallen silent. */
const isSilent = () => end.signal.aborted;

/** What is to end with the page's last word. @param {() => void} stop */
export function untilSilence(stop) {
  end.signal.addEventListener("abort", stop, { once: true });
  return () => end.signal.removeEventListener("abort", stop);
}

/** @param {string} path @param {RequestInit} [how] @returns {Promise<Response>} */
export async function ask(path, how = {}) {
  if (isSilent()) throw new Failure("gone", "");
  try {
    return await fetch(path, { credentials: "same-origin", signal: end.signal, ...how });
  } catch {
    throw new Failure("gone", "");
  }
}
