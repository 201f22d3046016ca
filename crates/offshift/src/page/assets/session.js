/**
 * Who this tab is to the engine: the token of the address is used once, for a cookie that scripts can't read and a
 * header that only this tab knows.
 *
 * ```text
 * /#TOKEN --POST /session--> cookie (the browser keeps it) + tab (sessionStorage: this tab, until it closes)
 * ```
 * Never: the token left in the address, or either secret in an address, a log or a message.
 */

import { ask } from "./ask.js";

const PLACE = "offshift-tab";
/** Tokens are at least this long; the page's own places begin with "#/". */
const TOKEN_LEAST = 32;

/** The headers that every request of this tab carries. @returns {Record<string, string>} */
export function tabHeaders() {
  return { "Offshift-Tab": sessionStorage.getItem(PLACE) ?? "" };
}

/** Whether this tab has ever been let in. */
export function isKnown() {
  return sessionStorage.getItem(PLACE) !== null;
}

/** Uses the address's token, if there is one. Gives whether this tab may go on. */
export async function begin() {
  const token = location.hash.slice(1);
  if (token.startsWith("/") || token.length < TOKEN_LEAST) return isKnown();
  // Out of the address bar and the history before anything else happens.
  history.replaceState(null, "", location.pathname);
  const answer = await ask("/session", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ token }),
  });
  if (!answer.ok) return isKnown();
  const { tab } = await answer.json();
  sessionStorage.setItem(PLACE, tab);
  return true;
}

/** Forgets the tab's secret, after the engine has refused it. */
export function forget() {
  sessionStorage.removeItem(PLACE);
}
