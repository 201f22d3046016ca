/**
 * What the page says, in the person's language: sentences by key, numbers, times and sizes by the browser's own Intl.
 *
 * ```text
 * /words/<lang>.json --load--> table;  say(key, args): table[key] (text | variable | choice) --> one string
 * ```
 * Never: a sentence made of pieces in this code; text of others without marks that keep its direction to itself.
 */

import { ask } from "./ask.js";
import { plain } from "./dom.js";

export const LANGUAGES = { en: "English", es: "Español", pl: "Polski", fr: "Français", de: "Deutsch", ar: "العربية" };
const RIGHT_TO_LEFT = ["ar", "he", "fa", "ur"];
const DAY = 86_400_000;

/** @typedef {string | { var: string } | { select: string, number?: boolean, cases: Record<string, Part[]>, default: string }} Part */

/** @type {Record<string, Part[]>} */
let table = {};
let language = "en";
/** @type {Intl.PluralRules} */
let plural = new Intl.PluralRules("en");
/** @type {Map<string, any>} */
const formats = new Map();

/** The language that fits: the chosen one, else the browser's, else English. @param {string} [chosen] */
export function fitting(chosen) {
  const wanted = [chosen ?? "", ...navigator.languages].map((name) => name.toLowerCase().split("-")[0]);
  return wanted.find((name) => name in LANGUAGES) ?? "en";
}

/** Loads a language and turns the page to it. @param {string} lang */
export async function load(lang) {
  // Not broken off when the page falls silent: its last words need them.
  const answer = await ask(`/words/${lang}.json`, { signal: null });
  if (!answer.ok) throw new Error("words");
  table = await answer.json();
  language = lang;
  plural = new Intl.PluralRules(lang);
  formats.clear();
  document.documentElement.lang = lang;
  document.documentElement.dir = RIGHT_TO_LEFT.includes(lang) ? "rtl" : "ltr";
}

/** Whether there is a sentence. @param {string} key */
export const has = (key) => key in table;

/** One sentence. @param {string} key @param {Record<string, any>} [args] @returns {string} */
export function say(key, args = {}) {
  const pattern = table[key];
  return pattern ? join(pattern, args) : `[${key}]`;
}

/** @param {Part[]} pattern @param {Record<string, any>} args @returns {string} */
function join(pattern, args) {
  const one = (/** @type {Part} */ part) => {
    if (typeof part === "string") return part;
    if ("var" in part) return shown(args[part.var]);
    const value = args[part.select];
    const name = chosen(part, value);
    return join(part.cases[name] ?? part.cases[part.default] ?? [], args);
  };
  return pattern.map(one).join("");
}

/** @param {{ number?: boolean, cases: Record<string, Part[]> }} part @param {any} value */
function chosen(part, value) {
  if (part.number === false || typeof value !== "number") return String(value);
  return String(value) in part.cases ? String(value) : plural.select(value);
}

/** A number in the language's digits; a text between marks that isolate its direction. @param {any} value */
function shown(value) {
  if (typeof value === "number") return number(value);
  return `\u2068${contained(String(value ?? ""))}\u2069`;
}

/** A text that can't end the isolation around it: marks of others that do not come in pairs are made plain. @param {string} text */
function contained(text) {
  let depth = 0;
  for (const mark of text.match(/[\u2066-\u2069]/g) ?? []) {
    depth += mark === "\u2069" ? -1 : 1;
    if (depth < 0) return plain(text);
  }
  return depth === 0 ? text.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/g, "\ufffd") : plain(text);
}

/** @param {string} kind @param {any} options */
function format(kind, options) {
  const key = kind + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new /** @type {any} */ (Intl)[kind](language, options));
  return formats.get(key);
}

/** With a capital letter, for the beginning of a sentence. @param {string} text */
export const capital = (text) => text.charAt(0).toLocaleUpperCase(language) + text.slice(1);

