/**
 * Why the rules of a room say no, as a sentence in the person's language where there is one for it.
 */
import { has, say } from "./words.js";

/** @param {any} why a text, or { kind, sentence } */
export function whyWords(why) {
  if (typeof why === "string") return why;
  const key = `why-${why?.kind}`;
  return has(key) ? say(key) : String(why?.sentence ?? "");
}
