/**
 * How the page looks and speaks, by the person's choice: kept by the engine beside the profile, since the address of the
 * page changes with each run and the browser forgets.
 *
 * Never: anything about rooms or people in what is kept here.
 */
import { call } from "./rpc.js";
import { fitting, load } from "./words.js";

const PLACE = "offshift-look";
/** @typedef {{ theme: string, contrast: string, text: string, language: string, notices: boolean }} Look */
/** @type {Look} */
export const look = { theme: "auto", contrast: "auto", text: "usual", language: "", notices: false };

/** What was chosen last, as far as this tab knows. */
export function recall() {
  try {
    take(JSON.parse(sessionStorage.getItem(PLACE) ?? "{}"));
  } catch {
    // Nothing was kept: the browser's own settings count.
  }
  dress();
}

/** What the engine keeps. @returns {Promise<boolean>} whether the language is another one now */
export async function fetchLook() {
  const before = look.language;
  try {
    take((await call("look")) ?? {});
    sessionStorage.setItem(PLACE, JSON.stringify(look));
  } catch {
    return false;
  }
  dress();
  return look.language !== before;
}

/** @param {any} kept */
function take(kept) {
  for (const [name, value] of Object.entries(look)) {
    if (typeof kept[name] === typeof value) /** @type {any} */ (look)[name] = kept[name];
  }
}

/** Changes one thing and keeps it. @param {Partial<Look>} change */
export async function change(change) {
  Object.assign(look, change);
  sessionStorage.setItem(PLACE, JSON.stringify(look));
  dress();
  if ("language" in change) await load(fitting(look.language));
  await call("set_look", { look }).catch(() => {});
}

/** Puts the choice on. The rest is in theme.css. */
function dress() {
  const root = document.documentElement;
  for (const [name, value] of [["theme", look.theme], ["contrast", look.contrast], ["text", look.text]]) {
    if (value === "auto" || value === "usual") delete root.dataset[name];
    else root.dataset[name] = value;
  }
}
