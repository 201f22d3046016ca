/**
 * What a conversation has loaded, as a plain list in the room's order: where one more goes, and what stands together.
 *
 * Never: a message known by its number alone; its author chose that, and another may choose the same.
 */
import { byPosition, keyOf } from "./rpc.js";

/** Messages of one author within this time stand together. */
const TOGETHER_MS = 5 * 60_000;

/** Puts a message at its place; gives whether it is one more. @param {any[]} all @param {any} message */
export function insert(all, message) {
  const key = keyOf(message);
  if (all.some((old) => keyOf(old) === key)) return false;
  let at = all.length;
  while (at > 0 && byPosition(all[at - 1].position, message.position) > 0) at -= 1;
  all.splice(at, 0, message);
  return true;
}

/** The oldest of so many that are unread. @param {any[]} all @param {number} unread */
export function firstUnread(all, unread) {
  let left = unread;
  for (let at = all.length - 1; at >= 0; at -= 1) {
    if (!all[at].own) left -= 1;
    if (left === 0) return keyOf(all[at]);
  }
  return all[0] ? keyOf(all[0]) : "";
}

/** @param {any} before @param {any} message */
export function isTogether(before, message) {
  return Boolean(before) && before.sender === message.sender && message.at - before.at < TOGETHER_MS
    && message.kind === "text" && before.kind === "text" && !message.reply_to;
}

/** @param {any} before @param {any} message */
export const isNewDay = (before, message) => !before || new Date(before.at).toDateString() !== new Date(message.at).toDateString();