/** @param {number} value */
export const number = (value) => format("NumberFormat", {}).format(value);
/** @param {number} ms */
export const clock = (ms) => at(ms, () => ({ hour: "numeric", minute: "2-digit" }));
/** A date without a time. @param {number} ms */
export const date = (ms) => at(ms, () => yearly(ms, { day: "numeric", month: "long" }));
/** A date and a time. @param {number} ms */
export const moment = (ms) =>
  at(ms, () => yearly(ms, { weekday: "short", day: "numeric", month: "short", hour: "numeric", minute: "2-digit" }));
/** "Nov" @param {number} ms */
export const month = (ms) => at(ms, () => ({ month: "short" }));
/** The day's number in its month. @param {number} ms */
export const dayNumber = (ms) => (isTime(ms) ? number(new Date(ms).getDate()) : "?");
/** As a machine reads it; nothing for what is no time. @param {number} ms */
export const iso = (ms) => (isTime(ms) ? new Date(ms).toISOString() : null);

/** The end of the year 9999. */
const LAST_MS = 253_402_300_799_999;

/** Times come from members' programs: not each number is one that a calendar has. @param {any} ms */
export const isTime = (ms) => typeof ms === "number" && ms >= 0 && ms <= LAST_MS;

/** @param {number} ms @param {() => any} options */
function at(ms, options) {
  return isTime(ms) ? format("DateTimeFormat", options()).format(ms) : "?";
}

/** The year only where it is another one. @param {number} ms @param {any} options */
function yearly(ms, options) {
  const same = new Date(ms).getFullYear() === new Date().getFullYear();
  return same ? options : { ...options, year: "numeric" };
}

/** "Today", "Yesterday", "Monday", "3 November". @param {number} ms */
export function day(ms) {
  if (!isTime(ms)) return "?";
  const start = (/** @type {number} */ at) => new Date(at).setHours(0, 0, 0, 0);
  const days = Math.round((start(ms) - start(Date.now())) / DAY);
  if (days === 0 || days === -1) {
    const words = format("RelativeTimeFormat", { numeric: "auto" }).format(days, "day");
    return capital(words);
  }
  if (days < 0 && days > -7) return format("DateTimeFormat", { weekday: "long" }).format(ms);
  return format("DateTimeFormat", yearly(ms, { weekday: "long", day: "numeric", month: "long" })).format(ms);
}

/** Short, for lists: a time today, else a day. @param {number} ms */
export function brief(ms) {
  if (!isTime(ms)) return "?";
  const today = new Date(ms).toDateString() === new Date().toDateString();
  if (today) return clock(ms);
  const near = Date.now() - ms < 6 * DAY;
  return format("DateTimeFormat", near ? { weekday: "short" } : { day: "numeric", month: "short" }).format(ms);
}

/** A length of time: "7 days", "12 hours". @param {number} ms */
export function span(ms) {
  const [count, unit] =
    ms % DAY === 0 ? [ms / DAY, "day"] : ms >= 3_600_000 ? [Math.ceil(ms / 3_600_000), "hour"] : [Math.ceil(ms / 60_000), "minute"];
  return format("NumberFormat", { style: "unit", unit, unitDisplay: "long" }).format(count);
}

/** A size. @param {number} bytes */
export function size(bytes) {
  const [value, unit] = bytes < 1000 ? [bytes, "byte"] : bytes < 1e6 ? [bytes / 1e3, "kilobyte"] : [bytes / 1e6, "megabyte"];
  return format("NumberFormat", { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: value < 10 ? 1 : 0 }).format(value);
}

/** @param {number} share from 0 to 1 */
export const percent = (share) => format("NumberFormat", { style: "percent" }).format(share);

/** "Ana, Ben and Dee". @param {string[]} names */
export const list = (names) => format("ListFormat", { type: "conjunction" }).format(names.map((name) => `\u2068${contained(name)}\u2069`));
